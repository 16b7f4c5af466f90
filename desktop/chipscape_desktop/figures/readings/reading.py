"""Reading a quantity of a chip: the value that stands for it under one convention, its spread, and all behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chipscape_db.choice import CONTESTED_BEYOND, Chosen, achieved, choose
from chipscape_db.derived import Derivation, achieved_share, derive
from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import Subject
from chipscape_desktop.figures.performance.compare import Missing, Standing, compare, meets
from chipscape_desktop.figures.performance.options import Options
from chipscape_desktop.figures.readings.quantities import Quantity

Claims = Mapping[str, Sequence[ClaimRow]]
"""The claims about one chip by metric."""

_LIMITS = {"at-most": -1, "high": -1, "at-least": 1, "low": 1}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of one chip.

    `value` is None where it is missing, and then `why` says why, for the metric `lacks`. `low` and `high` are the
    range that the live claims allow. `unsaid`, `special`, `converted` and `estimated` hold when one of the inputs has
    a source that does not say its convention, a condition of its own, a conversion by rule, an estimate or rumour.
    `limit` is -1 where only an upper, 1 where only a lower limit is known, else 0. `standings` are the inputs;
    `derivation` the tree of a computed value; `rows` the claims behind the value, the chosen ones first.
    """

    subject: Subject
    quantity: Quantity
    value: float | None
    low: float = 0.0
    high: float = 0.0
    why: Missing | None = None
    lacks: str = ""
    unsaid: bool = False
    special: bool = False
    converted: bool = False
    estimated: bool = False
    limit: int = 0
    standings: tuple[Standing, ...] = ()
    derivation: Derivation | None = None
    rows: tuple[ClaimRow, ...] = ()
    measured: tuple[ClaimRow, ...] = ()

    @property
    def contested(self) -> bool:
        """Say whether live claims contradict each other."""
        if len(self.standings) == 1 and self.quantity.kind == "metric":
            chosen = self.standings[0].chosen
            return chosen is not None and chosen.contested
        return self.value is not None and self.high > self.low * (1 + CONTESTED_BEYOND)

    @property
    def sources(self) -> int:
        """Return how many independent sources stand behind the value and its spread."""
        return len({row.root_id for row in self.rows})

    @property
    def chosen_rows(self) -> tuple[ClaimRow, ...]:
        """Return the claims that the value itself rests on: one for each input."""
        ids = {one.chosen.claim.id for one in self.standings if one.chosen is not None}
        if self.quantity.kind in ("achieved", "share"):
            return self.rows[:1] if self.quantity.kind == "achieved" else self.rows[:2]
        return tuple(row for row in self.rows if row.id in ids)

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Return the ids of all claims behind the value, and of the measured ones shown beside it."""
        return tuple(dict.fromkeys(row.id for row in (*self.rows, *self.measured)))


def read(subject: Subject, claims: Claims, quantity: Quantity, options: Options) -> Reading:
    """Return what *claims* make of a quantity of *subject* under the convention of *options* (its metric is not used).

    A value of zero or less has no place in a quotient and on a log scale; it is read as it is.
    """
    if quantity.kind == "metric":
        return _of_metric(subject, claims, quantity, options)
    if quantity.kind == "derived":
        return _derived(subject, claims, quantity, options)
    return _achieved(subject, claims, quantity, options)


def _standing(subject: Subject, claims: Claims, key: str, options: Options) -> Standing:
    return compare(subject, claims.get(key, ()), replace(options, metric=METRICS[key]))


def _of_metric(subject: Subject, claims: Claims, quantity: Quantity, options: Options) -> Reading:
    standing = _standing(subject, claims, quantity.key, options)
    chosen = standing.chosen
    if chosen is None or chosen.claim.value is None:
        return Reading(subject, quantity, None, why=standing.why or "none", lacks=quantity.key, standings=(standing,),
                       measured=standing.measured)  # fmt: skip
    low = chosen.value if chosen.low is None else chosen.low
    high = chosen.value if chosen.high is None else chosen.high
    return Reading(
        subject, quantity, chosen.value, low, high, None, "", *_flags((standing,)),
        _LIMITS.get(chosen.claim.convention.bound or "", 0), (standing,), None, standing.live, standing.measured,
    )  # fmt: skip


def _flags(standings: Sequence[Standing]) -> tuple[bool, bool, bool, bool]:
    """Return whether any input does not say, has a condition, was converted, is an estimate."""
    chosen = [one.chosen for one in standings if one.chosen is not None]
    return (
        any(one.unsaid for one in standings),
        any(one.convention.condition is not None for one in chosen),
        any(one.conversion is not None for one in standings),
        any(one.claim.stance in ("estimated", "rumoured") for one in chosen),
    )


def _derived(subject: Subject, claims: Claims, quantity: Quantity, options: Options) -> Reading:
    standings = {key: _standing(subject, claims, key, options) for key in quantity.inputs}
    chosen = {key: one.chosen for key, one in standings.items() if one.chosen is not None}
    made = derive(quantity.key, chosen)
    if made is None:
        lacking = [one for key, one in standings.items() if key not in chosen]
        if quantity.metric is None and chosen:
            lacking = [standings["die.area"]] if "die.area" not in chosen and "die.area" in standings else []
        lacks = next((key for key, one in standings.items() if lacking and one is lacking[0]), "")
        why: Missing = (lacking[0].why or "none") if lacking else "scope"
        return Reading(subject, quantity, None, why=why, lacks=lacks, standings=tuple(standings.values()))
    used = [standings[leaf.key] for leaf in made.leaves() if leaf.key in standings]
    firsts = [one.live[0] for one in used]
    rows = tuple(dict.fromkeys((*firsts, *(row for one in used for row in one.live))))
    limit = -1 if made.open_low and not made.open_high else 1 if made.open_high and not made.open_low else 0
    return Reading(
        subject, quantity, made.value, made.low, made.high, None, "", *_flags(used), limit, tuple(used), made, rows
    )


def _achieved(subject: Subject, claims: Claims, quantity: Quantity, options: Options) -> Reading:
    (key,) = quantity.inputs
    asked = replace(options, metric=METRICS[key])
    found = [row for row in claims.get(key, ()) if row.is_live and meets(row, asked)]
    best = _best(found, asked)
    if best is None or (subject.is_system and options.scope == "chip"):
        later: Missing = "later" if subject.is_told_later(key, measured=True) else "none"
        why: Missing = "system" if subject.is_system and options.scope == "chip" else later
        return Reading(subject, quantity, None, why=why, lacks=quantity.key)
    by_id = {row.id: row for row in found}
    measured = tuple(by_id[id_] for id_ in best.claim_ids)
    special = best.convention.condition is not None
    if quantity.kind == "achieved":
        assert best.low is not None
        assert best.high is not None
        return Reading(subject, quantity, best.value, best.low, best.high, None, "", False, special, rows=measured)
    standing = _standing(subject, claims, key, replace(options, rule="written"))
    made = None if standing.chosen is None else achieved_share(quantity.key, best, standing.chosen)
    if made is None:
        return Reading(subject, quantity, None, why=standing.why or "none", lacks=key, standings=(standing,))
    unsaid, _special, converted, estimated = _flags((standing,))
    rows = (measured[0], *standing.live[:1], *measured[1:], *standing.live[1:])
    return Reading(
        subject, quantity, made.value, made.low, made.high, None, "", unsaid, special, converted, estimated, 0,
        (standing,), made, rows,
    )  # fmt: skip


def _best(rows: Sequence[ClaimRow], options: Options) -> Chosen | None:
    """Return the highest measured value, spread over all of them: each test had conditions of its own."""
    found = achieved((row.fact() for row in rows), options.metric)
    if not found:
        return None
    best = choose(found[:1], options.metric, rule="measured-first")
    if best is None:
        return None
    values = [claim.value for claim in found if claim.value is not None]
    return replace(
        best, low=min(values), high=max(values), claim_ids=tuple(claim.id for claim in found),
        sources=len({claim.root_id for claim in found}),
    )  # fmt: skip
