"""Columns brought up to date where few events changed, without reading the others again."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import Ids, Numbers, PackedTexts, Places
from chipscape_db.columns.stored import StoredColumns

Kind = TypeVar("Kind", bound=np.generic)


def patched(old: StoredColumns, fresh: StoredColumns, touched: Collection[str]) -> StoredColumns:
    """Return *old* with the events of the *touched* ids as they are in *fresh*; those that are not there are gone.

    An event that changed keeps its position, new ones come last.
    """
    ids = sorted(touched)
    stood = {id_: at for id_, at in zip(ids, old.ids.find_all(ids), strict=True) if at >= 0}
    return _Patch(old, fresh, stood).made()


@dataclass(slots=True)
class _Moves:
    """Where what is kept of the old and what is fresh stands in the end, and in which order to take both."""

    kept: Places
    order: Places
    event: Numbers


class _Patch:
    def __init__(self, old: StoredColumns, fresh: StoredColumns, stood: dict[str, int]) -> None:
        self.old, self.fresh = old, fresh
        count, more = len(old), len(fresh)
        self.touched: NDArray[np.bool_] = np.zeros(count, dtype=np.bool_)
        self.touched[list(stood.values())] = True
        # Positions in the old events with the new ones behind them; what is gone falls out of that in the end.
        at = [stood.get(id_, -1) for id_ in fresh.ids]
        new = [number for number, place in enumerate(at) if place < 0]
        for behind, number in enumerate(new):
            at[number] = count + behind
        source = np.arange(count + len(new))
        source[at] = count + np.arange(more)
        gone = self.touched.copy()
        gone[[place for place in at if place < count]] = False
        self.as_many = not new and not gone.any()
        stays = np.ones(len(source), dtype=np.bool_)
        stays[:count] = ~gone
        self.source: Places = source[stays]
        moved = np.cumsum(stays) - 1
        self.of_old, self.of_fresh = moved[:count].astype(np.int32), moved[at].astype(np.int32)

    def made(self) -> StoredColumns:
        """Return the columns brought up to date."""
        old, fresh, source = self.old, self.fresh, self.source

        def column(old: NDArray[Kind], fresh: NDArray[Kind]) -> NDArray[Kind]:
            return np.concatenate((old, fresh))[source]

        odd = self._moves(old.odd, fresh.odd)
        ended = self._moves(old.ended, fresh.ended)
        took = self._moves(old.took_event, fresh.took_event)
        cited = self._moves(old.cited_event, fresh.cited_event)
        named = self._moves(old.named_event, fresh.named_event)
        took_record, took_ids = _renumbered(old.took_record, old.took, fresh.took_record, fresh.took)
        cited_source, cited_ids = _renumbered(old.cited_source, old.cited, fresh.cited_source, fresh.cited)
        language, languages = _renumbered(old.named_language, old.languages, fresh.named_language, fresh.languages)
        assert isinstance(languages, PackedTexts)
        return StoredColumns(
            self._ids(), old.names.joined(fresh.names).picked(source),
            column(old.first, fresh.first), column(old.last, fresh.last),
            column(old.importance, fresh.importance), column(old.kind, fresh.kind),
            odd.event, old.odd_texts.joined(fresh.odd_texts).picked(odd.order),
            ended.event, _taken(old.end_first, fresh.end_first, ended), _taken(old.end_last, fresh.end_last, ended),
            old.end_texts.joined(fresh.end_texts).picked(ended.order),
            took.event, took_record[took.order], _taken(old.took_role, fresh.took_role, took), took_ids,
            cited.event, cited_source[cited.order], cited_ids,
            named.event, language[named.order], old.named.joined(fresh.named).picked(named.order), languages,
        )  # fmt: skip

    def _ids(self) -> Ids:
        """Return the ids: they stay the same where no event came or went."""
        if self.as_many:
            return self.old.ids
        return self.old.ids.joined(self.fresh.ids).picked(self.source)

    def _moves(self, old: Numbers, fresh: Numbers) -> _Moves:
        """Return what becomes of parts that belong to the events at these positions."""
        kept = np.flatnonzero(~self.touched[old])
        event = np.concatenate((self.of_old[old[kept]], self.of_fresh[fresh]))
        order = np.argsort(event, kind="stable")
        taken = np.concatenate((kept, len(old) + np.arange(len(fresh))))
        return _Moves(kept, taken[order], event[order])


def _taken(old: NDArray[Kind], fresh: NDArray[Kind], moves: _Moves) -> NDArray[Kind]:
    return np.concatenate((old, fresh))[moves.order]


def _renumbered(old: Numbers, old_ids: Ids, fresh: Numbers, fresh_ids: Ids) -> tuple[Numbers, Ids]:
    """Return both columns one behind the other as positions in one list of ids, and that."""
    known = old_ids.find_all(list(fresh_ids))
    new = [id_ for id_, at in zip(fresh_ids, known, strict=True) if at < 0]
    behind = {id_: len(old_ids) + at for at, id_ in enumerate(new)}
    table = np.array([at if at >= 0 else behind[id_] for id_, at in zip(fresh_ids, known, strict=True)], dtype=np.int32)
    ids = old_ids.joined(type(old_ids).of_list(new)) if new else old_ids
    return np.concatenate((old, table[fresh] if len(fresh) else fresh)), ids
