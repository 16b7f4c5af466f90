"""What a file says otherwise of what is in the base already: fields, dates and summaries that would be changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from chipscape_db.commands.fields import RECORD_FIELDS, Field, check_order, field_of, shown, stored
from chipscape_db.errors import FactsError
from chipscape_db.queries import Reader
from chipscape_db.queries.forms import RecordState, record_state, relationship_state
from chipscape_db.transfer.networks.outcome import Obstacle, Update
from chipscape_db.vocabulary import LONGEST_SUMMARY

_TIME = "T"
_DATES = ("starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Met:
    """A node or an edge (`on`, by its id in the file) that is there already as `id`, and what the file says of it."""

    on: str
    file_id: str
    id: str
    says: Mapping[str, str]


def updates_of(
    session: Reader, met: Iterable[Met], *, reference: Callable[[Field, str], str]
) -> tuple[list[Update], list[Obstacle]]:
    """Return what would change of what is there, and what of it cannot, with the reason.

    What the file leaves empty stays, and so do names, which files have in one language only. *reference* returns the
    id of a record that a field refers to, empty where that would be a guess.
    """
    updates: dict[str, Update] = {}
    refused = []
    for one in met:
        try:
            made = _of_record(session, one, reference) if one.on == "node" else _of_link(session, one)
        except FactsError as fault:
            refused.append(Obstacle(one.on, one.file_id, fault))
            continue
        if made is not None:
            updates.setdefault(made.id, made)
    return list(updates.values()), refused


def _of_record(session: Reader, one: Met, reference: Callable[[Field, str], str]) -> Update | None:
    now = record_state(session, one.id)
    fields = {}
    for field in RECORD_FIELDS[now.kind]:
        text = one.says.get(field.name.removesuffix("_id"), "")
        if field.name == "name" or not text:
            continue
        if field.form == "record":
            text = reference(field, text)
        elif field.form == "date":
            text = text.partition(_TIME)[0]
        told = shown(stored(field, text)) if text else ""
        if told and told != now.fields[field.name]:
            fields[field.name] = told
    if fields:
        _check_order(now, fields)
    texts = {language: now.texts.get(("summary", language), "") for language in ("en", "fr")}
    said = _summaries(one.says, texts)
    if not fields and not said:
        return None
    before = {name: now.fields[name] for name in fields} | {f"summary_{code}": texts[code] for code in said}
    return Update("node", one.id, now.fields["name"], fields, said, before)


def _check_order(now: RecordState, fields: Mapping[str, str]) -> None:
    texts = {**now.fields, **fields}
    values = {name: stored(field_of(now.kind, name), text) for name, text in texts.items() if name in _dated(now.kind)}
    check_order(values, touched=frozenset(fields), kind=now.kind)


def _dated(kind: str) -> set[str]:
    return {field.name for field in RECORD_FIELDS[kind] if field.form == "date"}


def _of_link(session: Reader, one: Met) -> Update | None:
    now = relationship_state(session, one.id)
    told = {name: one.says.get(name, "").partition(_TIME)[0] for name in _DATES}
    fields = {
        name: shown(stored(Field(name, "date"), text))
        for name, text in told.items()
        if text and shown(stored(Field(name, "date"), text)) != now.fields[name]
    }
    if fields:
        dates = {name: stored(Field(name, "date"), text) for name, text in {**now.fields, **fields}.items()
                 if name in _DATES}  # fmt: skip
        check_order(dates, touched=frozenset(fields))
    texts = {language: now.texts.get(language, "") for language in ("en", "fr")}
    said = _summaries(one.says, texts)
    if not fields and not said:
        return None
    before = {name: now.fields[name] for name in fields} | {f"summary_{code}": texts[code] for code in said}
    return Update("edge", one.id, now.slug, fields, said, before)


def _summaries(says: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    out = {}
    for language, text in now.items():
        told = shown(stored(Field(f"summary_{language}", "long"), says.get(f"summary_{language}", "")))
        if told and told[:LONGEST_SUMMARY] != text:
            out[language] = told[:LONGEST_SUMMARY]
    return out
