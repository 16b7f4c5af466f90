"""Networks from files: brought in as one step that can be undone."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine

from chipscape_db.commands.records import put_fields, put_texts
from chipscape_db.commands.relationships import put_relationship_fields, put_relationship_texts
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import (
    Alias,
    Base,
    Citation,
    MapPlace,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    Source,
)
from chipscape_db.models.base import with_bounds
from chipscape_db.queries.forms import MODEL_OF_KIND, record_state, relationship_state
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.mapping import ImportMapping
from chipscape_db.transfer.networks.outcome import NewLink, NewRecord, Plan
from chipscape_db.transfer.networks.plan import BY_HAND, plan_import, source_id_of
from chipscape_db.vocabulary import SOURCE_KINDS


def import_network(
    engine: Engine,
    *,
    author: str,
    network: NetworkFile,
    mapping: ImportMapping,
    name: str,
    keep_places: bool = True,
    leave_out: bool = False,
    update: bool = False,
) -> ChangeSummary | None:
    """Bring a network into the base as *mapping* understands it; *name* is the file's, for the history.

    What is there already stays as it is, unless *update* is asked for: then what the file says otherwise of it holds.
    None when nothing is new. Where nodes or edges cannot come in, `Invalid` says
    the first and how many there are, and nothing is written; with *leave_out* they stay out and the rest comes in.
    """
    with record(engine, "import-network", name, author=author) as (session, out):
        plan = plan_import(session, network, mapping, keep_places=keep_places, update=update)
        if plan.obstacles and not leave_out:
            first = plan.obstacles[0]
            raise Invalid(
                N_("{count} nodes and edges of “{name}” cannot come in; the first is {on} {id}: {reason}"),
                field="obstacles", count=len(plan.obstacles), name=name, on=first.on, id=first.id,
                reason=str(first.reason),
            )  # fmt: skip
        _write(session, plan)
        _put_updates(session, plan)
    return out[0] if out else None


def _write(session: RecordedSession, plan: Plan) -> None:
    sources = [_source_rows(one) for one in plan.new_sources]
    # What refers to what is written after it, references among records of the file at the end of the step.
    session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    session.insert_rows(Record, [row for row, _own in sources])
    session.insert_rows(Source, [own for _row, own in sources])
    session.insert_rows(
        Record, [{"id": one.id, "kind": one.kind, "slug": one.slug, "name": one.name} for one in plan.records]
    )
    for kind, model in MODEL_OF_KIND.items():
        session.insert_rows(model, [_own_row(model, one.id, one.fields) for one in plan.records if one.kind == kind])
    session.insert_rows(RecordText, [
        {"record_id": one.id, "field": "summary", "language": language, "text": text}
        for one in plan.records for language, text in one.summaries.items()
    ])  # fmt: skip
    session.insert_rows(Alias, [
        {"id": new_id(), "record_id": one.id, "alias": alias, "language": ""}
        for one in plan.records for alias in dict.fromkeys(one.aliases)
    ])  # fmt: skip
    session.insert_rows(Relationship, [
        with_bounds(
            {
                "id": one.id, "slug": one.slug, "subject_id": one.subject, "kind": one.kind, "object_id": one.object,
                "starts_on": one.starts_on, "ends_on": one.ends_on,
            },
            "starts_on", "ends_on",
        )
        for one in plan.links
    ])  # fmt: skip
    session.insert_rows(RelationshipText, [
        {"relationship_id": one.id, "language": language, "text": text}
        for one in plan.links for language, text in one.summaries.items()
    ])  # fmt: skip
    session.insert_rows(Citation, [*_citations(plan.records, "record_id"), *_citations(plan.links, "relationship_id")])
    _put_places(session, plan)
    session.flush()


def _own_row(model: type[Base], id_: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole row of the table of a kind of record."""
    row: dict[str, Any] = {column.name: None for column in model.__table__.columns}
    row |= {"id": id_, **fields}
    return with_bounds(row, *model.dates)


def _source_rows(told: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    id_ = source_id_of(told)
    columns = {column.name for column in Source.__table__.columns}
    fields: dict[str, Any] = {name: text or None for name, text in told.items() if name in columns}
    if fields.get("source_kind") not in SOURCE_KINDS:
        fields["source_kind"] = "reference"
    record_row = {"id": id_, "kind": "source", "slug": told["slug"], "name": told["name"]}
    return record_row, _own_row(Source, id_, fields)


def _citations(cited: Iterable[NewRecord | NewLink], owner: str) -> list[dict[str, Any]]:
    empty = {column.name: None for column in Citation.__table__.columns}
    return [
        {**empty, "id": new_id(), owner: one.id, "source_id": source} for one in cited for source in one.sources
    ]  # fmt: skip


def _put_places(session: RecordedSession, plan: Plan) -> None:
    for id_, (x, y) in plan.places.items():
        row = session.get(MapPlace, (id_, BY_HAND))
        if row is None:
            session.add(MapPlace(record_id=id_, arrangement=BY_HAND, x=x, y=y))
        else:
            row.x, row.y = x, y


def _put_updates(session: RecordedSession, plan: Plan) -> None:
    for one in plan.updates:
        if one.on == "node":
            now = record_state(session, one.id)
            put_fields(session, now, one.fields)
            put_texts(session, now, {("summary", language): text for language, text in one.texts.items()})
            continue
        there = relationship_state(session, one.id)
        put_relationship_fields(session, one.id, there.fields, one.fields)
        put_relationship_texts(session, one.id, one.texts, there.texts)
