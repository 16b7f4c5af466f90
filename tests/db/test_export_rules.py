"""The export rules against their published classifications: thresholds, ranges, and what is missing.

Where an expected answer was published is said beside it: by the slug of the source in the starter facts, or by address.
"""

import math
from datetime import date

import pytest

from chipscape_db.choice import ClaimFact
from chipscape_db.conventions import UNSAID, Convention
from chipscape_db.export_rules import quantities
from chipscape_db.export_rules.classify import Classification, Named, RuleDates, Subject, classify, regime_on
from chipscape_db.export_rules.explain import explain
from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.regions import Straddle, reach, tiles
from chipscape_db.export_rules.rules import REGIMES, is_hbm_controlled

DENSE = Convention(sparsity="dense")
BOTH = Convention(direction="both")
OLD, NEW = REGIMES
IN_2022, IN_2024, IN_2026 = date(2022, 11, 1), date(2024, 3, 1), date(2026, 3, 1)


def rule(slug: str, start: str, end: str | None = None, **more: bool) -> RuleDates:
    first, last = date.fromisoformat(start), None if end is None else date.fromisoformat(end)
    return RuleDates(f"id-{slug}", slug, slug, first, last, start, end or "", **more)


# The dates of the starter facts: `ev-fsl-2023-23055`, `ev-toms-h20-apr`, `ev-reuters-15pct`, `ev-govinfo-2026-00789`.
RULES = {
    one.slug: one
    for one in (
        rule("bis-2022-10-07-rule", "2022-10-07", "2023-11-17"),
        rule("bis-2023-10-17-rule", "2023-11-17"),
        rule("bis-2025-04-09-h20-licence", "2025-04-09", "2025-08-08"),
        rule("bis-2026-01-13-h200-rule", "2026-01-15"),
        rule("ai-diffusion-rule", "2025-01-13", "2025-05-13"),
    )
}


def claim(value: float, convention: Convention = UNSAID, *, source: str = "a", stance: str = "stated") -> ClaimFact:
    return ClaimFact(f"{source}-{value}-{convention}", float(value), f"{value:g}", stance, source, "official", source,
                     convention=convention)  # fmt: skip


def chip(*, form: str = "SXM module", maker: str = "nvidia", **values: float | list[ClaimFact]) -> Subject:
    """Make a chip of dense TOPS by format, `area`, `rate` (both directions) and `dram`."""
    keys = {"area": "die.area", "rate": "interconnect.bandwidth", "dram": "memory.bandwidth"}
    conventions = {"area": UNSAID, "rate": BOTH, "dram": UNSAID}
    claims = {
        keys.get(name, f"compute.{name}"): value
        if isinstance(value, list)
        else [claim(value, conventions.get(name, DENSE))]
        for name, value in values.items()
    }
    return Subject(claims, form, maker)


def ask(subject: Subject, day: date, **models: Subject) -> Classification:
    named = {name.replace("_", "-"): model for name, model in models.items()}
    return classify(subject, day, RULES, models=named)


A100 = chip(fp16=312, int8=624, tf32=156, area=826, rate=600)
A800 = chip(fp16=312, int8=624, area=826, rate=400)
H100 = chip(fp16=989.4, fp8=1978.9, area=814, rate=900)
H20 = chip(fp16=148, fp8=296, area=814, rate=900, dram=4000)


@pytest.mark.parametrize(
    ("subject", "outcome"),
    [
        (A100, "controlled"),  # named in the letters that the rule turned into law: ev-register-a100-ban
        (H100, "controlled"),  # ev-register-a100-ban
        (
            chip(fp16=383, int8=383, rate=700, maker="amd"),
            "controlled",
        ),  # MI250X: AMD stopped the MI250s, ev-pcgamer-a100
        (A800, "not-controlled"),  # 400 GB/s meets the rule: us-tadviser-a800, ev-aiwiki-a800
        (chip(fp8=1979, rate=400), "not-controlled"),  # H800: us-techpowerup-h800, ev-aiwiki-h800
        (H20, "not-controlled"),  # 900 GB/s, but below 4800
    ],
)
def test_the_rule_of_october_2022_needs_both_the_transfer_rate_and_the_performance(subject, outcome):
    assert ask(subject, IN_2022).outcome == outcome


