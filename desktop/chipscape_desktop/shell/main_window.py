"""The window: rail, top bar, the screens, the inspector and the status bar, and what its actions do."""

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chipscape_db.vocabulary import RECORD_KINDS
from chipscape_desktop import i18n, notices, settings
from chipscape_desktop.actions import ACTIONS, MENUS, Actions
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _
from chipscape_desktop.language import apply_language
from chipscape_desktop.notices import NoticeBar
from chipscape_desktop.shell.exchange_actions import ExchangeActions
from chipscape_desktop.shell.figure_actions import FigureActions
from chipscape_desktop.shell.file_actions import FileActions
from chipscape_desktop.shell.map_actions import MapActions
from chipscape_desktop.shell.palette import Palette
from chipscape_desktop.shell.parts import WindowParts
from chipscape_desktop.shell.rail import Rail
from chipscape_desktop.shell.source_files import SourceFiles
from chipscape_desktop.shell.status_line import StatusLine
from chipscape_desktop.shell.top_bar import TopBar
from chipscape_desktop.shell.welcome import Welcome
from chipscape_desktop.theme import ThemeChoice, apply_theme
from chipscape_desktop.window_state import restore_window, save_window
from chipscape_desktop.workspace import Held, Selection, UndoState, Workspace

if TYPE_CHECKING:
    from chipscape_db.base_file import FactBase
    from chipscape_db.errors import FactsError
    from chipscape_db.history import ChangeSummary

