"""Partial dates as stretches of time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.timeline.spans import OPEN, span_of


def day(year: int, month: int = 1, number: int = 1) -> int:
    return (date(year, month, number) - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "low", "high"),
    [
        ("2025-06-30", "", day(2025, 6, 30), day(2025, 7, 1)),
        ("2025-06", "", day(2025, 6), day(2025, 7)),
        ("2025", "", day(2025), day(2026)),
        ("2025-39", "", day(2025, 9), day(2026)),
        ("2025-05-19", "2025-05-21", day(2025, 5, 19), day(2025, 5, 22)),
        ("2024", "2025-03", day(2024), day(2025, 4)),
        ("2024/2025-03", "", day(2024), day(2025, 4)),
        ("2019-05", "..", day(2019, 5), OPEN),
        ("2024/..", "", day(2024), OPEN),
        ("../2020", "", -OPEN, day(2021)),
    ],
)
def test_bounds_are_those_that_the_date_allows(starts_on, ends_on, low, high):
    span = span_of(starts_on, ends_on)
    assert (span.low, span.high) == (low, high)


def test_only_a_known_day_is_exact():
    assert span_of("2025-06-30").exact
    assert not span_of("2025-06").exact
    assert span_of("2025-06").fade_low > 0


def test_ends_fade_over_the_time_in_which_they_may_lie():
    span = span_of("2024", "2025-03")
    assert span.fade_low == 366
    assert span.fade_high == 31
    assert span_of("2024-05-01", "2024-05-09").fade_low == 0


def test_approximate_dates_fade_more():
    assert span_of("2025~").fade_low > span_of("2025").fade_low
    assert span_of("2025~").soft


def test_an_end_that_nobody_knows_fades_out_soon():
    span = span_of("2024-05-01/")
    assert day(2024, 5, 1) < span.high < OPEN
    assert span.fade_high > 0


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
def test_every_span_holds_its_day_and_has_a_length(when, form):
    span = span_of(when.strftime(form))
    assert span.low <= day(when.year, when.month, when.day) < span.high
    assert span.fade_low + span.fade_high <= span.high - span.low
