"""What the File menu does: new, open, recent, save a copy; and who the author is."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from chipscape_db.base_header import SUFFIX
from chipscape_desktop.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.compacting import Compacted
    from chipscape_desktop.shell.author_dialog import AuthorDialog
    from chipscape_desktop.shell.main_window import MainWindow


class FileActions:
    """The file actions of one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def new(self) -> None:
        """Create a fact base with the starter facts and open it."""
        self._create(starter=True)

    def new_empty(self) -> None:
        """Create an empty fact base and open it."""
        self._create(starter=False)

    def open(self) -> None:
        """Ask for a fact base and open it."""
        name, _chosen = QFileDialog.getOpenFileName(
            self._window, _("Open a fact base"), self._folder(), self._pattern()
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open the fact base at *path*, unless a form with unsaved edits is kept."""
        if self._window.may_leave_forms():
            self._window.workspace.open(path)

    def save_copy(self) -> None:
        """Ask where to and write a copy there."""
        base = self._window.workspace.base
        if base is None:
            return
        proposed = base.path.with_name(f"{base.path.stem} ({_('copy')}){SUFFIX}")
        name, _chosen = QFileDialog.getSaveFileName(self._window, _("Save a copy"), str(proposed), self._pattern())
        if name:
            self._window.workspace.save_copy(_with_suffix(Path(name)), self._window.copy_saved)

    def compact(self) -> None:
        """Make the file of the base smaller, and say by how much."""
        base = self._window.workspace.base
        if base is None:
            return
        if base.read_only_because is not None:
            self._window.tell_error(base.read_only_because)
            return
        self._window.workspace.query(_compact, self._compacted)

    def _compacted(self, done: "Compacted") -> None:
        copies = ngettext(
            "{count} undone copy of a source was removed.", "{count} undone copies of sources were removed.",
            done.copies,
        ).format(count=number(done.copies))  # fmt: skip
        sizes = _("The file has {after} MB now, it had {before} MB.").format(
            after=number(done.after / 1e6, 1), before=number(done.before / 1e6, 1)
        )
        self._window.notice.tell(sizes, detail=copies if done.copies else _("No fact was changed."))

    def import_events(self) -> None:
        """Ask for a calendar or TimelineJS file and show what it would change."""
        if self._window.workspace.base is None:
            return
        pattern = _("Calendars and TimelineJS") + " (*.ics *.json)"
        name, _chosen = QFileDialog.getOpenFileName(self._window, _("Import events"), self._folder(), pattern)
        if name:
            self.show_event_import(Path(name))

    def show_event_import(self, path: Path) -> None:
        """Show what the event file at *path* would change."""
        from chipscape_desktop.forms.event_import import EventImportDialog

        dialog = EventImportDialog(self._window.workspace, path, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._events_taken)
        dialog.open()

    def _events_taken(self, name: str) -> None:
        self._window.notice.tell(_("The events of {file} were imported.").format(file=name))

    def fill_recent(self) -> None:
        """Fill the menu of recent files; a file that is gone is left out."""
        menu = self._window.recent_menu
        if menu is None:
            return
        menu.clear()
        for name in self._window.settings.recent_files:
            path = Path(name)
            if path.exists():
                menu.addAction(path.name, partial(self.open_path, path)).setToolTip(name)
        if menu.isEmpty():
            menu.addAction(_("No file was opened yet")).setEnabled(False)

    def ask_author(self) -> None:
        """Ask for the name and initials that go with every change."""
        from chipscape_desktop.shell.author_dialog import AuthorDialog

        window = self._window
        known = window.settings
        dialog = AuthorDialog(known.author or window.workspace.author, known.initials, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._sign, dialog))
        dialog.open()

    def ask_author_once(self) -> None:
        """After the first change that nobody signed, offer to say who one is; never again."""
        if self._window.settings.author or self._window.settings.author_asked:
            return
        self._window.remember(author_asked=True)
        self._window.notice.tell(
            _("Your changes are signed “{name}”.").format(name=self._window.workspace.author or "?"),
            detail=_("Name and initials go with every change. You are asked this once; see the Edit menu."),
            action=(_("Say who I am…"), self.ask_author),
        )

    def _sign(self, dialog: "AuthorDialog") -> None:
        name, initials = dialog.said()
        self._window.remember(author=name, initials=initials, author_asked=True)
        self._window.workspace.author = self._window.settings.signature

    def _create(self, *, starter: bool) -> None:
        if not self._window.may_leave_forms():
            return
        proposed = Path(self._folder()) / (_("New facts") + SUFFIX)
        name, _chosen = QFileDialog.getSaveFileName(
            self._window, _("New fact base"), str(proposed), self._pattern(),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if name:
            self._window.workspace.open(_with_suffix(Path(name)), create=True, starter=starter)

    def _folder(self) -> str:
        base = self._window.workspace.base
        return str(base.path.parent if base is not None else Path.home())

    def _pattern(self) -> str:
        return _("Chipscape fact bases") + f" (*{SUFFIX})"


def _with_suffix(path: Path) -> Path:
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def _compact(session: "Session") -> "Compacted":
    from sqlalchemy import Engine

    from chipscape_db.compacting import compact

    engine = session.get_bind()
    assert isinstance(engine, Engine)
    return compact(engine)
