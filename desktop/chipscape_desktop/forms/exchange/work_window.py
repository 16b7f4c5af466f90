"""A window whose work runs beside it: a bar shows how far it is, Cancel stops it, and a fault is told in the window."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from chipscape_db.errors import FactsError
from chipscape_desktop.error_text import error_text
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.progress_line import ProgressLine
from chipscape_desktop.workspace import Job, Workspace


class WorkWindow(QDialog):
    """Keeps the work under way, called *name* in the status bar too; `done_with` carries the sentence of what was done.

    Subclasses lay out `fault` and `progress`, follow the state in `follow`, and say in `has_content` whether anything
    is left to look at once the work was cancelled.
    """

    done_with = Signal(object)

    def __init__(self, workspace: Workspace, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.running = False
        self.name = name
        self._job: Job | None = None
        self.fault = QLabel(self)
        self.fault.setWordWrap(True)
        set_role(self.fault, "error")
        self.fault.hide()
        self.progress = ProgressLine(workspace, self)
        workspace.failed.connect(self._failed)

    def has_content(self) -> bool:
        """Say whether the window shows something that cancelled work leaves as it is."""
        return False

    def follow(self) -> None:
        """Enable and show what can be done now."""

    def start(self, begin: Callable[[], Job]) -> None:
        """Begin some work; who receives its answer calls `finish`."""
        self.running = True
        self.progress.begin(self.name)
        self.follow()
        job = begin()
        self._job = job if self.running else None  # it may be so quick that its answer is here already

    def finish(self) -> None:
        """Rest: the answer is here, or is not wanted any more."""
        self._job, self.running = None, False
        self.progress.rest()
        self.follow()

    def stop(self) -> None:
        """Let the work that is under way go."""
        if self._job is not None:
            self._job.cancel()
            self.finish()

    def tell(self, fault: FactsError | None) -> None:
        """Say what is wrong, or nothing."""
        self.fault.setText("" if fault is None else error_text(fault))
        self.fault.setVisible(fault is not None)
        self.follow()

    def reject(self) -> None:
        """Cancel what runs; else close."""
        if self._job is not None:
            self._job.cancel()
            if self.has_content():
                return
        super().reject()

    def _failed(self, fault: FactsError) -> None:
        if self.running:
            self.finish()
            self.tell(fault)
