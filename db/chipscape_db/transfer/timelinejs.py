"""TimelineJS JSON: events as slides, rules as eras; what the format has no place for stands under `chipscape`.

The format is that of TimelineJS 3: `events` with `start_date`, `end_date`, `text`, `media`, `group` and `unique_id`,
`eras`, and a `title` slide. Its dates are years, months and days, so a date that is vaguer or longer than that is
written by its first day with `display_date` in words, and as it is under `chipscape`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from re import sub
from typing import Any

from chipscape_db.errors import N_, FileFault
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.transfer.happenings import CitedSource, Era, Happening, plain_parts

Say = Callable[[str], str]
"""Says a partial date in words, in the language of the file."""

_OWN = "chipscape"


def write_timelinejs(
    happenings: Iterable[Happening], eras: Iterable[Era], *, title: str, language: str, say: Say
) -> bytes:
    """Return the file: the same bytes for the same facts."""
    whole = {
        "title": {"text": {"headline": escape(title)}},
        "events": [_slide(one, language, say) for one in happenings],
        "eras": [_era(era, say) for era in eras],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read_timelinejs(content: bytes, *, name: str) -> list[Happening]:
    """Return the events of a TimelineJS file, ours or any other; raises `FileFault` that says what is wrong where."""
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FileFault(
            N_("{file} is not JSON: {reason}. Save the timeline again as JSON."), file=name, reason=str(error)
        ) from error
    slides = whole.get("events") if isinstance(whole, dict) else None
    if not isinstance(slides, list):
        raise FileFault(N_("{file} is not a TimelineJS file: it has no list 'events'."), file=name)
    return [_happening(slide, number, name) for number, slide in enumerate(slides, 1)]


def _slide(one: Happening, language: str, say: Say) -> dict[str, Any]:
    slide: dict[str, Any] = {"start_date": _date(one.starts_on, say)}
    if one.ends_on and one.ends_on != "..":
        slide["end_date"] = _date(one.ends_on, say, last=True)
    elif "/" in one.starts_on and one.bounds[1] is not None:
        slide["end_date"] = _parts(one.bounds[1].isoformat())
    text = f"<p>{escape(one.summary(language))}</p>" if one.summary(language) else ""
    if one.sources:
        listed = "".join(f"<li>{_linked(source)}</li>" for source in one.sources)
        text += f"<ul>{listed}</ul>"
    slide["text"] = {"headline": escape(one.title(language)), "text": text}
    linked = next((source for source in one.sources if source.url), None)
    if linked is not None:
        slide["media"] = {"url": linked.url, "caption": escape(linked.title), "credit": escape(linked.publisher)}
    if one.participants:
        slide["group"] = one.participants[0][1]
    slide["unique_id"] = one.slug
    slide[_OWN] = {
        "record": one.record,
        "kind": one.kind,
        "importance": one.importance,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "titles": dict(one.titles),
        "summaries": dict(one.summaries),
        "participants": [{"id": slug, "name": told, "role": role} for slug, told, role in one.participants],
        "sources": [
            {
                "id": source.slug, "title": source.title, "url": source.url, "publisher": source.publisher,
                "published_on": source.published_on, "kind": source.kind, "locator": source.locator,
            }
            for source in one.sources
        ],
    }  # fmt: skip
    return slide


def _linked(source: CitedSource) -> str:
    words = escape(", ".join(filter(None, (source.publisher, source.title, source.published_on, source.locator))))
    return f'<a href="{escape(source.url)}">{words}</a>' if source.url else words


def _era(era: Era, say: Say) -> dict[str, Any]:
    made = {"start_date": _date(era.starts_on, say), "text": {"headline": escape(era.title)}, "unique_id": era.slug}
    if era.ends_on:
        made["end_date"] = _date(era.ends_on, say, last=True)
    return made


def _date(text: str, say: Say, *, last: bool = False) -> dict[str, Any]:
    if plain_parts(text) is not None:
        return _parts(text)
    meant = PartialDate.parse(text)
    day = (meant.latest or meant.earliest) if last else (meant.earliest or meant.latest)
    assert day is not None
    return {**_parts(day.isoformat()), "display_date": say(text)}


def _parts(text: str) -> dict[str, Any]:
    parts = plain_parts(text)
    assert parts is not None
    names = ("year", "month", "day")
    return {name: number for name, number in zip(names, parts, strict=True) if number is not None}


def _happening(slide: Any, number: int, name: str) -> Happening:
    if not isinstance(slide, dict):
        raise FileFault(N_("{file}: event {number} is not an object."), file=name, number=number)
    own = slide.get(_OWN)
    if isinstance(own, dict):
        try:
            return _own(slide, own)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise FileFault(
                N_("{file}: event {number} has a part 'chipscape' that cannot be read; remove that part or mend it."),
                file=name,
                number=number,
            ) from error
    start = _read_date(slide.get("start_date"), number, name, needed=True)
    end = _read_date(slide.get("end_date"), number, name, needed=False)
    text = _part(slide, "text")
    title = _plain(text.get("headline"))
    if not title:
        raise FileFault(
            N_("{file}: event {number} has no headline; give it one under 'text'."), file=name, number=number
        )
    media = _part(slide, "media")
    url = str(media.get("url") or "")
    sources: tuple[CitedSource, ...] = ()
    if url.startswith(("http://", "https://")):
        sources = (CitedSource("", _plain(media.get("caption")) or url, url, _plain(media.get("credit"))),)
    summary = _plain(text.get("text"))
    return Happening(
        str(slide.get("unique_id") or ""), "event", (("en", title),), start, end,
        summaries=(("en", summary),) if summary else (), sources=sources,
    )  # fmt: skip


def _own(slide: Mapping[str, Any], own: Mapping[str, Any]) -> Happening:
    PartialDate.parse(own["starts_on"])
    if own["ends_on"] not in ("", ".."):
        PartialDate.parse(own["ends_on"])
    return Happening(
        str(slide.get("unique_id") or ""), str(own["record"]),
        tuple((str(code), str(text)) for code, text in own["titles"].items()), str(own["starts_on"]),
        str(own["ends_on"]), str(own["kind"]), int(own["importance"]),
        tuple((str(code), str(text)) for code, text in own["summaries"].items()),
        tuple((str(one["id"]), str(one["name"]), str(one["role"])) for one in own["participants"]),
        tuple(
            CitedSource(*(str(one[key]) for key in
                          ("id", "title", "url", "publisher", "published_on", "kind", "locator")))
            for one in own["sources"]
        ),
    )  # fmt: skip


def _read_date(told: Any, number: int, name: str, *, needed: bool) -> str:
    if not isinstance(told, dict) or not str(told.get("year") or "").strip():
        if needed:
            raise FileFault(
                N_("{file}: event {number} has no year in its 'start_date'; give it one."), file=name, number=number
            )
        return ""
    try:
        text = f"{int(str(told['year'])):04}"
        for part in ("month", "day"):
            if not str(told.get(part) or "").strip():
                break
            text += f"-{int(str(told[part])):02}"
        PartialDate.parse(text)
    except (ValueError, NotADate) as error:
        raise FileFault(
            N_("{file}: event {number} has a date that is none; write year, month and day as numbers."),
            file=name,
            number=number,
        ) from error
    return text


def _part(slide: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = slide.get(name)
    return part if isinstance(part, dict) else {}


def _plain(text: Any) -> str:
    """Return a text without its HTML, on one line."""
    return " ".join(unescape(sub(r"<[^>]*>", " ", text if isinstance(text, str) else "")).split())
