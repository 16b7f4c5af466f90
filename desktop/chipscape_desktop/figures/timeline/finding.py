"""Searching the timeline: which items a text is about, in the order of time."""

import numpy as np

from chipscape_desktop.figures.timeline.large import Titles
from chipscape_desktop.figures.timeline.spec import TimelineSpec


def matches(spec: TimelineSpec, text: str) -> list[int]:
    """Return the items whose title or participants hold every word of *text*, the earliest first.

    Capitals do not matter. Empty for a text without words. Of very many events the titles alone are searched, and no
    more than `MOST_FOUND` of those in a lane are returned.
    """
    words = text.casefold().split()
    if not words:
        return []
    if isinstance(spec.titles, Titles):
        count = len(spec.titles.packed)
        others = (title.casefold() for title in spec.titles.others)
        found = spec.titles.packed.matching(words, among=~np.isnan(spec.lows()[:count]))
        found += [count + at for at, title in enumerate(others) if all(word in title for word in words)]
    else:
        found = [item for item, said in enumerate(_said(spec)) if all(word in said for word in words)]
    items = np.array(sorted(found), dtype=np.int64)
    starts = spec.lows()[items]
    ordered: list[int] = items[np.argsort(starts, kind="stable")][: np.count_nonzero(~np.isnan(starts))].tolist()
    return ordered


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
