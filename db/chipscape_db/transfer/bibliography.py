"""Sources as reference managers exchange them: CSL-JSON, BibTeX and RIS, there and back with nothing lost.

Each format tells what it has words for. What it has none for - our kind, reliability, the source that one repeats, a
date beyond the format's - goes in one field of our own, so that what we wrote comes back as it was; a standard field
that somebody changed in between wins over it. What others write and we have no field for is kept in the note, one line
each as `volume: 12`, and returns to its own field on the way out.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from chipscape_db.errors import N_, FileFault
from chipscape_db.identifiers import normal_doi, normal_url
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.vocabulary import RELIABILITIES, SOURCE_KINDS

Format: TypeAlias = Literal["csl", "bibtex", "ris"]
SUFFIXES: Final[Mapping[str, Format]] = {".json": "csl", ".bib": "bibtex", ".bibtex": "bibtex", ".ris": "ris"}

EXTRA: Final = (
    "container-title", "volume", "issue", "page", "edition", "number", "genre", "publisher-place", "event-title",
    "collection-title", "ISBN", "ISSN", "abstract", "editor", "keyword", "annote", "accessed", "archive", "call-number",
)  # fmt: skip
"""What others say of a source that we have no field for, under the name that CSL gives it."""

_EXTRA_LINE: Final = re.compile(rf"({'|'.join(re.escape(name) for name in EXTRA)}|(?:bibtex|ris|csl)\.[\w-]+): (.*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A source in a bibliography; every value is a text, empty where nothing is said.

    `slug` names it in files, `id` is its id in a fact base, `relays` the slug of the source that it repeats;
    `published_on` is a partial date.
    """

    slug: str
    name: str
    source_kind: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    doi: str = ""
    published_on: str = ""
    language: str = ""
    reliability: str = ""
    relays: str = ""
    note: str = ""
    id: str = ""


FIELDS: Final = tuple(field.name for field in fields(Entry))
_LONG: Final = ("note",)


