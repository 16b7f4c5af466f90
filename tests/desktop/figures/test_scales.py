import math
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chipscape_desktop.figures.scales import LinearScale, LogScale, NumberStyle, nice_step, short_number
from chipscape_desktop.figures.time_scale import Form, TimeScale, calendar_words, day_number, day_of

numbers = st.floats(-1e9, 1e9, allow_nan=False)
positive = st.floats(1e-12, 1e26)


def text_width(text: str) -> float:
    return 7.0 * len(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1, "1"), (950, "950"), (1000, "1k"), (1500, "1.5k"), (10_000, "10k"), (1e6, "1M"), (2.5e9, "2.5B"),
        (-40, "−40"), (0.05, "0.05"), (0.001, "0.001"), (1e24, "10²⁴"), (2e24, "2×10²⁴"), (1e-7, "10⁻⁷"),
        (999.99, "1k"), (999_999.9, "1M"),
    ],
)  # fmt: skip
def test_short_numbers_read_as_on_an_axis(value: float, text: str) -> None:
    assert short_number(value) == text


def test_short_numbers_follow_the_style_of_a_language() -> None:
    french = NumberStyle(",", ("", " k", " M", " Md", " Bn"))
    assert short_number(1500, style=french) == "1,5 k"
    assert short_number(2.5e24, style=french) == "2,5×10²⁴"


@given(numbers, numbers, st.integers(2, 12))
def test_linear_ticks_are_inside_rising_and_evenly_nice(a: float, b: float, count: int) -> None:
    assume(abs(a - b) > 1e-3)
    scale = LinearScale(min(a, b), max(a, b), 0.0, 500.0)
    ticks = scale.ticks(count)
    values = [tick.value for tick in ticks]
    assert len(values) <= count + 1
    assert all(scale.low <= value <= scale.high for value in values)
    step = nice_step(scale.high - scale.low, count)
    assert np.allclose(np.diff(values), step, rtol=1e-5)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - nice) for nice in (1, 2, 2.5, 5)) < 1e-6
    assert all(-1e-6 <= tick.position <= 500 + 1e-6 for tick in ticks)


@given(numbers, numbers)
def test_linear_ticks_have_labels_that_differ(a: float, b: float) -> None:
    assume(abs(a - b) > max(abs(a), abs(b), 1.0) * 1e-6)
    labels = [tick.label for tick in LinearScale(min(a, b), max(a, b), 0.0, 1.0).ticks()]
    assert len(set(labels)) == len(labels)


@given(st.lists(numbers, max_size=20), st.booleans())
def test_a_linear_scale_over_values_covers_them(values: list[float], zero: bool) -> None:
    scale = LinearScale.over(values, 400.0, end=0.0, zero=zero)
    px = scale.to_px(np.array([*values, 0.0] if zero else values))
    assert np.all((px >= -1e-3) & (px <= 400 + 1e-3))
    assert {scale.low, scale.high} <= {tick.value for tick in scale.ticks()} or scale.high - scale.low < 1e-6


@given(numbers, st.floats(1.0, 1e6), st.floats(0, 1))
def test_pixels_of_a_linear_scale_lead_back(low: float, span: float, share: float) -> None:
    scale = LinearScale(low, low + span, 300.0, 20.0)
    value = low + share * span
    assert scale.to_value(scale.to_px(value)) == pytest.approx(value, abs=span * 1e-6)


def test_linear_ticks_print_without_rounding_dust() -> None:
    assert [tick.label for tick in LinearScale(0, 1, 0, 100).ticks(5)] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert [tick.label for tick in LinearScale(0, 2000, 0, 100).ticks(4)] == ["0", "500", "1k", "1.5k", "2k"]
    assert [tick.value for tick in LinearScale(0, 1, 0, 100).ticks(10)][3] == 0.3


@given(positive, positive, st.integers(3, 12))
def test_log_ticks_are_inside_rising_and_labelled(a: float, b: float, count: int) -> None:
    assume(max(a, b) / min(a, b) > 1.01)
    scale = LogScale(min(a, b), max(a, b), 0.0, 500.0)
    ticks = scale.ticks(count)
    values = [tick.value for tick in ticks]
    assert values == sorted(set(values))
    assert all(scale.low <= value <= scale.high for value in values)
    majors = [tick.label for tick in ticks if not tick.minor]
    assert all(majors)
    assert len(set(majors)) == len(majors)
    assert len(majors) <= max(count, 4) + 1
    assert majors
    assert all(tick.minor is (tick.label == "") for tick in ticks)


def test_log_ticks_of_three_decades_are_the_powers_and_the_nines_between() -> None:
    ticks = LogScale(10, 10_000, 300, 0).ticks(5)
    assert [tick.label for tick in ticks if not tick.minor] == ["10", "100", "1k", "10k"]
    assert sum(tick.minor for tick in ticks) == 24


def test_log_ticks_of_one_decade_are_finer() -> None:
    labels = [tick.label for tick in LogScale(100, 1000, 300, 0).ticks(5) if not tick.minor]
    assert labels == ["100", "200", "500", "1k"]


@given(st.lists(positive, min_size=1, max_size=20))
def test_a_log_scale_over_values_covers_them(values: list[float]) -> None:
    scale = LogScale.over(values, 300.0, end=0.0)
    px = scale.to_px(np.array(values))
    assert np.all((px >= -1e-3) & (px <= 300 + 1e-3))


