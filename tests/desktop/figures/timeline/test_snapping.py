"""Dates moved by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.partial_date import PartialDate
from chipscape_desktop.figures.timeline.snapping import UNITS, Dates, at_day, finer, moved, stepped, unit_at


@pytest.mark.parametrize(
    ("per_day", "unit"),
    [(30.0, "day"), (9.0, "day"), (1.0, "month"), (0.2, "quarter"), (0.05, "year"), (0.003, "decade")],
)
def test_the_zoom_decides_what_a_hand_can_aim_at(per_day, unit):
    assert unit_at(per_day) == unit


@pytest.mark.parametrize(
    ("dates", "days", "unit", "part", "wanted"),
    [
        (Dates("2025-06-30"), 3, "day", "all", Dates("2025-07-03")),
        (Dates("2025-06-30"), 3, "month", "all", Dates("2025-07")),
        (Dates("2025-06-30"), -3, "month", "all", Dates("2025-06-30")),
        (Dates("2025-06-30"), 80, "quarter", "all", Dates("2025-35")),
        (Dates("2025"), 40, "day", "all", Dates("2025")),
        (Dates("2025"), 300, "day", "all", Dates("2026")),
        (Dates("2025-06~"), 31, "day", "all", Dates("2025-07~")),
        (Dates("202X"), 3700, "year", "all", Dates("203X")),
        (Dates("2025-01-10", "2025-02-10"), 5, "day", "all", Dates("2025-01-15", "2025-02-15")),
        (Dates("2025-01-10", ".."), 5, "day", "all", Dates("2025-01-15", "..")),
        (Dates("2025-01/2025-06"), 31, "month", "all", Dates("2025-02/2025-07")),
        (Dates("2025-01-10", "2025-02-10"), 5, "day", "end", Dates("2025-01-10", "2025-02-15")),
        (Dates("2025-01-10", "2025-02-10"), 5, "day", "start", Dates("2025-01-15", "2025-02-10")),
        (Dates("2025-01-10"), 5, "day", "end", Dates("2025-01-10", "2025-01-15")),
        (Dates("2025-01-10"), 0, "day", "end", Dates("2025-01-10")),
        (Dates("2025-01-10", "2025-02-10"), 60, "day", "start", None),
        (Dates("2025-01-10", "2025-02-10"), -60, "day", "end", None),
    ],
)
def test_dates_move_by_whole_units_and_keep_their_precision(dates, days, unit, part, wanted):
    assert moved(dates, days, unit, part=part) == wanted


@pytest.mark.parametrize(
    ("dates", "steps", "unit", "part", "wanted"),
    [
        (Dates("2025-06-30"), 1, "day", "all", Dates("2025-07-01")),
        (Dates("2025-06-30"), 1, "month", "all", Dates("2025-07")),
        (Dates("2025-12"), 1, "quarter", "all", Dates("2026-33")),
        (Dates("2025"), -1, "day", "all", Dates("2024")),
        (Dates("2025-01-10"), 1, "day", "end", Dates("2025-01-10", "2025-01-11")),
        (Dates("2025-01-10", "2025-01-11"), -2, "day", "end", None),
    ],
)
def test_the_keyboard_moves_by_steps(dates, steps, unit, part, wanted):
    assert stepped(dates, steps, unit, part=part) == wanted


@given(
    day=st.dates(min_value=PartialDate.parse("1800").earliest, max_value=PartialDate.parse("2200").latest),
    days=st.floats(-40_000, 40_000),
    unit=st.sampled_from(UNITS),
    own=st.sampled_from(UNITS),
)
def test_no_date_becomes_more_precise_and_every_one_moves_about_as_far(day, days, unit, own):
    from chipscape_db.partial_date import day_number

    text = at_day(day_number(day) + 0.5, own)
    result = moved(Dates(text), days, unit)
    assert result is not None
    before, after = PartialDate.parse(text), PartialDate.parse(result.starts_on)
    if result.starts_on != text:
        assert (after.latest - after.earliest) >= (before.latest - before.earliest) * 0.9
    coarsest = max(own, unit, key=UNITS.index)
    longest = {"day": 1, "month": 31, "quarter": 92, "year": 366, "decade": 3653}[coarsest]
    assert abs(after.midpoint_day() - before.midpoint_day() - days) <= longest + 1


def test_a_unit_that_was_chosen_is_written_even_where_it_is_finer():
    month = Dates("2025-03")
    assert moved(month, 3, "day") == month
    assert moved(month, 3, "day", written="day") == Dates("2025-03-19")
    assert moved(month, 3, "day", written="month") == month
    assert moved(month, 31, "day", written="month") == Dates("2025-04")
    assert moved(Dates("2025-06-30"), 40, "quarter", written="quarter") == Dates("2025-35")
    assert stepped(Dates("2025"), 1, "month", written="month") == Dates("2025-08")
    assert stepped(Dates("2025"), 1, "month") == Dates("2026")


@given(
    st.sampled_from(("2025", "2025-03", "2025-33", "2025-06-30", "202X", "2025~", "2025-03?")),
    st.floats(-4000, 4000, allow_nan=False), st.sampled_from(UNITS), st.sampled_from(UNITS),
)  # fmt: skip
def test_a_date_gets_no_finer_than_what_was_chosen(text, days, unit, written):
    made = moved(Dates(text), days, unit, written=written)
    assert made is not None
    if made != Dates(text):
        order = {"day": 0, "month": 1, "season": 2, "quarter": 2, "year": 3, "decade": 4}
        finest = max(order[unit], min(order[PartialDate.parse(text).precision], order[written]))
        assert order[PartialDate.parse(made.starts_on).precision] == finest


def test_the_next_finer_unit_ends_at_the_day():
    assert [finer(unit) for unit in UNITS] == ["day", "day", "month", "quarter", "year"]
