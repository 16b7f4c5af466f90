"""The one rule by which one claim of several stands for a metric, and what travels with it.

**The written rule.** Deprecated claims are out. A *measured* value of a peak metric is what somebody achieved: it is
out too, and kept apart (`achieved`). If any claim is a point (`about` counts as one), bounds are out. Then, in order:

1. rank: preferred before normal;
2. stance: stated, measured, estimated, reported, rumoured;
3. kind of source: official, regulation, academic, analysis, press, reference, community;
4. newest: the source published last (by the middle of a partial date; an unknown date is the oldest);
5. exact values before `about`;
6. the value that most independent sources give;
7. the lower value, then source and text in the order of the alphabet, so that the choice never depends on chance.

Never an average. The spread over all live claims always travels with the choice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from chipscape_db.conventions import (
    DIRECTION_ORDER,
    ENGINE_ORDER,
    SCOPE_ORDER,
    SPARSITY_ORDER,
    UNSAID,
    Convention,
)
from chipscape_db.metrics import Metric
from chipscape_db.partial_date import PartialDate
from chipscape_db.vocabulary import STANCES

RANK_ORDER: Final = ("preferred", "normal")
STANCE_ORDER: Final = STANCES
SOURCE_KIND_ORDER: Final = ("official", "regulation", "academic", "analysis", "press", "reference", "community")
CONTESTED_BEYOND: Final = 0.02
"""Live claims that differ by more than this share of the lower one contest each other."""

Rule: TypeAlias = Literal["written", "maker", "measured-first", "conservative", "optimistic"]
Reason: TypeAlias = Literal[
    "only", "agreed", "point", "preferred-rank", "stance", "source-kind", "newest", "exact", "most-sources",
    "lower-value", "alphabet", "maker", "measured", "least-favourable", "most-favourable",
]  # fmt: skip
_Key: TypeAlias = Callable[["ClaimFact"], float | str]
_Step: TypeAlias = tuple[Reason, _Key]


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """What the rule needs to know of a claim.

    `value` is in the metric's unit and None for a text metric; `text` is the value as stored. `root_id` is the source
    at the end of the chain of relays: claims with one root are one independent source.
    """

    id: str
    value: float | None
    text: str
    stance: str
    source_id: str
    source_kind: str
    root_id: str
    published: PartialDate | None = None
    rank: str = "normal"
    convention: Convention = UNSAID

    @property
    def is_point(self) -> bool:
        """Say whether this gives a value, not a limit of one."""
        return self.convention.bound in (None, "about")

    @property
    def is_live(self) -> bool:
        """Say whether nobody has deprecated this."""
        return self.rank != "deprecated"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claim that stands for a metric under one convention, and everything that must be said with it.

    `low` and `high` span the live claims (None for a text metric); `open_low` and `open_high` say that only a limit is
    known on that side. `claim_ids` are all live claims, `sources` how many independent sources stand behind them and
    `agreeing` how many of those give the chosen value (within 2 %). `reason` names the step that decided.
    """

    claim: ClaimFact
    convention: Convention
    reason: Reason
    low: float | None
    high: float | None
    open_low: bool
    open_high: bool
    contested: bool
    claim_ids: tuple[str, ...]
    sources: int
    agreeing: int

    @property
    def value(self) -> float:
        """Return the chosen number; a text metric has none and raises TypeError."""
        if self.claim.value is None:
            raise TypeError("a text metric has no number")
        return self.claim.value

    @property
    def claims(self) -> int:
        """Return how many live claims there are."""
        return len(self.claim_ids)


