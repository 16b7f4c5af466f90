"""The mapped classes."""

from chipscape_db.models.base import Base
from chipscape_db.models.curation import (
    Dismissal,
    FormerSlug,
    ReviewMark,
    Snapshot,
    SnapshotContent,
    TableView,
)
from chipscape_db.models.evidence import (
    Citation,
    Claim,
    Metric,
    Statement,
    StatementSource,
    StatementText,
)
from chipscape_db.models.figures import MapPlace, SavedFigure
from chipscape_db.models.journal import Change, Changeset, Property
from chipscape_db.models.links import Alias, Participant, RecordText, Relationship, RelationshipText
from chipscape_db.models.records import Chip, Event, Model, Organization, Policy, Record, Sector, Software, Source

__all__ = [
    "Alias",
    "Base",
    "Change",
    "Changeset",
    "Chip",
    "Citation",
    "Claim",
    "Dismissal",
    "Event",
    "FormerSlug",
    "MapPlace",
    "Metric",
    "Model",
    "Organization",
    "Participant",
    "Policy",
    "Property",
    "Record",
    "RecordText",
    "Relationship",
    "RelationshipText",
    "ReviewMark",
    "SavedFigure",
    "Sector",
    "Snapshot",
    "SnapshotContent",
    "Software",
    "Source",
    "Statement",
    "StatementSource",
    "StatementText",
    "TableView",
]
