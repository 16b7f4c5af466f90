"""What is done to the rows of the facts screen: add, edit in place, change several, paste, delete."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from chipscape_desktop.forms.deleting import Deleting
from chipscape_desktop.forms.inline_edit import inline_command
from chipscape_desktop.forms.pasting import read_cells
from chipscape_desktop.i18n import _, language
from chipscape_desktop.notices import tell, tell_error

if TYPE_CHECKING:
    from chipscape_desktop.forms.facts_view import FactsView

NOT_RECORDS = ("relationship", "claim")


class FactsEdits(QObject):
    """Edits the rows of one facts screen."""

    def __init__(self, view: "FactsView") -> None:
        super().__init__(view)
        self._view = view
        self.deleting = Deleting(view.workspace, view)

    def add(self) -> None:
        """Start a new row of the table shown: a record, or a claim or relationship of the record in the form."""
        view = self._view
        if view.key in NOT_RECORDS:
            if view.form.record_id:
                name = "claims" if view.key == "claim" else "links"
                view.form.show_tab(name)
                getattr(view.form, name).do("add", "")
        elif view.form.may_leave():
            view.form.start_new(view.key)
            view.follow_state()

    def delete(self) -> None:
        """Delete the selected rows, after saying what goes with them."""
        view = self._view
        ids = view.table.selected_ids() or [view.table.current_id()]
        if not ids[0]:
            return
        if view.key in NOT_RECORDS:
            self.deleting.ask_to_delete_facts(view.key, ids)
        else:
            self.deleting.ask_to_delete(ids)

    def edited(self, row_id: str, column: str, text: str) -> None:
        """Store what was typed into a cell."""
        from chipscape_db.errors import FactsError

        table = self._view.table.facts.table
        if table is None:
            return
        try:
            command = inline_command(table, row_id, column=column, text=text, lang=language())
        except FactsError as fault:
            tell_error(fault)
            return
        self._view.workspace.run(command)

    def change_rows(self) -> None:
        """Change one field in all selected rows."""
        from chipscape_desktop.forms.rows_dialog import RowsDialog

        view = self._view
        ids, table = view.table.selected_ids(), view.table.facts.table
        if not ids or table is None or not self._writable() or not view.form.may_leave():
            return
        column = table.columns[max(view.table.currentIndex().column(), 0)].name
        RowsDialog(view.workspace, view.key, ids, column, view).open()

    def paste_clipboard(self) -> None:
        """Paste what is on the clipboard."""
        self.paste(QGuiApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """Show what pasting a text from a spreadsheet would do."""
        from chipscape_desktop.forms.paste_dialog import PasteDialog

        view = self._view
        cells = read_cells(text)
        if not self._writable():
            return
        if not cells:
            tell(_("There is nothing to paste: copy rows in a spreadsheet first."))
            return
        shown = view.table.current_setup().shown(view.table.facts.table) if view.table.facts.table else ()
        PasteDialog(view.workspace, view.key, cells, list(shown), view).open()

    def _writable(self) -> bool:
        base = self._view.workspace.base
        return base is not None and not base.read_only
