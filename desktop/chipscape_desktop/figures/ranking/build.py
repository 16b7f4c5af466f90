"""From rows to the spec of a ranking."""

import math
from collections.abc import Sequence

from chipscape_db.queries.performance import SeveralRows
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.performance.colours import colour_of, meanings
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.performance.words import claim_line, number_style
from chipscape_desktop.figures.ranking.options import RankingOptions, parse
from chipscape_desktop.figures.ranking.spec import Bar, RankingSpec
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.claim_marks import claim_legend, style_of
from chipscape_desktop.figures.readings.quantities import Quantity
from chipscape_desktop.figures.readings.reading import Reading, read
from chipscape_desktop.figures.readings.row_marks import ClaimTick
from chipscape_desktop.figures.readings.table import value_cells, value_heads
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.i18n import _, number
from chipscape_desktop.words import country_cell


def build(rows: SeveralRows, request: Request) -> RankingSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    asked = options.convention
    readings = [read(one, rows.claims.get(one.brief.id, {}), options.quantity, asked) for one in rows.subjects]
    there = [one for one in readings if one.value is not None and (one.value > 0 or not options.log)]
    refused = sum(one.value is not None for one in readings) - len(there)
    missing = sorted(
        (one for one in readings if one.value is None and one.why != "system"),
        key=lambda one: one.subject.brief.name.casefold(),
    )
    there.sort(key=lambda one: _order(one, options))
    shown = [*there, *missing]
    numbers, sources = words.number_sources(shown)
    bars = tuple(_bar(one, numbers, options) for one in shown)
    unit = options.quantity.unit_words
    subtitle = [unit, *words.convention_of(asked, [options.quantity]), words.as_of_words(request.filters.as_of)]
    notes = words.notes(readings, asked)
    beyond = [one.subject.brief.name for one in there if _is_wafer(one)]
    if beyond and not options.log:
        notes.insert(1, _("Beyond the right edge: {names}.").format(names=", ".join(beyond)))
    if refused:
        notes.append(_("Values of zero have no place on a log scale: {count}.").format(count=number(refused)))
    caption = Caption(
        _("{metric} of AI chips, ranked").format(metric=options.quantity.name),
        " · ".join(part for part in subtitle if part),
        _legend(there, bars, rows, options),
        tuple(notes),
        sources,
    )
    return RankingSpec(
        caption, Axis(axis_title(options.quantity, log=options.log), options.log, number_style(), unit),
        _home(bars, len(there), options), bars, _table(shown, numbers, options), _summary(there, len(missing)),
    )  # fmt: skip


def axis_title(what: Quantity, *, log: bool) -> str:
    """Return the title of an axis of a quantity, with its unit."""
    template = _("{metric} ({unit}), log scale") if log else _("{metric} ({unit})")
    return template.format(metric=what.name, unit=what.unit_words)


def claim_ticks(reading: Reading, *, log: bool) -> tuple[ClaimTick, ...]:
    """Return the claims of a reading of a metric as ticks: of a contested one all, and what was measured."""
    if reading.quantity.kind != "metric" or reading.value is None or reading.quantity.metric is None:
        return ()
    rows = [*(reading.rows if reading.contested else ()), *reading.measured]
    return tuple(
        ClaimTick(
            row.number, style_of(row), Ref("claim", (row.id, row.subject_id), claim_line(row, reading.quantity.metric))
        )
        for row in rows
        if row.number is not None and (row.number > 0 or not log)
    )


def _order(reading: Reading, options: RankingOptions) -> tuple[float, str]:
    name = reading.subject.brief.name.casefold()
    if options.order == "name":
        return 0.0, name
    if options.order == "date":
        start = reading.subject.start
        return (math.inf if start is None else -float(start)), name
    assert reading.value is not None
    return (reading.value if options.quantity.better == "lower" else -reading.value), name


