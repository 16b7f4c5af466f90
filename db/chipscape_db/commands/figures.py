"""Saved figures: save, change, rename, duplicate, delete."""

from collections.abc import Sequence

from sqlalchemy import Engine, select

from chipscape_db.commands.checks import found
from chipscape_db.errors import N_, Conflict, Invalid
from chipscape_db.figure_content import MAP_NOTES, FigureContent, seen_of
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import SavedFigure
from chipscape_db.queries.properties import base_state

_GONE = N_("This figure is no longer there; someone deleted it meanwhile.")


def save_figure(
    engine: Engine, *, author: str, name: str, content: FigureContent, figure_id: str | None = None
) -> ChangeSummary | None:
    """Save a figure under a name of its own; raises `Invalid` for an empty name and one that another figure has."""
    name = name.strip()
    with record(engine, "save-figure", name, author=author) as (session, out):
        _check_name(session, name)
        _add(session, name, content, figure_id)
    return out[0] if out else None


def save_map_notes(
    engine: Engine, *, author: str, name: str, content: FigureContent, figure_id: str | None = None
) -> ChangeSummary | None:
    """Keep the first texts and areas of a map under the *name* of its arrangement; raises `Invalid` if there are any.

    The name is that of `queries.ecosystem.notes_name`.
    """
    with record(engine, "save-figure", name, author=author) as (session, out):
        _refuse_twice(session, name)
        _add(session, name, content, figure_id)
    return out[0] if out else None


def _add(session: RecordedSession, name: str, content: FigureContent, figure_id: str | None) -> None:
    stored = content.to_json(seen=base_state(session).changeset)
    session.add(SavedFigure(id=figure_id or new_id(), name=name, figure=content.figure, content=stored))


def edit_figure(
    engine: Engine, *, author: str, figure_id: str, content: FigureContent, expected: FigureContent | None = None
) -> ChangeSummary | None:
    """Save a figure anew as it is now; raises `NotFound`, and `Conflict` where it is not as *expected* any more.

    Up to which change its facts were seen stays: only `take_over_as_seen` says so.
    """
    with record(engine, "edit-figure", _name(engine, figure_id), author=author) as (session, out):
        row = found(session, SavedFigure, figure_id, _GONE)
        stored = FigureContent.from_json(row.figure, row.content)
        if expected is not None and stored != expected:
            raise Conflict(N_("This figure was changed meanwhile; look at it again before you save."), field="content")
        if stored != content:
            row.figure, row.content = content.figure, content.to_json(seen=seen_of(row.content))
    return out[0] if out else None


def take_over_as_seen(engine: Engine, *, author: str, figure_ids: Sequence[str]) -> ChangeSummary | None:
    """Remember of saved figures that their facts were seen as they are now; raises `NotFound`."""
    names = [_name(engine, figure_id) for figure_id in figure_ids]
    with record(engine, "see-figures", ", ".join(names), author=author) as (session, out):
        now = base_state(session).changeset
        for figure_id in figure_ids:
            row = found(session, SavedFigure, figure_id, _GONE)
            row.content = FigureContent.from_json(row.figure, row.content).to_json(seen=now)
    return out[0] if out else None


def rename_figure(engine: Engine, *, author: str, figure_id: str, name: str) -> ChangeSummary | None:
    """Give a saved figure another name; raises `Invalid` and `NotFound`."""
    name = name.strip()
    with record(engine, "rename-figure", name, author=author) as (session, out):
        row = found(session, SavedFigure, figure_id, _GONE)
        if row.name != name:
            _check_name(session, name)
            row.name = name
    return out[0] if out else None


def duplicate_figure(
    engine: Engine, *, author: str, figure_id: str, name: str, copy_id: str | None = None
) -> ChangeSummary | None:
    """Save a copy of a figure under another name; raises `Invalid` and `NotFound`."""
    name = name.strip()
    with record(engine, "duplicate-figure", name, author=author) as (session, out):
        row = found(session, SavedFigure, figure_id, _GONE)
        _check_name(session, name)
        session.add(SavedFigure(id=copy_id or new_id(), name=name, figure=row.figure, content=row.content))
    return out[0] if out else None


def delete_figure(engine: Engine, *, author: str, figure_id: str) -> ChangeSummary | None:
    """Delete a saved figure; raises `NotFound`."""
    with record(engine, "delete-figure", _name(engine, figure_id), author=author) as (session, out):
        session.delete(found(session, SavedFigure, figure_id, _GONE))
    return out[0] if out else None


def _check_name(session: RecordedSession, name: str) -> None:
    if not name:
        raise Invalid(N_("A figure needs a name."), field="name")
    if name.startswith(MAP_NOTES):
        template = N_("Names that begin with “{begin}” are those of the texts on maps; choose another name.")
        raise Invalid(template, field="name", begin=MAP_NOTES)
    _refuse_twice(session, name)


def _refuse_twice(session: RecordedSession, name: str) -> None:
    if session.scalar(select(SavedFigure.id).where(SavedFigure.name == name)) is not None:
        raise Invalid(N_("There is a figure '{name}' already; choose another name."), field="name", name=name)


def _name(engine: Engine, figure_id: str) -> str:
    with engine.connect() as connection:
        return connection.scalar(select(SavedFigure.name).where(SavedFigure.id == figure_id)) or ""
