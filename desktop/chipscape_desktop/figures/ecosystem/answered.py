"""An answer on the map: what it is about stands out, with signs for what each record is in it, in words and legend."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from chipscape_desktop.figures.answers.answer import Answer
from chipscape_desktop.figures.drawing import Item, Marks, Pen, Shape
from chipscape_desktop.figures.ecosystem.links import GROUPS, group_title
from chipscape_desktop.figures.ecosystem.projection import Projected
from chipscape_desktop.figures.ecosystem.spec import SHAPES, EcosystemSpec, Emphasis
from chipscape_desktop.figures.palette import Palette, mix
from chipscape_desktop.figures.spec import LegendEntry
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.i18n import number as shown


@dataclass(frozen=True, slots=True)
class _Sign:
    """How a role is drawn: a shape around or over the sign of the record, so many pixels larger, hollow or full."""

    shape: Shape
    colour: str
    larger: float
    width: float
    dash: tuple[float, ...] = ()


_SIGNS: Final[dict[str, tuple[_Sign, ...]]] = {
    "origin": (_Sign("disc", "ink", 9.0, 2.0), _Sign("disc", "ink", 15.0, 1.2)),
    "goal": (_Sign("disc", "ink", 9.0, 2.0),),
    "lost": (_Sign("cross", "ink", 3.0, 1.8),),
    "spared": (_Sign("disc", "ink", 6.0, 1.2, (2.5, 2.5)),),
}
"""The signs by role; what is only passed or listed stands out without one."""


def answered(spec: EcosystemSpec, answer: Answer) -> EcosystemSpec:
    """Return the map with an answer on it: its words around it, what it names standing out, all else dimmed."""
    numbers = {node.id: number for number, node in enumerate(spec.nodes)}
    roles = {numbers[id_]: role for id_, role in answer.roles.items() if id_ in numbers}
    edges = frozenset(number for number, row in enumerate(spec.edges.rows) if row.id in answer.links)
    elsewhere = len(answer.roles) - len(roles)
    notes = list(answer.caption.notes)
    if elsewhere:
        notes.append(
            ngettext(
                "{count} record of the answer is not on this part of the map.",
                "{count} records of the answer are not on this part of the map.",
                elsewhere,
            ).format(count=shown(elsewhere))
        )
    legend = (*role_legend(answer), *_legend_of(spec, roles, edges))
    caption = replace(
        spec.caption, title=answer.caption.title, subtitle=answer.caption.subtitle, legend=legend, notes=tuple(notes),
        sources=answer.caption.sources,
    )  # fmt: skip
    emphasis = Emphasis(frozenset(roles), edges, tuple(sorted(roles.items()))) if roles else None
    return replace(spec, caption=caption, emphasis=emphasis)


def _legend_of(spec: EcosystemSpec, nodes: Collection[int], edges: Collection[int]) -> Iterator[LegendEntry]:
    """Yield of the map's legend what the records and lines that stand out use."""
    shapes = {SHAPES[spec.nodes[number].kind] for number in nodes}
    colours = {spec.colour[number] for number in nodes}
    lines = {group_title(GROUPS[int(spec.edges.group[number])].name) for number in edges}
    dashed = any(bool(spec.edges.tentative[number]) for number in edges)
    for entry in spec.caption.legend:
        if entry.swatch in SHAPES.values():
            used = entry.swatch in shapes
        elif entry.swatch == "range":
            used = entry.colour in colours
        elif entry.swatch.startswith("link:"):
            used = entry.label in lines
        else:
            used = entry.swatch != "dashed" or dashed
        if used:
            yield entry


def role_legend(answer: Answer) -> tuple[LegendEntry, ...]:
    """Return an entry for each sign that the answer uses."""
    used = set(answer.roles.values())
    words = answer.role_words or {
        "lost": _("no other way on record"),
        "spared": _("another way on record"),
    }
    out = []
    for role, swatch, hollow in (("lost", "cross", True), ("spared", "disc", True)):
        if role in used and role in words:
            out.append(LegendEntry(swatch, "ink", words[role], hollow))
    return tuple(out)


def role_signs(spec: EcosystemSpec, at: Projected, palette: Palette) -> tuple[Item, ...]:
    """Return the signs of the roles, a batch for each."""
    if spec.emphasis is None:
        return ()
    by_role: dict[str, list[int]] = defaultdict(list)
    for number, role in spec.emphasis.roles:
        if at.visible[number]:
            by_role[role].append(number)
    items: list[Item] = []
    for role, listed in by_role.items():
        some = np.array(listed, dtype=np.int64)
        for sign in _SIGNS.get(role, ()):
            colour = palette.colour(sign.colour)
            if sign.shape == "cross":
                # On its ground, so that it is seen on any colour.
                size = np.clip(1.25 * at.radius[some], 6.0, 16.0)
                items.append(Marks("cross", at.x[some], at.y[some], size, None, Pen(palette.ground, sign.width + 2.2)))
                items.append(Marks("cross", at.x[some], at.y[some], size, None, Pen(colour, sign.width)))
                continue
            size = 2 * at.radius[some] + sign.larger
            pen = Pen(mix(colour, palette.ground, 0.1), sign.width, sign.dash)
            items.append(Marks(sign.shape, at.x[some], at.y[some], size, None, pen))
    return tuple(items)
