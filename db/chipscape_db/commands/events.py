"""Events as the timeline edits them: one added where it happened, one copied, and dates moved."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from chipscape_db.commands.checks import checked, found, record_kind, slug_is_taken, subject_of
from chipscape_db.commands.fields import NAME, RECORD_FIELDS, Stored, check_order, stored
from chipscape_db.errors import N_, Conflict, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id, slug_of
from chipscape_db.models import Event, Participant, Record, RecordText
from chipscape_db.models.records import Chip, Policy

_GONE = N_("This record is no longer there; someone deleted it meanwhile.")
_ENDS: Mapping[str, str] = {"event": "ends_on", "policy": "ended_on"}


def add_event(
    engine: Engine,
    *,
    author: str,
    fields: Mapping[str, str],
    actor_id: str = "",
    event_id: str | None = None,
) -> ChangeSummary | None:
    """Add an event that nobody has cited a source for yet, with the record that acts in it where there is one.

    *fields* are texts by field name (see `fields.RECORD_FIELDS`). Raises `Invalid` with the field at fault.
    """
    name = stored(NAME, fields.get("name", ""))
    assert isinstance(name, str)
    with record(engine, "add-record", name, author=author) as (session, out):
        values: dict[str, Stored] = {
            field.name: checked(session, field, fields.get(field.name, "")) for field in RECORD_FIELDS["event"]
        }
        check_order(values, touched=frozenset(values), kind="event")
        identity = event_id or new_id()
        _put(session, identity, values)
        if actor_id:
            if record_kind(session, actor_id, field="record_id") in ("event", "source"):
                raise Invalid(
                    N_("An event or a source does not take part in events; choose another."), field="record_id"
                )
            session.add(Participant(event_id=identity, record_id=actor_id, role="actor"))
    return out[0] if out else None


def duplicate_event(
    engine: Engine, *, author: str, event_id: str, name: str, copy_id: str | None = None
) -> ChangeSummary | None:
    """Add an event of the same kind, dates, importance, texts and participants under another name.

    Sources are not copied: they speak of the first event, not of this one.
    """
    told = stored(NAME, name)
    assert isinstance(told, str)
    with record(engine, "add-record", told, author=author) as (session, out):
        event = found(session, Event, event_id, _GONE)
        values: dict[str, Stored] = {field.name: getattr(event, field.name) for field in RECORD_FIELDS["event"]}
        identity = copy_id or new_id()
        _put(session, identity, values | {"name": told})
        summary = RecordText.field == "summary"
        for text in session.scalars(select(RecordText).where(RecordText.record_id == event_id, summary)).all():
            session.add(RecordText(record_id=identity, field=text.field, language=text.language, text=text.text))
        for part in session.scalars(select(Participant).where(Participant.event_id == event_id)).all():
            session.add(Participant(event_id=identity, record_id=part.record_id, role=part.role))
    return out[0] if out else None


def move_dates(
    engine: Engine,
    *,
    author: str,
    record_id: str,
    starts_on: str | None = None,
    ends_on: str | None = None,
    expected: tuple[str | None, str | None] = (None, None),
) -> ChangeSummary | None:
    """Give a record other dates on the axis of time; None leaves one as it is.

    The start of a chip is its release, or its announcement where nothing else is known; that of a rule its entry into
    force, or its announcement. Only events and rules have ends. *expected* are the dates that they are thought to have:
    `Conflict` says that somebody changed them meanwhile. Raises `Invalid` where the end lies before the start.
    """
    with record(engine, "edit-record", subject_of(engine, record_id), author=author) as (session, out):
        kind = record_kind(session, record_id)
        row = found(session, Record, record_id, _GONE)
        start = start_field(row)
        asked = {start: starts_on, _ENDS.get(kind, ""): ends_on}
        known = dict(zip(asked, expected, strict=True))
        touched = {name for name, text in asked.items() if text is not None}
        if "" in touched:
            raise Invalid(N_("A {kind} has no end; only events and rules have one."), field="ends_on", kind=kind)
        fields = {field.name: field for field in RECORD_FIELDS[kind]}
        values: dict[str, Stored] = {name: getattr(row, name) for name in fields}
        for name in touched:
            if known[name] is not None and (values[name] or "") != known[name]:
                raise Conflict(
                    N_("This was changed meanwhile to '{now}'; look at it again before you save."),
                    field=name,
                    now=str(values[name] or ""),
                )
            values[name] = checked(session, fields[name], asked[name] or "")
        check_order(values, touched=frozenset(touched), kind=kind)
        for name in touched:
            if getattr(row, name) != values[name]:
                setattr(row, name, values[name])
    return out[0] if out else None


def start_field(row: Record) -> str:
    """Return the name of the field that places a record on the axis of time."""
    if isinstance(row, Event):
        return "starts_on"
    if isinstance(row, Policy):
        return "effective_on" if row.effective_on else "announced_on"
    if isinstance(row, Chip):
        return "released_on" if row.released_on else "announced_on"
    if row.kind in ("model", "software"):
        return "released_on"
    raise Invalid(N_("A {kind} does not stand on the timeline."), field="starts_on", kind=row.kind)


def _put(session: RecordedSession, identity: str, values: Mapping[str, Stored]) -> None:
    slug = slug_of(str(values["name"]), lambda wanted: slug_is_taken(session, wanted))
    session.add(Event(id=identity, slug=slug, **values))
    session.flush()
