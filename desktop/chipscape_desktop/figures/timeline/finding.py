"""Searching the timeline: which items a text is about, in the order of time."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import MOST_FOUND, PackedTexts
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.timeline.large import LargeCards, Titles
from chipscape_desktop.figures.timeline.spec import TimelineSpec

_FEW = 50_000  # events that are quicker looked at one by one


def matches(spec: TimelineSpec, text: str) -> list[int]:
    """Return the items whose title or participants hold every word of *text*, the earliest first.

    Capitals do not matter. Empty for a text without words. Of very many events no more than `MOST_FOUND` of those in
    a lane are returned.
    """
    words = text.casefold().split()
    if not words:
        return []
    if isinstance(spec.titles, Titles) and isinstance(spec.cards, LargeCards):
        shown = ~np.isnan(spec.lows()[: len(spec.titles.packed)])
        items = _among_many(spec.titles, spec.cards, words, shown)
    else:
        found = [item for item, said in enumerate(_said(spec)) if all(word in said for word in words)]
        items = np.array(found, dtype=np.int64)
    starts = spec.lows()[items]
    order = np.lexsort((*spec.by_id(items), starts))
    ordered: list[int] = items[order][: np.count_nonzero(~np.isnan(starts))].tolist()
    return ordered


def _among_many(titles: Titles, cards: LargeCards, words: list[str], shown: NDArray[np.bool_]) -> Ints:
    """Return the matches among very many events that are *shown*, and among the items beside them."""
    packed, bulk = titles.packed, cards.bulk
    took_part = {word: bulk.taking_part(word) for word in words}
    found = np.array(packed.matching(words, among=shown), dtype=np.int64)
    if any(map(len, took_part.values())):
        found = np.union1d(found, _of_participants(packed, took_part, shown))[:MOST_FOUND]
    others = [
        len(packed) + at for at, title in enumerate(titles.others) if all(word in title.casefold() for word in words)
    ]
    return np.append(found, np.array(others, dtype=np.int64))


def _of_participants(packed: PackedTexts, took_part: Mapping[str, Ints], shown: NDArray[np.bool_]) -> Ints:
    """Return the first events that have each word among their participants or in their title, one of them among those.

    Only events with such a participant are looked at, one by one.
    """
    has = {word: np.zeros(len(packed), dtype=np.bool_) for word in took_part}
    for word, events in took_part.items():
        has[word][events] = True
    some = np.logical_or.reduce(list(has.values())) & shown
    every = np.logical_and.reduce(list(has.values())) & shown
    found = np.flatnonzero(every)[:MOST_FOUND].tolist()
    titled = [word for word, events in took_part.items() if not len(events)]
    rest = some & ~every
    if titled and np.count_nonzero(rest) > _FEW:  # what must stand in titles is looked for there
        left = packed.matching(titled, among=rest, most=len(packed))
    else:
        left = np.flatnonzero(rest).tolist()
    for at in left if len(found) < MOST_FOUND else ():
        title = packed.folded(at)
        if all(each[at] or word.encode() in title for word, each in has.items()):
            found.append(at)
            if len(found) >= MOST_FOUND:
                break
    return np.array(found, dtype=np.int64)


def _said(spec: TimelineSpec) -> list[str]:
    """Return what can be found of each item, in small letters; made at the first search and kept."""
    said: list[str] | None = spec.memo.get("said")
    if said is None:
        said = []
        for id_, title in zip(spec.ids, spec.titles, strict=True):
            card = spec.cards.get(id_)
            people = " ".join(name for name, _role in card.participants) if card is not None else ""
            said.append(f"{title} {people}".casefold())
        spec.memo["said"] = said
    return said
