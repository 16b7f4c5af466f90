"""What is known so far of single events among very many: who took part, which sources say so, what belongs together.

It is asked for when it is needed: at once by whoever may wait for the base, such as an export; a window collects what
it lacks, shows what is there, and is told the rest later.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from chipscape_db.queries.event_kin import EventKin
from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_db.queries.timeline import TimelineRows
from chipscape_db.queries.timeline_items import FoundItems
from chipscape_db.queries.timeline_large import Asking
from chipscape_desktop.figures.spec import SourceNote
from chipscape_desktop.figures.timeline.cards import card_of, cited_for, sources_of_links, texts_of
from chipscape_desktop.figures.timeline.kin import Relatives
from chipscape_desktop.figures.timeline.spec import Card

_MOST = 60_000  # events that are remembered
_BLOCK = 5_000  # events that are asked for at once


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an event: its card, and its sources as positions in the notes."""

    card: Card
    sources: tuple[int, ...]


NOTHING = Told(Card("", ""), ())
"""What is known of an event that the base no longer holds."""


class Details:
    """Remembers what was asked about events of one timeline; may be used by several threads at once."""

    def __init__(self, asking: Asking, rows: TimelineRows, is_shown: Callable[[Sequence[str]], Sequence[bool]]) -> None:
        """Take whom to ask, the rows around the events, and what says of ids whether they stand on the timeline."""
        self.asking = asking
        self.around, self.leading = rows.sources, sources_of_links(rows)
        self._items = rows.items
        self.notes: list[SourceNote] = []
        self.version = 0
        self._is_shown = is_shown
        self._numbers: dict[str, int] = {}
        self._kept: dict[str, Told] = {}
        self._told: dict[str, Told] = {}
        self._kin: dict[str, Relatives] = {}
        self._lock = Lock()

    def known(self, id_: str) -> Told | None:
        """Return what is known of an event, None where it was not asked for."""
        return self._told.get(id_)

    def known_kin(self, id_: str) -> Relatives | None:
        """Return what belongs to an event, None where it was not asked for."""
        return self._kin.get(id_)

    def fetch(self, ids: Sequence[str]) -> dict[str, Told]:
        """Return what the base says of events, asking for what is not known yet."""
        out = {id_: told for id_ in ids if (told := self._told.get(id_)) is not None}
        missing = [id_ for id_ in dict.fromkeys(ids) if id_ not in out]
        for start in range(0, len(missing), _BLOCK):
            block = missing[start : start + _BLOCK]
            out |= self.learn(block, self.asking.items(block))
        return out

    def learn(self, ids: Iterable[str], found: FoundItems) -> dict[str, Told]:
        """Remember an answer about these ids, and return it as it is remembered."""
        texts, sources = texts_of(found.sources), self.around | found.sources
        with self._lock:
            told = {}
            for id_ in ids:
                item = found.items.get(id_)
                if item is not None:
                    behind = dict.fromkeys((*cited_for(item), *self.leading.get(id_, ())))
                    numbers = tuple(self._number(sources[each]) for each in behind if each in sources)
                    told[id_] = Told(card_of(item, texts), numbers)
                else:
                    told[id_] = NOTHING
            if len(self._told) + len(told) > _MOST:
                self._told = dict(self._kept)
            self._told |= told
            self.version += 1
        return told

    def keep(self) -> None:
        """Remember for good what is said of the items beside the events: it is there."""
        self._kept = self.learn(
            [item.id for item in self._items], FoundItems({item.id: item for item in self._items}, self.around)
        )

    def kept(self, at: int) -> Told:
        """Return what is known of one of the items beside the events, by its place among them."""
        return self._kept[self._items[at].id]

    def kept_sources(self, at: int) -> list[str]:
        """Return the ids of the sources of one of the items beside the events."""
        return [self.notes[number].id for number in self.kept(at).sources]

    def note_of(self, sources: Iterable[FootnoteSource]) -> list[int]:
        """Return the positions of sources in the notes, where they are put if they are new."""
        with self._lock:
            return [self._number(source) for source in sources]

    def fetch_kin(self, id_: str) -> Relatives:
        """Return what belongs to an event."""
        known = self._kin.get(id_)
        return known if known is not None else self.learn_kin(id_, self.asking.kin(id_))

    def learn_kin(self, id_: str, found: EventKin) -> Relatives:
        """Remember what belongs to an event: of those alike, the ones on the timeline."""
        shown = self._is_shown(found.alike)
        alike = frozenset(other for other, there in zip(found.alike, shown, strict=True) if there)
        relatives = self._kin[id_] = Relatives(found.causes, found.effects, alike)
        return relatives

    def shown_with(self, record_id: str) -> tuple[str, ...]:
        """Return the events on the timeline that a record took part in."""
        ids = self.asking.events_with(record_id)
        return tuple(id_ for id_, there in zip(ids, self._is_shown(ids), strict=True) if there)

    def _number(self, source: FootnoteSource) -> int:
        from chipscape_desktop.figures.references import source_text

        number = self._numbers.get(source.id)
        if number is None:
            number = self._numbers[source.id] = len(self.notes)
            self.notes.append(SourceNote(number + 1, source.id, source_text(source), source.url))
        return number


class Reach:
    """One way to the details: one that *waits* asks nobody, but notes what is wanted, and calls `on_want` when it is
    new that it is."""

    def __init__(self, details: Details, *, waits: bool = False, on_want: Callable[[], None] | None = None) -> None:
        """Take the details; without *waits* every question is answered at once."""
        self.details, self.waits = details, waits
        self.wanted: dict[str, None] = {}
        self.wanted_kin = ""
        self._on_want = on_want

    def told(self, ids: Sequence[str]) -> list[Told | None]:
        """Return what is known of events, None for what is not known yet."""
        if not self.waits:
            found = self.details.fetch(ids)
            return [found[id_] for id_ in ids]
        known = [self.details.known(id_) for id_ in ids]
        missing = [id_ for id_, told in zip(ids, known, strict=True) if told is None and id_ not in self.wanted]
        if missing:
            self.wanted |= dict.fromkeys(missing)
            self._want()
        return known

    def kin(self, id_: str) -> Relatives:
        """Return what belongs to an event, as far as it is known."""
        if not self.waits:
            return self.details.fetch_kin(id_)
        known = self.details.known_kin(id_)
        if known is None and id_ != self.wanted_kin:
            self.wanted_kin = id_
            self._want()
        return known or Relatives()

    def _want(self) -> None:
        if self._on_want is not None:
            self._on_want()


@dataclass(frozen=True, slots=True)
class LargeKin:
    """What belongs together among very many events; the same questions as of `Kin`."""

    reach: Reach
    common: frozenset[str]

    def of(self, event: str) -> Relatives:
        """Return the relatives of an event; those that are not known yet are asked for."""
        return self.reach.kin(event)

    def events_of(self, record_id: str) -> Sequence[str]:
        """Return the events on the timeline in which a record took part, none where they are not to be waited for."""
        return () if self.reach.waits else self.reach.details.shown_with(record_id)
