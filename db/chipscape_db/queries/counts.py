"""How much a fact base holds."""

from sqlalchemy import func, select

from chipscape_db.models import Claim, Record, Relationship
from chipscape_db.queries import Reader


def counts(session: Reader) -> dict[str, int]:
    """Return the number of records of each kind, of relationships and of claims."""
    out = dict(session.execute(select(Record.kind, func.count()).group_by(Record.kind)).all())
    out["relationship"] = session.scalar(select(func.count()).select_from(Relationship)) or 0
    out["claim"] = session.scalar(select(func.count()).select_from(Claim)) or 0
    return out
