"""What a record of its kind should say and does not."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select

from chipscape_db.errors import N_, FieldNames
from chipscape_db.models import Participant, RecordText
from chipscape_db.queries.forms import MODEL_OF_KIND
from chipscape_db.queries.review.findings import Finding, Ground

_WANTED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "organization": (("country",),),
    "chip": (("designer_id",), ("announced_on", "released_on"), ("status",)),
    "model": (("developer_id",), ("released_on",), ("openness",)),
    "software": (("developer_id",), ("openness",)),
    "policy": (("authority_id",), ("announced_on", "effective_on")),
    "source": (("published_on",), ("url", "publisher")),
}
"""Of each kind, the fields of which one in every group should be filled."""

_CLAIMED: Final = {"chip": ("memory.capacity",), "model": ("model.parameters",)}
"""Of some kinds, the metrics that somebody should have claimed."""


def missing(ground: Ground) -> Iterator[Finding]:
    """Find the records that leave out what figures need of their kind, all that one lacks in one finding."""
    told = set(ground.session.execute(select(RecordText.record_id).where(RecordText.field == "summary")).scalars())
    with_parts = set(ground.session.execute(select(Participant.event_id).distinct()).scalars())
    for kind, model in MODEL_OF_KIND.items():
        groups = _WANTED.get(kind, ())
        names = [name for group in groups for name in group]
        own = model.__table__.c
        row: Any
        for row in ground.session.execute(select(own.id, *(own[name] for name in names))).mappings():
            record_id = row["id"]
            lacking = [group[0] for group in groups if not any(row[name] for name in group)]
            lacking += [key for key in _CLAIMED.get(kind, ()) if key not in ground.claims.get(record_id, {})]
            if kind == "event" and record_id not in with_parts:
                lacking.append("participants")
            if kind not in ("source", "sector") and record_id not in told:
                lacking.append("summary")
            if lacking:
                where = "claims" if "." in lacking[0] else lacking[0]
                yield ground.of_record(
                    "missing", record_id, where=where, fields=FieldNames(",".join(lacking)), evidence=lacking,
                    template=N_("nothing is said of: {fields}."),
                )  # fmt: skip
