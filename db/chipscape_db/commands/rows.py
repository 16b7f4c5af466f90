"""Many rows of one table at once: what is pasted from a spreadsheet, and one field changed in all selected rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from chipscape_db.commands.checks import check_unchanged
from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.claims import put_claim, put_claim_values
from chipscape_db.commands.records import put_fields, put_record
from chipscape_db.commands.relationships import put_relationship, put_relationship_fields
from chipscape_db.errors import N_, FactsError, Invalid
from chipscape_db.faults import explained
from chipscape_db.history import ChangeSummary, RecordedSession, record, writing
from chipscape_db.queries.forms import claim_state, record_state, relationship_state


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One row to add (`is_new`) or to change, with the texts of its fields.

    `number` is its place in what was pasted, from 1. `expected` are the texts that a row to change is thought to hold.
    """

    number: int
    identity: str
    is_new: bool
    fields: Mapping[str, str]
    expected: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RowFault:
    """What the world has against one row."""

    number: int
    error: FactsError


@dataclass(frozen=True, slots=True)
class Resting:
    """What new rows rest on: a source, with a place in it, or nothing yet."""

    source_id: str = ""
    locator: str = ""

    def citation(self) -> NewCitation | None:
        """Return it as a citation, None for nothing."""
        return NewCitation(self.source_id, self.locator) if self.source_id else None


class _Rehearsed(Exception):
    """Ends a rehearsal, so that nothing of it is written."""


def put_rows(
    engine: Engine,
    *,
    author: str,
    table: str,
    rows: Sequence[RowEdit],
    subject: str,
    resting: Resting | None = None,
    lang: str = "en",
    reason: str = "",
) -> ChangeSummary | None:
    """Add and change rows of a table (a kind of record, `relationship` or `claim`) as one step, all or none.

    New rows cite *resting*. The first row that the world has something against is raised, with its number.
    """
    action = "paste-rows" if any(row.is_new for row in rows) else "edit-rows"
    with record(engine, action, subject, author=author, reason=reason) as (session, out):
        for row in rows:
            try:
                _put(session, table, row, resting or Resting(), lang)
            except FactsError as error:
                error.params["row"] = row.number
                raise
    return out[0] if out else None


def try_rows(
    engine: Engine, *, table: str, rows: Iterable[RowEdit], resting: Resting | None = None, lang: str = "en"
) -> list[RowFault]:
    """Return what `put_rows` would refuse, row by row; nothing is written."""
    faults = []
    try:
        with writing(engine, "edit", "paste-rows", "", author="") as (session, _):
            for row in rows:
                try:
                    with explained(), session.begin_nested():
                        _put(session, table, row, resting or Resting(), lang)
                except FactsError as error:
                    faults.append(RowFault(row.number, error))
            raise _Rehearsed
    except _Rehearsed:
        return faults


def _put(session: RecordedSession, table: str, row: RowEdit, resting: Resting, lang: str) -> None:
    if table == "relationship":
        if row.is_new:
            put_relationship(session, row.identity, row.fields, citation=resting.citation(), uncited=True)
        else:
            told = relationship_state(session, row.identity).fields
            check_unchanged(told, row.expected or {}, row.fields)
            put_relationship_fields(session, row.identity, told, row.fields)
    elif table == "claim":
        _put_claim(session, row, resting, lang)
    elif row.is_new:
        put_record(session, row.identity, table, fields=row.fields, citation=resting.citation(), uncited=True)
    else:
        now = record_state(session, row.identity)
        check_unchanged(now.fields, row.expected or {}, row.fields)
        put_fields(session, now, row.fields)


def _put_claim(session: RecordedSession, row: RowEdit, resting: Resting, lang: str) -> None:
    values = {name: text for name, text in row.fields.items() if name != "subject_id"}
    if not row.is_new:
        now = claim_state(session, row.identity)
        check_unchanged(now, row.expected or {}, values)
        put_claim_values(session, row.identity, now=now, values=values, lang=lang)
        return
    if not row.fields.get("subject_id"):
        raise Invalid(N_("This must not be empty."), field="subject_id")
    if not values.get("source_id"):
        values |= {"source_id": resting.source_id, "locator": values.get("locator") or resting.locator}
    put_claim(session, row.identity, subject_id=row.fields["subject_id"], values=values, lang=lang)