SCREENS = {
    "timeline": ("chipscape_desktop.views.timeline.screen", "TimelineScreen"),
    "performance": ("chipscape_desktop.views.performance.view", "PerformanceView"),
    "ecosystem": ("chipscape_desktop.views.ecosystem.view", "EcosystemView"),
    "facts": ("chipscape_desktop.forms.facts_view", "FactsView"),
}
INSPECTOR = "chipscape_desktop.shell.inspector.panel"
_NARROW = 1200
_INSPECTOR_WIDTH = 320
_FIRST_SIZE = QSize(1366, 768)
_WINDOW_FRAME = QSize(8, 40)  # what a window manager may add around the window
_THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark", "contrast")
_log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """The one window. Screens are imported and made when they are first shown, after the window is there."""

    def __init__(self, workspace: Workspace, remembered: settings.Settings) -> None:
        super().__init__()
        self.setObjectName("main")
        self.workspace = workspace
        known = remembered.last_screen in SCREENS  # another version may have had others
        self.settings = remembered if known else replace(remembered, last_screen=next(iter(SCREENS)))
        self._screens: dict[str, QWidget] = {}
        self.inspector: QWidget | None = None
        self.files = FileActions(self)
        self.figures = FigureActions(self)
        self.sources = SourceFiles(self)
        self.map = MapActions(self)
        self.exchange = ExchangeActions(self)
        self.parts = WindowParts(self)
        self.actions_ = Actions(self._handlers(), self)
        # Before the parts connect theirs: what the screen asks of the base is then answered first.
        workspace.opened.connect(self._opened)
        self._build()
        self._build_menus()
        self._connect()
        self.retranslate()
        self._follow_state()
        if not restore_window(self):
            self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() - _WINDOW_FRAME))

    # Building

    def _handlers(self) -> dict[str, Callable[[], object]]:
        handlers: dict[str, Callable[[], object]] = {
            "new": self.files.new, "new-empty": self.files.new_empty, "open": self.files.open,
            "save-copy": self.files.save_copy, "quit": self.close, "undo": self.workspace.undo,
            "redo": self.workspace.redo, "edit-selected": self.edit_selected, "history": self.show_history,
            "review": self.show_review, "record-history": partial(self.show_history, of_selected=True),
            "author": self.files.ask_author, "compact": self.files.compact,
            "palette": self.open_palette, "inspector": self.toggle_inspector, "back": self.workspace.select_back,
            "forward": self.workspace.select_forward, "clear-filters": self.clear_filters, "help": self.show_help,
            "shortcuts": self.show_shortcuts, "about": self.show_about,
        }  # fmt: skip
        handlers |= self.figures.handlers() | self.exchange.handlers()
        handlers |= {"compare": self.compare_organizations, "import-events": self.files.import_events}
        handlers |= {name: partial(self.show_screen, name) for name in SCREENS} | self.map.handlers()
        handlers |= {"import-sources": self.sources.choose_import, "export-sources": self.sources.choose_export}
        handlers |= {f"add-{kind}": partial(self.add_record, kind) for kind in RECORD_KINDS}
        handlers |= {"next-part": self.parts.next, "previous-part": self.parts.previous}
        handlers |= {f"theme-{name}": partial(self.choose_theme, name) for name in _THEMES}
        handlers |= {f"language-{code}": partial(self.choose_language, code) for code in ("en", "fr")}
        return handlers

    def _build(self) -> None:
        self.top_bar = TopBar(self.workspace, [self.actions_[name] for name in ("undo", "redo", "export")], self)
        self.rail = Rail([self.actions_[name] for name in SCREENS], self)
        self.stack = QStackedWidget(self)
        self.welcome = Welcome(self)
        self.stack.addWidget(self.welcome)
        self.notice = NoticeBar(self)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName("inspector")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(middle)
        self.splitter.setStretchFactor(0, 1)
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.splitter, 1)
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top_bar)
        rows.addWidget(body, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(StatusLine(self.workspace, self))
        self.palette_panel = Palette(self.workspace, self.figures.doable, whole)

    def _build_menus(self) -> None:
        self._menus = {name: self.menuBar().addMenu("") for name in MENUS}
        self.recent_menu = None
        for action in ACTIONS:
            menu = self._menus[action.menu]
            if action.separated:
                menu.addSeparator()
            if action.id == "recent":
                self.recent_menu = menu.addMenu("")
                self.recent_menu.aboutToShow.connect(self.files.fill_recent)
            else:
                menu.addAction(self.actions_[action.id])

    def _connect(self) -> None:
        workspace = self.workspace
        workspace.failed.connect(self.tell_error)
        workspace.changed.connect(self._changed)
        workspace.held.connect(self._ask_about_reviewed)
        workspace.undo_changed.connect(self._undo_changed)
        workspace.filters_changed.connect(self._follow_state)
        workspace.selection_changed.connect(self._selected)
        self.top_bar.search.wanted.connect(self.open_palette)

    # Screens

    def show_screen(self, name: str) -> None:
        """Show a screen, making it first when it was not shown before."""
        if self.workspace.base is None:
            return
        if name == self.screen_name() and hasattr(self.current(), "to_front"):
            self.current().to_front()
        if name not in self._screens:
            module, cls = SCREENS[name]
            screen: QWidget = getattr(import_module(module), cls)(self.workspace, self)
            self._screens[name] = screen
            self.stack.addWidget(screen)
            if name in ("ecosystem", "performance"):
                (self.map if name == "ecosystem" else self.figures.since).attach(screen)
        self.stack.setCurrentWidget(self._screens[name])
        self.rail.mark(name)
        self._screens[name].setFocus()
        self._follow_state()

    def compare_organizations(self) -> None:
        """Show organizations mirrored around one axis of time."""
        self.show_screen("timeline")
        self.current().compare()
        self._follow_state()

    def current(self) -> Any:
        """Return the screen that is shown, None while there is only the welcome."""
        shown = self.stack.currentWidget()
        return None if shown is self.welcome else shown

    def screen_name(self) -> str:
        """Return the name of the screen that is shown, empty while there is only the welcome."""
        shown = self.stack.currentWidget()
        return next((name for name, screen in self._screens.items() if screen is shown), "")

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        if self.inspector is not None:
            self.inspector.setVisible(not self.inspector.isVisible())
            self.actions_["inspector"].setChecked(self.inspector.isVisible())
            self.remember(show_inspector=self.inspector.isVisible())

    def edit_selected(self) -> None:
        """Open the form of the selected record on the Facts screen."""
        selection = self.workspace.selection
        if selection is not None and selection.kind == "record":
            self.show_screen("facts")
            self.current().edit(selection.id)

    def add_record(self, kind: str, _checked: bool = False) -> None:
        """Open an empty form for a record of a kind on the Facts screen."""
        self.show_screen("facts")
        if self.screen_name() == "facts":
            self.current().add_record(kind)

    def show_review(self) -> None:
        """Open the review queue on the Facts screen, or close it there."""
        on_screen = self.screen_name() == "facts"
        self.show_screen("facts")
        screen = self.current()
        if screen is not None:
            (screen.reviewing.toggle if on_screen else screen.reviewing.open)()

    def open_palette(self, text: str | bool = "") -> None:
        """Open the palette with *text* typed in."""
        self.palette_panel.open(text if isinstance(text, str) else "")

    def clear_filters(self) -> None:
        """Show everything again."""
        self.top_bar.filters.clear_all()

    def may_leave_forms(self) -> bool:
        """Ask about edits that are not saved yet; False when the person wants to stay with them."""
        screen: Any = self._screens.get("facts")
        return screen is None or bool(screen.may_leave())

    def copy_saved(self, path: Path) -> None:
        """Say where the copy went."""
        self.notice.tell(_("A copy was saved as {file} in {folder}.").format(file=path.name, folder=path.parent))

    # Help and history

    def show_history(self, _checked: bool = False, *, of_selected: bool = False) -> None:
        """Open the history of changes, or of the selected record alone."""
        from chipscape_desktop.history.window import HistoryWindow

        HistoryWindow(self.workspace, self, of_selected=of_selected).show()

    def show_help(self) -> None:
        """Open the help at the page of the screen that is shown."""
        from chipscape_desktop.shell.help_window import HelpWindow

        HelpWindow(self.screen_name() or "start", self).show()

    def show_shortcuts(self) -> None:
        """Open the sheet of keyboard shortcuts."""
        from chipscape_desktop.shell.help_window import ShortcutSheet

        ShortcutSheet(self.screen_name(), self).show()

    def show_about(self) -> None:
        """Say what this is, in which version, under which licences."""
        from chipscape_desktop.shell.help_window import about

        about()

    # What is remembered, theme and language

    def remember(self, **changes: Any) -> None:
        """Change settings and store them."""
        self.settings = replace(self.settings, **changes)
        settings.save_settings(self.settings)

    def choose_theme(self, name: ThemeChoice, _checked: bool = False) -> None:
        """Use a theme from now on."""
        self.remember(theme=name)
        apply_theme(_application(), name)
        self._follow_state()

    def choose_language(self, code: str, _checked: bool = False) -> None:
        """Speak a language from now on."""
        self.remember(language=code)
        apply_language(_application(), code)
        self._follow_state()

    # Following the state

    def retranslate(self) -> None:
        """Write every text of the frame in the language in force."""
        self.actions_.retranslate()
        for name, title in MENUS.items():
            self._menus[name].setTitle(_(title))
        if self.recent_menu is not None:
            self.recent_menu.setTitle(_("Open recent"))
        self._name_window()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the rail in a narrow window."""
        super().resizeEvent(event)
        self.rail.set_narrow(event.size().width() < _NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place; ask first when a form holds edits that are not saved."""
        if not self.may_leave_forms():
            event.ignore()
            return
        self.remember(last_screen=self.screen_name() or self.settings.last_screen)
        save_window(self)
        super().closeEvent(event)

    def _name_window(self) -> None:
        base = self.workspace.base
        self.setWindowTitle("Chipscape" if base is None else f"{base.path.stem} — Chipscape")

    def _opened(self, base: "FactBase") -> None:
        self._name_window()
        self.settings = self.settings.with_recent_file(base.path)
        settings.save_settings(self.settings)
        if self.inspector is None:
            inspector: QWidget = import_module(INSPECTOR).Inspector(self.workspace, self)
            self.inspector = inspector
            self.splitter.addWidget(self.inspector)
            self.splitter.setStretchFactor(1, 0)
            self.splitter.setSizes([self.width() - _INSPECTOR_WIDTH, _INSPECTOR_WIDTH])
            self.inspector.setVisible(self.settings.show_inspector)
        self.notice.dismiss()
        if base.read_only_because is not None:
            self.notice.tell(error_text(base.read_only_because), action=(_("Save a copy…"), self.files.save_copy))
        self._follow_state()
        self.show_screen(self.screen_name() or self.settings.last_screen)

    def _changed(self, summary: "ChangeSummary") -> None:
        if summary.kind in ("undo", "redo", "revert"):
            from chipscape_desktop.change_words import change_sentence

            self.statusBar().showMessage(change_sentence(summary), 4000)
        else:
            self.files.ask_author_once()
        self._follow_state()

    def _ask_about_reviewed(self, held: "Held") -> None:
        """Let a record that was marked as reviewed change only when the person agrees."""
        if notices.ask(
            error_text(held.because),
            detail=_("The record keeps its mark, and the history will say that it changed after the review."),
            yes=_("Change it"),
            no=_("Leave it as it was"),
            parent=self,
        ):
            self.workspace.go_on(held)
        else:
            self.workspace.give_up(held)

    def _undo_changed(self, _state: UndoState) -> None:
        self._follow_state()

    def _selected(self, _selection: Selection | None) -> None:
        self._follow_state()

    def tell_error(self, error: "FactsError") -> None:
        """Show a fault of the world in the notice bar."""
        _log.info("Told: %s", error)
        notices.tell_error(error)
        if self.workspace.base is None:
            self.welcome.offer()

    def _follow_state(self, _change: object = None) -> None:
        workspace, undo = self.workspace, self.workspace.undo_state
        selection = workspace.selection
        self.actions_.set_state(
            base=workspace.base is not None,
            figure=hasattr(self.current(), "figure_name"),
            record=selection is not None and selection.kind == "record",
            filters=workspace.filters.active > 0,
            undo=undo.can_undo,
            redo=undo.can_redo,
        )
        for name in _THEMES:
            self.actions_[f"theme-{name}"].setChecked(self.settings.theme == name)
        for code in ("en", "fr"):
            self.actions_[f"language-{code}"].setChecked(i18n.language() == code)
        self.actions_["inspector"].setChecked(self.inspector is not None and self.inspector.isVisible())


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
