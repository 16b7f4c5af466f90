"""Sources from and to reference managers, by the File menu: CSL-JSON, BibTeX and RIS."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from chipscape_db.errors import N_, FactsError, FileFault
from chipscape_desktop import notices
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.workspace import Job

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chipscape_db.commands.bibliography import ImportedSources
    from chipscape_db.history import ChangeSummary
    from chipscape_db.transfer.bibliography import Entry
    from chipscape_desktop.shell.main_window import MainWindow

_PATTERN = "(*.json *.bib *.ris)"


class SourceFiles(QObject):
    """The actions of one window on bibliographies."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._told: ImportedSources | None = None
        self._target = Path()

    def choose_import(self) -> None:
        """Ask for a bibliography and add its sources."""
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Import sources"), "", f"{_('Bibliographies')} {_PATTERN}"
        )
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Add the sources of a bibliography as one undoable step, and say what came of it."""
        from chipscape_db.commands.bibliography import ImportedSources

        self._told = ImportedSources()
        self._window.workspace.run(partial(_import, path=path, told=self._told), then=self._imported)

    def choose_export(self) -> None:
        """Ask where to and write all sources there."""
        name, _filter = QFileDialog.getSaveFileName(
            self._window, _("Export sources"), "sources.bib",
            f"BibTeX (*.bib);;CSL-JSON (*.json);;RIS (*.ris);;{_('Bibliographies')} {_PATTERN}",
        )  # fmt: skip
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write all sources as a bibliography; the suffix names the format."""
        from chipscape_db.queries.bibliography import bibliography

        self._target = path
        self._window.workspace.query(bibliography, self._read, key="bibliography")

    def _imported(self, summary: "ChangeSummary | None") -> None:
        told = self._told
        if told is None or (summary is None and (told.added or told.changed)):
            return  # somebody was asked about a reviewed source, and thought better of it
        new = ngettext("{count} new source", "{count} new sources", told.added).format(count=number(told.added))
        full = ngettext("{count} completed", "{count} completed", told.changed).format(count=number(told.changed))
        known = ngettext("{count} known already", "{count} known already", told.known).format(count=number(told.known))
        self._window.notice.tell(", ".join((new, full, known)) + ".")

    def _read(self, entries: "list[Entry]") -> None:
        work = partial(_write, entries=entries, path=self._target)
        self._window.workspace.compute(work, self._written, key="bibliography", text=self._target.name)

    def _written(self, fault: FactsError | None) -> None:
        if fault is not None:
            notices.tell_error(fault)
        else:
            self._window.notice.tell(_("The sources were written to {file}.").format(file=self._target.name))


def _import(engine: "Engine", *, author: str, path: Path, told: "ImportedSources") -> "ChangeSummary | None":
    from chipscape_db.commands.bibliography import import_sources
    from chipscape_db.transfer.bibliography import format_of, read_bibliography, read_text

    entries = read_bibliography(read_text(path), format_of(path))
    return import_sources(engine, author=author, entries=entries, name=path.name, told=told)


def _write(_job: Job, entries: "list[Entry]", path: Path) -> FactsError | None:
    from chipscape_db.transfer.bibliography import format_of, write_bibliography

    try:
        path.write_text(write_bibliography(entries, format_of(path)), encoding="utf-8", newline="\n")
    except FactsError as fault:
        return fault
    except OSError as error:
        return FileFault(N_("{file} cannot be written: {reason}."), file=path.name, reason=error.strerror or "?")
    return None
