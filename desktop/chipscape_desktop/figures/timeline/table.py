"""The timeline as a table: what is in view, a row for each record, with its date as written.

Rows are found with numpy, and put in words when somebody looks at them: there may be a million.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

import numpy as np

from chipscape_db.lazy_sequence import LazySequence
from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Floats, Ints, Ref
from chipscape_desktop.figures.timeline.spec import Card, TimelineSpec
from chipscape_desktop.i18n import _

DATE, TITLE, KIND, LANE, IMPORTANCE, PEOPLE, SOURCES = range(7)
_WHOLE = 20_000  # rows that are all put in words at once
_LARGE_BLOCK = 10_000  # rows that are put in words together for files
_PIECE = 10_000  # texts that are sorted in one go
_MOST_KEPT = 2_000  # rows on the screen, whose words are kept
_UNKNOWN = "…"


def table_of_view(spec: TimelineSpec, view: View | None = None, *, whole: TimelineSpec | None = None) -> Table:
    """Return the records in view (all when None) in the order of time, rival dates as rows of their own.

    For a *spec* that does not wait for the base, *whole* is the one that does: it answers what takes its time.
    """
    rows = _rows(spec, view)
    heads = (_("Date"), _("Title"), _("Kind"), _("Lane"), _("Importance"), _("Participants"), _("Sources"))
    # On the screen neighbours may come from anywhere, as the table is sorted: each is put in words by itself.
    found = Words(spec, rows, block=_LARGE_BLOCK if whole is None else 1)
    if len(rows) <= _WHOLE and not spec.is_large:
        return Table(heads, tuple(found), tuple(Numbers(rows)), tuple(Refs(spec, rows)), frozenset({DATE}))
    complete = found if whole is None else Words(whole, rows, block=_LARGE_BLOCK)
    return Table(
        heads, found, Numbers(rows), Refs(spec, rows), frozenset({DATE}), Ranks(complete), Finder(spec, rows), complete
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows: the item of each, which of its rival dates it is about (-1: its own), where that begins, its
    importance, its glyph, and its lanes as a position in `lane_texts`."""

    item: Ints
    rival: Ints
    low: Floats
    importance: Ints
    glyph: Ints
    lane: Ints
    lane_texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.item)


def _rows(spec: TimelineSpec, view: View | None) -> Rows:
    columns = spec.columns
    places = np.arange(len(columns)) if view is None else np.flatnonzero(spec.seen_in(view.x, view.y))
    items, low = columns.item[places], columns.low[places]
    rival = _which_rival(spec)[places] if columns.rival.any() else np.full(len(places), -1, dtype=np.int64)
    order = np.lexsort((columns.lane[places], rival, *spec.by_id(items), low))
    places, items, low, rival = places[order], items[order], low[order], rival[order]
    new = np.ones(len(places), dtype=np.bool_)
    new[1:] = (items[1:] != items[:-1]) | (rival[1:] != rival[:-1])
    first = np.flatnonzero(new)
    lane, texts = _lanes(spec, columns.lane[places], first)
    weight, glyph = (each[places[first]].astype(np.int64) for each in (columns.importance, columns.glyph))
    return Rows(items[first], rival[first], low[first], weight, glyph, lane, texts)


def _which_rival(spec: TimelineSpec) -> Ints:
    """Return for each placement which rival date of its item it is, in the order of the card; -1 for its own date."""
    columns = spec.columns
    which = np.full(len(columns), -1, dtype=np.int64)
    at = np.flatnonzero(columns.rival)
    order = at[np.lexsort((at, columns.lane[at], columns.item[at]))]
    same = (np.diff(columns.item[order]) == 0) & (np.diff(columns.lane[order]) == 0)
    starts = np.concatenate(([True], ~same))
    counted = np.arange(len(order))
    which[order] = counted - np.maximum.accumulate(np.where(starts, counted, 0))
    return which


def _lanes(spec: TimelineSpec, lane: Ints, first: Ints) -> tuple[Ints, tuple[str, ...]]:
    """Return the lanes of each row as a position in texts, these with it; *first* says where each row begins."""
    titles = [each.title for each in spec.lanes]
    counts = np.diff(np.append(first, len(lane)))
    own = lane[first].copy()
    known: dict[tuple[int, ...], int] = {(number,): number for number in range(len(titles))}
    for row in np.flatnonzero(counts > 1).tolist():
        several = tuple(lane[first[row] : first[row] + counts[row]].tolist())
        own[row] = known.setdefault(several, len(known))
    return own, tuple(", ".join(titles[number] for number in several) for several in known)


def cards_at(spec: TimelineSpec, items: Sequence[int]) -> list[Card]:
    """Return what is said of items by their positions."""
    of: Callable[[Sequence[int]], list[Card]] | None = getattr(spec.cards, "of", None)
    if of is not None:
        return of(items)
    return [spec.cards.get(spec.ids[item]) or Card("", "") for item in items]


