"""The groups of relationships: how each looks on the map, and what it is called."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from chipscape_db.vocabulary import RELATIONSHIP_KINDS
from chipscape_desktop.i18n import _

Head: TypeAlias = Literal["arrow", "triangle", "disc", "diamond", "tick", "cross", ""]


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Relationships that are drawn alike.

    `colour` is a colour name of the palette; `head` is the sign at the object's end (hollow with `hollow`), so that
    groups differ without colour; `pull` is how strongly such a link draws its ends together in the layout.
    """

    name: str
    kinds: tuple[str, ...]
    colour: str
    width: float
    head: Head
    hollow: bool = False
    pull: float = 1.0


GROUPS: Final = (
    LinkGroup("making", ("designs", "develops"), "ink_soft", 1.0, "arrow"),
    LinkGroup("supply", ("manufactures", "supplies", "buys-from"), "cat-7", 1.2, "triangle"),
    LinkGroup("use", ("runs-on", "trained-on", "supports", "serves"), "cat-6", 1.0, "disc", pull=0.6),
    LinkGroup("finance", ("invests-in", "owns"), "cat-5", 1.2, "diamond"),
    LinkGroup("alliance", ("partners-with",), "ink_soft", 1.6, "", pull=0.6),
    LinkGroup("rivalry", ("competes-with",), "ink_soft", 1.0, "cross", pull=0.3),
    LinkGroup("regulation", ("restricts",), "amber", 1.4, "tick", pull=0.6),
    LinkGroup(
        "kinship", ("succeeds", "based-on", "part-of", "variant-of", "leads-to"), "ink_soft", 1.0, "triangle", True, 1.5
    ),
)
GROUP_OF: Final = {kind: number for number, group in enumerate(GROUPS) for kind in group.kinds}
"""The number of the group of each kind of relationship."""

TENTATIVE: Final = ("single", "")
"""The certainties that are drawn dashed: one source that is not the maker's or an authority's, or none."""

assert set(GROUP_OF) == set(RELATIONSHIP_KINDS)


def group_title(name: str) -> str:
    """Return what a group of relationships is called in legends and panels."""
    return {
        "making": _("design"),
        "supply": _("supply"),
        "use": _("use"),
        "finance": _("ownership"),
        "alliance": _("partnership"),
        "rivalry": _("rivalry"),
        "regulation": _("restriction"),
        "kinship": _("lineage"),
    }[name]


def layer_title(name: str) -> str:
    """Return what a layer of the stack is called."""
    return {
        "rule": _("Rules"),
        "foundry": _("Foundries"),
        "memory": _("Memory"),
        "chip": _("Chips"),
        "runtime": _("Runtimes, compilers"),
        "framework": _("Frameworks"),
        "model": _("Models"),
        "cloud": _("Clouds"),
        "sector": _("Sectors, users"),
    }[name]
