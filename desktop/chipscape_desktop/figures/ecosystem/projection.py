"""From the units of the layout to pixels: one scale for both directions, signs that grow slower than the map."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats, Rect
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec

_NATURAL: Final = 44.0  # pixels a unit at which signs have their own size; beyond it they grow with the root
_SMALLEST: Final = 1.5


@dataclass(frozen=True, slots=True)
class Projected:
    """The nodes in pixels: centres, radii, and which of them are in the plot; `scale` is in pixels a unit."""

    plot: Rect
    scale: float
    x: Floats
    y: Floats
    radius: Floats
    visible: NDArray[np.bool_]
    origin: tuple[float, float] = (0.0, 0.0)

    def place(self, x: Floats | float, y: Floats | float) -> tuple[Floats, Floats]:
        """Return where places in units of the layout are in pixels."""
        return np.asarray(self.origin[0] + x * self.scale), np.asarray(self.origin[1] + y * self.scale)


def project(spec: EcosystemSpec, plot: Rect, view: View) -> Projected:
    """Return where the nodes are for that view, all of which is shown, centred, whatever the plot's shape."""
    across, down = view.x[1] - view.x[0], view.y[1] - view.y[0]
    scale = max(min(plot.width / max(across, 1e-9), plot.height / max(down, 1e-9)), 1e-6)
    left = plot.x + plot.width / 2 - (view.x[0] + view.x[1]) / 2 * scale
    top = plot.y + plot.height / 2 - (view.y[0] + view.y[1]) / 2 * scale
    x, y = left + spec.xy[:, 0] * scale, top + spec.xy[:, 1] * scale
    growth = scale if scale <= _NATURAL else float(np.sqrt(scale * _NATURAL))
    radius = np.maximum(spec.radius * growth, _SMALLEST)
    visible = (x + radius > plot.x) & (x - radius < plot.right) & (y + radius > plot.y) & (y - radius < plot.bottom)
    return Projected(plot, scale, x, y, radius, visible, (left, top))
