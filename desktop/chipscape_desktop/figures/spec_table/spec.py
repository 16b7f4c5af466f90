"""What a table of specifications shows: chips as columns, quantities as rows."""

from dataclasses import dataclass, field

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.spec import Caption


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: as told, its range below it where it is contested, and what it opens.

    `missing` cells have the reason in their ref; `soft` values do not say their convention or are estimates.
    """

    text: str
    range: str
    missing: bool
    soft: bool
    contested: bool
    ref: Ref


@dataclass(frozen=True, slots=True)
class SpecTableSpec:
    """The table; the view's y counts rows downwards from zero."""

    caption: Caption
    home: View
    chips: tuple[tuple[str, str], ...]
    """Name and maker of each column."""
    rows: tuple[tuple[str, str], ...]
    """Name and unit of each row."""
    cells: tuple[tuple[Cell, ...], ...]
    """By row, then by column."""
    summary: str = ""
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
