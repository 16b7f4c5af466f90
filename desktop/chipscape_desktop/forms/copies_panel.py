"""The copies of a source that the fact base keeps: add one, look at it, save it elsewhere, remove it."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from chipscape_db.commands.fields import Field
from chipscape_db.commands.snapshots import add_snapshot, delete_snapshot
from chipscape_db.errors import N_, FileFault
from chipscape_db.queries.forms import RecordSheet
from chipscape_db.queries.sources import SnapshotRow, snapshot_content
from chipscape_db.snapshot_file import read_snapshot
from chipscape_desktop import notices
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import DateField, FieldBox
from chipscape_desktop.forms.list_panel import ListPanel, PanelRow
from chipscape_desktop.forms.snapshot_viewer import SnapshotViewer
from chipscape_desktop.i18n import _, format_date, number, pgettext
from chipscape_desktop.workspace import Command, Job, Workspace

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from chipscape_db.history import ChangeSummary

_KINDS = {
    "application/pdf": N_("PDF"), "text/html": N_("web page"), "text/plain": N_("plain text"),
    "image/png": N_("picture"), "image/jpeg": N_("picture"), "image/gif": N_("picture"), "image/webp": N_("picture"),
}  # fmt: skip
_MEGABYTE = 1e6


class FileField(FieldBox):
    """The path of a file, typed or chosen."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.line, self.button = QLineEdit(), QPushButton()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        both.setFocusProxy(self.line)
        super().__init__(field, both, parent)
        self.line.textChanged.connect(self._edited)
        self.button.clicked.connect(self._choose)

    def value(self) -> str:
        """Return the path."""
        return self.line.text().strip()

    def _show(self, value: str) -> None:
        self.line.setText(value)

    def retranslate(self) -> None:
        """Name the field in the language in force."""
        super().retranslate()
        self.button.setText(_("Choose…"))
        self.line.setAccessibleName(self.label.text())

    def _choose(self) -> None:
        kinds = _("PDF, web pages, pictures, text") + " (*.pdf *.html *.htm *.png *.jpg *.jpeg *.gif *.webp *.txt)"
        name, _filter = QFileDialog.getOpenFileName(self, _("Keep a copy of the source"), "", kinds)
        if name:
            self.line.setText(name)


class CopyEditor(EditorPanel):
    """Keeps a file as a copy of a source."""

    def __init__(self, workspace: Workspace, source_id: str, parent: QWidget | None = None) -> None:
        self._source_id = source_id
        taken = DateField(Field("taken_on", "date", required=True))
        super().__init__(workspace, (FileField(Field("file", required=True)), taken), parent)
        taken.open_with(date.today().isoformat())

    def heading(self) -> str:
        """Return what this is for."""
        return _("Keep a copy of the source")

    def command(self) -> Command:
        """Return the command that reads the file and keeps it."""
        return partial(
            _keep, path=Path(self.fields["file"].value()).expanduser(), source_id=self._source_id,
            taken_on=self.fields["taken_on"].value(),
        )  # fmt: skip


class CopiesPanel(ListPanel):
    """Shows, adds and removes copies of a source."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, ("add", "edit", "save", "delete"), parent)
        self._sheet: RecordSheet | None = None
        self._copies: dict[str, SnapshotRow] = {}
        self._target: Path | None = None
        self.viewer: SnapshotViewer | None = None
        self.retranslate()

    def show_sheet(self, sheet: RecordSheet | None) -> None:
        """Show the copies of a source."""
        self._sheet = sheet
        self._copies = {row.id: row for row in sheet.snapshots} if sheet else {}
        rows = [
            PanelRow(
                row.id,
                (row.name, _(_KINDS.get(row.media_type, "")), size_text(row.size), format_date(row.taken_on, "short")),
                f"SHA-256 {row.sha256}",
            )
            for row in self._copies.values()
        ]
        nothing = _("No copy is kept yet. Keep the page, PDF or picture that you read, in case it changes or goes.")
        self.show_rows((_("File"), _("Kind"), _("Size"), _("Read on")), rows, nothing=nothing, shares=(42, 20, 18, 20))

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        for name, text in (
            ("add", _("Keep a copy…")), ("edit", _("Look at it")), ("save", _("Save it as…")), ("delete", _("Remove")),
        ):  # fmt: skip
            self.buttons[name].setText(text)
        self.show_sheet(self._sheet)

    def may(self, button: str, row_id: str) -> bool:
        """Say whether a button can be pressed."""
        return self._sheet is not None if button == "add" else bool(row_id)

    def do(self, button: str, row_id: str) -> None:
        """Add, look, save elsewhere or remove."""
        sheet = self._sheet
        if sheet is None:
            return
        if button == "add":
            self.open_editor(CopyEditor(self.workspace, sheet.state.id, self))
        elif button == "edit":
            self.workspace.query(partial(_content, snapshot_id=row_id), self._look, key="snapshot")
        elif button == "save":
            name, _filter = QFileDialog.getSaveFileName(self, _("Save it as…"), self._copies[row_id].name)
            if name:
                self._target = Path(name)
                self.workspace.query(partial(_content, snapshot_id=row_id), self._save, key="snapshot")
        else:
            self._remove(self._copies[row_id])

    def _remove(self, row: SnapshotRow) -> None:
        if notices.ask(
            _("Remove the copy “{name}”?").format(name=row.name),
            detail=_("Undo brings it back."),
            yes=pgettext("copy", "Remove it"),
            no=_("Keep it"),
            parent=self,
        ):
            self.workspace.run(partial(delete_snapshot, snapshot_id=row.id))

    def _look(self, found: tuple[SnapshotRow, bytes]) -> None:
        self.viewer = SnapshotViewer(*found, self)
        self.viewer.show()

    def _save(self, found: tuple[SnapshotRow, bytes]) -> None:
        target = self._target
        if target is not None:
            self.workspace.compute(partial(_write, content=found[1], target=target), self._saved)

    def _saved(self, fault: FileFault | None) -> None:
        if fault is not None:
            notices.tell_error(fault)


def size_text(size: int) -> str:
    """Return a number of bytes as people read it."""
    if size < _MEGABYTE:
        return _("{size} kB").format(size=number(max(round(size / 1000), 1)))
    return _("{size} MB").format(size=number(round(size / _MEGABYTE, 1)))


def _keep(engine: "Engine", *, author: str, path: Path, source_id: str, taken_on: str) -> "ChangeSummary | None":
    return add_snapshot(
        engine, author=author, source_id=source_id, name=path.name, content=read_snapshot(path), taken_on=taken_on
    )


def _content(session: "Session", snapshot_id: str) -> tuple[SnapshotRow, bytes]:
    return snapshot_content(session, snapshot_id)


def _write(_job: Job, content: bytes, target: Path) -> FileFault | None:
    try:
        target.write_bytes(content)
    except OSError as error:
        return FileFault(N_("{file} cannot be written: {reason}."), file=target.name, reason=error.strerror or "?")
    return None
