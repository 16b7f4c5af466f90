"""What curators keep beside the facts, places on the map, rival dates, causes of events, and merged changesets."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

METRICS = (
    "date.starts-on", "date.ends-on", "date.announced-on", "date.released-on", "date.effective-on", "date.ended-on",
)  # fmt: skip
RELATIONSHIP_KINDS = (
    "designs", "manufactures", "develops", "supplies", "buys-from", "runs-on", "trained-on", "supports",
    "partners-with", "invests-in", "owns", "competes-with", "restricts", "serves", "succeeds", "based-on", "part-of",
    "variant-of", "leads-to",
)  # fmt: skip


def upgrade() -> None:
    """Create the new tables and columns, and let an event lead to another."""
    op.create_table(
        "snapshot_content",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_snapshot_content")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.String(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_snapshot_size_known")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["snapshot_content.sha256"], name=op.f("fk_snapshot_sha256_snapshot_content")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_snapshot_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
    )
    op.create_index("ix_snapshot_sha256", "snapshot", ["sha256"], unique=False)
    op.create_index("ix_snapshot_source_id", "snapshot", ["source_id"], unique=False)
    op.create_table(
        "review_mark",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_review_mark_record_id_record")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_review_mark")),
    )
    op.create_table(
        "dismissal",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_dismissal_reason_not_empty")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_dismissal_record_id_record")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dismissal")),
    )
    op.create_index("ix_dismissal_record_id", "dismissal", ["record_id"], unique=False)
    op.create_table(
        "former_slug",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_former_slug_record_id_record")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_former_slug")),
    )
    op.create_index("ix_former_slug_record_id", "former_slug", ["record_id"], unique=False)
    op.create_table(
        "table_view",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_table_view_name_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_view")),
        sa.UniqueConstraint("name", name=op.f("uq_table_view_name")),
    )
    op.create_table(
        "map_place",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("arrangement", sa.String(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_map_place_record_id_record")),
        sa.PrimaryKeyConstraint("record_id", "arrangement", name=op.f("pk_map_place")),
    )
    op.add_column("claim", sa.Column("quote", sa.String(), nullable=True))
    op.add_column("citation", sa.Column("quote", sa.String(), nullable=True))
    with op.batch_alter_table("source", recreate="always") as source:
        source.add_column(sa.Column("doi", sa.String(), nullable=True))
        source.add_column(sa.Column("reliability", sa.String(), nullable=True))
        source.create_check_constraint(op.f("ck_source_reliability_known"), "reliability IN ('high', 'medium', 'low')")
    with op.batch_alter_table("changeset", recreate="always", table_kwargs={"sqlite_autoincrement": True}) as changeset:
        changeset.add_column(sa.Column("reason", sa.String(), nullable=True))
        changeset.add_column(sa.Column("part_of_id", sa.Integer(), nullable=True))
        changeset.create_foreign_key(op.f("fk_changeset_part_of_id_changeset"), "changeset", ["part_of_id"], ["id"])
        changeset.create_index("ix_changeset_part_of_id", ["part_of_id"])
    with op.batch_alter_table("relationship", recreate="always") as relationship:
        relationship.drop_constraint(op.f("ck_relationship_kind_known"), type_="check")
        listed = ", ".join(repr(kind) for kind in RELATIONSHIP_KINDS)
        relationship.create_check_constraint(op.f("ck_relationship_kind_known"), f"kind IN ({listed})")
    metric = sa.table("metric", sa.column("key"), sa.column("unit"))
    op.bulk_insert(metric, [{"key": key, "unit": ""} for key in METRICS])
