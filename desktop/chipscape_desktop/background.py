"""Work for the workers, as its functions see it: commands, and jobs that can be stopped and say how far they are."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakMethod

from chipscape_db.errors import Reviewed
from chipscape_db.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chipscape_db.history import ChangeSummary


class Command(Protocol):
    """One undoable edit: a function of `chipscape_db.commands`, its arguments bound with `functools.partial`."""

    def __call__(self, engine: "Engine", *, author: str) -> "ChangeSummary | None":
        """Do it and say what changed."""
        ...


class Job:
    """A running computation as its function sees it: it asks whether to stop and says how far it is."""

    def __init__(self, report: Callable[[float], None]) -> None:
        self._stop = Event()
        self.report = report

    def should_stop(self) -> bool:
        """Say whether the computation was cancelled."""
        return self._stop.is_set()

    def progress(self) -> Progress:
        """Return the job as functions of the base see it."""
        return Progress(self.should_stop, self.report)

    def cancel(self) -> None:
        """Ask the computation to stop."""
        self._stop.set()


class LongCommand(Protocol):
    """One undoable edit that takes long: it asks its job whether to stop, and tells it how far it is."""

    def __call__(self, engine: "Engine", *, author: str, job: Job) -> "ChangeSummary | None":
        """Do it and say what changed."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """A command that waits for a person's word, because it would change a record that was marked as reviewed."""

    command: Command
    because: Reviewed
    then: "WeakMethod[Callable[[Any], None]] | None"
