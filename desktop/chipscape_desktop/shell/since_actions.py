"""Figures that were saved or exported: saving the one on the screen, opening a file again, and what changed since."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from chipscape_db.errors import FactsError
from chipscape_db.identity import new_id
from chipscape_desktop.i18n import _, language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_desktop.history.since import Asked, Since
    from chipscape_desktop.shell.main_window import MainWindow
    from chipscape_desktop.workspace import Job

_LARGEST: Final = 150 * 2**20  # bytes of a base beyond which nobody waits unasked for its past to be rebuilt
_ASKED: Final = ("ask", "since")  # of a map: questions, which are asked anew
_SCREENS: Final = {"timeline": "timeline", "milestones": "timeline", "ecosystem": "ecosystem"}


class SinceActions(QObject):
    """The actions of one window on saved and exported figures; takes exported files that are dropped on it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return {"since": self.show_saved, "save-figure": self.save, "open-exported": self.choose_file}

    def attach(self, screen: QWidget) -> None:
        """Tell what changed when a saved figure is opened on a screen, and open the list from its menu."""
        view: Any = screen
        view.saved.was_shown.connect(self._check)
        view.saved.since_wanted.connect(self.show_saved)

    def show_saved(self, name: str | bool = "") -> None:
        """Open the list of saved figures with what changed in each, or of the one of a name."""
        from chipscape_desktop.history.since_window import SinceWindow

        self._open(SinceWindow(self._window.workspace, self._window, only=name if isinstance(name, str) else ""))

    def save(self) -> None:
        """Ask for a name and save the figure on the screen with its options, filters and the part in view."""
        from chipscape_db.figure_content import FigureContent
        from chipscape_desktop.figure_steps import saving

        screen = self._window.current()
        if screen is None or self._window.workspace.base is None or screen.current_spec() is None:
            return
        name, agreed = QInputDialog.getText(self._window, _("Save figure"), _("Name of the figure"))
        if not agreed or not name.strip():
            return
        if hasattr(screen, "saved"):
            screen.saved.save_as(name.strip())
            return
        request, view = screen.current_request(), screen.current_view()
        content = FigureContent(screen.figure_name, dict(request.options), request.filters, (*view.x, *view.y))
        self._window.workspace.run(saving(name.strip(), content, new_id()))

    def choose_file(self) -> None:
        """Ask for an exported file and show its figure again, on the facts of today."""
        from chipscape_desktop.export.capsules import READABLE

        base = self._window.workspace.base
        if base is None:
            return
        pattern = _("Exported figures") + f" ({' '.join(f'*{ending}' for ending in READABLE)})"
        name, _chosen = QFileDialog.getOpenFileName(
            self._window, _("Open an exported figure"), str(base.path.parent), pattern
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Show the figure of an exported file again, and what changed in it since."""
        if self._window.workspace.base is not None:
            self._window.workspace.compute(partial(_read_file, path), self._opened)

    def show_figure(self, asked: "Asked") -> None:
        """Show a figure on its screen, with its filters."""
        content = asked.content
        screen_name = _SCREENS.get(content.figure, "performance")
        self._window.show_screen(screen_name)
        screen = self._window.current()
        if screen_name == "performance" and screen is not None:
            if asked.figure_id:
                screen.saved.show(asked.figure_id)
            else:
                screen.show_content(content)
            return
        self._window.workspace.set_filters(content.filters)
        if screen is None:
            return
        view: Any = screen
        if content.figure == "timeline":
            from chipscape_desktop.views.timeline.choices import Choices

            screen.leave_comparison()
            view = screen.timeline
            view.panel.choose(Choices.from_options(content.options))
        elif content.figure == "milestones":
            screen.compare()
            view = screen.comparison
        else:
            view.panel.choose(**{name: word for name, word in content.options.items() if name not in _ASKED})
        if content.view is not None:
            from chipscape_desktop.figures.catalog import View

            view.canvas.set_view(View(content.view[:2], content.view[2:]))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take files of figures that are dragged onto the window."""
        if isinstance(event, QDragEnterEvent | QDropEvent) and event.type() in (
            QEvent.Type.DragEnter, QEvent.Type.Drop,
        ):  # fmt: skip
            path = _dropped(event)
            if path is not None and self._window.workspace.base is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.open_file(path)
                return True
        return False

    def _opened(self, asked: "Asked | FactsError") -> None:
        from chipscape_desktop.history.since_window import SinceWindow

        if isinstance(asked, FactsError):
            self._window.tell_error(asked)
        else:
            self.show_figure(asked)
            self._open(SinceWindow(self._window.workspace, self._window, asked=(asked,)))

    def _open(self, window: Any) -> None:
        window.show_wanted.connect(self.show_figure)
        window.show()

    def _check(self, figure_id: str) -> None:
        base = self._window.workspace.base
        if base is not None and base.path.stat().st_size < _LARGEST:
            read = partial(_read_one, figure_id=figure_id, language=language())
            self._window.workspace.query(read, self._checked, key="since-of-shown")

    def _checked(self, found: "Since | None") -> None:
        from chipscape_desktop.history.since_words import heading

        if found is not None and found.differences:
            show = partial(self.show_saved, found.asked.name)
            self._window.notice.tell(heading(found), action=(_("Show what changed"), show))


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """Return the one file of a figure that is dragged, None for anything else."""
    from chipscape_desktop.export.capsules import READABLE

    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.suffix.lower() in READABLE else None


def _read_file(path: Path, _running: "Job") -> "Asked | FactsError":
    from chipscape_desktop.history.since import asked_of_file

    try:
        return asked_of_file(path)
    except FactsError as error:
        return error


def _read_one(session: "Session", *, figure_id: str, language: str) -> "Since | None":
    from chipscape_desktop.history.since import asked_of_saved, read_since

    asked = [one for one in asked_of_saved(session) if one.figure_id == figure_id]
    return read_since(session, asked, language)[0] if asked else None
