"""The written rule, on cases that show each step and on any claims at all."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db import vocabulary
from chipscape_db.choice import (
    SOURCE_KIND_ORDER,
    STANCE_ORDER,
    ClaimFact,
    Rule,
    achieved,
    by_convention,
    choose,
    choose_default,
    preferred_convention,
)
from chipscape_db.conventions import Convention, differences, same_basis
from chipscape_db.metrics import METRICS
from chipscape_db.partial_date import PartialDate

FP16 = METRICS["compute.fp16"]
POWER = METRICS["power.tdp"]
MEMORY_TYPE = METRICS["memory.type"]
RULES: tuple[Rule, ...] = ("written", "maker", "measured-first", "conservative", "optimistic")


def claim(value: float, name: str = "a", *, stance: str = "reported", kind: str = "press", root: str = "",
          published: str = "", rank: str = "normal", **convention: object) -> ClaimFact:  # fmt: skip
    return ClaimFact(
        id=name,
        value=value,
        text=f"{value:g}",
        stance=stance,
        source_id=f"source-{name}",
        source_kind=kind,
        root_id=root or f"source-{name}",
        published=PartialDate.parse(published) if published else None,
        rank=rank,
        convention=Convention(**convention),  # type: ignore[arg-type]
    )


@st.composite
def claims(draw: st.DrawFn, *, conventions: bool = False) -> list[ClaimFact]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        said = {"bound": draw(st.sampled_from([None, None, *vocabulary.BOUNDS]))}
        if conventions:
            said["sparsity"] = draw(st.sampled_from([None, *vocabulary.SPARSITIES]))
            said["scope"] = draw(st.sampled_from([None, *vocabulary.SCOPES]))
        found.append(
            claim(
                draw(st.sampled_from([100.0, 101.0, 200.0, 256.0, 320.0])),
                str(number),
                stance=draw(st.sampled_from(vocabulary.STANCES)),
                kind=draw(st.sampled_from(vocabulary.SOURCE_KINDS)),
                root=draw(st.sampled_from(["", "root-one", "root-two"])),
                published=draw(st.sampled_from(["", "2023", "2024-05", "2024-05-06", "2025~"])),
                rank=draw(st.sampled_from(vocabulary.RANKS)),
                **said,
            )
        )
    return found


def test_the_orders_hold_every_word() -> None:
    assert set(STANCE_ORDER) == set(vocabulary.STANCES)
    assert set(SOURCE_KIND_ORDER) == set(vocabulary.SOURCE_KINDS)


@pytest.mark.parametrize(
    ("claims", "value", "reason"),
    [
        ([claim(256)], 256, "only"),
        ([claim(256, "a"), claim(256, "b", stance="stated")], 256, "agreed"),
        ([claim(256, "a", stance="stated"), claim(280, "b", rank="preferred")], 280, "preferred-rank"),
        ([claim(256, "a", kind="official"), claim(280, "b", stance="stated", kind="press")], 280, "stance"),
        ([claim(256, "a", kind="community"), claim(280, "b", kind="academic")], 280, "source-kind"),
        ([claim(256, "a", published="2025-06"), claim(280, "b", published="2023")], 256, "newest"),
        ([claim(256, "a", published="2025-06"), claim(280, "b")], 256, "newest"),
        ([claim(256, "a", bound="about"), claim(280, "b")], 280, "exact"),
        ([claim(256, "a"), claim(280, "b"), claim(280, "c")], 280, "most-sources"),
        ([claim(256, "a"), claim(280, "b", root="r"), claim(280, "c", root="r")], 256, "lower-value"),
        ([claim(256, "a", bound="at-least", stance="stated"), claim(280, "b", stance="rumoured")], 280, "point"),
        ([claim(9, "a", bound="low"), claim(12, "b", bound="high")], 9, "lower-value"),
    ],
)  # fmt: skip
def test_each_step_decides_and_says_so(claims: list[ClaimFact], value: float, reason: str) -> None:
    for order in permutations(claims):
        chosen = choose(order, POWER)
        assert chosen is not None
        assert (chosen.value, chosen.reason) == (value, reason)


def test_a_measured_value_is_never_the_peak_but_kept_apart() -> None:
    tested = claim(313.182, "t", stance="measured", condition="average of eight cards")
    told = claim(256, "a")
    assert choose([replace(tested, convention=Convention())], FP16) is None
    chosen = choose_default([tested, told], FP16)
    assert chosen is not None
    assert (chosen.value, chosen.high) == (256, 256)
    assert achieved([tested, told], FP16) == (tested,)
    assert achieved([tested], POWER) == ()
    assert choose([tested], POWER) is not None
    first = choose([tested], FP16, rule="measured-first")
    assert first is not None
    assert first.value == 313.182


def test_relays_of_one_report_are_one_source() -> None:
    chosen = choose([claim(805, "a", root="r"), claim(805, "b", root="r"), claim(200, "c")], POWER)
    assert chosen is not None
    assert (chosen.claims, chosen.sources, chosen.agreeing) == (3, 2, 1)


@pytest.mark.parametrize(
    ("claims", "low", "high", "open_low", "open_high", "contested"),
    [
        ([claim(100, "a"), claim(102, "b")], 100, 102, False, False, False),
        ([claim(100, "a"), claim(103, "b")], 100, 103, False, False, True),
        ([claim(8, "a"), claim(10, "b", bound="at-most")], 8, 8, False, False, False),
        ([claim(805, "a"), claim(200, "b", bound="at-most")], 200, 805, False, False, True),
        ([claim(805, "a"), claim(900, "b", bound="at-least")], 805, 900, False, False, True),
        ([claim(805, "a"), claim(200, "b", bound="at-least")], 805, 805, False, False, False),
        ([claim(9, "a", bound="low"), claim(12, "b", bound="high")], 9, 12, False, False, False),
        ([claim(9, "a", bound="low"), claim(12, "b", bound="high"), claim(20, "c")], 9, 20, False, False, True),
        ([claim(9, "a", bound="at-least")], 9, 9, False, True, False),
        ([claim(9, "a", bound="at-most")], 9, 9, True, False, False),
    ],
)  # fmt: skip
def test_spread_and_contest(
    claims: list[ClaimFact], low: float, high: float, open_low: bool, open_high: bool, contested: bool
) -> None:
    chosen = choose(claims, POWER)
    assert chosen is not None
    assert (chosen.low, chosen.high, chosen.open_low, chosen.open_high) == (low, high, open_low, open_high)
    assert chosen.contested == contested


def test_a_text_metric_has_a_choice_and_no_spread() -> None:
    one = replace(claim(0, "a", stance="stated"), value=None, text="HBM2E")
    other = replace(claim(0, "b"), value=None, text="HBM3")
    chosen = choose([other, one], MEMORY_TYPE)
    assert chosen is not None
    assert (chosen.claim.text, chosen.low, chosen.high, chosen.contested) == ("HBM2E", None, None, True)
    with pytest.raises(TypeError):
        _ = chosen.value


def test_claims_under_different_conventions_never_stand_for_one_value() -> None:
    with pytest.raises(ValueError, match="different conventions"):
        choose([claim(312, "a", sparsity="dense"), claim(624, "b", sparsity="sparse")], FP16)


@pytest.mark.parametrize(
    ("said", "best"),
    [
        (({"sparsity": "sparse"}, {}, {"sparsity": "dense"}), {"sparsity": "dense"}),
        (({"sparsity": "sparse"}, {}), {}),
        (({"scope": "rack", "scope_count": 72}, {}), {}),
        (({"scope": "rack", "sparsity": "dense"}, {"scope": "package"}), {"scope": "package"}),
        (({"engine": "vector"}, {}, {"engine": "matrix"}), {"engine": "matrix"}),
        (({"direction": "one"}, {"direction": "unsaid"}, {"direction": "both"}), {"direction": "both"}),
        (({"condition": "boost clock", "sparsity": "dense"}, {}), {}),
        (({"period": PartialDate.parse("2023")}, {"period": PartialDate.parse("2025")}),
         {"period": PartialDate.parse("2025")}),
    ],
)  # fmt: skip
def test_the_convention_that_stands_for_the_metric(
    said: tuple[dict[str, object], ...], best: dict[str, object]
) -> None:
    groups = by_convention([claim(1, str(number), **one) for number, one in enumerate(said)])
    assert preferred_convention(groups, FP16) == Convention(**best)  # type: ignore[arg-type]


def test_a_preferred_claim_brings_its_convention_forward() -> None:
    groups = by_convention([claim(312, "a", sparsity="dense"), claim(624, "b", sparsity="sparse", rank="preferred")])
    assert preferred_convention(groups, FP16) == Convention(sparsity="sparse")


@pytest.mark.parametrize(
    ("rule", "metric", "value", "reason"),
    [
        ("maker", "power.tdp", 310, "maker"),
        ("measured-first", "power.tdp", 350, "measured"),
        ("conservative", "power.tdp", 400, "least-favourable"),
        ("optimistic", "power.tdp", 300, "most-favourable"),
        ("conservative", "memory.capacity", 300, "least-favourable"),
        ("optimistic", "memory.capacity", 400, "most-favourable"),
        ("written", "memory.capacity", 400, "preferred-rank"),
    ],
)
def test_the_other_rules(rule: Rule, metric: str, value: float, reason: str) -> None:
    found = [
        claim(310, "a", stance="stated"),
        claim(350, "b", stance="measured"),
        claim(300, "c"),
        claim(400, "d", rank="preferred"),
    ]
    chosen = choose(found, METRICS[metric], rule=rule)
    assert chosen is not None
    assert (chosen.value, chosen.reason) == (value, reason)


@given(claims(), st.randoms(use_true_random=False), st.sampled_from(RULES), st.sampled_from([FP16, POWER]))
def test_the_order_of_claims_never_matters(found: list[ClaimFact], random, rule: Rule, metric) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(found)
    random.shuffle(shuffled)
    assert choose(shuffled, metric, rule=rule) == choose(found, metric, rule=rule)


@given(claims(), st.sampled_from(RULES), st.sampled_from([FP16, POWER]))
def test_the_choice_is_a_live_claim_within_its_spread(found: list[ClaimFact], rule: Rule, metric) -> None:  # type: ignore[no-untyped-def]
    chosen = choose(found, metric, rule=rule)
    allowed = [
        one
        for one in found
        if one.is_live and (one.stance != "measured" or metric is POWER or rule == "measured-first")
    ]
    if not allowed:
        assert chosen is None
        return
    assert chosen is not None
    assert chosen.claim in allowed
    assert chosen.low is not None
    assert chosen.high is not None
    assert chosen.low <= chosen.value <= chosen.high
    assert set(chosen.claim_ids) == {one.id for one in allowed}
    assert 1 <= chosen.agreeing <= chosen.sources <= chosen.claims
    assert chosen.claim.is_point or not any(one.is_point for one in allowed)
    assert (chosen.reason == "only") == (chosen.claims == 1)


@given(claims(conventions=True), st.sampled_from([FP16, POWER]))
def test_a_deprecated_claim_changes_nothing(found: list[ClaimFact], metric) -> None:  # type: ignore[no-untyped-def]
    extra = claim(999, "x", stance="stated", kind="official", rank="deprecated", published="2026")
    assert choose_default([*found, extra], metric) == choose_default(found, metric)


@given(claims(conventions=True), st.randoms(use_true_random=False))
def test_the_default_convention_does_not_depend_on_order(found: list[ClaimFact], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(found)
    random.shuffle(shuffled)
    assert list(by_convention(shuffled).items()) == list(by_convention(found).items())
    assert choose_default(shuffled, FP16) == choose_default(found, FP16)


def test_a_convention_says_itself() -> None:
    said = Convention("dense", "matrix", "cluster", 384, None, "at-most", PartialDate.parse("2025"), "HBM tier")
    assert str(said) == "at most, dense, matrix engine, per cluster of 384, 2025, HBM tier"
    assert str(Convention()) == ""
    assert same_basis(said, replace(said, bound=None))
    assert not same_basis(said, replace(said, sparsity=None))
    assert differences([said, replace(said, sparsity=None, bound=None), replace(said, scope="rack")]) == (
        "sparsity",
        "scope",
    )


def test_every_word_of_a_convention_has_a_phrase() -> None:
    for name, words in (
        ("sparsity", vocabulary.SPARSITIES),
        ("engine", vocabulary.ENGINES),
        ("scope", vocabulary.SCOPES),
        ("direction", vocabulary.DIRECTIONS),
        ("bound", vocabulary.BOUNDS),
    ):
        for word in words:
            assert str(Convention(**{name: word}))  # type: ignore[arg-type]
