"""Records drawn together as one: those of an organization and what belongs to it, of a country, or of a kind."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from chipscape_db.queries.ecosystem import Change, EcosystemNode, EcosystemRows
from chipscape_desktop import i18n
from chipscape_desktop.figures.ecosystem.options import Options
from chipscape_desktop.i18n import _
from chipscape_desktop.words import country_name, kind_word

GROUP: Final = "group"
"""The kind of a node that stands for several records and is none itself."""
_LEAST: Final = 2


def grouped(rows: EcosystemRows, options: Options) -> tuple[EcosystemRows, dict[str, tuple[str, ...]]]:
    """Return the rows with groups in the place of their members, and the members of each group by its id.

    Of an organization the group is the record of the organization itself; a country's and a kind's have ids of their
    own, that begin with `group:`. Relationships within a group are gone. Opened groups are drawn record by record.
    """
    if options.group == "none":
        return rows, {}
    group_of = _parents(rows) if options.group == "parent" else _by(rows, options.group)
    slugs = {node.id: node.slug for node in rows.nodes}
    members: dict[str, list[str]] = defaultdict(list)
    for node in rows.nodes:
        group = group_of.get(node.id)
        if group is not None and slugs.get(group, group) not in options.opened:
            members[group].append(node.id)
    members = {group: ids for group, ids in members.items() if len(ids) >= _LEAST}
    inside = {id_: group for group, ids in members.items() for id_ in ids}
    by_id = {node.id: node for node in rows.nodes}
    nodes = [node for node in rows.nodes if node.id not in inside]
    nodes += [_node(group, ids, by_id, options.group) for group, ids in members.items()]
    edges = tuple(
        replace(edge, subject=inside.get(edge.subject, edge.subject), object=inside.get(edge.object, edge.object))
        for edge in rows.edges
        if edge.subject not in inside or inside[edge.subject] != inside.get(edge.object)
    )
    layers = dict(rows.layers)
    changes = dict(rows.changes)
    for group, ids in members.items():
        counted: dict[str, int] = defaultdict(int)
        for id_ in ids:
            counted[rows.layers.get(id_, "")] += 1
        layers[group] = layers.get(group) or max(counted, key=lambda layer: counted[layer])
        changed = {rows.changes.get(id_) for id_ in ids}
        changes.pop(group, None)
        if changed != {None}:
            # A group comes or goes with all of its members; one that stays is changed by any of them.
            one: Change = "changed"
            if len(changed) == 1:
                one = changed.pop() or one
            changes[group] = one
    ordered = tuple(sorted(nodes, key=lambda node: node.slug))
    kept = {group: tuple(ids) for group, ids in members.items()}
    return replace(rows, nodes=ordered, edges=edges, layers=layers, changes=changes), kept


def _parents(rows: EcosystemRows) -> dict[str, str]:
    """Return for each record the organization at the top of its maker, where that is on the map."""
    organizations = {node.slug: node.id for node in rows.nodes if node.kind == "organization"}
    there = set(organizations.values())
    out = {}
    for node in rows.nodes:
        at = organizations.get(node.vendor_slug)
        seen: set[str] = set()
        while at is not None and (above := rows.parents.get(at)) in there and at not in seen:
            seen.add(at)
            at = above
        if at is not None:
            out[node.id] = at
    return out


def _by(rows: EcosystemRows, what: str) -> dict[str, str]:
    if what == "country":
        return {node.id: f"group:{node.country}" for node in rows.nodes if node.country}
    return {node.id: f"group:{node.kind}" for node in rows.nodes}


def _node(group: str, ids: list[str], by_id: Mapping[str, EcosystemNode], what: str) -> EcosystemNode:
    if what == "parent":
        return by_id[group]
    code = group.removeprefix("group:")
    name = country_name(code) if what == "country" else kind_word(code, plural=True)
    named = _("{name} ({count})").format(name=name, count=i18n.number(len(ids)))
    return EcosystemNode(group, group, GROUP, "", named, code if what == "country" else "", "", "", "", "", ())