def choose(claims: Iterable[ClaimFact], metric: Metric, *, rule: Rule = "written") -> Chosen | None:
    """Return the claim that stands for *metric* among claims under one convention, or None if none may.

    The other rules are for readers who ask for them: `maker` puts what the maker states before every rank,
    `measured-first` what was tested (also of a peak metric, where it is the achieved value), `conservative` and
    `optimistic` the least and the most favourable value. Raises ValueError if the claims differ in convention.
    """
    live = [claim for claim in claims if claim.is_live]
    if len({claim.convention.basis for claim in live}) > 1:
        raise ValueError("claims under different conventions cannot stand for one value")
    if not (metric.is_peak and rule == "measured-first"):
        live = [claim for claim in live if not _is_achieved(claim, metric)]
    if not live:
        return None
    points = [claim for claim in live if claim.is_point]
    candidates = points or live
    winner, reason = _decide(candidates, _steps(rule, metric, candidates))
    if reason in ("only", "agreed") and len(candidates) < len(live):
        reason = "point"
    low, high, open_low, open_high = _spread(live, winner)
    return Chosen(
        winner,
        winner.convention.basis,
        reason,
        low,
        high,
        open_low,
        open_high,
        _is_contested(live),
        tuple(claim.id for claim in sorted(live, key=_alphabet)),
        len({claim.root_id for claim in live}),
        len({claim.root_id for claim in candidates if _agree(claim, winner)}),
    )


def achieved(claims: Iterable[ClaimFact], metric: Metric) -> tuple[ClaimFact, ...]:
    """Return the live measured claims of a peak metric, under whatever convention, highest first."""
    found = [claim for claim in claims if claim.is_live and _is_achieved(claim, metric)]
    return tuple(sorted(found, key=lambda claim: (-(claim.value or 0.0), _alphabet(claim))))


def by_convention(claims: Iterable[ClaimFact]) -> dict[Convention, tuple[ClaimFact, ...]]:
    """Return claims grouped by the convention under which they may be compared, in a fixed order."""
    groups: dict[Convention, list[ClaimFact]] = {}
    for claim in claims:
        groups.setdefault(claim.convention.basis, []).append(claim)
    ordered = sorted(groups.items(), key=lambda item: item[0].key) if len(groups) > 1 else groups.items()
    return {convention: tuple(sorted(group, key=_alphabet)) for convention, group in ordered}


def preferred_convention(groups: Mapping[Convention, Sequence[ClaimFact]], metric: Metric) -> Convention | None:
    """Return the convention that stands for the metric when none is asked for, or None if no group has a value.

    A group with a preferred claim comes first; then the subject as named before its parts and wholes, no condition
    before a condition, dense before unsaid before sparse, matrix engine before unsaid before vector, both directions
    before unsaid before one, points before bounds, more independent sources, the newest period, and the better stance.
    Sources come before the period so that one forecast for next year does not displace what is known of this one.
    """
    standing = {
        convention: live
        for convention, group in groups.items()
        if (live := [claim for claim in group if claim.is_live and not _is_achieved(claim, metric)])
    }
    if len(standing) < 2:
        return next(iter(standing), None)
    return min(standing, key=lambda convention: _standing(convention, standing[convention]))


def choose_default(claims: Iterable[ClaimFact], metric: Metric, *, rule: Rule = "written") -> Chosen | None:
    """Return the choice under the convention that stands for the metric, or None if none may."""
    groups = by_convention(claims)
    convention = preferred_convention(groups, metric)
    if convention is None:
        if not (metric.is_peak and rule == "measured-first"):
            return None
        convention = next((one for one, group in groups.items() if any(claim.is_live for claim in group)), None)
    return None if convention is None else choose(groups[convention], metric, rule=rule)


def _is_achieved(claim: ClaimFact, metric: Metric) -> bool:
    return metric.is_peak and claim.stance == "measured"


def _place(word: str | None, order: Sequence[str | None]) -> int:
    """Return the place of a word in an order; what is not in it comes last."""
    return order.index(word) if word in order else len(order)


def _alphabet(claim: ClaimFact) -> tuple[str, str, str]:
    return claim.source_id, claim.text, claim.id


def _agree(first: ClaimFact, second: ClaimFact) -> bool:
    if first.value is None or second.value is None:
        return first.text.casefold() == second.text.casefold()
    return max(first.value, second.value) <= min(first.value, second.value) * (1 + CONTESTED_BEYOND)


