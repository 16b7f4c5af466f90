"""From columns of very many events to the spec of the timeline, without an object for each event."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import PackedTexts
from chipscape_db.partial_date import day_number
from chipscape_db.queries.event_columns import EventColumns
from chipscape_db.queries.timeline_large import LargeRows
from chipscape_db.vocabulary import EVENT_KINDS
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.timeline import caption
from chipscape_desktop.figures.timeline.build import (
    bands,
    cards_of_rules,
    lanes_by,
    rules_in_words,
    rules_wanted,
    wishes,
)
from chipscape_desktop.figures.timeline.index import build_index
from chipscape_desktop.figures.timeline.kin import Kin
from chipscape_desktop.figures.timeline.lanes import NOBODY, Ordered, lanes_of
from chipscape_desktop.figures.timeline.spans import OPEN, UNKNOWN_TAIL, span_of
from chipscape_desktop.figures.timeline.spec import (
    COLOURS,
    GLYPH_NAMES,
    Card,
    Columns,
    Lane,
    SourceTable,
    TimelineSpec,
)
from chipscape_desktop.i18n import _
from chipscape_desktop.words import word

_FAR = 9e7  # days: beyond it an end is open
_VAGUE = 0.3  # of a stretch fades at either end, as in `span_of`


def build_large(found: LargeRows, request: Request) -> TimelineSpec:
    """Return what the timeline shows; the options are those of `build.build`, events only."""
    by, every = lanes_by(request), request.options.get("every_lane", "") == "yes"
    columns, rows = found.columns, found.rows
    items, codes, keys = _pairs(found, by, every=every)
    weight = columns.importance[items]
    ordered = _ordered(found, by, codes, keys, weight=weight, request=request)
    place = np.array([ordered.place.get(key, -1) for key in keys] or [-1], dtype=np.int64)
    lane = place[codes] if len(codes) else np.zeros(0, dtype=np.int64)
    kept = lane >= 0
    items, lane = items[kept], lane[kept]
    if every or by == "sector":
        pairs = np.unique(np.column_stack((items, lane)), axis=0)
        items, lane = pairs[:, 0], pairs[:, 1]
        # An item of several companions of the shared lane stands in it once.
        counts = np.bincount(lane, minlength=len(ordered.lanes)).tolist()
        ordered = replace(ordered, lanes=tuple(map(_counting, ordered.lanes, counts)))
    made = _columns(columns, items, lane, as_of=request.filters.as_of)
    index = build_index(len(ordered.lanes), lane, made.importance.astype(np.int64), low=made.low, high=made.high)
    as_of = request.filters.as_of
    today = date.fromisoformat(request.options["today"]) if "today" in request.options else date.today()
    count = int(np.count_nonzero(found.shown))
    nothing = np.zeros(0, dtype=np.int64)
    return TimelineSpec(
        caption=_caption(made, found, request, ordered, by=by, every=every, count=count),
        subject=caption.subject(rows, request),
        lanes=ordered.lanes,
        columns=made,
        index=index,
        titles=Titles(columns.titles, request.language),
        ids=columns.ids,
        rules=rules_in_words(bands(rows, request), request.language),
        rules_wanted=rules_wanted(rows, request),
        sources=SourceTable((), np.zeros(len(columns) + 1, dtype=np.int64), nothing),
        extent=_extent(made),
        now=float(day_number(as_of or today)),
        is_as_of=as_of is not None,
        cards=LargeCards(columns, cards_of_rules(rows)),
        kin=Kin(common=rows.makers),
        written=Written(columns),
        known_lanes=ordered.known,
        known_rules=tuple((rule.id, i18n.typeset(rule.title, request.language)) for rule in rows.rules),
    )


def _pairs(found: LargeRows, by: str, *, every: bool) -> tuple[Ints, Ints, list[str]]:
    """Return pairs of events and lanes, these as positions in the list of keys that comes third."""
    columns = found.columns
    items = np.flatnonzero(found.shown)
    makers = columns.makers
    if by == "none":
        return items, np.zeros(len(items), dtype=np.int64), [""]
    if by == "kind":
        return items, columns.kind[items].astype(np.int64), list(EVENT_KINDS)
    if by == "sector" or every:
        owners: dict[str, list[tuple[str, ...]]] = {
            "organization": [(maker.id,) for maker in makers],
            "country": [(maker.country,) for maker in makers],
            "sector": [maker.sectors for maker in makers],
        }
        return _several(found, owners[by])
    keys = [maker.id if by == "organization" else maker.country or NOBODY for maker in makers]
    unique = [*dict.fromkeys(keys), NOBODY]
    code = np.array([unique.index(key) for key in keys] + [len(unique) - 1], dtype=np.int64)
    return items, code[columns.maker[items]], unique


def _several(found: LargeRows, owners: Sequence[Sequence[str]]) -> tuple[Ints, Ints, list[str]]:
    """Return pairs where an event stands in the lanes of all its organizations, or of all that those serve."""
    columns = found.columns
    unique = [*dict.fromkeys(key or NOBODY for own in owners for key in own if key != NOBODY), NOBODY]
    at = {key: number for number, key in enumerate(unique)}
    shown = found.shown[columns.part_event]
    event, maker = columns.part_event[shown].astype(np.int64), columns.part_maker[shown]
    most = max(map(len, owners), default=1)
    table = np.full((len(owners) + 1, max(most, 1)), -1, dtype=np.int64)
    for number, own in enumerate(owners):
        table[number, : len(own)] = [at[key or NOBODY] for key in own]
    items = np.repeat(event, table.shape[1])
    codes = table[maker].ravel()
    items, codes = items[codes >= 0], codes[codes >= 0]
    left = found.shown.copy()
    left[items] = False
    alone = np.flatnonzero(left)
    pairs = np.unique(
        np.column_stack((np.append(items, alone), np.append(codes, np.full(len(alone), at[NOBODY])))), axis=0
    )
    return pairs[:, 0], pairs[:, 1], unique


def _counting(lane: Lane, count: int) -> Lane:
    return replace(lane, count=count)


def _ordered(
    found: LargeRows, by: str, codes: Ints, keys: list[str], *, weight: NDArray[np.int8], request: Request
) -> Ordered:
    counted = np.bincount(codes, minlength=len(keys)).tolist()
    weighed = np.bincount(codes, weights=weight.astype(np.float64), minlength=len(keys)).tolist()
    counts = {key: int(count) for key, count in zip(keys, counted, strict=True) if count}
    weights = {key: int(sum_) for key, sum_ in zip(keys, weighed, strict=True) if key in counts}
    return lanes_of(weights, counts, by, found.rows, wishes=wishes(request))


def _columns(columns: EventColumns, items: Ints, lane: Ints, *, as_of: date | None) -> Columns:
    """Return the placements; what `span_of` says of each date, worked out for all of them at once."""
    first, last = columns.first.astype(np.float64), columns.last.astype(np.float64)
    low, high = np.where(first <= -_FAR, -OPEN, first), np.where(last >= _FAR, OPEN, last + 1)
    long = high - low > 1
    lasting = columns.lasting.copy()
    end_first, end_last = columns.end_first.astype(np.float64), columns.end_last.astype(np.float64)
    if as_of is not None:
        end_last = np.where(lasting & (end_last > day_number(as_of)), 2 * _FAR, end_last)
    ends = np.where(end_last >= _FAR, OPEN, end_last + 1)
    fade_low = np.where(long, (high - low) * np.where(lasting, 1.0, _VAGUE), 0.0)
    fade_high = np.where(lasting, np.where((ends < OPEN) & (ends - end_first > 1), ends - end_first, 0.0), fade_low)
    exact = ~long & ~lasting
    high = np.where(lasting, np.maximum(ends, low + 1), high)
    soft = np.zeros(len(columns), dtype=np.bool_)
    # What is written as an interval, as approximate or uncertain, or ends at a time unknown, is read one by one.
    for at in columns.peculiar.tolist():
        end = ".." if as_of is not None and lasting[at] and ends[at] >= OPEN else columns.ends_on[at]
        span = span_of(columns.starts_on[at], end)
        low[at], high[at], fade_low[at], fade_high[at] = span.low, span.high, span.fade_low, span.fade_high
        exact[at], lasting[at], soft[at] = span.exact, span.lasting, span.soft
    colour = np.array(
        [COLOURS.index(country_colour(maker.country or None)) for maker in columns.makers]
        + [COLOURS.index(country_colour(None))],
        dtype=np.int8,
    )
    glyph = np.array([GLYPH_NAMES.index(kind) for kind in EVENT_KINDS], dtype=np.int8)
    return Columns(
        low[items], high[items], fade_low[items], fade_high[items], exact[items], lasting[items], soft[items],
        np.ascontiguousarray(lane), columns.importance[items], colour[columns.maker[items]],
        glyph[columns.kind[items]], np.ascontiguousarray(items), np.zeros(len(items), dtype=np.bool_),
    )  # fmt: skip


def _extent(made: Columns) -> tuple[float, float]:
    lows: Floats = made.low[made.low > -_FAR]
    highs: Floats = made.high[made.high < _FAR]
    if not len(lows):
        return float(day_number(date(2012, 1, 1))), float(day_number(date(2027, 1, 1)))
    return float(lows.min()), float(highs.max()) if len(highs) else float(lows.max()) + UNKNOWN_TAIL


def _caption(
    made: Columns, found: LargeRows, request: Request, ordered: Ordered, *, by: str, every: bool, count: int
) -> Caption:
    used = caption.Encodings(
        frozenset(COLOURS[number] for number in np.unique(made.colour).tolist()),
        frozenset(GLYPH_NAMES[number] for number in np.unique(made.glyph).tolist()),
        vague=bool(np.any(~made.exact & ~made.lasting)),
        rivals=False,
    )
    hidden = len(ordered.known) - len(ordered.lanes)
    notes = (
        *caption.lane_notes(hidden, by, every),
        _("With so many events, their sources and participants are in the inspector only."),
    )
    words = caption.subtitle(count, found.rows, request, by=by, only_events=True)
    return Caption(caption.titled(caption.subject(found.rows, request)), words, caption.legend(used), notes, ())


@dataclass(frozen=True, slots=True, eq=False)
class Titles(Sequence[str]):
    """The names of the events with the typography of a language, made when they are asked for."""

    packed: PackedTexts
    language: str

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.packed)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """Return a name."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return i18n.typeset(self.packed[at], self.language)