@pytest.mark.parametrize(
    ("subject", "outcome", "paragraph"),
    [
        # "A100, A800, H100, H800, L40, L40S and RTX 4090": Nvidia's own list of 17 October 2023, ev-videocardz-h800-ban
        (A100, "controlled", "3A090.a.1"),
        (A800, "controlled", "3A090.a.1"),
        (H100, "controlled", "3A090.a.1"),
        (chip(fp8=1979, area=814, rate=400), "controlled", "3A090.a.1"),
        (chip(fp8=733, area=609), "controlled", "3A090.a.1"),
        # L4 "can no longer be exported to China", below 4800 but dense: ev-maxpc-4090
        (chip(int8=242, area=294), "controlled", "3A090.a.2"),
        # "Intel's Gaudi 2, Gaudi 3, AMD's MI250X, and MI300 are all blocked": SemiAnalysis, "Wafer Wars", October 2023,
        # https://newsletter.semianalysis.com/p/wafer-wars-deciphering-latest-restrictions
        (chip(bf16=432, fp8=865, maker="intel"), "controlled", "3A090.a.1"),
        (chip(fp8=1835, maker="intel"), "controlled", "3A090.a.1"),
        (chip(fp16=383, maker="amd"), "controlled", "3A090.a.1"),
        (chip(fp8=2614.9, area=1017, maker="amd"), "controlled", "3A090.a.1"),
        # The chips that Nvidia made for China after the rule, none of which needed a licence: us-toms-h20,
        # https://information.bz/english/news/view/2024/07/23/3892.html
        (H20, "not-controlled", None),
        (chip(fp8=239, area=609), "not-controlled", None),
        (chip(fp8=193, area=294.5), "not-controlled", None),
    ],
)  # fmt: skip
def test_the_rule_of_october_2023_looks_at_performance_and_density(subject, outcome, paragraph):
    answer = ask(subject, IN_2024)
    assert answer.outcome == outcome
    assert [one.key for one in answer.paragraphs] == ([paragraph] if paragraph else [])


def test_a_gaming_card_of_4800_may_use_the_licence_exception_and_a_lesser_one_is_free():
    # RTX 4090: subject to NAC for China as it is not made for data centres (ev-maxpc-4090; SemiAnalysis, "2025 AI
    # Diffusion Export Controls", https://newsletter.semianalysis.com/p/2025-ai-diffusion-export-controls).
    card = chip(fp8=660.6, area=609, form="Consumer graphics card")
    assert ask(card, IN_2024).outcome == "licence-exception"
    # RTX 4090 D: cut below 4800 to be sold in China without a licence ("Special Edition", ev-maxpc-4090).
    assert ask(chip(fp8=588, area=609, form="Consumer graphics card"), IN_2024).outcome == "not-controlled"
    # The same numbers in a data centre would be 3A090.a.2.
    assert ask(chip(fp8=588, area=609), IN_2024).outcome == "controlled"


def test_bis_own_examples_reach_4800():
    # "600 tera integer operations at 8 bits or 300 tera FLOPS at 16 bits" (88 FR 73458, Technical Notes to 3A090).
    for subject in (chip(int8=600), chip(fp16=300)):
        assert quantities.tpp(subject.claims).value == 4800
        assert ask(subject, IN_2024).outcome == "controlled"
    assert ask(chip(int8=599.9, area=3100), IN_2024).outcome == "not-controlled"


@pytest.mark.parametrize(
    ("total", "density", "paragraph"),
    [
        (4800, 0.1, "3A090.a.1"), (4799, 1.59, None), (4799, 1.6, "3A090.b.1"), (4799, 5.92, "3A090.a.2"),
        (2400, 1.6, "3A090.b.1"), (2399, 3.19, None), (2399, 3.2, "3A090.b.2"), (1600, 5.91, "3A090.b.2"),
        (1600, 5.92, "3A090.a.2"), (1599, 99, None),
    ],
)  # fmt: skip
def test_the_lines_of_october_2023_are_where_the_text_has_them(total, density, paragraph):
    found = NEW.paragraph_at({"tpp": total, "density": density})
    assert (found.key if found else None) == paragraph


def test_rival_claims_on_both_sides_of_a_line_leave_it_undetermined():
    # 256 to 320 TFLOPS FP16 are claimed, as of the Ascend 910B; 300 would be 4800.
    answer = ask(chip(fp16=[claim(256), claim(320, source="b")], area=900, maker="huawei"), IN_2024)
    assert answer.outcome == "undetermined"
    assert Straddle("tpp", 4800.0) in answer.straddles
    assert set(answer.reach.outcomes) == {"controlled", "licence-exception"}
    told = "\n".join(text for step in explain(answer) for _depth, text in step.lines())
    assert "straddle a line: TPP from 4,096 to 5,120, the line is at 4,800" in told


