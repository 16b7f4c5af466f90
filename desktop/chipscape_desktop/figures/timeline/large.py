"""From columns of very many events to the spec of the timeline, without an object for each event."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import Ids as PackedIds
from chipscape_db.columns.packed import PackedIds as Uuids
from chipscape_db.columns.packed import PackedTexts
from chipscape_db.lazy_sequence import LazySequence
from chipscape_db.partial_date import day_number
from chipscape_db.queries.event_columns import EventColumns
from chipscape_db.queries.timeline import RivalDate, TimelineItem
from chipscape_db.queries.timeline_large import LargeRows
from chipscape_db.vocabulary import EVENT_KINDS
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.timeline import caption
from chipscape_desktop.figures.timeline.build import bands, extent_of, lanes_by, rules_in_words, rules_wanted, wishes
from chipscape_desktop.figures.timeline.cards import cards_of_rules, stretch
from chipscape_desktop.figures.timeline.details import Details, LargeKin, Reach
from chipscape_desktop.figures.timeline.index import build_index
from chipscape_desktop.figures.timeline.large_bulk import MANY, Bulk
from chipscape_desktop.figures.timeline.large_columns import Things, placed, things
from chipscape_desktop.figures.timeline.large_lanes import LargeLanes, large_lanes
from chipscape_desktop.figures.timeline.large_sources import LargeSources
from chipscape_desktop.figures.timeline.spec import COLOURS, GLYPH_NAMES, Card, Columns, TimelineSpec
from chipscape_desktop.words import word

_LASTING = ("linked", "lows")
"""What layouts find out that holds whether or not anything more is known of single events."""


def build_large(found: LargeRows, request: Request) -> TimelineSpec:
    """Return what the timeline shows; the options are those of `build.build`.

    What it says of single events is asked for when it is needed; see `waiting`.
    """
    by, every = lanes_by(request), request.options.get("every_lane", "") == "yes"
    columns, rows = found.columns, found.rows
    as_of = request.filters.as_of
    ids = Ids(columns.ids, tuple(item.id for item in rows.items), found.shown)
    rivals = _rivals(found, ids)
    all_ = things(columns, found.shown, rows.items, rivals, as_of=as_of, countries=found.countries)
    lanes = large_lanes(found, all_.importance, by=by, every=every, wishes=wishes(request))
    made = placed(all_, lanes.items, lanes.lane)
    index = build_index(len(lanes.ordered.lanes), made.lane, made.importance, low=made.low, high=made.high)
    today = date.fromisoformat(request.options["today"]) if "today" in request.options else date.today()
    details = Details(found.asking, rows, _Shown(ids))
    details.keep()
    reach, written = Reach(details), Written(columns, rows.items, as_of)
    bulk = Bulk(columns, details, written, *_by_place(found, ids, rivals, details.leading))
    return TimelineSpec(
        caption=_caption(all_, found, request, lanes, by=by, every=every),
        subject=caption.subject(rows, request),
        lanes=lanes.ordered.lanes,
        columns=made,
        index=index,
        titles=Titles(columns.titles, tuple(item.title for item in rows.items), request.language),
        ids=ids,
        rules=rules_in_words(bands(rows, request), request.language),
        rules_wanted=rules_wanted(rows, request),
        sources=LargeSources(reach, ids, bulk, found.any_cited),
        extent=_extent(all_, made),
        now=float(day_number(as_of or today)),
        is_as_of=as_of is not None,
        cards=LargeCards(columns, ids, written, cards_of_rules(rows), reach, bulk),
        kin=LargeKin(reach, rows.makers),
        written=written,
        known_lanes=lanes.ordered.known,
        known_rules=tuple((rule.id, i18n.typeset(rule.title, request.language)) for rule in rows.rules),
    )


def waiting(spec: TimelineSpec, on_want: Callable[[], None]) -> tuple[TimelineSpec, Reach | None]:
    """Return a spec that never asks the base, but calls *on_want*, and what holds what is wanted.

    That is for a window, which must not wait; an ordinary spec, which knows everything, is returned as it is.
    """
    if not isinstance(spec.cards, LargeCards) or not isinstance(spec.sources, LargeSources):
        return spec, None
    reach = Reach(spec.cards.reach.details, waits=True, on_want=on_want)
    return replace(
        spec, sources=spec.sources.through(reach), cards=spec.cards.through(reach),
        kin=LargeKin(reach, spec.kin.common), memo={name: spec.memo[name] for name in _LASTING if name in spec.memo},
    ), reach  # fmt: skip


def _rivals(found: LargeRows, ids: "Ids") -> list[tuple[int, RivalDate]]:
    """Return the rival dates of the events and the others with whose they are, in the order of these."""
    claimed = list(found.rivals)
    places = ids.places(claimed).tolist()
    of_events = sorted((at, id_) for at, id_ in zip(places, claimed, strict=True) if at >= 0)
    out = [(at, rival) for at, id_ in of_events for rival in found.rivals[id_]]
    count = len(found.columns)
    return out + [(count + at, rival) for at, item in enumerate(found.rows.items) for rival in item.rivals]


def _by_place(
    found: LargeRows, ids: "Ids", rivals: Sequence[tuple[int, RivalDate]], leading: Mapping[str, Sequence[str]]
) -> tuple[dict[int, list[RivalDate]], dict[int, Sequence[str]]]:
    """Return rival dates, and the sources that say what led to an event, by the positions of the events."""
    dates: dict[int, list[RivalDate]] = {}
    for at, rival in rivals:
        if at < len(found.columns):
            dates.setdefault(at, []).append(rival)
    led = list(leading)
    places = zip(ids.places(led).tolist(), led, strict=True)
    return dates, {at: leading[id_] for at, id_ in places if 0 <= at < len(found.columns)}


def _extent(all_: Things, made: Columns) -> tuple[float, float]:
    spans, own = all_.spans, _own(all_)
    rival = np.flatnonzero(made.rival)
    return extent_of(spans.low[own], spans.high[own], made.low[rival], made.high[rival])


def _own(all_: Things) -> Ints | slice:
    """Return what picks that which is shown; where that is everything, without a copy of it."""
    return slice(len(all_)) if all_.shown.all() else np.flatnonzero(all_.shown)


def _caption(all_: Things, found: LargeRows, request: Request, lanes: LargeLanes, *, by: str, every: bool) -> Caption:
    own, spans = _own(all_), all_.spans
    colours, glyphs = (np.flatnonzero(np.bincount(each[own])).tolist() for each in (all_.colour, all_.glyph))
    used = caption.Encodings(
        frozenset(COLOURS[number] for number in colours),
        frozenset(GLYPH_NAMES[number] for number in glyphs),
        vague=not bool(np.all(spans.exact[own] | spans.lasting[own])),
        rivals=bool(len(all_.rival_of)),
    )
    only_events = not found.rows.items
    words = caption.subtitle(int(np.count_nonzero(all_.shown)), found.rows, request, by=by, only_events=only_events)
    title = caption.titled_all(caption.subject(found.rows, request), spans.low[own], spans.high[own])
    return Caption(title, words, caption.legend(used), caption.lane_notes(lanes.hidden, by, every), ())


class Ids(LazySequence[str]):
    """The ids of the events, then of the other items; tells where one stands that passes the filters."""

    def __init__(self, packed: PackedIds, others: tuple[str, ...], shown: NDArray[np.bool_]) -> None:
        """Take the ids, and which events are shown."""
        self.packed, self.others = packed, others
        self._shown = shown
        self._of_others = {id_: len(packed) + at for at, id_ in enumerate(others)}

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.packed) + len(self.others)

    def made(self, at: int) -> str:
        """Return an id."""
        return self.packed[at] if at < len(self.packed) else self.others[at - len(self.packed)]

    def __iter__(self) -> Iterator[str]:
        """Yield every id."""
        yield from self.packed
        yield from self.others

    def keys(self, items: Ints) -> tuple[NDArray[Any], ...]:
        """Return what `np.lexsort` sorts items by to have them in the order of their ids."""
        halves = self._halves
        if halves is None:
            return (np.array([self[item] for item in items.tolist()], dtype=np.str_),)
        return halves[items, 1], halves[items, 0]

    @cached_property
    def _halves(self) -> NDArray[np.uint64] | None:
        """The ids as two numbers each, None where they are not all UUIDs."""
        others = Uuids.of_list(self.others)
        if not isinstance(self.packed, Uuids) or not isinstance(others, Uuids):
            return None
        return np.concatenate((self.packed.halves(), others.halves())) if self.others else self.packed.halves()

    def places(self, ids: Sequence[str]) -> Ints:
        """Return where ids stand, -1 for those that do not."""
        found = np.array(self.packed.find_all(ids) if len(self.packed) and ids else [-1] * len(ids), dtype=np.int64)
        if len(self.packed):
            found[~self._shown[found]] = -1
        if self.others:
            for at, id_ in enumerate(ids):
                found[at] = self._of_others.get(id_, found[at])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Shown:
    """Says of ids whether they stand on the timeline."""

    ids: Ids

    def __call__(self, ids: Sequence[str]) -> Sequence[bool]:
        """Return whether each of them does."""
        there: Sequence[bool] = (self.ids.places(ids) >= 0).tolist()
        return there


@dataclass(frozen=True, slots=True, eq=False)
class Titles(LazySequence[str]):
    """The names of the events, then of the other items, with the typography of a language, made when asked for."""

    packed: PackedTexts
    others: tuple[str, ...]
    language: str

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.packed) + len(self.others)

    def made(self, at: int) -> str:
        """Return a name."""
        name = self.packed[at] if at < len(self.packed) else self.others[at - len(self.packed)]
        return i18n.typeset(name, self.language)


@dataclass(frozen=True, slots=True, eq=False)
class Written(LazySequence[tuple[str, str, str]]):
    """The kind and the dates of each item as written, read when they are asked for; `..` for what had not ended."""

    columns: EventColumns
    others: tuple[TimelineItem, ...]
    as_of: date | None

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.columns) + len(self.others)

    def made(self, at: int) -> tuple[str, str, str]:
        """Return kind of record, start and end."""
        if at < len(self.columns):
            ends_on = self.columns.ends_on[at]
            if ends_on and self.as_of is not None and int(self.columns.end_first[at]) > day_number(self.as_of):
                ends_on = ".."
            return "event", self.columns.starts_on[at], ends_on
        item = self.others[at - len(self.columns)]
        return item.kind, item.starts_on, item.ends_on


@dataclass(frozen=True, slots=True, eq=False)
class LargeCards(Mapping[str, Card]):
    """What tooltips say: of rules it is there, of items it is asked for.

    Of an event about which nothing is known yet the card says the date and who leads (`sources_known` is False).
    """

    columns: EventColumns
    ids: Ids
    written: Written
    rules: Mapping[str, Card]
    reach: Reach
    bulk: Bulk

    def through(self, reach: Reach) -> "LargeCards":
        """Return the same cards by another way to what is known."""
        return replace(self, reach=reach)

    def __getitem__(self, id_: str) -> Card:
        """Return the card of an item or a rule."""
        if id_ in self.rules and id_ not in self.ids.others:
            return self.rules[id_]
        at = int(self.ids.places([id_])[0])
        if at < 0:
            raise KeyError(id_)
        return self.of([at])[0]

    def of(self, items: Sequence[int]) -> list[Card]:
        """Return the cards of items by their positions."""
        if len(items) > MANY and not self.reach.waits:
            return self.bulk.cards(items)
        told = self.reach.told([self.ids[at] for at in items])
        return [self._unknown(at) if each is None else each.card for at, each in zip(items, told, strict=True)]

    def _unknown(self, at: int) -> Card:
        columns = self.columns
        maker = int(columns.maker[at])
        people = ((columns.makers[maker].name, word("actor")),) if maker >= 0 else ()
        _kind, starts_on, ends_on = self.written[at]
        kind = word(EVENT_KINDS[int(columns.kind[at])])
        return Card(kind, stretch(starts_on, ends_on), people, sources_known=False)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of rules and items."""
        yield from self.rules
        yield from self.ids

    def __len__(self) -> int:
        """Return the number of cards."""
        return len(self.rules) + len(self.ids)
