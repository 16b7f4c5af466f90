"""The timeline as a table: what is in view, a row for each record, with its date as written."""

import numpy as np

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.timeline.large import LargeCards
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import _

_MOST, _MOST_OF_MANY = 20_000, 2_000
_MANY = 50_000
_START = 0


def table_of_view(spec: TimelineSpec, view: View | None = None) -> Table:
    """Return the records in view (all when None) in the order of time, rival dates as rows of their own.

    The table stops after 20,000 rows (2,000 of very many), those of the most important records.
    """
    columns = spec.columns
    shown = np.ones(len(columns), dtype=np.bool_)
    if view is not None:
        lanes = [number for number, lane in enumerate(spec.lanes) if lane.bottom > view.y[0] and lane.top < view.y[1]]
        shown = (columns.low < view.x[1]) & (columns.high > view.x[0]) & np.isin(columns.lane, lanes)
    places = np.flatnonzero(shown)
    most = _MOST_OF_MANY if len(columns) > _MANY else _MOST
    if len(places) > most:
        places = places[np.argsort(-columns.importance[places].astype(np.int64), kind="stable")[:most]]
    places = places[np.lexsort((columns.item[places], columns.low[places]))]
    heads = (_("Date"), _("Title"), _("Kind"), _("Lane"), _("Importance"), _("Participants"), _("Sources"))
    rows: dict[tuple[int, bool, float], tuple[tuple[str, ...], tuple[float | None, ...]]] = {}
    lane_names: dict[tuple[int, bool, float], list[str]] = {}
    for place in places.tolist():
        item, rival, low = int(columns.item[place]), bool(columns.rival[place]), float(columns.low[place])
        key = (item, rival, low)
        lane_names.setdefault(key, []).append(spec.lanes[int(columns.lane[place])].title)
        if key in rows:
            continue
        card = spec.cards.at(item) if isinstance(spec.cards, LargeCards) else spec.cards.get(spec.ids[item])
        date = card.date if card is not None else ""
        sources = card.sources if card is not None else ()
        if rival and card is not None:
            date, said = _rival(spec, place)
            sources = (said,) if said else ()
        people = "; ".join(f"{name} ({role})" for name, role in card.participants) if card is not None else ""
        importance = int(columns.importance[place])
        title = _("{title} (another date)").format(title=spec.titles[item]) if rival else spec.titles[item]
        rows[key] = (
            (date, title, card.kind if card is not None else "", "", str(importance), people, "; ".join(sources)),
            (low, None, None, None, float(importance), None, None),
        )
    texts = tuple((*cells[:3], ", ".join(lane_names[key]), *cells[4:]) for key, (cells, _numbers) in rows.items())
    numbers = tuple(numbers for _cells, numbers in rows.values())
    return Table(heads, texts, numbers, tuple(spec.ref(item) for item, _rival, _low in rows), frozenset({_START}))


def _rival(spec: TimelineSpec, place: int) -> tuple[str, str]:
    """Return the date of a rival placement as written, and who gives it: they come in the order of the card."""
    columns = spec.columns
    item, lane = columns.item[place], columns.lane[place]
    peers = np.flatnonzero((columns.item == item) & (columns.lane == lane) & columns.rival)
    card = spec.cards[spec.ids[int(item)]]
    at = int(np.searchsorted(peers, place))
    return card.rivals[at]
