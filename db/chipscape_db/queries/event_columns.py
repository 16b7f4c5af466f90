"""Events as columns in one language, for bases of very many: read without an object for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, select

from chipscape_db.columns.keeping import are_fresh, brought_up, current_columns, refresh
from chipscape_db.columns.packed import Ids, Numbers, PackedTexts, Places
from chipscape_db.columns.reading import written
from chipscape_db.columns.size import is_large
from chipscape_db.columns.stored import OPEN, StoredColumns
from chipscape_db.errors import FactsError
from chipscape_db.faults import explained
from chipscape_db.lazy_sequence import LazySequence
from chipscape_db.models import Chip, Model, Organization, Policy, Relationship, Software
from chipscape_db.moment import Moment, moment_of
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import names_in

_NEVER = -OPEN


@dataclass(frozen=True, slots=True)
class Maker:
    """An organization that stands behind events: its name, country and the sectors that it serves."""

    id: str
    name: str
    country: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EventColumns:
    """The events of a base, a position each; days since 1970 are those that the written dates allow.

    `first` and `last` are of the start, `end_first` and `end_last` of the end (both far in the past where there is
    none). `lasting` says which have an end, `peculiar` are the positions of those whose dates are written as an
    interval, as approximate or uncertain, or end at a time unknown. `kind` counts `EVENT_KINDS`; `maker` the leading
    organization in `makers`, -1 for none. `part_event` and `part_maker` are all pairs of events and organizations
    behind them. `stored` holds who took part and which sources are cited; `memo` keeps
    what is worked out from the columns, for as long as they are kept.
    """

    ids: Ids
    titles: PackedTexts
    starts_on: Sequence[str]
    ends_on: Sequence[str]
    first: Numbers
    last: Numbers
    end_first: Numbers
    end_last: Numbers
    lasting: NDArray[np.bool_]
    peculiar: Places
    importance: NDArray[np.int8]
    kind: NDArray[np.int8]
    maker: Numbers
    part_event: Numbers
    part_maker: Numbers
    makers: tuple[Maker, ...]
    stored: StoredColumns
    memo: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.first)


class _Starts(LazySequence[str]):
    """The starts as written: most follow from the first and last day that they mean."""

    def __init__(self, stored: StoredColumns) -> None:
        self._stored = stored

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self._stored)

    def made(self, at: int) -> str:
        """Return a partial date."""
        stored = self._stored
        odd = _among(stored.odd, at)
        return stored.odd_texts[odd] if odd >= 0 else written(int(stored.first[at]), int(stored.last[at]))


class _Ends(LazySequence[str]):
    """The ends as written, empty for events without one."""

    def __init__(self, stored: StoredColumns) -> None:
        self._stored = stored

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self._stored)

    def made(self, at: int) -> str:
        """Return a partial date."""
        ended = _among(self._stored.ended, at)
        return self._stored.end_texts[ended] if ended >= 0 else ""


def _among(places: Numbers, at: int) -> int:
    """Return where a position stands in an ascending list of some, -1 where it does not."""
    found = int(np.searchsorted(places, np.int32(at)))
    return found if found < len(places) and places[found] == at else -1


@dataclass(frozen=True, slots=True)
class _Kept:
    """The last answer, in which language and at which moment of the journal it was right."""

    moment: Moment
    stored: StoredColumns
    by_language: dict[str, EventColumns]


_kept: "WeakKeyDictionary[Engine | Connection, _Kept]" = WeakKeyDictionary()


def event_columns(session: Reader, *, language: str) -> EventColumns:
    """Return all events as columns.

    They come from what the base keeps; the last answer is held for as long as the journal stands still, and brought up
    to date where it tells of few changes. They are shared, and not for changing.
    """
    connection, bind = session.connection(), session.get_bind()
    moment, kept = moment_of(connection), _kept.get(bind)
    if kept is None or kept.moment != moment:
        stored = None if kept is None else brought_up(connection, kept.stored, since=kept.moment)
        kept = _kept[bind] = _Kept(moment, stored or current_columns(connection), {})
    # Names and countries of organizations and who made what are others' affair: only the events are looked up.
    found = kept.by_language.get(language)
    if found is None:
        found = kept.by_language[language] = _in_language(session, kept.stored, language)
    return found


def keep_columns(session: Reader) -> None:
    """Write the columns of a large base that keeps none of any use, where it can be written to."""
    connection, bind = session.connection(), session.get_bind()
    if not is_large(connection) or are_fresh(connection) or not isinstance(bind, Engine):
        return
    session.rollback()  # the read ends before the write begins
    try:
        with explained(), bind.execution_options(writing=True).begin() as writer:
            refresh(writer)
    except FactsError:
        return


def _in_language(session: Reader, stored: StoredColumns, language: str) -> EventColumns:
    makers = _makers(session, language)
    count = len(stored)
    end_first, end_last = np.full(count, _NEVER, dtype=np.int32), np.full(count, _NEVER, dtype=np.int32)
    end_first[stored.ended], end_last[stored.ended] = stored.end_first, stored.end_last
    lasting = np.zeros(count, dtype=np.bool_)
    lasting[stored.ended] = True
    strange = stored.odd[stored.odd_texts.holding("/~?%")], stored.ended[stored.end_texts.holding("~?%/")]
    part_event, part_maker = _parts(session, stored, makers)
    maker = np.full(count, -1, dtype=np.int32)
    maker[part_event[::-1]] = part_maker[::-1]  # written last, the first of each event stays
    return EventColumns(
        stored.ids, _titles(stored, language), _Starts(stored), _Ends(stored), stored.first, stored.last, end_first,
        end_last, lasting, np.union1d(*strange).astype(np.int64), stored.importance, stored.kind, maker, part_event,
        part_maker, tuple(makers.values()), stored,
    )  # fmt: skip


def _titles(stored: StoredColumns, language: str) -> PackedTexts:
    if language not in list(stored.languages):
        return stored.names
    own = np.flatnonzero(stored.named_language == list(stored.languages).index(language))
    order = own[np.argsort(stored.named_event[own], kind="stable")]
    source = np.arange(len(stored))
    source[stored.named_event[order]] = len(stored) + np.arange(len(order))
    return stored.names.joined(stored.named.picked(order)).picked(source)


def _parts(session: Reader, stored: StoredColumns, makers: Mapping[str, Maker]) -> tuple[Numbers, Numbers]:
    """Return the pairs of events and organizations behind them, the leading one of each event first."""
    numbers = {id_: number for number, id_ in enumerate(makers)}
    behind = _behind(session)
    maker_of = np.array([numbers.get(behind.get(id_, id_), -1) for id_ in stored.took] or [-1], dtype=np.int32)
    if (maker_of >= 0).all():
        return stored.took_event, maker_of[stored.took_record]
    maker = maker_of[stored.took_record] if len(stored.took_record) else np.zeros(0, dtype=np.int32)
    return stored.took_event[maker >= 0], maker[maker >= 0]


def _behind(session: Reader) -> dict[str, str]:
    """Return who made each chip, model, software and rule."""
    out: dict[str, str] = {}
    for mapped, own in ((Chip, "designer_id"), (Model, "developer_id"), (Software, "developer_id"),
                        (Policy, "authority_id")):  # fmt: skip
        table = mapped.__table__.c
        for id_, maker in session.execute(select(table.id, table[own]).where(table[own].is_not(None))):
            out[id_] = maker
    return out


def _makers(session: Reader, language: str) -> dict[str, Maker]:
    link, table = Relationship.__table__.c, Organization.__table__.c
    served: dict[str, list[str]] = {}
    for subject, sector in session.execute(select(link.subject_id, link.object_id).where(link.kind == "serves")):
        served.setdefault(subject, []).append(sector)
    organizations = dict(session.execute(select(table.id, table.country)).all())
    names = names_in(session, language, only=frozenset(organizations))
    said: Iterable[tuple[str, str]] = session.connection().exec_driver_sql(
        "SELECT id, name FROM record WHERE kind = 'organization' ORDER BY id"
    )
    return {
        id_: Maker(id_, names.get(id_, name), organizations.get(id_) or "", tuple(sorted(served.get(id_, ()))))
        for id_, name in said
    }
