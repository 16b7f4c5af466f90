"""Actions as data: the menus, the palette and the sheet of shortcuts are all built from this list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from chipscape_db.errors import N_
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon

MENUS = {"file": N_("&File"), "edit": N_("&Edit"), "add": N_("&Add"), "view": N_("&View"), "help": N_("&Help")}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    `needs` names the state that it takes (see `Actions.set_state`). Of the actions with one `choice` one is in force.
    """

    id: str
    text: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    needs: str = ""
    checkable: bool = False
    separated: bool = False
    choice: str = ""


ACTIONS = (
    Action("new", N_("New fact base with the starter facts…"), "file", "Ctrl+N", "file-plus"),
    Action("new-empty", N_("New empty fact base…"), "file"),
    Action("open", N_("Open…"), "file", "Ctrl+O", "folder-open"),
    Action("recent", N_("Open recent"), "file"),
    Action("save-copy", N_("Save a copy…"), "file", "Ctrl+Shift+S", "save", needs="base", separated=True),
    Action("compact", N_("Make the file smaller"), "file", needs="base"),
    Action("import-events", N_("Import events from a calendar or TimelineJS file…"), "file", needs="base"),
    Action("import-sources", N_("Import sources…"), "file", icon="upload", needs="base", separated=True),
    Action("export-sources", N_("Export sources…"), "file", icon="book", needs="base"),
    Action("import-table", N_("Import a table…"), "file", "Ctrl+Alt+I", needs="base", separated=True),
    Action("merge", N_("Merge another base or a change pack…"), "file", "Ctrl+Alt+M", needs="base"),
    Action("pack", N_("Write a change pack…"), "file", "Ctrl+Alt+P", needs="base"),
    Action("export", N_("Export figure…"), "file", "Ctrl+E", "download", needs="figure"),
    Action("save-figure", N_("Save figure…"), "file", "Ctrl+S", "save", needs="figure"),
    Action("open-exported", N_("Open an exported figure…"), "file", "Ctrl+Alt+O", "folder-open", needs="base"),
    Action("since", N_("Saved figures: what changed"), "file", "Ctrl+Alt+W", needs="base"),
    Action("export-network", N_("Export the network…"), "file", icon="share", needs="base"),
    Action("import-network", N_("Import a network…"), "file", icon="upload", needs="base"),
    Action("copy-figure", N_("Copy figure"), "edit", "Ctrl+Shift+C", "copy", needs="figure", separated=True),
    Action("quit", N_("Quit"), "file", "Ctrl+Q", "log-out", separated=True),
    Action("undo", N_("Undo"), "edit", "Ctrl+Z", "undo-2", needs="undo"),
    Action("redo", N_("Redo"), "edit", "Ctrl+Shift+Z", "redo-2", needs="redo"),
    Action(
        "draw-relationship",
        N_("Map: draw a relationship from the selected record"),
        "edit",
        icon="link",
        needs="record",
    ),
    Action("add-on-map", N_("Map: add a record"), "edit", icon="plus", needs="base"),
    Action("edit-selected", N_("Edit selected record"), "edit", "F2", "pencil", needs="record"),
    Action("review", N_("Review queue"), "edit", "Ctrl+R", "flag", needs="base", separated=True),
    Action("history", N_("History of changes"), "edit", "Ctrl+H", "history", needs="base"),
    Action("record-history", N_("History of the selected record"), "edit", "Ctrl+Alt+H", "history", needs="record"),
    Action("author", N_("Your name and initials…"), "edit"),
    Action("add-chip", N_("New chip…"), "add", "Ctrl+Shift+I", "cpu", needs="base"),
    Action("add-organization", N_("New organization…"), "add", icon="building-2", needs="base"),
    Action("add-model", N_("New model…"), "add", icon="brain", needs="base"),
    Action("add-software", N_("New software…"), "add", icon="code", needs="base"),
    Action("add-policy", N_("New policy…"), "add", icon="landmark", needs="base"),
    Action("add-sector", N_("New sector…"), "add", icon="factory", needs="base"),
    Action("add-event", N_("New event…"), "add", icon="calendar", needs="base"),
    Action("add-source", N_("New source…"), "add", icon="book-open-text", needs="base"),
    Action("palette", N_("Search and commands"), "view", "Ctrl+K", "search", needs="base"),
    Action("timeline", N_("Timeline"), "view", "Ctrl+1", "chart-gantt", needs="base", separated=True, choice="screen"),
    Action("performance", N_("Performance"), "view", "Ctrl+2", "chart-scatter", needs="base", choice="screen"),
    Action("ecosystem", N_("Ecosystem"), "view", "Ctrl+3", "waypoints", needs="base", choice="screen"),
    Action("facts", N_("Facts"), "view", "Ctrl+4", "table-2", needs="base", choice="screen"),
    Action("compare", N_("Compare organizations over time"), "view", "Ctrl+Shift+M", "arrow-up-down", needs="base"),
    Action(
        "ask-path", N_("Map: how does one depend on another?"), "view", icon="waypoints", needs="base", separated=True
    ),
    Action("ask-cut", N_("Map: what if it is unavailable?"), "view", icon="unlink", needs="base"),
    Action("ask-supply", N_("Map: how domestic is its supply chain?"), "view", icon="factory", needs="base"),
    Action("ask-chokepoints", N_("Map: where is it narrow?"), "view", icon="crosshair", needs="base"),
    Action("ask-communities", N_("Map: which communities are there?"), "view", icon="share", needs="base"),
    Action("inspector", N_("Inspector"), "view", "F9", "panel-right", checkable=True, separated=True),
    Action("back", N_("Back to what was selected before"), "view", "Alt+Left", "arrow-left", needs="base"),
    Action("forward", N_("Forward again"), "view", "Alt+Right", "arrow-right", needs="base"),
    Action("next-part", N_("Next part of the window"), "view", "F6"),
    Action("previous-part", N_("Previous part of the window"), "view", "Shift+F6"),
    Action("reset-options", N_("Reset the chart's options"), "view", icon="rotate-ccw", needs="base"),
    Action("reset-timeline", N_("Reset the timeline's choices"), "view", icon="rotate-ccw", needs="base"),
    Action("clear-filters", N_("Clear all filters"), "view", "Ctrl+Shift+L", "x", needs="filters"),
    Action("theme-system", N_("Theme of the system"), "view", icon="monitor", separated=True, choice="theme"),
    Action("theme-light", N_("Light theme"), "view", icon="sun", choice="theme"),
    Action("theme-dark", N_("Dark theme"), "view", icon="moon", choice="theme"),
    Action("theme-contrast", N_("High-contrast theme"), "view", icon="contrast", choice="theme"),
    Action("language-en", "English", "view", icon="languages", separated=True, choice="language"),
    Action("language-fr", "Français", "view", icon="languages", choice="language"),
    Action("help", N_("Help"), "help", "F1", "circle-question-mark"),
    Action("shortcuts", N_("Keyboard shortcuts"), "help", "Ctrl+/", "keyboard"),
    Action("about", N_("About Chipscape"), "help", icon="info"),
)


