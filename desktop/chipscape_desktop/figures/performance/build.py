"""From rows to the spec of performance over time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from chipscape_db.choice import Chosen
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import PerformanceRows, Subject
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Floats, Ref
from chipscape_desktop.figures.performance import words
from chipscape_desktop.figures.performance.colours import colour_of, meanings
from chipscape_desktop.figures.performance.compare import Standing, compare
from chipscape_desktop.figures.performance.frontier import (
    frontiers_of,
    limit_of,
    middle_of,
    trend_lines,
    value_of,
)
from chipscape_desktop.figures.performance.options import ColourBy, Options, parse
from chipscape_desktop.figures.performance.spec import (
    Absent,
    Axis,
    Frontier,
    PerformanceSpec,
    Points,
    Reference,
    Refs,
    Ticks,
    batch_of,
    level_of,
)
from chipscape_desktop.figures.performance.table import table_of
from chipscape_desktop.figures.performance.trend import Trend
from chipscape_desktop.figures.readings.claim_marks import claim_legend, style_of
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.i18n import _, format_date

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLEST, _LARGEST = 6.0, 22.0
_EMPTY_HOME = View((16000.0, 20800.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A chip on the figure: what stands for it, where, and how much its label is wanted."""

    standing: Standing
    value: float
    low: float
    high: float
    x: float
    leads: bool
    priority: float


def build(rows: PerformanceRows, request: Request) -> PerformanceSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    whole, numbers = _build(rows, request, options)
    if options.facet == "none":
        return whole
    by: ColourBy = options.facet
    groups: dict[str, list[Subject]] = {}
    for subject in rows.subjects:
        groups.setdefault(colour_of(subject, by), []).append(subject)
    facets = [
        (title, _build(replace(rows, subjects=tuple(groups[colour])), request, options, numbers)[0])
        for colour, title in meanings(set(groups), rows.subjects, by)
    ]
    return replace(whole, facets=tuple((title, spec) for title, spec in facets if len(spec.points.x)))


def _build(
    rows: PerformanceRows, request: Request, options: Options, numbers: dict[str, int] | None = None
) -> tuple[PerformanceSpec, dict[str, int]]:
    """Return the spec of *rows* and the numbers of the sources: those given, of a larger figure, or its own."""
    standings = [compare(subject, rows.claims.get(subject.brief.id, ()), options) for subject in rows.subjects]
    colours = sorted({colour_of(one.subject, options.colour) for one in standings})
    number = {name: place for place, name in enumerate(colours)}
    valued = [one for one in standings if one.chosen is not None and one.chosen.claim.value is not None]
    dated = [one for one in valued if one.subject.start is not None]
    undated = [one for one in valued if one.subject.start is None]
    fit = [one for one in dated if options.scale == "linear" or value_of(one) > 0]
    bests = frontiers_of(fit, options)
    leaders = {id_ for best in bests for id_ in best.leaders}
    lines = [best for best in bests if best.colour != "other" and best.length > 3]
    shown = [_shown(one, options, leading=one.subject.brief.id in leaders) for one in fit]
    shown.sort(key=lambda one: -one.priority)
    own, sources = _sources(shown)
    numbers = own if numbers is None else numbers
    points = _points(shown, options, number, numbers)
    ticks = _ticks(shown, options)
    missing = [one for one in standings if one.chosen is None and one.why != "system" and one.subject.start is not None]
    named = meanings({one.colour for one in lines}, rows.subjects, options.colour)
    by_colour = {one.colour: one.trend for one in lines}
    trends = [(text, trend) for colour, text in named if (trend := by_colour[colour]) is not None]
    caption = Caption(
        words.title(options),
        words.subtitle(options, format_date(request.filters.as_of) if request.filters.as_of else ""),
        _legend(shown, ticks, missing, rows.subjects, options, has_frontier=bool(lines)),
        tuple(
            _notes(standings, options, undated=len(undated), shown=shown, refused=len(dated) - len(fit), trends=trends)
        ),
        sources,
    )
    spec = PerformanceSpec(
        caption,
        Axis(_axis_title(options), options.scale == "log", words.number_style(), words.unit_words(options.metric)),
        _home(points, ticks, missing, options),
        tuple(colours),
        points,
        ticks,
        _absent(missing, options, number),
        tuple(Frontier(number[one.colour], one.x, one.value) for one in lines) if options.frontier else (),
        _reference(valued, options),
        _summary(shown, len(missing), options),
        trend_lines(lines, number, named) if options.trend == "line" else (),
        table_of([one.standing for one in shown], [*missing, *undated], numbers, options),
    )
    return spec, numbers


def _notes(
    standings: Sequence[Standing], options: Options, *, undated: int, shown: Sequence[_Shown], refused: int,
    trends: Sequence[tuple[str, Trend]],
) -> list[str]:  # fmt: skip
    """Return the notes: what is missing, then how fast the best grows, then the rest."""
    announced = sum(one.standing.subject.announced_only for one in shown)
    notes = words.notes(standings, options, undated=undated, announced=announced, refused=refused)
    return [*notes[:1], *words.trend_notes(trends, options), *notes[1:]]


