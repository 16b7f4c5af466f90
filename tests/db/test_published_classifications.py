"""What `classify` says of well-known chips of the starter facts, beside where the answer was published.

Each expected answer names the source of the starter facts (by slug) or the address that gives it.
"""

import csv
import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.export_rules.classify import classify, classify_stack
from chipscape_db.export_rules.rules import HBM_DENSITY, LETTERS, REGIMES, REVIEWS
from chipscape_db.queries.export_control import ExportFacts, export_facts

IN_2022, IN_2024 = date(2022, 12, 1), date(2024, 3, 1)
MAY_2025, SEPTEMBER_2025, IN_2026 = date(2025, 5, 1), date(2025, 9, 1), date(2026, 3, 1)
CONTROLLED, FREE = "controlled", "not-controlled"

PUBLISHED = [
    # October 2022: "US bars Nvidia and AMD from selling AI-centric accelerators", made law by the rule.
    ("nvidia-a100-80gb-sxm", IN_2022, CONTROLLED, "ev-register-a100-ban"),
    ("nvidia-h100-sxm", IN_2022, CONTROLLED, "ev-register-a100-ban"),
    ("amd-mi250x", IN_2022, CONTROLLED, "ev-pcgamer-a100"),
    # Made for China below the transfer rate of the rule.
    ("nvidia-a800", IN_2022, FREE, "us-tadviser-a800"),
    ("nvidia-h800", IN_2022, FREE, "us-techpowerup-h800"),
    # October 2023: Nvidia's list of what the new rule catches.
    ("nvidia-a100-80gb-sxm", IN_2024, CONTROLLED, "ev-videocardz-h800-ban"),
    ("nvidia-h100-sxm", IN_2024, CONTROLLED, "ev-videocardz-h800-ban"),
    ("nvidia-a800", IN_2024, CONTROLLED, "ev-videocardz-h800-ban"),
    ("nvidia-h800", IN_2024, CONTROLLED, "ev-videocardz-h800-ban"),
    ("nvidia-l40s", IN_2024, CONTROLLED, "ev-videocardz-h800-ban"),
    ("nvidia-l4", IN_2024, CONTROLLED, "ev-maxpc-4090"),
    # "Wafer Wars": Gaudi 2 and 3, MI250X and MI300 are all blocked.
    ("intel-gaudi2", IN_2024, CONTROLLED, "https://newsletter.semianalysis.com/p/wafer-wars-deciphering-latest-restrictions"),
    ("intel-gaudi3", IN_2024, CONTROLLED, "https://newsletter.semianalysis.com/p/wafer-wars-deciphering-latest-restrictions"),
    ("amd-mi250x", IN_2024, CONTROLLED, "https://newsletter.semianalysis.com/p/wafer-wars-deciphering-latest-restrictions"),
    ("amd-mi300x", IN_2024, CONTROLLED, "https://newsletter.semianalysis.com/p/wafer-wars-deciphering-latest-restrictions"),
    # The three chips that Nvidia made to meet that rule.
    ("nvidia-h20", IN_2024, FREE, "us-toms-h20"),
    ("nvidia-l20", IN_2024, FREE, "us-toms-h20"),
    ("nvidia-l2", IN_2024, FREE, "us-toms-h20"),
    # April to August 2025: a licence for the H20, then licences for 15 % of the revenue.
    ("nvidia-h20", MAY_2025, CONTROLLED, "ev-toms-h20-apr"),
    ("nvidia-h20", SEPTEMBER_2025, CONTROLLED, "ev-reuters-15pct"),
    # January 2026: the H200 case by case, Blackwell still barred.
    ("nvidia-h200", IN_2026, CONTROLLED, "ev-govinfo-2026-00789"),
]  # fmt: skip


@pytest.fixture(scope="module")
def facts(starter: Path) -> ExportFacts:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        found = export_facts(session)
    base.close()
    return found


