"""From rows to the spec of the timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from chipscape_db.partial_date import day_number
from chipscape_db.queries.timeline import SHOWABLE, TimelineItem, TimelineRows, TimelineRule
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.spec import SourceNote
from chipscape_desktop.figures.timeline import caption
from chipscape_desktop.figures.timeline.cards import (
    card_of,
    cards_of_rules,
    cited_for,
    sources_of_links,
    stretch,
    texts_of,
)
from chipscape_desktop.figures.timeline.index import build_index
from chipscape_desktop.figures.timeline.kin import kin_of
from chipscape_desktop.figures.timeline.lanes import LANES, Lanes, Wishes, arrange
from chipscape_desktop.figures.timeline.spans import Span, reach, span_of
from chipscape_desktop.figures.timeline.spec import (
    COLOURS,
    GLYPH_NAMES,
    Card,
    Columns,
    Rule,
    SourceTable,
    TimelineSpec,
)

DEFAULT_SHOW = "events"
_KIND_OF_WORD = {"events": "event", "chips": "chip", "models": "model", "software": "software", "policies": "policy"}


def shown_kinds(request: Request) -> frozenset[str]:
    """Return the kinds of record that the request's `show` option names; events when it names none that we know."""
    words = request.options.get("show", DEFAULT_SHOW).replace(" ", "").split(",")
    kinds = frozenset(_KIND_OF_WORD.get(word, word) for word in words) & frozenset(SHOWABLE)
    return kinds or frozenset({"event"})


def lanes_by(request: Request) -> str:
    """Return what the lanes stand for: the request's `lanes` option, else organizations."""
    wanted = request.options.get("lanes", LANES[0])
    return wanted if wanted in LANES else LANES[0]


def wishes(request: Request) -> Wishes:
    """Return how the request wants the lanes."""

    def keys(name: str) -> tuple[str, ...]:
        return tuple("" if key == "all" else key for key in request.options.get(name, "").split(",") if key)

    return Wishes(keys("order"), frozenset(keys("hidden")), frozenset(keys("collapsed")))


def bands(rows: TimelineRows, request: Request) -> tuple[TimelineRule, ...]:
    """Return the rules that may be drawn as bands: those picked, else all."""
    if request.options.get("rules") == "none":
        return ()
    picked = _picked(rows, request)
    return tuple(rule for rule in rows.rules if not picked or rule.id in picked)


def rules_wanted(rows: TimelineRows, request: Request) -> str:
    """Return whether all rules that may be drawn are, or the important ones; those picked are drawn in any case."""
    return "all" if _picked(rows, request) else request.options.get("rules", "important")


def _picked(rows: TimelineRows, request: Request) -> frozenset[str]:
    """Return the rules that the request picks, without those that are gone: picking only such is picking none."""
    picked = frozenset(id_ for id_ in request.options.get("bands", "").split(",") if id_)
    return picked & {rule.id for rule in rows.rules}


def build(rows: TimelineRows, request: Request) -> TimelineSpec:
    """Return what the timeline shows.

    Options: `lanes` (organization, kind, country, sector, none), `show` (events, chips, models, software, policies,
    separated by commas), `every_lane` (yes: an item stands in the lane of each participant), `order`, `hidden` and
    `collapsed` (keys of lanes, separated by commas), `rules` (important, all, none), `bands` (ids of the only rules to
    be drawn), `arrows` (all, none: from causes to effects; see `TimelineFigure.build`), `today` (a day, for pictures
    that must not depend on the calendar).
    """
    by = lanes_by(request)
    every = request.options.get("every_lane", "") == "yes"
    placed = arrange(rows, by, every=every, wishes=wishes(request))
    spans = [span_of(item.starts_on, item.ends_on) for item in rows.items]
    placings = _placings(rows, spans, placed)
    columns = _columns(rows.items, placings)
    index = build_index(
        len(placed.lanes), columns.lane, columns.importance.astype(np.int64), low=columns.low, high=columns.high
    )
    as_of = request.filters.as_of
    today = date.fromisoformat(request.options["today"]) if "today" in request.options else date.today()
    titles = tuple(i18n.typeset(item.title, request.language) for item in rows.items)
    told = texts_of(rows.sources)
    sources = _sources(rows, told)
    return TimelineSpec(
        caption=caption.whole(rows, request, placed, by=by, every=every, notes=sources.notes),
        subject=caption.subject(rows, request),
        lanes=placed.lanes,
        columns=columns,
        index=index,
        titles=titles,
        ids=tuple(item.id for item in rows.items),
        rules=rules_in_words(bands(rows, request), request.language),
        rules_wanted=rules_wanted(rows, request),
        sources=sources,
        extent=extent_of(_ends([*spans, *(each.span for each in placings if each.rival)])),
        now=float(day_number(as_of or today)),
        is_as_of=as_of is not None,
        cards=_cards(rows, told),
        kin=kin_of(rows.parts, rows.makers, rows.effects),
        written=tuple((item.kind, item.starts_on, item.ends_on) for item in rows.items),
        known_lanes=placed.known,
        known_rules=tuple((rule.id, i18n.typeset(rule.title, request.language)) for rule in rows.rules),
    )


