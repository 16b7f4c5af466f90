"""The views of tables that somebody saved."""

from dataclasses import dataclass

from sqlalchemy import select

from chipscape_db.models import TableView
from chipscape_db.queries import Reader


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view: its table, its name, and how the table is set up, as JSON (see `TableSetup` on the desktop)."""

    id: str
    table: str
    name: str
    content: str


def table_views(session: Reader) -> list[ViewRow]:
    """Return the saved views by name."""
    query = select(TableView.id, TableView.table_name, TableView.name, TableView.content).order_by(TableView.name)
    return [ViewRow(*row) for row in session.execute(query)]
