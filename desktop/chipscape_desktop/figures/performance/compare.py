"""Like for like: which claims of each chip meet the convention of the figure, and why the others are missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from chipscape_db.choice import Chosen, achieved, by_convention, choose, preferred_convention
from chipscape_db.conventions import Convention
from chipscape_db.conversions import Conversion, convert
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import Subject
from chipscape_desktop.figures.performance.options import Options

Missing: TypeAlias = Literal[
    "none", "later", "sparsity", "unsaid", "engine", "direction", "scope", "system", "measured", "deprecated"
]
"""Why a chip has no value: nothing is claimed, or only after the as-of date, or the claims there are have another
sparsity, engine and so on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands for one chip.

    `chosen` is None where it is missing, and then `why` says why. `unsaid`: the source does not say the sparsity (or
    direction) that the figure compares. `live` are the claims behind the spread, the chosen first; `others` counts the
    live claims under other conventions; `measured` are achieved values that meet the convention. `conversion` says by
    which rule the claims were brought to the convention: then `live` have their values and conventions converted.
    """

    subject: Subject
    chosen: Chosen | None
    why: Missing | None
    unsaid: bool
    live: tuple[ClaimRow, ...]
    measured: tuple[ClaimRow, ...]
    others: int
    conversion: Conversion | None = None


def compare(subject: Subject, rows: Sequence[ClaimRow], options: Options) -> Standing:
    """Return what stands for *subject* of its claims *rows* under the convention that the options ask for.

    Only claims of one convention are compared: where a chip has several that are let in, the one that stands for the
    metric is taken (see `choice.preferred_convention`), and stated dense figures come before those that do not say.
    With `convert` what a rule brings to the convention stands between the two: a sparse figure halved is dense for
    certain, one whose source does not say may be either.
    """
    live = [row for row in rows if row.is_live]
    if not live:
        later: Missing = "later" if subject.is_told_later(options.metric.key) else "none"
        return Standing(subject, None, "deprecated" if rows else later, False, (), (), 0)
    if subject.is_system and options.scope == "chip":
        return Standing(subject, None, "system", False, (), (), len(live))
    let_in = [row for row in live if _refusal(row, options) is None]
    said, unsaid_ = (
        [row for row in let_in if is_unsaid(row.convention, options) is unsaid] for unsaid in (False, True)
    )
    for group, conversion in ((said, None), *_converted(live, options), (unsaid_, None)):
        chosen = _choose(group, options)
        if chosen is None:
            continue
        by_id = {row.id: row for row in group}
        ids = [chosen.claim.id, *(id_ for id_ in chosen.claim_ids if id_ != chosen.claim.id)]
        found = achieved([row.fact() for row in group], options.metric)
        measured = tuple(by_id[claim.id] for claim in found if claim.id not in chosen.claim_ids)
        others = len(live) - len(ids) - len(measured)
        rows_ = tuple(by_id[id_] for id_ in ids)
        return Standing(subject, chosen, None, group is unsaid_, rows_, measured, others, conversion)
    if let_in:
        return Standing(subject, None, "measured", False, (), tuple(let_in), len(live) - len(let_in))
    reasons = Counter(reason for row in live if (reason := _refusal(row, options)) is not None)
    return Standing(subject, None, reasons.most_common(1)[0][0], False, (), (), len(live))


def meets(row: ClaimRow, options: Options) -> bool:
    """Say whether a claim meets the convention that the options ask for."""
    return _refusal(row, options) is None


def _converted(live: Sequence[ClaimRow], options: Options) -> list[tuple[list[ClaimRow], Conversion]]:
    """Return the claims that a rule brings to the convention, by conversion, those from the fewest steps first."""
    if not options.convert:
        return []
    groups: dict[Conversion, list[ClaimRow]] = {}
    for row in live:
        if row.number is None or row.stance == "measured":
            continue  # a measured value is what one run achieved, and no other run follows from it by a rule
        found = convert(
            row.convention.basis, options.metric, sparsity=_WANTED_SPARSITY.get(options.sparsity),
            direction=_WANTED_DIRECTION.get(options.direction),
            scopes=(None, "package") if options.scope == "chip" else None,
        )  # fmt: skip
        if found is None:
            continue
        after = found.after
        changed = replace(
            row, number=row.number * found.factor, value=f"{row.number * found.factor:.12g}", sparsity=after.sparsity,
            direction=after.direction, scope=after.scope, scope_count=after.scope_count,
        )  # fmt: skip
        if _refusal(changed, options) is None and not is_unsaid(changed.convention, options):
            groups.setdefault(found, []).append(changed)
    return [
        (rows, found) for found, rows in sorted(groups.items(), key=lambda one: (len(one[0].steps), one[0].before.key))
    ]


def is_unsaid(convention: Convention, options: Options) -> bool:
    """Say whether a claim that is let in leaves open what the figure compares, and is drawn hollow therefore."""
    if options.has_sparsity and options.sparsity == "dense-or-unsaid" and convention.sparsity is None:
        return True
    link = options.metric.is_link and options.direction == "both-or-unsaid"
    return link and convention.direction in (None, "unsaid")


def _choose(group: Sequence[ClaimRow], options: Options) -> Chosen | None:
    conventions = by_convention(row.fact() for row in group)
    first = preferred_convention(conventions, options.metric)
    if options.rule == "measured-first":
        # Tests have conditions of their own, so the group that holds one stands, whatever stands for the peak.
        tested = (one for one, claims in conventions.items() if any(claim.stance == "measured" for claim in claims))
        first = next(tested, first)
    return None if first is None else choose(conventions[first], options.metric, rule=options.rule)


def _refusal(row: ClaimRow, options: Options) -> Missing | None:
    """Return in which way a claim misses the convention, None when it meets it."""
    scopes = (None, "package") if options.scope == "chip" else (options.scope,)
    if options.scope != "any" and row.scope not in scopes:
        return "scope"
    engine = options.wanted_engine
    if options.metric.is_compute and engine != "any" and row.engine not in (engine, None):
        return "engine"
    if options.has_sparsity and row.sparsity not in _SPARSITIES[options.sparsity]:
        return "unsaid" if row.sparsity is None else "sparsity"
    if options.metric.is_link and row.direction not in _DIRECTIONS[options.direction]:
        return "direction"
    return None


_SPARSITIES: dict[str, tuple[str | None, ...]] = {
    "dense-or-unsaid": ("dense", None),
    "dense": ("dense",),
    "sparse": ("sparse",),
    "unsaid": (None,),
    "any": ("dense", None, "sparse"),
}
_WANTED_SPARSITY = {"dense-or-unsaid": "dense", "dense": "dense"}
_WANTED_DIRECTION = {"both-or-unsaid": "both", "both": "both", "one": "one"}
_DIRECTIONS: dict[str, tuple[str | None, ...]] = {
    "both-or-unsaid": ("both", None, "unsaid"),
    "both": ("both",),
    "one": ("one",),
    "any": ("both", "one", "unsaid", None),
}
