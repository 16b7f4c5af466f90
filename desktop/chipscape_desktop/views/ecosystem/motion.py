"""Nodes on their way from where they stood to where they are to stand, for a moment, so that the eye can follow."""

from dataclasses import replace
from time import perf_counter
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.figures.ecosystem.arrange import places
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.theme import reduced_motion

_SECONDS: Final = 0.19
_FRAME_MS: Final = 16
_MOST: Final = 1_500  # nodes; of more only two or three frames would be seen
_NEAR: Final = 0.05  # of a unit: less is no movement


class Motion(QObject):
    """Leads from one map to the next; `stepped` asks for a frame. Still where motion is reduced."""

    stepped = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._from: Floats | None = None
        self._goal: Floats | None = None
        self._start = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)

    @property
    def moving(self) -> bool:
        """Say whether nodes are on their way."""
        return self._from is not None

    def begin(self, before: EcosystemSpec | None, after: EcosystemSpec) -> None:
        """Set out from where the nodes of *before* stand; a node that is new is there at once."""
        self.end()
        if before is None or reduced_motion() or not 0 < len(after.nodes) <= _MOST:
            return
        stood = places(before)
        start = np.array(
            [stood.get(node.id, place) for node, place in zip(after.nodes, after.xy.tolist(), strict=True)]
        )
        if float(np.abs(start - after.xy).max()) < _NEAR:
            return
        self._from, self._goal, self._start = start, after.xy, perf_counter()
        self._timer.start()

    def end(self) -> None:
        """Be there."""
        self._timer.stop()
        self._from = self._goal = None

    def at(self, spec: EcosystemSpec) -> EcosystemSpec:
        """Return the map as it is at this moment; one whose nodes were moved meanwhile is as it says."""
        if self._from is None or spec.xy is not self._goal:
            return spec
        share = min(1.0, (perf_counter() - self._start) / _SECONDS)
        eased = share * share * (3.0 - 2.0 * share)
        return replace(spec, xy=self._from + (spec.xy - self._from) * eased)

    def _step(self) -> None:
        if perf_counter() - self._start >= _SECONDS:
            self.end()
        self.stepped.emit()