@dataclass(frozen=True, slots=True)
class _Placing:
    """An item in a lane, with its own date or with a rival one."""

    item: int
    lane: int
    span: Span
    importance: int
    rival: bool = False


def _placings(rows: TimelineRows, spans: list[Span], placed: Lanes) -> list[_Placing]:
    """Return every item in every lane that it stands in, and after each its rival dates, which weigh a little less."""
    out = []
    for number, (item, lanes) in enumerate(zip(rows.items, placed.placed, strict=True)):
        for lane in lanes:
            out.append(_Placing(number, lane, spans[number], item.importance))
            lesser = max(1, item.importance - 1)
            out += [
                _Placing(number, lane, span_of(rival.starts_on, rival.ends_on), lesser, rival=True)
                for rival in item.rivals
            ]
    return out


def _columns(items: tuple[TimelineItem, ...], placings: list[_Placing]) -> Columns:
    item = np.array([each.item for each in placings], dtype=np.int64)
    lane = np.array([each.lane for each in placings], dtype=np.int64)
    colours = np.array([COLOURS.index(_colour(each)) for each in items], dtype=np.int8)
    glyphs = np.array([GLYPH_NAMES.index(glyph_name(each)) for each in items], dtype=np.int8)
    weights = np.array([each.importance for each in placings], dtype=np.int8)

    def column(name: str, kind: type = float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.array([getattr(each.span, name) for each in placings], dtype=kind)

    return Columns(
        column("low"), column("high"), column("fade_low"), column("fade_high"),
        column("exact", bool).astype(bool), column("lasting", bool).astype(bool), column("soft", bool).astype(bool),
        lane, weights, colours[item], glyphs[item], item, np.array([each.rival for each in placings], dtype=np.bool_),
    )  # fmt: skip


def glyph_name(item: TimelineItem) -> str:
    """Return the name of an item's glyph: an event's kind, or `record:` and the kind of record."""
    return item.subkind if item.kind == "event" else f"record:{item.kind}"


def _colour(item: TimelineItem) -> str:
    return country_colour(item.countries[0] if item.countries else None)


def _ends(spans: list[Span]) -> Floats:
    return np.array([end for span in spans for end in (span.low, span.high)])


def extent_of(*ends: Floats) -> tuple[float, float]:
    """Return the first and the last of the days at which something begins or ends; a usual stretch where nothing does.

    Open ends do not count.
    """
    known = [end for each in ends for end in reach(each) or ()]
    if not known:
        return float(day_number(date(2012, 1, 1))), float(day_number(date(2027, 1, 1)))
    return min(known), max(known)


def rules_in_words(rows: tuple[TimelineRule, ...], language: str) -> tuple[Rule, ...]:
    """Return rules as bands, with their stretches in words."""
    made = []
    for row in rows:
        # A rule always lasts: where nobody says until when, its end is unknown.
        span = span_of(f"{row.starts_on.partition('/')[0]}/", row.ends_on)
        made.append(
            Rule(
                row.id, i18n.typeset(row.title, language), span.low, span.high, span.fade_low, span.fade_high,
                stretch(row.starts_on, row.ends_on),
            )
        )  # fmt: skip
    return tuple(made)


def _sources(rows: TimelineRows, told: Mapping[str, str]) -> SourceTable:
    """Number the sources by the importance, then the date, of the first item that they stand behind.

    Sources that say what led to an item stand behind it too.
    """
    order = sorted(range(len(rows.items)), key=lambda i: -rows.items[i].importance)
    leading = sources_of_links(rows)
    cited = [tuple(dict.fromkeys((*cited_for(item), *leading.get(item.id, ())))) for item in rows.items]
    numbers: dict[str, int] = {}
    for i in order:
        for id_ in cited[i]:
            if id_ in told:
                numbers.setdefault(id_, len(numbers))
    notes = tuple(SourceNote(number + 1, id_, told[id_], rows.sources[id_].url) for id_, number in numbers.items())
    own = [[numbers[id_] for id_ in each if id_ in numbers] for each in cited]
    offsets = np.concatenate(([0], np.cumsum([len(each) for each in own]))).astype(np.int64)
    return SourceTable(notes, offsets, np.array([number for each in own for number in each], dtype=np.int64))


def _cards(rows: TimelineRows, told: Mapping[str, str]) -> dict[str, Card]:
    """Return what the tooltips say, by record."""
    return cards_of_rules(rows) | {item.id: card_of(item, told) for item in rows.items}
