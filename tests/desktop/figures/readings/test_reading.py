"""Readings of the starter facts: like for like, converted by rule, computed with their spread."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy.orm import Session

import chipscape_db
from chipscape_db.base_file import open_base
from chipscape_db.choice import CONTESTED_BEYOND
from chipscape_db.errors import NotFound
from chipscape_db.filters import Filters
from chipscape_db.metrics import METRICS
from chipscape_db.queries.performance import SeveralRows, performance_of_several
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.options import convention
from chipscape_desktop.figures.readings.quantities import quantities, quantity
from chipscape_desktop.figures.readings.reading import Reading, read

KEYS = tuple(key for key, one in METRICS.items() if one.kind == "number" and "chip" in one.applies_to)


@pytest.fixture(scope="module")
def rows(starter: Path) -> SeveralRows:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        found = performance_of_several(session, Filters(), metric_keys=KEYS)
    base.close()
    return found


@pytest.fixture(scope="module")
def claimed() -> list[dict[str, str]]:
    """The claims as the file of facts has them, read without our own code."""
    path = Path(chipscape_db.__file__).parent / "seed" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def reading(rows: SeveralRows, slug: str, key: str, **options: str) -> Reading:
    subject = next(one for one in rows.subjects if one.brief.slug == slug)
    return read(subject, rows.claims.get(subject.brief.id, {}), quantity(key), convention(options))


def numbers(claimed: list[dict[str, str]], slug: str, metric: str, **wanted: str) -> Any:
    return np.array([
        float(row["value"]) for row in claimed
        if row["subject_id"] == slug and row["metric"] == metric and row["stance"] != "measured"
        and all(row[name] == word for name, word in wanted.items())
    ])  # fmt: skip


def test_compute_per_watt_is_the_quotient_with_the_spread_of_both(
    rows: SeveralRows, claimed: list[dict[str, str]]
) -> None:
    one = reading(rows, "ascend-910b", "derived.compute-per-watt.fp16")
    compute = numbers(claimed, "ascend-910b", "compute.fp16", sparsity="")
    power = numbers(claimed, "ascend-910b", "power.tdp", condition="")
    corners = np.divide.outer(compute, power)
    assert (one.low, one.high) == (pytest.approx(corners.min()), pytest.approx(corners.max()))
    assert one.value == pytest.approx(280 / 310)
    assert one.unsaid
    assert words.derivation(one) == "280\u00a0TFLOPS / 310\u00a0W"


def test_bytes_per_operation_has_its_unit(rows: SeveralRows) -> None:
    one = reading(rows, "nvidia-a100-80gb-sxm", "derived.bytes-per-operation.fp16")
    assert one.value == pytest.approx(2000e9 / 312e12)
    assert quantity(one.quantity.key).unit_words == "bytes/FLOP"


def test_price_turns_over(rows: SeveralRows) -> None:
    for subject in rows.subjects:
        slug = subject.brief.slug
        price, worth = (
            reading(rows, slug, f"derived.{name}.fp16") for name in ("price-per-compute", "compute-per-price")
        )
        if price.value is not None and worth.value is not None:
            assert price.value * worth.value == pytest.approx(1)
            assert price.low * worth.high == pytest.approx(1)


def test_what_was_achieved_is_a_share_of_the_peak(rows: SeveralRows, claimed: list[dict[str, str]]) -> None:
    peak = numbers(claimed, "nvidia-a100-80gb-sxm", "compute.bf16", sparsity="dense")
    one = reading(rows, "nvidia-a100-80gb-sxm", "share.compute.bf16")
    assert one.value == pytest.approx(100 * 271.2 / peak[0])
    measured = reading(rows, "nvidia-a100-80gb-sxm", "achieved.compute.bf16")
    assert measured.value == 271.2
    assert reading(rows, "nvidia-a100-80gb-sxm", "achieved.compute.fp64").value is None


def test_a_sparse_figure_alone_is_halved_and_says_so(rows: SeveralRows) -> None:
    kept = [reading(rows, one.brief.slug, "compute.fp16", convert="off") for one in rows.subjects]
    converted = [reading(rows, one.brief.slug, "compute.fp16") for one in rows.subjects]
    marked = [one for one in converted if one.converted]
    assert marked
    for one in marked:
        claim = next(row for row in rows.claims[one.subject.brief.id]["compute.fp16"] if row.id == one.rows[0].id)
        assert claim.sparsity == "sparse"
        assert one.value == pytest.approx(float(claim.value) / 2)
        assert "half" in words.derivation(one)
        assert words.CONVERTED in words.told(one)
    assert not any(one.converted for one in kept)
    for before, after in zip(kept, converted, strict=True):
        if before.value is not None and not before.unsaid:
            assert after.value == before.value


def test_both_directions_are_halved_where_one_is_asked_for(rows: SeveralRows) -> None:
    found = [reading(rows, one.brief.slug, "interconnect.bandwidth", direction="one") for one in rows.subjects]
    halved = [one for one in found if one.converted]
    assert halved
    for one in halved:
        claim = next(
            row for row in rows.claims[one.subject.brief.id]["interconnect.bandwidth"] if row.id == one.rows[0].id
        )
        assert claim.direction == "both"
        assert one.value == pytest.approx(float(claim.value) / 2)


@pytest.mark.parametrize("key", list(quantities()))
def test_every_quantity_can_be_read_and_its_value_lies_in_its_range(rows: SeveralRows, key: str) -> None:
    for subject in rows.subjects:
        one = read(subject, rows.claims.get(subject.brief.id, {}), quantity(key), convention({}))
        if one.value is None:
            assert words.why(one, convention({}))
            continue
        assert one.rows
        assert one.chosen_rows
        if one.limit == 0:
            assert one.low <= one.value * (1 + 1e-9)
            assert one.value <= one.high * (1 + 1e-9)
        assert one.contested == (one.high > one.low * (1 + CONTESTED_BEYOND)) or one.quantity.kind == "metric"
        assert 1 <= one.sources <= len(one.rows)


@pytest.mark.parametrize("rule", ["maker", "measured-first", "conservative", "optimistic"])
def test_the_rule_moves_the_value_within_what_is_claimed(rows: SeveralRows, rule: str) -> None:
    one = reading(rows, "ascend-910b", "compute.fp16", rule=rule)
    expected = {"maker": 280, "measured-first": 313.182, "conservative": 256, "optimistic": 320}
    assert one.value == expected[rule]


def test_an_unknown_quantity_is_named() -> None:
    with pytest.raises(NotFound, match="compute\\.fp12"):
        quantity("compute.fp12")


def test_a_measurement_made_later_is_not_known_yet(starter: Path) -> None:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        early = performance_of_several(session, Filters(as_of=date(2022, 12, 31)), metric_keys=KEYS)
    base.close()
    one = reading(early, "ascend-910b", "achieved.compute.fp16")
    assert (one.value, one.why) == (None, "later")
    assert words.why(one, convention({})) == "not known yet on that date"
