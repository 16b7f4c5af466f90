"""The options of the ecosystem map: words in, checked choices out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_db.vocabulary import RELATIONSHIP_KINDS
from chipscape_desktop.figures.ecosystem.links import GROUPS

DEEPEST: Final = 4
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "colour": ("country", "vendor"),
    "hide": ("isolated", "nothing"),
    "depth": tuple(str(depth) for depth in range(1, DEEPEST + 1)),
}
"""The words that each option takes, the default first; `kinds`, `center` and `focus` are free."""
_KNOWN: Final = (*CHOICES, "kinds", "center", "focus")


@dataclass(frozen=True, slots=True)
class Options:
    """How the map is shown.

    `kinds` are the kinds of relationship on it, all when empty; `center` is the slug of the record whose neighbourhood,
    `depth` steps deep, is all there is (empty: everything); `focus` is the slug of a record beside whose neighbours all
    else is dimmed.
    """

    kinds: frozenset[str] = frozenset()
    colour: str = "country"
    hide_isolated: bool = True
    center: str = ""
    depth: int = 1
    focus: str = ""


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are.

    `kinds` takes kinds of relationships and names of groups, with commas between.
    """
    for name in options:
        if name not in _KNOWN:
            raise Invalid(
                N_("The figure has no option {name}; it has {known}."),
                field="options",
                name=name,
                known=", ".join(_KNOWN),
            )
    words = {name: _one_of(name, options.get(name, choices[0]), choices) for name, choices in CHOICES.items()}
    kinds: set[str] = set()
    groups = {group.name: group.kinds for group in GROUPS}
    known = (*groups, *RELATIONSHIP_KINDS)
    for word in filter(None, options.get("kinds", "").split(",")):
        kinds.update(groups.get(word) or (_one_of("kinds", word, known),))
    return Options(
        frozenset(kinds), words["colour"], words["hide"] == "isolated", options.get("center", ""),
        int(words["depth"]), options.get("focus", ""),
    )  # fmt: skip


def _one_of(name: str, word: str, choices: tuple[str, ...]) -> str:
    if word not in choices:
        raise Invalid(
            N_("{option} cannot be {word}; choose one of {known}."),
            field=name,
            option=name,
            word=word,
            known=", ".join(choices),
        )
    return word
