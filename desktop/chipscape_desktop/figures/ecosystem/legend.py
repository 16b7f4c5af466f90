"""The legend and the sources of a map, or of the part of it that is in view."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chipscape_db.queries.ecosystem import EcosystemNode
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.ecosystem.grouping import GROUP
from chipscape_desktop.figures.ecosystem.links import GROUPS, group_title
from chipscape_desktop.figures.ecosystem.spec import CHANGES, SHAPES, EcosystemSpec
from chipscape_desktop.figures.layout.swatches import link_swatch
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import VENDOR_COLOURS, country_meanings
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.i18n import _
from chipscape_desktop.words import kind_word

_COMMUNITIES: Final = tuple(f"cat-{number}" for number in range(1, 8))
_Bools = NDArray[np.bool_]


def colours(
    nodes: Sequence[EcosystemNode], by: str, community: Ints | None, degree: Ints
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the colour name of each node, and what each colour name says, in the order of the legend."""
    if community is not None:
        return _of_communities(nodes, community, degree)
    if by == "vendor":
        own = tuple(VENDOR_COLOURS.get(node.vendor_slug, "other") for node in nodes)
        names = {
            VENDOR_COLOURS[node.vendor_slug]: node.vendor_name for node in nodes if node.vendor_slug in VENDOR_COLOURS
        }
        found = {colour: names[colour] for colour in VENDOR_COLOURS.values() if colour in names}
        return own, found | {"other": _("others")}
    return tuple(country_colour(node.country) for node in nodes), country_meanings()


def complete(spec: EcosystemSpec) -> Caption:
    """Return the caption with the legend and the sources of the whole map."""
    looks = sorted({(node.kind, colour) for node, colour in zip(spec.nodes, spec.colour, strict=True)})
    every_node, every_edge = (np.ones(count, dtype=np.bool_) for count in (len(spec.nodes), len(spec.edges.rows)))
    return in_view(spec, every_node, edges=every_edge, looks=looks)


def in_view(spec: EcosystemSpec, nodes: _Bools, *, edges: _Bools, looks: Sequence[tuple[str, str]]) -> Caption:
    """Return the caption with an entry for each shape, colour and line that these use, and with their sources.

    *looks* are the kinds and colours of the nodes.
    """
    kinds = {kind for kind, _colour in looks}
    out = [LegendEntry(SHAPES[kind], "ink_soft", _name_of(kind)) for kind in SHAPES if kind in kinds]
    used = {colour for _kind, colour in looks}
    out += [LegendEntry("range", colour, said) for colour, said in spec.meanings.items() if colour in used]
    groups = set(np.flatnonzero(np.bincount(spec.edges.group[edges])).tolist())
    out += [
        LegendEntry(link_swatch(group.head), group.colour, group_title(group.name), group.hollow)
        for number, group in enumerate(GROUPS)
        if number in groups
    ]
    if (spec.edges.tentative & edges).any():
        out.append(LegendEntry("dashed", "ink_soft", _("one unofficial source")))
    out += _changes(spec, nodes, edges)
    if spec.valued is not None and (nodes & ~spec.valued).any():
        out.append(LegendEntry("disc", "ink_soft", _("no value"), hollow=True))
    cited = spec.cited
    sources = () if cited is None else cited.numbered(edges if spec.edges.rows else nodes)
    return replace(spec.caption, legend=tuple(out), sources=sources)


def _name_of(kind: str) -> str:
    return _("several records") if kind == GROUP else kind_word(kind)


def _changes(spec: EcosystemSpec, nodes: _Bools, edges: _Bools) -> list[LegendEntry]:
    if spec.change is None or spec.edges.change is None:
        return []
    there = set(spec.change[nodes].tolist()) | set(spec.edges.change[edges].tolist())
    words = change_words(spec)
    out = []
    if CHANGES.index("added") in there:
        out.append(LegendEntry("plus", "ink", words["added"]))
    if CHANGES.index("gone") in there:
        out.append(LegendEntry("cross", "error", words["gone"]))
    if CHANGES.index("changed") in there and spec.clock != "both":
        out.append(LegendEntry("range", "ink_soft", _("relationships changed")))
    if 0 in there:
        out.append(LegendEntry("range", "rule", words["same"]))
    return out


def change_words(spec: EcosystemSpec) -> Mapping[str, str]:
    """Return what the signs of change say: by dates, or by what was known and what was true."""
    if spec.clock == "both":
        return {
            "added": _("true, but no source had said so yet"),
            "gone": _("said by then, but not so that day"),
            "same": _("true and known"),
        }
    return {"added": _("new"), "gone": _("gone"), "same": _("as before")}


def _of_communities(
    nodes: Sequence[EcosystemNode], community: Ints, degree: Ints
) -> tuple[tuple[str, ...], dict[str, str]]:
    own = tuple(_COMMUNITIES[number] if number < len(_COMMUNITIES) else "other" for number in community.tolist())
    words = {}
    for number, colour in enumerate(_COMMUNITIES):
        members = np.flatnonzero(community == number)
        if len(members):
            leading = members[np.argsort(-degree[members], kind="stable")[:2]].tolist()
            words[colour] = _("around {names}").format(names=", ".join(nodes[one].name for one in leading))
    return own, words | {"other": _("small communities")}
