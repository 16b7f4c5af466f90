"""Which lanes very many events stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chipscape_db.queries.timeline_large import LargeRows
from chipscape_db.vocabulary import EVENT_KINDS
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.timeline.lanes import NOBODY, Ordered, Wishes, keys_of, lanes_of


@dataclass(frozen=True, slots=True, eq=False)
class LargeLanes:
    """The lanes, and the placements in them: positions of items (events, then others), and the lane of each."""

    ordered: Ordered
    items: Ints
    lane: Ints

    @property
    def hidden(self) -> int:
        """The number of lanes that a person hid."""
        return len(self.ordered.known) - len(self.ordered.lanes)


def large_lanes(found: LargeRows, importance: NDArray[np.int8], *, by: str, every: bool, wishes: Wishes) -> LargeLanes:
    """Put events and the other items into lanes; the same as `lanes.arrange`, for all of them at once."""
    items, codes, keys = _pairs(found, by, every=every)
    ordered = _ordered(found, by, codes, keys, weight=importance[items], wishes=wishes)
    place = np.array([ordered.place.get(key, -1) for key in keys] or [-1], dtype=np.int64)
    lane = place[codes] if len(codes) else np.zeros(0, dtype=np.int64)
    kept = lane >= 0
    if not kept.all():
        items, lane = items[kept], lane[kept]
    if every or by == "sector":
        pairs = np.unique(np.column_stack((items, lane)), axis=0)
        items, lane = pairs[:, 0], pairs[:, 1]
        if ordered.other >= 0:
            # An item of several companions of the shared lane stands in it once.
            count = int(np.count_nonzero(lane == ordered.other))
            lanes = list(ordered.lanes)
            lanes[ordered.other] = replace(lanes[ordered.other], count=count)
            ordered = replace(ordered, lanes=tuple(lanes))
    return LargeLanes(ordered, items, lane)


def _pairs(found: LargeRows, by: str, *, every: bool) -> tuple[Ints, Ints, list[str]]:
    """Return pairs of items and lanes, these as positions in the list of keys that comes third."""
    items, codes, keys = _pairs_of_events(found, by, every=every)
    others = [(at, key) for at, item in enumerate(found.rows.items) for key in keys_of(item, by, every)]
    if not others:
        return items, codes, keys
    keys = list(dict.fromkeys((*keys, *(key for _at, key in others))))
    place = {key: at for at, key in enumerate(keys)}
    count = len(found.columns)
    return (
        np.append(items, np.array([count + at for at, _key in others], dtype=np.int64)),
        np.append(codes, np.array([place[key] for _at, key in others], dtype=np.int64)),
        keys,
    )


def _pairs_of_events(found: LargeRows, by: str, *, every: bool) -> tuple[Ints, Ints, list[str]]:
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
            "country": [(maker.country,) if maker.country else () for maker in makers],
            "sector": [maker.sectors for maker in makers],
        }
        return _several(found, owners[by])
    keys = [maker.id if by == "organization" else maker.country or NOBODY for maker in makers]
    unique = list(dict.fromkeys((*keys, *found.countries.values(), NOBODY)))
    at = {key: number for number, key in enumerate(unique)}
    codes = np.array([at[key] for key in (*keys, NOBODY)], dtype=np.int64)[columns.maker]
    if by == "country":
        for place, country in found.countries.items():
            codes[place] = at[country]
    return items, codes if len(items) == len(codes) else codes[items], unique


def _several(found: LargeRows, owners: Sequence[Sequence[str]]) -> tuple[Ints, Ints, list[str]]:
    """Return pairs where an event stands in the lanes of all its organizations, or of all that those serve."""
    columns = found.columns
    unique = list(dict.fromkeys((*(key for own in owners for key in own), NOBODY)))
    at = {key: number for number, key in enumerate(unique)}
    shown = found.shown[columns.part_event]
    event, maker = columns.part_event[shown].astype(np.int64), columns.part_maker[shown]
    most = max(map(len, owners), default=1)
    table = np.full((len(owners) + 1, max(most, 1)), -1, dtype=np.int64)
    for number, own in enumerate(owners):
        table[number, : len(own)] = [at[key] for key in own]
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


def _ordered(
    found: LargeRows, by: str, codes: Ints, keys: list[str], *, weight: NDArray[np.int8], wishes: Wishes
) -> Ordered:
    counted = np.bincount(codes, minlength=len(keys)).tolist()
    weighed = np.bincount(codes, weights=weight.astype(np.float64), minlength=len(keys)).tolist()
    counts = {key: int(count) for key, count in zip(keys, counted, strict=True) if count}
    weights = {key: int(sum_) for key, sum_ in zip(keys, weighed, strict=True) if key in counts}
    return lanes_of(weights, counts, by, found.rows, wishes=wishes)
