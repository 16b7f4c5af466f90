"""Performance over time as a table: the values shown, then what is missing and why."""

from collections.abc import Mapping, Sequence

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.performance import words
from chipscape_desktop.figures.performance.compare import Standing
from chipscape_desktop.figures.performance.options import Options
from chipscape_desktop.i18n import _, format_date, number
from chipscape_desktop.words import country_cell

_Cells = tuple[list[str], list[float | None]]


def table_of(
    shown: Sequence[Standing], others: Sequence[Standing], numbers: Mapping[str, int], options: Options
) -> Table:
    """Return the table: *shown* by date, then *others*, which have no place on the figure; *numbers* are of sources."""
    unit = words.unit_words(options.metric)
    value = words.metric_name(options.metric)
    columns = (
        _("Name"),
        _("Maker"),
        _("Country"),
        _("Date"),
        _("{metric} ({unit})").format(metric=value, unit=unit) if unit else value,
        _("Least claimed"),
        _("Most claimed"),
        _("Convention"),
        _("Claims"),
        _("Independent sources"),
        _("Sources"),
        _("Note"),
    )
    ordered = [*sorted(shown, key=_by_date), *sorted(others, key=_by_date)]
    cells = [_row(one, numbers, options) for one in ordered]
    return Table(
        columns,
        tuple(tuple(texts) for texts, _values in cells),
        tuple(tuple(values) for _texts, values in cells),
        tuple(Ref("record", (one.subject.brief.id,), one.subject.brief.name) for one in ordered),
        frozenset((columns.index(_("Date")),)),
    )


def _by_date(standing: Standing) -> tuple[bool, int, str]:
    start = standing.subject.start
    return start is None, start or 0, standing.subject.brief.name


def _row(standing: Standing, numbers: Mapping[str, int], options: Options) -> _Cells:
    subject, chosen = standing.subject, standing.chosen
    date = format_date(subject.date) if subject.date else ""
    texts = [subject.brief.name, subject.vendor_name, country_cell(subject.brief.country), date]
    values: list[float | None] = [None, None, None, float(subject.start) if subject.start is not None else None]
    if chosen is None:
        why = "" if standing.why is None else words.why_missing(standing.why, options)
        return [*texts, "", "", "", "", "", "", "", _("missing: {why}").format(why=why)], [*values, *[None] * 8]
    amounts = [chosen.value, chosen.low, chosen.high]
    counts = [chosen.claims, chosen.sources]
    cited = sorted({numbers[row.source_id] for row in (*standing.live, *standing.measured) if row.source_id in numbers})
    notes = []
    if subject.announced_only:
        notes.append(_("announced, release date not given"))
    if standing.unsaid:
        notes.append(_("direction not said") if options.metric.is_link else _("sparsity not said"))
    if standing.conversion is not None:
        notes.append(words.conversion_words(standing))
    if subject.start is None:
        notes.append(_("no date"))
    texts += ["" if one is None else words.amount(one) for one in amounts]
    texts.append(words.convention_words(standing.live[0]))
    texts += [number(one) for one in counts]
    texts += [", ".join(map(str, cited)), "; ".join(notes)]
    return texts, [*values, *amounts, None, *(float(one) for one in counts), None, None]
