"""Which export rule binds a chip on a day, and why: the answer with its derivation, or what stands in its way.

It is computed from the claims and the policy records of the fact base and is not legal advice: it knows nothing of
end users, destinations or letters that nobody made public.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from chipscape_db.choice import ClaimFact
from chipscape_db.errors import N_
from chipscape_db.export_rules import quantities
from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.regions import Reach, Straddle, reach
from chipscape_db.export_rules.rules import (
    ASIDES,
    CONSUMER_WORDS,
    HBM_POLICY,
    LETTERS,
    REGIMES,
    REVIEWS,
    Letter,
    Outcome,
    Paragraph,
    QuantityKey,
    Regime,
    is_hbm_controlled,
)

Basis: TypeAlias = Literal["threshold", "name", "letter", "none"]
ReviewPolicy: TypeAlias = Literal["case-by-case", "denial", "undetermined"]
NOT_LEGAL_ADVICE: Final = N_("Computed from published figures; not legal advice.")


@dataclass(frozen=True, slots=True)
class RuleDates:
    """A policy record: when it holds. `start` counts, `end` is the first day it no longer does; None is open.

    `since` and `until` are the partial dates as the base has them, empty where it has none. `ended_unknown` says that
    the rule was superseded or rescinded on a day that the base does not give.
    """

    id: str
    slug: str
    name: str
    start: date
    end: date | None
    since: str
    until: str
    ended_unknown: bool = False
    domestic: bool = True

    def holds(self, day: date) -> bool:
        """Say whether the rule is in force on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """A restriction that names a chip: the link, and the dates on which both it and its policy hold.

    `rule.domestic` is False for the rules of another authority than those of the export regime, which are told but
    decide nothing.
    """

    relationship_id: str
    rule: RuleDates
    summary: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A chip to classify: its claims by metric, and what its records say.

    `parent_area` are the claims of the die area of the chip that this is a variant of, `parent` that chip's name.
    `maker` is the slug of the designer and `foreign` says that the designer is not of the country of the regime.
    """

    claims: Mapping[str, Sequence[ClaimFact]]
    form_factor: str = ""
    maker: str = ""
    foreign: bool = False
    parent_area: Sequence[ClaimFact] = ()
    parent: str = ""
    named: tuple[Named, ...] = ()

    @property
    def datacentre(self) -> bool:
        """Say whether nothing in its form factor speaks against data centres."""
        said = self.form_factor.casefold()
        return not any(word in said for word in CONSUMER_WORDS)


@dataclass(frozen=True, slots=True)
class Classification:
    """The answer for one chip on one day.

    `basis` says what decided: the numbers, a restriction that names the chip, a letter that the chip matches, or that
    no rule was in force. `rule` is the one that binds, or against which it was measured; `regime` is the rule by
    numbers in force. `reach` is what the numbers allow. `quantities` has all that were looked at (those of the newest
    rule where none was in force); `missing` names those
    of which no point is known and `straddles` the lines that the claims leave on both sides. `named` are all
    restrictions in force that name the chip. `if_sparse` is the outcome if figures that do not say whether they are
    dense were sparse, None where that changes nothing. `asides` are message ids.
    """

    outcome: Outcome
    basis: Basis
    day: date
    rule: RuleDates | None
    regime: Regime | None
    regime_rule: RuleDates | None
    reach: Reach | None
    quantities: tuple[Quantity, ...]
    missing: tuple[QuantityKey, ...] = ()
    straddles: tuple[Straddle, ...] = ()
    named: tuple[Named, ...] = ()
    letter: Letter | None = None
    review: ReviewPolicy | None = None
    review_rule: RuleDates | None = None
    if_sparse: Outcome | None = None
    asides: tuple[str, ...] = ()
    datacentre: bool = True
    foreign: bool = False
    parent: str = ""

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs that may apply, those of the outcome that the numbers give first."""
        if self.reach is None:
            return ()
        found = (one for group in self.reach.outcomes.values() for one in group if one is not None)
        return tuple(dict.fromkeys(found))

    @property
    def by_numbers(self) -> Outcome:
        """The outcome that the numbers alone would give."""
        return "not-controlled" if self.reach is None else self.reach.outcome

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Every claim behind the answer, once each."""
        return tuple(dict.fromkeys(id_ for one in self.quantities for id_ in one.claim_ids))

    def quantity(self, key: QuantityKey) -> Quantity:
        """Return one of the quantities, unbounded where it was not looked at."""
        return next((one for one in self.quantities if one.key == key), Quantity(key))


def regime_on(day: date, rules: Mapping[str, RuleDates]) -> Regime | None:
    """Return the rule by numbers in force on a day; *rules* are the policy records by slug."""
    held = (one for one in reversed(REGIMES) if (rule := rules.get(one.policy)) and rule.holds(day))
    return next(held, None)


def measure(subject: Subject) -> dict[QuantityKey, Quantity]:
    """Return every quantity that a rule may look at."""
    total = quantities.tpp(subject.claims)
    area = quantities.die_area(subject.claims, subject.parent_area)
    return {
        "tpp": total,
        "area": area,
        "density": quantities.density(total, area),
        "rate": quantities.transfer_rate(subject.claims),
        "dram": quantities.memory_bandwidth(subject.claims),
    }


def classify(
    subject: Subject,
    day: date,
    rules: Mapping[str, RuleDates],
    *,
    models: Mapping[str, Subject] | None = None,
    measured: Mapping[QuantityKey, Quantity] | None = None,
) -> Classification:
    """Return what binds *subject* on *day*; *measured* are its quantities where they are known already (`measure`).

    *rules* are the policy records by slug; *models* are the chips that letters compare others with, by slug. A
    restriction that names the chip comes before the numbers, and a letter that it matches where these do not catch it.
    """
    regime = regime_on(day, rules)
    measured = measure(subject) if measured is None else measured
    found: Reach | None = None
    axes = REGIMES[-1].axes if regime is None else regime.axes
    keys: tuple[QuantityKey, ...] = (*axes, *(("area",) if "density" in axes else ()))
    looked = tuple(measured[key] for key in keys)
    if regime is not None:
        found = _reach(regime, measured, datacentre=subject.datacentre)
    named = tuple(one for one in subject.named if in_force(one.rule, day, rules))
    binding = max((one for one in named if one.rule.domestic), key=lambda one: one.rule.start, default=None)
    caught = found is not None and found.outcome == "controlled"
    letter = None if binding or caught else _letter(subject, day, rules, models or {})
    rule = rules.get(regime.policy) if regime else None
    outcome: Outcome = found.outcome if found is not None else "not-controlled"
    basis: Basis = "threshold" if regime else "none"
    binds = rule
    if binding is not None:
        outcome, basis, binds = "controlled", "name", binding.rule
    elif letter is not None:
        outcome, basis, binds = "controlled", "letter", rules[letter.policy]
    review, review_rule = _review(outcome, found, measured, day, rules)
    if review_rule is not None and binds is not None and binds.slug == review_rule.slug:
        review = "case-by-case"  # the rule names the chip as one that it lets through
    if review is not None:
        looked = (*looked, measured["dram"])
    other = _if_sparse(subject, regime, found, measured)
    return Classification(
        outcome,
        basis,
        day,
        binds,
        regime,
        rule,
        found,
        looked,
        _missing(found, looked),
        found.straddles if found is not None else (),
        named,
        letter,
        review,
        review_rule,
        other,
        tuple(one.text for one in ASIDES if (held := rules.get(one.policy)) and held.holds(day)),
        subject.datacentre,
        subject.foreign,
        subject.parent if quantities.AREA_OF_PARENT in measured["area"].caveats else "",
    )


@dataclass(frozen=True, slots=True)
class StackAnswer:
    """The answer for a memory stack: `density` is its bandwidth over its area, GB/s per mm2; `rule` is what binds it.

    `rule` is None where the rule on memory stacks was not in force, or the base has no record of it.
    """

    outcome: Outcome
    density: float
    rule: RuleDates | None


def classify_stack(bandwidth: float, area: float, *, day: date, rules: Mapping[str, RuleDates]) -> StackAnswer:
    """Return what binds a memory stack of *bandwidth* GB/s over *area* mm2 of package or stack (3A090.c) on a day."""
    rule = rules.get(HBM_POLICY)
    held = rule if rule is not None and rule.holds(day) else None
    caught = held is not None and is_hbm_controlled(bandwidth, area)
    return StackAnswer("controlled" if caught else "not-controlled", bandwidth / area, held)


def in_force(rule: RuleDates, day: date, rules: Mapping[str, RuleDates]) -> bool:
    """Say whether a restriction by name holds on a day.

    One that was superseded on a day nobody recorded holds until the next rule by numbers came into force.
    """
    if not rule.holds(day):
        return False
    if not rule.ended_unknown or rule.end is not None:
        return True
    later = (rules[one.policy].start for one in REGIMES if one.policy in rules)
    return not any(rule.start < start <= day for start in later)


def _reach(regime: Regime, measured: Mapping[QuantityKey, Quantity], *, datacentre: bool) -> Reach:
    x, y = regime.axes
    return reach(regime, measured[x], measured[y], area=measured["area"], datacentre=datacentre)


def _missing(found: Reach | None, looked: Sequence[Quantity]) -> tuple[QuantityKey, ...]:
    """Return what is missing where it matters; the density goes by its own inputs."""
    if found is None or found.outcome != "undetermined":
        return ()
    return tuple(one.key for one in looked if one.value is None and one.key not in ("density", "dram"))


def _if_sparse(
    subject: Subject, regime: Regime | None, found: Reach | None, measured: Mapping[QuantityKey, Quantity]
) -> Outcome | None:
    if regime is None or found is None or not quantities.has_unsaid(measured["tpp"]):
        return None
    total = quantities.tpp(subject.claims, unsaid_is_sparse=True)
    other = {**measured, "tpp": total, "density": quantities.density(total, measured["area"])}
    outcome = _reach(regime, other, datacentre=subject.datacentre).outcome
    return None if outcome == found.outcome else outcome


def _letter(
    subject: Subject, day: date, rules: Mapping[str, RuleDates], models: Mapping[str, Subject]
) -> Letter | None:
    """Return the letter in force whose measure the chip surely reaches."""
    for letter in LETTERS:
        rule, like = rules.get(letter.policy), models.get(letter.like)
        if rule is None or like is None or not rule.holds(day) or subject.maker not in letter.addressees:
            continue
        for key in letter.metrics:
            measure_of: Callable[[quantities.Claims], Quantity] = (
                quantities.memory_bandwidth if key == "memory.bandwidth" else quantities.transfer_rate
            )
            line, own = measure_of(like.claims), measure_of(subject.claims)
            if line.value is not None and own.low >= line.high > 0:
                return letter
    return None


def _review(
    outcome: Outcome,
    found: Reach | None,
    measured: Mapping[QuantityKey, Quantity],
    day: date,
    rules: Mapping[str, RuleDates],
) -> tuple[ReviewPolicy | None, RuleDates | None]:
    """Return how a licence application for a controlled chip is reviewed, where a rule says so."""
    for review in REVIEWS:
        rule = rules.get(review.policy)
        if outcome != "controlled" or found is None or rule is None or not rule.holds(day):
            continue
        total, dram = measured["tpp"], measured["dram"]
        if total.high < review.tpp_below and dram.high < review.dram_below:
            return "case-by-case", rule
        if total.low >= review.tpp_below or dram.low >= review.dram_below:
            return "denial", rule
        return "undetermined", rule
    return None, None
