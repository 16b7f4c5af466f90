"""Sources as BibTeX (with the fields of biblatex), which LaTeX and reference managers read."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

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
    "official": "online", "regulation": "legislation", "press": "article", "analysis": "report", "academic": "article",
    "reference": "inreference", "community": "misc",
}  # fmt: skip
_KINDS: Final[Mapping[str, str]] = {
    "online": "official", "www": "official", "electronic": "official", "manual": "official", "patent": "official",
    "standard": "official", "software": "official", "legislation": "regulation", "legal": "regulation",
    "jurisdiction": "regulation", "report": "analysis", "techreport": "analysis", "article": "academic",
    "inproceedings": "academic", "conference": "academic", "proceedings": "academic", "book": "academic",
    "inbook": "academic", "incollection": "academic", "phdthesis": "academic", "mastersthesis": "academic",
    "thesis": "academic", "dataset": "academic", "unpublished": "academic", "inreference": "reference",
    "reference": "reference", "mvreference": "reference",
}  # fmt: skip
_EXTRA: Final[Mapping[str, str]] = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "volume": "volume", "number": "issue", "pages": "page", "edition": "edition", "type": "genre",
    "address": "publisher-place", "location": "publisher-place", "eventtitle": "event-title",
    "series": "collection-title", "isbn": "ISBN", "issn": "ISSN", "abstract": "abstract", "editor": "editor",
    "keywords": "keyword", "annotation": "annote", "annote": "annote", "urldate": "accessed",
}  # fmt: skip
_BACK: Final[Mapping[str, str]] = {
    "container-title": "journal", "volume": "volume", "issue": "number", "page": "pages", "edition": "edition",
    "genre": "type", "publisher-place": "address", "event-title": "eventtitle", "collection-title": "series",
    "ISBN": "isbn", "ISSN": "issn", "abstract": "abstract", "editor": "editor", "keyword": "keywords",
    "annote": "annotation", "accessed": "urldate",
}  # fmt: skip
_OURS: Final = frozenset(
    ("title", "author", "publisher", "institution", "organization", "school", "url", "doi", "date", "year", "month",
     "langid", "language", "note", "chipscape")
)  # fmt: skip
_ESCAPES: Final[Mapping[str, str]] = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "\n": r"\newline{}",
    "\t": " ",
}  # fmt: skip
_ACCENTS: Final[Mapping[str, str]] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS: Final[Mapping[str, str]] = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "textbackslash": "\\", "textbraceleft": "\ue000", "textbraceright": "\ue001",
    "textasciitilde": "\ue002", "textasciicircum": "^", "newline": "\n", "ldots": "…", "dots": "…",
    "textendash": "–", "textemdash": "—", "texteuro": "€",
}  # fmt: skip
_COMMAND: Final = re.compile(
    r"\\(?P<accent>[`'^~=.\"])\s*(?:\{(?P<braced>\\?[A-Za-z])\}|(?P<bare>\\?[A-Za-z]))"
    r"|\\(?P<named>[uvHcrk])(?:\{(?P<named_braced>\\?[A-Za-z])\}|\s+(?P<named_bare>[A-Za-z]))"
    r"|\\(?P<word>[A-Za-z]+)(?:\{\}|\s+|(?![A-Za-z]))"
    r"|\\(?P<sign>[%&$#_{} ,])"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(entries: Sequence[Entry]) -> str:
    """Return the text of a BibTeX file, one entry a source."""
    return "\n".join(_item(entry) for entry in entries)


def read(text: str) -> list[Entry]:
    """Return the sources of a BibTeX file."""
    from pybtex.database import PybtexError
    from pybtex.database.input.bibtex import Parser

    try:
        parsed = Parser(person_fields=[]).parse_string(text)
    except PybtexError as error:
        raise fault("BibTeX", str(error).partition("\n")[0]) from error
    return [_entry(key, entry.type, dict(entry.fields.items())) for key, entry in parsed.entries.items()]


def escaped(text: str) -> str:
    """Return a text as TeX takes it, so that `plain` gives it back, runs of blanks included."""
    out = "".join(_ESCAPES.get(sign, sign) for sign in text)
    return re.sub(r"(?<= ) |^ | $", r"\\ ", out)


def plain(text: str) -> str:
    """Return what a field of BibTeX says, without the commands and braces of TeX."""
    out = _COMMAND.sub(_meant, text.replace("\n", " "))
    out = out.replace("{", "").replace("}", "").replace("~", "\u00a0")
    return out.replace("\ue000", "{").replace("\ue001", "}").replace("\ue002", "~")


def _meant(match: re.Match[str]) -> str:
    import unicodedata

    accent = match["accent"] or match["named"]
    if accent:
        letter = match["braced"] or match["bare"] or match["named_braced"] or match["named_bare"]
        return unicodedata.normalize("NFC", letter.removeprefix("\\") + _ACCENTS[accent])
    if match["word"]:
        return _LETTERS.get(match["word"], "")
    return {"{": "\ue000", "}": "\ue001", ",": "\u2009"}.get(match["sign"], match["sign"])


def _item(entry: Entry) -> str:
    note, extra = split_note(entry.note)
    told: dict[str, str] = {"title": "{" + escaped(entry.name) + "}"}
    if entry.author:
        told["author"] = " and ".join("{" + escaped(name) + "}" for name in authors(entry.author))
    for key, value in (
        ("publisher", entry.publisher), ("doi", entry.doi), ("langid", entry.language), ("note", note),
    ):  # fmt: skip
        if value:
            told[key] = escaped(value)
    if entry.url:
        told["url"] = escaped(entry.url).replace(r"\_", "_").replace(r"\%", "%").replace(r"\&", "&").replace(r"\#", "#")
    if entry.published_on:
        told["date"] = escaped(entry.published_on)
        if re.match(r"\d{4}", entry.published_on):
            told["year"] = entry.published_on[:4]
    for name, value in extra.items():
        key = _BACK.get(name) or name.removeprefix("bibtex.")
        if re.fullmatch(r"[a-z][a-z0-9-]*", key) and key not in told and key not in _OURS:
            told[key] = escaped(value)
    kind, key = _TYPES.get(entry.source_kind, "misc"), re.sub(r"[^A-Za-z0-9_:.-]", "-", entry.slug or entry.id)
    said = _told(key, kind, {name: _unwrapped(value) for name, value in told.items()})
    told["chipscape"] = escaped(capsule(entry, {name: getattr(said, name) for name in FIELDS}))
    lines = [f"  {name} = {{{value}}}," for name, value in told.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}\n"])


def _unwrapped(value: str) -> str:
    """Return a value as the parser gives it: runs of white space are one blank."""
    return " ".join(value.split())


def _entry(key: str, kind: str, told: Mapping[str, str]) -> Entry:
    lower = {name.lower(): value for name, value in told.items()}
    said = _told(key, kind.lower(), lower)
    own = lower.get("chipscape")
    return clean(unpacked(said, plain(own))) if own else said


def _told(key: str, kind: str, told: Mapping[str, str]) -> Entry:
    """Return what the standard fields of an entry say."""
    extra = {}
    for name, value in told.items():
        if name not in _OURS:
            extra[_EXTRA.get(name, f"bibtex.{name}")] = plain(value)
    publisher = next(
        (told[name] for name in ("publisher", "institution", "organization", "school") if name in told), ""
    )
    date, said = _date(told)
    if said:
        extra["bibtex.date"] = said
    return clean(
        Entry(
            key, plain(told.get("title", "")), _KINDS.get(kind, "reference"), plain(publisher),
            joined_authors(plain(name) for name in _people(told.get("author", ""))), plain(told.get("url", "")),
            plain(told.get("doi", "")), date, plain(told.get("langid", told.get("language", ""))), "", "",
            joined_note(plain(told.get("note", "")), extra),
        )
    )  # fmt: skip


def _date(told: Mapping[str, str]) -> tuple[str, str]:
    """Return the date where it is a partial date, else what it says."""
    if "date" in told:
        date = plain(told["date"]).strip()
        return (date, "") if is_date(date) else ("", date)
    year, month = plain(told.get("year", "")).strip(), plain(told.get("month", "")).strip().lower()
    number = int(month) if month.isdecimal() else 0
    number = number or next((place for place, name in enumerate(_MONTHS, 1) if month.startswith(name)), 0)
    date = f"{year}-{number:02}" if year and 1 <= number <= 12 else year
    return (date, "") if not date or is_date(date) else ("", f"{month} {year}".strip())


def _people(text: str) -> list[str]:
    """Return the names of a field, cut at each `and` that stands outside braces."""
    names, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0 and text.startswith(" and ", place):
            names.append(text[start:place])
            start = place + 5
    return [name.strip() for name in [*names, text[start:]] if name.strip()]
