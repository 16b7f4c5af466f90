"""The command line's answer on export control: what binds a chip on a day, why, and by which sources."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from chipscape_db.errors import N_, NotFound
from chipscape_desktop.cli_facts import reading, say

if TYPE_CHECKING:
    from chipscape_db.export_rules.classify import Classification, RuleDates
    from chipscape_db.export_rules.explain import Step
    from chipscape_db.export_rules.quantities import Quantity
    from chipscape_db.queries.claims import ClaimRow
    from chipscape_db.queries.export_control import ControlledChip, ExportFacts, RuleSource

_INDENT = "  "


def classify(asked: Namespace) -> int:
    """Say which export rule binds each chip, or every chip that is no system where none is named."""
    from chipscape_db.export_rules.classify import NOT_LEGAL_ADVICE
    from chipscape_db.queries.export_control import export_facts

    day = asked.as_of or date.today()
    with reading(asked.file) as session:
        facts = export_facts(session)
        chips = [] if asked.stack and not asked.chips else _asked_for(session, facts, asked.chips)
    answers = [(chip, facts.classify(chip.brief.id, day)) for chip in chips]
    told = {
        "as_of": day.isoformat(),
        "note": NOT_LEGAL_ADVICE,
        "chips": [_answer(chip, answer, facts) for chip, answer in answers],
        "stacks": [_stack(one, day, facts) for one in asked.stack],
        "asides": sorted({text for _chip, answer in answers for text in answer.asides}),
    }
    stacks = [line for one in asked.stack for line in _stack_lines(one, day, facts)]
    say(asked, told, [*stacks, *_lines(answers, facts, detailed=bool(asked.chips))])
    return 0


def stack(text: str) -> tuple[float, float]:
    """Read a memory stack, such as 819/110: GB/s over mm2, both above zero."""
    bandwidth, slash, area = text.partition("/")
    try:
        found = float(bandwidth), float(area)
    except ValueError:
        found = (0.0, 0.0)
    if not slash or not all(0 < one < float("inf") for one in found):
        raise ArgumentTypeError(f"{text!r} is no bandwidth over an area, such as 819/110 (GB/s over mm2)")
    return found


def _stack(asked: tuple[float, float], day: date, facts: "ExportFacts") -> dict[str, Any]:
    from chipscape_db.export_rules.classify import classify_stack

    bandwidth, area = asked
    answer = classify_stack(bandwidth, area, day=day, rules=facts.rules)
    return {
        "bandwidth": bandwidth, "area": area, "density": answer.density, "outcome": answer.outcome,
        "rule": None if answer.rule is None else _rule(answer.rule, facts),
    }  # fmt: skip


def _stack_lines(asked: tuple[float, float], day: date, facts: "ExportFacts") -> list[str]:
    from chipscape_db.export_rules.classify import classify_stack
    from chipscape_db.export_rules.explain import OUTCOME_WORDS, plain_number
    from chipscape_db.export_rules.rules import HBM_DENSITY

    bandwidth, area = asked
    answer = classify_stack(bandwidth, area, day=day, rules=facts.rules)
    bound = "" if answer.rule is None else f", {_bound(answer.rule)}"
    lines = [
        f"Memory stack of {plain_number(bandwidth)} GB/s over {plain_number(area)} mm2 on {day}: "
        f"{OUTCOME_WORDS[answer.outcome]}{bound}",
        f"{_INDENT}Memory bandwidth density: {plain_number(answer.density)} GB/s per mm2; "
        f"3A090.c: more than {plain_number(HBM_DENSITY)}",
    ]
    sources = () if answer.rule is None else facts.sources.get(answer.rule.slug, ())
    return [*lines, *(f"{_INDENT}Rule source: [{one.slug}] {one.name} {one.url}".rstrip() for one in sources)]


def _asked_for(session: Any, facts: "ExportFacts", slugs: Sequence[str]) -> "list[ControlledChip]":
    from chipscape_desktop.cli_facts import record_id

    if not slugs:
        found = [chip for chip in facts.chips.values() if not chip.is_system]
        return sorted(found, key=lambda chip: chip.brief.name.casefold())
    out = []
    for slug in slugs:
        id_ = record_id(session, slug)
        if id_ not in facts.chips:
            raise NotFound(N_("{slug} is not a chip."), slug=slug)
        out.append(facts.chips[id_])
    return out


def _answer(chip: "ControlledChip", answer: "Classification", facts: "ExportFacts") -> dict[str, Any]:
    from chipscape_db.export_rules.explain import explain

    return {
        "chip": chip.brief.slug,
        "name": chip.brief.name,
        "outcome": answer.outcome,
        "basis": answer.basis,
        "rule": None if answer.rule is None else _rule(answer.rule, facts),
        "by_numbers": {
            "outcome": answer.by_numbers,
            "rule": None if answer.regime_rule is None else _rule(answer.regime_rule, facts),
            "citation": None if answer.regime is None else answer.regime.citation,
            "paragraphs": [paragraph.key for paragraph in answer.paragraphs],
            "possible": [] if answer.reach is None else list(answer.reach.outcomes),
        },
        "named": [_rule(one.rule, facts) for one in answer.named],
        "licence_review": answer.review,
        "quantities": {one.key: _quantity(one, chip, facts) for one in answer.quantities},
        "missing": list(answer.missing),
        "straddles": [{"quantity": one.quantity, "threshold": one.threshold} for one in answer.straddles],
        "if_unsaid_is_sparse": answer.if_sparse,
        "derivation": [_tree(step) for step in explain(answer)],
    }


def _rule(rule: "RuleDates", facts: "ExportFacts") -> dict[str, Any]:
    return {
        "policy": rule.slug, "name": rule.name, "since": rule.since, "until": rule.until or None,
        "sources": [
            {"slug": one.slug, "name": one.name, "url": one.url or None, "locator": one.locator or None}
            for one in facts.sources.get(rule.slug, ())
        ],
    }  # fmt: skip


def _quantity(one: "Quantity", chip: "ControlledChip", facts: "ExportFacts") -> dict[str, Any]:
    return {
        "value": one.value,
        "low": one.low,
        "high": None if one.high == float("inf") else one.high,
        "caveats": list(one.caveats),
        "claims": [
            {"claim": row.id, "metric": row.metric, "value": row.value, "unit": row.unit,
             "convention": str(row.convention), "source": row.source_slug, "stance": row.stance}
            for row in _rows(one, chip, facts)
        ],
    }  # fmt: skip


def _rows(one: "Quantity", chip: "ControlledChip", facts: "ExportFacts") -> "list[ClaimRow]":
    by_id = facts.rows_behind(chip.brief.id)
    return [by_id[id_] for id_ in one.claim_ids if id_ in by_id]


def _tree(step: "Step") -> dict[str, Any]:
    return {"text": step.say(), "steps": [_tree(one) for one in step.steps]}


def _lines(
    answers: "Sequence[tuple[ControlledChip, Classification]]", facts: "ExportFacts", *, detailed: bool
) -> list[str]:
    from chipscape_db.export_rules.classify import NOT_LEGAL_ADVICE
    from chipscape_db.export_rules.explain import OUTCOME_WORDS, explain

    out = []
    for chip, answer in answers:
        if not detailed:
            keys = ", ".join(paragraph.key for paragraph in answer.paragraphs)
            how = answer.rule.slug if answer.basis in ("name", "letter") and answer.rule else keys
            out.append(f"{OUTCOME_WORDS[answer.outcome]:<18} {chip.brief.slug:<30} {how}".rstrip())
            continue
        bound = "" if answer.rule is None else f", {_bound(answer.rule)}"
        out.append(f"{chip.brief.name} ({chip.brief.slug}) on {answer.day}: {OUTCOME_WORDS[answer.outcome]}{bound}")
        for step in explain(answer):
            out += [f"{_INDENT * (depth + 1)}{text}" for depth, text in step.lines()]
        if answer.regime is not None:
            out.append(f"{_INDENT}Text: {answer.regime.citation}")
        out += _source_lines(chip, answer, facts)
        out.append("")
    asides = sorted({text for _chip, answer in answers for text in answer.asides})
    return [*out, *(asides if detailed else ()), NOT_LEGAL_ADVICE]


def _bound(rule: "RuleDates") -> str:
    text = f"{rule.name} [{rule.slug}] since {rule.since}"
    return f"{text} until {rule.until}" if rule.until else text


def _source_lines(chip: "ControlledChip", answer: "Classification", facts: "ExportFacts") -> list[str]:
    slugs = [rule.slug for rule in (answer.rule, answer.regime_rule, answer.review_rule) if rule is not None]
    slugs += [paragraph.policy for paragraph in answer.paragraphs]
    cited: dict[str, RuleSource] = {}
    for slug in dict.fromkeys(slugs):
        for one in facts.sources.get(slug, ()):
            cited.setdefault(one.slug, one)
    rows = {row.source_slug: row for one in answer.quantities for row in _rows(one, chip, facts)}
    out = [f"{_INDENT}Rule source: [{one.slug}] {one.name} {one.url}".rstrip() for one in cited.values()]
    return out + [
        f"{_INDENT}Claim source: [{slug}] {row.source_name} {row.url or ''}".rstrip() for slug, row in rows.items()
    ]
