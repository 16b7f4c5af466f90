"""iCalendar (RFC 5545): events as all-day entries; vague dates keep their bounds and their wording in X- properties.

An all-day DTEND is exclusive: an event on 30 June ends on 1 July. The entry spans every day that the dates may mean,
`X-CHIPSCAPE-STARTS` and `X-CHIPSCAPE-ENDS` hold the partial dates as written; what goes on has no DTEND but the day
after its start.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from chipscape_db.errors import N_, FileFault
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.transfer.happenings import CitedSource, Happening, day_after, span_text

if TYPE_CHECKING:
    from icalendar import Event as Entry

_DOMAIN = "@chipscape"
_X = "X-CHIPSCAPE-"
_SOURCE_PARTS = ("title", "url", "publisher", "published_on", "kind", "locator")
_FIRST = date(1, 1, 1)


def write_calendar(happenings: Iterable[Happening], *, title: str, language: str, at: str, product: str) -> bytes:
    """Return the file, the same bytes for the same facts; *at* is the time of the base's newest change (ISO 8601)."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    stamp = datetime.fromisoformat(at).astimezone(UTC).replace(microsecond=0)
    for one in happenings:
        calendar.add_component(_entry(one, language, stamp))
    return bytes(calendar.to_ical())


def read_calendar(content: bytes, *, name: str) -> list[Happening]:
    """Return the events of a calendar file, ours or any other; raises `FileFault` that says what is wrong where."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise FileFault(
            N_("{file} is not a calendar that can be read: {reason}."), file=name, reason=str(error)[:200]
        ) from error
    entries = calendar.walk("VEVENT")
    return [_happening(entry, number, name) for number, entry in enumerate(entries, 1)]


def _entry(one: Happening, language: str, stamp: datetime) -> "Entry":
    from icalendar import Event as Entry

    first, last = one.bounds
    start = first or last or _FIRST
    entry = Entry()
    entry.add("uid", f"{one.slug}{_DOMAIN}")
    entry.add("dtstamp", stamp)
    entry.add("dtstart", start)
    after = day_after(last or start)
    if after is not None:
        entry.add("dtend", after)
    entry.add("summary", one.title(language))
    told = [one.summary(language), *(_said(source) for source in one.sources)]
    entry.add("description", "\n".join(filter(None, told)))
    if one.kind:
        entry.add("categories", [one.kind])
    linked = next((source for source in one.sources if source.url), None)
    if linked is not None:
        entry.add("url", linked.url)
    entry.add("transp", "TRANSPARENT")
    _say(entry, "STARTS", one.starts_on)
    if one.ends_on:
        _say(entry, "ENDS", one.ends_on)
    _say(entry, "RECORD", one.record)
    if one.importance:
        _say(entry, "IMPORTANCE", str(one.importance))
    for code, text in one.titles:
        _say(entry, "TITLE", text, LANGUAGE=code)
    for code, text in one.summaries:
        _say(entry, "SUMMARY", text, LANGUAGE=code)
    for slug, called, role in one.participants:
        _say(entry, "PARTICIPANT", called, X_ID=slug, X_ROLE=role)
    for source in one.sources:
        # Of a parameter's value no quote may survive, so all but the id stands in the value, a line each.
        _say(entry, "SOURCE", "\n".join(getattr(source, part) for part in _SOURCE_PARTS), X_ID=source.slug)
    return entry


def _say(entry: "Entry", name: str, text: str, **parameters: str) -> None:
    """Add a text of ours; the type is named, because what is unknown is written without escapes."""
    from icalendar import vText

    told = {key.replace("_", "-"): value for key, value in parameters.items()}
    entry.add(f"{_X}{name}", vText(text), parameters={"VALUE": "TEXT", **told})


def _said(source: CitedSource) -> str:
    return ", ".join(filter(None, (source.publisher, source.title, source.published_on, source.locator, source.url)))


def _happening(entry: Any, number: int, name: str) -> Happening:
    title = str(entry.get("summary") or "").strip()
    if not title:
        raise FileFault(N_("{file}: entry {number} has no SUMMARY; give it a title."), file=name, number=number)
    starts_on, ends_on = _dates(entry, number, name)
    uid = str(entry.get("uid") or "")
    url = str(entry.get("url") or "")
    sources = tuple(_source(each) for each in _all(entry, f"{_X}SOURCE"))
    if not sources and url.startswith(("http://", "https://")):
        sources = (CitedSource("", url, url),)
    titles = _texts(entry, f"{_X}TITLE") or (("en", " ".join(title.split())),)
    description = " ".join(str(entry.get("description") or "").split())
    is_ours = entry.get(f"{_X}RECORD") is not None
    summaries = _texts(entry, f"{_X}SUMMARY") or ((("en", description),) if description and not is_ours else ())
    kinds = entry.categories if entry.get("categories") is not None else []
    people = tuple(
        (str(each.params.get("X-ID", "")), str(each), str(each.params.get("X-ROLE", "")))
        for each in _all(entry, f"{_X}PARTICIPANT")
    )
    importance = str(entry.get(f"{_X}IMPORTANCE") or "0")
    return Happening(
        uid.removesuffix(_DOMAIN) if uid.endswith(_DOMAIN) else "", str(entry.get(f"{_X}RECORD") or "event"), titles,
        starts_on, ends_on, str(kinds[0]) if kinds else "", int(importance) if importance.isdecimal() else 0,
        summaries, people, sources,
    )  # fmt: skip


def _dates(entry: Any, number: int, name: str) -> tuple[str, str]:
    told = str(entry.get(f"{_X}STARTS") or ""), str(entry.get(f"{_X}ENDS") or "")
    try:
        if told[0]:
            PartialDate.parse(told[0])
            if told[1] not in ("", ".."):
                PartialDate.parse(told[1])
            return told
        start = _day(entry.get("dtstart"))
        end = _day(entry.get("dtend"), exclusive=True)
    except (NotADate, ValueError, AttributeError) as error:
        raise FileFault(
            N_("{file}: entry {number} has a date that cannot be read; write it as 20250630."), file=name, number=number
        ) from error
    if start is None:
        raise FileFault(N_("{file}: entry {number} has no DTSTART; give it a date."), file=name, number=number)
    if end is None or end <= start:
        return start.isoformat(), ""
    # Entries of whole months and years mean just that; others begin on one day and end on another.
    whole = span_text(start, end)
    return (start.isoformat(), end.isoformat()) if "/" in whole else (whole, "")


def _day(told: Any, *, exclusive: bool = False) -> date | None:
    """Return the day of a date or a time; an exclusive one at midnight is the day before."""
    if told is None:
        return None
    value = told.dt
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date() - timedelta(days=1 if exclusive and midnight else 0)
    if not isinstance(value, date):
        raise ValueError(value)
    return value - timedelta(days=1 if exclusive else 0)


def _all(entry: Any, name: str) -> list[Any]:
    found = entry.get(name)
    return [] if found is None else found if isinstance(found, list) else [found]


def _texts(entry: Any, name: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(each.params.get("LANGUAGE", "en")), str(each)) for each in _all(entry, name))


def _source(told: Any) -> CitedSource:
    parts = str(told).split("\n")
    parts += [""] * (len(_SOURCE_PARTS) - len(parts))
    return CitedSource(str(told.params.get("X-ID", "")), *parts[: len(_SOURCE_PARTS)])
