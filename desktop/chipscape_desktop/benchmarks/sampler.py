"""One figure with every kind of item and every shape: what painters are timed, compared and looked at with."""

import numpy as np

from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.figures.drawing import (
    Box,
    Curves,
    Drawing,
    Floats,
    Item,
    Layer,
    Marks,
    Pen,
    Polyline,
    Raster,
    Rect,
    Ref,
    Segments,
    Shape,
    Text,
)
from chipscape_desktop.figures.layout.frame import compose
from chipscape_desktop.figures.palette import LIGHT, Palette
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.text import default_measure

SHAPES: tuple[Shape, ...] = (
    "disc", "square", "diamond", "hexagon", "tab", "triangle", "cross", "tick", "dash", "arrow",
)  # fmt: skip
CAPSULE = Capsule("sampler", (("as-of", "2025-06-30"), ("theme", "light")), "Facts", "base-1", "change-7", "0.1.0")


def column(*values: float) -> Floats:
    """Return the values as a column of a batch."""
    return np.array(values, dtype=np.float64)


def figure(
    *, palette: Palette = LIGHT, sources: int = 3, title: str = "Every shape: 昇腾 & <A100>"
) -> tuple[Drawing, Caption]:
    """Return the figure as a drawing of 960 x 540 pixels, and its words."""
    caption = Caption(
        title,
        "FP16 TFLOP/s, dense",
        (LegendEntry("disc", "china", "China"), LegendEntry("whisker", "us", "range of published claims")),
        ("Three chips have no value.",),
        tuple(
            SourceNote(n, f"s{n}", f"Huawei, data sheet {n}, 2023-09", f"https://example.org/{n}")
            for n in range(1, sources + 1)
        ),
    )
    size = (960.0, 540.0)
    frame = compose(caption, size, palette, default_measure())
    plot = frame.plot
    layers = (Layer("plot", tuple(plot_items(plot, palette)), plot), *frame.layers)
    return Drawing(*size, palette.ground, plot, layers, caption.title, "A sample of everything."), caption


def plot_items(plot: Rect, palette: Palette) -> list[Item]:
    """Return the items inside the plot; the last are outside it or nowhere and must not be painted."""
    left, top = plot.x, plot.y
    items: list[Item] = [Box(plot, None, Pen(palette.rule))]
    for place, shape in enumerate(SHAPES):
        ref = Ref("record", (f"chip-{place}", "claim-1"), f"A {shape}")
        x, y = column(left + 40 + 60 * place), column(top + 20)
        items.append(Marks(shape, x, y, 12.0, palette.colour("china"), refs=(ref,)))
        items.append(Marks(shape, x, y + 25, 12.0, None, Pen(palette.colour("us"), 1.5, (2, 1))))
        items.append(Marks(shape, x, y + 50, column(14), palette.colour("europe") + "80", angle=column(30)))
    low = top + 100
    items += [
        Segments(
            column(left, left), column(low, low + 8), column(left + 90, left + 90), column(low, low + 8),
            Pen(palette.ink),
        ),
        Curves(
            column(left + 100), column(low), column(left + 150), column(low + 40), column(left + 200), column(low),
            Pen(palette.accent, 2, (4, 2)),
        ),
        Box(Rect(left + 220, low, 100, 12), palette.colour("us"), radius=3, fade=(20, 20)),
        Box(Rect(left + 340, low, 100, 30), palette.amber_soft, Pen(palette.amber), hatch=palette.amber,
            ref=Ref("band", ("rule-1",), "Export rule")),
        Polyline(column(left + 460, left + 500, left + 540), column(low, low + 20, low), Pen(palette.ink)),
        Polyline(column(left + 560, left + 600, left + 580), column(low + 20, low + 20, low), None, palette.accent),
        Raster(
            Rect(left + 620, low, 80, 20), np.array([[0, 1, 2], [2, 1, 0]], np.uint8),
            ("#00000000", "#ff000080", "#00ff00"),
        ),
        Text(left + 20, low + 60, "盘古 Pangu 5.5", 13, palette.ink, 600, halo=palette.ground,
             ref=Ref("record", ("pangu",), "Pangu 5.5")),
        Text(left + 300, low + 60, "1,111", 13, palette.ink, anchor="end", tabular=True),
        Text(left + 400, low + 60, "turned", 12, palette.ink_soft, angle=-90),
        Marks("disc", column(-500, np.nan), column(-500, 0), 12.0, palette.ink),
    ]  # fmt: skip
    return items
