"""What is said of very many events at once, for whole tables and exports: from columns, not by asking for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from chipscape_db.queries.event_columns import EventColumns
from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_db.queries.timeline import RivalDate
from chipscape_db.vocabulary import EVENT_KINDS, PARTICIPANT_ROLES
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.runs import runs
from chipscape_desktop.figures.timeline.cards import rivals_in_words, stretch, texts_of
from chipscape_desktop.figures.timeline.details import Details
from chipscape_desktop.figures.timeline.spec import Card
from chipscape_desktop.words import word

T = TypeVar("T")
MANY = 1_000
"""From so many events on they are not asked for one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of events and others, by event: those of event `i` are `others[starts[i]:starts[i + 1]]`."""

    starts: Ints
    others: Ints

    @staticmethod
    def of(events: NDArray[np.int32], others: NDArray[np.int32], order: Ints, *, count: int) -> "Pairs":
        """Gather pairs, in an *order* in which those of an event stand together and the events ascend."""
        counts = np.bincount(events, minlength=count)
        return Pairs(np.concatenate(([0], np.cumsum(counts))), others[order].astype(np.int64))

    def behind(self, items: Ints) -> tuple[Ints, Ints]:
        """Return all others of some events, one event after the other, and which of the events each is of."""
        starts = self.starts[items]
        counts = self.starts[items + 1] - starts
        return self.others[runs(starts, counts)], np.repeat(np.arange(len(items)), counts)


@dataclass(eq=False)
class Bulk:
    """The cards and sources of events, all at once; what that takes is gathered at the first question.

    `rivals` are the rival dates and `leading` the ids of sources that say what led to an event, both by the positions
    of the events; `written` returns the kind and dates of an item.
    """

    columns: EventColumns
    details: Details
    written: Sequence[tuple[str, str, str]]
    rivals: Mapping[int, Sequence[RivalDate]]
    leading: Mapping[int, Sequence[str]]

    @cached_property
    def _sources(self) -> dict[str, FootnoteSource]:
        ids = {*self.columns.stored.cited}
        ids.update(id_ for each in self.rivals.values() for rival in each for id_ in rival.sources)
        ids.update(id_ for each in self.leading.values() for id_ in each)
        return self.details.asking.sources(frozenset(ids))

    @cached_property
    def _codes(self) -> dict[str, int]:
        """The sources by number: those cited for events as in the columns, then the others."""
        return {id_: code for code, id_ in enumerate(dict.fromkeys((*self.columns.stored.cited, *self._sources)))}

    @cached_property
    def _cited(self) -> Pairs:
        event, source = self.columns.stored.cited_event, self.columns.stored.cited_source
        # A source cited for several fields of an event counts where it was cited first.
        pairs = event.astype(np.int64) * max(len(self.columns.stored.cited), 1) + source
        once = np.sort(np.unique(pairs, return_index=True)[1])
        event, source = event[once], source[once]
        return Pairs.of(event, source, np.argsort(event, kind="stable"), count=len(self.columns))

    @cached_property
    def names(self) -> list[str]:
        """The names of all who took part in anything, in the order of the columns; empty for one without a name."""
        took = list(self.columns.stored.took)
        names = self.details.asking.names(frozenset(took))
        return [names.get(id_, "") for id_ in took]

    def taking_part(self, word: str) -> Ints:
        """Return the events in which somebody took part whose name holds a word in small letters."""
        stored = self.columns.stored
        who = [at for at, name in enumerate(self.names) if word in name.casefold()]
        found: Ints = stored.took_event[np.isin(stored.took_record, who)].astype(np.int64)
        return found

    @cached_property
    def _played(self) -> tuple[Pairs, list[tuple[str, str]]]:
        """Who took part in which event, as positions in the list of names and roles that goes with it."""
        stored = self.columns.stored
        took = list(stored.took)
        by_id = {id_: rank for rank, id_ in enumerate(sorted(took))}
        ranks = np.array([by_id[id_] for id_ in took] or [0], dtype=np.int64)
        by_role = np.array([sorted(PARTICIPANT_ROLES).index(role) for role in PARTICIPANT_ROLES], dtype=np.int64)
        role = stored.took_role.astype(np.int64)
        order = np.lexsort((
            ranks[stored.took_record], by_role[role], role != PARTICIPANT_ROLES.index("actor"), stored.took_event
        ))  # fmt: skip
        said = [(name, word(role)) for name in self.names for role in PARTICIPANT_ROLES]
        both = (stored.took_record.astype(np.int64) * len(PARTICIPANT_ROLES) + role).astype(np.int32)
        return Pairs.of(stored.took_event, both, order, count=len(self.columns)), said

    def cards(self, items: Sequence[int]) -> list[Card]:
        """Return the cards of items by their positions."""
        at = np.array([item for item in items if item < len(self.columns)], dtype=np.int64)
        told = texts_of(self._sources)
        texts = [told.get(id_, "") for id_ in self._codes]
        played, said = self._played
        people = _gathered(*played.behind(at), len(at), said)
        sources = _gathered(*self._cited.behind(at), len(at), texts)
        kinds = [word(kind) for kind in EVENT_KINDS]
        in_words: Callable[[str, str], str] = lru_cache(maxsize=65_536)(stretch)
        events = iter(zip(at.tolist(), people, sources, strict=True))
        out = []
        for item in items:
            if item >= len(self.columns):
                known = self.details.kept(item - len(self.columns))
                out.append(known.card)
                continue
            _at, those, behind = next(events)
            _kind, starts_on, ends_on = self.written[item]
            rivals = rivals_in_words(self.rivals.get(item, ()), told)
            out.append(
                Card(
                    kinds[int(self.columns.kind[item])], in_words(starts_on, ends_on),
                    tuple(one for one in those if one[0]), tuple(one for one in behind if one), rivals,
                )
            )  # fmt: skip
        return out

    def sources(self, items: Ints) -> Ints:
        """Return the numbers of the sources behind items, each once, first those of the first items."""
        count, codes = len(self.columns), self._codes
        events = np.flatnonzero(items < count)
        code, of = self._cited.behind(items[events])
        place = events[of]
        rank = np.arange(len(code))
        more: list[tuple[int, int]] = []
        odd = np.isin(items, list({*self.rivals, *self.leading})) | (items >= count)
        for at in np.flatnonzero(odd).tolist():
            item = int(items[at])
            if item >= count:
                more += [(at, codes.setdefault(id_, len(codes))) for id_ in self.details.kept_sources(item - count)]
                continue
            ids = [id_ for rival in self.rivals.get(item, ()) for id_ in rival.sources]
            more += [(at, codes[id_]) for id_ in (*ids, *self.leading.get(item, ())) if id_ in codes]
        if more:
            code = np.append(code, np.array([each for _at, each in more], dtype=np.int64))
            place = np.append(place, np.array([at for at, _each in more], dtype=np.int64))
            rank = np.append(rank, len(rank) + np.arange(len(more)))
        order = np.lexsort((rank, place))
        _each, first = np.unique(code[order], return_index=True)
        ids = list(codes)
        known = self._sources | self.details.around
        found = [known[ids[at]] for at in code[order][np.sort(first)].tolist() if ids[at] in known]
        return np.array(self.details.note_of(found), dtype=np.int64)


def _gathered(others: Ints, of: Ints, count: int, said: Sequence[T]) -> list[list[T]]:
    """Return for each of *count* events what is said of those behind it."""
    out: list[list[T]] = [[] for _ in range(count)]
    for at, other in zip(of.tolist(), others.tolist(), strict=True):
        out[at].append(said[other])
    return out