def table(name: str) -> list[dict[str, str]]:
    text = (files("chipscape_db") / "seed" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(("chip", "day", "outcome", "published"), PUBLISHED)
def test_the_answer_is_the_published_one(
    facts: ExportFacts, chip: str, day: date, outcome: str, published: str
) -> None:
    assert published.startswith("https://") or published in {row["id"] for row in table("sources")}
    id_ = next(one.brief.id for one in facts.chips.values() if one.brief.slug == chip)
    assert facts.classify(id_, day).outcome == outcome


@pytest.mark.parametrize(
    ("chip", "review", "published"),
    [
        # "a total processing performance of less than 21,000 and a total DRAM bandwidth of less than 6,500 gigabytes
        # per second": the H200, not the B200 (91 FR 1684).
        ("nvidia-h200", "case-by-case", "ev-govinfo-2026-00789"),
        ("nvidia-b200", "denial", "ev-govinfo-2026-00789"),
    ],
)
def test_the_review_is_the_published_one(facts: ExportFacts, chip: str, review: str, published: str) -> None:
    assert published in {row["id"] for row in table("sources")}
    id_ = next(one.brief.id for one in facts.chips.values() if one.brief.slug == chip)
    assert facts.classify(id_, IN_2026).review == review


@pytest.mark.parametrize("regime", REGIMES, ids=lambda one: one.policy)
def test_every_limit_is_in_the_texts_of_the_policy_records_and_those_are_cited(regime) -> None:
    policies = {row["id"]: row for row in table("policies")}
    cited = {row["subject_id"] for row in table("citations")}
    assert regime.policy in policies
    everywhere: set[float] = set().union(*map(numbers_in, policies.values()))
    for paragraph in regime.paragraphs:
        own = numbers_in(policies[paragraph.policy])
        limits = {limit for line in paragraph.lines for limit in (line.at_least, line.below)} - {None}
        assert limits & own, (paragraph.key, limits)
        assert limits <= everywhere, (paragraph.key, limits)
        assert paragraph.policy in cited


def numbers_in(record: dict[str, str]) -> set[float]:
    """Return the numbers in the name and summary of a policy record."""
    text = f"{record['name']} {record['summary_en']}".replace(",", "")
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


def test_the_definitions_are_cited_to_the_text_of_the_regulation() -> None:
    kinds = {row["id"]: row["kind"] for row in table("sources")}
    by_policy: dict[str, set[str]] = {}
    for row in table("citations"):
        by_policy.setdefault(row["subject_id"], set()).add(kinds[row["source_id"]])
    assert "regulation" in by_policy["bis-2023-10-17-rule"]
    for policy in (*(one.policy for one in REVIEWS), *(one.policy for one in LETTERS)):
        assert by_policy[policy]


def test_a_memory_stack_is_judged_by_its_bandwidth_over_its_area(facts: ExportFacts) -> None:
    # "memory bandwidth density greater than 2 gigabytes per second per square millimeter" (`ev-chipclaims-3a090c`);
    # "All HBM stacks currently in production exceed this threshold" (89 FR 96790).
    after, before = date(2025, 3, 1), date(2024, 6, 1)
    for bandwidth in (307.0, 460.0, 819.0, 1229.0):
        stack = classify_stack(bandwidth, 110.0, day=after, rules=facts.rules)
        assert stack.outcome == CONTROLLED
        assert stack.density == pytest.approx(bandwidth / 110)
        assert stack.rule is not None
        assert stack.rule.slug == "eccn-3a090c-hbm-density"
        assert classify_stack(bandwidth, 110.0, day=before, rules=facts.rules).outcome == FREE
    at_the_line = classify_stack(2 * 110.0, 110.0, day=after, rules=facts.rules)
    assert (at_the_line.density, at_the_line.outcome) == (HBM_DENSITY, FREE)  # "greater than", not "or more"
    policy = next(row for row in table("policies") if row["id"] == "eccn-3a090c-hbm-density")
    assert f"{HBM_DENSITY:g}" in policy["name"]


def test_quantities_known_already_give_the_same_answer(facts: ExportFacts) -> None:
    models = facts.models()
    for chip in list(facts.chips.values())[::7]:
        fresh = classify(chip.subject, IN_2024, facts.rules, models=models)
        assert fresh == facts.classify_as(chip, IN_2024, models)
