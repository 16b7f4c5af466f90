"""How large a figure is when it leaves: lengths with units, known sizes, and how large its smallest letters become."""

import re
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_desktop.figures.catalog import Figure
from chipscape_desktop.figures.drawing import Drawing, Text

PIXELS: Final = {"mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "px": 1.0}
"""How many pixels a unit has, 96 to the inch."""
UNITS: Final = ("mm", "in", "px")
"""The units that sizes are told in."""
READABLE_PT: Final = 6.0
"""Letters smaller than this are hard to read in print."""
TEXT_SIZES: Final = {"small": 0.85, "normal": 1.0, "large": 1.35, "huge": 1.8}
"""By its word, how much larger than usual text is set."""
LEAST_PX: Final = (200.0, 150.0)
"""The least width and height of a figure."""
MOST_PX: Final = 20_000.0
"""The longest side of a figure."""
_POINTS: Final = 72 / 96
_LENGTH: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in|px)?")
_UPRIGHT, _FLAT = 1.62, 1.28  # height over width of a figure in a column: of rows, and of a chart


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height in one unit, and the word for how large text is set."""

    width: float
    height: float
    unit: str = "px"
    text: str = "normal"

    @property
    def pixels(self) -> tuple[float, float]:
        """Width and height in pixels."""
        factor = PIXELS[self.unit]
        return self.width * factor, self.height * factor

    @property
    def text_factor(self) -> float:
        """How much larger than usual text is set."""
        return TEXT_SIZES[self.text]

    def in_unit(self, unit: str) -> "Size":
        """Return the same size in another unit."""
        factor = PIXELS[self.unit] / PIXELS[unit]
        return Size(self.width * factor, self.height * factor, unit, self.text)

    def to_word(self) -> str:
        """Return the size as it is remembered: `85x140mm small`."""
        return f"{self.width:g}x{self.height:g}{self.unit} {self.text}"

    @classmethod
    def from_word(cls, word: str) -> "Size | None":
        """Return the size that `to_word` wrote, None where it is none."""
        size, _space, text = word.partition(" ")
        try:
            found = parse_size(size)
        except Invalid:
            return None
        return Size(found.width, found.height, found.unit, text) if text in TEXT_SIZES else None


@dataclass(frozen=True, slots=True)
class Preset:
    """A known size; no height means one that suits the figure."""

    name: str
    label: str
    width: float
    height: float
    unit: str
    text: str = "normal"

    def size(self, figure: Figure) -> Size:
        """Return the size for a figure."""
        height = self.height or round(self.width * (_UPRIGHT if is_upright(figure) else _FLAT))
        return Size(self.width, height, self.unit, self.text)


PRESETS: Final = (
    Preset("slide", N_("Slide, 16:9"), 338.67, 190.5, "mm"),
    Preset("slide-4-3", N_("Slide, 4:3"), 254.0, 190.5, "mm"),
    Preset("a4-landscape", N_("Page, A4 across"), 297.0, 210.0, "mm"),
    Preset("a4-portrait", N_("Page, A4 upright"), 210.0, 297.0, "mm"),
    Preset("column", N_("Column of a report, 85 mm"), 85.0, 0.0, "mm", "small"),
    Preset("report", N_("Width of a report, 180 mm"), 180.0, 120.0, "mm", "small"),
    Preset("large", N_("Picture, 1600 x 900"), 1600.0, 900.0, "px"),
    Preset("full-hd", N_("Screen, 1920 x 1080"), 1920.0, 1080.0, "px"),
)


def preset(name: str) -> Preset:
    """Return the known size of that name; raises `Invalid` naming those there are."""
    for each in PRESETS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in PRESETS)
    raise Invalid(N_("There is no size {name}; there are {known}."), field="size", name=name, known=known)


def is_upright(figure: Figure) -> bool:
    """Say whether a figure grows downwards, row by row, so that it wants height where it has little width."""
    return bool(getattr(figure, "upright", False))


def parse_length(text: str) -> tuple[float, str]:
    """Return a length and its unit, pixels where none is said; raises `Invalid`."""
    found = _LENGTH.fullmatch(text.strip().lower())
    if found is None:
        raise Invalid(N_("{text} is not a length; write it as 85mm, 3.5in or 1600px."), field="size", text=text)
    return float(found.group(1).replace(",", ".")), found.group(2) or "px"


def parse_size(text: str) -> Size:
    """Return a size written as 1600x900, 85x140mm or 85mmx140mm; raises `Invalid`."""
    first, cross, second = text.lower().replace("×", "x").partition("x")
    if second.startswith(","):
        cross = ""
    if not cross:
        raise Invalid(N_("{text} is not a size; write it as 1600x900 or 85x140mm."), field="size", text=text)
    height, unit = parse_length(second)
    width, own = parse_length(first)
    factor = PIXELS[own if _has_unit(first) else unit] / PIXELS[unit]
    return checked(Size(width * factor, height, unit))


def size_from(figure: Figure, *, width: str = "", height: str = "", text: str = "") -> Size:
    """Return the size of a figure of which only one side may be given; the other suits the figure. Raises `Invalid`."""
    given, unit = parse_length(width or height)
    narrow = given * PIXELS[unit] < 140 * PIXELS["mm"]
    ratio = (_UPRIGHT if is_upright(figure) else _FLAT) if narrow and width else 9 / 16
    if width and height:
        other, other_unit = parse_length(height)
        made = Size(given, other * PIXELS[other_unit] / PIXELS[unit], unit)
    elif width:
        made = Size(given, given * ratio, unit)
    else:
        made = Size(given / ratio, given, unit)
    return checked(Size(made.width, made.height, unit, text or ("small" if narrow and width else "normal")))


def checked(size: Size) -> Size:
    """Return the size; raises `Invalid` where a figure cannot be that small or large."""
    pixels = size.pixels
    if any(side < least - 0.5 for side, least in zip(pixels, LEAST_PX, strict=True)) or max(pixels) > MOST_PX:
        raise Invalid(
            N_("A figure cannot be {width} x {height} {unit}: it must be at least {least} wide and {low} high."),
            field="size", width=f"{size.width:g}", height=f"{size.height:g}", unit=size.unit,
            least=_least(0, size.unit), low=_least(1, size.unit),
        )  # fmt: skip
    return size


def smallest_text(drawing: Drawing) -> float | None:
    """Return the size in points of the smallest letters of a drawing, None where it has none."""
    sizes = [
        item.size for layer in drawing.layers for item in layer.items if isinstance(item, Text) and item.text.strip()
    ]
    return min(sizes) * _POINTS if sizes else None


def _least(side: int, unit: str) -> str:
    return f"{LEAST_PX[side] / PIXELS[unit]:.3g} {unit}"


def _has_unit(text: str) -> bool:
    return not text.strip()[-1:].isdigit()
