"""The map in time: the day it shows, the days it compares, and what comes and goes while the day moves on."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from chipscape_db.errors import N_
from chipscape_db.filters import Filters
from chipscape_desktop.views.ecosystem.offers import Offer, Offers
from chipscape_desktop.views.ecosystem.panel import EcosystemPanel
from chipscape_desktop.views.ecosystem.time_bar import TimeBar
from chipscape_desktop.workspace import Workspace

_MARKED_MS = 2_500  # longer than a step of the player takes


class Playing(QObject):
    """Holds the row about time and the rest of the screen together.

    While the day moves on, what changes from one day to the next is marked; `rested` says that it has stood still and
    the marks are to go.
    """

    rested = Signal()

    def __init__(self, workspace: Workspace, *, panel: EcosystemPanel, bar: TimeBar) -> None:
        super().__init__(bar)
        self._workspace, self._panel, self._bar = workspace, panel, bar
        self._filters = workspace.filters
        self._since: date | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_MARKED_MS)
        self._rest.timeout.connect(self._rested)
        bar.hide()
        bar.changed.connect(self._compare)
        bar.day_chosen.connect(self._move_to)
        panel.time_button.toggled.connect(bar.setVisible)
        panel.changed.connect(self._show)
        self._show()

    def add_to(self, offers: Offers) -> None:
        """Offer the row about time."""
        offers.add(Offer("map", N_("Move through time"), self._toggle, "D"))

    def options(self) -> dict[str, str]:
        """Return the options of the panel, with the day from which changes are marked now."""
        options = self._panel.options()
        if self._since is not None and options.get("clock") != "both":
            options.setdefault("since", self._since.isoformat())
        return options

    def follow(self, filters: Filters) -> None:
        """Take note of other filters: only a later day, and nothing else, is a step that is marked."""
        before, after = self._filters.as_of, filters.as_of
        only_day = replace(self._filters, as_of=None) == replace(filters, as_of=None)
        self._filters = filters
        self._since = before if only_day and before is not None and before < (after or date.today()) else None
        if self._since is None:
            self._rest.stop()
        else:
            self._rest.start()
        self._show()

    def _show(self, _options: object = None) -> None:
        chosen = self._panel.read()
        self._bar.show_state(self._filters.as_of, since=chosen.since, clock=chosen.clock)

    def _toggle(self, _id: str) -> None:
        self._panel.time_button.toggle()
        if self._bar.isVisible():
            self._bar.slider.setFocus()

    def _compare(self, words: dict[str, str]) -> None:
        self._panel.choose(**words)

    def _move_to(self, day: date | None) -> None:
        self._workspace.change_filters(as_of=day)

    def _rested(self) -> None:
        self._since = None
        self.rested.emit()
