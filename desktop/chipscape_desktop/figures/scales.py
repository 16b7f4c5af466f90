"""Linear and logarithmic scales: values to pixels and back, with nice ticks and short tick labels."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from chipscape_desktop.figures.drawing import Floats

_Numbers = TypeVar("_Numbers", float, Floats)
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EDGE = 1e-9  # share of the range by which a tick may miss its end through rounding


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a language shortens numbers: the decimal sign, and the suffixes of 1, 10^3, 10^6, 10^9 and 10^12."""

    point: str = "."
    suffixes: tuple[str, str, str, str, str] = ("", "k", "M", "B", "T")


ENGLISH_NUMBERS = NumberStyle()


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick of an axis at pixel `position`; a minor tick has no label."""

    value: float
    position: float
    label: str = ""
    minor: bool = False


def short_number(value: float, *, digits: int = 4, style: NumberStyle = ENGLISH_NUMBERS) -> str:
    """Return a number as short as a tick label wants it: `950`, `1.5k`, `10M`, `2×10²⁴`.

    *digits* is the number of significant digits that are kept; trailing zeros go; the minus sign is typographic.
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    mantissa, _, exponent = f"{abs(value):.{max(digits - 1, 0)}e}".partition("e")
    power = int(exponent)
    sign = "−" if value < 0 else ""
    if -4 <= power < 3 * len(style.suffixes):
        rank = max(power // 3, 0)
        decimals = max(digits - 1 - power + 3 * rank, 0)
        body = f"{abs(value) / 1000**rank:.{decimals}f}"
        tail = style.suffixes[rank]
    else:
        body, tail = mantissa, f"10{str(power).translate(_SUPERSCRIPT)}"
    body = body.rstrip("0").rstrip(".") if "." in body else body
    if tail.startswith("10"):
        return sign + (tail if body == "1" else f"{body.replace('.', style.point)}×{tail}")
    return sign + body.replace(".", style.point) + tail


def nice_step(span: float, count: int) -> float:
    """Return the step out of 1, 2, 2.5 and 5 times a power of ten that cuts *span* into at most *count* parts."""
    if not (span > 0 and math.isfinite(span)):
        raise ValueError(f"a span must be positive and finite, not {span}")
    rough = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0, 20.0) if m * power >= rough * (1 - _EDGE))


def _multiples(low: float, high: float, step: float) -> list[float]:
    slack = (high - low) * _EDGE
    first, last = math.ceil((low - slack) / step), math.floor((high + slack) / step)
    return [min(max(_multiple(k, step), low), high) for k in range(first, last + 1)]


def _multiple(k: int, step: float) -> float:
    # Dividing by the inverse keeps 0.3 from becoming 0.30000000000000004.
    inverse = round(1 / step) if step < 1 and math.isclose(1 / step, round(1 / step)) else 0
    return k / inverse if inverse else k * step


def _finite(values: Iterable[float]) -> Floats:
    array = np.asarray(list(values) if not isinstance(values, np.ndarray) else values, dtype=np.float64).ravel()
    return array[np.isfinite(array)]


@dataclass(frozen=True, slots=True)
class LinearScale:
    """Maps `low`..`high` evenly to the pixels `start`..`end` (`end` may be less than `start`: y grows downwards)."""

    low: float
    high: float
    start: float
    end: float

    def __post_init__(self) -> None:
        """Refuse a range that is empty, reversed or not finite."""
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise ValueError(f"a scale needs low < high, both finite, not {self.low} and {self.high}")

    @classmethod
    def over(
        cls, values: Iterable[float], start: float, *, end: float, zero: bool = False, count: int = 6
    ) -> "LinearScale":
        """Return a scale that covers all finite *values* and ends on ticks; with *zero* it contains 0 too."""
        array = _finite(values)
        low, high = (float(array.min()), float(array.max())) if len(array) else (0.0, 1.0)
        if zero:
            low, high = min(low, 0.0), max(high, 0.0)
        if high - low <= max(abs(high) * 1e-12, 1e-300):
            margin = abs(high) * 0.1 if abs(high) > 1e-300 else 1.0
            low, high = (low, high + margin) if zero and low == 0 else (low - margin, high + margin)
        for _round in range(4):  # rounding outwards may ask for a coarser step, which rounds outwards again
            step = nice_step(high - low, count)
            low = _multiple(math.floor(low / step + _EDGE), step)
            high = _multiple(math.ceil(high / step - _EDGE), step)
            if nice_step(high - low, count) == step:
                break
        return cls(low, high, start, end)

    def to_px(self, value: _Numbers) -> _Numbers:
        """Return the pixel of a value, or of an array of values."""
        return self.start + (value - self.low) * ((self.end - self.start) / (self.high - self.low))

    def to_value(self, px: _Numbers) -> _Numbers:
        """Return the value at a pixel, or at an array of pixels."""
        return self.low + (px - self.start) * ((self.high - self.low) / (self.end - self.start))

    def ticks(self, count: int = 6, *, style: NumberStyle = ENGLISH_NUMBERS) -> tuple[Tick, ...]:
        """Return ticks at nice multiples, at most *count* steps, all inside the range."""
        step = nice_step(self.high - self.low, count)
        largest = max(abs(self.low), abs(self.high))
        digits = max(4, math.ceil(math.log10(max(largest / step, 1))) + 2)
        return tuple(
            Tick(value, self.to_px(value), short_number(value, digits=digits, style=style))
            for value in _multiples(self.low, self.high, step)
        )