def test_a_spread_that_crosses_no_line_is_determined():
    answer = ask(chip(fp16=[claim(989, DENSE), claim(1970, DENSE, source="b")], area=814), IN_2024)
    assert answer.outcome == "controlled"
    assert not answer.straddles


def test_without_a_die_area_the_answer_names_the_area_that_would_change_it():
    answer = ask(chip(fp8=296), IN_2024)
    assert answer.outcome == "undetermined"
    assert answer.missing == ("area",)
    told = "\n".join(text for step in explain(answer) for _depth, text in step.lines())
    assert "A die of 740 mm² or less would reach the density of 3.2." in told
    assert ask(chip(fp8=600), IN_2024).outcome == "controlled", "from 4800 on the area does not matter"
    assert ask(chip(fp8=199), IN_2024).outcome == "not-controlled", "below 1600 nothing else matters"


def test_the_area_of_the_parent_serves_a_variant_unless_it_may_have_several_dies():
    variant = chip(fp8=296)
    known = Subject(variant.claims, "", "nvidia", parent_area=[claim(814)], parent="H100")
    answer = ask(known, IN_2024)
    assert answer.outcome == "not-controlled"
    assert answer.parent == "H100"
    assert quantities.AREA_OF_PARENT in answer.quantity("area").caveats
    both = [claim(1074), claim(1072, Convention(scope="package", condition="both dies"))]
    assert quantities.die_area({}, both).value is None


def test_one_die_bounds_the_area_from_below_and_a_package_from_above():
    rows = [claim(456.25, Convention(scope="die")), claim(1228, Convention(scope="package"))]
    area = quantities.die_area({"die.area": rows})
    assert (area.value, area.low, area.high) == (None, 456.25, 1228)
    density = quantities.density(Quantity("tpp", 4096, 4096, 4096), area)
    assert density.low == pytest.approx(4096 / 1228)
    assert density.high == pytest.approx(4096 / 456.25)


def test_a_chip_known_by_its_long_formats_only_has_no_more_than_a_least_performance():
    total = quantities.tpp(chip(fp32=52.4, fp64=52.4).claims)
    assert (total.value, total.low, total.high) == (None, pytest.approx(3353.6), math.inf)
    assert quantities.TPP_PARTIAL in total.caveats


def test_sparse_figures_never_count_and_silent_ones_are_told_if_it_matters():
    assert quantities.tpp({"compute.fp16": [claim(624, Convention(sparsity="sparse"))]}).value is None
    silent = ask(chip(fp16=[claim(400)], area=800), IN_2024)
    assert silent.outcome == "controlled"
    assert silent.if_sparse == "licence-exception"
    assert ask(chip(fp16=[claim(400, DENSE)], area=800), IN_2024).if_sparse is None


@pytest.mark.parametrize(
    ("rows", "value", "low", "high"),
    [
        ([claim(600, BOTH)], 600, 600, 600),
        ([claim(450, Convention(direction="one"))], 900, 900, 900),
        ([claim(400, Convention(direction="unsaid"))], 400, 400, 800),
        ([claim(64, Convention(direction="both", condition="PCIe"))], None, 64, math.inf),
        ([claim(540, Convention(direction="both", condition="between the two dies of a package"))], None, 0, math.inf),
        ([claim(300, BOTH), claim(400, BOTH, source="b")], 300, 300, 400),
    ],
)
def test_the_transfer_rate_counts_both_directions_of_all_links(rows, value, low, high):
    rate = quantities.transfer_rate({"interconnect.bandwidth": rows})
    assert (rate.value, rate.low, rate.high) == (value, low, high)


def test_the_letter_of_april_2025_binds_its_addressees_by_what_the_h20_does():
    day = date(2025, 5, 1)
    # AMD: the MI308 needs a licence too (us-icgoodfind-mi308); it has more memory bandwidth than the H20.
    other = chip(fp8=200, area=2000, dram=5300, maker="amd")
    answer = ask(other, day, nvidia_h20=H20)
    assert (answer.outcome, answer.basis, answer.rule.slug) == ("controlled", "letter", "bis-2025-04-09-h20-licence")
    assert ask(H100, day, nvidia_h20=H20).basis == "threshold", "the numbers catch it already"
    foreign = chip(fp8=200, area=2000, dram=5300, maker="huawei")
    assert ask(foreign, day, nvidia_h20=H20).outcome == "not-controlled"
    assert ask(other, date(2025, 9, 1), nvidia_h20=H20).outcome == "not-controlled"


