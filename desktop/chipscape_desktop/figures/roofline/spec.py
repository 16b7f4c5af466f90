"""What a roofline shows: how fast a chip can be at most, by how much it computes for each byte it reads."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Floats, Ref, Shape
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.spec import Caption


def attainable(intensity: Floats, compute: float, bandwidth: float) -> Floats:
    """Return what a chip attains at most, in 10^12 operations a second, at intensities in operations per byte.

    *compute* is in 10^12 operations a second, *bandwidth* in GB/s (Williams, Waterman and Patterson, "Roofline: an
    insightful visual performance model for multicore architectures", Communications of the ACM 52/4, 2009).
    """
    return np.minimum(compute, np.asarray(intensity, dtype=np.float64) * bandwidth * 1e-3)


def ridge_of(compute: float, bandwidth: float) -> float:
    """Return the intensity from which on the compute, not the memory, is the limit: infinite without any bandwidth."""
    return compute / bandwidth * 1e3 if bandwidth > 0 else math.inf


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value: a cross at an intensity on the flat or the slanting part of a roof."""

    intensity: float
    value: float
    ref: Ref


@dataclass(frozen=True, slots=True)
class Roof:
    """One chip: its peak and bandwidth with their ranges; the ridge is where both limit it at once."""

    name: str
    colour: str
    shape: Shape
    compute: float
    compute_range: tuple[float, float]
    bandwidth: float
    bandwidth_range: tuple[float, float]
    hollow: bool
    label: str
    ref: Ref
    measured: Sequence[Measured] = ()

    @property
    def ridge(self) -> float:
        """The intensity from which on the compute, not the memory, is the limit, in operations per byte."""
        return ridge_of(self.compute, self.bandwidth)

    @property
    def contested(self) -> bool:
        """Say whether the claims leave a range."""
        return self.compute_range[0] < self.compute_range[1] or self.bandwidth_range[0] < self.bandwidth_range[1]


@dataclass(frozen=True, slots=True)
class RooflineSpec:
    """The roofs; both axes are logarithmic, the view in powers of ten."""

    caption: Caption
    x_axis: Axis
    axis: Axis
    home: View
    roofs: tuple[Roof, ...]
    band: bool
    summary: str = ""
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
