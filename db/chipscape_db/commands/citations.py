"""Citations: what a record or a relationship rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from chipscape_db.commands.checks import check_reference, check_unchanged, found, subject_of
from chipscape_db.commands.fields import RECORD_FIELDS, RELATIONSHIP_FIELDS, Field, shown, stored
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import Citation, Record, Relationship

_SOURCE = Field("source_id", "record", refers_to="source", required=True)
_LOCATOR = Field("locator")
_QUOTE = Field("quote", "long")
_GONE = N_("This citation is no longer there; someone deleted it meanwhile.")
_TEXTS = ("name", "summary", "aliases")


@dataclass(frozen=True, slots=True)
class NewCitation:
    """A source to be cited: its id, the place in it, the field it is cited for (empty: for the whole), its words."""

    source_id: str
    locator: str = ""
    field: str = ""
    quote: str = ""


def add_citation(
    engine: Engine,
    *,
    author: str,
    citation: NewCitation,
    record_id: str | None = None,
    relationship_id: str | None = None,
    citation_id: str | None = None,
) -> ChangeSummary | None:
    """Cite a source for a record or a relationship; raises `Invalid` and `NotFound`."""
    if (record_id is None) == (relationship_id is None):
        raise ValueError("a citation is of one record or of one relationship")
    subject = subject_of(engine, record_id or relationship_id or "")
    with record(engine, "add-citation", subject, author=author) as (session, out):
        put_citation(session, citation, record_id=record_id, relationship_id=relationship_id, citation_id=citation_id)
    return out[0] if out else None


def put_citation(
    session: RecordedSession,
    citation: NewCitation,
    *,
    record_id: str | None = None,
    relationship_id: str | None = None,
    citation_id: str | None = None,
) -> None:
    """Check a citation and add it within the step that *session* records."""
    source_id, field = _checked(session, citation, record_id, relationship_id)
    session.add(
        Citation(
            id=citation_id or new_id(),
            record_id=record_id,
            relationship_id=relationship_id,
            field=field,
            source_id=source_id,
            locator=stored(_LOCATOR, citation.locator),
            quote=stored(_QUOTE, citation.quote),
        )
    )
    session.flush()


def edit_citation(
    engine: Engine,
    *,
    author: str,
    citation_id: str,
    values: Mapping[str, str],
    expected: Mapping[str, str] | None = None,
) -> ChangeSummary | None:
    """Change the source, place, field or words of a citation; *expected* as in `edit_record`. None: nothing differs."""
    with record(engine, "edit-citation", subject_of(engine, citation_id), author=author) as (session, out):
        row = found(session, Citation, citation_id, _GONE)
        now = {name: shown(getattr(row, name)) for name in ("source_id", "locator", "field", "quote")}
        if expected is not None:
            check_unchanged(now, expected, values)
        wanted = NewCitation(**(now | dict(values)))
        source_id, field = _checked(session, wanted, row.record_id, row.relationship_id)
        row.source_id, row.field = source_id, field
        row.locator, row.quote = _text(_LOCATOR, wanted.locator), _text(_QUOTE, wanted.quote)
    return out[0] if out else None


def _text(field: Field, text: str) -> str | None:
    value = stored(field, text)
    return None if value is None else str(value)


def _checked(
    session: RecordedSession, citation: NewCitation, record_id: str | None, relationship_id: str | None
) -> tuple[str, str | None]:
    """Return the source and the field of a citation; raise `Invalid` or `NotFound` where they do not fit."""
    source_id = str(stored(_SOURCE, citation.source_id))
    check_reference(session, _SOURCE, source_id, own_id=record_id or "")
    if record_id is not None:
        kind = found(
            session, Record, record_id, N_("This record is no longer there; someone deleted it meanwhile.")
        ).kind
        known = {field.name for field in RECORD_FIELDS[kind]} | set(_TEXTS)
    else:
        found(session, Relationship, relationship_id or "", N_("This relationship is no longer there."))
        known = {field.name for field in RELATIONSHIP_FIELDS} | {"summary"}
    if citation.field and citation.field not in known:
        raise Invalid(N_("There is no field '{name}' to cite a source for."), field="field", name=citation.field)
    return source_id, citation.field or None


def delete_citation(engine: Engine, *, author: str, citation_id: str) -> ChangeSummary | None:
    """Cite a source no longer; raises `NotFound`."""
    with record(engine, "delete-citation", subject_of(engine, citation_id), author=author) as (session, out):
        session.delete(found(session, Citation, citation_id, _GONE))
    return out[0] if out else None
