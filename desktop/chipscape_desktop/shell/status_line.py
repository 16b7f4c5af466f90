"""The status bar: which fact base is open and how much is in it, and background work with progress and cancel."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Activity, Workspace

if TYPE_CHECKING:
    from chipscape_db.base_file import FactBase

_SHOWN = ("organization", "chip", "model", "software", "policy", "event", "source")
_LATE_MS = 400


class StatusLine(QStatusBar):
    """The file's name, counts by kind and claims, and what is under way."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._counts: dict[str, int] = {}
        self._file = QLabel(self)
        self._told = QLabel(self)
        self._work = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedSize(120, 8)
        self._bar.setTextVisible(False)
        self._cancel = QToolButton(self)
        self._cancel.setIcon(icon("x"))
        self._cancel.setAutoRaise(True)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        for label in (self._told, self._work):
            set_role(label, "note")
        self.addWidget(self._file)
        self.addWidget(self._told, 1)
        for widget in (self._work, self._bar, self._cancel):
            self.addPermanentWidget(widget)
        self._activity: Activity | None = None
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._show)
        self._show()
        workspace.opened.connect(self._opened)
        workspace.changed.connect(self._count)
        workspace.activity_changed.connect(self._show_activity)
        self._cancel.clicked.connect(workspace.cancel_activity)
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text in the language in force."""
        self._cancel.setToolTip(_("Cancel"))
        self._cancel.setAccessibleName(_("Cancel"))
        base = self._workspace.base
        if base is not None:
            name = base.path.name
            self._file.setText(_("{file} (read only)").format(file=name) if base.read_only else name)
            self._file.setToolTip(str(base.path))
        parts = [
            f"{number(self._counts[kind])} {kind_word(kind, plural=self._counts[kind] != 1).lower()}"
            for kind in _SHOWN
            if kind in self._counts
        ]
        if self._counts:
            claims = self._counts["claim"]
            parts.append(ngettext("{count} claim", "{count} claims", claims).format(count=number(claims)))
        self._told.setText(" · ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _opened(self, base: "FactBase | None") -> None:
        if base is not None:
            self._count()

    def _count(self, _changed: object = None) -> None:
        self._workspace.query(_counts, self._counted, key="counts")

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.retranslate()

    def _show_activity(self, activity: Activity | None) -> None:
        """Show what is under way once it has taken a while: what is over in a moment would only flicker."""
        begins = self._activity is None
        self._activity = activity
        if activity is None:
            self._late.stop()
            self._show()
        elif begins:
            self._late.start()
        elif not self._late.isActive():
            self._show()

    def _show(self) -> None:
        activity = self._activity
        for widget in (self._work, self._bar):
            widget.setVisible(activity is not None)
        self._cancel.setVisible(activity is not None and activity.cancellable)
        if activity is not None:
            self._work.setText(activity.text)
            self._bar.setRange(0, 0 if activity.fraction is None else 100)
            self._bar.setValue(round(100 * (activity.fraction or 0)))


def _counts(session: object) -> dict[str, int]:
    from chipscape_db.queries.counts import counts

    return counts(session)  # type: ignore[arg-type]
