"""The options that all figures of chips share: the convention, the choosing rule, conversion, colour and labels."""

from collections.abc import Mapping
from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_desktop.figures.catalog import Option
from chipscape_desktop.figures.performance.declared import choice_option
from chipscape_desktop.figures.performance.options import Options, parse
from chipscape_desktop.figures.readings.quantities import quantities, quantity

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


def word(options: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """Return the word of an option, the first of *choices* where it is not given; raises `Invalid` for another."""
    given = options.get(name, choices[0])
    if given not in choices:
        raise Invalid(
            N_("{option} cannot be {word}; choose one of {known}."), field=name, option=name, word=given,
            known=", ".join(choices),
        )  # fmt: skip
    return given


def check_names(options: Mapping[str, str], known: tuple[str, ...]) -> None:
    """Raise `Invalid` for an option that the figure does not have."""
    for name in options:
        if name not in known:
            raise Invalid(
                N_("The figure has no option {name}; it has {known}."), field="options", name=name,
                known=", ".join(known),
            )  # fmt: skip


def listed(options: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    """Return the words of an option that takes several, with commas between them."""
    return tuple(dict.fromkeys(one.strip() for one in options.get(name, default).split(",") if one.strip()))


def quantity_choices() -> tuple[tuple[str, str], ...]:
    """Return the keys of all quantities, for a field that chooses one."""
    return tuple((key, "") for key in quantities())


def quantity_option(name: str, label: str, default: str) -> Option:
    """Return an option that takes a quantity."""
    return Option(name, label, "metric", default, quantity_choices())


def checked_quantities(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys; raise `NotFound` for one that there is not."""
    return tuple(quantity(key).key for key in keys)
