"""What an answer is: a caption that says it, sentences with citations, a table, and what stands out on the map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from chipscape_db.network.graph import Network
from chipscape_db.queries.ecosystem import EcosystemEdge
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.references import source_text
from chipscape_desktop.figures.spec import Caption, SourceNote
from chipscape_desktop.i18n import _
from chipscape_desktop.words import link_word

Role: TypeAlias = Literal["origin", "goal", "lost", "spared", "through", "group"]
"""What a record is in an answer: where the question starts and ends, lost, with another way left, passed, listed."""

Number: TypeAlias = float | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, with the numbers of the sources that it rests on."""

    text: str
    sources: tuple[int, ...] = ()

    def cited(self) -> str:
        """Return the sentence with its numbers: `A makes B [1, 4].`."""
        if not self.sources:
            return self.text
        numbers = ", ".join(map(str, self.sources))
        return f"{self.text.removesuffix('.')} [{numbers}]." if self.text.endswith(".") else f"{self.text} [{numbers}]"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; its caption's title says it in one sentence.

    `statements` write it out; `table` holds it row by row; `roles` are the records that stand out, by id, and `links`
    the ids of the relationships that do; `role_words` say what signs mean where it is not the usual.
    """

    caption: Caption
    statements: tuple[Statement, ...]
    table: Table
    roles: Mapping[str, Role]
    links: frozenset[str]
    role_words: Mapping[Role, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A row in the making: cells as texts, the same as numbers where they are, and what the row stands for."""

    cells: tuple[str, ...]
    numbers: tuple[Number, ...]
    ref: Ref


def table_of_rows(columns: tuple[str, ...], rows: Iterable[Row]) -> Table:
    """Return rows as the table that is shown, copied and exported."""
    listed = list(rows)
    numbers = tuple(tuple(None if one is None else float(one) for one in row.numbers) for row in listed)
    return Table(columns, tuple(row.cells for row in listed), numbers, tuple(row.ref for row in listed))


class Sources:
    """Numbers the sources of an answer in the order in which they come up."""

    def __init__(self, network: Network) -> None:
        self._known = network.sources
        self._numbers: dict[str, int] = {}

    def of(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of sources."""
        return tuple(
            sorted(self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in ids if id_ in self._known)
        )  # fmt: skip

    def of_links(self, links: Iterable[EcosystemEdge]) -> tuple[int, ...]:
        """Return the numbers of the sources of relationships, each once."""
        return tuple(sorted({number for link in links for number in self.of(link.sources)}))

    def notes(self) -> tuple[SourceNote, ...]:
        """Return the numbered sources."""
        return tuple(
            SourceNote(number, id_, source_text(self._known[id_]), self._known[id_].url)
            for id_, number in self._numbers.items()
        )


def numbers_text(numbers: tuple[int, ...]) -> str:
    """Return the numbers of sources as a cell."""
    return ", ".join(map(str, numbers))


def name_of(network: Network, record_id: str) -> str:
    """Return the name of a record."""
    return network.nodes[record_id].name


def link_ref(network: Network, link: EcosystemEdge) -> Ref:
    """Return the reference to a relationship, with the sentence it says."""
    return Ref("relationship", (link.id,), sentence(network, link, link.subject))


def record_ref(network: Network, record_id: str) -> Ref:
    """Return the reference to a record."""
    return Ref("record", (record_id,), name_of(network, record_id))


def sentence(network: Network, link: EcosystemEdge, start: str) -> str:
    """Return what a relationship says, read from the end *start*."""
    inverse = link.subject != start
    there = link.subject if inverse else link.object
    return f"{name_of(network, start)} {link_word(link.kind, inverse=inverse)} {name_of(network, there)}"


def span(link: EcosystemEdge) -> str:
    """Return from when to when a relationship holds, empty where nothing is known."""
    if not (link.starts_on or link.ends_on):
        return ""
    return i18n.format_date(f"{link.starts_on or '..'}/{link.ends_on or '..'}") if (
        "/" not in link.starts_on + link.ends_on
    ) else " – ".join(i18n.format_date(one) for one in (link.starts_on, link.ends_on) if one)  # fmt: skip


def kinds_words(kinds: Iterable[str]) -> str:
    """Return which relationships were followed, for the subtitle."""
    return _("by {relationships}").format(relationships=", ".join(link_word(kind) for kind in sorted(kinds)))
