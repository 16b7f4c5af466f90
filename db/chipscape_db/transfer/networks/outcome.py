"""What an import comes to: the records and relationships that are new, what is there, and what cannot come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from chipscape_db.errors import FactsError
from chipscape_db.transfer.networks.content import Place

Stored: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A node or an edge (by its id in the file) that cannot come in, with the sentence that says why."""

    on: str
    id: str
    reason: FactsError

    def __str__(self) -> str:
        """Return where and why, in English."""
        return f"{self.on} {self.id}: {self.reason}"


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that would be added: its fields as stored, texts by language, sources as ids."""

    id: str
    slug: str
    kind: str
    name: str
    fields: Mapping[str, Stored]
    summaries: Mapping[str, str]
    aliases: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewLink:
    """A relationship that would be added."""

    id: str
    slug: str
    kind: str
    subject: str
    object: str
    starts_on: str | None
    ends_on: str | None
    summaries: Mapping[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """A record or relationship that is there (`on` node or edge), what of it would change and how it is `before`.

    `fields` are texts by name, `texts` summaries by language; `before` has both, summaries as `summary_en`.
    """

    on: str
    id: str
    name: str
    fields: Mapping[str, str]
    texts: Mapping[str, str]
    before: Mapping[str, str]

    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]:
        """Return every change as (field, before, after)."""
        after = {**self.fields, **{f"summary_{language}": text for language, text in self.texts.items()}}
        return tuple((name, self.before[name], text) for name, text in after.items())


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    `known` are the ids of records that are there already by their ids in the file; `same_links` counts relationships
    that are; `places` are in units of the map by id of the record; `new_sources` are sources that the file brings.
    `updates` is what changes of what is there, where that was asked for.
    """

    records: tuple[NewRecord, ...]
    links: tuple[NewLink, ...]
    known: Mapping[str, str]
    same_links: int
    places: Mapping[str, Place]
    new_sources: tuple[Mapping[str, str], ...]
    obstacles: tuple[Obstacle, ...]
    left_out: tuple[str, ...]
    updates: tuple[Update, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would change."""
        return not (self.records or self.links or self.places or self.new_sources or self.updates)
