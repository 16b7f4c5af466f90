"""Sources as CSL-JSON, which Zotero, pandoc and citation processors read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chipscape_db.partial_date import PartialDate
from chipscape_db.transfer.bibliography import (
    EXTRA,
    FIELDS,
    Entry,
    authors,
    capsule,
    clean,
    fault,
    joined_authors,
    joined_note,
    split_note,
    unpacked,
)

_TYPES: Final[Mapping[str, str]] = {
    "official": "webpage", "regulation": "legislation", "press": "article-newspaper", "analysis": "report",
    "academic": "article-journal", "reference": "entry-encyclopedia", "community": "post",
}  # fmt: skip
_KINDS: Final[Mapping[str, str]] = {
    "legislation": "regulation", "bill": "regulation", "legal_case": "regulation", "regulation": "regulation",
    "treaty": "regulation", "article-newspaper": "press", "article-magazine": "press", "broadcast": "press",
    "interview": "press", "article-journal": "academic", "paper-conference": "academic", "thesis": "academic",
    "chapter": "academic", "book": "academic", "article": "academic", "dataset": "academic", "report": "analysis",
    "post": "community", "post-weblog": "community", "webpage": "official", "software": "official",
    "patent": "official", "standard": "official", "speech": "official", "press-release": "official",
}  # fmt: skip
_OURS: Final = frozenset(
    {"id", "type", "title", "author", "publisher", "issued", "URL", "DOI", "language", "note", "custom"}
)


def kind_of(csl_type: str) -> str:
    """Return our kind of source for a type of CSL."""
    return _KINDS.get(csl_type, "reference")


def type_of(kind: str) -> str:
    """Return the type of CSL for our kind of source."""
    return _TYPES.get(kind, "document")


def write(entries: Sequence[Entry]) -> str:
    """Return the text of a CSL-JSON file, one item a source."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> list[Entry]:
    """Return the sources of a CSL-JSON file."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise fault("CSL-JSON", str(error)) from error
    if isinstance(items, dict):
        items = items.get("items", [items])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise fault("CSL-JSON", "it is no list of items")
    return [_entry(item) for item in items]


def _item(entry: Entry) -> dict[str, Any]:
    note, extra = split_note(entry.note)
    item: dict[str, Any] = {"id": entry.slug or entry.id, "type": type_of(entry.source_kind)}
    for key, value in (
        ("title", entry.name), ("publisher", entry.publisher), ("URL", entry.url), ("DOI", entry.doi),
        ("language", entry.language), ("note", note),
    ):  # fmt: skip
        if value:
            item[key] = value
    if entry.author:
        item["author"] = [{"literal": name} for name in authors(entry.author)]
    issued = _issued(entry.published_on)
    if issued:
        item["issued"] = issued
    for name, value in extra.items():
        key = name.removeprefix("csl.")
        if key not in item and key not in _OURS:
            item[key] = _value(key, value)
    told = _told(item)
    item["custom"] = {"chipscape": json.loads(capsule(entry, {name: getattr(told, name) for name in FIELDS}))}
    return item


def _value(key: str, value: str) -> Any:
    if key in ("editor",):
        return [{"literal": name} for name in authors(value)]
    if key == "accessed" and (issued := _issued(value)):
        return issued
    if value[:1] in "{[":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _issued(text: str) -> dict[str, Any]:
    """Return a partial date as CSL has it: parts where it has them, else EDTF, which newer readers take."""
    if not text:
        return {}
    ends = text.split("/")
    parts = [_parts(end) for end in ends]
    if all(parts):
        return {"date-parts": parts}
    return {"edtf": text, "raw": text}


def _parts(text: str) -> list[int]:
    try:
        parts = [int(part) for part in text.split("-")]
    except ValueError:
        return []
    if not 1 <= len(parts) <= 3 or len(text.split("-")[0]) != 4 or (len(parts) > 1 and not 1 <= parts[1] <= 12):
        return []
    return parts


def _date(value: Any) -> str:
    """Return a date of CSL as a partial date where it is one, else as its text."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and all(isinstance(part, list) and part for part in parts):
        ends = []
        for part in parts[:2]:
            numbers = [str(number) for number in part[:3]]
            ends.append("-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:])]))
        return "/".join(ends)
    said = value.get("edtf") or value.get("raw") or value.get("literal") or ""
    return str(said)


def _names(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    names = []
    for one in value:
        if isinstance(one, str):
            names.append(one)
        elif isinstance(one, dict):
            literal = one.get("literal")
            family = " ".join(str(one[key]) for key in ("non-dropping-particle", "family") if one.get(key))
            given = " ".join(str(one[key]) for key in ("given", "dropping-particle") if one.get(key))
            names.append(str(literal) if literal else ", ".join(filter(None, (family, given))))
    return joined_authors(names)


def _told(item: Mapping[str, Any]) -> Entry:
    """Return what the standard fields of an item say."""

    def text(key: str) -> str:
        value = item.get(key)
        return "" if value is None or isinstance(value, dict | list) else str(value)

    extra = {}
    for key, value in item.items():
        if key in _OURS or value in (None, "", [], {}):
            continue
        name = key if key in EXTRA else f"csl.{key}"
        if key == "editor":
            extra[name] = _names(value)
        elif isinstance(value, dict) and (date := _date(value)):
            extra[name] = date
        else:
            extra[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    publisher = text("publisher")
    return clean(
        Entry(
            text("id"), text("title"), kind_of(text("type")), publisher, _names(item.get("author", [])), text("URL"),
            text("DOI"), _partial(_date(item.get("issued"))), text("language"), "", "",
            joined_note(text("note"), extra),
        )
    )  # fmt: skip


def _partial(text: str) -> str:
    try:
        return str(PartialDate.parse(text)) if text else ""
    except ValueError:
        return text


def _entry(item: Mapping[str, Any]) -> Entry:
    custom = item.get("custom")
    own = custom.get("chipscape") if isinstance(custom, dict) else None
    told = _told(item)
    if isinstance(custom, dict) and set(custom) - {"chipscape"}:
        others = {key: value for key, value in custom.items() if key != "chipscape"}
        told = clean(
            Entry(**{name: getattr(told, name) for name in FIELDS}
                  | {"note": joined_note(told.note, {"csl.custom": json.dumps(others, ensure_ascii=False)})})
        )  # fmt: skip
    return clean(unpacked(told, json.dumps(own))) if own else told
