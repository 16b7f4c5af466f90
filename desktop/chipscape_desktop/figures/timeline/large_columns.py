"""Placements of very many events, worked out for all of them at once; and of what stands beside them, one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipscape_db.partial_date import day_number
from chipscape_db.queries.event_columns import EventColumns
from chipscape_db.queries.timeline import RivalDate, TimelineItem
from chipscape_db.vocabulary import EVENT_KINDS
from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.runs import runs
from chipscape_desktop.figures.timeline.build import glyph_name
from chipscape_desktop.figures.timeline.spans import OPEN, Span, span_of
from chipscape_desktop.figures.timeline.spec import COLOURS, GLYPH_NAMES, Columns

_FAR = 9e7  # days: beyond it an end is open
_VAGUE = 0.3  # of a stretch fades at either end, as in `span_of`


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """What `span_of` says, a position for each date; named as in `Span`."""

    low: Floats
    high: Floats
    fade_low: Floats
    fade_high: Floats
    exact: NDArray[np.bool_]
    lasting: NDArray[np.bool_]
    soft: NDArray[np.bool_]

    @staticmethod
    def of(spans: Sequence[Span]) -> "Spans":
        """Return single spans as columns."""

        def column(name: str, kind: type) -> Any:
            return np.array([getattr(span, name) for span in spans], dtype=kind)

        days = [column(name, np.float64) for name in ("low", "high", "fade_low", "fade_high")]
        return Spans(*days, *(column(name, np.bool_) for name in ("exact", "lasting", "soft")))

    def __add__(self, other: "Spans") -> "Spans":
        """Return the spans of both, one after the other."""
        return Spans(*(np.concatenate((getattr(self, each.name), getattr(other, each.name))) for each in fields(Spans)))


@dataclass(frozen=True, slots=True, eq=False)
class Things:
    """Everything that may stand on the timeline, a position each: the events first, then the *others*.

    `spans` holds after them the spans of the rival dates, `rival_of` whose they are, in the order of the items and of
    the calendar.
    """

    spans: Spans
    importance: NDArray[np.int8]
    colour: NDArray[np.int8]
    glyph: NDArray[np.int8]
    shown: NDArray[np.bool_]
    rival_of: Ints

    def __len__(self) -> int:
        """Return the number of events and others."""
        return len(self.shown)


def things(
    columns: EventColumns,
    shown: NDArray[np.bool_],
    others: Sequence[TimelineItem],
    rivals: Sequence[tuple[int, RivalDate]],
    *,
    as_of: date | None,
    countries: Mapping[int, str],
) -> Things:
    """Return events as columns, *others* behind them, and their rival dates as (position, date).

    *countries* are those of events whose first organization has none.
    """
    colours = [country_colour(maker.country or None) for maker in columns.makers]
    colour = np.array([COLOURS.index(each) for each in (*colours, country_colour(None))], dtype=np.int8)
    glyph = np.array([GLYPH_NAMES.index(kind) for kind in EVENT_KINDS], dtype=np.int8)
    of_events = colour[columns.maker]
    for at, country in countries.items():
        of_events[at] = COLOURS.index(country_colour(country))
    own = [country_colour(item.countries[0] if item.countries else None) for item in others]
    spans = _spans(columns, as_of=as_of)
    if others or rivals:
        spans += Spans.of([
            *(span_of(item.starts_on, item.ends_on) for item in others),
            *(span_of(rival.starts_on, rival.ends_on) for _of, rival in rivals),
        ])  # fmt: skip
    if not others and not rivals:
        nobody = np.zeros(0, dtype=np.int64)
        return Things(spans, columns.importance, of_events, glyph[columns.kind], shown, nobody)
    return Things(
        spans,
        np.append(columns.importance, np.array([item.importance for item in others], dtype=np.int8)),
        np.append(of_events, np.array([COLOURS.index(each) for each in own], dtype=np.int8)),
        np.append(
            glyph[columns.kind], np.array([GLYPH_NAMES.index(glyph_name(item)) for item in others], dtype=np.int8)
        ),
        np.append(shown, np.ones(len(others), dtype=np.bool_)),
        np.array([of for of, _rival in rivals], dtype=np.int64),
    )


def placed(all_: Things, items: Ints, lane: Ints) -> Columns:
    """Return the placements of items in lanes, each followed at the end by those of its rival dates."""
    at, rival = items, np.zeros(len(items), dtype=np.bool_)
    item = items
    if len(all_.rival_of):
        # Every placement of an item with rival dates has one more for each of them.
        order = np.argsort(items, kind="stable")
        first = np.searchsorted(items[order], all_.rival_of, side="left")
        counts = np.searchsorted(items[order], all_.rival_of, side="right") - first
        again = order[runs(first, counts)]
        dates = np.repeat(np.arange(len(all_.rival_of)), counts)
        at = np.append(items, len(all_) + dates)
        rival = np.append(rival, np.ones(len(again), dtype=np.bool_))
        item, lane = np.append(items, items[again]), np.append(lane, lane[again])
    spans = all_.spans
    if len(items) == len(all_) == len(at) and np.array_equal(items, np.arange(len(all_))):
        # Everything stands once, in its order: nothing of it is copied.
        return Columns(
            spans.low, spans.high, spans.fade_low, spans.fade_high, spans.exact, spans.lasting, spans.soft,
            np.ascontiguousarray(lane), all_.importance, all_.colour, all_.glyph, np.ascontiguousarray(items), rival,
        )  # fmt: skip
    importance = all_.importance[item]
    if len(rival) > len(items):
        importance = np.where(rival, np.maximum(importance - 1, 1), importance).astype(np.int8)
    return Columns(
        spans.low[at], spans.high[at], spans.fade_low[at], spans.fade_high[at], spans.exact[at], spans.lasting[at],
        spans.soft[at], np.ascontiguousarray(lane), importance, all_.colour[item], all_.glyph[item],
        np.ascontiguousarray(item), rival,
    )  # fmt: skip


def _spans(columns: EventColumns, *, as_of: date | None) -> Spans:
    """Return the spans of all events; what ends after the as-of date goes on."""
    known: dict[date | None, Spans] = columns.memo.setdefault("spans", {})
    if as_of not in known:
        own = known.setdefault(None, _as_written(columns))
        if as_of is not None:
            known.clear()
            known.update({None: own, as_of: _going_on(columns, own, day_number(as_of))})
    return known[as_of]


def _as_written(columns: EventColumns) -> Spans:
    low, high = columns.first.astype(np.float64), columns.last.astype(np.float64)
    high += 1
    low[low <= -_FAR], high[high >= _FAR] = -OPEN, OPEN
    fade_low = high - low
    long = fade_low > 1
    fade_low *= _VAGUE
    fade_low *= long
    ended = columns.stored.ended.astype(np.int64)
    fade_high = fade_low.copy() if len(ended) or len(columns.peculiar) else fade_low
    spans = Spans(low, high, fade_low, fade_high, ~long, columns.lasting.copy(), np.zeros(len(columns), dtype=np.bool_))
    _end(columns, spans, ended, columns.peculiar, going_on=False)
    return spans


def _going_on(columns: EventColumns, own: Spans, day: int) -> Spans:
    """Return the spans with those that end after a day left open."""
    ended = columns.stored.ended[columns.stored.end_first > day].astype(np.int64)
    if not len(ended):
        return own
    spans = Spans(*(getattr(own, each.name).copy() for each in fields(Spans)))
    _end(columns, spans, ended, np.intersect1d(columns.peculiar, ended), going_on=True)
    return spans


def _end(columns: EventColumns, spans: Spans, ended: Ints, peculiar: Ints, *, going_on: bool) -> None:
    """Put the ends of some events into the spans, and those of *peculiar* ones, which are read one by one."""
    low, high, fade_low, fade_high = spans.low, spans.high, spans.fade_low, spans.fade_high
    exact, lasting, soft = spans.exact, spans.lasting, spans.soft
    first, last = columns.first[ended].astype(np.float64), columns.last[ended].astype(np.float64)
    begins = np.where(last >= _FAR, OPEN, last + 1) - low[ended]
    end_first, end_last = columns.end_first[ended].astype(np.float64), columns.end_last[ended].astype(np.float64)
    ends = np.full(len(ended), OPEN) if going_on else np.where(end_last >= _FAR, OPEN, end_last + 1)
    fade_low[ended] = np.where(begins > 1, begins, 0.0)
    fade_high[ended] = np.where((ends < OPEN) & (ends - end_first > 1), ends - end_first, 0.0)
    high[ended] = np.maximum(ends, np.where(first <= -_FAR, -OPEN, first) + 1)
    exact[ended] = False
    # What is written as an interval, as approximate or uncertain, or ends at a time unknown, is read one by one.
    for at in peculiar.tolist():
        span = span_of(columns.starts_on[at], ".." if going_on else columns.ends_on[at])
        low[at], high[at], fade_low[at], fade_high[at] = span.low, span.high, span.fade_low, span.fade_high
        exact[at], lasting[at], soft[at] = span.exact, span.lasting, span.soft
