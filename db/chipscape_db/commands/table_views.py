"""Views of tables: columns, order and filters under a name."""

from sqlalchemy import Engine, select

from chipscape_db.commands.checks import found
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import TableView

_GONE = N_("This view is no longer there; someone deleted it meanwhile.")


def save_table_view(
    engine: Engine, *, author: str, name: str, table: str, content: str, view_id: str | None = None
) -> ChangeSummary | None:
    """Save a table as it is set up, under a name; a view of this table that has the name already is saved anew.

    Raises `Invalid` for an empty name and for one that a view of another table has.
    """
    name = name.strip()
    with record(engine, "save-table-view", name, author=author) as (session, out):
        row = session.scalars(select(TableView).where(TableView.name == name)).first()
        if row is not None and row.table_name == table:
            row.content = content
        else:
            _check_name(session, name)
            session.add(TableView(id=view_id or new_id(), table_name=table, name=name, content=content))
    return out[0] if out else None


def rename_table_view(engine: Engine, *, author: str, view_id: str, name: str) -> ChangeSummary | None:
    """Give a view another name; raises `Invalid` and `NotFound`."""
    name = name.strip()
    with record(engine, "rename-table-view", name, author=author) as (session, out):
        row = found(session, TableView, view_id, _GONE)
        if row.name != name:
            _check_name(session, name)
            row.name = name
    return out[0] if out else None


def delete_table_view(engine: Engine, *, author: str, view_id: str) -> ChangeSummary | None:
    """Delete a view; raises `NotFound`."""
    with engine.connect() as connection:
        name = connection.scalar(select(TableView.name).where(TableView.id == view_id)) or ""
    with record(engine, "delete-table-view", name, author=author) as (session, out):
        session.delete(found(session, TableView, view_id, _GONE))
    return out[0] if out else None


def _check_name(session: RecordedSession, name: str) -> None:
    if not name:
        raise Invalid(N_("A view needs a name."), field="name")
    if session.scalar(select(TableView.id).where(TableView.name == name)) is not None:
        raise Invalid(N_("There is a view '{name}' already; choose another name."), field="name", name=name)
