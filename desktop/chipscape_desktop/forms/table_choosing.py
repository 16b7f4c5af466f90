"""How the table of the facts screen is set up: its columns, its filters, its saved views."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from chipscape_desktop.forms.table_setup import TableSetup
from chipscape_desktop.forms.view_menu import ViewMenu

if TYPE_CHECKING:
    from chipscape_desktop.forms.facts_view import FactsView


class TableChoosing(QObject):
    """Sets up the table of one facts screen."""

    def __init__(self, view: "FactsView") -> None:
        super().__init__(view)
        self._view = view
        self.views = ViewMenu(view.workspace, view)
        self.views.chosen.connect(self.set_up)

    def choose_columns(self) -> None:
        """Offer the columns."""
        menu = self._view.table.column_menu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view.bar.pop_up(menu)

    def choose_view(self) -> None:
        """Offer the saved views."""
        view = self._view
        menu = self.views.menu(view.key, view.table.current_setup(view.bar.filter_text()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.bar.pop_up(menu, view.bar.views)

    def set_up(self, table: str, setup: TableSetup) -> None:
        """Show a table as a view has it."""
        self._view.table.set_setup(table, setup)
        self._view.show_table(table)
        self._view.bar.set_filter(setup.words)

    def toggle_filters(self) -> None:
        """Show or hide the filters of the columns."""
        head = self._view.table.head
        head.set_open(not head.is_open)

    def edit_filter(self) -> None:
        """Put the keyboard into the filter of the current column."""
        self._view.pages.setCurrentWidget(self._view.table)
        self._view.table.edit_filter()
