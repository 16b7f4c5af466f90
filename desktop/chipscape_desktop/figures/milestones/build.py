"""From rows to the spec of the milestones figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from chipscape_db.errors import N_, Invalid
from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_db.queries.milestones import MilestoneRows, Reached, lag_months
from chipscape_db.queries.timeline import TimelineItem, TimelineRows
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.milestones import words
from chipscape_desktop.figures.milestones.options import Options, parse
from chipscape_desktop.figures.milestones.spec import Lag, MilestonesSpec, Point, Side
from chipscape_desktop.figures.milestones.table import table_of
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.references import source_text
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.timeline.build import build as build_timeline
from chipscape_desktop.figures.timeline.build import glyph_name
from chipscape_desktop.figures.timeline.spans import OPEN, span_of
from chipscape_desktop.figures.timeline.spec import GLYPHS, Glyph, TimelineSpec
from chipscape_desktop.i18n import _, format_date, ngettext, number, typeset

_MILESTONE_RANK = 10
_SHAPES = {"chip": Glyph("square"), "model": Glyph("hexagon"), "software": Glyph("tab")}


@dataclass(frozen=True, slots=True)
class CompareRows:
    """What the figure is made of: (id, slug, name, country) of the organizations, and what they did and reached.

    Of very many events `left_out` were less important than those that are there.
    """

    organizations: tuple[tuple[str, str, str, str], ...]
    milestones: MilestoneRows
    events: TimelineRows
    left_out: int = 0


def build(rows: CompareRows, request: Request) -> MilestonesSpec:
    """Return what is compared. Raises `Invalid` when fewer than two organizations are named that the base knows."""
    options = parse(request.options)
    if len(rows.organizations) < 2:
        raise Invalid(
            N_("A comparison needs two organizations or more; choose them over the figure."), field="organizations"
        )
    sides = tuple(
        Side(id_, typeset(name, request.language), country_colour(country or None), place % 2 == 0, place // 2)
        for place, (id_, _slug, name, country) in enumerate(rows.organizations)
    )
    reached = [one for one in rows.milestones.reached if one.kind in options.kinds]
    groups = _grouped(reached)
    points = [_milestone_point(sides, each) for each in groups]
    where = {(one.organization_id, one.record_id): place for place, each in enumerate(groups) for one in each[:1]}
    lags = _lags(sides, reached, where)
    points += _event_points(sides, rows.events.items, options, request.language)
    timeline = _background(rows.events, request, options)
    sources = _sources(rows, reached, options)
    caption = _caption(
        sides, options, request, points=points, reached=len(reached), lags=lags, sources=sources, timeline=timeline,
        left_out=rows.left_out,
    )  # fmt: skip
    numbers = {source.id: source.number for source in sources}
    return MilestonesSpec(
        caption, sides, tuple(points), lags, timeline, _home(points, timeline), table_of(sides, reached, numbers)
    )


def _grouped(reached: Iterable[Reached]) -> list[list[Reached]]:
    """Return the milestones by the record that reached them: one record stands once, with all it was first in."""
    groups: dict[tuple[str, str], list[Reached]] = {}
    for one in reached:
        groups.setdefault((one.organization_id, one.record_id), []).append(one)
    return list(groups.values())


def _milestone_point(sides: tuple[Side, ...], reached: list[Reached]) -> Point:
    one = reached[0]
    side = next(place for place, each in enumerate(sides) if each.id == one.organization_id)
    short = ", ".join(words.short_of(each.milestone) for each in reached)
    claims = dict.fromkeys(id_ for each in reached for id_ in each.claim_ids)
    return Point(
        side,
        float(one.low),
        float(one.high + 1),
        _("{name}: {milestones}").format(name=one.name, milestones=short),
        _SHAPES[one.kind],
        _MILESTONE_RANK + len(reached),
        Ref("record", (one.record_id, *claims), words.point_title(reached, sides[side].title)),
        bold=True,
        hollow=one.announced_only or any(each.contested for each in reached),
    )


def _lags(sides: tuple[Side, ...], reached: list[Reached], where: Mapping[tuple[str, str], int]) -> tuple[Lag, ...]:
    """Return the lags between the first side and each other; milestones that the same two records met are one."""
    names = {side.id: side.title for side in sides}
    pairs: dict[tuple[int, int], list[tuple[Reached, Reached]]] = {}
    for first, second in combinations(reached, 2):
        if first.milestone != second.milestone or sides[0].id not in (first.organization_id, second.organization_id):
            continue
        early, late = sorted((first, second), key=lambda one: one.middle)
        places = tuple(where[(one.organization_id, one.record_id)] for one in (early, late))
        pairs.setdefault((places[0], places[1]), []).append((early, late))
    out = []
    for (one, other), met in pairs.items():
        early, late = met[0]
        text = words.lag_text([a.milestone for a, _b in met], names[late.organization_id], lag_months(early, late))
        out.append(Lag(one, other, text, Ref("cluster", (early.record_id, late.record_id), text)))
    return tuple(out)


def _event_points(
    sides: tuple[Side, ...], items: tuple[TimelineItem, ...], options: Options, language: str
) -> list[Point]:
    out = []
    for item in items:
        if item.importance < options.least_importance:
            continue
        span = span_of(item.starts_on, item.ends_on)
        for place, side in enumerate(sides):
            if side.id in item.organizations and abs(span.low) < OPEN:
                high = span.high if span.high < OPEN else span.low + 1
                title = typeset(item.title, language)
                ref = Ref("record", (item.id,), f"{title}, {format_date(item.starts_on)}")
                out.append(Point(place, span.low, high, title, GLYPHS[glyph_name(item)], item.importance, ref))
    return out


def _background(events: TimelineRows, request: Request, options: Options) -> TimelineSpec:
    """Return the timeline that supplies the rules behind the lanes and the as-of date."""
    plain = {"lanes": "none", "rules": "important" if options.rules else "none"}
    if "today" in request.options:
        plain["today"] = request.options["today"]
    return build_timeline(events, replace(request, options=plain))


def _sources(rows: CompareRows, reached: list[Reached], options: Options) -> tuple[SourceNote, ...]:
    known: dict[str, FootnoteSource] = {**rows.events.sources, **rows.milestones.sources}
    ids = dict.fromkeys(id_ for one in reached for id_ in one.sources)
    for item in rows.events.items:
        if item.importance >= options.least_importance:
            ids |= dict.fromkeys(item.sources)
    used = [known[id_] for id_ in ids if id_ in known]
    return tuple(SourceNote(place, one.id, source_text(one), one.url) for place, one in enumerate(used, 1))


def _home(points: list[Point], timeline: TimelineSpec) -> View:
    ends = [end for point in points for end in (point.low, point.high)]
    low, high = (min(ends), max(ends)) if ends else timeline.extent
    span = max(high - low, 365.0)
    return View((low - 0.03 * span, high + 0.14 * span), (0.0, 1.0))


def _caption(
    sides: tuple[Side, ...], options: Options, request: Request, *, points: list[Point], reached: int,
    lags: tuple[Lag, ...], sources: tuple[SourceNote, ...], timeline: TimelineSpec, left_out: int,
) -> Caption:  # fmt: skip
    names = [side.title for side in sides]
    title = (
        _("{one} against {other}: who was first, and by how many months").format(one=names[0], other=names[1])
        if len(names) == 2
        else _("{one} against {others}: who was first, and by how many months").format(
            one=names[0], others=", ".join(names[1:])
        )
    )
    parts = [
        ngettext("{count} milestone reached", "{count} milestones reached", reached).format(count=number(reached)),
        ngettext("{count} lag in months", "{count} lags in months", len(lags)).format(count=number(len(lags))),
    ]
    if request.filters.as_of:
        parts.append(_("as known on {date}").format(date=format_date(request.filters.as_of)))
    legend = [LegendEntry(_SHAPES[kind].shape, "ink_soft", text) for kind, text in _kind_texts().items()
              if any(point.bold and point.glyph is _SHAPES[kind] for point in points)]  # fmt: skip
    if any(point.hollow for point in points):
        legend.append(LegendEntry("square", "ink_soft", _("only announced, or contested"), hollow=True))
    if any(point.high - point.low > 1 for point in points):
        legend.append(LegendEntry("fade", "ink_soft", _("some time in this stretch")))
    if lags:
        legend.append(LegendEntry("line", "ink_soft", _("lag between the same milestones")))
    if timeline.rules:
        legend.append(LegendEntry("band", "amber", _("rule in force")))
    notes = [
        _("A milestone is reached by the first dated record of this base that meets it; values are dense or unsaid."),
        _("Of vague dates the least and the most months are given."),
    ]
    if left_out:
        notes.append(
            ngettext(
                "Of very many events {count} of less importance is left out.",
                "Of very many events {count} of less importance are left out.",
                left_out,
            ).format(count=number(left_out))
        )
    return Caption(title, " · ".join(parts), tuple(legend), tuple(notes), sources)


def _kind_texts() -> dict[str, str]:
    return {"chip": _("first chip to meet it"), "model": _("first model"), "software": _("first software")}
