from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.metrics import METRICS, metric
from chipscape_db.spoken_quantity import split_conventions
from chipscape_db.units import parse_quantity


@pytest.mark.parametrize(
    ("text", "key", "lang", "value", "told"),
    [
        ("312 TFLOPS dense", "compute.fp16", "en", "312", {"sparsity": "dense"}),
        ("624 TFLOPS with sparsity", "compute.fp16", "en", "624", {"sparsity": "sparse"}),
        ("1979 TFLOPS (sparse)", "compute.fp8", "en", "1979", {"sparsity": "sparse"}),
        ("989 TFLOPS without sparsity", "compute.fp16", "en", "989", {"sparsity": "dense"}),
        ("320 TFLOPS dense, tensor cores", "compute.fp16", "en", "320", {"sparsity": "dense", "engine": "matrix"}),
        ("3.2 TB/s", "memory.bandwidth", "en", "3200", {}),
        ("1,2 To/s", "memory.bandwidth", "fr", "1200", {}),
        ("environ 400 W", "power.tdp", "fr", "400", {"bound": "about"}),
        ("~400 W", "power.tdp", "en", "400", {"bound": "about"}),
        ("up to 1.2 PFLOPS dense", "compute.fp16", "en", "1200", {"bound": "at-most", "sparsity": "dense"}),
        ("au moins 64 Go", "memory.capacity", "fr", "64", {"bound": "at-least"}),
        ("jusqu\u2019\u00e0 1,2 To/s", "memory.bandwidth", "fr", "1200", {"bound": "at-most"}),
        ("900 GB/s bidirectional", "interconnect.bandwidth", "en", "900", {"direction": "both"}),
        ("450 GB/s per direction", "interconnect.bandwidth", "en", "450", {"direction": "one"}),
        ("160 TFLOPS per die", "compute.fp16", "en", "160", {"scope": "die"}),
    ],
)
def test_words_around_a_quantity_are_its_conventions(text, key, lang, value, told):
    rest, found = split_conventions(text, metric(key))
    assert found == told
    assert parse_quantity(rest, metric(key), lang=lang) == Decimal(value)


def test_conventions_that_a_metric_does_not_have_are_left_to_be_refused():
    assert split_conventions("80 GB dense", metric("memory.capacity")) == ("80 GB dense", {})
    assert split_conventions("HBM2e dense", metric("memory.type")) == ("HBM2e dense", {})


@given(st.sampled_from(sorted(METRICS)), st.integers(0, 10**6))
def test_a_plain_number_is_left_alone(key, number):
    assert split_conventions(str(number), metric(key)) == (str(number), {})


@given(st.text(max_size=40))
def test_any_text_is_taken(text):
    for key in ("compute.fp16", "interconnect.bandwidth"):
        split_conventions(text, metric(key))
