"""Sources as RIS, which every reference manager reads; one line a field."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chipscape_db.transfer.bibliography import (
    FIELDS,
    Entry,
    authors,
    capsule,
    clean,
    fault,
    is_date,
    joined_authors,
    joined_note,
    split_note,
    unpacked,
)

_TYPES: Final[Mapping[str, str]] = {
    "official": "ELEC", "regulation": "STAT", "press": "NEWS", "analysis": "RPRT", "academic": "JOUR",
    "reference": "ENCYC", "community": "BLOG",
}  # fmt: skip
_KINDS: Final[Mapping[str, str]] = {
    "ELEC": "official", "WEB": "official", "COMP": "official", "PAT": "official", "STAND": "official",
    "STAT": "regulation", "LAW": "regulation", "BILL": "regulation", "LEGAL": "regulation", "CASE": "regulation",
    "GOVDOC": "regulation", "NEWS": "press", "MGZN": "press", "RPRT": "analysis", "JOUR": "academic",
    "JFULL": "academic", "CONF": "academic", "CPAPER": "academic", "CHAP": "academic", "BOOK": "academic",
    "THES": "academic", "DATA": "academic", "UNPB": "academic", "ENCYC": "reference", "DICT": "reference",
    "BLOG": "community",
}  # fmt: skip
_EXTRA: Final[Mapping[str, str]] = {
    "JO": "container-title", "JF": "container-title", "T2": "container-title", "VL": "volume", "IS": "issue",
    "ET": "edition", "M3": "genre", "CY": "publisher-place", "T3": "collection-title", "SN": "ISSN",
    "AB": "abstract", "A2": "editor", "KW": "keyword", "Y2": "accessed", "CN": "call-number",
}  # fmt: skip
_BACK: Final[Mapping[str, str]] = {
    "container-title": "T2", "volume": "VL", "issue": "IS", "edition": "ET", "genre": "M3", "publisher-place": "CY",
    "collection-title": "T3", "ISSN": "SN", "abstract": "AB", "editor": "A2", "keyword": "KW", "accessed": "Y2",
    "call-number": "CN", "ISBN": "SN",
}  # fmt: skip
_OURS: Final = frozenset(
    ("TY", "ER", "ID", "TI", "T1", "AU", "A1", "PB", "UR", "DO", "DA", "PY", "Y1", "LA", "N1", "SP", "EP", "C8", "UK")
)
_BREAK: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def write(entries: Sequence[Entry]) -> str:
    """Return the text of a RIS file, one entry a source."""
    return "".join(_item(entry) for entry in entries)


def read(text: str) -> list[Entry]:
    """Return the sources of a RIS file."""
    import rispy

    if text.strip() and not re.search(r"^TY  ?- ?", text, re.MULTILINE):
        raise fault("RIS", "no line begins with TY")
    try:
        items = rispy.loads(text, implementation=_reader())
    except (ValueError, OSError, KeyError, IndexError, rispy.parser.ParseError) as error:
        raise fault("RIS", str(error)) from error
    return [_entry(item) for item in items]


def _reader() -> Any:
    import rispy

    class Reader(rispy.RisParser):  # type: ignore[misc]  # rispy has no types
        """Gives every field under its own tag, as a list."""

        DEFAULT_MAPPING: Final = {tag: tag for tag in rispy.config.TAG_KEY_MAPPING}
        DEFAULT_LIST_TAGS: Final = [tag for tag in rispy.config.TAG_KEY_MAPPING if tag not in ("TY", "ER", "UK")]
        DEFAULT_DELIMITER_MAPPING: Final[dict[str, str]] = {}
        UNKNOWN_TAG = "UK"

    return Reader


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {_BREAK.sub(' ', value)}\n"


def _item(entry: Entry) -> str:
    note, extra = split_note(entry.note)
    told: dict[str, list[str]] = {"TY": [_TYPES.get(entry.source_kind, "GEN")], "ID": [entry.slug or entry.id]}
    told["TI"] = [entry.name]
    told["AU"] = authors(entry.author)
    for tag, value in (
        ("PB", entry.publisher), ("UR", entry.url), ("DO", entry.doi), ("LA", entry.language),
    ):  # fmt: skip
        told[tag] = [value] if value else []
    told["DA"], told["PY"] = _dates(entry.published_on)
    told["N1"] = [line for line in note.split("\n") if line.strip()]
    for name, value in extra.items():
        tag = _BACK.get(name) or name.removeprefix("ris.")
        if name == "page":
            told["SP"] = [value.partition("-")[0]]
            told["EP"] = [value.partition("-")[2]] if "-" in value else []
        elif re.fullmatch(r"[A-Z][A-Z0-9]", tag) and tag not in told and tag not in _OURS:
            told[tag] = value.split("; ") if tag in ("KW", "A2") else [value]
    said = _told({tag: [_BREAK.sub(" ", value).strip() for value in values] for tag, values in told.items() if values})
    lines = [_line(tag, value) for tag, values in told.items() for value in values]
    packed = capsule(entry, {name: getattr(said, name) for name in FIELDS})
    return "".join([*lines, _line("C8", packed), "ER  - \n\n"])


def _dates(text: str) -> tuple[list[str], list[str]]:
    """Return DA and PY for a partial date: `2025/06/30/` and the year."""
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?", text)
    if match is None:
        return [], [text[:4]] if re.match(r"\d{4}", text) else []
    return ["/".join(part or "" for part in match.groups()) + "/"], [match[1]]


def _entry(item: Mapping[str, Any]) -> Entry:
    told: dict[str, list[str]] = {}
    for tag, value in item.items():
        if tag == "UK" and isinstance(value, dict):
            told |= {name: [str(one) for one in values] for name, values in value.items()}
        else:
            told[tag] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    said = _told(told)
    for packed in told.get("C8", []):
        return clean(unpacked(said, packed))
    return said


def _told(told: Mapping[str, list[str]]) -> Entry:
    """Return what the standard fields of an entry say."""

    def first(*tags: str) -> str:
        return next((values[0] for tag in tags if (values := told.get(tag)) and values[0]), "")

    extra: dict[str, str] = {}
    for tag, values in told.items():
        if tag not in _OURS and any(values):
            extra[_EXTRA.get(tag, f"ris.{tag}")] = "; ".join(filter(None, values))
    if first("SP"):
        extra["page"] = "-".join(filter(None, (first("SP"), first("EP"))))
    date = _date(first("DA"), first("PY", "Y1"))
    if date and not is_date(date):
        extra["ris.DA"], date = date, ""
    urls = told.get("UR", [])
    if len(urls) > 1:
        extra["ris.UR"] = "; ".join(urls[1:])
    return clean(
        Entry(
            first("ID"), first("TI", "T1"), _KINDS.get(first("TY"), "reference"), first("PB"),
            joined_authors([*told.get("AU", []), *told.get("A1", [])]), first("UR"), first("DO"), date, first("LA"),
            "", "", joined_note("\n".join(told.get("N1", [])), extra),
        )
    )  # fmt: skip


def _date(text: str, year: str) -> str:
    numbers: list[str] = []
    for part in (text or year).split("/")[:3]:
        if not part.strip().isdecimal():
            break
        numbers.append(part.strip())
    if not numbers:
        return text or year
    return "-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:])])
