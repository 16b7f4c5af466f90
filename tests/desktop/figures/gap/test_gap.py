"""The gap, beside an independent computation on the exported CSV of performance over time."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import Invalid
from chipscape_db.spoken_date import understand
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.drawing import Marks, Polyline, Text
from chipscape_desktop.figures.gap.measure import DAYS_PER_MONTH, Entry, Side, moments
from chipscape_desktop.figures.gap.options import REST, Options, gap_metrics, parse
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure


def middle(text: str) -> float:
    """Return the middle of the days that a date of the table may mean, since 1970."""
    return understand(text, "en").midpoint_day()


def sides(rows: list[dict[str, str]], unit: str) -> tuple[list[Any], list[Any]]:
    """Return (day, value, least, most) of the Chinese chips and of the others from the CSV of the other figure."""
    found: tuple[list[Any], list[Any]] = ([], [])
    for row in rows:
        if not row[unit] or not row["Date"] or "announced" in row["Note"]:
            continue
        numbers = (middle(row["Date"]), *(float(row[name]) for name in (unit, "Least claimed", "Most claimed")))
        found[0 if row["Country"] == "China" else 1].append((row["Name"], *numbers))
    return found


@pytest.mark.parametrize("metric", ["compute.fp16", "compute.int8", "memory.bandwidth"])
def test_ratios_and_lags_are_those_of_numpy_on_the_exported_data(built: Any, dumped: Any, metric: str) -> None:
    performance = dumped("performance-over-time", built("performance-over-time", metric=metric))
    unit = next(name for name in performance[0] if name.endswith(")"))
    gap = dumped("gap", built("gap", metric=metric))
    wafers = ("Cerebras WSE",)  # whole wafers set no record
    own, other = ([one for one in side if not one[0].startswith(wafers)] for side in sides(performance, unit))
    assert len(gap) > 5
    checked = 0
    for row in gap:
        day = middle(row["Date"]) + 0.6  # the table rounds the middle of a vague date to a day
        bests = []
        for side in (own, other):
            there = np.array([one[1:] for one in side if one[1] <= day])
            bests.append(there[:, 1:].max(axis=0))
        limits = {row["Best of China"], row["Best of everyone else"]}
        if row[f"China: {unit}"] != f"{bests[0][0]:.15g}" or row[f"everyone else: {unit}"] != f"{bests[1][0]:.15g}":
            pytest.fail(f"{row['Date']}: {limits} are not the best: {bests}")
        ratio = bests[0] / np.array([bests[1][0], bests[1][2], bests[1][1]])
        assert [float(row[name]) for name in ("Ratio", "Ratio, least", "Ratio, most")] == pytest.approx(ratio.tolist())
        for name, mine, theirs in (("Lag (months)", 0, 0), ("Lag, least", 2, 1), ("Lag, most", 1, 2)):
            assert float(row[name]) == pytest.approx(months_behind(own, other, day, mine, theirs), abs=0.06), (
                row["Date"],
                name,
            )
            checked += 1
    assert checked >= 15


def months_behind(own: list[Any], other: list[Any], day: float, mine: int, theirs: int) -> float:
    """Return the lag from lists of (name, day, value, least, most), the plain way."""
    first = np.array([(one[1], one[2 + mine]) for one in own if one[1] <= day])
    second = np.array([(one[1], one[2 + theirs]) for one in other if one[1] <= day])
    a, b = first[:, 1].max(), second[:, 1].max()
    if np.isclose(a, b, rtol=1e-9):
        return 0.0
    if a < b:
        return float(day - second[second[:, 1] >= a][:, 0].min()) / DAYS_PER_MONTH
    return -float(day - first[first[:, 1] >= b][:, 0].min()) / DAYS_PER_MONTH


def test_the_notes_answer_for_today_and_for_two_years_before(built: Any) -> None:
    notes = built("gap").caption.notes
    assert notes[0].startswith("30 June 2026: ")
    assert notes[1].startswith("30 June 2024: ")
    assert all("lag" in note and "months" in note for note in notes[:2])


ENTRIES = st.lists(
    st.tuples(st.integers(0, 3000), st.floats(1, 1e4), st.floats(0.5, 1), st.floats(1, 2)), min_size=1, max_size=12
)


def side(found: list[tuple[int, float, float, float]], *, lower: bool) -> Side:
    return Side(
        [Entry(str(i), float(day), v, v * a, v * b) for i, (day, v, a, b) in enumerate(found)], lower_is_better=lower
    )


@given(ENTRIES, ENTRIES, st.booleans())
def test_the_gap_lies_within_its_band_whatever_the_facts(first: Any, second: Any, lower: bool) -> None:
    for one in moments(side(first, lower=lower), side(second, lower=lower), until=3000.0):
        assert one.ratio_low <= one.ratio * (1 + 1e-9)
        assert one.ratio <= one.ratio_high * (1 + 1e-9)
        assert one.lag_low.months <= one.lag.months + 1e-6 <= one.lag_high.months + 2e-6


@given(ENTRIES, ENTRIES)
def test_seen_from_the_other_side_the_gap_is_the_inverse(first: Any, second: Any) -> None:
    one, other = side(first, lower=False), side(second, lower=False)
    for here, there in zip(moments(one, other, until=3000.0), moments(other, one, until=3000.0), strict=True):
        assert here.ratio == pytest.approx(1 / there.ratio)
        assert here.lag.months == pytest.approx(-there.lag.months)


def test_less_is_better_for_some_metrics_and_the_ratio_says_so() -> None:
    good, bad = side([(0, 100.0, 1.0, 1.0)], lower=True), side([(0, 400.0, 1.0, 1.0)], lower=True)
    assert moments(good, bad, until=0.0)[0].ratio == pytest.approx(4.0)


def test_a_maker_stands_in_for_a_country(built: Any) -> None:
    spec = built("gap", home_maker="huawei", away_maker="nvidia")
    assert "Huawei" in spec.caption.title
    assert "Nvidia" in spec.caption.title
    assert {"home", "away"} <= figure("gap").idle_options({"home_maker": "huawei", "away_maker": "nvidia"})  # type: ignore[attr-defined]
    assert {row[1].split()[0] for row in spec.table.rows} == {"Ascend"}
    assert {row[5].split()[0] for row in spec.table.rows} == {"Nvidia"}


def test_every_mark_opens_its_chip_and_claims(built: Any) -> None:
    spec = built("gap")
    for panel in spec.panels:
        assert panel.spots
        assert all(spot.ref.kind == "record" and len(spot.ref.ids) > 1 for spot in panel.spots)


def test_the_figure_draws_both_panels_within_its_size(built: Any) -> None:
    spec = built("gap")
    for size in ((1366.0, 700.0), (520.0, 420.0)):
        drawing = figure("gap").layout(spec, size=size, palette=LIGHT, measure=default_measure())
        items = [item for layer in drawing.layers for item in layer.items]
        assert any(isinstance(item, Marks) for item in items)
        assert any(isinstance(item, Polyline) for item in items)
        texts = [item for item in items if isinstance(item, Text)]
        assert all(0 <= text.x <= size[0] and 0 <= text.y <= size[1] for text in texts)


def test_a_side_without_chips_is_named(built: Any) -> None:
    spec = built("gap", home="DE")
    assert not spec.table.rows
    assert "Germany" in spec.empty


def test_options_that_are_none_are_refused() -> None:
    assert isinstance(parse({}), Options)
    assert parse({}).away == REST
    assert "die.area" not in gap_metrics()
    with pytest.raises(Invalid):
        parse({"metric": "die.area"})
    with pytest.raises(Invalid):
        parse({"home": "XX"})
    with pytest.raises(Invalid):
        parse({"nothing": "at all"})
