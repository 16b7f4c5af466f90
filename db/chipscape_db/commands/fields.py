"""What can be edited of each kind of record, of a relationship and of a claim: the fields, and what each one takes.

Every value is a text as a form holds it, empty where nothing is said; `stored` checks it and makes it what the base
holds, `shown` the way back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from chipscape_db import vocabulary as words
from chipscape_db.errors import N_, Invalid
from chipscape_db.identifiers import normal_doi, normal_url
from chipscape_db.partial_date import NotADate, PartialDate

Form: TypeAlias = Literal[
    "text", "long", "word", "date", "url", "doi", "country", "language", "record", "count", "quantity"
]  # fmt: skip
Stored: TypeAlias = str | int | None

_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")
_COUNT: Final = re.compile(r"[1-9][0-9]{0,8}")
_INVISIBLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `words` are its closed list, `refers_to` the kind of record that it names (empty: any kind)."""

    name: str
    form: Form = "text"
    words: tuple[str, ...] = ()
    refers_to: str = ""
    required: bool = False


def _date(name: str, *, required: bool = False) -> Field:
    return Field(name, "date", required=required)


def _word(name: str, listed: tuple[str, ...], *, required: bool = False) -> Field:
    return Field(name, "word", listed, required=required)


def _record(name: str, kind: str = "", *, required: bool = False) -> Field:
    return Field(name, "record", refers_to=kind, required=required)


NAME: Final = Field("name", required=True)
_OPENNESS: Final = _word("openness", words.OPENNESS)
_LICENCE: Final = Field("licence")

RECORD_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = MappingProxyType(
    {
        "organization": (
            NAME,
            Field("name_native"),
            _word("org_kind", words.ORGANIZATION_KINDS, required=True),
            Field("country", "country"),
            _record("parent_id", "organization"),
            _date("founded_on"),
            Field("website", "url"),
        ),
        "chip": (
            NAME,
            _record("designer_id", "organization"),
            Field("family"),
            Field("architecture"),
            _record("foundry_id", "organization"),
            _date("announced_on"),
            _date("released_on"),
            _word("status", words.CHIP_STATUSES),
            Field("form_factor"),
        ),
        "model": (
            NAME,
            _record("developer_id", "organization"),
            Field("family"),
            _date("released_on"),
            _OPENNESS,
            _LICENCE,
            _word("modality", words.MODALITIES),
        ),
        "software": (
            NAME,
            _record("developer_id", "organization"),
            _word("layer", words.SOFTWARE_LAYERS, required=True),
            _date("released_on"),
            _OPENNESS,
            _LICENCE,
        ),
        "policy": (
            NAME,
            _record("authority_id", "organization"),
            _date("announced_on"),
            _date("effective_on"),
            _date("ended_on"),
            _word("status", words.POLICY_STATUSES, required=True),
        ),
        "sector": (NAME,),
        "event": (
            NAME,
            _word("event_kind", words.EVENT_KINDS, required=True),
            _date("starts_on", required=True),
            _date("ends_on"),
            _word("importance", tuple(str(number) for number in words.IMPORTANCES), required=True),
        ),
        "source": (
            NAME,
            _word("source_kind", words.SOURCE_KINDS, required=True),
            Field("publisher"),
            Field("author"),
            _date("published_on"),
            Field("url", "url"),
            Field("doi", "doi"),
            Field("language", "language"),
            _word("reliability", words.RELIABILITIES),
            _record("relays_id", "source"),
            Field("note", "long"),
        ),
    }
)
"""The fields of each kind of record, in the order in which a form shows them."""

RELATIONSHIP_FIELDS: Final = (
    _record("subject_id", required=True),
    _word("kind", tuple(words.RELATIONSHIP_KINDS), required=True),
    _record("object_id", required=True),
    _date("starts_on"),
    _date("ends_on"),
)
CLAIM_FIELDS: Final = (
    Field("metric", "word", required=True),
    Field("value", "quantity", required=True),
    _word("bound", words.BOUNDS),
    _word("sparsity", words.SPARSITIES),
    _word("engine", words.ENGINES),
    _word("scope", words.SCOPES),
    Field("scope_count", "count"),
    _word("direction", words.DIRECTIONS),
    _date("period"),
    Field("condition"),
    _word("stance", words.STANCES, required=True),
    _record("source_id", "source", required=True),
    Field("locator"),
    Field("quote", "long"),
    _date("asserted_on"),
    Field("repeats_id"),
    Field("note", "long"),
)
IN_ORDER: Final = (
    ("announced_on", "released_on"),
    ("announced_on", "effective_on"),
    ("effective_on", "ended_on"),
    ("starts_on", "ends_on"),
)
"""Dates of which the second may not lie wholly before the first. A release before its announcement is let through for
chips: makers do use what they have not spoken of yet."""


