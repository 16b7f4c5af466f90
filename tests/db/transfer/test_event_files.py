"""Events as TimelineJS and iCalendar: what is written comes back, and files from elsewhere are read or refused."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.errors import FileFault
from chipscape_db.models import Event, Policy
from chipscape_db.partial_date import PartialDate
from chipscape_db.transfer.calendars import read_calendar, write_calendar
from chipscape_db.transfer.happenings import CitedSource, Era, Happening, read_eras, read_happenings, span_text
from chipscape_db.transfer.timelinejs import read_timelinejs, write_timelinejs

AT = "2026-01-02T03:04:05+00:00"
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40).map(str.strip).filter(bool)
SLUG = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
DATES = st.one_of(
    st.integers(1900, 2100).map(str),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: day.isoformat()[:7]),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat),
    st.sampled_from(["2025~", "2025-06?", "202X", "2026-37", "2025-06/2025-09", "2025/..", "../2020"]),
)
SOURCES = st.builds(
    CitedSource, slug=SLUG, title=TEXT, url=st.sampled_from(["", "https://example.org/a?b=c&d"]),
    publisher=TEXT | st.just(""),
    published_on=st.sampled_from(["", "2025-06"]), kind=st.just("press"), locator=TEXT | st.just(""),
)  # fmt: skip
HAPPENINGS = st.builds(
    Happening, slug=SLUG, record=st.just("event"),
    titles=st.tuples(TEXT, TEXT).map(lambda two: (("en", two[0]), ("fr", two[1]))), starts_on=DATES,
    ends_on=st.sampled_from(["", "..", "2110", "2110-05-02"]), kind=st.sampled_from(["supply", "policy"]),
    importance=st.integers(1, 5), summaries=TEXT.map(lambda text: (("en", text),)) | st.just(()),
    participants=st.lists(st.tuples(SLUG, TEXT, st.sampled_from(["actor", "target"])), max_size=3).map(tuple),
    sources=st.lists(SOURCES, max_size=3).map(tuple),
)  # fmt: skip


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def say(text: str) -> str:
    return f"in words: {text}"


@settings(max_examples=20)
@given(happenings=st.lists(HAPPENINGS, max_size=4))
def test_timelinejs_loses_nothing(happenings: list[Happening]) -> None:
    content = write_timelinejs(happenings, [], title="<T>", language="fr", say=say)
    assert read_timelinejs(content, name="t.json") == happenings


@settings(max_examples=20)
@given(happenings=st.lists(HAPPENINGS, max_size=4))
def test_a_calendar_loses_nothing(happenings: list[Happening]) -> None:
    content = write_calendar(happenings, title="T", language="fr", at=AT, product="Chipscape")
    assert read_calendar(content, name="t.ics") == happenings


def test_the_starter_events_and_rules_come_back_from_both(session):
    ids = [*session.scalars(select(Event.id)), *session.scalars(select(Policy.id))]
    happenings = read_happenings(session, ids, language="en")
    assert len(happenings) == 277 + 47
    eras = read_eras(session, language="en")
    written = write_timelinejs(happenings, eras, title="T", language="en", say=say)
    assert read_timelinejs(written, name="t.json") == happenings
    assert written == write_timelinejs(happenings, eras, title="T", language="en", say=say)
    calendar = write_calendar(happenings, title="T", language="en", at=AT, product="Chipscape")
    assert read_calendar(calendar, name="t.ics") == happenings
    assert calendar == write_calendar(happenings, title="T", language="en", at=AT, product="Chipscape")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "start", "end"),
    [
        ("2025-06-30", "", "20250630", "20250701"),
        ("2025-06", "", "20250601", "20250701"),
        ("2025", "", "20250101", "20260101"),
        ("2025-06-30", "2025-07-02", "20250630", "20250703"),
        ("2024-12-31", "", "20241231", "20250101"),
        ("2026-37", "", "20260101", "20260501"),
    ],
)
def test_the_end_of_an_all_day_entry_is_the_day_after(starts_on, ends_on, start, end):
    one = Happening("a", "event", (("en", "A"),), starts_on, ends_on)
    content = write_calendar([one], title="T", language="en", at=AT, product="Chipscape").decode()
    assert f"DTSTART;VALUE=DATE:{start}\r\n" in content
    assert f"DTEND;VALUE=DATE:{end}\r\n" in content
    assert f"X-CHIPSCAPE-STARTS;VALUE=TEXT:{starts_on}\r\n" in content


def test_another_program_reads_the_calendar(session):
    ids = list(session.scalars(select(Event.id)))
    content = write_calendar(
        read_happenings(session, ids, language="fr"), title="T", language="fr", at=AT, product="Chipscape"
    )
    entries = Calendar.from_ical(content).walk("VEVENT")
    assert len(entries) == 277
    assert len({str(entry["uid"]) for entry in entries}) == 277
    h20 = next(entry for entry in entries if "H20" in str(entry["summary"]))
    assert isinstance(h20["dtstart"].dt, date)
    assert h20["dtend"].dt > h20["dtstart"].dt
    assert str(h20["url"]).startswith("http")


def test_timelinejs_has_what_its_player_needs():
    one = Happening(
        "a", "event", (("en", "A <b> & C"), ("fr", "Un")), "2025~", "..", "supply", 3, (("en", "Why"),),
        (("huawei", "Huawei", "actor"),), (CitedSource("s", "S", "https://example.org", "P"),),
    )  # fmt: skip
    era = Era("rule", "Rule", "2022-10-07", "")
    whole = json.loads(write_timelinejs([one], [era], title="T", language="en", say=say))
    (slide,) = whole["events"]
    assert slide["start_date"] == {"year": 2025, "month": 1, "day": 1, "display_date": "in words: 2025~"}
    assert "end_date" not in slide
    assert slide["text"]["headline"] == "A &lt;b&gt; &amp; C"
    assert slide["media"] == {"url": "https://example.org", "caption": "S", "credit": "P"}
    assert slide["group"] == "Huawei"
    assert whole["eras"][0]["start_date"] == {"year": 2022, "month": 10, "day": 7}


def test_a_timelinejs_file_from_elsewhere_is_read():
    content = json.dumps(
        {
            "events": [
                {
                    "start_date": {"year": "2024", "month": "3", "day": ""},
                    "text": {"headline": "<b>Launch</b> of&nbsp;it", "text": "<p>More.</p>"},
                    "media": {"url": "https://example.org/x", "caption": "A page", "credit": "Somebody"},
                },
                {"start_date": {"year": 1999}, "end_date": {"year": 2001, "month": 5}, "text": {"headline": "Era"}},
            ]
        }
    ).encode()
    first, second = read_timelinejs(content, name="t.json")
    assert (first.title("en"), first.starts_on, first.summary("en")) == ("Launch of it", "2024-03", "More.")
    assert first.sources == (CitedSource("", "A page", "https://example.org/x", "Somebody"),)
    assert (second.starts_on, second.ends_on) == ("1999", "2001-05")


def test_a_calendar_from_elsewhere_is_read():
    content = b"\r\n".join(
        (
            b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//X//EN",
            b"BEGIN:VEVENT", b"UID:1@x", b"DTSTAMP:20250101T000000Z", b"DTSTART;VALUE=DATE:20250601",
            b"DTEND;VALUE=DATE:20250701", b"SUMMARY:All of June", b"END:VEVENT",
            b"BEGIN:VEVENT", b"UID:2@x", b"DTSTAMP:20250101T000000Z", b"DTSTART:20250630T090000Z",
            b"DTEND:20250630T100000Z", b"SUMMARY:A talk\\, at nine", b"URL:https://example.org/talk", b"END:VEVENT",
            b"BEGIN:VEVENT", b"UID:3@x", b"DTSTAMP:20250101T000000Z", b"DTSTART;VALUE=DATE:20250630",
            b"SUMMARY:One day", b"END:VEVENT", b"END:VCALENDAR", b"",
        )
    )  # fmt: skip
    june, talk, day = read_calendar(content, name="x.ics")
    assert (june.starts_on, june.ends_on) == ("2025-06", "")
    assert (talk.title("en"), talk.starts_on, talk.ends_on) == ("A talk, at nine", "2025-06-30", "")
    assert talk.sources[0].url == "https://example.org/talk"
    assert (day.starts_on, day.ends_on) == ("2025-06-30", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "t.json is not JSON"),
        (b"{", "t.json is not JSON"),
        (b"[" * 100_000, "t.json is not JSON"),
        (b"[]", "no list 'events'"),
        (b'{"events": [3]}', "event 1 is not an object"),
        (b'{"events": [{"text": {"headline": "A"}}]}', "event 1 has no year"),
        (b'{"events": [{"start_date": {"year": 2024, "month": 13}, "text": {"headline": "A"}}]}', "date that is none"),
        (b'{"events": [{"start_date": {"year": 2024}, "text": {}}]}', "event 1 has no headline"),
        (b'{"events": [{"chipscape": {"record": "event"}}]}', "event 1 has a part 'chipscape'"),
    ],
)  # fmt: skip
def test_what_is_no_timeline_is_refused_in_one_sentence(content, words):
    with pytest.raises(FileFault, match="json") as caught:
        read_timelinejs(content, name="t.json")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((b"garbage",), "x.ics is not a calendar"),
        ((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"SUMMARY:A"), "x.ics is not a calendar"),
        ((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"SUMMARY:A", b"END:VEVENT", b"END:VCALENDAR"), "1 has no DTSTART"),
        (
            (b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"DTSTART;VALUE=DATE:20250101", b"END:VEVENT", b"END:VCALENDAR"),
            "entry 1 has no SUMMARY",
        ),
    ],
)  # fmt: skip
def test_what_is_no_calendar_is_refused_in_one_sentence(lines, words):
    with pytest.raises(FileFault) as caught:
        read_calendar(b"\r\n".join((*lines, b"")), name="x.ics")
    assert words in str(caught.value)


@given(first=st.dates(date(1900, 1, 1), date(2100, 1, 1)), days=st.integers(0, 800))
def test_the_shortest_text_of_a_span_means_just_that_span(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    meant = PartialDate.parse(span_text(first, last))
    assert (meant.earliest, meant.latest) == (first, last)
