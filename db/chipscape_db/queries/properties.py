"""What identifies a fact base and its state, for the capsule that every exported figure carries."""

from dataclasses import dataclass

from sqlalchemy import func, select

from chipscape_db.models import Changeset, Property
from chipscape_db.queries import Reader


@dataclass(frozen=True, slots=True)
class BaseState:
    """The base's UUID and the UUID of its newest changeset; empty texts where there is none."""

    base_id: str
    changeset: str


def base_state(session: Reader) -> BaseState:
    """Return the identity and the present state of a fact base."""
    newest = select(Changeset.uuid).where(Changeset.id == select(func.max(Changeset.id)).scalar_subquery())
    base_id = session.scalar(select(Property.value).where(Property.key == "uuid"))
    return BaseState(base_id or "", session.scalar(newest) or "")


def newest_change(session: Reader) -> str:
    """Return when the newest change was made (ISO 8601), the epoch for a base without any."""
    at = session.scalar(select(Changeset.at).order_by(Changeset.id.desc()).limit(1))
    return at or "1970-01-01T00:00:00+00:00"
