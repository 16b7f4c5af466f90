"""Output estimates as bars that stay editable: the chosen claim of each row, with the range of what is compared."""

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart, log_ends
from chipscape_desktop.figures.output.spec import OutputSpec, Row
from chipscape_desktop.i18n import _


def charts(spec: OutputSpec, view: View) -> tuple[NativeChart, ...]:
    """Return one chart of the rows in view."""
    first, last = max(0, int(-view.y[1])), min(len(spec.rows), int(-view.y[0] + 0.999))
    rows = spec.rows[first:last]
    meaning = {entry.colour: entry.label for entry in spec.caption.legend}
    colours = list(dict.fromkeys(row.colour for row in rows))
    series = tuple(
        ChartSeries(
            meaning.get(colour) or _("chosen claim"), colour,
            tuple(_point(row) if row.colour == colour else None for row in rows),
        )
        for colour in colours
    )  # fmt: skip
    low, high = log_ends(spec.low, spec.high) if spec.log else (spec.low, spec.high)
    axis = ChartAxis(spec.axis_title, low, high if spec.log else None, spec.log, style=spec.style)
    return (NativeChart("bars", ChartAxis(""), axis, series, tuple(_name(row) for row in rows), together=True),)


def _name(row: Row) -> str:
    """Return who made it when, and whose words stand for it."""
    chosen = next((mark.label for mark in row.marks if mark.chosen), "")
    return f"{row.name} ({chosen})" if chosen else row.name


def _point(row: Row) -> ChartPoint | None:
    chosen = next((mark for mark in row.marks if mark.chosen), None)
    if chosen is None:
        return None
    spread = (row.low, row.high) if row.low < row.high else None
    return ChartPoint(0.0, chosen.value, row.name, "", spread, ref=chosen.ref)
