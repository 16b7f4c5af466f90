"""Having the map read and arranged in the background, and keeping what came of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from chipscape_desktop.figure_steps import placing, releasing
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import arrange, places
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.options import parse
from chipscape_desktop.figures.ecosystem.spec import NOWHERE, EcosystemSpec, Ground
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
        """Let go of every place and lay the map out afresh; places that were kept are let go of in an undoable step."""
        arrangement = parse(request.options).arrangement
        self.places.forget(arrangement)
        if self.spec is not None and self.spec.arrangement == arrangement and self.spec.places:
            self._request = request
            self._workspace.run(releasing(arrangement, None))
        else:
            self.read(request)

    def forget(self) -> None:
        """Know nothing: another base is open."""
        self.spec = None
        self.places = Places()

    def stop(self) -> None:
        """Be content with the arrangement as far as it is."""
        if self.job is not None:
            self.job.cancel()

    def is_pinned(self, record_id: str) -> bool:
        """Say whether a record was put where it is by hand."""
        return self.spec is not None and self._number(record_id) in self.spec.pinned

    def toggle_pin(self, record_id: str) -> None:
        """Pin a record where it is, or let it go."""
        number = self._number(record_id)
        if self.spec is None or number == NOWHERE:
            return
        if number in self.spec.pinned:
            self.spec = replace(self.spec, pinned=self.spec.pinned - {number})
            self._workspace.run(releasing(self.spec.arrangement, (record_id,)))
        else:
            self.spec = replace(self.spec, pinned=self.spec.pinned | {number})
            self.drop(record_id)
        self.moved.emit()

    def drag(self, moved: Mapping[str, Place]) -> None:
        """Take records along to other places, where they are pinned."""
        if self.spec is None:
            return
        xy = self.spec.xy.copy()
        numbers = {id_: self._number(id_) for id_ in moved}
        there = {id_: number for id_, number in numbers.items() if number != NOWHERE}
        for id_, number in there.items():
            xy[number] = moved[id_]
            self.places.take(self.spec, id_, moved[id_])
        self.spec = replace(self.spec, xy=xy, pinned=self.spec.pinned | set(there.values()))
        self.moved.emit()

    def drop(self, *record_ids: str) -> None:
        """Leave records where they are, for good: an undoable step. By hand, everything stays where it is then."""
        if self.spec is None:
            return
        there = places(self.spec)
        if self.spec.layout != "hand":
            there = {id_: there[id_] for id_ in record_ids if id_ in there}
        if there:
            self._workspace.run(placing(self.spec.arrangement, there))

    def pin_all(self, _id: str = "") -> None:
        """Pin every record of the map where it is, in one step."""
        if self.spec is not None and self.spec.nodes:
            self._workspace.run(placing(self.spec.arrangement, places(self.spec)))

    def release_all(self, _id: str = "") -> None:
        """Let every pinned record of the map go, in one step; they stay until the next layout moves them."""
        if self.spec is not None:
            self._workspace.run(releasing(self.spec.arrangement, None))

    def _number(self, record_id: str) -> int:
        return NOWHERE if self.spec is None else self.spec.number_of(record_id)

    def _drafted(self, spec: EcosystemSpec) -> None:
        if self.spec is not None and spec.layout == "hand":
            self.places.start_from(self.spec, spec.arrangement)
        work = partial(_arrange, spec, self.places.before(spec), self.places.ground(spec))
        self.job = self._workspace.compute(work, self._arranged, key="ecosystem-layout", text=_("Arranging the map"))

    def _arranged(self, spec: EcosystemSpec) -> None:
        before, self.spec, self.job = self.spec, spec, None
        self.places.remember(spec)
        self.arranged.emit(before, spec)


def _read(request: Request, session: Any) -> EcosystemSpec:
    return draft(FIGURE.read(session, request), request)


def _arrange(spec: EcosystemSpec, before: dict[str, Place], ground: Ground | None, job: Job) -> EcosystemSpec:
    return arrange(spec, previous=before, ground=ground, should_stop=job.should_stop, progress=job.report)
