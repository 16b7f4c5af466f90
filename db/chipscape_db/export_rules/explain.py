"""The derivation of a classification in words, as a tree of sentences that can be told in any language."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from chipscape_db.derived import SPARSITY_UNSAID
from chipscape_db.errors import N_
from chipscape_db.export_rules import quantities
from chipscape_db.export_rules.classify import Classification, RuleDates
from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.regions import Straddle
from chipscape_db.export_rules.rules import QUANTITY_LABELS, QUANTITY_TITLES, Outcome, Paragraph
from chipscape_db.metrics import METRICS

OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    "controlled": N_("controlled"),
    "licence-exception": N_("licence exception"),
    "not-controlled": N_("not controlled"),
    "undetermined": N_("undetermined"),
}
_CAVEATS: Final = {
    SPARSITY_UNSAID: N_("The source does not say whether the figure is dense; it is taken as it is."),
    quantities.AREA_OF_PARENT: N_(
        "Nobody in the base gives the die area; that of {parent}, of which this is a variant, is taken."
    ),
    quantities.AREA_BOUNDED: N_("Only one die or the whole package is known, so the area is no more than bounded."),
    quantities.TPP_PARTIAL: N_(
        "Nothing is claimed for formats of 16 bits or less; the largest product is at least this."
    ),
    quantities.RATE_DOUBLED: N_("The source gives one direction; both count."),
    quantities.RATE_UNSAID: N_("The source does not say whether it counts one direction or both; both are possible."),
    quantities.RATE_PARTIAL: N_("The source counts some of the links only; all together are at least that."),
}


class Message(str):
    """A message id inside a sentence: translated where the sentence is."""

    __slots__ = ()


class When(str):
    """A partial date inside a sentence: written out where the sentence is told."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a derivation with what it rests on.

    `text` is an English message id with named fields; of its `params` numbers and dates are formatted and `Message`s
    translated when it is told.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    steps: tuple["Step", ...] = ()

    def say(
        self,
        translate: Callable[[str], str] = str,
        *,
        number: Callable[[float], str] | None = None,
        when: Callable[[str], str] = str,
    ) -> str:
        """Return the sentence; English, plain numbers and dates as written unless told otherwise."""
        style = number or plain_number

        def told(value: object) -> object:
            if isinstance(value, Message):
                return translate(str(value))
            if isinstance(value, When):
                return when(str(value))
            return style(value) if isinstance(value, float) else value

        return translate(self.text).format(**{name: told(value) for name, value in self.params.items()})

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Yield the sentences of the tree in English, each with its depth."""
        yield depth, self.say()
        for step in self.steps:
            yield from step.lines(depth + 1)


def plain_number(number: float) -> str:
    """Return a number with four significant digits and thousands grouped."""
    if math.isinf(number):
        return "∞"
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{float(f'{number:.4g}'):g}"


def explain(answer: Classification) -> tuple[Step, ...]:
    """Return the derivation: what decides, what the numbers say, what is missing, and what else must be told.

    The answer's `asides`, which are the same for all chips, are not repeated.
    """
    steps = [*_by_name(answer), *_by_numbers(answer)]
    if answer.review_rule is not None and answer.review is not None:
        text = {
            "case-by-case": N_("Applications for China are reviewed case by case ({rule}, since {since})."),
            "denial": N_("Applications for China meet a presumption of denial: above the limits of {rule}."),
            "undetermined": N_("Whether applications for China are reviewed case by case ({rule}) cannot be said."),
        }[answer.review]
        steps.append(Step(text, _dates(answer.review_rule)))
    if answer.foreign:
        steps.append(
            Step(
                N_(
                    "A foreign-made chip falls under these rules only where they reach it (foreign direct product "
                    "rule, 15 CFR 734.9); the numbers say how it would be classed."
                )
            )
        )
    abroad = N_("Also restricted, by another authority: {rule}, since {since}.")
    return (*steps, *(Step(abroad, _dates(one.rule)) for one in answer.named if not one.rule.domestic))


def _by_name(answer: Classification) -> list[Step]:
    if answer.basis == "name" and answer.rule is not None:
        own = [one for one in answer.named if one.rule.domestic]
        own.sort(key=lambda one: one.rule.start, reverse=True)
        until = N_("Restricted by name: {rule}, since {since}, until {until}.")
        return [
            Step(
                until if one.rule.until else N_("Restricted by name: {rule}, since {since}."),
                _dates(one.rule),
                (Step("{text}", {"text": one.summary}),) if one.summary else (),
            )
            for one in own
        ]
    if answer.letter is not None and answer.rule is not None:
        text = N_("Caught by a letter to its maker: it matches what {rule} names, since {since}.")
        return [Step(text, _dates(answer.rule))]
    return []


def _dates(rule: RuleDates) -> dict[str, object]:
    return {"rule": rule.name, "since": When(rule.since), "until": When(rule.until)}


def _by_numbers(answer: Classification) -> list[Step]:
    if answer.regime is None or answer.regime_rule is None or answer.reach is None:
        return [Step(N_("On that day no rule of the base classed chips by numbers."))]
    inner = [_measured(one, answer) for one in answer.quantities if one.key != "area" or one.is_bounded]
    inner += [
        Step(
            N_("{paragraph}: {outcome}") if paragraph else N_("no paragraph: {outcome}"),
            {"paragraph": paragraph.key if paragraph else "", "outcome": Message(OUTCOME_WORDS[outcome])},
            tuple(_line(paragraph)) if paragraph else (),
        )
        for outcome, group in answer.reach.outcomes.items()
        for paragraph in group
    ]
    inner += [_straddle(one, answer) for one in answer.straddles if answer.quantity(one.quantity).value is not None]
    inner += [Step(N_("Missing: {quantity}."), {"quantity": Message(QUANTITY_LABELS[key])}) for key in answer.missing]
    inner += _what_area(answer)
    if answer.if_sparse is not None:
        text = N_("If figures that do not say it counted 2:4 sparsity, the numbers would say: {outcome}.")
        inner.append(Step(text, {"outcome": Message(OUTCOME_WORDS[answer.if_sparse])}))
    if not answer.datacentre:
        inner.append(Step(N_("Its form factor says that it is not made for data centres (Note 2 to 3A090).")))
    elif answer.regime.exception:
        inner.append(Step(N_("Taken to be designed or marketed for data centres: nothing in the base says otherwise.")))
    if "licence-exception" in answer.reach.outcomes:
        inner.append(Step(N_("Licence exception: {name}."), {"name": answer.regime.exception}))
    text = N_("By the numbers of {rule} (in force since {since}): {outcome}.")
    told = _dates(answer.regime_rule) | {"outcome": Message(OUTCOME_WORDS[answer.by_numbers])}
    return [Step(text, told, tuple(inner))]


def _measured(one: Quantity, answer: Classification) -> Step:
    params: dict[str, object] = {
        "quantity": Message(QUANTITY_TITLES[one.key]),
        "value": one.value,
        "low": one.low,
        "high": one.high,
    }
    if one.value is None:
        if not one.is_bounded:
            text = N_("{quantity}: not known")
        elif math.isinf(one.high):
            text = N_("{quantity}: at least {low}")
        elif one.low == 0:
            text = N_("{quantity}: at most {high}")
        else:
            text = N_("{quantity}: between {low} and {high}")
    elif one.low == one.high:
        text = N_("{quantity}: {value}")
    elif math.isinf(one.high):
        text = N_("{quantity}: {value} or more")
    else:
        text = N_("{quantity}: {value} (claims allow {low} to {high})")
    inputs = _inputs(one) if one.key != "density" else []
    if one.key == "density" and one.is_bounded:
        inputs = [Step(N_("TPP over applicable die area"))]
    own = one.caveats if one.key != "density" else ()
    inputs += [Step(_CAVEATS[code], {"parent": answer.parent}) for code in own if code in _CAVEATS]
    return Step(text, params, tuple(inputs))


def _inputs(one: Quantity) -> list[Step]:
    steps = []
    for place, chosen in enumerate(one.chosen):
        key = _metric_of(one, place)
        bits = METRICS[key].bits if key else None
        if one.key == "tpp" and bits:
            text = N_("{metric}: {value} × {bits} bits = {product}") if place else N_(
                "{metric}: {value} × {bits} bits = {product}, the largest"
            )  # fmt: skip
            params: dict[str, object] = {
                "metric": Message(METRICS[key].label),
                "value": chosen.value,
                "bits": str(bits),
                "product": chosen.value * bits,
            }
            steps.append(Step(text, params))
            continue
        text = (
            N_("{claims} claims from {sources} independent sources")
            if chosen.claims > 1
            else N_("one claim from one source")
        )
        steps.append(Step(text, {"claims": str(chosen.claims), "sources": str(chosen.sources)}))
    return steps


def _metric_of(one: Quantity, place: int) -> str:
    return one.metrics[place] if place < len(one.metrics) else ""


def _line(paragraph: Paragraph) -> Iterator[Step]:
    for line in paragraph.lines:
        text = N_("{quantity} of {at_least} or more")
        if line.below is not None:
            text = N_("{quantity} of {at_least} or more and below {below}")
        params: dict[str, object] = {"quantity": Message(QUANTITY_LABELS[line.quantity]), "at_least": line.at_least}
        yield Step(text, params | {"below": line.below})


def _straddle(one: Straddle, answer: Classification) -> Step:
    held = answer.quantity(one.quantity)
    text = N_("The claims straddle a line: {quantity} from {low} to {high}, the line is at {threshold}.")
    params: dict[str, object] = {"quantity": Message(QUANTITY_LABELS[one.quantity])}
    return Step(text, params | {"low": held.low, "high": held.high, "threshold": one.threshold})


def _what_area(answer: Classification) -> list[Step]:
    """Say at which die areas the answer would change, where only the area is missing."""
    total = answer.quantity("tpp")
    if "area" not in answer.missing or total.value is None or total.low != total.high:
        return []
    text = N_("A die of {area} mm² or less would reach the density of {threshold}.")
    found = {one.threshold for one in answer.straddles if one.quantity == "density"}
    return [Step(text, {"area": total.value / limit, "threshold": limit}) for limit in sorted(found)]