def _steps(rule: Rule, metric: Metric, candidates: Sequence[ClaimFact]) -> tuple[_Step, ...]:
    """Return the steps of a rule: at each, the claims with the smallest key go on."""
    roots: dict[str, set[str]] = {}
    for claim in candidates:
        roots.setdefault(claim.text.casefold(), set()).add(claim.root_id)
    written: tuple[_Step, ...] = (
        ("preferred-rank", lambda claim: _place(claim.rank, RANK_ORDER)),
        ("stance", lambda claim: _place(claim.stance, STANCE_ORDER)),
        ("source-kind", lambda claim: _place(claim.source_kind, SOURCE_KIND_ORDER)),
        ("newest", lambda claim: -claim.published.midpoint_day() if claim.published else float("inf")),
        ("exact", lambda claim: claim.convention.bound is not None),
        ("most-sources", lambda claim: -len(roots[claim.text.casefold()])),
        ("lower-value", lambda claim: 0.0 if claim.value is None else claim.value),
        ("alphabet", lambda claim: claim.source_id),
        ("alphabet", lambda claim: claim.text),
        ("alphabet", lambda claim: claim.id),
    )
    sign = -1.0 if metric.better == "lower" else 1.0
    first: dict[Rule, tuple[_Step, ...]] = {
        "written": (),
        "maker": (("maker", lambda claim: claim.stance != "stated"),),
        "measured-first": (("measured", lambda claim: claim.stance != "measured"),),
        "conservative": (("least-favourable", lambda claim: sign * (claim.value or 0.0)),),
        "optimistic": (("most-favourable", lambda claim: -sign * (claim.value or 0.0)),),
    }
    return first[rule] + written


def _decide(candidates: Sequence[ClaimFact], steps: Iterable[_Step]) -> tuple[ClaimFact, Reason]:
    """Return the winner and the step after which only its value was left."""
    if len(candidates) == 1:
        return candidates[0], "only"
    remaining = list(candidates)
    reason: Reason = "agreed"
    for name, key in steps:
        best = min(map(key, remaining))
        kept = [claim for claim in remaining if key(claim) == best]
        if len({claim.text.casefold() for claim in kept}) < len({claim.text.casefold() for claim in remaining}):
            reason = name
        remaining = kept
        if len(remaining) == 1:
            break
    return remaining[0], reason


def _spread(live: Sequence[ClaimFact], winner: ClaimFact) -> tuple[float | None, float | None, bool, bool]:
    """Return low, high and which of them is open, over points and the ends of ranges.

    A limit (`at-least`, `at-most`) widens the spread only where it contradicts it: "at most 10" beside a point of 8
    adds nothing, beside a point of 12 it does. With nothing but limits, they are all there is and one side is open.
    The winner is always inside.
    """
    numbers = [(claim.value, claim.convention.bound) for claim in live if claim.value is not None]
    if not numbers:
        return None, None, False, False
    inner = [value for value, bound in numbers if bound not in ("at-least", "at-most")]
    if inner and winner.value is not None:
        inner.append(winner.value)
    at_least = [value for value, bound in numbers if bound == "at-least"]
    at_most = [value for value, bound in numbers if bound == "at-most"]
    low = min([*inner, *at_most]) if inner else min(value for value, _ in numbers)
    high = max([*inner, *at_least]) if inner else max(value for value, _ in numbers)
    bounds = {bound for _, bound in numbers}
    return low, high, bounds <= {"at-most", "high"}, bounds <= {"at-least", "low"}


def _is_contested(live: Sequence[ClaimFact]) -> bool:
    """Say whether one claim's least is above another's most by more than the tolerance (of texts: that two differ)."""
    numbers = [(claim.value, claim.convention.bound) for claim in live if claim.value is not None]
    if not numbers:
        return len({claim.text.casefold() for claim in live}) > 1
    least = [value for value, bound in numbers if bound not in ("at-most", "high")]
    most = [value for value, bound in numbers if bound not in ("at-least", "low")]
    return bool(least) and bool(most) and max(least) > min(most) * (1 + CONTESTED_BEYOND)


def _standing(convention: Convention, live: Sequence[ClaimFact]) -> tuple[object, ...]:
    period = convention.period
    return (
        not any(claim.rank == "preferred" for claim in live),
        _place(convention.scope, SCOPE_ORDER),
        convention.condition is not None,
        _place(convention.sparsity, SPARSITY_ORDER),
        _place(convention.engine, ENGINE_ORDER),
        _place(convention.direction, DIRECTION_ORDER),
        not any(claim.is_point for claim in live),
        -len({claim.root_id for claim in live}),
        float("inf") if period is None else -period.midpoint_day(),
        min(_place(claim.stance, STANCE_ORDER) for claim in live),
        convention.key,
    )
