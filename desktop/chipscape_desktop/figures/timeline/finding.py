"""Searching the timeline: which items a text is about, in the order of time."""

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import MOST_FOUND
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.timeline.large import LargeCards, Titles
from chipscape_desktop.figures.timeline.spec import TimelineSpec


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
    if not any(map(len, took_part.values())):
        found = np.array(packed.matching(words, among=shown), dtype=np.int64)
    else:
        passing = shown.copy()
        for word in words:
            own = np.zeros(len(packed), dtype=np.bool_)
            own[packed.matching([word], most=len(packed), among=shown)] = True
            own[took_part[word]] = True
            passing &= own
        found = np.flatnonzero(passing)[:MOST_FOUND]
    others = [
        len(packed) + at for at, title in enumerate(titles.others) if all(word in title.casefold() for word in words)
    ]
    return np.append(found, np.array(others, dtype=np.int64))


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