@dataclass(frozen=True, slots=True, eq=False)
class Written(Sequence[tuple[str, str, str]]):
    """The kind and the dates of each event as written, read when they are asked for."""

    columns: EventColumns

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.columns)

    @overload
    def __getitem__(self, at: int) -> tuple[str, str, str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[str, str, str]]: ...
    def __getitem__(self, at: int | slice) -> tuple[str, str, str] | Sequence[tuple[str, str, str]]:
        """Return kind of record, start and end."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return "event", self.columns.starts_on[at], self.columns.ends_on[at]


class LargeCards(Mapping[str, Card]):
    """What tooltips say of events, made when one is pointed at; what they say of rules is there."""

    def __init__(self, columns: EventColumns, rules: Mapping[str, Card]) -> None:
        """Remember where to look."""
        self._columns, self._rules = columns, rules

    def __getitem__(self, id_: str) -> Card:
        """Return the card of an event or a rule."""
        if id_ in self._rules:
            return self._rules[id_]
        at = self._columns.ids.find(id_)
        if at < 0:
            raise KeyError(id_)
        return self.at(at)

    def at(self, at: int) -> Card:
        """Return the card of an event by its position."""
        starts_on, ends_on = self._columns.starts_on[at], self._columns.ends_on[at]
        said = f"{starts_on}/{ends_on}" if ends_on and "/" not in starts_on else starts_on
        maker = int(self._columns.maker[at])
        people = ((self._columns.makers[maker].name, word("actor")),) if maker >= 0 else ()
        kind = word(EVENT_KINDS[int(self._columns.kind[at])])
        return Card(kind, i18n.format_date(said), people, sources_known=False)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of rules and events."""
        yield from self._rules
        yield from self._columns.ids

    def __len__(self) -> int:
        """Return the number of cards."""
        return len(self._rules) + len(self._columns)

    def get(self, id_: str, default: Any = None) -> Any:
        """Return a card, or the default."""
        try:
            return self[id_]
        except KeyError:
            return default
