"""Who descends from whom: the variants and successors of a maker's chips, for the trail of what was cut down."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from chipscape_db.export_rules.classify import Classification
from chipscape_db.export_rules.rules import QuantityKey
from chipscape_db.queries.export_control import ControlledChip, Descent, ExportFacts

_CUT_DOWN = 0.98
_REGULATED: tuple[QuantityKey, ...] = ("tpp", "rate")
Parents = Mapping[str, Sequence[Descent]]


def parents_of(facts: ExportFacts) -> dict[str, list[Descent]]:
    """Return the links from each chip to those that it is a variant of, or that it succeeds."""
    found: dict[str, list[Descent]] = {}
    for link in facts.descent:
        found.setdefault(link.chip_id, []).append(link)
    return found


def ancestors(
    chip: ControlledChip, parents: Parents, wanted: Collection[str]
) -> Iterator[tuple[str, tuple[Descent, ...]]]:
    """Yield the nearest ancestors of a chip that are *wanted*, by id, each with the links that lead there."""
    left: list[tuple[str, tuple[Descent, ...]]] = [(chip.brief.id, ())]
    seen = {chip.brief.id}
    while left:
        here, links = left.pop(0)
        for link in parents.get(here, ()):
            if link.parent_id in seen:
                continue
            seen.add(link.parent_id)
            if link.parent_id in wanted:
                yield link.parent_id, (*links, link)
            else:
                left.append((link.parent_id, (*links, link)))


def cut_down(facts: ExportFacts, shown: Sequence[tuple[ControlledChip, Classification]]) -> dict[str, tuple[str, ...]]:
    """Return for each chip the names of those of the same maker that it is a lesser variant or successor of.

    Lesser means less performance or a lower transfer rate and more of neither, as far as both are known: what rules
    have looked at so far, whichever is in force.
    """
    by_id = {chip.brief.id: chip for chip, _answer in shown}
    parents = parents_of(facts)
    found = {}
    for chip, _answer in shown:
        names = [
            by_id[ancestor].brief.name
            for ancestor, _links in ancestors(chip, parents, by_id)
            if by_id[ancestor].maker == chip.maker and _lesser(facts, chip, by_id[ancestor])
        ]
        if names:
            found[chip.brief.id] = tuple(names)
    return found


def _lesser(facts: ExportFacts, chip: ControlledChip, parent: ControlledChip) -> bool:
    less = more = False
    mine, theirs = facts.measured(chip.brief.id), facts.measured(parent.brief.id)
    for key in _REGULATED:
        own, other = mine[key].value, theirs[key].value
        if own is not None and other is not None:
            less |= own < other * _CUT_DOWN
            more |= own * _CUT_DOWN > other
    return less and not more
