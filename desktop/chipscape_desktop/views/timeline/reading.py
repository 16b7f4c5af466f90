"""What the timeline screen reads of a fact base."""

from typing import Any

from chipscape_db.filters import Filters
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.views.timeline import memory
from chipscape_desktop.views.timeline.memory import Kept


def read(request: Request, many: int | None, session: Any) -> TimelineSpec:
    """Return what a request shows, of *many* events and more from columns."""
    return FIGURE.build(FIGURE.read(session, request, many=many), request)


def read_first(filters: Filters, language: str, many: int | None, session: Any) -> tuple[str, Kept, TimelineSpec]:
    """Return the id of the fact base, what was chosen for it before, and what that shows."""
    from chipscape_db.queries.properties import base_state

    base_id = base_state(session).base_id
    kept = memory.load(base_id)
    return base_id, kept, read(Request(filters, language, kept.choices.options()), many, session)


def keep_columns(session: Any) -> None:
    """Keep the columns of a large base in it, where they are missing: the next time it opens more quickly."""
    from chipscape_db.queries import event_columns

    event_columns.keep_columns(session)
