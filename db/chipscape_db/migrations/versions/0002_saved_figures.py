"""Saved figures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of saved figures."""
    op.create_table(
        "saved_figure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_figure_name_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_figure")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_figure_name")),
    )