@given(positive, st.floats(1.1, 1e6), st.floats(0, 1))
def test_pixels_of_a_log_scale_lead_back(low: float, factor: float, share: float) -> None:
    scale = LogScale(low, low * factor, 300.0, 20.0)
    value = low * factor**share
    assert scale.to_value(scale.to_px(value)) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_log_scale_refuses_what_has_no_logarithm(value: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        LogScale.over([1.0, value], 0.0, end=1.0)
    with pytest.raises(ValueError, match="above zero"):
        LogScale(1, 10, 0, 1).to_px(np.array([2.0, value]))
    with pytest.raises(ValueError, match="0 < low < high"):
        LogScale(value, 10, 0, 1)


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0), (math.nan, 1.0), (0.0, math.inf)])
def test_an_empty_range_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="low < high"):
        LinearScale(low, high, 0, 1)
    with pytest.raises(ValueError, match="low < high"):
        TimeScale(low, high, 0, 1)


def scale_of(first: date, last: date, width: float = 1200.0) -> TimeScale:
    return TimeScale(day_number(first), day_number(last), 0.0, width)


def labels(scale: TimeScale) -> tuple[str, list[str], list[str]]:
    rows = scale.rows(text_width)
    return rows.unit, [t.label for t in rows.fine if t.label], [t.label for t in rows.coarse if t.label]


def test_two_centuries_show_decades_over_centuries() -> None:
    unit, fine, coarse = labels(scale_of(date(1825, 1, 1), date(2025, 1, 1)))
    assert unit == "10 years"
    assert fine[:2] == ["1830s", "1840s"]
    assert coarse == ["1800s", "1900s", "2000s"]


def test_a_decade_shows_years_or_quarters_over_what_holds_them() -> None:
    assert labels(scale_of(date(2016, 1, 1), date(2026, 1, 1), 600)) == (
        "year", [str(y) for y in range(2016, 2026)], ["2010s", "2020s"],
    )  # fmt: skip
    unit, fine, coarse = labels(scale_of(date(2016, 1, 1), date(2026, 1, 1), 1600))
    assert (unit, fine[:4], coarse[0]) == ("3 months", ["Q1", "Q2", "Q3", "Q4"], "2016")


def test_a_year_shows_months_and_a_month_shows_days() -> None:
    unit, fine, coarse = labels(scale_of(date(2025, 1, 1), date(2025, 12, 31)))
    assert (unit, fine[:2], coarse) == ("month", ["January", "February"], ["2025"])
    unit, fine, coarse = labels(scale_of(date(2025, 1, 1), date(2025, 12, 31), 500))
    assert (unit, fine[:2]) == ("month", ["Jan", "Feb"])
    unit, fine, coarse = labels(scale_of(date(2025, 6, 1), date(2025, 7, 15)))
    assert (unit, fine[:3], coarse) == ("day", ["1", "2", "3"], ["June 2025", "July 2025"])
    unit, fine, coarse = labels(scale_of(date(2025, 6, 1), date(2025, 7, 31), 400))
    assert (unit, fine[:3], coarse) == ("week", ["2", "9", "16"], ["June 2025", "July 2025"])


def test_one_day_still_says_where_it_is() -> None:
    scale = TimeScale(day_number(date(2025, 6, 30)), day_number(date(2025, 7, 1)), 0, 1000)
    assert labels(scale) == ("day", ["30"], ["June 2025"])


def test_words_of_another_language_fit_by_their_own_width() -> None:
    def shouted(form: Form, day: date) -> str:
        return calendar_words(form, day) + "!" * 30

    scale = scale_of(date(2025, 1, 1), date(2025, 12, 31))
    rows = scale.rows(text_width, words=shouted)
    assert rows.unit == "3 months"
    assert all(tick.label.endswith("!") for tick in rows.fine if tick.label)


@given(st.floats(-200_000, 60_000), st.floats(0.5, 80_000), st.floats(80, 3000))
def test_time_ticks_rise_fit_and_tile_the_range(low: float, span: float, width: float) -> None:
    scale = TimeScale(low, low + span, 10.0, 10.0 + width)
    rows = scale.rows(text_width)
    for row in (rows.fine, rows.coarse):
        for before, after in pairwise(row):
            assert before.right == pytest.approx(after.left)
        for tick in row:
            assert tick.left < tick.right
            if tick.label:
                assert tick.label_x >= 10.0
                assert tick.label_x + text_width(tick.label) <= min(tick.right, 10.0 + width)
    assert all(low <= tick.value <= low + span for tick in rows.fine)
    if rows.coarse:
        assert rows.coarse[0].left <= 10.0 + 1e-6
        assert rows.coarse[-1].right >= 10.0 + width - 1e-6


@given(st.floats(-100_000, 60_000), st.floats(1, 80_000), st.floats(-1, 1))
def test_panning_keeps_the_unit(low: float, span: float, shift: float) -> None:
    first = TimeScale(low, low + span, 0, 1000).rows(text_width)
    moved = low + shift * span
    assert TimeScale(moved, moved + span, 0, 1000).rows(text_width).unit == first.unit


@given(st.dates(date(1, 1, 1), date(9999, 11, 30)))
def test_days_lead_back(day: date) -> None:
    assert day_of(day_number(day)) == day
    scale = TimeScale(day_number(day), day_number(day) + 30, 0, 500)
    assert scale.to_days(scale.to_px(day_number(day) + 3)) == pytest.approx(day_number(day) + 3, abs=1e-6)


@pytest.mark.parametrize("low", [-719_162.0, 2_932_000.0, -800_000.0, 3_000_000.0])
def test_the_ends_of_the_calendar_do_not_break_the_ticks(low: float) -> None:
    for span in (1.0, 400.0, 90_000.0):
        rows = TimeScale(low, low + span, 0, 1000).rows(text_width)
        assert all(math.isfinite(tick.left) and math.isfinite(tick.right) for tick in rows.fine)
