"""Export control on the starter facts: what binds which chip since when, as it was published."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.export_rules.rules import ASIDES, LETTERS, REGIMES, REVIEWS
from chipscape_db.models import Policy, Record
from chipscape_db.partial_date import day_number
from chipscape_db.queries.export_control import export_facts


@pytest.fixture(scope="module")
def facts(starter):
    base = open_base(starter)
    with Session(base.engine) as session:
        found = export_facts(session)
    base.close()
    return found


def ask(facts, slug, day):
    chip = next(one for one in facts.chips.values() if one.brief.slug == slug)
    return facts.classify(chip.brief.id, date.fromisoformat(day))


def test_every_rule_of_the_data_has_its_policy_record_with_dates_and_sources(facts):
    slugs = {one.policy for one in (*REGIMES, *LETTERS, *REVIEWS, *ASIDES)}
    slugs |= {paragraph.policy for regime in REGIMES for paragraph in regime.paragraphs}
    assert slugs <= facts.rules.keys()
    assert all(facts.sources[slug] for slug in slugs)


def test_which_rule_binds_the_h20_and_since_when(facts):
    # ev-toms-h20-apr quotes the filing of 15 April 2025; ev-reuters-15pct has the first licences on 8 August.
    may = ask(facts, "nvidia-h20", "2025-05-01")
    assert (may.outcome, may.basis) == ("controlled", "name")
    assert (may.rule.slug, may.rule.since, may.rule.until) == ("bis-2025-04-09-h20-licence", "2025-04-09", "2025-08-08")
    september = ask(facts, "nvidia-h20", "2025-09-01")
    assert (september.outcome, september.rule.slug, september.rule.since) == (
        "controlled", "us-2025-08-15-percent", "2025-08",
    )  # fmt: skip
    # Before the letter the H20 needed no licence: us-toms-h20, ev-cnbc-h20-apr.
    assert ask(facts, "nvidia-h20", "2025-04-08").outcome == "not-controlled"
    assert may.by_numbers == september.by_numbers == "not-controlled"


@pytest.mark.parametrize(
    ("slug", "day", "outcome"),
    [
        ("nvidia-a100-80gb-sxm", "2022-09-01", "controlled"),  # by letter: ev-register-a100-ban
        ("nvidia-a100-80gb-sxm", "2022-11-01", "controlled"),  # ev-csis-oct2023
        ("nvidia-h100-sxm", "2022-11-01", "controlled"),  # ev-csis-oct2023
        ("amd-mi250x", "2022-11-01", "controlled"),  # ev-register-a100-ban: AMD told to stop the MI250
        ("nvidia-a800", "2022-11-01", "not-controlled"),  # us-tadviser-a800, ev-aiwiki-a800
        ("nvidia-h800", "2023-04-01", "not-controlled"),  # us-techpowerup-h800, ev-aiwiki-h800
        ("nvidia-a800", "2023-10-25", "controlled"),  # at once from 23 October: ev-mindrfid-oct24
        ("nvidia-h800", "2023-10-25", "controlled"),  # ev-mindrfid-oct24
        ("nvidia-a800", "2024-03-01", "controlled"),  # ev-videocardz-h800-ban
        ("nvidia-h800", "2024-03-01", "controlled"),  # ev-videocardz-h800-ban
        ("nvidia-l40s", "2024-03-01", "controlled"),  # ev-videocardz-h800-ban
        ("nvidia-l4", "2024-03-01", "controlled"),  # ev-maxpc-4090
        ("intel-gaudi2", "2024-03-01", "controlled"),  # SemiAnalysis, October 2023, see test_export_rules
        ("intel-gaudi3", "2024-06-01", "controlled"),  # the same
        ("amd-mi250x", "2024-03-01", "controlled"),  # the same
        ("amd-mi300x", "2024-03-01", "controlled"),  # the same
        ("nvidia-h20", "2024-03-01", "not-controlled"),  # us-toms-h20
        ("nvidia-l20", "2024-03-01", "not-controlled"),  # us-toms-h20
        ("nvidia-l2", "2024-03-01", "not-controlled"),  # us-toms-h20
        ("nvidia-b200", "2025-06-01", "controlled"),  # never allowed to China: ev-outpost-h200
        ("ascend-910b", "2025-06-01", "controlled"),  # presumed 3A090, named: ev-asianfin-ascend
        ("ascend-910c", "2025-06-01", "controlled"),  # ev-asianfin-ascend
    ],
)
def test_published_classifications(facts, slug, day, outcome):
    assert ask(facts, slug, day).outcome == outcome


def test_the_910b_is_undetermined_by_its_numbers_and_says_why(facts):
    answer = ask(facts, "ascend-910b", "2024-03-01")
    assert answer.outcome == "undetermined"
    assert 4800.0 in {one.threshold for one in answer.straddles}
    assert answer.foreign
    assert answer.quantity("tpp").low < 4800 < answer.quantity("tpp").high


def test_the_h200_moves_from_presumed_denial_to_case_by_case(facts):
    # ev-govinfo-2026-00789: 91 FR 1684
    before, after = (ask(facts, "nvidia-h200", day) for day in ("2026-01-14", "2026-02-15"))
    assert (before.rule.slug, before.review) == ("bis-2023-10-17-rule", None)
    assert (after.rule.slug, after.review) == ("bis-2026-01-13-h200-rule", "case-by-case")
    assert ask(facts, "nvidia-b200", "2026-02-15").review == "denial"


def test_a_chinese_restriction_is_told_but_decides_nothing(facts):
    answer = ask(facts, "nvidia-h200", "2026-01-20")
    assert "cn-2026-01-h200-customs" in [one.rule.slug for one in answer.named]
    assert answer.rule.slug == "bis-2026-01-13-h200-rule"


def test_every_answer_rests_on_claims_of_the_base_or_says_what_is_missing(facts):
    for id_, chip in facts.chips.items():
        answer = facts.classify(id_, date(2024, 3, 1))
        assert set(answer.claim_ids) <= facts.rows_behind(id_).keys()
        if answer.outcome == "undetermined":
            assert answer.missing or answer.straddles, chip.brief.slug


def test_a_date_corrected_in_the_base_moves_the_answer(starter_copy):
    base = open_base(starter_copy)
    with Session(base.engine) as session:
        rule = session.query(Record.id).where(Record.slug == "bis-2023-10-17-rule").scalar()
        later = {"effective_on": "2024-06-01", "effective_on_from": day_number(date(2024, 6, 1))}
        session.execute(update(Policy).where(Policy.id == rule).values(**later))
        facts = export_facts(session)
        assert ask(facts, "nvidia-l40s", "2024-03-01").regime is None
        assert ask(facts, "nvidia-l40s", "2024-06-01").outcome == "controlled"
        session.rollback()
    base.close()


def test_as_of_leaves_out_claims_that_were_not_known(starter):
    base = open_base(starter)
    with Session(base.engine) as session:
        then, now = export_facts(session, as_of=date(2023, 1, 1)), export_facts(session)
    base.close()
    assert (
        0
        < sum(map(len, (one.claims for one in then.chips.values())))
        < sum(map(len, (one.claims for one in now.chips.values())))
    )


def test_a_base_without_rules_controls_nothing(tmp_path):
    from chipscape_db.base_file import create_base

    create_base(tmp_path / "empty.chipscape", starter=False)
    base = open_base(tmp_path / "empty.chipscape")
    with Session(base.engine) as session:
        facts = export_facts(session)
    base.close()
    assert (facts.chips, facts.rules, facts.descent) == ({}, {}, ())
