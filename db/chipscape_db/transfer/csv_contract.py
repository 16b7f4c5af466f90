"""The text form of a fact base: which CSV files, which columns, and what each cell may hold.

The contract itself is `seed/README.md`. Further files are written only when a base holds what the contract has no
place for, and read wherever they lie beside the others; the README lists them too. What such a file does not speak of
stays as it is in the base that it is loaded into.

In `ranks.csv`, `claim` and `repeats` are fingerprints of rows of `claims.csv`: `chipscape_db.identity.id_of` over the
columns that say what is claimed (`CLAIM_KEY`); in `quotes.csv`, `id` is that of a row of the file that `of` names, for
citations over all their cells. In `exceptions.csv`, `id` is the first cell of the row, or the subject's
id for claims, citations and aliases. Only rules that nothing else rests on can be excepted: a text not written yet,
a missing citation, a length, an address, typography, the order of dates, EDTF dates beyond plain ones (`2025~`). So
a base in the middle of its work leaves and comes back whole, while facts without exceptions meet the whole contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from chipscape_db import vocabulary as words

Form: TypeAlias = Literal[
    "text", "id", "new id", "date", "period", "word", "url", "language", "country", "count", "number", "size"
]


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column may hold.

    `files` are those that hold the ids which a reference may name, `words` the closed list of a word, `longest` the
    most characters; `optional` means that an empty cell ("not known") is a rightful answer, `may_wait` that an empty
    cell is a gap which a row may leave if `exceptions.csv` says so. A `verbatim` text was written elsewhere, or by a
    program, and keeps its own blanks and quotes.
    """

    name: str
    form: Form = "text"
    optional: bool = False
    words: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    longest: int | None = None
    may_wait: bool = False
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file: its columns in order, and whether each of its rows needs a citation."""

    name: str
    columns: tuple[Column, ...]
    cited: bool = False

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return f"{self.name}.csv"

    @property
    def header(self) -> list[str]:
        """Return the names of the columns in order."""
        return [column.name for column in self.columns]


RECORDS: Final = ("organizations", "chips", "models", "software", "policies", "sectors")
CITED: Final = (*RECORDS, "events", "relationships")
HOLDERS_OF_IDS: Final = ("sources", *CITED)
USED_BEFORE_ANNOUNCED: Final = frozenset({"google-tpu-v1"})
"""Chips at work in their maker's data centres before it spoke of them: their dates are out of order, rightly."""


def _word(name: str, listed: tuple[str, ...], *, optional: bool = False, may_wait: bool = False) -> Column:
    return Column(name, "word", optional, words=listed, may_wait=may_wait)


def _date(name: str, *, optional: bool = True) -> Column:
    return Column(name, "date", optional)


def _one_of(name: str, *files: str, optional: bool = False) -> Column:
    return Column(name, "id", optional, files=files)


def _maybe(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, optional=True) for name in names)


_ID = Column("id", "new id")
_NAME = Column("name")
_SUMMARIES = tuple(
    Column(f"summary_{language}", longest=words.LONGEST_SUMMARY, may_wait=True) for language in ("en", "fr")
)
_LANGUAGE = Column("language", "language", optional=True)
_LOCATOR = Column("locator", optional=True)
_SOURCE = _one_of("source_id", "sources")
_RECORD = _one_of("record_id", "sources", *RECORDS, "events")
_OPENNESS = _word("openness", words.OPENNESS, optional=True)


def _verbatim(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, optional=True, verbatim=True) for name in names)


def _organization(name: str) -> Column:
    return _one_of(name, "organizations", optional=True)


def _maker(name: str) -> Column:
    return Column(name, "id", files=("organizations",), may_wait=True)


def _wordings(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, may_wait=True) for name in names)


