"""The efficiency plane as a scatter that stays editable, with whiskers both ways."""

from collections import defaultdict

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Shape
from chipscape_desktop.figures.efficiency.spec import Chip, EfficiencySpec
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart, log_ends
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.i18n import _


def charts(spec: EfficiencySpec, view: View) -> tuple[NativeChart, ...]:
    """Return one chart of the chips in view."""
    x, y = _axis(spec.x_axis, view.x), _axis(spec.axis, view.y)
    meaning = {
        entry.colour: entry.label for entry in spec.caption.legend if entry.swatch == "disc" and not entry.hollow
    }
    groups: dict[tuple[str, bool, Shape], list[ChartPoint]] = defaultdict(list)
    for chip in spec.chips:
        if _inside(chip.x, x) and _inside(chip.y, y):
            groups[chip.colour, chip.hollow, chip.form].append(_point(chip))
    series = []
    for (colour, hollow, form), found in sorted(groups.items()):
        name = meaning.get(colour, colour)
        look = {
            "square": _("converted by rule"),
            "diamond": _("under a condition of its own"),
        }.get(form) or (_("convention not said") if hollow else "")
        if look:
            name = _("{meaning}, {look}").format(meaning=name, look=look)
        series.append(ChartSeries(name, colour, tuple(found), form, hollow))
    return (NativeChart("scatter", x, y, tuple(series)),)


def _axis(axis: Axis, ends: tuple[float, float]) -> ChartAxis:
    low, high = log_ends(10.0 ** ends[0], 10.0 ** ends[1]) if axis.log else ends
    return ChartAxis(axis.title, low, high, axis.log, style=axis.style)


def _inside(value: float, axis: ChartAxis) -> bool:
    return (axis.low is None or value >= axis.low) and (axis.high is None or value <= axis.high)


def _point(chip: Chip) -> ChartPoint:
    return ChartPoint(
        chip.x, chip.y, chip.ref.title.partition(":")[0], chip.label,
        chip.y_range if chip.y_range[0] < chip.y_range[1] else None,
        chip.x_range if chip.x_range[0] < chip.x_range[1] else None, chip.ref, priority=chip.priority,
    )  # fmt: skip
