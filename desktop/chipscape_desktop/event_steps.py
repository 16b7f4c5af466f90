"""The undoable steps on events of the timeline, as the workspace runs them: views ask for these, never for commands."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chipscape_desktop.workspace import Command


def adding(fields: Mapping[str, str], actor_id: str, event_id: str) -> "Command":
    """Return the step that adds an event in which a record acts (empty: none)."""
    from chipscape_db.commands.events import add_event

    return partial(add_event, fields=dict(fields), actor_id=actor_id, event_id=event_id)


def duplicating(event_id: str, name: str, copy_id: str) -> "Command":
    """Return the step that copies an event under another name."""
    from chipscape_db.commands.events import duplicate_event

    return partial(duplicate_event, event_id=event_id, name=name, copy_id=copy_id)


def moving(record_id: str, dates: tuple[str | None, str | None], expected: tuple[str | None, str | None]) -> "Command":
    """Return the step that gives a record other dates; of start and end, None leaves one as it is."""
    from chipscape_db.commands.events import move_dates

    return partial(move_dates, record_id=record_id, starts_on=dates[0], ends_on=dates[1], expected=expected)


def deleting(record_id: str, *, take_along: bool) -> "Command":
    """Return the step that deletes a record, with *take_along* with what refers to it."""
    from chipscape_db.commands.deletion import delete_record

    return partial(delete_record, record_id=record_id, take_along=take_along)
