"""Computed values in the inspector: derivation trees with links to the claims, and conversions by rule."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.models import Record
from chipscape_db.queries.claims import MetricValue
from chipscape_db.queries.dossier import record_dossier
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.shell.inspector.computed_page import SHOW_ALL, computed


@pytest.fixture(scope="module")
def values_of(starter: Path):
    def read(slug: str, rule: str = "written") -> tuple[MetricValue, ...]:
        base = open_base(starter, write=False)
        with Session(base.engine) as session:
            id_ = session.scalars(select(Record.id).where(Record.slug == slug)).one()
            found = record_dossier(session, id_, language="en", rule=rule)
        base.close()
        assert found is not None
        return found.values

    return read


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).replace("&nbsp;", " ")


def test_compute_per_watt_shows_its_inputs_with_ranges_and_links(values_of):
    html = computed(values_of("ascend-910b"), LIGHT, everything=False)
    text = plain(html)
    assert "0.903\u00a0TFLOPS/W (0.826–1.032) · Compute per watt, FP16" in text
    assert "compute / power (by definition: the quotient of two specified peaks)" in text
    assert "FP16 compute 280\u00a0TFLOPS (256–320)" in text
    assert "href='claims:power.tdp'" in html
    assert "an input does not say whether it is dense" in text


def test_total_processing_performance_names_the_input_that_decides(values_of):
    text = plain(computed(values_of("nvidia-a100-80gb-sxm"), LIGHT, everything=False))
    assert "Total Processing Performance" in text
    assert "× 16 bits = 4,992" in text
    assert "● " in text


def test_what_was_measured_is_a_share_of_the_peak(values_of):
    text = plain(computed(values_of("nvidia-a100-80gb-sxm"), LIGHT, everything=True))
    assert "86.92\u00a0% · BF16 compute, measured over peak" in text


def test_all_formats_are_shown_when_asked_for(values_of):
    values = values_of("ascend-910b")
    few, many = (computed(values, LIGHT, everything=everything) for everything in (False, True))
    assert SHOW_ALL in few
    assert SHOW_ALL not in many
    assert len(many) > len(few)


def test_the_rule_of_the_figure_holds_in_the_tree(values_of):
    assert "320\u00a0TFLOPS" in plain(computed(values_of("ascend-910b", "optimistic"), LIGHT, everything=False))


def test_a_conversion_is_explained(values_of):
    text = plain(computed(values_of("cerebras-wse-3"), LIGHT, everything=False))
    assert "converted from 125,000\u00a0TFLOPS: 2:1 sparsity: the dense figure is half of the sparse one" in text


def test_nothing_is_computed_of_nothing():
    assert computed((), LIGHT, everything=False) == ""
