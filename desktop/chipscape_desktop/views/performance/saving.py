"""Saved figures on the performance screen: the menu that lists, saves, renames, copies and deletes them."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from chipscape_db.figure_content import FigureContent
from chipscape_db.identity import new_id
from chipscape_desktop.figure_steps import deleting, duplicating, editing, renaming, saving
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.views.performance.gallery import chart_names
from chipscape_desktop.views.performance.strip import EntryStrip
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary
    from chipscape_db.queries import Reader
    from chipscape_db.queries.figures import SavedFigureRow


class Host(Protocol):
    """The screen whose figure is saved."""

    def content(self) -> FigureContent:
        """Return what is shown, as it would be saved."""
        ...

    def show_content(self, content: FigureContent) -> None:
        """Show what was saved."""
        ...

    def without_remarks(self) -> None:
        """Show the figure without the title and the remarks that were saved with it."""
        ...


class SavedFigures(QObject):
    """Keeps the list of saved figures and which of them is shown; every edit is one step that undo takes back.

    `was_shown` tells with its id that somebody opened a saved figure, `since_wanted` with its name (empty for all) that
    somebody asks what changed in it.
    """

    was_shown = Signal(object)
    since_wanted = Signal(object)

    def __init__(self, workspace: Workspace, host: Host, button: QToolButton, strip: EntryStrip) -> None:
        super().__init__(button)
        self._workspace, self._host, self._button, self._strip = workspace, host, button, strip
        self.rows: list[SavedFigureRow] = []
        self._current = ""
        self._menu = QMenu(button)
        button.setIcon(icon("save"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self.fill)
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._changed)

    def current(self) -> "SavedFigureRow | None":
        """Return the saved figure that is shown, None for one that is not saved."""
        return next((row for row in self.rows if row.id == self._current), None)

    def charts(self) -> "list[SavedFigureRow]":
        """Return the saved figures that this screen can show: timelines and maps have screens of their own."""
        return [row for row in self.rows if row.content.figure in chart_names()]

    def forget(self) -> None:
        """Show a figure that is not saved."""
        self._current = ""

    def show(self, figure_id: str, _checked: bool = False) -> None:
        """Show a saved figure."""
        self._current = figure_id
        row = self.current()
        if row is not None:
            self._host.show_content(row.content)
            self.was_shown.emit(figure_id)

    def ask_since(self, _checked: bool = False) -> None:
        """Ask what changed in the saved figure that is shown, or in all of them."""
        row = self.current()
        self.since_wanted.emit(row.name if row is not None else "")

    def save_as(self, name: str) -> None:
        """Save what is shown under a name, and go on with it."""
        figure_id = new_id()
        self._current = figure_id
        self._workspace.run(saving(name, self._host.content(), figure_id))

    def keep(self, content: FigureContent, default_name: str) -> None:
        """Save the figure that is shown as *content*: anew, or, when it is not saved yet, under a name like this."""
        row = self.current()
        if row is not None:
            self._workspace.run(editing(row.id, content, row.content))
            return
        self._current = new_id()
        self._workspace.run(saving(self._free(default_name), content, self._current))

    def update(self) -> None:
        """Save what is shown in place of what was saved."""
        self.keep(self._host.content(), "")

    def rename(self, name: str) -> None:
        """Give the saved figure that is shown another name."""
        self._workspace.run(renaming(self._current, name))

    def duplicate(self) -> None:
        """Save a copy of the saved figure that is shown, and go on with the copy."""
        row, copy_id = self.current(), new_id()
        if row is not None:
            name = self._free(_("{name} (copy)").format(name=row.name))
            self._workspace.run(duplicating(row.id, name, copy_id))
            self._current = copy_id

    def delete(self) -> None:
        """Delete the saved figure that is shown; the figure itself stays on the screen, without its remarks."""
        self._workspace.run(deleting(self._current))

    def fill(self) -> None:
        """Write the menu: the list, then what can be done."""
        self._menu.clear()
        for row in self.charts():
            action = self._add(row.name.replace("&", "&&"), partial(self.show, row.id))
            action.setCheckable(True)
            action.setChecked(row.id == self._current)
        self._menu.addSeparator()
        there = self.current() is not None
        self._add(_("&Save as a new figure…"), self._ask_name)
        for text, do in (
            (_("&Update with what is shown"), self.update),
            (_("&Rename…"), self._ask_new_name),
            (_("&Duplicate"), self.duplicate),
            (_("D&elete"), self.delete),
        ):
            self._add(text, do).setEnabled(there)
        self._menu.addSeparator()
        self._add(_("&What changed since it was saved…") if there else _("&What changed in saved figures…"),
                  self.ask_since).setEnabled(bool(self.rows))  # fmt: skip

    def _add(self, text: str, do: object) -> QAction:
        action = self._menu.addAction(text)
        action.triggered.connect(do)
        return action

    def _ask_name(self) -> None:
        self._strip.ask(_("Name of the figure"), "", self.save_as)

    def _ask_new_name(self) -> None:
        row = self.current()
        if row is not None:
            self._strip.ask(_("Name of the figure"), row.name, self.rename)

    def _free(self, name: str) -> str:
        taken = {row.name for row in self.rows}
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{name} {number}"
        return free

    def _opened(self, _base: object) -> None:
        self._current = ""
        self._reload()

    def _changed(self, summary: "ChangeSummary") -> None:
        if "saved_figure" in summary.tables:
            self._reload()

    def _reload(self) -> None:
        if self._workspace.base is not None:
            self._workspace.query(_read, self._read, key="saved-figures")

    def _read(self, rows: "list[SavedFigureRow]") -> None:
        before = self.current()
        self.rows = rows
        now = self.current()
        if now is None and before is not None:
            self._current = ""
            self._host.without_remarks()
        elif now is not None and now.content not in (before and before.content, self._host.content()):
            self._host.show_content(now.content)


def _read(session: "Reader") -> "list[SavedFigureRow]":
    from chipscape_db.queries.figures import saved_figures

    return saved_figures(session)
