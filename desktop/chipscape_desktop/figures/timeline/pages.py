"""The timeline over several pages: stretches of time side by side, and lanes that one page has no room for below."""

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.figures.timeline.arrange import rooms, units_that_fit
from chipscape_desktop.figures.timeline.spec import TimelineSpec


def pages_of(
    spec: TimelineSpec, view: View, *, size: tuple[float, float], across: int, palette: Palette, measure: Measure
) -> tuple[View, ...]:
    """Return the views of the pages, each stretch of time from the top lane to the bottom one.

    The stretches are *across* equal parts of the view and meet exactly; a page holds as many whole lanes as have room
    for their names.
    """
    low, high = view.x
    step = (high - low) / across
    fit = units_that_fit(spec, rooms(spec, size, palette, measure).lanes.height)
    stacks: list[tuple[float, float]] = []
    top, last = view.y
    lanes = [lane for lane in spec.lanes if lane.bottom > top and lane.top < last]
    for lane in lanes:
        if stacks and lane.bottom - stacks[-1][0] <= fit + 1e-9:
            stacks[-1] = (stacks[-1][0], lane.bottom)
        else:
            stacks.append((lane.top, lane.bottom))
    return tuple(
        View((low + part * step, low + (part + 1) * step if part + 1 < across else high), rows)
        for part in range(across)
        for rows in stacks or [view.y]
    )
