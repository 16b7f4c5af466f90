"""What every figure says besides its marks: title, subtitle, legend, notes and numbered sources."""

from dataclasses import dataclass

from chipscape_desktop.figures.drawing import Shape


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One numbered source of a figure; `text` is its short reference (publisher, title, date)."""

    number: int
    id: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One encoding that the figure really uses.

    `swatch` is a mark shape, or `line`, `dashed`, `whisker`, `band`, `range`, `fade`, `density`, `rival`, `area`,
    `hatched`; `colour` is a colour name of the palette (see `Palette.colour`).
    """

    swatch: Shape | str
    colour: str
    label: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a figure; every painter puts them in the same places."""

    title: str
    subtitle: str
    legend: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    sources: tuple[SourceNote, ...] = ()