class Actions:
    """The actions of one window, bound to what does them."""

    def __init__(self, handlers: Mapping[str, Callable[[], object]], parent: QObject) -> None:
        self._made: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for action in ACTIONS:
            made = QAction(parent)
            made.setObjectName(action.id)
            made.setCheckable(action.checkable or bool(action.choice))
            made.setIconVisibleInMenu(not made.isCheckable())  # the icon would stand in the place of the mark
            if action.choice:
                if action.choice not in groups:
                    groups[action.choice] = QActionGroup(parent)
                groups[action.choice].addAction(made)
            if action.shortcut:
                made.setShortcut(QKeySequence(action.shortcut))
            if action.icon:
                made.setIcon(icon(action.icon))
            if action.id in handlers:
                made.triggered.connect(handlers[action.id])
            self._made[action.id] = made
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        """Return the action of that id."""
        return self._made[name]

    def retranslate(self) -> None:
        """Name every action in the language in force."""
        for action in ACTIONS:
            self._made[action.id].setText(_(action.text))

    def set_state(self, **state: bool) -> None:
        """Enable or disable the actions that need `base`, `figure`, `record`, `filters`, `undo` or `redo`."""
        for action in ACTIONS:
            if action.needs in state:
                self._made[action.id].setEnabled(state[action.needs])

    def doable(self) -> list[QAction]:
        """Return the actions that can be done now, in the order of the menus."""
        return [self._made[a.id] for a in ACTIONS if self._made[a.id].isEnabled() and a.id not in ("recent", "palette")]