@dataclass(frozen=True, slots=True)
class LogScale:
    """Maps `low`..`high`, both above zero, by their logarithms to the pixels `start`..`end`."""

    low: float
    high: float
    start: float
    end: float

    def __post_init__(self) -> None:
        """Refuse a range that is empty, reversed or not finite."""
        if not (0 < self.low < self.high < math.inf):
            raise ValueError(f"a log scale needs 0 < low < high, not {self.low} and {self.high}")

    @classmethod
    def over(cls, values: Iterable[float], start: float, *, end: float) -> "LogScale":
        """Return a scale that covers all finite *values*, ending on 1, 2 or 5 times a power of ten.

        Raises `ValueError` when a value is zero or negative: it has no place on a log axis, and the caller has to say
        so to the reader rather than lose it here.
        """
        array = _finite(values)
        _refuse_not_positive(array)
        low, high = (float(array.min()), float(array.max())) if len(array) else (1.0, 10.0)
        low, high = _round_125(low, up=False), _round_125(high, up=True)
        return cls(low, high, start, end) if low < high else cls(low / 2, high * 2, start, end)

    def to_px(self, value: _Numbers) -> _Numbers:
        """Return the pixel of a value, or of an array of values; zero and less are refused with `ValueError`."""
        array = np.asarray(value, dtype=np.float64)
        _refuse_not_positive(array)
        share = np.log(array / self.low) / math.log(self.high / self.low)
        px = self.start + share * (self.end - self.start)
        result: object = px if isinstance(value, np.ndarray) else float(px)
        return cast(_Numbers, result)

    def to_value(self, px: _Numbers) -> _Numbers:
        """Return the value at a pixel, or at an array of pixels."""
        share = (px - self.start) / (self.end - self.start)
        value: object = self.low * (self.high / self.low) ** share
        return cast(_Numbers, value)

    def ticks(self, count: int = 8, *, style: NumberStyle = ENGLISH_NUMBERS) -> tuple[Tick, ...]:
        """Return labelled ticks, about *count* at most, and the unlabelled minor ones between them, in order.

        Wide ranges get powers of ten (every second or third where they would crowd), narrower ones 1-2-5 or all nine;
        under about a third of a decade the ticks are those of a linear axis.
        """
        span = math.log10(self.high / self.low)
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        majors: list[float] = []
        for digits in (range(1, 10), (1, 2, 5), (1, 3), (1,)):
            majors = self._inside(first, last, digits)
            if len(majors) <= count:
                break
        stride = max(1, math.ceil(span / max(count, 1)))
        if stride > 1:
            majors = [v for v in majors if round(math.log10(v)) % stride == 0] or majors[:1]
        if len(majors) < 3 and span < 0.7:
            step = nice_step(self.high - self.low, max(count, 4))
            majors = [v for v in _multiples(self.low, self.high, step) if v > 0]
            return tuple(Tick(v, self.to_px(v), short_number(v, digits=6, style=style)) for v in majors)
        minors = [] if span > 3 * max(count, 1) else self._inside(first, last, range(1, 10) if span < 12 else (1,))
        labelled = {f"{v:.9e}" for v in majors}
        minors = [v for v in minors if f"{v:.9e}" not in labelled]
        places = self.to_px(np.array([*majors, *minors])).tolist()
        ticks = [Tick(v, place, short_number(v, style=style)) for v, place in zip(majors, places, strict=False)]
        ticks += [Tick(v, place, minor=True) for v, place in zip(minors, places[len(majors) :], strict=True)]
        return tuple(sorted(ticks, key=_value))

    def _inside(self, first: int, last: int, digits: Iterable[int]) -> list[float]:
        values = [float(f"{digit}e{power}") for power in range(first, last + 1) for digit in digits]
        low, high = self.low * (1 - _EDGE), self.high * (1 + _EDGE)
        return [min(max(v, self.low), self.high) for v in values if low <= v <= high]


def _value(tick: Tick) -> float:
    return tick.value


def _refuse_not_positive(array: Floats) -> None:
    if array.size and not bool(np.all(array > 0)):
        worst = float(np.nanmin(array))
        raise ValueError(f"a log scale has no place for {worst:g}; only values above zero can be shown on it")


def _round_125(value: float, *, up: bool) -> float:
    power = math.floor(math.log10(value))
    steps = [float(f"{digit}e{p}") for p in (power - 1, power, power + 1) for digit in (1, 2, 5)]
    if up:
        return next(step for step in steps if step >= value * (1 - _EDGE))
    return next(step for step in reversed(steps) if step <= value * (1 + _EDGE))
