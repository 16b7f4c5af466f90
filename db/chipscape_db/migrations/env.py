"""Alembic's environment; it always runs on a connection that the application hands in."""

from typing import Any

from alembic import context

from chipscape_db.models import Base


def _ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Leave what is derived out of comparisons: no model is mapped to the search index and the columns of events."""
    return not (kind == "table" and ((name or "").startswith("search_") or name == "event_column"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_server_default=True,
    include_object=_ours,
)
with context.begin_transaction():
    context.run_migrations()
