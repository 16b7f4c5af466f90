"""A bar that shows how far one piece of background work is, in the window that asked for it."""

from PySide6.QtWidgets import QProgressBar, QWidget

from chipscape_desktop.i18n import _, percent
from chipscape_desktop.workspace import Activity, Workspace


class ProgressLine(QProgressBar):
    """Shown while work runs; follows the activity of the workspace that has the name it was begun with."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setTextVisible(False)
        self.setAccessibleName(_("How far it is"))
        self.rest()
        workspace.activity_changed.connect(self._follow)

    def begin(self, text: str) -> None:
        """Follow the work of that name; how far it is is not known yet."""
        self._text = text
        self.setRange(0, 0)
        self.setToolTip("")
        self.show()

    def rest(self) -> None:
        """Nothing runs."""
        self._text = ""
        self.hide()

    def _follow(self, activity: Activity | None) -> None:
        if self._text and activity is not None and activity.text == self._text and activity.fraction is not None:
            self.setRange(0, 100)
            self.setValue(round(100 * activity.fraction))
            self.setToolTip(percent(activity.fraction))
