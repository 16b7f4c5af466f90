"""Derived metrics against published values, and their spread against every combination of the inputs' ends."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.choice import Chosen, ClaimFact, choose
from chipscape_db.conventions import Convention
from chipscape_db.derived import DERIVED, SPARSITY_UNSAID, Derivation, derive, derive_all
from chipscape_db.errors import NotFound
from chipscape_db.metrics import METRICS


def chosen(metric: str, *values: float, sparsity: str | None = None, scope: str | None = None,
           bound: str | None = None) -> Chosen:  # fmt: skip
    convention = Convention(sparsity=sparsity, scope=scope, bound=bound)
    claims = [
        ClaimFact(
            f"{metric}-{number}", value, f"{value:g}", "reported", "s", "press", f"r{number}", convention=convention
        )
        for number, value in enumerate(values)
    ]
    found = choose(claims, METRICS[metric])
    assert found is not None
    return found


H100 = {
    "compute.fp64": chosen("compute.fp64", 67),
    "compute.fp16": chosen("compute.fp16", 989.5, sparsity="dense"),
    "compute.fp8": chosen("compute.fp8", 1979, sparsity="dense"),
    "memory.bandwidth": chosen("memory.bandwidth", 3350),
    "power.tdp": chosen("power.tdp", 700),
    "die.area": chosen("die.area", 814),
    "price": chosen("price", 30000),
}


def value(key: str, inputs: dict[str, Chosen]) -> float:
    found = derive(key, inputs)
    assert found is not None
    return found.value


def test_the_h100_has_the_processing_performance_and_density_that_are_published_for_it() -> None:
    assert value("derived.tpp", H100) == 15832
    assert value("derived.performance-density", H100) == pytest.approx(19.45, abs=0.005)


def test_ratios_are_in_the_units_they_say() -> None:
    assert value("derived.compute-per-watt.fp16", H100) == pytest.approx(1.41357, abs=1e-5)
    assert value("derived.bytes-per-operation.fp16", H100) == pytest.approx(3350e9 / 989.5e12)
    assert value("derived.price-per-compute.fp16", H100) == pytest.approx(30.318, abs=1e-3)


def test_the_largest_precision_decides_and_the_others_stay_in_the_derivation() -> None:
    found = derive("derived.tpp", H100)
    assert found is not None
    assert found.decisive == "compute.fp16"
    assert {leaf.key for leaf in found.leaves()} == {"compute.fp64", "compute.fp16", "compute.fp8"}
    assert found.caveats == ()
    density = derive("derived.performance-density", H100)
    assert density is not None
    assert "die.area-0" in density.claim_ids
    assert "compute.fp16-0" in density.claim_ids


def test_sparse_figures_and_systems_do_not_count_for_the_rule() -> None:
    assert derive("derived.tpp", {"compute.fp16": chosen("compute.fp16", 1979, sparsity="sparse")}) is None
    assert derive("derived.tpp", {"compute.fp16": chosen("compute.fp16", 300000, scope="cluster")}) is None


def test_a_figure_that_does_not_say_dense_carries_the_caveat() -> None:
    found = derive("derived.tpp", {"compute.fp16": chosen("compute.fp16", 280)})
    assert found is not None
    assert found.caveats == (SPARSITY_UNSAID,)


def test_a_die_is_never_divided_by_a_rack() -> None:
    mixed = {
        "compute.fp16": chosen("compute.fp16", 500, scope="die"),
        "power.tdp": chosen("power.tdp", 9000, scope="rack"),
    }
    assert derive("derived.compute-per-watt.fp16", mixed) is None


def test_what_lacks_an_input_is_missing() -> None:
    assert derive("derived.compute-per-watt.fp16", {"compute.fp16": H100["compute.fp16"]}) is None
    assert derive("derived.tpp", {}) is None
    assert derive("derived.compute-per-watt.fp16", H100 | {"power.tdp": chosen("power.tdp", 0)}) is None
    assert "derived.compute-per-watt.int4" not in derive_all(H100)


def test_a_limit_leaves_the_quotient_open_on_the_side_it_leaves_open() -> None:
    inputs = H100 | {"power.tdp": chosen("power.tdp", 700, bound="at-most")}
    found = derive("derived.compute-per-watt.fp16", inputs)
    assert found is not None
    assert (found.open_low, found.open_high) == (False, True)


def test_an_unknown_derived_metric_is_refused_in_words() -> None:
    with pytest.raises(NotFound, match=r"no derived metric 'derived\.love'"):
        derive("derived.love", H100)


def test_every_derived_metric_has_its_formula_and_source() -> None:
    for one in DERIVED.values():
        assert one.label
        assert one.formula
        assert one.source
        assert one.unit


amounts = st.lists(st.floats(1, 1e6), min_size=1, max_size=3)


def check_within(found: Derivation | None, low: float, high: float) -> None:
    assert found is not None
    assert math.isclose(found.low, low, rel_tol=1e-9)
    assert math.isclose(found.high, high, rel_tol=1e-9)
    assert found.low <= found.value * (1 + 1e-9)
    assert found.value <= found.high * (1 + 1e-9)


@given(amounts, amounts)
def test_the_spread_of_a_quotient_is_that_of_all_combinations(computes: list[float], powers: list[float]) -> None:
    inputs = {"compute.fp16": chosen("compute.fp16", *computes), "power.tdp": chosen("power.tdp", *powers)}
    every = [compute / power for compute in computes for power in powers]
    check_within(derive("derived.compute-per-watt.fp16", inputs), min(every), max(every))


@given(amounts, amounts)
def test_the_spread_of_the_performance_is_that_of_all_combinations(halves: list[float], bytes_: list[float]) -> None:
    inputs = {"compute.fp16": chosen("compute.fp16", *halves), "compute.fp8": chosen("compute.fp8", *bytes_)}
    every = [max(half * 16, byte * 8) for half in halves for byte in bytes_]
    check_within(derive("derived.tpp", inputs), min(every), max(every))
