"""What the columns of a table mean: a small text file that is suggested, corrected, saved and used again."""

import json
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from chipscape_db import vocabulary as words
from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_db.metrics import METRICS

ROLES: Final = ("skip", "key", "name", "alias", "field", "summary", "claim", "source", "note")
"""What a column may be: nothing, the record's id or name, another name, a field, a summary, a claim, the links that the
row rests on, or words kept as the quote of the record's citation."""

NEW: Final = "new"
LEAVE_OUT: Final = "leave-out"
SUFFIX: Final = ".mapping.toml"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` as in the header, `role` one of `ROLES`, the rest as far as the role takes it.

    A claim takes `metric`, the `unit` of bare numbers, its conventions, and the column whose links it rests on
    (`source`; empty: the first link of the row). A `field` may name records; those that are not there are reported,
    or added where `missing` is `add`.
    """

    name: str
    role: str = "skip"
    field: str = ""
    missing: str = ""
    metric: str = ""
    unit: str = ""
    sparsity: str = ""
    engine: str = ""
    scope: str = ""
    scope_count: str = ""
    direction: str = ""
    bound: str = ""
    period: str = ""
    condition: str = ""
    stance: str = ""
    source: str = ""
    language: str = ""
    source_kind: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table becomes facts: each row is a record of `kind`.

    `title`, `url`, `publisher` and `source_kind` describe the table itself as a source; `stance` is that of its claims.
    `decimal` and `date_order` (`dmy`, `mdy` or empty: only dates that can be read one way) are how it writes. `update`
    says what becomes of fields that hold something else: `fill` leaves them, `replace` overwrites them. `matches` are
    (name in the table, id of the record, or `new`, or `leave-out`).
    """

    kind: str
    columns: tuple[Column, ...]
    title: str = ""
    url: str = ""
    publisher: str = ""
    source_kind: str = "reference"
    stance: str = "reported"
    asserted_on: str = ""
    decimal: str = "."
    date_order: str = ""
    update: str = "fill"
    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    separator: str = ""
    matches: tuple[tuple[str, str], ...] = ()

    def of(self, role: str) -> tuple[Column, ...]:
        """Return the columns in a role."""
        return tuple(column for column in self.columns if column.role == role)

    def with_match(self, name: str, answer: str) -> "Mapping":
        """Return the mapping with a decision on the row of that name."""
        kept = tuple(one for one in self.matches if one[0] != name)
        return replace(self, matches=(*kept, (name, answer)) if answer else kept)


_HEAD: Final = tuple(field.name for field in fields(Mapping) if field.name not in ("columns", "matches"))
_COLUMN: Final = tuple(field.name for field in fields(Column))


def to_toml(mapping: Mapping) -> str:
    """Return the mapping as TOML, always the same for the same mapping; what is at its default is left out."""
    lines = [f"format = {_FORMAT}"]
    plain = Mapping(mapping.kind, ())
    for name in _HEAD:
        value = getattr(mapping, name)
        if name == "kind" or value != getattr(plain, name):
            lines.append(f"{name} = {_toml(value)}")
    for column in mapping.columns:
        lines += ["", "[[column]]"]
        lines += [
            f"{name} = {_toml(getattr(column, name))}" for name in _COLUMN if name == "name" or getattr(column, name)
        ]
    for name, answer in mapping.matches:
        lines += ["", "[[match]]", f"name = {_toml(name)}", f"record = {_toml(answer)}"]
    return "\n".join(lines) + "\n"


def from_toml(text: str, *, file: str) -> Mapping:
    """Return the mapping in a text; raises `FileFault` or `Invalid` with what is wrong and where."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileFault(N_("{file} is no mapping: {reason}."), file=file, reason=str(error)) from error
    if told.get("format") != _FORMAT:
        template = N_("{file} is no mapping of this version: it must begin with format = {number}.")
        raise FileFault(template, file=file, number=_FORMAT)
    head = {name: value for name, value in told.items() if name not in ("format", "column", "match")}
    columns = tuple(Column(**_texts(one, _COLUMN, file, "column")) for one in _tables(told, "column", file))
    matches = tuple(
        (one["name"], one["record"])
        for one in (_texts(each, ("name", "record"), file, "match") for each in _tables(told, "match", file))
        if "name" in one and "record" in one
    )
    number = head.pop("header_row", 0)
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise Invalid(N_("{file}: header_row is a row number such as 1."), file=file)
    plain = {"kind": ""} | _texts(head, _HEAD, file, "")
    mapping = Mapping(columns=columns, matches=matches, header_row=number, **plain)
    check_mapping(mapping, file=file)
    return mapping


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in the file at *path*; raises `FileFault` and `Invalid`."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FileFault(N_("{file} is no mapping: it is not UTF-8."), file=path.name) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileFault(N_("{file} could not be read: {reason}."), file=path.name, reason=reason) from error
    return from_toml(text, file=path.name)


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Write the mapping to *path*; raises `FileFault`."""
    try:
        path.write_text(to_toml(mapping), encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        template = N_("{file} could not be written: {reason}. Choose another folder.")
        raise FileFault(template, file=path.name, reason=reason) from error


def check_mapping(mapping: Mapping, *, file: str = "") -> None:
    """Raise `Invalid` where the mapping says what cannot be; *file* is named in the sentence."""
    _listed(mapping.kind, words.RECORD_KINDS, "kind", file)
    _listed(mapping.source_kind, words.SOURCE_KINDS, "source_kind", file)
    _listed(mapping.stance, words.STANCES, "stance", file)
    _listed(mapping.decimal, (".", ","), "decimal", file)
    _listed(mapping.update, ("fill", "replace"), "update", file)
    _listed(mapping.date_order, ("", "dmy", "mdy"), "date_order", file)
    for column in mapping.columns:
        _check_column(mapping, column, file)
    if len(mapping.of("name")) != 1:
        raise Invalid(N_("Say which one column holds the names of the records."), field="columns")


def _check_column(mapping: Mapping, column: Column, file: str) -> None:
    place = f"{column.name}: role"
    _listed(column.role, ROLES, place, file)
    if column.role == "field":
        names = tuple(field.name for field in RECORD_FIELDS[mapping.kind] if field.name != "name")
        _listed(column.field, names, f"{column.name}: field", file)
        _listed(column.missing, ("", "add"), f"{column.name}: missing", file)
    elif column.role == "claim":
        taken = tuple(key for key, metric in METRICS.items() if mapping.kind in metric.applies_to)
        _listed(column.metric, taken, f"{column.name}: metric", file)
        metric = METRICS[column.metric]
        for name, listed, fits in (
            ("sparsity", words.SPARSITIES, metric.is_compute),
            ("engine", words.ENGINES, metric.is_compute),
            ("scope", words.SCOPES, True),
            ("direction", words.DIRECTIONS, metric.is_link),
            ("bound", words.BOUNDS, metric.kind == "number"),
            ("stance", words.STANCES, True),
        ):
            _listed(getattr(column, name), ("", *listed) if fits else ("",), f"{column.name}: {name}", file)
        if column.period and not metric.has_period:
            _listed(column.period, ("",), f"{column.name}: period", file)
        if column.scope_count and not (column.scope and column.scope_count.isdecimal()):
            template = N_("{column}: a count is a whole number, and needs the scope that is counted.")
            raise Invalid(template, field="scope_count", column=column.name)
    elif column.role == "source" and column.source_kind:
        _listed(column.source_kind, words.SOURCE_KINDS, f"{column.name}: source_kind", file)


def _listed(value: str, listed: tuple[str, ...], place: str, file: str) -> None:
    if value not in listed:
        where = f"{file}: {place}" if file else place
        template = N_("{place} is '{value}', which is not one of {words}.")
        raise Invalid(template, field=place, place=where, value=value, words=", ".join(filter(None, listed)) or "-")


def _texts(told: dict[str, Any], known: tuple[str, ...], file: str, part: str) -> dict[str, str]:
    for name, value in told.items():
        if name not in known:
            template = N_("{file}: '{name}' is not known here; write one of {words}.")
            raise Invalid(template, field=part, file=file, name=name, words=", ".join(known))
        if not isinstance(value, str):
            raise Invalid(N_("{file}: '{name}' is a text in quotes."), field=part, file=file, name=name)
    return dict(told)


def _tables(told: dict[str, Any], name: str, file: str) -> list[dict[str, Any]]:
    found = told.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Invalid(N_("{file}: write each {part} as [[{part}]]."), field=name, file=file, part=name)
    if name == "column" and any("name" not in one for one in found):
        raise Invalid(N_("{file}: a column without its name."), field=name, file=file)
    return found


def _toml(value: str | int) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
