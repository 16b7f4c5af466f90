"""The options of the ecosystem map: words in, checked choices out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_db.metrics import METRICS
from chipscape_db.queries.ecosystem import Clock
from chipscape_db.vocabulary import RELATIONSHIP_KINDS
from chipscape_desktop.figures.catalog import check_names, one_of
from chipscape_desktop.figures.ecosystem.links import GROUPS

DEEPEST: Final = 4
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "layout": ("force", "stack", "radial", "country", "hand"),
    "colour": ("country", "vendor", "community"),
    "group": ("none", "parent", "country", "kind"),
    "parallel": ("bundled", "apart"),
    "clock": ("valid", "known", "both"),
    "hide": ("isolated", "nothing"),
    "depth": tuple(str(depth) for depth in range(1, DEEPEST + 1)),
}
"""The words that each option takes, the default first; the others are free."""
_KNOWN: Final = (*CHOICES, "size", "kinds", "center", "focus", "open", "since", "ask")
SIZES: Final = ("degree", "betweenness", "same")
"""What the size of signs can say besides the metrics of numbers, the default first."""
SIZE_METRICS: Final = tuple(one.key for one in METRICS.values() if one.kind == "number" and not one.is_date)
_CLOCKS: Final[Mapping[str, Clock]] = {"valid": "valid", "known": "known", "both": "both"}


@dataclass(frozen=True, slots=True)
class Options:
    """How the map is shown.

    `kinds` are the kinds of relationship on it, all when empty; `center` is the slug of the record whose neighbourhood,
    `depth` steps deep, is all there is (empty: everything); `focus` is the slug of a record beside whose neighbours all
    else is dimmed; `opened` are slugs of records whose neighbours are there too, `closed` of those without the
    neighbours that hang on them alone. With `since` the map shows what changed from that day to the as-of date. `clock`
    says which date decides: since when something was so (`valid`), or since when a source said so (`known`). `ask` is a
    question whose answer stands out (see `asked.FORMS`).
    """

    kinds: frozenset[str] = frozenset()
    colour: str = "country"
    hide_isolated: bool = True
    center: str = ""
    depth: int = 1
    focus: str = ""
    layout: str = "force"
    size: str = "degree"
    group: str = "none"
    bundled: bool = True
    clock: Clock = "valid"
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    since: date | None = None
    ask: str = ""

    @property
    def arrangement(self) -> str:
        """The name under which places in this layout of this part of the map are kept."""
        part = f":{self.center}:{self.depth}" if self.center and self.layout != "hand" else ""
        grouped = "" if self.group == "none" else f"/{self.group}"
        return f"{self.layout}{part}{grouped}"

    @property
    def metric(self) -> str:
        """The metric that the size of signs says, empty where it says something else."""
        return "" if self.size in SIZES else self.size


def parse(options: Mapping[str, str]) -> Options:
    """Read the options of a request; raise `Invalid` naming the words there are.

    `kinds` takes kinds of relationships and names of groups, with commas between; `open` slugs, with a minus before
    those that are closed; `since` a day as 2025-06-30.
    """
    check_names(options, _KNOWN)
    words = {name: one_of(name, options.get(name, choices[0]), choices) for name, choices in CHOICES.items()}
    kinds: set[str] = set()
    groups = {group.name: group.kinds for group in GROUPS}
    known = (*groups, *RELATIONSHIP_KINDS)
    for word in filter(None, options.get("kinds", "").split(",")):
        kinds.update(groups.get(word) or (one_of("kinds", word, known),))
    marked = [word for word in options.get("open", "").split(",") if word]
    return Options(
        frozenset(kinds), words["colour"], words["hide"] == "isolated", options.get("center", ""),
        int(words["depth"]), options.get("focus", ""), words["layout"],
        one_of("size", options.get("size", SIZES[0]), (*SIZES, *SIZE_METRICS)), words["group"],
        words["parallel"] == "bundled" or words["group"] != "none", _CLOCKS[words["clock"]],
        frozenset(word for word in marked if not word.startswith("-")),
        frozenset(word[1:] for word in marked if word.startswith("-")), _day(options.get("since", "")),
        ask=options.get("ask", ""),
    )  # fmt: skip


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            N_("'{text}' is no day; write it as 2025-06-30."), field="since", text=text
        ) from error  # fmt: skip
