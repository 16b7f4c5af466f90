"""The registry against its contract, and quantities as people write them."""

import re
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db import vocabulary
from chipscape_db.errors import NotFound
from chipscape_db.metrics import COMPUTE_METRICS, GROUP_LABELS, METRICS, PEAK_METRICS, metric, metrics_of
from chipscape_db.units import BadQuantity, canonical, parse_quantity

CONTRACT = (files("chipscape_db") / "seed" / "README.md").read_text(encoding="utf-8")
NUMBER = re.compile(r"(0|[1-9]\d*)(\.\d*[1-9])?(e\+\d+)?")


def test_metrics_and_units_are_those_of_the_contract() -> None:
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", CONTRACT[CONTRACT.index("## Metrics") :], re.M)
    expected = {
        key: (re.findall("`([^`]+)`", unit) or [""])[0] for keys, unit in rows for key in re.findall("`([^`]+)`", keys)
    }
    assert {key: one.unit for key, one in METRICS.items()} == expected


def test_every_metric_is_of_some_kind_of_record_and_in_a_named_group() -> None:
    for one in METRICS.values():
        assert one.applies_to
        assert set(one.applies_to) <= set(vocabulary.RECORD_KINDS)
        assert one.label
        assert one.group in GROUP_LABELS
        assert (one.kind == "text") == (one.unit == "")
        assert one.is_compute == one.key.startswith("compute.")
    assert [one.key for one in metrics_of("organization")] == ["production.volume", "org.revenue", "org.market-share"]


def test_peaks_are_compute_and_bandwidths() -> None:
    assert set(PEAK_METRICS) == {*COMPUTE_METRICS, "memory.bandwidth", "interconnect.bandwidth"}


def test_an_unknown_metric_is_refused_in_words() -> None:
    with pytest.raises(NotFound, match=r"no metric 'compute\.fp12'"):
        metric("compute.fp12")


@pytest.mark.parametrize(
    ("text", "key", "lang", "value"),
    [
        ("3.2 TB/s", "memory.bandwidth", "en", "3200"),
        ("1,2 To/s", "memory.bandwidth", "fr", "1200"),
        ("1.2 TBps", "memory.bandwidth", "en", "1200"),
        ("800 Gb/s", "interconnect.bandwidth", "en", "100"),
        ("1 GiB/s", "memory.bandwidth", "en", "1.073741824"),
        ("80 GB", "memory.capacity", "en", "80"),
        ("80GB", "memory.capacity", "en", "80"),
        ("64 Go", "memory.capacity", "fr", "64"),
        ("1 TB", "memory.capacity", "en", "1000"),
        ("312 TFLOPS", "compute.fp16", "en", "312"),
        ("312 tflops", "compute.fp16", "en", "312"),
        ("1.979 PFLOPS", "compute.fp8", "en", "1979"),
        ("1 PFLOP/s", "compute.fp8", "en", "1000"),
        ("320 TOPS", "compute.fp16", "en", "320"),
        ("1.3 POPS", "compute.int8", "en", "1300"),
        ("700 W", "power.tdp", "en", "700"),
        ("1.2 kW", "power.tdp", "en", "1200"),
        ("826 mm²", "die.area", "en", "826"),
        ("54.2 billion", "die.transistors", "en", "54.2"),
        ("54,2 milliards", "die.transistors", "fr", "54.2"),
        ("54.2", "die.transistors", "en", "54.2"),
        ("54200 million transistors", "die.transistors", "en", "54.2"),
        ("7 nm", "process.node", "en", "7"),
        ("0.7B", "model.parameters", "en", "0.7"),
        ("15T tokens", "model.training-tokens", "en", "15"),
        ("128k", "model.context", "en", "128000"),
        ("3.8e25 FLOP", "model.training-compute", "en", "3.8e25"),
        ("3,8 × 10^25 FLOP", "model.training-compute", "fr", "3.8e25"),
        ("3.8×10²⁵", "model.training-compute", "en", "3.8e25"),
        ("$2.5 billion", "org.revenue", "en", "2.5e9"),
        ("2,5 milliards de dollars", "org.revenue", "fr", "2.5e9"),
        ("US$ 30,000", "price", "en", "30000"),
        ("10 000 $", "price", "fr", "10000"),
        ("805,000", "production.volume", "en", "805000"),
        ("805 000 puces par an", "production.volume", "fr", "805000"),
        ("1,234.5 W", "power.tdp", "en", "1234.5"),
        ("1.234,5 W", "power.tdp", "en", "1234.5"),
        ("1,200 W", "power.tdp", "en", "1200"),
        ("1,200 W", "power.tdp", "fr", "1.2"),
        ("0,125", "power.tdp", "en", "0.125"),
        ("42 %", "org.market-share", "fr", "42"),
    ],
)
def test_quantities_are_read_exactly(text: str, key: str, lang: str, value: str) -> None:
    assert parse_quantity(text, metric(key), lang=lang) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "key", "lang", "words"),
    [
        ("", "power.tdp", "en", "is not a quantity"),
        ("many", "power.tdp", "en", "write a number with its unit, such as 12 W"),
        ("-5 W", "power.tdp", "en", "is not a quantity"),
        ("1,2,3", "power.tdp", "en", "no number that can be read"),
        ("80 gb/s", "memory.bandwidth", "en", "bits or bytes"),
        ("80 GB", "memory.bandwidth", "en", "not in a unit of memory.bandwidth"),
        ("512 TFLOPS", "compute.int8", "en", "not in a unit of compute.int8"),
        ("700 horsepower", "power.tdp", "en", "is not known"),
        ("10 €", "price", "en", "is not known"),
        ("5 billions", "org.revenue", "fr", "milliards"),
        ("1e999999999", "price", "en", "no number that can be read"),
        ("HBM2E", "memory.type", "en", "is a text"),
    ],
)
def test_what_is_no_quantity_is_refused_in_words(text: str, key: str, lang: str, words: str) -> None:
    with pytest.raises(BadQuantity) as caught:
        parse_quantity(text, metric(key), lang=lang)
    assert words in str(caught.value)
    assert caught.value.field == "value"


