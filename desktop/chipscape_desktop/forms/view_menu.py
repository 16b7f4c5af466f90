"""The saved views of the tables: a menu to choose, save, rename and delete them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from chipscape_db.commands.table_views import delete_table_view, rename_table_view, save_table_view
from chipscape_desktop.field_words import table_label
from chipscape_desktop.forms.table_setup import TableSetup
from chipscape_desktop.i18n import _
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.queries.table_views import ViewRow


class ViewMenu(QObject):
    """Knows the saved views; `chosen` carries (table, `TableSetup`), `asked` wants the setup of the table shown."""

    chosen = Signal(object, object)

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._window = workspace, window
        self.views: list[ViewRow] = []
        self.current = ""
        workspace.opened.connect(self.read)
        workspace.changed.connect(self._changed)
        if workspace.base is not None:
            self.read()

    def read(self, *_ignored: object) -> None:
        """Read the saved views."""
        if self._workspace.base is not None:
            self._workspace.query(_read, self._loaded, key=f"table-views-{id(self)}")

    def _loaded(self, views: "list[ViewRow]") -> None:
        self.views = views

    def _changed(self, summary: object) -> None:
        if "table_view" in summary.tables:  # type: ignore[attr-defined]  # a ChangeSummary
            self.read()

    def menu(self, table: str, setup: TableSetup) -> QMenu:
        """Return a menu of the views, with what can be done to that of the table shown."""
        menu = QMenu(self._window)
        base = self._workspace.base
        writable = base is not None and not base.read_only
        here = next((view for view in self.views if view.name == self.current and view.table == table), None)
        for view in self.views:
            label = f"{view.name}  ·  {table_label(view.table)}"
            action = menu.addAction(label, partial(self.choose, view.id))
            action.setCheckable(True)
            action.setChecked(view is here)
        if self.views:
            menu.addSeparator()
        reset = menu.addAction(_("As at first"), partial(self._reset, table))
        save = menu.addAction(_("Save this view as…"), partial(self.save_as, table, setup))
        actions: list[QAction] = [save]
        if here is not None:
            for label, do in (
                (_("Save “{name}” as it is now"), partial(self.save, table, setup, here.name)),
                (_("Rename “{name}”…"), partial(self.rename, here.id, here.name)),
                (_("Delete “{name}”"), partial(self.delete, here.id)),
            ):
                actions.append(menu.addAction(label.format(name=here.name), do))
        for action in actions:
            action.setEnabled(writable)
        reset.setEnabled(True)
        return menu

    def choose(self, view_id: str, _checked: bool = False) -> None:
        """Show a table as a view has it."""
        view = next((one for one in self.views if one.id == view_id), None)
        if view is not None:
            self.current = view.name
            self.chosen.emit(view.table, TableSetup.from_json(view.content))

    def save_as(self, table: str, setup: TableSetup, _checked: bool = False) -> None:
        """Ask for a name and save the table as it is set up."""
        name, said = QInputDialog.getText(self._window, _("Save this view"), _("Its name:"))
        if said:
            self.save(table, setup, name)

    def save(self, table: str, setup: TableSetup, name: str, _checked: bool = False) -> None:
        """Save the table as it is set up."""
        self.current = name.strip()
        self._workspace.run(partial(save_table_view, name=name, table=table, content=setup.to_json()))

    def rename(self, view_id: str, now: str, _checked: bool = False) -> None:
        """Ask for another name."""
        name, said = QInputDialog.getText(self._window, _("Rename the view"), _("Its name:"), text=now)
        if said:
            self.current = name.strip()
            self._workspace.run(partial(rename_table_view, view_id=view_id, name=name))

    def delete(self, view_id: str, _checked: bool = False) -> None:
        """Delete a view; undo brings it back."""
        self.current = ""
        self._workspace.run(partial(delete_table_view, view_id=view_id))

    def _reset(self, table: str, _checked: bool = False) -> None:
        self.current = ""
        self.chosen.emit(table, TableSetup())


def _read(session: "Session") -> "list[ViewRow]":
    from chipscape_db.queries.table_views import table_views

    return table_views(session)