def _shown(standing: Standing, options: Options, *, leading: bool) -> _Shown:
    chosen = standing.chosen
    assert chosen is not None
    floor = chosen.value if options.scale == "log" else 0.0
    low = chosen.low if chosen.low is not None and (chosen.low > 0 or options.scale == "linear") else floor
    high = chosen.high if chosen.high is not None else chosen.value
    priority = 4.0 * leading + 3.0 * chosen.contested + 0.5 * (not standing.unsaid)
    priority += math.log1p(chosen.claims + standing.others) + math.log1p(chosen.sources)
    return _Shown(standing, chosen.value, low, high, middle_of(standing.subject), leading, priority)


def _points(shown: Sequence[_Shown], options: Options, number: dict[str, int], numbers: dict[str, int]) -> Points:
    subjects = [one.standing.subject for one in shown]
    chosen = [one.standing.chosen for one in shown]

    def ref(index: int) -> Ref:
        one = shown[index].standing
        ids = (one.subject.brief.id, *(row.id for row in (*one.live, *one.measured)))
        return Ref("record", ids, words.value_line(one, options))

    labels = tuple(
        ""
        if options.labels == "none"
        else one.standing.subject.brief.name + str(numbers[one.standing.live[0].source_id]).translate(_RAISED)
        for one in shown
    )
    value = np.array([one.value for one in shown], dtype=np.float64)
    colour = np.array([number[colour_of(one, options.colour)] for one in subjects], dtype=np.int64)
    hollow = np.array([one.standing.unsaid for one in shown], dtype=np.bool_)
    special = np.array([bool(one and one.convention.condition) for one in chosen], dtype=np.bool_)
    contested = np.array([bool(one and one.contested) for one in chosen], dtype=np.bool_)
    leads = np.array([one.leads for one in shown], dtype=np.bool_)
    converted = np.array([one.standing.conversion is not None for one in shown], dtype=np.bool_)
    return Points(
        np.array([one.x for one in shown], dtype=np.float64),
        np.array([one.start for one in subjects], dtype=np.float64),
        np.array([one.end if one.end is not None else one.start for one in subjects], dtype=np.float64),
        np.array([one.announced_only for one in subjects], dtype=np.bool_),
        value,
        np.array([one.low for one in shown], dtype=np.float64),
        np.array([one.high for one in shown], dtype=np.float64),
        colour,
        hollow,
        special,
        np.array([limit_of(one.standing) for one in shown], dtype=np.int64),
        contested,
        leads,
        level_of(value, log=options.scale == "log"),
        batch_of(colour, hollow, special, front=contested | leads, converted=converted),
        np.array([one.priority + 1000.0 * _focused(one, options) for one in shown], dtype=np.float64),
        labels,
        Refs(len(shown), ref),
        converted,
        _sizes(chosen, options),
    )


def _sizes(chosen: Sequence[Chosen | None], options: Options) -> Floats | None:
    """Return the diameters of the marks, their areas by the independent sources or the claims behind each."""
    if options.size == "none" or not chosen:
        return None
    counts = np.array(
        [0 if one is None else one.sources if options.size == "sources" else one.claims for one in chosen]
    )
    return np.asarray(np.maximum(_SMALLEST, _LARGEST * np.sqrt(counts / max(counts.max(), 1))), dtype=np.float64)


def _focused(shown: _Shown, options: Options) -> bool:
    brief = shown.standing.subject.brief
    return bool({brief.id, brief.slug} & {*options.focus, options.baseline})


def _ticks(shown: Sequence[_Shown], options: Options) -> Ticks:
    found: list[tuple[int, float, int, ClaimRow]] = []
    for place, one in enumerate(shown):
        chosen = one.standing.chosen
        assert chosen is not None
        if chosen.contested:
            rivals = [row for row in one.standing.live if row.id != chosen.claim.id]
            found += [(place, row.number, style_of(row), row) for row in rivals if row.number is not None]
        found += [(place, row.number, style_of(row), row) for row in one.standing.measured if row.number is not None]
    found = [one for one in found if one[1] > 0 or options.scale == "linear"]

    def ref(index: int) -> Ref:
        row = found[index][3]
        return Ref("claim", (row.id, row.subject_id), words.claim_line(row, options.metric))

    return Ticks(
        np.array([one[0] for one in found], dtype=np.int64),
        np.array([one[1] for one in found], dtype=np.float64),
        np.array([one[2] for one in found], dtype=np.int64),
        Refs(len(found), ref),
    )


def _absent(missing: Sequence[Standing], options: Options, number: dict[str, int]) -> Absent:
    def ref(index: int) -> Ref:
        return Ref("record", (missing[index].subject.brief.id,), words.missing_line(missing[index], options))

    return Absent(
        np.array([middle_of(one.subject) for one in missing], dtype=np.float64),
        np.array([number[colour_of(one.subject, options.colour)] for one in missing], dtype=np.int64),
        np.array([one.why not in ("none", "later") for one in missing], dtype=np.bool_),
        Refs(len(missing), ref),
    )


