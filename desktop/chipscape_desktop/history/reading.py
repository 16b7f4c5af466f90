"""What the history window reads in the background, with ids turned into names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipscape_db.queries.forms import names_of
from chipscape_db.queries.history import (
    ChangesetRow,
    FieldChange,
    HistoryFilter,
    authors,
    changesets,
    field_changes,
)
from chipscape_desktop.cell_text import cell_text
from chipscape_desktop.field_words import field_label, language_name, stored_label
from chipscape_desktop.i18n import _
from chipscape_desktop.words import link_word, word

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_DATES = ("_on", "period")
_VERBATIM = frozenset({"name", "text", "alias", "note", "condition", "locator", "rank_reason", "slug", "title"})


@dataclass(frozen=True, slots=True)
class Line:
    """One field of one row before and after, in words; `row` tells rows apart, `heading` says which one it is."""

    owner: str
    field: str
    before: str
    after: str
    row: int = 0
    heading: str = ""


def read_changesets(
    session: "Session", limit: int, wanted: HistoryFilter | None = None
) -> tuple[list[ChangesetRow], list[str]]:
    """Return the newest changesets that are wanted, and everybody who changed something."""
    return changesets(session, limit=limit, wanted=wanted), authors(session)


def read_name(session: "Session", record_id: str, language: str) -> tuple[str, str]:
    """Return a record's id and name; both empty when it is gone."""
    name = names_of(session, {record_id}, language=language).get(record_id, "")
    return (record_id, name) if name else ("", "")


def read_lines(session: "Session", changeset_id: int, language: str) -> tuple[int, list[Line]]:
    """Return a changeset's id and what it did, field by field in words."""
    changes = [one for one in field_changes(session, changeset_id, limit=400) if one.field not in ("id", "number")]
    ids = {value for one in changes if one.field.endswith("_id") for value in (one.before, one.after) if value}
    names = names_of(session, ids, language=language)
    return changeset_id, [
        Line(
            one.owner,
            _label(one),
            _shown(one, one.before, names),
            _shown(one, one.after, names),
            one.row,
            _heading(one),
        )
        for one in changes
    ]


def _heading(change: FieldChange) -> str:
    """Return which row a change is of and what became of it: "Huawei · claim, deleted"."""
    templates = {
        "added": _("{what}, added"), "changed": _("{what}, changed"), "deleted": _("{what}, deleted"),
    }  # fmt: skip
    told = templates[change.fate].format(what=stored_label(change.table))
    return f"{change.owner} · {told}" if change.owner else told


def _label(change: FieldChange) -> str:
    """Return what a field is called; the fields of link tables are named with their table."""
    if change.field == "text":
        return field_label("summary")
    if change.field == "kind" and change.table == "record":
        return field_label("org_kind")
    return field_label(change.field)


def _shown(change: FieldChange, value: str, names: dict[str, str]) -> str:
    field = change.field
    if not value:
        shown = ""
    elif field.endswith("_id"):
        shown = names.get(value, value)
    elif field in _VERBATIM:
        shown = value
    elif field == "metric":
        shown = cell_text("metric", value)
    elif field.endswith(_DATES):
        shown = cell_text("date", value)
    elif field == "country":
        shown = cell_text("country", value)
    elif field == "language":
        shown = language_name(value)
    elif field == "kind" and change.table == "relationship":
        shown = link_word(value)
    elif field == "value":
        shown = cell_text("number", value)
    else:
        shown = word(value)
    return shown
