"""The timeline screen: the timeline itself, and the comparison of organizations that it turns into."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_desktop.views.timeline.comparison import ComparisonView


class TimelineScreen(QStackedWidget):
    """Shows the timeline or the comparison; the shell asks for whichever is shown."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.timeline = TimelineView(workspace, self)
        self.comparison: ComparisonView | None = None
        self.addWidget(self.timeline)
        self.setFocusProxy(self.timeline)
        self.timeline.panel.compare.clicked.connect(self.compare)

    @property
    def figure_name(self) -> str:
        """The name of the figure on the screen."""
        return self.shown().figure_name

    def shown(self) -> "TimelineView | ComparisonView":
        """Return what is shown."""
        return self.timeline if self.comparison is None or self.currentWidget() is self.timeline else self.comparison

    def parts(self) -> list[QWidget]:
        """Return the parts that F6 walks through: the row of controls, and what is below it."""
        return self.shown().parts()

    def current_request(self) -> Request:
        """Return what the figure on the screen was asked for."""
        return self.shown().current_request()

    def current_view(self) -> View:
        """Return the part in view."""
        return self.shown().current_view()

    def current_size(self) -> tuple[float, float]:
        """Return the size of the figure in pixels."""
        return self.shown().current_size()

    def current_spec(self) -> Any:
        """Return what is shown, None until it is there."""
        return self.shown().current_spec()

    def compare(self, _checked: bool = False) -> None:
        """Show the comparison."""
        if self.comparison is None:
            # Imported when it is first wanted: the timeline is the first screen that a person sees.
            from chipscape_desktop.views.timeline.comparison import ComparisonView

            self.comparison = ComparisonView(self._workspace, self)
            self.comparison.left.connect(self.leave_comparison)
            self.addWidget(self.comparison)
        self._turn_to(self.comparison)

    def to_front(self) -> None:
        """Show the timeline itself: the screen was asked for again while its comparison was shown."""
        self.leave_comparison()

    def leave_comparison(self) -> None:
        """Show the timeline again."""
        self._turn_to(self.timeline)

    def _turn_to(self, wanted: QWidget) -> None:
        self.setCurrentWidget(wanted)
        self.setFocusProxy(wanted)
        wanted.setFocus()
