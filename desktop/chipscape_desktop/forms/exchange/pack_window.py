"""Writing a change pack: since when, and where to."""

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import FactsError
from chipscape_db.merging.pack import PACK_SUFFIX
from chipscape_db.spoken_date import understand
from chipscape_desktop.forms.exchange.work import write_pack
from chipscape_desktop.forms.exchange.work_window import WorkWindow
from chipscape_desktop.i18n import _, language, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace


class PackWindow(WorkWindow):
    """Asks what goes into a change pack; `done_with` carries the sentence that says where it went."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Write a change pack"), parent)
        self._path: Path | None = None
        self.setWindowTitle(_("Write a change pack"))
        told = QLabel(
            _("A change pack is one small file with what was changed here. Send it to a colleague, who merges it."),
            self,
        )
        told.setWordWrap(True)
        self.all = QRadioButton(_("&Everything that was changed since the base began"), self)
        self.since = QRadioButton(_("What was changed &since"), self)
        self.day = QLineEdit(self)
        self.day.setAccessibleName(_("Since this day"))
        self.day.setPlaceholderText(_("a day, such as {day}").format(day=date.today().isoformat()))
        self.all.setChecked(True)
        self.write_button = QPushButton(_("Write…"), self)
        set_role(self.write_button, "primary")
        self.write_button.setDefault(True)
        cancel = QPushButton(_("Cancel"), self)
        form = QFormLayout()
        form.addRow(self.all)
        form.addRow(self.since, self.day)
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(told)
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        self.resize(480, 220)
        self.day.textEdited.connect(self._choose_since)
        self.write_button.clicked.connect(self.ask)
        cancel.clicked.connect(self.reject)

    def ask(self) -> None:
        """Ask where to and write the pack there."""
        base = self.workspace.base
        if base is None or self._since() is None:
            return
        proposed = base.path.with_name(f"{base.path.stem} {date.today().isoformat()}{PACK_SUFFIX}")
        pattern = _("Change packs") + f" (*{PACK_SUFFIX})"
        name, _chosen = QFileDialog.getSaveFileName(self, _("Write a change pack"), str(proposed), pattern)
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the pack to *path*."""
        base, since = self.workspace.base, self._since()
        if base is None or since is None:
            return
        self._path = path if path.suffix == PACK_SUFFIX else path.with_name(path.name + PACK_SUFFIX)
        work = partial(write_pack, engine=base.engine, path=self._path, name=base.path.name, since=since)
        self.start(partial(self.workspace.compute, work, self._written, key="pack", text=self.name))

    def _written(self, answer: "int | FactsError") -> None:
        self.finish()
        if isinstance(answer, FactsError):
            self.tell(answer)
            return
        assert self._path is not None
        told = ngettext(
            "{count} change was written to {file} in {folder}.",
            "{count} changes were written to {file} in {folder}.",
            answer,
        )
        self.done_with.emit(told.format(count=number(answer), file=self._path.name, folder=self._path.parent))
        self.accept()

    def _since(self) -> str | None:
        """Return since when, as the pack takes it; None, and a sentence is shown, where that is not understood."""
        self.tell(None)
        if self.all.isChecked():
            return ""
        try:
            return str(understand(self.day.text(), language()))
        except FactsError as fault:
            self.tell(fault)
            self.day.setFocus()
            return None

    def _choose_since(self, _text: str) -> None:
        self.since.setChecked(True)

    def follow(self) -> None:
        """Let one pack be written at a time."""
        self.write_button.setEnabled(not self.running)
