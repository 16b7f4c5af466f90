"""Records: add one, edit one."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Engine, select

from chipscape_db import vocabulary as words
from chipscape_db.commands.checks import check_unchanged, checked, slug_is_taken, subject_of
from chipscape_db.commands.citations import NewCitation, put_citation
from chipscape_db.commands.fields import NAME, RECORD_FIELDS, Field, Stored, check_order, field_of, stored
from chipscape_db.errors import N_, Conflict, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id, slug_of
from chipscape_db.models import Alias, MapPlace, RecordText
from chipscape_db.queries.forms import MODEL_OF_KIND, RecordState, record_state

Texts = Mapping[tuple[str, str], str]
Aliases = Iterable[tuple[str, str]]

_ALIAS = Field("aliases", required=True)
_LANGUAGE = Field("aliases", "language")


def edit_record(
    engine: Engine,
    *,
    author: str,
    record_id: str,
    fields: Mapping[str, str] | None = None,
    texts: Texts | None = None,
    aliases: Aliases | None = None,
    expected: RecordState | None = None,
) -> ChangeSummary | None:
    """Change what is given of a record and leave the rest; None when nothing differs from what is stored.

    `fields` are texts by field name (see `fields.RECORD_FIELDS`), `texts` by (field, language), an empty one removed;
    `aliases` are all aliases that the record shall have. `expected` is the state that the form was opened with: where
    somebody changed the same thing meanwhile, `Conflict` is raised and nothing is written. Raises `Invalid` with the
    field at fault (`summary_fr` for a text), `NotFound` when the record is gone.
    """
    with record(engine, "edit-record", subject_of(engine, record_id), author=author) as (session, out):
        now = record_state(session, record_id)
        if expected is not None:
            _check_meanwhile(now, expected, fields or {}, texts or {}, aliases)
        put_fields(session, now, fields or {})
        put_texts(session, now, texts or {})
        if aliases is not None:
            put_aliases(session, now, aliases)
    return out[0] if out else None


def rename_record(
    engine: Engine, *, author: str, record_id: str, name: str, expected: str | None = None
) -> ChangeSummary | None:
    """Give a record another everyday name; *expected* is the name that it is thought to have."""
    with record(engine, "rename-record", subject_of(engine, record_id), author=author) as (session, out):
        now = record_state(session, record_id)
        if expected is not None:
            check_unchanged(now.fields, {"name": expected}, {"name": name})
        put_fields(session, now, {"name": name})
    return out[0] if out else None


def add_record(
    engine: Engine,
    *,
    author: str,
    kind: str,
    fields: Mapping[str, str],
    texts: Texts | None = None,
    aliases: Aliases = (),
    citation: NewCitation | None = None,
    uncited: bool = False,
    record_id: str | None = None,
    place: tuple[str, float, float] | None = None,
) -> ChangeSummary | None:
    """Add a record with a slug made from its name; *record_id* gives it an id that the caller knows already.

    *place* puts it on the map: the arrangement, x and y in its units.

    What is not a source itself needs a *citation*, unless it is said to be *uncited*. Raises `Invalid` with the field.
    """
    if kind not in words.RECORD_KINDS:
        raise Invalid(N_("'{kind}' is not a kind of record."), field="kind", kind=kind)
    name = stored(NAME, fields.get("name", ""))
    identity = record_id or new_id()
    with record(engine, "add-record", str(name), author=author) as (session, out):
        put_record(session, identity, kind, fields=fields, citation=citation, uncited=uncited)
        empty = RecordState(identity, "", kind, {}, {}, ())
        put_texts(session, empty, texts or {})
        put_aliases(session, empty, aliases)
        if place is not None:
            arrangement, x, y = place
            session.add(MapPlace(record_id=identity, arrangement=arrangement, x=x, y=y))
    return out[0] if out else None


def put_record(
    session: RecordedSession,
    identity: str,
    kind: str,
    *,
    fields: Mapping[str, str],
    citation: NewCitation | None = None,
    uncited: bool = False,
) -> None:
    """Add a record within the step that *session* records; as `add_record`."""
    if citation is None and not uncited and kind != "source":
        raise Invalid(N_("Name the source of this, or say that it has none yet."), field="citation")
    values: dict[str, Stored] = {
        field.name: checked(session, field, fields.get(field.name, "")) for field in RECORD_FIELDS[kind]
    }
    for unknown in fields.keys() - values.keys():
        field_of(kind, unknown)
    check_order(values, touched=frozenset(values), kind=kind)
    slug = slug_of(str(values["name"]), lambda wanted: slug_is_taken(session, wanted))
    session.add(MODEL_OF_KIND[kind](id=identity, slug=slug, **values))
    session.flush()
    if citation is not None:
        put_citation(session, citation, record_id=identity)


def put_fields(session: RecordedSession, now: RecordState, fields: Mapping[str, str]) -> None:
    """Set those fields of a record that differ from *now*, within the step that *session* records."""
    changed = {name: text for name, text in fields.items() if text != now.fields.get(name)}
    if not changed:
        return
    row = session.get_one(MODEL_OF_KIND[now.kind], now.id)
    values: dict[str, Stored] = {field.name: getattr(row, field.name) for field in RECORD_FIELDS[now.kind]}
    asked = {name: checked(session, field_of(now.kind, name), text, own_id=now.id) for name, text in changed.items()}
    touched = {name for name, value in asked.items() if value != values[name]}
    values |= asked
    check_order(values, touched=frozenset(touched), kind=now.kind)
    _refuse_circles(session, now, touched, values)
    for name in touched:
        setattr(row, name, asked[name])
    session.flush()


def put_texts(session: RecordedSession, now: RecordState, texts: Texts) -> None:
    """Set those texts of a record that differ from *now*, within the step that *session* records; empty is none."""
    for (field, language), text in texts.items():
        place = f"{field}_{language}"
        if field not in words.RECORD_TEXT_FIELDS or (field, language) == ("name", "en"):
            raise Invalid(N_("A record has no text '{field}'."), field=place, name=field)
        clean = stored(Field(place, "long" if field == "summary" else "text"), text) or ""
        assert isinstance(clean, str)
        if clean == now.texts.get((field, language), ""):
            continue
        if field == "summary" and len(clean) > words.LONGEST_SUMMARY:
            raise Invalid(
                N_("This has {count} characters; shorten it to {longest}."),
                field=place,
                count=len(clean),
                longest=words.LONGEST_SUMMARY,
            )
        row = session.get(RecordText, (now.id, field, language))
        if row is None:
            session.add(RecordText(record_id=now.id, field=field, language=language, text=clean))
        elif clean:
            row.text = clean
        else:
            session.delete(row)
    session.flush()


def put_aliases(session: RecordedSession, now: RecordState, aliases: Aliases) -> None:
    """Give a record these aliases and no others, within the step that *session* records."""
    wanted: dict[tuple[str, str], None] = {}
    for alias, language in aliases:
        if alias.strip():
            wanted[str(stored(_ALIAS, alias)), str(stored(_LANGUAGE, language) or "")] = None
    here = {(row.alias, row.language): row for row in session.scalars(select(Alias).where(Alias.record_id == now.id))}
    for key, row in here.items():
        if key not in wanted:
            session.delete(row)
    session.flush()
    for alias, language in wanted:
        if (alias, language) not in here:
            session.add(Alias(id=new_id(), record_id=now.id, alias=alias, language=language))
    session.flush()


def _check_meanwhile(
    now: RecordState, expected: RecordState, fields: Mapping[str, str], texts: Texts, aliases: Aliases | None
) -> None:
    check_unchanged(now.fields, expected.fields, fields)
    check_unchanged(
        {f"{field}_{language}": text for (field, language), text in now.texts.items()},
        {f"{field}_{language}": expected.texts.get((field, language), "") for field, language in texts},
        {f"{field}_{language}": text for (field, language), text in texts.items()},
    )
    if aliases is not None and set(now.aliases) not in (set(expected.aliases), set(aliases)):
        raise Conflict(
            N_("The other names were changed meanwhile; look at them again before you save."), field="aliases"
        )


def _refuse_circles(
    session: RecordedSession, now: RecordState, touched: set[str], values: Mapping[str, Stored]
) -> None:
    """Refuse an organization that would belong to itself and a source that would relay itself, by whatever way."""
    for name in ("parent_id", "relays_id"):
        if name not in touched:
            continue
        column = MODEL_OF_KIND[now.kind].__table__.c
        above, seen = values[name], {now.id}
        while isinstance(above, str):
            if above in seen:
                raise Invalid(N_("This would go round in a circle; choose another."), field=name)
            seen.add(above)
            above = session.execute(select(column[name]).where(column.id == above)).scalar_one_or_none()
