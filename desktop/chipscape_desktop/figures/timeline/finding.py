"""Searching the timeline: which items a text is about, in the order of time."""

from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.timeline.spec import TimelineSpec


def matches(spec: TimelineSpec, text: str) -> list[int]:
    """Return the items whose title or participants hold every word of *text*, the earliest first.

    Capitals do not matter. Empty for a text without words.
    """
    words = text.casefold().split()
    if not words:
        return []
    found = [item for item, said in enumerate(_said(spec)) if all(word in said for word in words)]
    starts = first_days(spec)
    return sorted(found, key=lambda item: (starts.get(item, 0.0), item))


def first_days(spec: TimelineSpec) -> dict[int, float]:
    """Return where each item that stands in a lane begins, in days; rival dates do not count."""
    found: dict[int, float] | None = spec.memo.get("first days")
    if found is None:
        own = ~spec.columns.rival
        items: Ints = spec.columns.item[own]
        found = dict(zip(items.tolist(), spec.columns.low[own].tolist(), strict=True))
        spec.memo["first days"] = found
    return found


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
