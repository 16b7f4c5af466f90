"""The best values so far, by country or maker: who set them, their staircase, and how fast they grow."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chipscape_db.queries.performance import Subject
from chipscape_desktop.figures.drawing import Floats
from chipscape_desktop.figures.performance import words
from chipscape_desktop.figures.performance.colours import colour_of
from chipscape_desktop.figures.performance.compare import Standing
from chipscape_desktop.figures.performance.options import Options
from chipscape_desktop.figures.performance.spec import TrendLine
from chipscape_desktop.figures.performance.trend import Trend, fit

_BOUNDS = {"at-most": -1, "high": -1, "at-least": 1, "low": 1}
_CORNERS = 33  # of a line of growth, which is bent on a linear scale


@dataclass(frozen=True, slots=True)
class Best:
    """The running best of one colour: `x` and `value` are the corners of its staircase, `days` and `steps` its steps.

    `leaders` are the ids of the records that set it, one for each step.
    """

    colour: str
    x: Floats
    value: Floats
    days: Floats
    steps: Floats
    leaders: tuple[str, ...]

    @property
    def length(self) -> int:
        """Return how many corners the staircase has."""
        return len(self.x)

    @property
    def trend(self) -> Trend | None:
        """Return the fitted growth of the steps, None for too few."""
        return fit(self.days, self.steps)


def frontiers_of(standings: Sequence[Standing], options: Options) -> list[Best]:
    """Return the running best of each colour; none for a metric of which more is neither good nor bad."""
    if options.metric.better is None:
        return []
    sign = -1.0 if options.metric.better == "lower" else 1.0
    groups: dict[str, list[Standing]] = {}
    for one in standings:
        if limit_of(one) == 0 and not _is_wafer(one.subject):
            groups.setdefault(colour_of(one.subject, options.colour), []).append(one)
    return [_best(colour, members, sign) for colour, members in groups.items()]


def trend_lines(
    bests: Sequence[Best], number: dict[str, int], meanings: Sequence[tuple[str, str]]
) -> tuple[TrendLine, ...]:
    """Return the fitted growth of each running best as a line over its days, named by what its colour means."""
    lines = []
    by_colour = {best.colour: best for best in bests}
    for colour, who in meanings:
        best = by_colour[colour]
        trend = best.trend
        if trend is not None:
            days = np.linspace(float(best.days[0]), float(best.days[-1]), _CORNERS)
            lines.append(TrendLine(number[best.colour], days, trend.value(days), words.trend_label(who, trend)))
    return tuple(lines)


def value_of(standing: Standing) -> float:
    """Return the chosen value of a chip that has one."""
    assert standing.chosen is not None
    return standing.chosen.value


def middle_of(subject: Subject) -> float:
    """Return the middle of the days that a subject's date may mean."""
    assert subject.start is not None
    return (subject.start + (subject.end if subject.end is not None else subject.start)) / 2


def limit_of(standing: Standing) -> int:
    """Return -1 where only an upper, 1 where only a lower limit is known, else 0."""
    assert standing.chosen is not None
    return _BOUNDS.get(standing.chosen.claim.convention.bound or "", 0)


def _best(colour: str, members: list[Standing], sign: float) -> Best:
    members = sorted(members, key=lambda one: (middle_of(one.subject), -sign * value_of(one)))
    x: list[float] = []
    y: list[float] = []
    leading: list[Standing] = []
    best = -math.inf
    for one in members:
        if sign * value_of(one) > best:
            best = sign * value_of(one)
            leading.append(one)
            if y:
                x.append(middle_of(one.subject))
                y.append(y[-1])
            x.append(middle_of(one.subject))
            y.append(value_of(one))
    x.append(middle_of(members[-1].subject))
    y.append(y[-1])
    return Best(
        colour,
        np.array(x, dtype=np.float64),
        np.array(y, dtype=np.float64),
        np.array([middle_of(one.subject) for one in leading], dtype=np.float64),
        np.array([value_of(one) for one in leading], dtype=np.float64),
        tuple(one.subject.brief.id for one in leading),
    )


def _is_wafer(subject: Subject) -> bool:
    """Say whether a chip is a whole wafer: it has its mark, but a line of the best chips cannot run through it."""
    return "wafer" in subject.form_factor.lower()
