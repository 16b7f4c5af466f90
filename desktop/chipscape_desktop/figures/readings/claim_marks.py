"""How claims look: the shape says the kind of source, hollow an estimate or rumour, a cross what was measured."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.figures.drawing import Floats, Ints, Item, Marks, Pen, Ref, Shape
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import LegendEntry
from chipscape_desktop.i18n import _

_SHAPES: Final[tuple[Shape, ...]] = ("square", "triangle", "diamond", "disc", "hexagon", "tab", "cross")
_OF_KIND: Final = {
    "official": 0, "regulation": 0, "academic": 1, "analysis": 2, "press": 3, "reference": 4, "community": 5,
}  # fmt: skip
MEASURED: Final = 2 * _SHAPES.index("cross")
"""The style of a measured value; every other style is twice a shape, and one more when it is hollow."""
_SIZE: Final = {"triangle": 8.0, "diamond": 8.0, "hexagon": 7.5, "tab": 7.0, "cross": 7.0, "square": 6.0, "disc": 6.5}


def style_of(row: ClaimRow) -> int:
    """Return the number of the look of a claim."""
    if row.stance == "measured":
        return MEASURED
    return 2 * _OF_KIND[row.source_kind] + (row.stance in ("estimated", "rumoured"))


def claim_marks(
    x: Floats, y: Floats, styles: Ints, *, ink: str, palette: Palette, refs: Sequence[Ref], index: Ints
) -> list[Item]:
    """Return the marks of claims at pixels, one batch for each look; `refs[index[i]]` is what mark i stands for."""
    items: list[Item] = []
    for style in np.unique(styles).tolist():
        picked = np.flatnonzero(styles == style)
        shape, hollow = _SHAPES[style // 2], bool(style % 2)
        fill = None if shape == "cross" else palette.ground if hollow else ink
        pen = Pen(ink, 1.5) if shape == "cross" or hollow else Pen(palette.ground, 0.75)
        items.append(
            Marks(shape, x[picked], y[picked], _SIZE[shape], fill, pen, refs=refs, index=index[picked])
        )  # fmt: skip
    return items


def claim_legend(styles: Iterable[int]) -> list[LegendEntry]:
    """Return what the looks of the claims mean, those that are used."""
    used = set(styles)
    shapes = {style // 2 for style in used if style != MEASURED}
    words = (
        _("claim of the maker or an authority"), _("claim of a paper"), _("claim of an analysis"),
        _("claim in the press"), _("claim of a reference work"), _("claim of a community"),
    )  # fmt: skip
    entries = [LegendEntry(_SHAPES[shape], "ink_soft", words[shape]) for shape in sorted(shapes)]
    if any(style % 2 for style in used):
        entries.append(LegendEntry("disc", "ink_soft", _("hollow: estimate or rumour"), hollow=True))
    if MEASURED in used:
        entries.append(LegendEntry("cross", "ink_soft", _("measured, never the peak")))
    return entries
