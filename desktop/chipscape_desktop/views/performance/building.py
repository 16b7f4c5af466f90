"""Building what a figure shows on the second worker, so that the window never waits for it."""

from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from chipscape_db.errors import FactsError
from chipscape_desktop.figures.annotations import entitled
from chipscape_desktop.figures.catalog import Figure, Request
from chipscape_desktop.workspace import Job, Workspace


class Built(NamedTuple):
    """What came of building: the spec, or why there is none, and what it was asked for."""

    request: Request
    spec: Any = None
    error: FactsError | None = None


class Building(QObject):
    """Builds specs for one place; `done` carries what came of the newest question, and never of an older one."""

    done = Signal(object)

    def __init__(self, workspace: Workspace, key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._key = workspace, key
        self._asked = 0

    def ask(self, shown: Figure, rows: Any, *, request: Request, title: str = "") -> None:
        """Build a figure from its rows, under a title of its own if there is one; `done` follows."""
        self.forget()
        if self._workspace.base is None:
            return  # closing: the workers are gone
        asked = self._asked

        def work(_job: Job) -> tuple[int, Built]:
            try:
                return asked, Built(request, entitled(shown.build(rows, request), title))
            except FactsError as error:
                return asked, Built(request, error=error)

        self._workspace.compute(work, self._arrived, key=self._key)

    def forget(self) -> None:
        """Let go what is under way: it was asked for something that is no longer wanted."""
        self._asked += 1

    def _arrived(self, answer: tuple[int, Built]) -> None:
        asked, built = answer
        if asked == self._asked:
            self.done.emit(built)
