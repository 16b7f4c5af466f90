"""From rows to the spec of a table of specifications."""

from collections.abc import Mapping, Sequence
from typing import Final

from chipscape_db.queries.performance import SeveralRows, Subject
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.reading import Reading, read
from chipscape_desktop.figures.readings.table import value_cells, value_heads
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.figures.spec_table.options import TableOptions, parse
from chipscape_desktop.figures.spec_table.spec import Cell, SpecTableSpec
from chipscape_desktop.i18n import _, number, pgettext

_ROWS_AT_FIRST: Final = 18


def build(rows: SeveralRows, request: Request) -> SpecTableSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    by_slug = {name: one for one in rows.subjects for name in (one.brief.slug, one.brief.id)}
    chips = [by_slug[slug] for slug in options.chips if slug in by_slug]
    grid = [
        [read(one, rows.claims.get(one.brief.id, {}), what, options.convention) for one in chips]
        for what in options.quantities
    ]
    readings = [one for line in grid for one in line]
    numbers, sources = words.number_sources(readings)
    cells = tuple(tuple(_cell(one, numbers, options) for one in line) for line in grid)
    unknown = [slug for slug in options.chips if slug not in by_slug]
    notes = words.notes(readings, options.convention)
    notes[:0] = words.absent_notes(unknown, rows.not_yet)
    names = ", ".join(one.brief.name for one in chips[:4])
    if len(chips) > 4:
        names = f"{names}, {_('{count} more').format(count=number(len(chips) - 4))}"
    caption = Caption(
        _("Specifications: {names}").format(names=names) if chips else _("Specifications"),
        " · ".join(
            (
                *words.convention_of(options.convention, options.quantities),
                words.as_of_words(request.filters.as_of),
            )
        ),
        _legend(readings, options), tuple(notes), sources,
    )  # fmt: skip
    return SpecTableSpec(
        caption,
        View((0.0, 1.0), (-float(max(min(len(grid), _ROWS_AT_FIRST), 1)), 0.0)),
        tuple((one.brief.name, one.vendor_name) for one in chips),
        tuple((what.name, what.unit_words) for what in options.quantities), cells,
        _("{rows} rows of {columns} chips; {missing} values are missing.").format(
            rows=number(len(grid)), columns=number(len(chips)),
            missing=number(sum(one.value is None for one in readings)),
        ),
        _table(options, chips, grid, numbers),
    )  # fmt: skip


def _cell(reading: Reading, numbers: dict[str, int], options: TableOptions) -> Cell:
    ref = Ref("record", (reading.subject.brief.id, *reading.claim_ids), _line(reading, options))
    if reading.value is None:
        return Cell(_("missing"), "", True, True, False, ref)
    value = words.told(reading, unit=False, ranged=False)
    spread = words.spread(reading) if reading.contested and options.ranges else ""
    soft = reading.unsaid or reading.estimated
    return Cell(f"{value}{words.cited(reading, numbers)}", spread, False, soft, reading.contested, ref)


def _line(reading: Reading, options: TableOptions) -> str:
    line = words.line(reading, options.convention)
    name, colon, rest = line.partition(": ")
    return f"{name}: {reading.quantity.name}, {rest}" if colon else line


def _legend(readings: Sequence[Reading], options: TableOptions) -> tuple[LegendEntry, ...]:
    entries = []
    if any((one.unsaid or one.estimated) and one.value is not None for one in readings):
        entries.append(LegendEntry("disc", "ink_soft", _("convention not said, or an estimate"), hollow=True))
    if any(one.contested for one in readings):
        text = _("small figures: range of published claims") if options.ranges else pgettext("value", "contested")
        entries.append(LegendEntry("whisker", "ink_soft", text))
    return tuple(entries)


def _table(
    options: TableOptions, chips: Sequence[Subject], grid: Sequence[Sequence[Reading]], numbers: Mapping[str, int]
) -> Table:
    columns = (_("Metric"), _("Unit"), _("Name"), _("Maker"), *value_heads(None))
    texts, values, refs = [], [], []
    for what, line in zip(options.quantities, grid, strict=True):
        for subject, one in zip(chips, line, strict=True):
            cells, amounts = value_cells(one, numbers, options.convention)
            texts.append((what.name, what.unit_words, subject.brief.name, subject.vendor_name, *cells))
            values.append((None, None, None, None, *amounts))
            refs.append(Ref("record", (subject.brief.id,), f"{subject.brief.name}: {what.name}"))
    return Table(columns, tuple(texts), tuple(values), tuple(refs))
