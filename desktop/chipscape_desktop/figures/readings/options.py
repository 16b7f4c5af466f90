"""The options that all figures of chips share: the convention, the choosing rule, conversion, colour and labels."""

from collections.abc import Mapping
from typing import Final

from chipscape_desktop.figures.catalog import Option
from chipscape_desktop.figures.performance.declared import choice_option
from chipscape_desktop.figures.performance.options import Options, parse
from chipscape_desktop.figures.readings.quantities import quantities

CONVENTION: Final = ("sparsity", "direction", "scope", "engine", "rule", "convert")
"""The names of the options that say what is compared, and which claim stands."""


def convention_options() -> tuple[Option, ...]:
    """Return the options of the convention as a panel offers them, all behind More, conversion on."""
    return tuple(choice_option(name, first="on" if name == "convert" else None, more=True) for name in CONVENTION)


def convention(options: Mapping[str, str], *, colour: str = "country", labels: str = "auto") -> Options:
    """Read the options of the convention; raises `Invalid` for words that are none."""
    wanted = {name: options[name] for name in CONVENTION if name in options}
    wanted.setdefault("convert", "on")
    return parse({**wanted, "colour": colour, "labels": labels, "focus": options.get("focus", "")})


def listed(words: str) -> tuple[str, ...]:
    """Return the words of an option that takes several, with commas between them."""
    return tuple(dict.fromkeys(one.strip() for one in words.split(",") if one.strip()))


def quantity_choices() -> tuple[tuple[str, str], ...]:
    """Return the keys of all quantities, for a field that chooses one."""
    return tuple((key, "") for key in quantities())


def quantity_option(name: str, label: str, default: str) -> Option:
    """Return an option that takes a quantity."""
    return Option(name, label, "metric", default, quantity_choices())
