"""How fast the best becomes better: a line through the logarithms of the running best, and its doubling time.

The interval is the usual one of a slope of least squares: the slope, plus and minus the quantile of Student's t with
n - 2 degrees of freedom times the standard error (Draper and Smith, Applied Regression Analysis, chapter 1).
"""

import math
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.drawing import Floats

FEWEST = 4
_CONFIDENCE = 0.95
_DAYS_PER_MONTH = 365.2425 / 12
_STEPS = 2048


@dataclass(frozen=True, slots=True)
class Trend:
    """A fitted growth: log2 of the best is `level` at day `day` and grows by `slope` a day.

    `months` is the time to double (to halve, for a falling best), `least` and `most` its 95 % interval: infinite at
    the end where the slope may be nothing. `n` counts the values that the line was fitted to.
    """

    day: float
    level: float
    slope: float
    months: float
    least: float
    most: float
    n: int

    def value(self, days: Floats) -> Floats:
        """Return the value of the line on days."""
        levels: Floats = np.exp2(self.level + self.slope * (days - self.day))
        return levels

    @property
    def grows(self) -> bool:
        """Say whether the best becomes more rather than less."""
        return self.slope > 0


def fit(days: Floats, values: Floats) -> Trend | None:
    """Return the growth of running bests (positive, each at its day); None for fewer than `FEWEST` or no spread."""
    n = len(days)
    if n < FEWEST or np.any(values <= 0):
        return None
    logs = np.log2(values)
    middle, level = float(days.mean()), float(logs.mean())
    spread = float(((days - middle) ** 2).sum())
    if spread == 0:
        return None
    slope = float(((days - middle) * (logs - level)).sum()) / spread
    if slope == 0:
        return None
    rest = logs - level - slope * (days - middle)
    error = math.sqrt(float((rest**2).sum()) / (n - 2) / spread)
    reach = student_quantile(0.5 + _CONFIDENCE / 2, n - 2) * error
    fast, slow = abs(slope) + reach, abs(slope) - reach
    return Trend(middle, level, slope, _months(abs(slope)), _months(fast), _months(slow) if slow > 0 else math.inf, n)


def _months(slope: float) -> float:
    return 1.0 / slope / _DAYS_PER_MONTH


def student_quantile(share: float, freedom: int) -> float:
    """Return the *share* quantile (over a half) of Student's t with whole degrees of freedom, to about 1e-9."""
    low, high = 0.0, 1.0
    while _student_cdf(high, freedom) < share:
        high *= 2
    for _round in range(60):
        middle = (low + high) / 2
        if _student_cdf(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _student_cdf(t: float, freedom: int) -> float:
    """Return the distribution function at t >= 0: with t = sqrt(k) tan(a), the integral of cos(a) ** (k - 1)."""
    angle = math.atan(t / math.sqrt(freedom))
    at = np.linspace(0.0, angle, _STEPS + 1)
    heights = np.cos(at) ** (freedom - 1)
    simpson = heights[0] + heights[-1] + 4 * heights[1:-1:2].sum() + 2 * heights[2:-1:2].sum()
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(math.pi)
    return 0.5 + scale * float(simpson) * angle / _STEPS / 3
