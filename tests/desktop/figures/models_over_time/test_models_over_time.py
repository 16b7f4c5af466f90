"""Models over time: doubling times beside scipy on the exported CSV."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from chipscape_db.errors import Invalid
from chipscape_db.spoken_date import understand
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.models_over_time.build import largest_so_far
from chipscape_desktop.figures.models_over_time.options import parse
from chipscape_desktop.figures.palette import DARK
from chipscape_desktop.figures.text import default_measure

MONTH = 365.2425 / 12


def points(rows: list[dict[str, str]], metric: str, country: str) -> tuple[Any, Any]:
    """Return the days and values of one country's models from the CSV, in order of days; limits excluded."""
    found = []
    for row in rows:
        if row["Metric"] == metric and row["Country"] == country and row["Value"] and not row["Note"]:
            found.append((understand(row["Date"], "en").midpoint_day(), float(row["Value"])))
    days, values = zip(*sorted(found, key=lambda pair: (pair[0], -pair[1])), strict=True)
    return np.array(days), np.array(values)


@pytest.mark.parametrize(("metric", "place"), [("Training compute", 0), ("Parameters", 1)])
@pytest.mark.parametrize("country", ["China", "United States"])
@pytest.mark.parametrize("fit", ["largest", "every"])
def test_doubling_times_are_those_of_scipy_on_the_csv(
    built: Any, dumped: Any, metric: str, place: int, country: str, fit: str
) -> None:
    spec = built("models-over-time", fit=fit)
    days, values = points(dumped("models-over-time", spec), metric, country)
    if fit == "largest":
        before = np.concatenate([[0.0], np.maximum.accumulate(values)[:-1]])
        days, values = days[values > before], values[values > before]
    if len(days) < 4:  # too few for an interval
        assert not any(one.label.startswith(country) for one in spec.panels[place].lines)
        return
    line = stats.linregress(days, np.log2(values))
    months = 1 / line.slope / MONTH
    shown = next(one for one in spec.panels[place].lines if one.label.startswith(country))
    slope = np.log2(shown.y[1] / shown.y[0]) / (shown.x[1] - shown.x[0])
    assert 1 / slope / MONTH == pytest.approx(months)
    factor = "×2" if line.slope > 0 else "½"
    assert any(f"{factor} in {abs(months):{digits}} " in shown.label for digits in (".0f", ".1f"))
    reach = stats.t.ppf(0.975, len(days) - 2) * line.stderr
    note = spec.caption.notes[place]
    least = 1 / (abs(line.slope) + reach) / MONTH
    assert f"{least:.0f}" in note or f"{least:.1f}" in note
    assert f"n = {len(days)}" in note


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 1000)), min_size=1, max_size=30))
def test_records_grow_and_end_with_the_largest(pairs: list[tuple[int, int]]) -> None:
    found = largest_so_far([(float(day), float(value)) for day, value in pairs])
    assert [pair[1] for pair in found] == sorted({pair[1] for pair in found})
    assert found[-1][1] == max(value for _day, value in pairs)
    for day, value in pairs:
        best = max((one[1] for one in found if one[0] <= day), default=0)
        assert best >= value


@pytest.mark.parametrize("colour", ["country", "openness", "all"])
def test_every_colour_has_its_meaning_in_the_legend(built: Any, colour: str) -> None:
    spec = built("models-over-time", colour=colour)
    told = {entry.colour for entry in spec.caption.legend}
    assert {spot.colour for panel in spec.panels for spot in panel.spots} <= told
    drawing = figure("models-over-time").layout(spec, size=(900.0, 560.0), palette=DARK, measure=default_measure())
    assert {layer.name for layer in drawing.layers} >= {"values-0", "values-1", "lines-0", "labels"}


def test_one_metric_alone_and_every_mark_opens_its_claims(built: Any) -> None:
    spec = built("models-over-time", show="model.context")
    assert len(spec.panels) == 1
    assert all(len(spot.ref.ids) > 1 for spot in spec.panels[0].spots)
    assert spec.panels[0].spots
    with pytest.raises(Invalid):
        parse({"show": "power.tdp"})


def test_missing_models_are_counted_and_in_the_table(built: Any) -> None:
    spec = built("models-over-time")
    missing = [row for row in spec.table.rows if row[-1].startswith("missing")]
    assert missing
    assert any("without a figure" in note for note in spec.caption.notes)
    marks = [mark.ref.title for panel in spec.panels for mark in panel.absent]
    assert len(marks) <= len(missing)
    assert all("missing" in title for title in marks)
    drawing = figure("models-over-time").layout(spec, size=(1366.0, 700.0), palette=DARK, measure=default_measure())
    names = {layer.name for layer in drawing.layers}
    assert {"missing-0", "missing-1"} <= names
    assert built("models-over-time", as_of="2001-01-01").empty
