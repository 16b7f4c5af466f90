"""Quantities as people and files write them - "3.2 TB/s", "1,2 To/s", "54.2 billion" - converted exactly.

Prefixes are decimal, always: a GB is 10^9 bytes and a TFLOPS 10^12 operations a second; only `Ki`, `Mi`, `Gi`, `Ti` and
`Pi` count in powers of 1024. A maker's "80 GB" of HBM is kept as the 80 GB it is called. `B` and the French `o`
(octet) are bytes, a small `b` is a bit. A number alone is in the metric's own unit.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_db.metrics import Dimension, Metric

_DECIMAL: Final = {"": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24}
_BINARY: Final = {"Ki": 1, "Mi": 2, "Gi": 3, "Ti": 4, "Pi": 5}
_PLAIN_FROM: Final = Decimal("1e15")
_LARGEST: Final = Decimal("1e60")
_NUMBER: Final = re.compile(
    r"(?P<mantissa>[0-9][0-9 ,.']*|[.,][0-9]+)"
    r"(?: ?[x×*·] ?10 ?(?:\^|\*\*)? ?(?P<power>[+-]?[0-9]+)|[eE](?P<exponent>[+-]?[0-9]+))?"
)
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED: Final = re.compile(r"(?<![0-9])10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_CURRENCY: Final = re.compile(r"(?:US ?\$|\$|USD) ?")
_FILLER: Final = re.compile(r"^(?:of |de |d['’])")
_GROUPED: Final = (
    re.compile(r"[0-9]{1,3}(?:[ '][0-9]{3})+(?P<tail>[.,][0-9]+)?"),
    re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?P<tail>\.[0-9]+)?"),
    re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}(?P<tail>,[0-9]+)?|\.[0-9]{3}(?P<only>,[0-9]+))"),
)
_ONE_COMMA: Final = re.compile(r"[0-9]+,[0-9]+")
_UNGROUPED: Final = re.compile(r"[0-9]*[.,]?[0-9]+")
_SPACES: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\t\n", " "))
_SCALES: Final = {
    "thousand": 3, "thousands": 3, "mille": 3, "millier": 3, "milliers": 3, "k": 3,
    "million": 6, "millions": 6, "mn": 6, "m": 6, "milliard": 9, "milliards": 9, "md": 9, "mds": 9, "mrd": 9,
    "billion": 9, "billions": 9, "bn": 9, "b": 9, "g": 9, "trillion": 12, "trillions": 12, "tn": 12, "t": 12,
}  # fmt: skip
_FALSE_FRIENDS: Final = {"billion", "billions", "trillion", "trillions"}
_COUNTED: Final[frozenset[Dimension]] = frozenset(("money", "volume", "count", "tokens", "operations"))
_SYMBOL_OF: Final = MappingProxyType({"mm2": "mm²", "1e9": "billion", "1e12": "trillion", "percent": "%"})


class BadQuantity(Invalid, ValueError):
    """A text cannot be read as a quantity of a metric."""


def _units() -> dict[str, set[tuple[Dimension, Decimal]]]:
    """Return every symbol with what it may measure and how much of the base unit it is."""
    found: dict[str, set[tuple[Dimension, Decimal]]] = {}

    def add(symbol: str, factor: Decimal, *dimensions: Dimension) -> None:
        found.setdefault(symbol, set()).update((dimension, factor) for dimension in dimensions)

    for prefix, power in _DECIMAL.items():
        size = Decimal(1).scaleb(power)
        for symbol in ("FLOPS", "FLOP/s", "FLOPs/s", "Flops", "Flop/s", "flops"):
            add(prefix + symbol, size, "float-rate")
        for symbol in ("OPS", "OP/s", "OPs/s", "ops/s", "op/s"):
            add(prefix + symbol, size, "float-rate", "integer-rate")
        for symbol in ("FLOP", "FLOPs"):
            add(prefix + symbol, size, "operations")
        if power <= 9:
            add(prefix + "W", size, "power")
    for prefix, size in [(name, Decimal(1).scaleb(power)) for name, power in _DECIMAL.items()] + [
        (name, Decimal(1024) ** power) for name, power in _BINARY.items()
    ]:
        for symbol, bytes_each in (
            ("B", Decimal(1)),
            ("o", Decimal(1)),
            ("byte", Decimal(1)),
            ("bytes", Decimal(1)),
            ("octet", Decimal(1)),
            ("octets", Decimal(1)),
            ("b", Decimal("0.125")),
            ("bit", Decimal("0.125")),
        ):
            add(prefix + symbol, size * bytes_each, "data")
            for rate in ("/s", "ps", "/sec"):
                add(prefix + symbol + rate, size * bytes_each, "data-rate")
    for symbol, factor in (("mm2", "1"), ("mm²", "1"), ("mm^2", "1"), ("sq mm", "1"), ("cm2", "100"), ("cm²", "100")):
        add(symbol, Decimal(factor), "area")
    for symbol, factor in (
        ("nm", "1"),
        ("nanometre", "1"),
        ("nanometer", "1"),
        ("µm", "1000"),
        ("μm", "1000"),
        ("um", "1000"),
    ):
        add(symbol, Decimal(factor), "length")
    for symbol in ("watt", "watts"):
        add(symbol, Decimal(1), "power")
    for symbol in ("USD", "$", "US$", "dollar", "dollars", "US dollars"):
        add(symbol, Decimal(1), "money")
    for noun in ("unit", "chip", "card", "die", "piece", "pc", "unité", "puce", "carte", "accelerator"):
        for symbol in (noun, noun + "s"):
            for year in ("", "/year", "/yr", "/an", " per year", " a year", " par an"):
                add(symbol + year, Decimal(1), "volume")
    for symbol in ("token", "tokens", "jeton", "jetons"):
        add(symbol, Decimal(1), "tokens")
    for symbol in ("parameter", "parameters", "params", "paramètres", "transistor", "transistors"):
        add(symbol, Decimal(1), "count")
    for symbol in ("%", "percent", "per cent", "pour cent", "pct"):
        add(symbol, Decimal(1), "share")
    return found


def _folded(units: Mapping[str, set[tuple[Dimension, Decimal]]]) -> dict[str, set[tuple[Dimension, Decimal]]]:
    found: dict[str, set[tuple[Dimension, Decimal]]] = {}
    for symbol, meanings in units.items():
        found.setdefault(symbol.casefold(), set()).update(meanings)
    return found


_UNITS: Final = _units()
_UNITS_FOLDED: Final = _folded(_UNITS)
_BASES: Final = {
    "TFLOPS": Decimal("1e12"), "TOPS": Decimal("1e12"), "GB": Decimal("1e9"), "GB/s": Decimal("1e9"),
    "1e9": Decimal("1e9"), "1e12": Decimal("1e12"),
}  # fmt: skip
"""How much of the base unit the unit of a metric is, where it is not one."""


def shown_unit(unit: str) -> str:
    """Return a unit as figures show it: `mm2` is mm², `percent` is %."""
    return _SYMBOL_OF.get(unit, unit)


def canonical(value: Decimal) -> str:
    """Return a number as files hold it: plain digits, no trailing noughts, and a power of ten from 10^15 on."""
    if not value.is_finite() or value < 0:
        raise BadQuantity(N_("{value} is not a quantity; write a number that is not negative."), value=value)
    if value == 0:
        return "0"
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits)).lstrip("0")
    stripped = text.rstrip("0")
    exponent += len(text) - len(stripped)
    if value >= _PLAIN_FROM:
        tail = f".{stripped[1:]}" if len(stripped) > 1 else ""
        return f"{stripped[0]}{tail}e+{exponent + len(stripped) - 1}"
    if exponent >= 0:
        return stripped + "0" * exponent
    whole, fraction = stripped[:exponent], stripped[exponent:]
    return f"{whole or '0'}.{fraction.rjust(-exponent, '0')}"


def parse_quantity(text: str, metric: Metric, *, lang: str = "en") -> Decimal:
    """Return what *text* says in the unit of *metric*, exactly; raise `BadQuantity`, in words, where it cannot.

    *lang* decides what nothing else can: whether the comma of `1,200` groups (English) or is decimal (French), and
    that a French "billion" is refused, because it is a thousand times the English one.
    """
    if metric.kind == "text":
        raise BadQuantity(N_("{metric} is a text, not a number."), metric=metric.key, field="value")
    clean = " ".join(text.translate(_SPACES).split())
    clean = _RAISED.sub(lambda found: "10^" + found[1].translate(_SUPERSCRIPTS), clean)
    currency = _CURRENCY.match(clean)
    if currency and metric.dimension == "money":
        clean = clean[currency.end() :] + " $"
    match = _NUMBER.match(clean)
    if match is None:
        raise _fault(N_("'{text}' is not a quantity; write a number with its unit, such as {example}."), text, metric)
    number = _number(match, text, metric, lang)
    scale, symbol = _scale(clean[match.end() :].strip(), text, metric, lang)
    base = _BASES.get(metric.unit, Decimal(1))
    with localcontext() as context:
        context.prec = 60
        if symbol:
            value = number * scale * _factor(symbol, text, metric) / base
        elif scale != 1:
            value = number * scale / base
        else:
            value = number
        if value > _LARGEST:
            raise _fault(N_("'{text}' is too large a quantity."), text, metric)
        return value


def _number(match: re.Match[str], text: str, metric: Metric, lang: str) -> Decimal:
    """Return the number without scale and unit."""
    digits = match["mantissa"].strip()
    power = match["power"] or match["exponent"] or "0"
    plain = _plain_digits(digits, lang)
    if plain is None or len(plain) > 40 or len(power) > 4 or abs(int(power)) > 60:
        raise _fault(N_("'{text}' has no number that can be read; write it such as {example}."), text, metric)
    return Decimal(plain).scaleb(int(power))


def _plain_digits(digits: str, lang: str) -> str | None:
    """Return digits with a decimal point and no groups, or None where the signs make no number."""
    decimal_comma = lang == "fr" and _ONE_COMMA.fullmatch(digits)
    if not decimal_comma:
        for form in _GROUPED:
            if match := form.fullmatch(digits):
                parts = match.groupdict()
                tail = parts.get("tail") or parts.get("only") or ""
                whole = re.sub(r"[ ',.]", "", digits[: len(digits) - len(tail)])
                return whole + tail.replace(",", ".")
    return digits.replace(",", ".") if _UNGROUPED.fullmatch(digits) else None


def _scale(rest: str, text: str, metric: Metric, lang: str) -> tuple[Decimal, str]:
    """Return the factor of a word such as "billion", and what is left: the unit."""
    if rest in _UNITS and any(dimension == metric.dimension for dimension, _ in _UNITS[rest]):
        return Decimal(1), rest
    word, _, unit = rest.partition(" ")
    folded = word.casefold().rstrip(".")
    if metric.dimension not in _COUNTED or folded not in _SCALES:
        return Decimal(1), rest
    if lang == "fr" and folded in _FALSE_FRIENDS:
        raise _fault(
            N_("'{text}': a French billion is 10^12 and an English one 10^9; write milliards, or a power of ten."),
            text,
            metric,
        )
    return Decimal(1).scaleb(_SCALES[folded]), _FILLER.sub("", unit)


def _factor(symbol: str, text: str, metric: Metric) -> Decimal:
    """Return how much of the base unit *symbol* is, when it measures what the metric does."""
    meanings = _UNITS.get(symbol) or _UNITS_FOLDED.get(symbol.casefold()) or set()
    factors = {factor for dimension, factor in meanings if dimension == metric.dimension}
    if len(factors) == 1:
        return factors.pop()
    if factors:
        raise _fault(N_("'{text}' could be bits or bytes, or more than one size; write {example}."), text, metric)
    if meanings:
        raise _fault(N_("'{text}' is not in a unit of {metric}; write for example {example}."), text, metric)
    raise _fault(N_("The unit of '{text}' is not known; write for example {example}."), text, metric)


def _fault(template: str, text: str, metric: Metric) -> BadQuantity:
    example = "12" if not metric.unit else f"12 {shown_unit(metric.unit)}"
    return BadQuantity(template, field="value", text=text, metric=metric.key, example=example)
