"""Saved figures: save, change, rename, duplicate, delete."""

from sqlalchemy import Engine, select

from chipscape_db.commands.checks import found
from chipscape_db.errors import N_, Conflict, Invalid
from chipscape_db.figure_content import FigureContent
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import SavedFigure

_GONE = N_("This figure is no longer there; someone deleted it meanwhile.")


def save_figure(
    engine: Engine, *, author: str, name: str, content: FigureContent, figure_id: str | None = None
) -> ChangeSummary | None:
    """Save a figure under a name of its own; raises `Invalid` for an empty name and one that another figure has."""
    name = name.strip()
    with record(engine, "save-figure", name, author=author) as (session, out):
        _check_name(session, name)
        session.add(SavedFigure(id=figure_id or new_id(), name=name, figure=content.figure, content=content.to_json()))
    return out[0] if out else None


def edit_figure(
    engine: Engine, *, author: str, figure_id: str, content: FigureContent, expected: FigureContent | None = None
) -> ChangeSummary | None:
    """Save a figure anew as it is now; raises `NotFound`, and `Conflict` where it is not as *expected* any more."""
    with record(engine, "edit-figure", _name(engine, figure_id), author=author) as (session, out):
        row = found(session, SavedFigure, figure_id, _GONE)
        if expected is not None and (row.figure, row.content) != (expected.figure, expected.to_json()):
            raise Conflict(N_("This figure was changed meanwhile; look at it again before you save."), field="content")
        row.figure, row.content = content.figure, content.to_json()
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
    if session.scalar(select(SavedFigure.id).where(SavedFigure.name == name)) is not None:
        raise Invalid(N_("There is a figure '{name}' already; choose another name."), field="name", name=name)


def _name(engine: Engine, figure_id: str) -> str:
    with engine.connect() as connection:
        return connection.scalar(select(SavedFigure.name).where(SavedFigure.id == figure_id)) or ""
