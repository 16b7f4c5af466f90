"""Having the map read and arranged in the background, and keeping what came of it."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import arrange
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.options import parse
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, EcosystemSpec
from chipscape_desktop.i18n import _
from chipscape_desktop.views.ecosystem.places import Place, Places
from chipscape_desktop.workspace import Job, Workspace


class Arranging(QObject):
    """The map on the screen: asked for with `read`, there in `spec`.

    `arranged` carries (the map before or None, the map) once it is there; `moved` says that a node was pinned, let go
    or dragged and the map is to be drawn anew.
    """

    arranged = Signal(object, object)
    moved = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = Request()
        self.places = Places()
        self.spec: EcosystemSpec | None = None
        self.job: Job | None = None

    def read(self, request: Request) -> None:
        """Read again what the filters let through; records that stay keep their places."""
        self._request = request
        self._workspace.query(partial(_read, request), self._drafted, key="ecosystem")

    def read_afresh(self, request: Request) -> None:
        """Let go of every place and lay the map out afresh."""
        self.places.turn_to(parse(request.options))
        self.places.forget()
        self.read(request)

    def forget(self) -> None:
        """Know nothing: another base is open."""
        self.spec = None
        self.places = Places()

    def stop(self) -> None:
        """Be content with the arrangement as far as it is."""
        if self.job is not None:
            self.job.cancel()

    def toggle_pin(self, record_id: str) -> None:
        """Pin a record where it is, or let it go."""
        number = self._number(record_id)
        if self.spec is None or number == NOWHERE:
            return
        if record_id in self.places.pinned:
            self.places.unpin(record_id)
            self.spec = replace(self.spec, pinned=self.spec.pinned - {number})
        else:
            x, y = self.spec.xy[number].tolist()
            self.places.pin(record_id, (x, y))
            self.spec = replace(self.spec, pinned=self.spec.pinned | {number})
        self.moved.emit()

    def drag(self, record_id: str, x: float, y: float) -> None:
        """Take a record along to another place, where it is pinned."""
        number = self._number(record_id)
        if self.spec is None or number == NOWHERE:
            return
        xy = self.spec.xy.copy()
        xy[number] = (x, y)
        self.places.pin(record_id, (x, y))
        self.spec = replace(self.spec, xy=xy, pinned=self.spec.pinned | {number})
        self.moved.emit()

    def _number(self, record_id: str) -> int:
        return NOWHERE if self.spec is None else self.spec.number_of(record_id)

    def _drafted(self, spec: EcosystemSpec) -> None:
        self.places.turn_to(parse(self._request.options))
        work = partial(_arrange, spec, self.places.pinned, self.places.before)
        self.job = self._workspace.compute(work, self._arranged, key="ecosystem-layout", text=_("Arranging the map"))

    def _arranged(self, spec: EcosystemSpec) -> None:
        before, self.spec, self.job = self.spec, spec, None
        self.places.remember(spec)
        self.arranged.emit(before, spec)


def _read(request: Request, session: Any) -> EcosystemSpec:
    return draft(FIGURE.read(session, request), request)


def _arrange(spec: EcosystemSpec, pinned: dict[str, Place], before: dict[str, Place], job: Job) -> EcosystemSpec:
    return arrange(spec, pinned=pinned, previous=before, should_stop=job.should_stop, progress=job.report)
