"""Importing a table in two pages: what its columns mean, then what that would do; one undoable step at the end."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.errors import FactsError
from chipscape_db.history import ChangeSummary
from chipscape_db.transfer.tables.mapping import SUFFIX, Mapping, check_mapping, read_mapping, write_mapping
from chipscape_db.transfer.tables.plan import Plan
from chipscape_desktop.forms.exchange.columns_page import ColumnsPage
from chipscape_desktop.forms.exchange.preview_page import PreviewPage, plan_sentence
from chipscape_desktop.forms.exchange.work import Opened, import_table, open_table, preview
from chipscape_desktop.forms.exchange.work_window import WorkWindow
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace


class ImportWindow(WorkWindow):
    """The import of one table; `done_with` carries the sentence that says what was imported."""

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(workspace, path.name, parent)
        self.path = path
        self.plan: Plan | None = None
        self.setWindowTitle(_("Import {file}").format(file=path.name))
        self.columns = ColumnsPage(self)
        self.preview = PreviewPage(self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.columns)
        self.pages.addWidget(self.preview)
        self.load_button = QPushButton(_("Use a mapping…"), self)
        self.save_button = QPushButton(_("Save the mapping…"), self)
        self.back_button = QPushButton(_("Back"), self)
        self.next_button = QPushButton(_("See what it does"), self)
        self.import_button = QPushButton(_("Import"), self)
        self.cancel_button = QPushButton(_("Cancel"), self)
        for button in (self.next_button, self.import_button):
            set_role(button, "primary")
        self._lay()
        self.columns.kind_wanted.connect(self._want_kind)
        self.columns.sheet_wanted.connect(self._want_sheet)
        self.preview.decided.connect(self._decide)
        self.load_button.clicked.connect(self.load_mapping)
        self.save_button.clicked.connect(self.save_mapping)
        self.back_button.clicked.connect(self.show_columns)
        self.next_button.clicked.connect(self.show_preview)
        self.import_button.clicked.connect(self.bring_in)
        self.cancel_button.clicked.connect(self.reject)
        self.resize(1180, 680)
        self._open()

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.load_button)
        row.addWidget(self.save_button)
        row.addWidget(self.progress, 1)
        row.addStretch(1)
        for button in (self.cancel_button, self.back_button, self.next_button, self.import_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addWidget(self.fault)
        column.addLayout(row)

    # What is read and planned, in the background

    def _open(self, *, sheet: str = "", kind: str = "") -> None:
        work = partial(open_table, path=self.path, sheet=sheet, kind=kind)
        self.start(partial(self.workspace.compute, work, self._opened, key="import-table"))

    def _opened(self, answer: "Opened | FactsError") -> None:
        self.finish()
        if isinstance(answer, FactsError):
            self.tell(answer)
            return
        self.columns.show_table(answer)
        self.follow()
        self.columns.table.setFocus()

    def show_columns(self) -> None:
        """Go back to what the columns mean."""
        self.stop()
        self.pages.setCurrentWidget(self.columns)
        self.follow()
        self.columns.table.setFocus()

    def show_preview(self) -> None:
        """Work out what the import would do."""
        mapping, opened, base = self.columns.mapping, self.columns.opened, self.workspace.base
        if mapping is None or opened is None or base is None:
            return
        try:
            check_mapping(mapping)
        except FactsError as fault:
            self.tell(fault)
            return
        self.tell(None)
        work = partial(preview, engine=base.engine, table=opened.table, mapping=mapping)
        self.start(partial(self.workspace.compute, work, self._previewed, key="import-preview", text=self.path.name))

    def _previewed(self, answer: "Plan | FactsError") -> None:
        self.finish()
        if isinstance(answer, FactsError):
            self.tell(answer)
            return
        self.plan = answer
        self.preview.show_plan(answer, dict(self.columns.mapping.matches) if self.columns.mapping is not None else ())
        self.pages.setCurrentWidget(self.preview)
        self.follow()
        (self.preview.tree if answer.counts["unsure"] else self.import_button).setFocus()

    def _decide(self, decision: tuple[str, str]) -> None:
        if self.columns.mapping is not None:
            self.columns.mapping = self.columns.mapping.with_match(*decision)
            self.show_preview()

    # The import itself

    def bring_in(self) -> None:
        """Import the table as one undoable step."""
        mapping, opened = self.columns.mapping, self.columns.opened
        if mapping is None or opened is None:
            return
        command = partial(import_table, table=opened.table, mapping=mapping)
        self.start(partial(self.workspace.run_with_job, command, self._imported, text=self.path.name))

    def _imported(self, summary: "ChangeSummary | None") -> None:
        self.finish()
        if summary is None:
            return  # somebody was asked about a reviewed record, and thought better of it
        if self.plan is not None:
            self.done_with.emit(_("{file}: {sentence}").format(file=self.path.name, sentence=plan_sentence(self.plan)))
        self.accept()

    # Mappings as files

    def save_mapping(self) -> None:
        """Ask where to and write the mapping."""
        if self.columns.mapping is None:
            return
        proposed = self.path.with_name(self.path.stem + SUFFIX)
        name, _chosen = QFileDialog.getSaveFileName(self, _("Save the mapping"), str(proposed), _pattern())
        if name:
            self.write_mapping(Path(name))

    def write_mapping(self, path: Path) -> None:
        """Write the mapping to *path*."""
        if self.columns.mapping is None:
            return
        try:
            write_mapping(self.columns.mapping, path)
        except FactsError as fault:
            self.tell(fault)

    def load_mapping(self) -> None:
        """Ask for a mapping and use it."""
        name, _chosen = QFileDialog.getOpenFileName(self, _("Use a mapping"), str(self.path.parent), _pattern())
        if name:
            self.use_mapping(Path(name))

    def use_mapping(self, path: Path) -> None:
        """Use the mapping in the file at *path*."""
        if self.columns.opened is None:
            return
        try:
            mapping: Mapping = read_mapping(path)
        except FactsError as fault:
            self.tell(fault)
            return
        self.tell(None)
        self.columns.show_table(replace(self.columns.opened, mapping=mapping, from_file=path.name))

    # The state of the window

    def _want_kind(self, kind: str) -> None:
        self._open(kind=kind, sheet=self.columns.sheet.currentText())

    def _want_sheet(self, sheet: str) -> None:
        self._open(sheet=sheet)

    def has_content(self) -> bool:
        """Say whether a table was read."""
        return self.columns.mapping is not None

    def follow(self) -> None:
        """Show the buttons of the page, and enable what can be done now."""
        busy, ready = self.running, self.has_content()
        first = self.pages.currentWidget() is self.columns
        self.back_button.setVisible(not first)
        self.next_button.setVisible(first)
        self.import_button.setVisible(not first)
        self.next_button.setEnabled(ready and not busy)
        self.import_button.setEnabled(not busy and self.plan is not None and not self.plan.does_nothing)
        self.load_button.setVisible(first)
        self.load_button.setEnabled(ready and not busy)
        self.save_button.setEnabled(ready)
        self.pages.setEnabled(not busy)
        (self.next_button if first else self.import_button).setDefault(True)


def _pattern() -> str:
    return _("Mappings") + f" (*{SUFFIX} *.toml)"
