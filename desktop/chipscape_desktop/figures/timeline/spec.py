"""What the timeline shows: lanes, items as columns, rules as bands, and the sources behind each item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.drawing import Floats, Ints, Ref, Shape
from chipscape_desktop.figures.runs import runs
from chipscape_desktop.figures.spec import Caption, SourceNote
from chipscape_desktop.figures.timeline.index import LaneIndex
from chipscape_desktop.figures.timeline.kin import Kin, Relations
from chipscape_desktop.figures.timeline.spans import OPEN

COLOURS = ("other", "china", "us", "europe", "east-asia")
"""The palette names that `Columns.colour` counts."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """The shape by which a kind of item is told; hollow shapes stand for the records themselves, filled for events."""

    shape: Shape
    hollow: bool = False


GLYPHS: dict[str, Glyph] = {
    "chip-launch": Glyph("square"),
    "model-release": Glyph("hexagon"),
    "open-sourcing": Glyph("tab"),
    "policy": Glyph("diamond"),
    "supply": Glyph("arrow"),
    "investment": Glyph("triangle"),
    "financial": Glyph("triangle", hollow=True),
    "partnership": Glyph("disc", hollow=True),
    "research": Glyph("disc"),
    "incident": Glyph("cross"),
    "record:chip": Glyph("square", hollow=True),
    "record:model": Glyph("hexagon", hollow=True),
    "record:software": Glyph("tab", hollow=True),
    "record:policy": Glyph("diamond", hollow=True),
}
GLYPH_NAMES = tuple(GLYPHS)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: what its header says, its height in lane units, and how many items stand in it.

    `id` is the record that the lane is about, empty where it is about none; `top` is where it begins, in lane units;
    `key` names the lane among others. A `collapsed` lane is one row of signs without labels.
    """

    id: str
    title: str
    colour: str
    top: float
    height: float
    count: int
    key: str = ""
    collapsed: bool = False

    @property
    def bottom(self) -> float:
        """Where the lane ends, in lane units."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Columns:
    """Placements of items in lanes, one a position: the same item may stand in several lanes.

    `low`, `high`, `fade_low` and `fade_high` are days (see `Span`); `colour` and `glyph` count `COLOURS` and
    `GLYPH_NAMES`; `item` is the position of the item in the spec's titles and ids. A `rival` is another date that a
    source gives for an item that stands elsewhere with its own.
    """

    low: Floats
    high: Floats
    fade_low: Floats
    fade_high: Floats
    exact: NDArray[np.bool_]
    lasting: NDArray[np.bool_]
    soft: NDArray[np.bool_]
    lane: Ints
    importance: NDArray[np.int8]
    colour: NDArray[np.int8]
    glyph: NDArray[np.int8]
    item: Ints
    rival: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.low)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule behind the lanes, the weightiest first in the spec; `date` is its stretch in words."""

    id: str
    title: str
    low: float
    high: float
    fade_low: float
    fade_high: float
    date: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a tooltip says about an item or a rule; `rivals` are other dates and who gives them, in words.

    Of very many events the sources are not known here (`sources_known`).
    """

    kind: str
    date: str
    participants: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    rivals: tuple[tuple[str, str], ...] = ()
    sources_known: bool = True


class Sources(Protocol):
    """The sources of the items of a timeline, and which of them stand behind which item.

    `notes` are all sources that are known, `version` changes when more of them become known.
    """

    @property
    def notes(self) -> Sequence[SourceNote]:
        """The sources; the numbers below are positions in them."""
        ...

    @property
    def version(self) -> int:
        """What changes whenever more is known."""
        ...

    def of(self, items: Ints) -> Ints:
        """Return the numbers of the sources behind these items, each once, first those of the first items."""
        ...

    def of_many(self, items: Ints) -> Ints:
        """Return the same for very many items."""
        ...

    def samples(self) -> tuple[SourceNote, ...]:
        """Return notes that need no less room than those of any view."""
        ...


@dataclass(frozen=True, slots=True)
class Link:
    """An item that leads to another, both by their positions, and the relationship that says so."""

    cause: int
    effect: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Which sources stand behind which item: those of item `i` are `notes[rows[offsets[i]:offsets[i + 1]]]`."""

    notes: tuple[SourceNote, ...]
    offsets: Ints
    rows: Ints

    @property
    def version(self) -> int:
        """All of it is known from the beginning."""
        return 0

    def of_many(self, items: Ints) -> Ints:
        """Return the same for very many items."""
        return self.of(items)

    def samples(self) -> tuple[SourceNote, ...]:
        """Return notes that need no less room than those of any view."""
        return self.notes

    def of(self, items: Ints) -> Ints:
        """Return the numbers of the sources behind these items, each once, first those of the first items."""
        if len(items) == 0 or not len(self.rows):
            return np.zeros(0, dtype=np.int64)
        starts = self.offsets[items]
        found = self.rows[runs(starts, self.offsets[items + 1] - starts)]
        _, first = np.unique(found, return_index=True)
        ordered: Ints = found[np.sort(first)]
        return ordered


