"""A drawing: shapes at final positions, each with what it stands for; every painter paints the same one.

Lengths are device-independent pixels, the origin is the top left corner, y grows downwards. Colours are `#rrggbb`
or `#rrggbbaa`. Batches hold numpy columns so that a hundred thousand marks are one item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chipscape_desktop.figures.spec import Caption

Colour: TypeAlias = str
Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Shape: TypeAlias = Literal["disc", "square", "diamond", "hexagon", "tab", "triangle", "cross", "tick", "dash", "arrow"]
Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Ref:
    """What a mark stands for.

    `kind` is `record`, `relationship`, `claim`, `cluster` or `band`; `ids` are the UUIDs behind the mark (several for
    a cluster, or for a value with its claims: the record first); `title` is its one-line text for tooltips and readers.
    """

    kind: str
    ids: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its top left corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        """Say whether the point lies in the rectangle, edges included."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def inset(self, by: float) -> "Rect":
        """Return the rectangle made smaller by *by* on every side."""
        return Rect(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn: colour, width in pixels, and dash lengths in pixels (empty: solid)."""

    colour: Colour
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Symbols of one shape and style, centred on their points.

    `size` is the diameter, one for all or one each; `angle` is in degrees clockwise, one each; `refs[i]` is what mark
    `i` stands for, through `index` when given (`refs[index[i]]`); empty when the marks are mere ornament.
    """

    shape: Shape
    x: Floats
    y: Floats
    size: Floats | float
    fill: Colour | None
    pen: Pen | None = None
    angle: Floats | None = None
    refs: Sequence[Ref] = ()
    index: Ints | None = None


@dataclass(frozen=True, slots=True)
class Segments:
    """Straight lines of one style from (x1, y1) to (x2, y2)."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    pen: Pen
    refs: Sequence[Ref] = ()
    index: Ints | None = None


@dataclass(frozen=True, slots=True)
class Curves:
    """Quadratic Bezier curves of one style from (x1, y1) over the control point (cx, cy) to (x2, y2)."""

    x1: Floats
    y1: Floats
    cx: Floats
    cy: Floats
    x2: Floats
    y2: Floats
    pen: Pen
    refs: Sequence[Ref] = ()
    index: Ints | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: a range, a band, a swatch.

    `fade` is the length in pixels over which the left and the right end fade out (a vague date); `hatch` draws
    diagonal lines of that colour over the fill.
    """

    rect: Rect
    fill: Colour | None
    pen: Pen | None = None
    radius: float = 0.0
    fade: tuple[float, float] = (0.0, 0.0)
    hatch: Colour | None = None
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Polyline:
    """Connected straight lines through the points; closed and filled when `fill` is given."""

    x: Floats
    y: Floats
    pen: Pen | None
    fill: Colour | None = None
    ref: Ref | None = None


class Text(NamedTuple):
    """One line of text; (x, y) is on the baseline at `anchor`, `angle` turns it clockwise around that point.

    `halo` draws a rim of that colour behind the letters; `tabular` sets figures of equal width. A tuple, as a moving
    view makes hundreds of them for each frame, and frozen data classes take four times as long to make.
    """

    x: float
    y: float
    text: str
    size: float
    colour: Colour
    weight: int = 400
    anchor: Anchor = "start"
    angle: float = 0.0
    halo: Colour | None = None
    tabular: bool = False
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Raster:
    """A grid of cells stretched over a rectangle: `cells[row, column]` indexes `colours`; drawn without smoothing."""

    rect: Rect
    cells: NDArray[np.uint8]
    colours: tuple[Colour, ...]
    refs: Sequence[Ref] = ()


Item: TypeAlias = Marks | Segments | Curves | Box | Polyline | Text | Raster


@dataclass(frozen=True, slots=True)
class Layer:
    """Items drawn together, in order, cut off at `clip` where given; `name` becomes the group's id in files.

    A `fixed` layer is the same object in every view of one size, and lies below all that moves: the screen keeps a
    picture of it.
    """

    name: str
    items: tuple[Item, ...]
    clip: Rect | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A laid-out figure: what every painter paints.

    `plot` is the area of the data, `panels` those of small figures side by side, all of one view, the first being
    `plot`; `summary` says in words what is shown (for readers of the screen and of files); `dropped` is the number of
    labels that found no room; `caption` holds the words set around the plot, with the
    sources of what is in view (None: those of the whole figure).
    """

    width: float
    height: float
    ground: Colour
    plot: Rect
    layers: tuple[Layer, ...]
    title: str = ""
    summary: str = ""
    dropped: int = 0
    caption: "Caption | None" = None
    panels: tuple[Rect, ...] = ()
