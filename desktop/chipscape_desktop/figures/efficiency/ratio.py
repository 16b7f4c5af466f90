"""The ratio of two quantities: its unit, and the values at which lines of one ratio are drawn."""

import math
from dataclasses import dataclass
from typing import Final

from chipscape_desktop.figures.readings.quantities import Quantity
from chipscape_desktop.i18n import _

_MOST_LINES: Final = 6
_RATES: Final = {"TFLOPS": "FLOP", "TOPS": "OP"}


@dataclass(frozen=True, slots=True)
class Ratio:
    """What y over x is called: the quotient times `factor` is in `unit`."""

    factor: float
    unit: str


def ratio_of(y: Quantity, x: Quantity) -> Ratio:
    """Return the ratio of y over x: bandwidth over compute is bytes per operation, equal units make percent."""
    if y.unit == x.unit:
        return Ratio(100.0, _("%"))
    if y.unit == "GB/s" and x.unit in _RATES:
        return Ratio(1e-3, _("bytes/{operation}").format(operation=_RATES[x.unit]))
    if y.unit in _RATES and x.unit == "GB/s":
        return Ratio(1e3, _("{operation}/byte").format(operation=_RATES[y.unit]))
    if not x.unit_words:
        return Ratio(1.0, y.unit_words)
    return Ratio(1.0, f"{y.unit_words}/{x.unit_words}")


def ratios_between(low: float, high: float) -> list[float]:
    """Return at most six round values between two ratios above zero, evenly apart by their logarithms."""
    if not (0 < low < high < math.inf):
        return []
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first > 60:
        return []
    for digits in ((1, 2, 5), (1, 3), (1,)):
        found = [float(f"{digit}e{power}") for power in range(first, last + 1) for digit in digits]
        inside = [one for one in found if low <= one <= high]
        if len(inside) <= _MOST_LINES:
            return inside
    return inside[:: math.ceil(len(inside) / _MOST_LINES)]
