"""The plane of a rule, cut along its thresholds: which outcomes a chip may have that lies in a box of it.

Between two thresholds nothing changes, so that looking at each piece of the box once answers exactly. Pieces that no
die area within its range could give are left out: TPP and performance density hang together.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.rules import Outcome, Paragraph, QuantityKey, Regime


@dataclass(frozen=True, slots=True)
class Straddle:
    """A threshold of a quantity with outcomes that differ on its two sides, both within what the claims allow."""

    quantity: QuantityKey
    threshold: float


@dataclass(frozen=True, slots=True)
class Reach:
    """What a box of the plane allows: each outcome with the paragraphs that may apply, and the lines between them.

    A paragraph is None where none applies.
    """

    outcomes: dict[Outcome, tuple[Paragraph | None, ...]]
    straddles: tuple[Straddle, ...]

    @property
    def outcome(self) -> Outcome:
        """The outcome if there is but one, else undetermined."""
        return next(iter(self.outcomes)) if len(self.outcomes) == 1 else "undetermined"


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of the plane where one paragraph applies; infinity where it has no end."""

    x: tuple[float, float]
    y: tuple[float, float]
    paragraph: Paragraph


def reach(regime: Regime, x: Quantity, y: Quantity, *, area: Quantity, datacentre: bool) -> Reach:
    """Return what is possible for a chip whose quantities lie in the ranges of *x* and *y*, the axes of the regime."""
    columns, rows = _pieces(regime, x), _pieces(regime, y)
    linked = regime.axes == ("tpp", "density")
    cells: dict[tuple[int, int], tuple[Outcome, Paragraph | None]] = {}
    for i, column in enumerate(columns):
        for j, row in enumerate(rows):
            if linked and not _possible(column, row, area, last=j == len(rows) - 1):
                continue
            paragraph = regime.paragraph_at({regime.axes[0]: column[0], regime.axes[1]: row[0]})
            outcome: Outcome = "not-controlled" if paragraph is None else paragraph.outcome_for(datacentre=datacentre)
            cells[i, j] = (outcome, paragraph)
    outcomes: dict[Outcome, tuple[Paragraph | None, ...]] = {}
    for outcome, paragraph in cells.values():
        known = outcomes.get(outcome, ())
        outcomes[outcome] = known if paragraph in known else (*known, paragraph)
    found = []
    for (i, j), (outcome, _paragraph) in cells.items():
        if (i + 1, j) in cells and cells[i + 1, j][0] != outcome:
            found.append(Straddle(regime.axes[0], columns[i + 1][0]))
        if (i, j + 1) in cells and cells[i, j + 1][0] != outcome:
            found.append(Straddle(regime.axes[1], rows[j + 1][0]))
    return Reach(outcomes, tuple(dict.fromkeys(found)))


def tiles(regime: Regime) -> tuple[Tile, ...]:
    """Return the rectangles of the plane that a paragraph covers, not overlapping, joined along the second axis."""
    whole = (Quantity(regime.axes[0]), Quantity(regime.axes[1]))
    out: list[Tile] = []
    for column in _pieces(regime, whole[0]):
        for row in _pieces(regime, whole[1]):
            paragraph = regime.paragraph_at({regime.axes[0]: column[0], regime.axes[1]: row[0]})
            if paragraph is None:
                continue
            last = out[-1] if out else None
            if last and last.x == column and last.paragraph == paragraph and last.y[1] == row[0]:
                out[-1] = Tile(column, (last.y[0], row[1]), paragraph)
            else:
                out.append(Tile(column, row, paragraph))
    return tuple(out)


def _pieces(regime: Regime, quantity: Quantity) -> list[tuple[float, float]]:
    cuts = [limit for limit in regime.thresholds(quantity.key) if quantity.low < limit <= quantity.high]
    return list(pairwise([quantity.low, *cuts, quantity.high]))


def _possible(column: tuple[float, float], row: tuple[float, float], area: Quantity, *, last: bool) -> bool:
    """Say whether some area of the range takes a TPP of the column to a density of the row.

    The end of a row belongs to the next one, that of the *last* to itself.
    """
    least = column[0] / row[1] if row[1] > 0 and math.isfinite(row[1]) else 0.0
    most = column[1] / row[0] if row[0] > 0 else math.inf
    slack = 1 + 1e-9
    touches_end_only = not last and least > 0 and least * slack >= area.high
    return least <= area.high * slack and most * slack >= area.low and not touches_end_only
