"""Is the Ascend 910B an A100? The comparison on the starter facts, checked against the file of facts."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import chipscape_db
from chipscape_db.errors import Invalid, NotFound
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.comparison.options import METRICS, parse
from chipscape_desktop.figures.comparison.spec import ComparisonSpec
from chipscape_desktop.figures.drawing import Marks, Text
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.figures.palette import PRINT
from chipscape_desktop.figures.text import default_measure

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]
FIGURE = figure("comparison")
ASKED = ("FP16 compute", "INT8 compute", "Memory capacity", "Memory bandwidth", "Power (TDP)")


def claims(slug: str, metric: str) -> list[dict[str, str]]:
    path = Path(chipscape_db.__file__).parent / "seed" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            row for row in csv.DictReader(stream)
            if row["subject_id"] == slug and row["metric"] == metric and row["stance"] != "measured"
            and not row["condition"] and row["sparsity"] != "sparse"
        ]  # fmt: skip


def test_the_910b_stands_beside_the_a100_with_ranges_and_sources(built: Built, dumped: Dumped) -> None:
    spec = built("comparison", "")
    rows = {(row["Metric"], row["Name"]): row for row in dumped("comparison", spec)}
    keys = dict(
        zip(ASKED, ("compute.fp16", "compute.int8", "memory.capacity", "memory.bandwidth", "power.tdp"), strict=True)
    )
    listed = {str(source.number) for source in spec.caption.sources}
    for name, key in keys.items():
        ascend, nvidia = rows[name, "Ascend 910B"], rows[name, "Nvidia A100 80GB SXM"]
        for slug, row in (("ascend-910b", ascend), ("nvidia-a100-80gb-sxm", nvidia)):
            values = np.array([float(one["value"]) for one in claims(slug, key)])
            assert float(row["Value"]) in values
            assert (float(row["Least claimed"]), float(row["Most claimed"])) == (values.min(), values.max())
            assert row["Sources"]
            assert set(row["Sources"].split(", ")) <= listed
        low, high = (
            np.array([float(row[end]) for row in (ascend, nvidia)]) for end in ("Least claimed", "Most claimed")
        )
        assert float(ascend["Share of the baseline (%)"]) == pytest.approx(
            100 * float(ascend["Value"]) / float(nvidia["Value"])
        )
        assert float(ascend["Least share (%)"]) == pytest.approx(100 * low[0] / high[1])
        assert float(ascend["Greatest share (%)"]) == pytest.approx(100 * high[0] / low[1])


def test_marks_stand_at_their_shares_and_open_their_claims(built: Built) -> None:
    spec: ComparisonSpec = built("comparison", "")
    drawing = FIGURE.layout(spec, size=(1000.0, 640.0), palette=PRINT, measure=default_measure())
    marks = [
        item for layer in drawing.layers if layer.name == "marks" for item in layer.items if isinstance(item, Marks)
    ]
    values = [line for line in spec.lines if not line.head]
    assert len(marks) == len(values)
    span = spec.home.x[1] - spec.home.x[0]
    for line, item in zip(values, marks, strict=True):
        assert item.refs[0] == line.ref
        assert line.ref is not None
        assert len(line.ref.ids) > 1
        if line.share is not None:
            assert item.x[0] == pytest.approx(
                drawing.plot.x + (line.share - spec.home.x[0]) / span * drawing.plot.width
            )
    walk = Walk(drawing)
    assert all(walk.position(line.ref) is not None for line in values if line.ref is not None)


def test_two_colours_are_two_shapes_as_well(built: Built) -> None:
    spec = built("comparison", "", chips="ascend-910b,ascend-910c,nvidia-h20")
    looks = {(line.name, line.colour, line.shape) for line in spec.lines if not line.head}
    assert len({shape for _name, _colour, shape in looks}) == len(looks) == 4


def test_a_missing_value_says_why_and_a_missing_baseline_leaves_the_value(built: Built) -> None:
    spec = built("comparison", "", chips="ascend-910c", metrics="compute.int8")
    line = next(one for one in spec.lines if one.name == "Ascend 910C")
    assert line.share is None
    assert line.text.startswith("missing: ")
    spec = built("comparison", "", baseline="ascend-910c", chips="ascend-910b", metrics="compute.int8")
    line = next(one for one in spec.lines if one.name == "Ascend 910B")
    assert line.share is None
    assert line.text.startswith("560\u00a0TOPS")
    drawing = FIGURE.layout(spec, size=(776.0, 620.0), palette=PRINT, measure=default_measure())
    told = [item.text for layer in drawing.layers for item in layer.items if isinstance(item, Text)]
    assert "nothing to compare it with" in told
    assert any(text.startswith(line.text) for text in told)  # whole, not shortened


def test_the_filters_do_not_take_named_chips_away(built: Built) -> None:
    spec = built("comparison", "", baseline="", chips="ascend-910b")
    assert spec.empty
    assert "no-such-chip" in built("comparison", "", chips="no-such-chip").caption.notes[0]


@pytest.mark.parametrize("form", ["dumbbell", "bars"])
@pytest.mark.parametrize("scale", ["linear", "log"])
def test_it_is_drawn_in_every_form(built: Built, form: str, scale: str) -> None:
    spec = built("comparison", "", form=form, scale=scale, metrics=f"{METRICS},derived.compute-per-watt.fp16")
    drawing = FIGURE.layout(spec, size=(776.0, 620.0), palette=PRINT, measure=default_measure())
    texts = " ".join(item.text for layer in drawing.layers for item in layer.items if isinstance(item, Text))
    assert "90%" in texts
    assert "Compute per watt" in texts


def test_words_that_are_none_are_refused() -> None:
    with pytest.raises(Invalid):
        parse({"form": "pie"})
    with pytest.raises(NotFound):
        parse({"metrics": "compute.fp12"})


def test_what_was_told_later_is_not_said_to_be_unknown(built: Built, dumped: Dumped) -> None:
    early = {row["Metric"]: row for row in dumped("comparison", built("comparison", "2021-06-01"))}
    assert claims("nvidia-a100-80gb-sxm", "compute.fp16")
    assert early["FP16 compute"]["Note"] == "missing: not known yet on that date"
    today = {row["Metric"]: row for row in dumped("comparison", built("comparison", ""))}
    assert today["FP16 compute"]["Value"]
    eights = dumped("comparison", built("comparison", "2021-06-01", metrics="compute.fp8"))
    assert [row["Note"] for row in eights] == ["missing: nobody in the base gives a figure"]


def test_chips_later_than_the_date_are_told_apart_from_unknown_ones(built: Built) -> None:
    spec: ComparisonSpec = built("comparison", "2021-06-01", chips="ascend-910b,no-such-chip")
    assert spec.caption.notes[:2] == (
        "Not there yet on that date: Ascend 910B.", "Not in this fact base: no-such-chip.",
    )  # fmt: skip
    nothing: ComparisonSpec = built("comparison", "2021-06-01", baseline="ascend-910b")
    assert nothing.empty == "Ascend 910B was not there yet on that date."
