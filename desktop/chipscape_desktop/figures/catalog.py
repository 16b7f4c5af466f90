"""The catalogue of figures: what the window, the command line, the gallery and the briefings can show."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

from chipscape_db.errors import N_, Invalid, NotFound
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_desktop.figures.drawing import Drawing, Ints, Ref
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


@dataclass(frozen=True, slots=True)
class Option:
    """One choice that a figure leaves to the reader, as its panel and the command line offer it.

    `kind` is `choice` (one of `choices`, pairs of word and msgid), `metric` (a metric of numbers; only those of
    `choices` where these are given), `record` (a slug of a record of `record_kind`, empty for none) or `records`
    (several, with commas), `metrics` (keys of `choices`, with commas); `more` puts it behind the panel's "More".
    `label` is a msgid without a mnemonic: the panel gives each its letter.
    """

    name: str
    label: str
    kind: str
    default: str
    choices: tuple[tuple[str, str], ...] = ()
    record_kind: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A figure as a table of exactly what it shows: for readers of the screen, to copy, sort and export.

    Cells are texts as displayed; `numbers` holds the same columns as numbers where they are (else None); `refs` says
    what each row stands for. Of the columns `sort_only` the numbers are no values: days, to sort dates by.

    A table of very many rows makes them when they are asked for. It can say by itself the `ranks` of its rows by a
    column (-1 for what is empty; takes a while), and `find` the rows of records. Where some of its cells are not known
    yet, `complete` are the rows for those who may wait for them.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: Sequence[tuple[float | None, ...]]
    refs: Sequence[Ref]
    sort_only: frozenset[int] = frozenset()
    ranks: Callable[[int], Ints] | None = None
    find: Callable[[frozenset[str]], list[int]] | None = None
    complete: Sequence[tuple[str, ...]] | None = None


class Spec(Protocol):
    """What is shown; besides its own content every spec has the words around it."""

    @property
    def caption(self) -> Caption:
        """The words around the figure."""
        ...


class Figure(Protocol):
    """One kind of figure: rows from the base, a spec from the rows, a drawing from the spec.

    A figure may say more of itself; the functions at the end of this module tell what holds for one that does not:
    `options` (tuple of `Option`), `table(spec) -> Table`, `table_in_view(spec, view)` and with it
    `caption(spec, view)` (the table of a part and its words), `zoom_axes` (`xy`, `x`, `y` or empty), `read_by` (names
    of the options that change what is read), `takes_focus` (it has an option `focus`: ids of records to name first),
    `about` (a msgid: in one line, what it is for), `idle_options(options)` (the names of those that mean nothing
    beside these), `growth_words(spec, first, second)` and `difference_words(spec, first, second)` (what lies between
    two points of its view, such as "x 2" or "+32 TFLOPS"), `value_axis` (`x` where the values lie along it) and
    `upright` (it grows downwards, row by row, so that it wants height where it has little width).
    """

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
    "milestones": "chipscape_desktop.figures.milestones",
    "performance-over-time": "chipscape_desktop.figures.performance",
    "ranking": "chipscape_desktop.figures.ranking",
    "comparison": "chipscape_desktop.figures.comparison",
    "efficiency": "chipscape_desktop.figures.efficiency",
    "roofline": "chipscape_desktop.figures.roofline",
    "spec-table": "chipscape_desktop.figures.spec_table",
    "ecosystem": "chipscape_desktop.figures.ecosystem",
    "gap": "chipscape_desktop.figures.gap",
    "domestic-share": "chipscape_desktop.figures.domestic_share",
    "openness": "chipscape_desktop.figures.openness",
    "output": "chipscape_desktop.figures.output",
    "models-over-time": "chipscape_desktop.figures.models_over_time",
    "stack-matrix": "chipscape_desktop.figures.stack_matrix",
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


def options_of(shown: Figure) -> tuple[Option, ...]:
    """Return the choices that a figure leaves to the reader."""
    options: tuple[Option, ...] = getattr(shown, "options", ())
    return options


def checked_options(shown: Figure, options: Mapping[str, str]) -> dict[str, str]:
    """Return those of *options* that differ from the defaults; raise `Invalid` for a name or word that there is not."""
    declared = options_of(shown)
    check_names(options, [option.name for option in declared])
    return {
        option.name: options[option.name]
        for option in declared
        if option.name in options and _word(option, options[option.name]) != option.default
    }


def checked_words(declared: Sequence[Option], options: Mapping[str, str]) -> dict[str, str]:
    """Return the word of every declared option, given or default, for a figure to read; `focus` is let through.

    Raises `Invalid` for a name or, of a choice, a word that there is not.
    """
    names = [option.name for option in declared]
    check_names([name for name in options if name != "focus"], names)
    return {option.name: _word(option, options.get(option.name, option.default)) for option in declared}


def check_names(options: Iterable[str], known: Sequence[str]) -> None:
    """Raise `Invalid` for an option that the figure does not have."""
    for name in options:
        if name not in known:
            raise Invalid(
                N_("The figure has no option {name}; it has {known}."),
                field="options",
                name=name,
                known=", ".join(known),
            )


def one_of(name: str, word: str, known: Sequence[str]) -> str:
    """Return the word of an option; raise `Invalid` where it is none of those there are."""
    if word not in known:
        raise Invalid(
            N_("{option} cannot be {word}; choose one of {known}."),
            field=name,
            option=name,
            word=word,
            known=", ".join(known),
        )
    return word


def _word(option: Option, word: str) -> str:
    return one_of(option.name, word, [each for each, _label in option.choices]) if option.kind == "choice" else word


def idle_options(shown: Figure, options: Mapping[str, str]) -> frozenset[str]:
    """Return the names of the options that mean nothing beside *options*, such as sparsity for a memory."""
    told = getattr(shown, "idle_options", None)
    return frozenset() if told is None else frozenset(told(options))


def about_of(shown: Figure) -> str:
    """Return the msgid of what a figure is for, empty where it does not say."""
    about: str = getattr(shown, "about", "")
    return about


def zoom_axes(shown: Figure) -> str:
    """Return along which axes of a figure one can zoom."""
    axes: str = getattr(shown, "zoom_axes", "xy")
    return axes


def reads_anew(shown: Figure, changed: Collection[str]) -> bool:
    """Say whether other rows are needed when these options change."""
    read_by: Collection[str] | None = getattr(shown, "read_by", None)
    return read_by is None or any(name in read_by for name in changed)


def takes_focus(shown: Figure) -> bool:
    """Say whether a figure puts the names of given records first."""
    return bool(getattr(shown, "takes_focus", False))


def inside_of(spec: Any, ref: Ref) -> tuple[Ref, ...]:
    """Return what a mark that stands for several things opens: the spec's `inside` says it, empty for most."""
    inside: Mapping[Ref, tuple[Ref, ...]] = getattr(spec, "inside", {})
    return inside.get(ref, ())


def tables_follow_view(shown: Figure) -> bool:
    """Say whether the table of a part of a figure holds that part alone."""
    return hasattr(shown, "table_in_view")


def table_of(shown: Figure, spec: Any, view: View | None = None) -> Table | None:
    """Return a figure as a table, None where it has none; of a *view* alone where the figure can tell what is in it."""
    if view is not None and tables_follow_view(shown):
        part: Table = shown.table_in_view(spec, view)  # type: ignore[attr-defined]
        return part
    made = getattr(shown, "table", None)
    table: Table | None = None if made is None else made(spec)
    return table
