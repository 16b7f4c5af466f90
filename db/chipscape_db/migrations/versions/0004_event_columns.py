"""Events as columns, derived from their rows, so that a base of very many opens at once."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table; it stays empty until somebody reads or writes very many events."""
    op.execute("CREATE TABLE event_column (name TEXT NOT NULL PRIMARY KEY, data BLOB NOT NULL)")