def test_a_restriction_by_name_comes_before_the_numbers_and_that_of_another_authority_decides_nothing():
    by_name = Named("r1", rule("a-letter", "2025-04-09", "2025-08-08"), "Licence required.")
    abroad = Named("r2", rule("customs", "2025-04-09", domestic=False), "")
    subject = Subject(H20.claims, "", "nvidia", named=(by_name, abroad))
    before, during, after = (ask(subject, date(2025, month, 1)) for month in (3, 5, 9))
    assert (before.outcome, during.outcome, after.outcome) == ("not-controlled", "controlled", "not-controlled")
    assert (during.basis, during.rule.slug, during.by_numbers) == ("name", "a-letter", "not-controlled")
    assert [one.rule.slug for one in after.named] == ["customs"]
    assert any("another authority" in step.say() for step in explain(after))


def test_a_restriction_superseded_nobody_knows_when_holds_until_the_next_rule_by_numbers():
    letter = Named("r", rule("letter", "2022-08-26", ended_unknown=True), "")
    subject = Subject(H20.claims, "", "nvidia", named=(letter,))
    assert ask(subject, date(2022, 9, 1)).outcome == "controlled"
    assert ask(subject, date(2022, 9, 1)).regime is None
    assert ask(subject, IN_2022).outcome == "not-controlled"


@pytest.mark.parametrize(
    ("subject", "review"),
    [
        # "TPP less than 21,000 and total DRAM bandwidth less than 6,500 GB/s, such as the NVIDIA H200 or AMD MI325X":
        # 91 FR 1684, ev-govinfo-2026-00789
        (chip(fp8=1979, area=814, dram=4800), "case-by-case"),
        (chip(fp8=2614.9, dram=6000, maker="amd"), "case-by-case"),
        (chip(fp8=4500, dram=8000), "denial"),
        (chip(fp8=1979), "undetermined"),
    ],
)
def test_the_rule_of_january_2026_says_how_an_application_is_reviewed(subject, review):
    answer = ask(subject, IN_2026)
    assert (answer.outcome, answer.review) == ("controlled", review)
    assert ask(subject, IN_2024).review is None


def test_every_memory_stack_in_production_in_2024_is_3a090c():
    # "All HBM stacks currently in production exceed this threshold" (89 FR 96790): HBM2E to HBM3E, about 110 mm2.
    assert all(is_hbm_controlled(bandwidth, 110.0) for bandwidth in (307, 460, 819, 1229))
    assert not is_hbm_controlled(56, 180)  # a GDDR6 device


def test_only_the_rule_in_force_on_the_day_counts():
    assert regime_on(date(2022, 10, 6), RULES) is None
    assert regime_on(date(2023, 11, 16), RULES) is OLD
    assert regime_on(date(2023, 11, 17), RULES) is NEW
    assert regime_on(IN_2024, {}) is None
    nothing = classify(A100, date(2020, 1, 1), RULES)
    assert (nothing.outcome, nothing.basis) == ("not-controlled", "none")
    assert "rescinded" in ask(A100, date(2025, 2, 1)).asides[0]


def test_impossible_pieces_of_a_box_are_left_out():
    # With the area known the density of 2,000 to 2,500 TPP on 700 mm2 never meets 2,400 below 3.2.
    total = Quantity("tpp", 2300, 2000, 2500)
    area = Quantity("area", 700, 700, 700)
    found = reach(NEW, total, quantities.density(total, area), area=area, datacentre=True)
    keys = {paragraph.key if paragraph else None for group in found.outcomes.values() for paragraph in group}
    assert keys == {None, "3A090.b.1", "3A090.b.2"}
    exact = Quantity("tpp", 4400, 4000, 4800)
    found = reach(NEW, exact, quantities.density(exact, area), area=area, datacentre=True)
    assert found.outcomes.keys() == {"controlled", "licence-exception"}


def test_the_tiles_cover_exactly_where_a_paragraph_applies():
    for regime in REGIMES:
        x_key, y_key = regime.axes
        for x in (1, 599, 600, 1600, 2400, 3000, 4800, 9000):
            for y in (0.5, 1.6, 3.0, 3.2, 5.92, 20, 4800, 9000):
                there = [one for one in tiles(regime) if one.x[0] <= x < one.x[1] and one.y[0] <= y < one.y[1]]
                paragraph = regime.paragraph_at({x_key: x, y_key: y})
                assert [one.paragraph for one in there] == ([paragraph] if paragraph else [])
