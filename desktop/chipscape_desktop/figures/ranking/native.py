"""A ranking as bars that stay editable, with the range of the claims as whiskers."""

import math

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.native import ChartAxis, ChartPoint, ChartSeries, NativeChart, log_ends
from chipscape_desktop.figures.ranking.spec import Bar, RankingSpec
from chipscape_desktop.i18n import _


def charts(spec: RankingSpec, view: View) -> tuple[NativeChart, ...]:
    """Return one chart of the bars in view, the best at the top."""
    first, last = max(0, math.floor(-view.y[1])), min(len(spec.bars), math.ceil(-view.y[0]))
    rows = [(place, bar) for place, bar in enumerate(spec.bars[first:last], first) if bar.value is not None]
    meaning = {
        entry.colour: entry.label for entry in spec.caption.legend if entry.swatch == "range" and not entry.hollow
    }
    looks = sorted({_look(bar) for _place, bar in rows})
    series = []
    for colour, hollow, hatched in looks:
        points = tuple(_point(bar, place) if _look(bar) == (colour, hollow, hatched) else None for place, bar in rows)
        name = meaning.get(colour, colour)
        if hollow or hatched:
            why = _("convention not said") if hollow else _("estimate or rumour")
            name = _("{meaning}, {look}").format(meaning=name, look=why)
        series.append(ChartSeries(name, colour, points, hollow=hollow, hatched=hatched))
    low, high = (10.0 ** view.x[0], 10.0 ** view.x[1]) if spec.axis.log else view.x
    if spec.axis.log:
        low, high = log_ends(low, high)
    axis = ChartAxis(spec.axis.title, low, high if spec.axis.log else None, spec.axis.log, style=spec.axis.style)
    names = tuple(bar.name for _place, bar in rows)
    return (NativeChart("bars", ChartAxis(""), axis, tuple(series), names, together=True),)


def _look(bar: Bar) -> tuple[str, bool, bool]:
    return bar.colour, bar.hollow, bar.hatched


def _point(bar: Bar, place: int) -> ChartPoint:
    assert bar.value is not None
    spread = (bar.low, bar.high) if bar.contested else None
    return ChartPoint(0.0, bar.value, bar.name, bar.text, spread, ref=bar.ref, row=place)
