"""Lanes: which there are, in what order and how high, and which items stand in which."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chipscape_db.queries.timeline import TimelineItem, TimelineRows
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.timeline.spec import Lane
from chipscape_desktop.i18n import _, ngettext, pgettext
from chipscape_desktop.words import country_name, kind_word, word

LANES = ("organization", "kind", "country", "sector", "none")
"""What lanes may stand for."""

NAMED = 10
"""How many organizations or sectors get a lane of their own; the others share the last lane."""

_OTHER = "~other"
NOBODY = "~nobody"
"""The key of the lane of what has no organization, country or sector."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants the lanes, by their keys: these first and in this order, those hidden, those collapsed."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    collapsed: frozenset[str] = frozenset()


def ordered(known: Sequence[str], shown: Sequence[str], key: str, *, place: int) -> tuple[str, ...]:
    """Return the keys of all *known* lanes with *key* at a *place* (0: on top) among those *shown*; hidden lanes stay
    beside the lanes that they stood beside."""
    others = [each for each in shown if each != key]
    place = min(max(place, 0), len(others))
    order = [each for each in known if each != key]
    at = order.index(others[place]) if place < len(others) else order.index(others[-1]) + 1 if others else 0
    return (*order[:at], key, *order[at:])


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes from top to bottom; `placed[i]` holds the lanes of item `i`, and `shared` is the size of the last
    lane's company when it is shared by several organizations or sectors (else 0).

    `known` are all lanes as (key, title), hidden ones too, in the order in which a person has them.
    """

    lanes: tuple[Lane, ...]
    placed: tuple[tuple[int, ...], ...]
    shared: int
    known: tuple[tuple[str, str], ...] = ()

    @property
    def hidden(self) -> int:
        """The number of lanes that a person hid."""
        return len(self.known) - len(self.lanes)


def arrange(
    rows: TimelineRows, by: str, *, every: bool = False, named: int = NAMED, wishes: Wishes | None = None
) -> Lanes:
    """Put the items into lanes by organization, kind, country, sector or none.

    An item stands in the lane of its leading participant, with *every* in the lanes of all of them; by sector it
    always stands in the lanes of all sectors that its organizations serve, for none of them leads. Organizations and
    sectors come in the order of the sum of their items' importance; all but the first *named* share the last lane.
    *wishes* change that order, hide lanes, and collapse lanes to one row without labels.
    """
    wishes = wishes or Wishes()
    keys = [keys_of(item, by, every) for item in rows.items]
    weights: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    for item, own in zip(rows.items, keys, strict=True):
        for key in own:
            weights[key] += item.importance
            counts[key] += 1
    made = lanes_of(weights, counts, by, rows, named=named, wishes=wishes)
    placed = tuple(
        tuple(dict.fromkeys(place for key in own if (place := made.place.get(key, -1)) >= 0)) for own in keys
    )  # fmt: skip
    shared = {key for key, place in made.place.items() if place == made.other}
    if made.other >= 0 and len(shared) > 1 and (every or by == "sector"):
        # An item of several companions of the shared lane stands in it once.
        count = sum(made.other in own for own in placed)
        lanes = tuple(replace(lane, count=count) if at == made.other else lane for at, lane in enumerate(made.lanes))
        return Lanes(lanes, placed, made.shared, made.known)
    return Lanes(made.lanes, placed, made.shared, made.known)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The lanes, and for each key the position of the lane in which its items stand (-1: a hidden one).

    `other` is the position of the lane that is shared, -1 for none; `shared` and `known` as in `Lanes`.
    """

    lanes: tuple[Lane, ...]
    place: dict[str, int]
    other: int
    shared: int
    known: tuple[tuple[str, str], ...]


def lanes_of(
    weights: Mapping[str, int], counts: Mapping[str, int], by: str, rows: TimelineRows, *, named: int = NAMED,
    wishes: Wishes,
) -> Ordered:  # fmt: skip
    """Return the lanes for keys with the sum of their items' importance and their number; *rows* names them."""
    order = sorted(weights, key=lambda key: (key == NOBODY, -weights[key], _title(key, by, rows)))
    shared = 0
    others: set[str] = set()
    totals = dict(counts)
    if by in ("organization", "sector") and len([key for key in order if key != NOBODY]) > named + 1:
        kept = [key for key in order if key != NOBODY][:named]
        others = set(order) - set(kept)
        shared = len(order) - len(kept) - (NOBODY in weights)
        totals[_OTHER] = sum(counts[key] for key in others)
        order = [*kept, _OTHER]
    order = [*(key for key in wishes.order if key in order), *(key for key in order if key not in wishes.order)]
    titles = {key: _other_title(shared, by) if key == _OTHER else _title(key, by, rows) for key in order}
    shown = [key for key in order if key not in wishes.hidden] or order[:1]
    lanes: list[Lane] = []
    top = 0.0
    for key in shown:
        collapsed = key in wishes.collapsed
        height = 1.0 if collapsed else 12.0 if by == "none" else _height(totals[key])
        id_ = key if by in ("organization", "sector") and not key.startswith("~") else ""
        lanes.append(
            Lane(id_, titles[key], _colour(key, by, rows), top, height, totals[key], key or "all", collapsed=collapsed)
        )
        top += height
    at = {key: number for number, key in enumerate(shown)}
    place = {key: at.get(_OTHER if key in others else key, -1) for key in weights}
    known = tuple((key or "all", titles[key]) for key in order)
    return Ordered(tuple(lanes), place, at.get(_OTHER, -1), shared, known)


def keys_of(item: TimelineItem, by: str, every: bool) -> tuple[str, ...]:
    """Return the keys of the lanes in which an item stands: the leading one only, unless *every* is wanted."""
    if by == "none":
        return ("",)
    if by == "kind":
        return (item.subkind if item.kind == "event" else f"record:{item.kind}",)
    found: Sequence[str] = {"organization": item.organizations, "country": item.countries, "sector": item.sectors}[by]
    if not found:
        return (NOBODY,)
    return tuple(found) if every or by == "sector" else (found[0],)


def _height(count: int) -> float:
    """Return the height of a lane of that many items, in lane units: crowded lanes get more rows."""
    return 1.0 if count <= 3 else 2.0 if count <= 12 else 3.0 if count <= 30 else 4.0


def _title(key: str, by: str, rows: TimelineRows) -> str:
    nobody: dict[str, Callable[[], str]] = {
        "organization": lambda: _("No organization named"),
        "country": lambda: country_name(""),
        "sector": lambda: _("No sector named"),
    }
    if key == NOBODY:
        return nobody[by]()
    if by == "none":
        return pgettext("lane", "All")
    if by == "kind":
        text = kind_word(key[7:], plural=True) if key.startswith("record:") else word(key)
        return text[:1].upper() + text[1:]
    return country_name(key) if by == "country" else rows.names.get(key, key)


def _other_title(shared: int, by: str) -> str:
    if by == "sector":
        return ngettext("{count} other sector", "{count} other sectors", shared).format(count=shared)
    return ngettext("{count} other organization", "{count} other organizations", shared).format(count=shared)


def _colour(key: str, by: str, rows: TimelineRows) -> str:
    """Return the colour name of a lane that belongs to one country, empty for others."""
    if by == "organization" and key in rows.countries:
        return country_colour(rows.countries[key])
    return country_colour(key) if by == "country" else ""
