"""The first schema: records, links, evidence, the journal and the search index."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

METRICS = (
    ("compute.fp64", "TFLOPS"),
    ("compute.fp32", "TFLOPS"),
    ("compute.tf32", "TFLOPS"),
    ("compute.bf16", "TFLOPS"),
    ("compute.fp16", "TFLOPS"),
    ("compute.fp8", "TFLOPS"),
    ("compute.fp4", "TFLOPS"),
    ("compute.int8", "TOPS"),
    ("compute.int4", "TOPS"),
    ("memory.capacity", "GB"),
    ("memory.bandwidth", "GB/s"),
    ("memory.type", ""),
    ("interconnect.bandwidth", "GB/s"),
    ("power.tdp", "W"),
    ("die.area", "mm2"),
    ("die.transistors", "1e9"),
    ("process.node", "nm"),
    ("price", "USD"),
    ("production.volume", "units/year"),
    ("model.parameters", "1e9"),
    ("model.active-parameters", "1e9"),
    ("model.training-tokens", "1e12"),
    ("model.training-compute", "FLOP"),
    ("model.context", "tokens"),
    ("org.revenue", "USD"),
    ("org.market-share", "percent"),
)
SEARCH = (
    "CREATE TABLE search_entry (id INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, names TEXT, words TEXT)",
    "CREATE VIRTUAL TABLE search_index USING fts5 (names, words, content='search_entry', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4')",
    "CREATE TABLE search_name (name TEXT NOT NULL, entry_id INTEGER NOT NULL, PRIMARY KEY (name, entry_id)) "
    "WITHOUT ROWID",
)


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "changeset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reverts_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('starter', 'edit', 'undo', 'redo', 'revert')", name=op.f("ck_changeset_kind_known")
        ),
        sa.ForeignKeyConstraint(["reverts_id"], ["changeset.id"], name=op.f("fk_changeset_reverts_id_changeset")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changeset")),
        sa.UniqueConstraint("uuid", name=op.f("uq_changeset_uuid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "metric",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_metric")),
    )
    op.create_table(
        "property",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_property")),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('organization', 'chip', 'model', 'software', 'policy', 'sector', 'event', 'source')",
            name=op.f("ck_record_kind_known"),
        ),
        sa.CheckConstraint("slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'", name=op.f("ck_record_slug_form")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_record_name_not_empty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint("slug", name=op.f("uq_record_slug")),
    )
    op.create_index("ix_record_kind_name", "record", ["kind", "name"], unique=False)

    op.create_table(
        "statement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('supported', 'contested', 'unsupported')", name=op.f("ck_statement_verdict_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("number", name=op.f("uq_statement_number")),
    )
    op.create_table(
        "alias",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.CheckConstraint("length(alias) > 0", name=op.f("ck_alias_alias_not_empty")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_alias_record_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
    )
    op.create_index("uq_alias_record_id_alias_language", "alias", ["record_id", "alias", "language"], unique=True)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("changeset_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("row_key", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["changeset_id"], ["changeset.id"], name=op.f("fk_change_changeset_id_changeset")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index("ix_change_changeset_id", "change", ["changeset_id"], unique=False)
    op.create_index("ix_change_owner_id", "change", ["owner_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("event_kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=False),
        sa.Column("starts_on_from", sa.Integer(), nullable=True),
        sa.Column("starts_on_to", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("ends_on_from", sa.Integer(), nullable=True),
        sa.Column("ends_on_to", sa.Integer(), nullable=True),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "event_kind IN ('policy', 'chip-launch', 'model-release', 'open-sourcing', 'partnership', 'supply', 'investment', 'financial', 'research', 'incident')",
            name=op.f("ck_event_event_kind_known"),
        ),
        sa.CheckConstraint("importance BETWEEN 1 AND 5", name=op.f("ck_event_importance_known")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_event_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_starts_on_from", "event", ["starts_on_from"], unique=False)

    op.create_table(
        "organization",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name_native", sa.String(), nullable=True),
        sa.Column("org_kind", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("founded_on", sa.String(), nullable=True),
        sa.Column("founded_on_from", sa.Integer(), nullable=True),
        sa.Column("founded_on_to", sa.Integer(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.CheckConstraint("country GLOB '[A-Z][A-Z]'", name=op.f("ck_organization_country_form")),
        sa.CheckConstraint(
            "org_kind IN ('company', 'government', 'lab', 'foundry', 'university', 'consortium')",
            name=op.f("ck_organization_org_kind_known"),
        ),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_organization_id_record")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organization.id"], name=op.f("fk_organization_parent_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
    )
    op.create_index("ix_organization_parent_id", "organization", ["parent_id"], unique=False)

    op.create_table(
        "record_text",
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("field IN ('name', 'summary')", name=op.f("ck_record_text_field_known")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_record_text_record_id_record")),
        sa.PrimaryKeyConstraint("record_id", "field", "language", name=op.f("pk_record_text")),
    )
    op.create_table(
        "relationship",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("starts_on", sa.String(), nullable=True),
        sa.Column("starts_on_from", sa.Integer(), nullable=True),
        sa.Column("starts_on_to", sa.Integer(), nullable=True),
        sa.Column("ends_on", sa.String(), nullable=True),
        sa.Column("ends_on_from", sa.Integer(), nullable=True),
        sa.Column("ends_on_to", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('designs', 'manufactures', 'develops', 'supplies', 'buys-from', 'runs-on', 'trained-on', 'supports', 'partners-with', 'invests-in', 'owns', 'competes-with', 'restricts', 'serves', 'succeeds', 'based-on', 'part-of', 'variant-of')",
            name=op.f("ck_relationship_kind_known"),
        ),
        sa.CheckConstraint("slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'", name=op.f("ck_relationship_slug_form")),
        sa.CheckConstraint("subject_id <> object_id", name=op.f("ck_relationship_two_records")),
        sa.ForeignKeyConstraint(["object_id"], ["record.id"], name=op.f("fk_relationship_object_id_record")),
        sa.ForeignKeyConstraint(["subject_id"], ["record.id"], name=op.f("fk_relationship_subject_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relationship")),
        sa.UniqueConstraint("slug", name=op.f("uq_relationship_slug")),
    )
    op.create_index("ix_relationship_object_id", "relationship", ["object_id"], unique=False)
    op.create_index("ix_relationship_subject_id", "relationship", ["subject_id"], unique=False)

    op.create_table(
        "sector",
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_sector_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sector")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("published_on", sa.String(), nullable=True),
        sa.Column("published_on_from", sa.Integer(), nullable=True),
        sa.Column("published_on_to", sa.Integer(), nullable=True),
        sa.Column("source_kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("relays_id", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "source_kind IN ('official', 'regulation', 'press', 'analysis', 'academic', 'reference', 'community')",
            name=op.f("ck_source_source_kind_known"),
        ),
        sa.CheckConstraint("relays_id <> id", name=op.f("ck_source_relays_another")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_source_id_record")),
        sa.ForeignKeyConstraint(["relays_id"], ["source.id"], name=op.f("fk_source_relays_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    op.create_index("ix_source_relays_id", "source", ["relays_id"], unique=False)

    op.create_table(
        "statement_text",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint("field IN ('statement', 'comment')", name=op.f("ck_statement_text_field_known")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_text_statement_id_statement")
        ),
        sa.PrimaryKeyConstraint("statement_id", "field", "language", name=op.f("pk_statement_text")),
    )
    op.create_table(
        "chip",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("designer_id", sa.String(), nullable=True),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("architecture", sa.String(), nullable=True),
        sa.Column("foundry_id", sa.String(), nullable=True),
        sa.Column("announced_on", sa.String(), nullable=True),
        sa.Column("announced_on_from", sa.Integer(), nullable=True),
        sa.Column("announced_on_to", sa.Integer(), nullable=True),
        sa.Column("released_on", sa.String(), nullable=True),
        sa.Column("released_on_from", sa.Integer(), nullable=True),
        sa.Column("released_on_to", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("form_factor", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('announced', 'shipping', 'discontinued', 'cancelled', 'reported')",
            name=op.f("ck_chip_status_known"),
        ),
        sa.ForeignKeyConstraint(["designer_id"], ["organization.id"], name=op.f("fk_chip_designer_id_organization")),
        sa.ForeignKeyConstraint(["foundry_id"], ["organization.id"], name=op.f("fk_chip_foundry_id_organization")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_chip_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chip")),
    )
    op.create_index("ix_chip_designer_id", "chip", ["designer_id"], unique=False)
    op.create_index("ix_chip_foundry_id", "chip", ["foundry_id"], unique=False)

    op.create_table(
        "citation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=True),
        sa.Column("relationship_id", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=True),
        sa.CheckConstraint("(record_id IS NULL) <> (relationship_id IS NULL)", name=op.f("ck_citation_one_subject")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_citation_record_id_record")),
        sa.ForeignKeyConstraint(
            ["relationship_id"], ["relationship.id"], name=op.f("fk_citation_relationship_id_relationship")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_citation_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
    )
    op.create_index("ix_citation_record_id", "citation", ["record_id"], unique=False)
    op.create_index("ix_citation_relationship_id", "citation", ["relationship_id"], unique=False)
    op.create_index("ix_citation_source_id", "citation", ["source_id"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("sparsity", sa.String(), nullable=True),
        sa.Column("engine", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("scope_count", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("bound", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("period_from", sa.Integer(), nullable=True),
        sa.Column("period_to", sa.Integer(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("asserted_on", sa.String(), nullable=True),
        sa.Column("asserted_on_from", sa.Integer(), nullable=True),
        sa.Column("asserted_on_to", sa.Integer(), nullable=True),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("rank_reason", sa.String(), nullable=True),
        sa.Column("repeats_id", sa.String(), nullable=True),
        sa.CheckConstraint(
            "bound IN ('about', 'at-least', 'at-most', 'low', 'high')", name=op.f("ck_claim_bound_known")
        ),
        sa.CheckConstraint("direction IN ('both', 'one', 'unsaid')", name=op.f("ck_claim_direction_known")),
        sa.CheckConstraint("engine IN ('matrix', 'vector')", name=op.f("ck_claim_engine_known")),
        sa.CheckConstraint("rank = 'normal' OR length(rank_reason) > 0", name=op.f("ck_claim_rank_has_a_reason")),
        sa.CheckConstraint("rank IN ('preferred', 'normal', 'deprecated')", name=op.f("ck_claim_rank_known")),
        sa.CheckConstraint(
            "scope IN ('die', 'package', 'gpu', 'board', 'node', 'rack', 'cluster')", name=op.f("ck_claim_scope_known")
        ),
        sa.CheckConstraint("sparsity IN ('dense', 'sparse')", name=op.f("ck_claim_sparsity_known")),
        sa.CheckConstraint(
            "stance IN ('stated', 'measured', 'estimated', 'reported', 'rumoured')", name=op.f("ck_claim_stance_known")
        ),
        sa.CheckConstraint("length(value) > 0", name=op.f("ck_claim_value_not_empty")),
        sa.CheckConstraint("repeats_id <> id", name=op.f("ck_claim_repeats_another")),
        sa.CheckConstraint(
            "scope_count IS NULL OR (scope_count > 0 AND scope IS NOT NULL)",
            name=op.f("ck_claim_scope_count_of_a_scope"),
        ),
        sa.ForeignKeyConstraint(["metric"], ["metric.key"], name=op.f("fk_claim_metric_metric")),
        sa.ForeignKeyConstraint(["repeats_id"], ["claim.id"], name=op.f("fk_claim_repeats_id_claim")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_claim_source_id_source")),
        sa.ForeignKeyConstraint(["subject_id"], ["record.id"], name=op.f("fk_claim_subject_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index("ix_claim_metric", "claim", ["metric"], unique=False)
    op.create_index("ix_claim_repeats_id", "claim", ["repeats_id"], unique=False)
    op.create_index("ix_claim_source_id", "claim", ["source_id"], unique=False)
    op.create_index("ix_claim_subject_id_metric", "claim", ["subject_id", "metric"], unique=False)

    op.create_table(
        "model",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("developer_id", sa.String(), nullable=True),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("released_on", sa.String(), nullable=True),
        sa.Column("released_on_from", sa.Integer(), nullable=True),
        sa.Column("released_on_to", sa.Integer(), nullable=True),
        sa.Column("openness", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=True),
        sa.CheckConstraint(
            "modality IN ('text', 'multimodal', 'image', 'weather')", name=op.f("ck_model_modality_known")
        ),
        sa.CheckConstraint(
            "openness IN ('open-source', 'open-weights', 'api', 'closed')", name=op.f("ck_model_openness_known")
        ),
        sa.ForeignKeyConstraint(["developer_id"], ["organization.id"], name=op.f("fk_model_developer_id_organization")),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_model_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
    )
    op.create_index("ix_model_developer_id", "model", ["developer_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.CheckConstraint(
            "role IN ('actor', 'target', 'subject', 'partner', 'beneficiary', 'affected')",
            name=op.f("ck_participant_role_known"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_participant_event_id_event")),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_participant_record_id_record")),
        sa.PrimaryKeyConstraint("event_id", "record_id", "role", name=op.f("pk_participant")),
    )
    op.create_index("ix_participant_record_id", "participant", ["record_id"], unique=False)

    op.create_table(
        "policy",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("authority_id", sa.String(), nullable=True),
        sa.Column("announced_on", sa.String(), nullable=True),
        sa.Column("announced_on_from", sa.Integer(), nullable=True),
        sa.Column("announced_on_to", sa.Integer(), nullable=True),
        sa.Column("effective_on", sa.String(), nullable=True),
        sa.Column("effective_on_from", sa.Integer(), nullable=True),
        sa.Column("effective_on_to", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.String(), nullable=True),
        sa.Column("ended_on_from", sa.Integer(), nullable=True),
        sa.Column("ended_on_to", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.CheckConstraint(
            "status IN ('in-force', 'superseded', 'rescinded', 'proposed')", name=op.f("ck_policy_status_known")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organization.id"], name=op.f("fk_policy_authority_id_organization")
        ),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_policy_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_index("ix_policy_authority_id", "policy", ["authority_id"], unique=False)

    op.create_table(
        "relationship_text",
        sa.Column("relationship_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["relationship_id"], ["relationship.id"], name=op.f("fk_relationship_text_relationship_id_relationship")
        ),
        sa.PrimaryKeyConstraint("relationship_id", "language", name=op.f("pk_relationship_text")),
    )
    op.create_table(
        "software",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("developer_id", sa.String(), nullable=True),
        sa.Column("layer", sa.String(), nullable=False),
        sa.Column("released_on", sa.String(), nullable=True),
        sa.Column("released_on_from", sa.Integer(), nullable=True),
        sa.Column("released_on_to", sa.Integer(), nullable=True),
        sa.Column("openness", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.CheckConstraint(
            "layer IN ('framework', 'compiler', 'runtime', 'library', 'platform', 'serving')",
            name=op.f("ck_software_layer_known"),
        ),
        sa.CheckConstraint(
            "openness IN ('open-source', 'open-weights', 'api', 'closed')", name=op.f("ck_software_openness_known")
        ),
        sa.ForeignKeyConstraint(
            ["developer_id"], ["organization.id"], name=op.f("fk_software_developer_id_organization")
        ),
        sa.ForeignKeyConstraint(["id"], ["record.id"], name=op.f("fk_software_id_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software")),
    )
    op.create_index("ix_software_developer_id", "software", ["developer_id"], unique=False)

    op.create_table(
        "statement_source",
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_statement_source_source_id_source")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_source_statement_id_statement")
        ),
        sa.PrimaryKeyConstraint("statement_id", "position", name=op.f("pk_statement_source")),
    )
    op.create_index("ix_statement_source_source_id", "statement_source", ["source_id"], unique=False)
    metric = sa.table("metric", sa.column("key"), sa.column("unit"))
    op.bulk_insert(metric, [{"key": key, "unit": unit} for key, unit in METRICS])
    for statement in SEARCH:
        op.execute(statement)