@dataclass(frozen=True, slots=True, eq=False)
class TimelineSpec:
    """The timeline of one request.

    `caption` describes all of it; what a part of it says is up to the layout. `extent` is the days from the first to
    the last item; `now` the as-of date (`is_as_of`) or today. `titles` and `ids` are per item. `memo` keeps what
    layouts found out about this spec, so that panning does not find it out again; it never changes what is drawn.
    `written` holds for each item its kind of record, its start and its end as written.
    `links` are the arrows that are wanted.
    `known_lanes` are all lanes as (key, title), hidden ones too, `known_rules` all rules as (id, title).
    """

    caption: Caption
    subject: str
    lanes: tuple[Lane, ...]
    columns: Columns
    index: LaneIndex
    titles: Sequence[str]
    ids: Sequence[str]
    rules: tuple[Rule, ...]
    rules_wanted: str
    sources: Sources
    extent: tuple[float, float]
    now: float
    is_as_of: bool
    cards: Mapping[str, Card] = field(default_factory=dict)
    kin: Relations = field(default_factory=Kin)
    written: Sequence[tuple[str, str, str]] = ()
    known_lanes: tuple[tuple[str, str], ...] = ()
    known_rules: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    memo: dict[Any, Any] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """The height of all lanes, in lane units."""
        return self.lanes[-1].bottom if self.lanes else 1.0

    @property
    def is_large(self) -> bool:
        """Say whether it is of so many events that they are held as columns."""
        return hasattr(self.ids, "places")

    def place_of(self, id_: str) -> int:
        """Return the position of the item with that id, -1 for one that is not on the timeline."""
        return self.places_of((id_,))[0]

    def places_of(self, ids: Iterable[str]) -> list[int]:
        """Return the position of each id, -1 for one that is not on the timeline."""
        places: dict[str, int] = self.memo.setdefault("place of", {})
        find = getattr(self.ids, "places", None)
        if find is None:
            if not places:
                places |= {id_: place for place, id_ in enumerate(self.ids)}
            return [places.get(id_, -1) for id_ in ids]
        wanted = list(ids)
        missing = [id_ for id_ in wanted if id_ not in places]
        found = dict(zip(missing, find(missing).tolist(), strict=True)) if missing else {}
        return [found[id_] if id_ in found else places[id_] for id_ in wanted]

    def id_of(self, item: int) -> str:
        """Return the id of an item; the way back is remembered, for one soon asks for it."""
        id_ = self.ids[item]
        if self.is_large:
            self.memo.setdefault("place of", {})[id_] = item
        return id_

    def lows(self) -> Floats:
        """Return where each item begins, in days; not-a-number for one in no lane; rival dates do not count."""
        found: Floats | None = self.memo.get("lows")
        if found is None:
            columns = self.columns
            own = ~columns.rival
            if len(columns) == len(self.ids) and own.all() and np.array_equal(columns.item, np.arange(len(columns))):
                found = columns.low
            else:
                found = np.full(len(self.ids), np.nan)
                found[columns.item[own]] = columns.low[own]
            self.memo["lows"] = found
        return found

    def by_id(self, items: Ints) -> tuple[NDArray[Any], ...]:
        """Return what `np.lexsort` sorts items by to have them in the order of their ids."""
        keys = getattr(self.ids, "keys", None)
        if keys is not None:
            found: tuple[NDArray[Any], ...] = keys(items)
            return found
        return (np.array([self.ids[item] for item in items.tolist()], dtype=np.str_),)

    def title_of(self, id_: str) -> str:
        """Return the title of the item with that id, empty for one that is not on the timeline."""
        place = self.place_of(id_)
        return self.titles[place] if place >= 0 else ""

    def placements(self, ids: Iterable[str]) -> Ints:
        """Return the positions in the columns at which the items with these ids stand, rival dates among them."""
        places = [place for place in self.places_of(ids) if place >= 0]
        found: Ints = np.flatnonzero(np.isin(self.columns.item, places))
        return found

    def seen_in(self, x: tuple[float, float], y: tuple[float, float]) -> NDArray[np.bool_]:
        """Return which placements touch the days *x* in a lane that touches *y* (lane units)."""
        columns = self.columns
        lanes = [number for number, lane in enumerate(self.lanes) if lane.bottom > y[0] and lane.top < y[1]]
        return (columns.low < x[1]) & (columns.high > x[0]) & np.isin(columns.lane, lanes)

    def ref(self, item: int) -> Ref:
        """Return what a mark of that item stands for."""
        refs: dict[int, Ref] = self.memo.setdefault("refs", {})
        found = refs.get(item)
        if found is None:
            found = refs[item] = Ref("record", (self.id_of(item),), self.titles[item])
        return found


def days_of(spec: TimelineSpec, ids: Iterable[str]) -> tuple[float, float] | None:
    """Return the first and last day of items, rival dates included; what is open ends after its first day."""
    rows = spec.placements(ids)
    if not len(rows):
        return None
    low, high = spec.columns.low[rows], spec.columns.high[rows]
    first = max(float(low.min()), spec.extent[0])
    return first, float(np.where(high < OPEN, high, first + 1).max())
