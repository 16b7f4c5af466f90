"""The catalogue of figures: what the window, the command line, the gallery and the briefings can show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

from chipscape_db.errors import N_, NotFound
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure


@dataclass(frozen=True, slots=True)
class View:
    """The part of a figure's data that is in view, in the units of its axes (a timeline's x: days since 1970-01-01)."""

    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Request:
    """What a figure is asked for: the shared filters, the language, and the figure's own options as words."""

    filters: Filters = field(default_factory=Filters)
    language: str = "en"
    options: Mapping[str, str] = field(default_factory=dict)


class Spec(Protocol):
    """What is shown; besides its own content every spec has the words around it."""

    @property
    def caption(self) -> Caption:
        """The words around the figure."""
        ...


class Figure(Protocol):
    """One kind of figure: rows from the base, a spec from the rows, a drawing from the spec."""

    name: str
    title: str

    def read(self, session: Reader, request: Request) -> Any:
        """Return the frozen rows that the figure needs; runs on the database worker."""
        ...

    def build(self, rows: Any, request: Request) -> Any:
        """Return the spec: what is shown, in words and numbers, with the claims behind every mark."""
        ...

    def home(self, spec: Any) -> View:
        """Return the view that shows everything."""
        ...

    def layout(
        self, spec: Any, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View | None = None
    ) -> Drawing:
        """Return the drawing for that size and view (all of it when None), the same for screen and export."""
        ...


_MODULES = {
    "timeline": "chipscape_desktop.figures.timeline",
    "performance-over-time": "chipscape_desktop.figures.performance",
    "ecosystem": "chipscape_desktop.figures.ecosystem",
    "export-control": "chipscape_desktop.figures.export_control",
}


def names() -> tuple[str, ...]:
    """Return the names of all figures."""
    return tuple(_MODULES)


def figure(name: str) -> Figure:
    """Return the figure of that name; raises `NotFound` naming those there are."""
    if name not in _MODULES:
        raise NotFound(N_("There is no figure {name}; there are {names}."), name=name, names=", ".join(_MODULES))
    made: Figure = import_module(_MODULES[name]).FIGURE
    return made
