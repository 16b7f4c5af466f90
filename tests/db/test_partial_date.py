from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.partial_date import NotADate, PartialDate, day_number, day_of
from chipscape_db.spoken_date import understand

years = st.integers(1, 9999).map("{:04}".format)
marks = st.sampled_from(["", "~", "?", "%"])
parts = st.sampled_from([*range(1, 13), *range(21, 25), *range(33, 42)])


@st.composite
def single_texts(draw: st.DrawFn) -> str:
    form = draw(st.integers(0, 4))
    if form == 0:
        text = draw(st.dates()).isoformat()
    elif form == 1:
        text = f"{draw(years)}-{draw(parts):02}"
    elif form == 2:
        text = f"{draw(st.integers(0, 999)):03}X"
    elif form == 3:
        text = draw(years) + draw(st.sampled_from(["-XX", "-XX-XX", "-02-XX"]))
    else:
        text = draw(years)
    return text + draw(marks)


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    start = draw(single_texts())
    form = draw(st.sampled_from(["one", "open", "until", "unknown", "from", "both"]))
    if form == "both":
        end = draw(single_texts())
        if PartialDate.parse(start).earliest > PartialDate.parse(end).latest:  # type: ignore[operator]
            start, end = end, start
        return f"{start}/{end}"
    shape = {"one": "{}", "open": "{}/..", "until": "../{}", "unknown": "{}/", "from": "/{}"}[form]
    return shape.format(start)


partial_dates = date_texts().map(PartialDate.parse)


@given(date_texts())
def test_a_date_is_kept_as_written(text: str) -> None:
    assert str(PartialDate.parse(text)) == text
    assert PartialDate.parse(text) == PartialDate.parse(text)
    assert hash(PartialDate.parse(text)) == hash(PartialDate.parse(text))


@given(partial_dates)
def test_the_earliest_day_is_not_after_the_latest(found: PartialDate) -> None:
    if found.earliest is not None and found.latest is not None:
        assert found.earliest <= found.latest
        assert day_number(found.earliest) <= found.midpoint_day() <= day_number(found.latest)
    assert found.earliest is not None or found.latest is not None


@given(partial_dates, partial_dates, partial_dates)
def test_dates_have_one_order(first: PartialDate, second: PartialDate, third: PartialDate) -> None:
    assert (first < second) + (second < first) + (first == second) == 1
    if first < second and second < third:
        assert first < third
    if first.is_after(second):
        assert first > second
        assert not second.is_after(first)


@given(partial_dates, partial_dates)
def test_two_dates_overlap_or_one_is_wholly_after_the_other(first: PartialDate, second: PartialDate) -> None:
    assert first.overlaps(second) == second.overlaps(first)
    assert first.overlaps(second) + first.is_after(second) + second.is_after(first) == 1
    if first.contains(second):
        assert first.overlaps(second)
    assert first.contains(first)


@given(st.dates())
def test_a_day_is_itself(day: date) -> None:
    found = PartialDate.of(day)
    assert (found.earliest, found.latest, found.precision) == (day, day, "day")
    assert day_of(day_number(day)) == day
    assert found.midpoint_day() == day_number(day)


@given(st.one_of(st.text(), st.text("0123456789-/.X~?% ")))
def test_any_text_is_a_date_or_a_fault_in_words(text: str) -> None:
    for read in (PartialDate.parse, lambda typed: understand(typed, "en"), lambda typed: understand(typed, "fr")):
        try:
            found = read(text)
        except NotADate:
            continue
        assert PartialDate.parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2025", "2025-01-01", "2025-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025-06-30", "2025-06-30", "2025-06-30", "day"),
        ("202X", "2020-01-01", "2029-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2025-XX", "2025-01-01", "2025-12-31", "year"),
        ("2025-06-XX", "2025-06-01", "2025-06-30", "month"),
        ("2025-21", "2025-03-01", "2025-05-31", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("9999-24", "9999-12-01", "9999-12-31", "season"),
        ("2025-35", "2025-07-01", "2025-09-30", "quarter"),
        ("2026-37", "2026-01-01", "2026-04-30", "third"),
        ("2025-41", "2025-07-01", "2025-12-31", "half"),
        ("2025-01/2025-06", "2025-01-01", "2025-06-30", "interval"),
        ("2025-06/2025", "2025-06-01", "2025-12-31", "interval"),
        ("2025/..", "2025-01-01", None, "interval"),
        ("../2025", None, "2025-12-31", "interval"),
        ("2025/", "2025-01-01", None, "interval"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None, precision: str) -> None:
    found = PartialDate.parse(text)
    assert found.earliest == (earliest and date.fromisoformat(earliest))
    assert found.latest == (latest and date.fromisoformat(latest))
    assert found.precision == precision


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [("2025", False, False), ("2025~", True, False), ("2025-06?", False, True), ("2025%", True, True),
     ("2024~/2025?", True, True)],
)  # fmt: skip
def test_marks_are_flags_and_leave_the_bounds_alone(text: str, approximate: bool, uncertain: bool) -> None:
    found = PartialDate.parse(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)
    assert found.latest == PartialDate.parse(text.translate({ord(mark): None for mark in "~?%"})).latest