@given(
    st.one_of(st.text(max_size=30), st.text("0123456789 ,.'eE^×x10⁰²kMGTBbo/sW$%", max_size=30)),
    st.sampled_from(sorted(METRICS)),
    st.sampled_from(["en", "fr"]),
)
def test_any_text_is_a_quantity_or_a_fault_in_words(text: str, key: str, lang: str) -> None:
    try:
        value = parse_quantity(text, metric(key), lang=lang)
    except BadQuantity:
        return
    assert NUMBER.fullmatch(canonical(value))


@given(st.decimals(min_value=0, max_value=Decimal("1e40"), allow_nan=False, allow_infinity=False))
def test_the_canonical_text_is_exact_and_in_the_form_of_the_contract(value: Decimal) -> None:
    text = canonical(value)
    assert NUMBER.fullmatch(text)
    assert Decimal(text) == value
    assert canonical(Decimal(text)) == text


@given(st.integers(0, 10**24), st.integers(0, 12), st.sampled_from(["price", "power.tdp", "model.training-compute"]))
def test_a_canonical_text_is_read_back_as_the_same_number(digits: int, places: int, key: str) -> None:
    value = Decimal(digits).scaleb(-places)
    assert parse_quantity(canonical(value), metric(key)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0"), ("0.0", "0"), ("100", "100"), ("1E+2", "100"), ("313.1820", "313.182"), ("0.0070", "0.007"),
     ("118600000000", "118600000000"), ("4.51E+23", "4.51e+23"), ("1e15", "1e+15"), ("1234567890123456.5", None)],
)  # fmt: skip
def test_canonical_texts(value: str, text: str | None) -> None:
    assert canonical(Decimal(value)) == (text or "1.2345678901234565e+15")


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity"])
def test_what_is_no_quantity_has_no_canonical_text(value: str) -> None:
    with pytest.raises(BadQuantity):
        canonical(Decimal(value))
