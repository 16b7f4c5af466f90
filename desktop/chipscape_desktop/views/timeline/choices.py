"""What the timeline is asked for, in the words of the figure's options."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chipscape_desktop.figures.timeline.lanes import Wishes

LANES = ("organization", "kind", "country", "sector", "none")
SHOW = ("events", "chips", "models", "software", "policies")
RULES = ("important", "all", "none")
SNAPS = ("", "day", "month", "quarter", "year")
"""To what dates snap that are moved by hand; empty: to what the zoom suggests."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the row asks for; `bands` are the ids of the only rules to draw (none: as `rules` says), `arrows` whether
    all links from causes to effects are drawn."""

    lanes: str = "organization"
    show: tuple[str, ...] = ("events",)
    every_lane: bool = False
    rules: str = "important"
    wishes: Wishes = field(default_factory=Wishes)
    bands: tuple[str, ...] = ()
    arrows: bool = True

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> "Choices":
        """Return what `options` wrote; what is not said is as it is at first."""
        first = cls()

        def several(name: str) -> tuple[str, ...]:
            return tuple(part for part in options.get(name, "").split(",") if part)

        return cls(
            options.get("lanes", first.lanes), several("show") or first.show, options.get("every_lane") == "yes",
            options.get("rules", first.rules),
            Wishes(several("order"), frozenset(several("hidden")), frozenset(several("collapsed"))),
            several("bands"), options.get("arrows") != "none",
        )  # fmt: skip

    def options(self) -> dict[str, str]:
        """Return the options of a request."""
        out = {"lanes": self.lanes, "show": ",".join(self.show), "rules": self.rules}
        more = {
            "every_lane": "yes" if self.every_lane else "",
            "order": ",".join(self.wishes.order),
            "hidden": ",".join(sorted(self.wishes.hidden)),
            "collapsed": ",".join(sorted(self.wishes.collapsed)),
            "bands": ",".join(self.bands),
            "arrows": "" if self.arrows else "none",
        }
        return out | {name: text for name, text in more.items() if text}