def _bar(reading: Reading, numbers: dict[str, int], options: RankingOptions) -> Bar:
    subject = reading.subject
    ref = Ref("record", (subject.brief.id, *reading.claim_ids), words.line(reading, options.convention))
    colour = colour_of(subject, options.convention.colour)
    if reading.value is None:
        why = words.why(reading, options.convention)
        text = _("missing: {why}").format(why=why)
        return Bar(subject.brief.name, None, 0.0, 0.0, colour, False, False, False, text, 0, ref)
    text = f"{words.told(reading, unit=False)}{words.cited(reading, numbers)}"
    return Bar(
        subject.brief.name, reading.value, reading.low, reading.high, colour, reading.unsaid, reading.estimated,
        reading.contested, text, reading.sources, ref, claim_ticks(reading, log=options.log), _is_wafer(reading),
    )  # fmt: skip


def _is_wafer(reading: Reading) -> bool:
    """Say whether a chip is a whole wafer: it has its bar, but all others shall not be specks for it."""
    return "wafer" in reading.subject.form_factor.casefold()


def _legend(
    there: Sequence[Reading], bars: Sequence[Bar], rows: SeveralRows, options: RankingOptions
) -> tuple[LegendEntry, ...]:
    by = options.convention.colour
    used = {colour_of(one.subject, by) for one in there}
    entries = [LegendEntry("range", colour, text) for colour, text in meanings(used, rows.subjects, by)]
    if any(one.unsaid for one in there):
        entries.append(LegendEntry("range", "ink_soft", _("convention not said"), hollow=True))
    if any(one.estimated for one in there):
        entries.append(LegendEntry("hatched", "ink_soft", _("estimate or rumour")))
    if any(one.contested for one in there):
        entries.append(LegendEntry("whisker", "ink_soft", _("range of published claims")))
    return (*entries, *claim_legend(tick.style for bar in bars for tick in bar.ticks))


def _home(bars: Sequence[Bar], valued: int, options: RankingOptions) -> View:
    count = len(bars) if options.count is None else min(len(bars), max(options.count, min(valued + 1, 4)))
    rows = (-float(max(count, 1)), 0.0)
    usual = [bar for bar in bars if bar.value is not None and not bar.wafer] or [
        bar for bar in bars if bar.value is not None
    ]
    values = [end for bar in usual for end in (bar.value, bar.low, bar.high) if end is not None]
    values += [tick.value for bar in usual for tick in bar.ticks]
    positive = [value for value in values if value > 0]
    if options.log and positive:
        low, high = math.log10(min(positive)), math.log10(max(positive))
        return View((low - max((high - low) * 0.06, 0.1), high + max((high - low) * 0.04, 0.05)), rows)
    return View((0.0, (max(values) if values else 1.0) * 1.04 or 1.0), rows)


def _table(shown: Sequence[Reading], numbers: dict[str, int], options: RankingOptions) -> Table:
    columns = (_("Rank"), _("Name"), _("Maker"), _("Country"), *value_heads(options.quantity))
    texts, values = [], []
    for place, one in enumerate(shown, 1):
        cells, amounts = value_cells(one, numbers, options.convention)
        rank = number(place) if one.value is not None else ""
        subject = one.subject
        texts.append((rank, subject.brief.name, subject.vendor_name, country_cell(subject.brief.country), *cells))
        values.append((float(place) if one.value is not None else None, None, None, None, *amounts))
    refs = tuple(Ref("record", (one.subject.brief.id,), one.subject.brief.name) for one in shown)
    return Table(columns, tuple(texts), tuple(values), refs)


def _summary(there: Sequence[Reading], missing: int) -> str:
    if not there:
        return _("No record has a figure to compare under this convention.")
    first, last = there[0], there[-1]
    return _("{count} values from {least} ({low}) to {most} ({high}); {missing} missing.").format(
        count=len(there), least=first.subject.brief.name, low=words.told(first), most=last.subject.brief.name,
        high=words.told(last), missing=missing,
    )  # fmt: skip
