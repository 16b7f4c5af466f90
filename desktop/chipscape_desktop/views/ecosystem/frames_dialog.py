"""Asking for frames: from which day to which, how often, and where to."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import N_, FactsError, Invalid
from chipscape_db.queries import Reader
from chipscape_desktop import notices
from chipscape_desktop.error_text import error_text
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem.arrange import places
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.day_field import DayField
from chipscape_desktop.workspace import Job, Workspace

if TYPE_CHECKING:
    from chipscape_db.queries.properties import BaseState
    from chipscape_desktop.export.frames import FrameRows

_STEPS: Final = ("month", "quarter", "year")
_SIZE: Final = (1280.0, 720.0)
_EARLIEST: Final = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class FramesAnswer:
    """The days of the frames, and where they go: a PPTX or a folder."""

    days: tuple[date, ...]
    path: Path


class FramesDialog(QDialog):
    """The dialog; `answer` is there once it was accepted."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: FramesAnswer | None = None
        self._folder = folder
        self._agreed: Path | None = None
        self.setWindowTitle(_("Frames of the map"))
        self.first, self.last = DayField(latest=False, parent=self), DayField(latest=True, parent=self)
        self.first.set_day(_EARLIEST)
        self.last.set_day(date.today())
        self.step = QComboBox(self)
        for word, text in zip(_STEPS, (_("Month"), _("Quarter"), _("Year")), strict=True):
            self.step.addItem(text, word)
        self.step.setCurrentIndex(1)
        self.form = QComboBox(self)
        self.form.addItem(_("Slides, with shapes that can be edited (PPTX)"), ".pptx")
        self.form.addItem(_("Pictures in a folder (PNG)"), "")
        self.path = QLineEdit(str(folder / "ecosystem-frames.pptx"), self)
        self.path.setMinimumWidth(360)
        browse = QPushButton(_("Choose…"), self)
        self.fault = QLabel(self)
        self.fault.setWordWrap(True)
        set_role(self.fault, "error")
        self.fault.hide()
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(_("First day"), self.first)
        form.addRow(_("Last day"), self.last)
        form.addRow(_("One frame for every"), self.step)
        form.addRow(_("As"), self.form)
        form.addRow(_("Where to"), where)
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("Write"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(buttons)
        self.form.activated.connect(self._form_chosen)
        browse.clicked.connect(self._browse)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def accept(self) -> None:
        """Take the answer, or say what is wrong with it."""
        from chipscape_desktop.export.frames import days

        try:
            first, last = self.first.day(), self.last.day()
            if first is None or last is None:
                raise Invalid(N_("The frames need a first and a last day."), field="from")
            chosen = days(first, last, str(self.step.currentData()))
            if not self.path.text().strip():
                raise Invalid(N_("Say where the frames are to go."), field="path")
        except FactsError as error:
            self.fault.setText(error_text(error))
            self.fault.show()
            return
        path = Path(self.path.text()).expanduser()
        if path.is_dir() or path == self._agreed or notices.may_write(path, self):
            self.answer = FramesAnswer(chosen, path)
            super().accept()

    def _form_chosen(self, _place: int) -> None:
        self.path.setText(str(self._folder / f"ecosystem-frames{self.form.currentData()}"))

    def _browse(self) -> None:
        if self.form.currentData():
            chosen = QFileDialog.getSaveFileName(self, self.windowTitle(), self.path.text(), "PPTX (*.pptx)")[0]
            self._agreed = Path(chosen)  # the file dialog has asked already
        else:
            chosen = QFileDialog.getExistingDirectory(self, self.windowTitle(), str(self._folder))
        if chosen:
            self.path.setText(chosen)


class Frames(QObject):
    """Asks for frames of the map on the screen and has them written in the background; cancelled in the status bar."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._widget = workspace, parent
        self._answer: FramesAnswer | None = None
        self._request = Request()
        self._spec: EcosystemSpec | None = None
        self.written = 0

    def ask(self, request: Request, spec: EcosystemSpec | None) -> None:
        """Ask which frames are wanted, and have them written."""
        base = self._workspace.base
        if base is None or spec is None:
            return
        dialog = FramesDialog(base.path.parent, self._widget)
        if dialog.exec() and dialog.answer is not None:
            self.write(dialog.answer, request, spec)
        dialog.deleteLater()

    def write(self, answer: FramesAnswer, request: Request, spec: EcosystemSpec) -> None:
        """Have frames written; records keep the places that they have on the screen."""
        self._answer, self._request, self._spec = answer, request, spec
        self._workspace.query(partial(_read, request, answer.days), self._draw)

    def _draw(self, read: "tuple[FrameRows, BaseState]") -> None:
        if self._answer is not None and self._workspace.base is not None and self._spec is not None:
            name = self._workspace.base.path.name
            work = partial(_write, read, self._answer.path, self._request, self._spec, name)
            self._workspace.compute(work, self._told, text=_("Writing the frames"))

    def _told(self, count: int) -> None:
        self.written = count
        window: Any = self._widget.window()
        if self._answer is not None and hasattr(window, "notice"):
            said = ngettext("{count} frame was written: {path}", "{count} frames were written: {path}", count)
            window.notice.tell(said.format(count=number(count), path=self._answer.path))


def _read(request: Request, moments: tuple[date, ...], session: Reader) -> "tuple[FrameRows, BaseState]":
    from chipscape_db.queries.properties import base_state
    from chipscape_desktop.export.frames import read_frames

    return read_frames(request, moments, session), base_state(session)


def _write(
    read: "tuple[FrameRows, BaseState]", path: Path, request: Request, spec: EcosystemSpec, base_name: str, job: Job
) -> int:
    from chipscape_desktop.export.frames import write_frames
    from chipscape_desktop.export.jobs import ExportJob

    rows, state = read
    export = ExportJob("ecosystem", request, _SIZE, "print", base_name, state.base_id, state.changeset)
    return write_frames(
        rows, export, path, known=places(spec), ground=spec.ground, should_stop=job.should_stop, progress=job.report
    )
