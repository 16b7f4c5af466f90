"""What the facts screen reads in the background: pure functions that the worker threads run."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipscape_db.errors import NotFound
from chipscape_db.filters import Filters
from chipscape_db.queries.counts import counts
from chipscape_db.queries.forms import (
    RecordSheet,
    Touched,
    claim_state,
    named_by,
    names_of,
    record_sheet,
    relationship_state,
    touched_by,
)
from chipscape_db.queries.tables import FactTable, fact_table
from chipscape_desktop.forms.table_index import SortKeys, TableIndex
from chipscape_desktop.workspace import Job, Selection

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Found:
    """What is selected, the record whose form shows it, and on which tab."""

    selection: Selection
    sheet: RecordSheet
    tab: str


def read_table(
    session: "Session", key: str, filters: Filters, language: str, *, words: str = "", also: str = ""
) -> FactTable:
    """Return a table of what passes the filters; of very many rows those that hold *words*, and the one of *also*."""
    return fact_table(session, key, filters=filters, language=language, words=words, also=also)


def read_counts(session: "Session") -> dict[str, int]:
    """Return how many rows each table has."""
    return counts(session)


def read_form(session: "Session", selection: Selection, language: str) -> Found | None:
    """Return the form that shows what is selected; None when it is no longer there."""
    try:
        if selection.kind == "claim":
            record_id, tab = claim_state(session, selection.id)["subject_id"], "claims"
        elif selection.kind == "relationship":
            record_id, tab = relationship_state(session, selection.id).fields["subject_id"], "links"
        else:
            record_id, tab = selection.id, ""
        return Found(selection, record_sheet(session, record_id, language=language), tab)
    except NotFound:
        return None


@dataclass(frozen=True, slots=True)
class Going:
    """Records that are to go: their ids and names, how much else refers to them, and some of what does by name."""

    ids: list[str]
    names: list[str]
    touched: Touched
    others: list[str]


def read_touched(session: "Session", record_ids: list[str], language: str) -> Going | None:
    """Return what the end of some records would touch; None when none is there any more."""
    names = names_of(session, set(record_ids), language=language)
    there = [one for one in record_ids if one in names]
    if not there:
        return None
    others = named_by(session, there, language=language)
    return Going(there, [names[one] for one in there], touched_by(session, there), others)


def ordered(
    _job: Job, index: TableIndex, keys: SortKeys, words: str, filters: dict[int, str]
) -> tuple[TableIndex, list[int]]:
    """Return the rows of a table in order, narrowed to what is typed."""
    return index, index.order(keys, words=words, filters=filters)
