"""How well very many events are founded, and how many of them belong to whom, counted without an object for each."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from chipscape_db.columns.packed import Numbers
from chipscape_db.filters import CERTAINTIES
from chipscape_db.models import Source
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import source_roots
from chipscape_db.queries.event_columns import EventColumns

_OFFICIAL, _CORROBORATED, _SINGLE = (CERTAINTIES.index(word) for word in ("official", "corroborated", "single"))


def certainties_of_events(session: Reader, columns: EventColumns) -> NDArray[np.int8]:
    """Return how well each event is founded, counting `CERTAINTIES`, -1 for one without a source.

    By the same rules as `briefs.certainty_of`.
    """
    known: NDArray[np.int8] | None = columns.memo.get("certainties")
    if known is None:
        known = columns.memo["certainties"] = _certainties(session, columns)
    return known


def _certainties(session: Reader, columns: EventColumns) -> NDArray[np.int8]:
    found = np.full(len(columns), -1, dtype=np.int8)
    event, source = columns.stored.cited_event, columns.stored.cited_source
    if not len(event):
        return found
    found[event] = _SINGLE
    kinds, roots = dict(session.execute(select(Source.id, Source.source_kind)).all()), source_roots(session)
    cited = list(columns.stored.cited)
    number = {root: at for at, root in enumerate(dict.fromkeys(roots.get(id_, id_) for id_ in cited))}
    root = np.array([number[roots.get(id_, id_)] for id_ in cited], dtype=np.int64)
    # The citations of an event stand side by side; another root than the first is a second independent source.
    first = np.flatnonzero(np.diff(event, prepend=-1) != 0)
    other = root[source] != np.repeat(root[source[first]], np.diff(np.append(first, len(event))))
    found[event[other]] = _CORROBORATED
    official = np.array([kinds.get(id_) in ("official", "regulation") for id_ in cited], dtype=np.bool_)
    found[event[official[source]]] = _OFFICIAL
    return found


def count_by(session: Reader, columns: EventColumns) -> Mapping[str, Counter[str]]:
    """Return how many events each choice of a filter would leave: by kind, country, organization, sector, certainty."""
    makers = columns.makers
    founded = certainties_of_events(session, columns)
    counted = np.bincount(founded + 1, minlength=len(CERTAINTIES) + 1).tolist()
    return {
        "kinds": Counter({"event": len(columns)}),
        "countries": _counted(columns, [(maker.country,) if maker.country else () for maker in makers]),
        "organizations": _counted(columns, [(maker.id,) for maker in makers]),
        "sectors": _counted(columns, [maker.sectors for maker in makers]),
        "certainties": Counter(dict(zip(CERTAINTIES, counted[1:], strict=True))),
    }


def _counted(columns: EventColumns, words: Sequence[tuple[str, ...]]) -> Counter[str]:
    """Return how many events have each word, where *words* are those of each maker; an event counts once for a word."""
    event, maker = columns.part_event, columns.part_maker
    alone = _stands_alone(event)
    found: Counter[str] = Counter()
    for own, count in zip(words, np.bincount(maker[alone], minlength=len(words)).tolist(), strict=True):
        found.update(dict.fromkeys(own, count))
    # Events of several makers are few enough to be gone through word by word.
    event, maker = event[~alone], maker[~alone]
    here: dict[str, list[int]] = {}
    for number in np.unique(maker).tolist():
        for word in words[number]:
            here.setdefault(word, []).append(number)
    for word, numbers in here.items():
        has = np.zeros(len(words), dtype=np.bool_)
        has[numbers] = True
        found[word] += len(np.unique(event[has[maker]]))
    return +found


def _stands_alone(event: Numbers) -> NDArray[np.bool_]:
    """Say of each of the (ascending) events whether it differs from both neighbours."""
    differs = np.diff(event) != 0
    alone: NDArray[np.bool_] = np.append(True, differs) & np.append(differs, True) if len(event) else differs
    return alone