def _sources(shown: Sequence[_Shown]) -> tuple[dict[str, int], tuple[SourceNote, ...]]:
    """Return the number of each source, those of chosen values first, and their references."""
    rows = [one.standing.live[0] for one in shown]
    rows += [row for one in shown for row in (*one.standing.live[1:], *one.standing.measured)]
    first: dict[str, ClaimRow] = {}
    for row in rows:
        first.setdefault(row.source_id, row)
    numbers = {source_id: place for place, source_id in enumerate(first, 1)}
    return numbers, tuple(
        SourceNote(numbers[id_], id_, words.source_words(row), row.url or "") for id_, row in first.items()
    )


def _legend(
    shown: Sequence[_Shown],
    ticks: Ticks,
    missing: Sequence[Standing],
    subjects: tuple[Subject, ...],
    options: Options,
    *,
    has_frontier: bool,
) -> tuple[LegendEntry, ...]:
    used = {colour_of(one.standing.subject, options.colour) for one in shown}
    entries = [LegendEntry("disc", colour, text) for colour, text in meanings(used, subjects, options.colour)]
    if any(one.standing.unsaid for one in shown):
        text = _("direction not said") if options.metric.is_link else _("sparsity not said")
        entries.append(LegendEntry("disc", "ink_soft", text, hollow=True))
    if any(one.standing.chosen and one.standing.chosen.convention.condition for one in shown):
        entries.append(LegendEntry("diamond", "ink_soft", _("under a condition of its own")))
    if any(one.standing.chosen and one.standing.chosen.contested for one in shown):
        entries.append(LegendEntry("whisker", "ink_soft", _("range of published claims")))
    if any(one.standing.conversion for one in shown):
        entries.append(LegendEntry("square", "ink_soft", _("converted by rule")))
    entries += claim_legend(ticks.style.tolist())
    if options.size != "none":
        name = _("independent sources") if options.size == "sources" else _("claims")
        entries.append(LegendEntry("disc", "ink_soft", _("larger mark: more {quantity}").format(quantity=name)))
    if any(limit_of(one.standing) for one in shown):
        entries.append(LegendEntry("arrow", "ink_soft", _("limit only")))
    if any((one.standing.subject.end or 0) - (one.standing.subject.start or 0) > 45 for one in shown):
        entries.append(LegendEntry("fade", "ink_soft", _("date known roughly")))
    if has_frontier and options.frontier:
        text = _("best chip so far, by maker") if options.colour == "vendor" else _("best chip so far, by country")
        if "model" in options.metric.applies_to:
            text = _("most so far, by maker") if options.colour == "vendor" else _("most so far, by country")
        entries.append(LegendEntry("line", "ink_soft", text))
    return tuple(entries)


def _axis_title(options: Options) -> str:
    if options.metric.unit == "":
        return words.metric_name(options.metric)
    given = {"metric": words.metric_name(options.metric), "unit": words.unit_words(options.metric)}
    return (_("{metric} ({unit}), log scale") if options.scale == "log" else _("{metric} ({unit})")).format(**given)


def _home(points: Points, ticks: Ticks, missing: Sequence[Standing], options: Options) -> View:
    """Return the view that takes in all points with their spread, and the missing at their dates."""
    days = np.concatenate([points.first, points.last, np.array([middle_of(one.subject) for one in missing])])
    values = np.concatenate([points.low, points.high, points.value, ticks.value])
    if len(points.x) == 0:
        return _EMPTY_HOME
    low, high = float(days.min()), float(days.max())
    pad = max((high - low) * 0.04, 60.0)
    if options.scale == "log":
        bottom, top = math.log10(values.min()), math.log10(values.max())
        room = max((top - bottom) * 0.06, 0.1)
        return View((low - pad, high + pad), (bottom - room, top + room))
    top = float(values.max()) or 1.0
    return View((low - pad, high + pad), (0.0, top * 1.06))


def _reference(valued: Sequence[Standing], options: Options) -> Reference | None:
    for one in valued:
        brief = one.subject.brief
        if options.baseline and options.baseline in (brief.slug, brief.id):
            text = _("{name}: {value}").format(name=brief.name, value=words.with_unit(value_of(one), options.metric))
            return Reference(value_of(one), text)
    return None


def _summary(shown: Sequence[_Shown], missing: int, options: Options) -> str:
    if not shown:
        return _("No record has a figure to compare under this convention.")
    low, high = (pick(shown, key=lambda one: one.value) for pick in (min, max))
    return _("{count} values from {least} ({low}) to {most} ({high}); {missing} missing at their dates.").format(
        count=len(shown),
        least=low.standing.subject.brief.name,
        low=words.with_unit(low.value, options.metric),
        most=high.standing.subject.brief.name,
        high=words.with_unit(high.value, options.metric),
        missing=missing,
    )
