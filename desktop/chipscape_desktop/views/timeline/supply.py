"""Looking up what the timeline of a large base lacks for what is in view, while the window stays free."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from chipscape_desktop.figures.timeline.details import Reach
from chipscape_desktop.figures.timeline.large import waiting
from chipscape_desktop.figures.timeline.spec import TimelineSpec, days_of
from chipscape_desktop.views.timeline.reading import keep_columns
from chipscape_desktop.workspace import Workspace

_REST_MS = 60


class Supply(QObject):
    """Asks in the background for what is wanted once the view is still; `supplied` when there is more to be shown.

    `days_found` carries the first and last day of the events that a record took part in.
    """

    supplied = Signal()
    days_found = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.whole: TimelineSpec | None = None
        self._shown: TimelineSpec | None = None
        self._reach: Reach | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)

    def take(self, spec: TimelineSpec) -> TimelineSpec:
        """Return the spec to show in place of one: it never waits for the base. The other is kept as `whole`."""
        self._rest.stop()
        if self.whole is None and spec.is_large:
            self._workspace.query(keep_columns, self._columns_kept, key="keep-columns")
        self.whole = spec
        self._let_go()
        self._shown, self._reach = waiting(spec, self._rest.start)
        return self._shown

    def _let_go(self) -> None:
        """Free what was shown before: what layouts noted in it leads back to it, and a million events are a lot."""
        if self._shown is not None:
            self._shown.memo.clear()
            self._shown = None

    def forget(self) -> None:
        """Ask for nothing more: the fact base is another."""
        self._rest.stop()
        self.whole = self._reach = None
        self._let_go()

    def _columns_kept(self, _nothing: None) -> None:
        """Nothing waits for it: the next time the base opens more quickly."""

    def find_days(self, record_id: str) -> None:
        """Look up when the events were that a record took part in."""
        if self.whole is not None:
            self._workspace.query(partial(_days, self.whole, record_id), self._days, key="timeline-days")

    def _days(self, days: tuple[float, float] | None) -> None:
        if days is not None:
            self.days_found.emit(days)

    def _ask(self) -> None:
        reach = self._reach
        if reach is not None and self._workspace.base is not None:
            ids, kin = tuple(reach.wanted), reach.wanted_kin
            reach.wanted.clear()
            reach.wanted_kin = ""
            if ids or kin:
                self._workspace.query(partial(_fetch, reach, ids, kin), self._fetched, key="timeline-details")

    def _fetched(self, reach: Reach) -> None:
        if reach is self._reach:
            self.supplied.emit()


def _fetch(reach: Reach, ids: tuple[str, ...], kin: str, _session: Any) -> Reach:
    reach.details.fetch(ids)
    if kin:
        reach.details.fetch_kin(kin)
    return reach


def _days(spec: TimelineSpec, record_id: str, _session: Any) -> tuple[float, float] | None:
    return days_of(spec, spec.kin.events_of(record_id))
