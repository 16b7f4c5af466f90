"""Events as columns, for bases of very many: read without an object for each, and kept beside the base for next time.

SQLite joins each column to one text, which is cut apart here: several times as quick as a row at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from chipscape_db.models import Chip, Model, Organization, Policy, Relationship, Software
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import names_in
from chipscape_db.vocabulary import EVENT_KINDS

MANY = 50_000
"""From so many events on they are read as columns."""

Numbers: TypeAlias = NDArray[np.int32]
_SEPARATOR = "\x1f"
_NEVER = -(10**8)
_FORM = 1  # of the files that keep columns; a change of their meaning counts on


class PackedTexts(Sequence[str]):
    """Very many short texts in one block of bytes, each made when it is asked for."""

    def __init__(self, data: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        """Take the texts, each with a separator behind it, and where each of them ends."""
        self.data, self.ends = data, ends
        self._block: bytes | None = None
        self._small: tuple[bytes, NDArray[np.int64]] | None = None

    @staticmethod
    def of(joined: str, count: int) -> "PackedTexts":
        """Cut *count* texts apart that are joined by separators."""
        data = np.frombuffer(f"{joined}{_SEPARATOR}".encode(), dtype=np.uint8) if count else np.zeros(0, np.uint8)
        return PackedTexts(data, np.flatnonzero(data == ord(_SEPARATOR)).astype(np.int64))

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """Return a text."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at = at + len(self) if at < 0 else at
        if not 0 <= at < len(self):
            raise IndexError(at)
        start = int(self.ends[at - 1]) + 1 if at else 0
        return self.data[start : int(self.ends[at])].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        """Yield every text."""
        return iter(self.data.tobytes().decode().split(_SEPARATOR)[:-1])

    def lengths(self) -> NDArray[np.int64]:
        """Return how many bytes each text takes."""
        return np.diff(self.ends, prepend=-1) - 1

    def holding(self, signs: str) -> NDArray[np.int64]:
        """Return the places of the texts that hold any of these (ASCII) signs, each once."""
        wanted = np.zeros(256, dtype=np.bool_)
        wanted[np.frombuffer(signs.encode(), dtype=np.uint8)] = True
        hits = np.flatnonzero(wanted[self.data])
        found: NDArray[np.int64] = np.unique(np.searchsorted(self.ends, hits))
        return found

    def find(self, text: str) -> int:
        """Return the place of a text that is there, -1 for one that is not."""
        block = self._block = self.data.tobytes() if self._block is None else self._block
        wanted = f"{text}{_SEPARATOR}".encode()
        at = block.find(wanted)
        while at > 0 and block[at - 1] != ord(_SEPARATOR):
            at = block.find(wanted, at + 1)
        return -1 if at < 0 else int(np.searchsorted(self.ends, at))

    def matching(self, words: Sequence[str], *, most: int = 10_000) -> list[int]:
        """Return the places of the first *most* texts that hold every one of these words in small letters."""
        if not words:
            return []
        if self._small is None:
            small = self.data.tobytes().decode().casefold().encode()
            self._small = (small, np.flatnonzero(np.frombuffer(small, dtype=np.uint8) == ord(_SEPARATOR)))
        block, ends = self._small
        # The longest word is the rarest, most often: where it stands, the others are looked for.
        first, *others = sorted((word.encode() for word in words), key=len, reverse=True)
        found: list[int] = []
        at = block.find(first)
        while at >= 0 and len(found) < most:
            place = int(np.searchsorted(ends, at))
            end = int(ends[place])
            text = block[int(ends[place - 1]) + 1 if place else 0 : end]
            if all(word in text for word in others):
                found.append(place)
            at = block.find(first, end)
        return found


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
    none). `kind` counts `EVENT_KINDS`; `maker` the leading organization in `makers`, -1 for none. `part_event` and
    `part_maker` are all pairs of events and organizations behind them.
    """

    ids: PackedTexts
    titles: PackedTexts
    starts_on: PackedTexts
    ends_on: PackedTexts
    first: Numbers
    last: Numbers
    end_first: Numbers
    end_last: Numbers
    importance: NDArray[np.int8]
    kind: NDArray[np.int8]
    maker: Numbers
    part_event: Numbers
    part_maker: Numbers
    makers: tuple[Maker, ...]

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.first)


def count_events(session: Reader) -> int:
    """Return the number of events, whatever the filters."""
    return int(session.connection().exec_driver_sql("SELECT count(*) FROM event").scalar_one())


def event_columns(session: Reader, *, language: str, kept_in: Path | None = None) -> EventColumns:
    """Return all events as columns; with *kept_in*, a folder, those kept there for this state of the base, or kept now.

    What is kept belongs to one changeset of one file; files of earlier states of it are removed.
    """
    makers = _makers(session, language)
    folder = None if kept_in is None else kept_in / _name_of(session, language)
    if folder is not None and (folder / "whole").exists():
        return _load(folder, makers)
    found = _read(session, makers, language)
    if folder is not None:
        _keep(folder, found)
    return found


def _name_of(session: Reader, language: str) -> str:
    """Return the name of what is kept for the present state of the base: file, last changeset and language."""
    from hashlib import sha256

    connection = session.connection()
    file = connection.exec_driver_sql("PRAGMA database_list").first()
    newest = connection.exec_driver_sql("SELECT id, at FROM changeset ORDER BY id DESC LIMIT 1").first()
    count = count_events(session)
    path = str(file[2]) if file is not None else ""
    digest = sha256(path.encode()).hexdigest()[:16]
    state = sha256(repr((_FORM, language, tuple(newest or ()), count)).encode()).hexdigest()[:16]
    return f"events-{digest}-{state}"


_ARRAYS = (
    "first", "last", "end_first", "end_last", "importance", "kind", "maker", "part_event", "part_maker",
)  # fmt: skip
_TEXTS = ("ids", "titles", "starts_on", "ends_on")


def _load(folder: Path, makers: Mapping[str, Maker]) -> EventColumns:
    def array(name: str) -> Any:
        return np.load(folder / f"{name}.npy", mmap_mode="r")

    def packed(name: str) -> PackedTexts:
        return PackedTexts(array(name), array(f"{name}-ends"))

    return EventColumns(
        packed("ids"), packed("titles"), packed("starts_on"), packed("ends_on"), array("first"), array("last"),
        array("end_first"), array("end_last"), array("importance"), array("kind"), array("maker"), array("part_event"),
        array("part_maker"), tuple(makers.values()),
    )  # fmt: skip


def _keep(folder: Path, found: EventColumns) -> None:
    """Write the columns; a folder without the file `whole` was not finished and is not used."""
    from shutil import rmtree

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        for old in folder.parent.glob(f"{folder.name.rsplit('-', 1)[0]}-*"):
            rmtree(old, ignore_errors=True)
        folder.mkdir()
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(found, name))
        for name in _TEXTS:
            texts: PackedTexts = getattr(found, name)
            np.save(folder / f"{name}.npy", texts.data)
            np.save(folder / f"{name}-ends.npy", texts.ends)
        (folder / "whole").touch()
    except OSError:  # a full or protected disk: it is read again next time
        rmtree(folder, ignore_errors=True)


def _read(session: Reader, makers: Mapping[str, Maker], language: str) -> EventColumns:
    connection = session.connection()

    def joined(query: str) -> tuple[str, ...]:
        row = connection.exec_driver_sql(query).one()
        return tuple(str(text or "") for text in row)

    separator = f"'{_SEPARATOR}'"
    kinds = " ".join(f"WHEN '{kind}' THEN {number}" for number, kind in enumerate(EVENT_KINDS))
    ids, starts, ends, *numbers = joined(
        f"SELECT group_concat(id, {separator}), group_concat(starts_on, {separator}), "
        f"group_concat(coalesce(ends_on, ''), {separator}), group_concat(coalesce(starts_on_from, {_NEVER})), "
        f"group_concat(coalesce(starts_on_to, {-_NEVER})), group_concat(coalesce(ends_on_from, {_NEVER})), "
        f"group_concat(coalesce(ends_on_to, CASE WHEN ends_on IS NULL THEN {_NEVER} ELSE {-_NEVER} END)), "
        f"group_concat(importance), group_concat(CASE event_kind {kinds} END) "
        "FROM (SELECT id, starts_on, ends_on, starts_on_from, starts_on_to, ends_on_from, ends_on_to, importance, "
        "event_kind FROM event NOT INDEXED ORDER BY rowid)"
    )
    event_ids = ids.split(_SEPARATOR) if ids else []
    count = len(event_ids)
    table = [np.fromstring(column, dtype=np.int32, sep=",") for column in numbers]
    place = {id_: at for at, id_ in enumerate(event_ids)}
    titles = _titles(joined, ids, place, names_in(session, language))
    part_event, part_maker, lead = _parts(joined, place, makers, session)
    first, last, end_first, end_last, importance, kind = table
    return EventColumns(
        PackedTexts.of(ids, count), titles, PackedTexts.of(starts, count), PackedTexts.of(ends, count), first, last,
        end_first, end_last, importance.astype(np.int8), kind.astype(np.int8), lead, part_event, part_maker,
        tuple(makers.values()),
    )  # fmt: skip


def _titles(joined: Any, ids: str, place: Mapping[str, int], translated: Mapping[str, str]) -> PackedTexts:
    """Return the names in the order of the events; nearly always that in which the records were written too."""
    separator = f"'{_SEPARATOR}'"
    record_ids, names = joined(
        f"SELECT group_concat(id, {separator}), group_concat(name, {separator}) "
        "FROM (SELECT id, name FROM record NOT INDEXED WHERE kind = 'event' ORDER BY rowid)"
    )
    own = {id_: name for id_, name in translated.items() if id_ in place}
    if record_ids == ids and not own:
        return PackedTexts.of(names, len(place))
    listed = [""] * len(place)
    for id_, name in zip(record_ids.split(_SEPARATOR), names.split(_SEPARATOR), strict=True):
        listed[place[id_]] = own.get(id_, name)
    return PackedTexts.of(_SEPARATOR.join(listed), len(place))


def _parts(
    joined: Any, place: Mapping[str, int], makers: Mapping[str, Maker], session: Reader
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs of events and organizations behind them, and the leading organization of each event."""
    separator = f"'{_SEPARATOR}'"
    events, records = joined(
        f"SELECT group_concat(event_id, {separator}), group_concat((role <> 'actor') || record_id, {separator}) "
        "FROM (SELECT * FROM participant NOT INDEXED ORDER BY rowid)"
    )
    lead = np.full(len(place), -1, dtype=np.int32)
    if not events:
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing, lead
    at = np.array([place[id_] for id_ in events.split(_SEPARATOR)], dtype=np.int32)
    said = records.split(_SEPARATOR)
    numbers = {id_: number for number, id_ in enumerate(makers)}
    behind = _behind(session)
    ranked = sorted(set(said))
    rank = {text: number for number, text in enumerate(ranked)}
    maker_of = np.array([numbers.get(behind.get(text[1:], text[1:]), -1) for text in ranked], dtype=np.int32)
    ranks = np.array([rank[text] for text in said], dtype=np.int32)
    pairs = maker_of[ranks] >= 0
    at, ranks = at[pairs], ranks[pairs]
    # The actors come first, then the order of the ids, as everywhere; written last, the first of them stays.
    order = np.argsort(-ranks, kind="stable")
    lead[at[order]] = maker_of[ranks[order]]
    return at, maker_of[ranks], lead


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
    names = names_in(session, language)
    said = session.connection().exec_driver_sql("SELECT id, name FROM record WHERE kind = 'organization' ORDER BY id")
    return {
        id_: Maker(id_, names.get(id_, name), organizations.get(id_) or "", tuple(sorted(served.get(id_, ()))))
        for id_, name in said.all()
    }