def format_of(path: Path) -> Format:
    """Return the format that the suffix of a file names; raise `FileFault` for any other."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise FileFault(
            N_("'{file}' is no bibliography; its name ends in .json (CSL), .bib (BibTeX) or .ris."), file=path.name
        ) from None


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8; raise `FileFault` in words where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileFault(N_("{file} cannot be read: {reason}."), file=path.name, reason=error.strerror or "?") from error
    except UnicodeDecodeError as error:
        raise FileFault(N_("{file} is not in UTF-8; save it so and try again."), file=path.name) from error


def write_bibliography(entries: Sequence[Entry], to: Format) -> str:
    """Return the sources as the text of a file."""
    if to == "csl":
        from chipscape_db.transfer.bibliography_csl import write
    elif to == "bibtex":
        from chipscape_db.transfer.bibliography_bibtex import write
    else:
        from chipscape_db.transfer.bibliography_ris import write
    return write(entries)


def read_bibliography(text: str, form: Format) -> list[Entry]:
    """Return the sources that a file tells of; raise `FileFault`, in words, where it cannot be read."""
    assert form in get_args(Format)
    if form == "csl":
        from chipscape_db.transfer.bibliography_csl import read
    elif form == "bibtex":
        from chipscape_db.transfer.bibliography_bibtex import read
    else:
        from chipscape_db.transfer.bibliography_ris import read
    return read(text.removeprefix("\ufeff"))


def capsule(entry: Entry, told: Mapping[str, str]) -> str:
    """Return as JSON in ASCII what the standard fields of a format, which say *told*, do not say of a source."""
    own = {name: value for name in FIELDS if (value := getattr(entry, name)) and told.get(name, "") != value}
    shadows = {name: told[name] for name in own if told.get(name)}
    return json.dumps({"chipscape": 1, **own, **({"was": shadows} if shadows else {})})


def unpacked(told: Entry, packed: str) -> Entry:
    """Return what the standard fields say, completed by a capsule.

    Where the capsule has another wording of a standard field, that wording holds only as long as the standard field
    still says what it said when the capsule was written.
    """
    try:
        own = json.loads(packed)
    except ValueError:
        return told
    if not isinstance(own, dict) or "chipscape" not in own:
        return told
    shadows = own.get("was", {})
    kept = {}
    for name in FIELDS:
        value = own.get(name)
        if isinstance(value, str) and getattr(told, name) == (
            shadows.get(name, "") if isinstance(shadows, dict) else ""
        ):
            kept[name] = value
    return replace(told, **kept)


def split_note(note: str) -> tuple[str, dict[str, str]]:
    """Return a note without the lines that name fields of others, and those fields."""
    kept, extra = [], {}
    for line in note.split("\n"):
        match = _EXTRA_LINE.fullmatch(line)
        if match and match[1] not in extra:
            extra[match[1]] = match[2]
        else:
            kept.append(line)
    return "\n".join(kept), extra


def joined_note(note: str, extra: Mapping[str, str]) -> str:
    """Return a note followed by the fields of others, one line each; what spans lines is put in one."""
    lines = [f"{name}: {' '.join(value.split())}" for name, value in extra.items() if value.strip()]
    return "\n".join([*filter(None, [note.strip()]), *lines])


def clean(entry: Entry) -> Entry:
    """Return an entry as the base can hold it: one line a field, identifiers in their stored form, known words only."""
    values = {name: getattr(entry, name) for name in FIELDS}
    for name, value in values.items():
        plain = "".join(sign for sign in value if sign == "\n" or sign == "\t" or (ord(sign) >= 32 and sign != "\x7f"))
        values[name] = plain.strip() if name in _LONG else " ".join(plain.split())
    doi = normal_doi(values["doi"]) if values["doi"] else None
    extra: dict[str, str] = {}
    if values["doi"] and doi is None:
        extra["csl.DOI"] = values["doi"]
    values["doi"] = doi or ""
    if values["url"] and not re.fullmatch(r"https?://[^\s/]+\S*", values["url"]):
        extra["csl.URL"] = values["url"]
        values["url"] = ""
    values["url"] = normal_url(values["url"]) if values["url"] else ""
    if values["published_on"] and not is_date(values["published_on"]):
        extra["csl.issued"] = values["published_on"]
        values["published_on"] = ""
    if values["source_kind"] not in SOURCE_KINDS:
        values["source_kind"] = "reference"
    if values["reliability"] not in RELIABILITIES:
        values["reliability"] = ""
    values["language"] = known_language(values["language"], extra)
    if extra:
        values["note"] = joined_note(values["note"], extra)
    values["name"] = values["name"] or values["url"] or values["doi"] or values["slug"]
    return Entry(**values)


def is_date(text: str) -> bool:
    """Say whether *text* is a partial date."""
    try:
        PartialDate.parse(text)
    except NotADate:
        return False
    return True


def known_language(text: str, extra: dict[str, str]) -> str:
    """Return the two letters of a language; what is none goes to *extra*."""
    from chipscape_db.transfer.iso_codes import LANGUAGES

    code = re.split(r"[-_]", text.strip().lower())[0]
    if code in LANGUAGES:
        if code != text.strip():
            extra["csl.language"] = text.strip()
        return code
    if text.strip():
        extra["csl.language"] = text.strip()
    return ""


def authors(text: str) -> list[str]:
    """Return the authors in a line of ours, which stands semicolons between them."""
    return text.split("; ") if text else []


def joined_authors(names: Iterable[str]) -> str:
    """Return authors in one line."""
    return "; ".join(name for name in names if name)


def fault(form: str, reason: str) -> FileFault:
    """Return that a text is not of a format."""
    return FileFault(N_("This cannot be read as {form}: {reason}."), form=form, reason=reason.rstrip("."))
