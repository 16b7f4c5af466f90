"""Conversions between conventions: only by a stated rule, and back to where one came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.conventions import Convention
from chipscape_db.conversions import RULE_LABELS, convert
from chipscape_db.metrics import COMPUTE_METRICS, METRICS


def test_a_sparse_figure_is_halved():
    found = convert(Convention(sparsity="sparse"), METRICS["compute.fp16"], sparsity="dense")
    assert found.factor == 0.5
    assert found.after == Convention(sparsity="dense")
    assert [step.rule for step in found.steps] == ["dense-from-sparse"]


@pytest.mark.parametrize("key", ["compute.fp32", "compute.fp64"])
def test_long_formats_have_no_sparsity(key):
    assert convert(Convention(sparsity="sparse"), METRICS[key], sparsity="dense") is None


@pytest.mark.parametrize("sparsity", ["dense", None])
def test_what_is_dense_or_does_not_say_is_not_converted(sparsity):
    assert convert(Convention(sparsity=sparsity), METRICS["compute.fp16"], sparsity="dense") is None


def test_one_direction_and_both_undo_each_other():
    link = METRICS["interconnect.bandwidth"]
    there = convert(Convention(direction="one"), link, direction="both")
    back = convert(there.after, link, direction="one")
    assert there.factor * back.factor == 1
    assert back.after == Convention(direction="one")
    assert convert(Convention(direction="unsaid"), link, direction="both") is None


@given(count=st.integers(2, 5000), scope=st.sampled_from(["node", "rack", "cluster", "board"]))
def test_a_system_is_shared_out_among_its_units(count, scope):
    found = convert(Convention(scope=scope, scope_count=count), METRICS["memory.capacity"], scopes=(None, "package"))
    assert found.factor * count == pytest.approx(1)
    assert found.after == Convention()


def test_a_system_of_unknown_size_is_not_shared_out():
    memory = METRICS["memory.capacity"]
    assert convert(Convention(scope="node"), memory, scopes=(None, "package")) is None
    node = Convention(scope="node", scope_count=8)
    for key in ("power.tdp", "interconnect.bandwidth", "price"):
        assert convert(node, METRICS[key], scopes=(None, "package")) is None
    assert convert(Convention(scope="die", scope_count=2), memory, scopes=(None, "package")) is None


@pytest.mark.parametrize("key", COMPUTE_METRICS)
def test_several_steps_multiply(key):
    sparse = Convention(sparsity="sparse", scope="node", scope_count=8)
    found = convert(sparse, METRICS[key], sparsity="dense", scopes=(None, "package"))
    if METRICS[key].bits < 32:
        assert found.factor == 1 / 16
        assert {step.rule for step in found.steps} <= set(RULE_LABELS)
    else:
        assert found is None
