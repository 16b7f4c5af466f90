"""The rules of the files beside the contract: further languages, and what a curator has settled about claims."""

import re
from collections.abc import Iterator, Mapping, Set

from chipscape_db.errors import N_
from chipscape_db.transfer.csv_cells import Fault, is_partial_date
from chipscape_db.transfer.csv_claims import fingerprints
from chipscape_db.transfer.csv_read import Sheet

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def translated_columns(name: str) -> Mapping[str, str]:
    """Return what the English and French columns of a table end up as: the column's stem and the field it fills."""
    if name == "sources":
        return {}
    if name == "seed_claims":
        return {"statement": "statement", "comment": "comment"}
    if name == "events":
        return {"title": "name", "summary": "summary"}
    return {"name": "name", "summary": "summary"} if name == "sectors" else {"summary": "summary"}


def text_fields(name: str) -> tuple[str, ...]:
    """Return the fields that may be told in further languages for the rows of a table."""
    if name == "seed_claims":
        return ("statement", "comment")
    return ("summary",) if name == "relationships" else ("name", "summary")


def text_faults(
    sheet: Sheet, holder: Mapping[str, tuple[str, int]], numbers: Set[str], *, complete: bool
) -> Iterator[tuple[int, str, Fault]]:
    """Yield (row, column, fault) for texts.csv; *holder* knows the table of an id, *numbers* the statements."""
    seen: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(sheet.rows):
        identity, field, language, _text = row
        name = "seed_claims" if identity in numbers and identity not in holder else holder.get(identity, ("", 0))[0]
        if not name:
            if complete and identity:
                yield (
                    index,
                    "id",
                    Fault(N_("'{id}' is no id of any file; mend it or remove the row."), {"id": identity}),
                )
            continue
        fields = text_fields(name)
        if field and field not in fields:
            template = N_("'{field}' has no translations; write one of {fields}.")
            yield index, "field", Fault(template, {"field": field, "fields": ", ".join(fields)})
        if language and not _LANGUAGE.fullmatch(language):
            template = N_("'{language}' is not a language; write a code such as de, ja or zh-Hant.")
            yield index, "language", Fault(template, {"language": language})
        elif (language == "fr" or (language == "en" and field != "name")) and field in translated_columns(
            name
        ).values():
            template = N_("this text has a column of its own in {file}; move it there.")
            yield index, "language", Fault(template, {"file": f"{name}.csv"})
        first = seen.setdefault((identity, field, language), index)
        if first != index and sheet.rows[first] != row:
            template = N_("row {row} holds this text in the same language already; keep one of them.")
            yield index, "", Fault(template, {"row": sheet.lines[first]})


def rank_faults(sheet: Sheet, claims: Sheet) -> Iterator[tuple[int, str, Fault]]:
    """Yield (row, column, fault) for ranks.csv."""
    if not sheet.rows:
        return
    known, seen = set(fingerprints(claims.rows)), dict[str, int]()
    for index, (claim, asserted_on, rank, reason, repeats) in enumerate(sheet.rows):
        for column, value in (("claim", claim), ("repeats", repeats)):
            if value and value not in known and claims.whole:
                template = N_(
                    "'{value}' is the fingerprint of no row of claims.csv; remove it, or undo the change there."
                )
                yield index, column, Fault(template, {"value": value})
        if repeats and repeats == claim:
            yield index, "repeats", Fault(N_("a claim cannot repeat itself; clear the cell."))
        if asserted_on and not is_partial_date(asserted_on):
            template = N_("'{value}' is not a date; write 2025, 2025-06 or 2025-06-30.")
            yield index, "asserted_on", Fault(template, {"value": asserted_on})
        if rank and rank != "normal" and not reason:
            yield index, "rank_reason", Fault(N_("a rank other than normal needs its reason; say why."))
        first = seen.setdefault(claim, index)
        if first != index and sheet.rows[first] != sheet.rows[index]:
            yield (
                index,
                "claim",
                Fault(N_("row {row} speaks of this claim already; keep one."), {"row": sheet.lines[first]}),
            )
