"""What the File menu does with facts from elsewhere: import a table, merge another base, write a change pack."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog

from chipscape_db.base_header import SUFFIX
from chipscape_desktop.i18n import _, pgettext

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow

_TABLES = "*.csv *.tsv *.txt *.xlsx *.xlsm"
_PACKS = "*.chipscape-pack"


class ExchangeActions:
    """The actions of one window on facts from elsewhere."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does each of the actions."""
        return {"import-table": self.import_table, "merge": self.merge, "pack": self.pack}

    def import_table(self) -> None:
        """Ask for a table and show what its columns mean."""
        name = self._ask(_("Import a table"), pgettext("files", "Tables") + f" ({_TABLES})")
        if name is not None:
            self.show_import(name)

    def show_import(self, path: Path) -> QDialog:
        """Show the import of the table at *path*."""
        from chipscape_desktop.forms.exchange.import_window import ImportWindow

        window = ImportWindow(self._window.workspace, path, self._window)
        window.done_with.connect(self._window.notice.tell)
        return self._opened(window)

    def merge(self) -> None:
        """Ask for another base or a change pack and show what it brings."""
        name = self._ask(_("Merge"), _("Fact bases and change packs") + f" (*{SUFFIX} {_PACKS})")
        if name is not None:
            self.show_merge(name)

    def show_merge(self, path: Path) -> QDialog:
        """Show what the base or the change pack at *path* brings."""
        from chipscape_desktop.forms.exchange.merge_window import MergeWindow

        window = MergeWindow(self._window.workspace, path, self._window)
        window.done_with.connect(self._window.notice.tell)
        return self._opened(window)

    def pack(self) -> QDialog | None:
        """Ask since when and write a change pack."""
        from chipscape_desktop.forms.exchange.pack_window import PackWindow

        if self._window.workspace.base is None:
            return None
        window = PackWindow(self._window.workspace, self._window)
        window.done_with.connect(self._window.notice.tell)
        return self._opened(window)

    def _opened(self, window: QDialog) -> QDialog:
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.open()
        return window

    def _ask(self, title: str, pattern: str) -> Path | None:
        base = self._window.workspace.base
        if base is None or not self._window.may_leave_forms():
            return None
        name, _chosen = QFileDialog.getOpenFileName(self._window, title, str(base.path.parent), pattern)
        return Path(name) if name else None