@pytest.mark.parametrize(
    "text",
    ["", " 2025", "2025-13", "2025-02-29", "0000", "2025-6", "../..", "/", "..", "2025-07/2025-06", "2025-XX-01",
     "202X-01", "2025-21-01", "2025/2026/2027", "٢٠٢٥", "XXXX", "-2025", "2025-00", "2025\n"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotADate, match="'"):
        PartialDate.parse(text)


def test_only_an_open_end_is_ongoing() -> None:
    assert PartialDate.parse("2025/..").is_ongoing
    assert not PartialDate.parse("2025/").is_ongoing


@pytest.mark.parametrize(
    ("typed", "lang", "written"),
    [
        ("June 2025", "en", "2025-06"),
        (" juin  2025 ", "fr", "2025-06"),
        ("Sept. 2024", "en", "2024-09"),
        ("1er mai 2025", "fr", "2025-05-01"),
        ("June 30, 2025", "en", "2025-06-30"),
        ("30/06/2025", "fr", "2025-06-30"),
        ("30/06/2025", "en", "2025-06-30"),
        ("06/30/2025", "en", "2025-06-30"),
        ("03/04/2025", "fr", "2025-04-03"),
        ("5.5.2025", "en", "2025-05-05"),
        ("06/2025", "fr", "2025-06"),
        ("2025-6-3", "en", "2025-06-03"),
        ("early 2026", "en", "2026-37"),
        ("début 2026", "fr", "2026-37"),
        ("mi-2025", "fr", "2025-38"),
        ("end of 2025", "en", "2025-39"),
        ("early June 2025", "en", "2025-06-01/2025-06-10"),
        ("fin février 2024", "fr", "2024-02-21/2024-02-29"),
        ("Q3 2025", "en", "2025-35"),
        ("T3 2025", "fr", "2025-35"),
        ("troisième trimestre 2025", "fr", "2025-35"),
        ("H1 2025", "en", "2025-40"),
        ("été 2025", "fr", "2025-22"),
        ("2020s", "en", "202X"),
        ("2020", "en", "2020"),
        ("about June 2025", "en", "2025-06~"),
        ("vers 2025 ?", "fr", "2025%"),
        ("since 2024", "en", "2024/.."),
        ("depuis le 3 mai 2024", "fr", "2024-05-03/.."),
        ("jusqu’en 2025", "fr", "../2025"),
        ("up to June 2025", "en", "../2025-06"),
        ("2019–2026", "en", "2019/2026"),
        ("from June 2024 to early 2025", "en", "2024-06/2025-37"),
        ("entre 2020 et 2022", "fr", "2020/2022"),
        ("2025-08-01 / 2025-09", "en", "2025-08-01/2025-09"),
        ("202x", "en", "202X"),
    ],
)
def test_what_people_type_is_understood(typed: str, lang: str, written: str) -> None:
    assert str(understand(typed, lang)) == written


def test_a_day_that_could_be_two_is_refused_in_english_with_both() -> None:
    with pytest.raises(NotADate, match=r"could be two days; write 2025-04-03 or 2025-03-04\."):
        understand("03/04/2025", "en")


@pytest.mark.parametrize(
    "typed", ["", "June", "tomorrow", "third half 2025", "13/2025", "31 June 2025", "2026 to 2025"]
)
def test_what_is_not_understood_is_refused_in_the_words_that_were_typed(typed: str) -> None:
    with pytest.raises(NotADate) as caught:
        understand(typed, "en")
    assert f"'{typed}'" in str(caught.value)
