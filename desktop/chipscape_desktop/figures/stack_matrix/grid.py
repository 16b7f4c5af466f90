"""Where the rows, columns and heads of the matrix lie: organizations down, or across where there is no width.

Three forms: names in the cells where they are wide enough; in a narrow figure of few organizations the layers go down
and the organizations across, so that names still fit; with many, cells without names under heads that stand upright.
"""

from dataclasses import dataclass

from chipscape_desktop.figures.drawing import Rect
from chipscape_desktop.figures.stack_matrix.spec import StackSpec
from chipscape_desktop.figures.text import Measure

SIZE, SMALL = 12.0, 11.0
GAP = 4.0
LOST = 16.0
"""The height of the line that says how many organizations found no room."""
_NAMED = 58.0  # pixels of width from which a cell holds names
_TURNED_MOST = 4
_TALLEST, _LOWEST = 96.0, 15.0
_SCORE = 64.0
_LINE = 13.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The geometry: `area` holds the cells, `turned` has layers down, `upright` heads, `named` cells with names.

    `first` is the width of the names at the left, `head` the height above the cells, `score` the size of the score's
    column (its row when turned); `shown` organizations have room.
    """

    area: Rect
    turned: bool
    upright: bool
    named: bool
    across: int
    down: int
    first: float
    head: float
    score: float
    shown: int

    def cell(self, organization: int, layer: int) -> Rect:
        """Return the box of a cell."""
        column, row = (organization, layer) if self.turned else (layer, organization)
        width, height = self.area.width / self.across, self.area.height / self.down
        return Rect(
            self.area.x + column * width + GAP / 2, self.area.y + row * height + GAP / 2, width - GAP, height - GAP
        )

    def score_box(self, organization: int) -> Rect:
        """Return the room of an organization's score."""
        if self.turned:
            width = self.area.width / self.across
            return Rect(self.area.x + organization * width + GAP / 2, self.area.bottom + 2, width - GAP, self.score - 2)
        height = self.area.height / self.down
        return Rect(self.area.right + 8, self.area.y + organization * height, self.score - 8, height)


def grid(spec: StackSpec, room: Rect, measure: Measure) -> Grid:
    """Lay the matrix out in *room*."""
    names = [row.name for row in spec.rows]
    layers = len(spec.layers)
    widest = max((measure.width(name, SIZE, 600) for name in names), default=40.0)
    head_widths = [measure.width(name, SMALL, 500) for name in spec.layers]
    first = min(widest + 12, room.width * 0.3)
    score = min(_SCORE, room.width * 0.2)
    wide = (room.width - first - score) / layers
    if wide < _NAMED and len(names) <= _TURNED_MOST:
        words = [word for name in spec.layers for word in name.split()]
        first = min(max((measure.width(word, SMALL, 500) for word in words), default=0.0) + 8, room.width * 0.36)
        head, foot = _LINE + 8, 34.0
        height = min(room.height - head - foot, layers * _TALLEST)
        area = Rect(room.x + first, room.y + head, room.width - first, max(height, layers * _LOWEST))
        return Grid(area, True, False, True, max(len(names), 1), layers, first, head, foot, len(names))
    upright = wide < max(head_widths, default=0.0) / 2 + 6
    head = (max(head_widths, default=0.0) + 10) if upright else 2 * _LINE + 6
    fits = int((room.height - head) // _LOWEST)
    shown = max(1, len(names) if fits >= len(names) else int((room.height - head - LOST) // _LOWEST))
    height = min(room.height - head - (LOST if shown < len(names) else 0.0), shown * _TALLEST)
    area = Rect(room.x + first, room.y + head, room.width - first - score, max(height, shown * _LOWEST))
    return Grid(area, False, upright, wide >= _NAMED, layers, shown, first, head, score, shown)