def field_of(kind: str, name: str) -> Field:
    """Return the field *name* of a kind of record; raise `Invalid` where the kind has none of that name."""
    for field in RECORD_FIELDS[kind]:
        if field.name == name:
            return field
    raise Invalid(N_("A {kind} has no field '{name}'."), field=name, kind=kind, name=name)


def shown(value: Stored) -> str:
    """Return what the base holds as the text that a form shows."""
    return "" if value is None else str(value)


def stored(field: Field, text: str) -> Stored:
    """Return what the base holds for *text*; raise `Invalid`, in words and with the field's name, where it may not.

    References are looked up by the command; here their id is taken as it is.
    """
    clean = _tidy(field, text)
    if not clean:
        if field.required:
            raise Invalid(N_("This must not be empty."), field=field.name)
        return None
    if field.form == "word":
        return _listed(field, clean)
    if field.form == "date":
        return _partial_date(field, clean)
    if field.form == "count":
        if not _COUNT.fullmatch(clean):
            raise Invalid(N_("'{text}' is not a whole number; write 1, 8 or 384."), field=field.name, text=clean)
        return int(clean)
    if field.form == "url":
        if not _ADDRESS.fullmatch(clean):
            raise Invalid(
                N_("'{text}' is not an address; it starts with https:// or http://."), field=field.name, text=clean
            )
        return normal_url(clean)
    if field.form == "doi":
        doi = normal_doi(clean)
        if doi is None:
            raise Invalid(
                N_("'{text}' is not a DOI; it looks like 10.1145/3579371.3589350."), field=field.name, text=clean
            )
        return doi
    if field.form in ("country", "language"):
        _known_code(field, clean)
    return clean


def _tidy(field: Field, text: str) -> str:
    """Return the text without blanks around it; in a single line, runs of blanks are one."""
    if _INVISIBLE.search(text.replace("\t", " ").replace("\r", "")):
        raise Invalid(N_("This holds signs that cannot be shown; type it again."), field=field.name)
    if field.form == "long":
        return text.replace("\r\n", "\n").strip()
    return " ".join(text.split())


def _listed(field: Field, text: str) -> Stored:
    if field.words and text not in field.words:
        raise Invalid(N_("'{text}' is not one of {words}."), field=field.name, text=text, words=", ".join(field.words))
    return int(text) if field.name == "importance" else text


def _partial_date(field: Field, text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except NotADate as fault:
        raise Invalid(fault.template, field=field.name, **fault.params) from None


def _known_code(field: Field, text: str) -> None:
    from chipscape_db.transfer.iso_codes import COUNTRIES, LANGUAGES

    if field.form == "country" and text not in COUNTRIES:
        raise Invalid(
            N_("'{text}' is not a country; write its two letters, such as CN, US or FR."), field=field.name, text=text
        )
    if field.form == "language" and text not in LANGUAGES:
        raise Invalid(
            N_("'{text}' is not a language; write its two letters, such as en, fr or zh."), field=field.name, text=text
        )


def check_order(values: Mapping[str, Stored], *, touched: frozenset[str], kind: str = "") -> None:
    """Raise `Invalid` where of two dates the second lies wholly before the first, if either was just *touched*."""
    for first, second in IN_ORDER:
        if kind == "chip" and second == "released_on":
            continue
        if not {first, second} & touched:
            continue
        start, end = values.get(first), values.get(second)
        if (
            isinstance(start, str)
            and isinstance(end, str)
            and PartialDate.parse(start).is_after(PartialDate.parse(end))
        ):
            raise Invalid(
                N_("'{end}' lies before '{start}'; the earlier date comes first."),
                field=second if second in touched else first,
                start=start,
                end=end,
            )
