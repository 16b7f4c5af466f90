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


def project(spec: EcosystemSpec, plot: Rect, view: View) -> Projected:
    """Return where the nodes are for that view, all of which is shown, centred, whatever the plot's shape."""
    across, down = view.x[1] - view.x[0], view.y[1] - view.y[0]
    scale = max(min(plot.width / max(across, 1e-9), plot.height / max(down, 1e-9)), 1e-6)
    x = plot.x + plot.width / 2 + (spec.xy[:, 0] - (view.x[0] + view.x[1]) / 2) * scale
    y = plot.y + plot.height / 2 + (spec.xy[:, 1] - (view.y[0] + view.y[1]) / 2) * scale
    growth = scale if scale <= _NATURAL else float(np.sqrt(scale * _NATURAL))
    radius = np.maximum(spec.radius * growth, _SMALLEST)
    visible = (x + radius > plot.x) & (x - radius < plot.right) & (y + radius > plot.y) & (y - radius < plot.bottom)
    return Projected(plot, scale, x, y, radius, visible)