_TABLES = (
    Table("sources", (
        _ID, Column("title"), *_maybe("publisher", "author"), Column("url", "url", optional=True),
        _date("published_on"), _word("kind", words.SOURCE_KINDS), _LANGUAGE,
        _one_of("relays_id", "sources", optional=True), *_maybe("note"),
    )),
    Table("organizations", (
        _ID, _NAME, *_maybe("name_native"), _word("kind", words.ORGANIZATION_KINDS),
        Column("country", "country", optional=True), _organization("parent_id"), _date("founded_on"),
        Column("website", "url", optional=True), *_SUMMARIES,
    ), cited=True),
    Table("chips", (
        _ID, _NAME, _maker("designer_id"), *_maybe("family", "architecture"),
        _organization("foundry_id"), _date("announced_on"), _date("released_on"),
        _word("status", words.CHIP_STATUSES, optional=True), *_maybe("form_factor"), *_SUMMARIES,
    ), cited=True),
    Table("models", (
        _ID, _NAME, _organization("developer_id"), *_maybe("family"), _date("released_on"), _OPENNESS,
        *_maybe("licence"), _word("modality", words.MODALITIES, may_wait=True), *_SUMMARIES,
    ), cited=True),
    Table("software", (
        _ID, _NAME, _organization("developer_id"), _word("layer", words.SOFTWARE_LAYERS), _date("released_on"),
        _OPENNESS, *_maybe("licence"), *_SUMMARIES,
    ), cited=True),
    Table("policies", (
        _ID, _NAME, _maker("authority_id"), _date("announced_on"), _date("effective_on"),
        _date("ended_on"), _word("status", words.POLICY_STATUSES), *_SUMMARIES,
    ), cited=True),
    Table("sectors", (_ID, Column("name_en"), Column("name_fr", may_wait=True), *_SUMMARIES), cited=True),
    Table("events", (
        _ID, Column("title_en", longest=70), Column("title_fr", longest=70, may_wait=True),
        _word("kind", words.EVENT_KINDS), _date("starts_on", optional=False), _date("ends_on"),
        _word("importance", tuple(str(number) for number in words.IMPORTANCES)), *_SUMMARIES,
    ), cited=True),
    Table("event_participants", (
        _one_of("event_id", "events"), _one_of("entity_id", *RECORDS), _word("role", words.PARTICIPANT_ROLES),
    )),
    Table("relationships", (
        _ID, _one_of("subject_id", *RECORDS, "events"), _word("kind", tuple(words.RELATIONSHIP_KINDS)),
        _one_of("object_id", *RECORDS, "events"), _date("starts_on"), _date("ends_on"), *_SUMMARIES,
    ), cited=True),
    Table("claims", (
        _one_of("subject_id", *RECORDS, "events"), Column("metric"), Column("value"), Column("unit", optional=True),
        _word("sparsity", words.SPARSITIES, optional=True), _word("engine", words.ENGINES, optional=True),
        _word("scope", words.SCOPES, optional=True), Column("scope_count", "count", optional=True),
        _word("direction", words.DIRECTIONS, optional=True), _word("bound", words.BOUNDS, optional=True),
        Column("period", "period", optional=True), *_maybe("condition"), _word("stance", words.STANCES), _SOURCE,
        _LOCATOR, *_maybe("note"),
    )),
    Table("citations", (_one_of("subject_id", *HOLDERS_OF_IDS), *_maybe("field"), _SOURCE, _LOCATOR)),
    Table("aliases", (_one_of("record_id", *RECORDS, "events", "sources"), Column("alias"), _LANGUAGE)),
    Table("seed_claims", (
        Column("n", "number"), *_wordings("statement_en", "statement_fr"), _word("verdict", words.VERDICTS),
        *_wordings("source_ids", "comment_en", "comment_fr"),
    )),
)  # fmt: skip
_EXTRA_TABLES = (
    Table("texts", tuple(Column(name) for name in ("id", "field", "language", "text"))),
    Table(
        "ranks",
        (
            Column("claim"),
            Column("asserted_on", optional=True),
            _word("rank", words.RANKS),
            *_maybe("rank_reason", "repeats"),
        ),
    ),
    Table("source_details", (_SOURCE, *_verbatim("doi"), _word("reliability", words.RELIABILITIES, optional=True))),
    Table("quotes", (_word("of", ("claims", "citations")), Column("id"), Column("quote", verbatim=True))),
    Table(
        "snapshots",
        (
            _SOURCE,
            *_verbatim("name", "media_type"),
            Column("sha256"),
            Column("size", "size"),
            Column("taken_on"),
        ),
    ),
    Table("reviews", (_RECORD, *_verbatim("author"), Column("at"))),
    Table(
        "dismissals",
        (
            Column("key", verbatim=True),
            replace(_RECORD, optional=True),
            Column("reason", verbatim=True),
            *_verbatim("author"),
            Column("at"),
        ),
    ),
    Table("former_slugs", (Column("slug", "new id"), _RECORD)),
    Table("figures", (Column("name", verbatim=True), Column("figure"), Column("content", verbatim=True))),
    Table("table_views", (Column("name", verbatim=True), Column("table"), Column("content", verbatim=True))),
    Table("map_places", (_RECORD, Column("arrangement", verbatim=True), Column("x"), Column("y"))),
    Table("ids", (_word("of", ("records", "relationships", "claims")), Column("id"), Column("uuid"))),
    Table("exceptions", tuple(Column(name) for name in ("file", "id", "column"))),
)
TABLES: Final[Mapping[str, Table]] = MappingProxyType({table.name: table for table in _TABLES})
"""The files of the contract, those first that others refer to."""

EXTRA_TABLES: Final[Mapping[str, Table]] = MappingProxyType({table.name: table for table in _EXTRA_TABLES})
"""The files that are there only when needed."""

ALL_TABLES: Final[Mapping[str, Table]] = MappingProxyType({**TABLES, **EXTRA_TABLES})

DATES_IN_ORDER: Final = (
    ("announced_on", "released_on"),
    ("announced_on", "effective_on"),
    ("effective_on", "ended_on"),
    ("starts_on", "ends_on"),
)
CLAIM_KEY: Final = tuple(name for name in TABLES["claims"].header if name not in ("unit", "stance", "locator", "note"))
"""The columns that say what is claimed, under which conventions, by which source."""
