"""Which events belong together: what caused them, what followed from them, and what they are about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Relatives:
    """The events around one: its causes, its effects, and those about the same."""

    causes: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    alike: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Return all of them."""
        return self.causes | self.effects | self.alike


class Relations(Protocol):
    """What belongs together on a timeline; `common` are the records that say little by being shared."""

    @property
    def common(self) -> frozenset[str]:
        """The ids of the organizations."""
        ...

    def events_of(self, record_id: str) -> Sequence[str]:
        """Return the events on the timeline in which a record took part."""
        ...

    def of(self, event: str) -> Relatives:
        """Return the relatives of an event."""
        ...


@dataclass(frozen=True, slots=True)
class Kin:
    """Who took part in which event and which event leads to which, as ids; made by `kin_of`."""

    parts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    causes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    effects: Mapping[str, frozenset[str]] = field(default_factory=dict)
    events: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def events_of(self, record_id: str) -> Sequence[str]:
        """Return the events on the timeline in which a record took part."""
        return self.events.get(record_id, ())

    def of(self, event: str) -> Relatives:
        """Return the relatives of an event.

        Events are alike that name the same chip, model, software or rule, or two and more of the same participants: one
        organization in common would join half the fact base.
        """
        shared: dict[str, int] = defaultdict(int)
        for record in self.parts.get(event, ()):
            for other in self.events_of(record):
                shared[other] += 1 if record in self.common else 2
        shared.pop(event, None)
        alike = frozenset(other for other, weight in shared.items() if weight >= 2)
        return Relatives(self.causes.get(event, frozenset()), self.effects.get(event, frozenset()), alike)


def kin_of(parts: Mapping[str, Sequence[str]], common: frozenset[str], effects: Sequence[tuple[str, str]]) -> Kin:
    """Index who took part in what; *common* are the records that say little by being shared, *effects* are pairs."""
    events: dict[str, list[str]] = defaultdict(list)
    for event, records in parts.items():
        for record in records:
            events[record].append(event)
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for cause, effect in effects:
        before[effect].add(cause)
        after[cause].add(effect)
    return Kin(
        parts, common, {id_: frozenset(ids) for id_, ids in before.items()},
        {id_: frozenset(ids) for id_, ids in after.items()}, dict(events),
    )  # fmt: skip
