"""What a chart over time shows: panels, one below the other, that share the axis of days, and the rules across them."""

from dataclasses import dataclass, field

from chipscape_desktop.figures.catalog import Table, View
from chipscape_desktop.figures.drawing import Floats, Ref, Shape
from chipscape_desktop.figures.scales import NumberStyle
from chipscape_desktop.figures.spec import Caption


@dataclass(frozen=True, slots=True)
class Line:
    """A line through values at days since 1970, with gaps where a value is not finite.

    `label` stands at its end, `short` in its place where the figure is narrow.
    """

    x: Floats
    y: Floats
    colour: str
    label: str = ""
    width: float = 2.0
    dash: tuple[float, ...] = ()
    ref: Ref | None = None
    short: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """The band between two curves, `low` and `high` at the days `x`."""

    x: Floats
    low: Floats
    high: Floats
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A box from the day `x0` to `x1`, `low` to `high`; `hatched`, `open` and `dashed` tell kinds without colour."""

    x0: float
    x1: float
    low: float
    high: float
    colour: str
    ref: Ref
    hatched: bool = False
    open: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark at a day and a value; `low` and `high` are the range of claims where they differ."""

    x: float
    y: float
    colour: str
    ref: Ref
    label: str = ""
    priority: float = 0.0
    shape: Shape = "disc"
    hollow: bool = False
    size: float = 9.0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """What has a day but no value: an open, dashed mark at the foot of a panel."""

    x: float
    colour: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Across:
    """A line across a panel at a value, with what it says."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its vertical axis from `low` to `high` (above zero where `log`), and what it shows.

    `share` is its part of the height beside the others. Numbers of the axis are in the words of `style`, each with
    `suffix`.
    """

    title: str
    low: float
    high: float
    style: NumberStyle
    log: bool = False
    share: float = 1.0
    suffix: str = ""
    whole: bool = False
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    spots: tuple[Spot, ...] = ()
    across: tuple[Across, ...] = ()
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day across all panels: a rule that came into force."""

    x: float
    label: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class TimeChartSpec:
    """The chart; `home.x` holds the days of everything, `home.y` is that of the only panel, else 0 to 1."""

    caption: Caption
    home: View
    panels: tuple[Panel, ...]
    axis_title: str
    milestones: tuple[Milestone, ...] = ()
    summary: str = ""
    empty: str = ""
    table: Table = field(default_factory=lambda: Table((), (), (), ()))
