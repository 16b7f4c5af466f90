"""The convention of a claim: what must be the same before two figures may stand side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final

from chipscape_db.errors import N_
from chipscape_db.partial_date import PartialDate

BASIS_FIELDS: Final = ("sparsity", "engine", "scope", "scope_count", "direction", "period", "condition")
"""What makes claims comparable: everything but the bound, which says how a value limits the true one."""

SCOPE_ORDER: Final = (None, "package", "gpu", "board", "die", "node", "rack", "cluster")
SPARSITY_ORDER: Final = ("dense", None, "sparse")
ENGINE_ORDER: Final = ("matrix", None, "vector")
DIRECTION_ORDER: Final = ("both", None, "unsaid", "one")
"""Which convention stands for a metric when none is asked for: the first of each order that there is. None is what the
source does not say, and for a scope the subject as named."""

_PHRASES: Final = {
    "dense": N_("dense"),
    "sparse": N_("sparse"),
    "matrix": N_("matrix engine"),
    "vector": N_("vector engine"),
    "die": N_("per die"),
    "package": N_("per package"),
    "gpu": N_("per GPU"),
    "board": N_("per board"),
    "node": N_("per node"),
    "rack": N_("per rack"),
    "cluster": N_("per cluster"),
    "both": N_("both directions"),
    "one": N_("one direction"),
    "unsaid": N_("direction not said"),
    "about": N_("about"),
    "at-least": N_("at least"),
    "at-most": N_("at most"),
    "low": N_("low end of a range"),
    "high": N_("high end of a range"),
}
_SCOPE_OF: Final = N_("{scope} of {count}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One part of a convention in words.

    `template` is an English message id unless `verbatim`, when it is the source's own wording or a date (a period); the
    part `scope`, already a message id, and `count` fill its fields.
    """

    template: str
    scope: str | None = None
    count: int | None = None
    verbatim: bool = False

    def __str__(self) -> str:
        """Return the part in English."""
        return self.template if self.scope is None else self.template.format(scope=self.scope, count=self.count)


@dataclass(frozen=True, slots=True)
class Convention:
    """How a figure is meant, one field per column of the contract; None is what the source does not say."""

    sparsity: str | None = None
    engine: str | None = None
    scope: str | None = None
    scope_count: int | None = None
    direction: str | None = None
    bound: str | None = None
    period: PartialDate | None = None
    condition: str | None = None

    @property
    def basis(self) -> "Convention":
        """Return this convention without its bound: claims with one basis may be compared."""
        return self if self.bound is None else replace(self, bound=None)

    @property
    def key(self) -> tuple[str, ...]:
        """Return a tuple of texts that sorts conventions of any kind, and is the same in every fact base."""
        values = (getattr(self, name.name) for name in fields(self))
        return tuple(
            "" if value is None else f"{value:09}" if isinstance(value, int) else str(value) for value in values
        )

    def describe(self) -> tuple[Phrase, ...]:
        """Return the parts of the convention that are said, in the order in which they are read."""
        parts = [Phrase(_PHRASES[word]) for word in (self.bound, self.sparsity, self.engine) if word]
        if self.scope:
            phrase = _PHRASES[self.scope]
            parts.append(Phrase(phrase) if self.scope_count is None else Phrase(_SCOPE_OF, phrase, self.scope_count))
        if self.direction:
            parts.append(Phrase(_PHRASES[self.direction]))
        parts.extend(Phrase(str(said), verbatim=True) for said in (self.period, self.condition) if said)
        return tuple(parts)

    def __str__(self) -> str:
        """Return the convention in English, empty where nothing is said."""
        return ", ".join(map(str, self.describe()))


UNSAID: Final = Convention()
"""The convention of a claim whose source says nothing about it."""


def same_basis(first: Convention, second: Convention) -> bool:
    """Say whether figures under these conventions may be compared without a label."""
    return first.basis == second.basis


def differences(conventions: Iterable[Convention]) -> tuple[str, ...]:
    """Return the names of the fields in which conventions differ, bound apart: what a mixed figure must say."""
    listed = tuple(conventions)
    return tuple(name for name in BASIS_FIELDS if len({getattr(one, name) for one in listed}) > 1)