class Words(LazySequence[tuple[str, ...]]):
    """The cells of the rows in words, a block at a time; what is not known yet is an ellipsis."""

    def __init__(self, spec: TimelineSpec, rows: Rows, *, block: int) -> None:
        """Take the rows, and how many of them are put in words together."""
        self.spec, self.rows = spec, rows
        self._block = block
        self._version = -1
        self._kept: dict[int, list[tuple[str, ...]]] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def made(self, at: int) -> tuple[str, ...]:
        """Return the cells of a row."""
        block = at // self._block
        version = self.spec.sources.version
        if version != self._version or len(self._kept) * self._block > _MOST_KEPT:
            self._version, self._kept = version, {}
        cells = self._kept.get(block)
        if cells is None:
            cells = self.between(block * self._block, min((block + 1) * self._block, len(self)))
            self._kept[block] = cells
        return cells[at - block * self._block]

    def title(self, at: int) -> str:
        """Return the title in a row."""
        title = self.spec.titles[int(self.rows.item[at])]
        return title if self.rows.rival[at] < 0 else _("{title} (another date)").format(title=title)

    def between(self, start: int, stop: int) -> list[tuple[str, ...]]:
        """Return the cells of the rows from *start* to before *stop*."""
        rows, spec = self.rows, self.spec
        items = rows.item[start:stop].tolist()
        out: list[tuple[str, ...]] = []
        for at, card in zip(range(start, stop), cards_at(spec, items), strict=True):
            rival = int(rows.rival[at])
            date, sources = card.date, "; ".join(card.sources)
            if rival >= 0:
                date, sources = card.rivals[rival] if rival < len(card.rivals) else (_UNKNOWN, _UNKNOWN)
            people = "; ".join(f"{name} ({role})" for name, role in card.participants)
            if not card.sources_known:
                people = sources = _UNKNOWN
            lanes = rows.lane_texts[int(rows.lane[at])]
            out.append((date, self.title(at), card.kind, lanes, str(int(rows.importance[at])), people, sources))
        return out


class Numbers(LazySequence[tuple[float | None, ...]]):
    """The cells of the rows as numbers."""

    def __init__(self, rows: Rows) -> None:
        """Take the rows."""
        self._rows = rows

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def made(self, at: int) -> tuple[float | None, ...]:
        """Return the cells of a row."""
        rows = self._rows
        return (float(rows.low[at]), None, None, None, float(rows.importance[at]), None, None)


class Refs(LazySequence[Ref]):
    """What the rows stand for."""

    def __init__(self, spec: TimelineSpec, rows: Rows) -> None:
        """Take the rows."""
        self._spec, self._rows = spec, rows

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def made(self, at: int) -> Ref:
        """Return what a row stands for."""
        return self._spec.ref(int(self._rows.item[at]))


@dataclass(frozen=True, slots=True, eq=False)
class Finder:
    """Finds the rows of records."""

    spec: TimelineSpec
    rows: Rows

    def __call__(self, ids: frozenset[str]) -> list[int]:
        """Return the rows that stand for these records."""
        places = [place for place in self.spec.places_of(ids) if place >= 0]
        found: list[int] = np.flatnonzero(np.isin(self.rows.item, places)).tolist() if places else []
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Ranks the rows by a column, for sorting; takes seconds for a million, so not on the thread of the window."""

    words: Words

    def __call__(self, column: int) -> Ints:
        """Return the rank of each row by a column: equal ranks for equal cells, -1 for empty ones."""
        rows = self.words.rows
        numbers: dict[int, Any] = {DATE: rows.low, IMPORTANCE: rows.importance}
        if column in numbers:
            ranks: Ints = np.unique(numbers[column], return_inverse=True)[1].astype(np.int64).reshape(-1)
            return ranks
        if column == LANE:
            return _ranked([text.casefold() for text in rows.lane_texts])[rows.lane]
        if column == KIND:
            # Of a glyph there is one word.
            _glyphs, first, which = np.unique(rows.glyph, return_index=True, return_inverse=True)
            cards = cards_at(self.words.spec, rows.item[first].tolist())
            return _ranked([card.kind.casefold() for card in cards])[which.reshape(-1)]
        if column == TITLE:
            return _ranked(self.words.title(at).casefold() for at in range(len(rows)))
        return _ranked(self._texts(column))

    def _texts(self, column: int) -> Iterator[str]:
        step = _LARGE_BLOCK
        for start in range(0, len(self.words), step):
            cells = self.words.between(start, min(start + step, len(self.words)))
            yield from (row[column].casefold() for row in cells)


def _ranked(texts: Iterable[str]) -> Ints:
    """Return the ranks of texts: equal ones the same, -1 for empty ones.

    Sorted in pieces that are then merged, and let go piece by piece: no other thread may run while Python sorts a list,
    or throws away a million texts.
    """
    numbered = enumerate(texts)
    pieces: list[list[tuple[str, int]]] = []
    while piece := [(text, at) for at, text in islice(numbered, _PIECE)]:
        piece.sort(reverse=True)
        pieces.append(piece)
    ranks = np.zeros(sum(map(len, pieces)), dtype=np.int64)
    rank, before = -1, ""
    for text, at in merge(*map(_drained, pieces)):
        if text != before:
            rank, before = rank + 1, text
        ranks[at] = rank
    return ranks


def _drained(piece: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield what is in a list, the last first, and take it away."""
    while piece:
        yield piece.pop()
