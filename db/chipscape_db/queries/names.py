"""Which record a name means, and which row of a table says the same: what pasted rows are matched by."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from chipscape_db.commands.fields import CLAIM_FIELDS, RECORD_FIELDS, RELATIONSHIP_FIELDS, shown
from chipscape_db.errors import FactsError
from chipscape_db.models import Alias, Claim, FormerSlug, Organization, Record, RecordText, Relationship
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries import Reader
from chipscape_db.queries.duplicates import address_key, keys_of, share
from chipscape_db.queries.forms import MODEL_OF_KIND
from chipscape_db.search import words_of
from chipscape_db.vocabulary import SYMMETRIC_RELATIONSHIPS

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of every record: everyday names first, then other names, without case, accents and blanks."""

    own: Mapping[str, tuple[str, ...]]
    other: Mapping[str, tuple[str, ...]]
    slugs: Mapping[str, str]
    kinds: Mapping[str, str]

    def find(self, text: str, kind: str = "") -> list[str]:
        """Return the ids of the records that *text* may mean, of one kind where one is asked for."""
        if text.strip() in self.slugs:
            found: tuple[str, ...] = (self.slugs[text.strip()],)
        else:
            key = keys_of(text)[0]
            found = self._of(self.own.get(key, ()), kind) or self.other.get(key, ())
        return list(self._of(found, kind))

    def _of(self, ids: tuple[str, ...], kind: str) -> tuple[str, ...]:
        return tuple(one for one in dict.fromkeys(ids) if not kind or self.kinds[one] == kind)


def names_for(session: Reader, language: str) -> Names:
    """Return the names of all records, those in *language* among the everyday ones."""
    own: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    slugs: dict[str, str] = dict(session.execute(select(FormerSlug.slug, FormerSlug.record_id)).all())
    kinds: dict[str, str] = {}
    for id_, slug, kind, name in session.execute(select(Record.id, Record.slug, Record.kind, Record.name)):
        slugs[slug], kinds[id_] = id_, kind
        own[keys_of(name)[0]].append(id_)
    texts = select(RecordText.record_id, RecordText.language, RecordText.text).where(RecordText.field == "name")
    for id_, code, name in session.execute(texts):
        (own if code == language else other)[keys_of(name)[0]].append(id_)
    native = Organization.__table__.c
    for query in (
        select(Alias.record_id, Alias.alias),
        select(native.id, native.name_native).where(native.name_native.is_not(None)),
    ):
        for id_, name in session.execute(query):
            other[keys_of(name)[0]].append(id_)
    return Names(
        {key: tuple(ids) for key, ids in own.items()}, {key: tuple(ids) for key, ids in other.items()}, slugs, kinds
    )


class Stored:
    """The rows of one table as texts, and which of them a row says the same as."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.fields: dict[str, dict[str, str]] = {}
        self.names: dict[str, str] = {}
        self.slugs: dict[str, str] = {}
        self._by_key: dict[Any, str] = {}
        self._by_day: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)

    def add(self, id_: str, slug: str, name: str, fields: dict[str, str]) -> None:
        """Take a stored row in."""
        self.fields[id_], self.names[id_], self.slugs[slug] = fields, name, id_
        key = self.key(fields)
        if key:
            self._by_key.setdefault(key, id_)
        if self.table == "event":
            self._by_day[fields["starts_on"]].append((id_, frozenset(words_of(name))))

    def alias(self, id_: str, name: str) -> None:
        """Let a row be found by another name too."""
        key = self.key(self.fields[id_] | {"name": name})
        if key:
            self._by_key.setdefault(key, id_)

    def key(self, fields: Mapping[str, str]) -> Any:
        """Return what makes two rows say the same; None where a row says too little."""
        if self.table == "relationship":
            ends = (fields.get("subject_id", ""), fields.get("object_id", ""))
            ends = (min(ends), max(ends)) if fields.get("kind") in SYMMETRIC_RELATIONSHIPS else ends
            return (fields.get("kind", ""), *ends, fields.get("starts_on", "")) if all(ends) else None
        if self.table == "claim":
            return _claim_key(fields)
        name = keys_of(fields.get("name", ""))[0]
        if self.table == "source":
            return address_key(fields["url"]) if fields.get("url") else name or None
        return (name, _year(fields.get("starts_on", ""))) if self.table == "event" and name else name or None

    def match(self, fields: Mapping[str, str], slug: str) -> tuple[str, bool]:
        """Return the stored row that says the same, empty for none, and whether that is sure."""
        if slug in self.slugs:
            return self.slugs[slug], True
        key = self.key(fields)
        if key in self._by_key:
            return self._by_key[key], True
        if self.table == "event":
            words = frozenset(words_of(fields.get("name", "")))
            alike = [
                (share(words, others), id_)
                for id_, others in self._by_day.get(fields.get("starts_on", ""), ())
                if share(words, others) >= _ALIKE
            ]
            if alike:
                return max(alike)[1], False
        return "", True


def _year(text: str) -> str:
    """Return the year of a partial date: one event does not come twice a year under one name."""
    try:
        earliest = PartialDate.parse(text).earliest
    except FactsError:
        return text
    return text if earliest is None else str(earliest.year)


def _claim_key(fields: Mapping[str, str]) -> Any:
    from chipscape_db.commands.claims import claim_value
    from chipscape_db.metrics import METRICS

    metric = METRICS.get(fields.get("metric", ""))
    if metric is None or not fields.get("subject_id"):
        return None
    try:
        value = claim_value(fields.get("value", ""), metric, lang="en")[0]
    except FactsError:
        value = fields.get("value", "")
    said = ("sparsity", "engine", "scope", "scope_count", "direction", "bound", "period", "condition", "source_id")
    return (fields["subject_id"], metric.key, value, *(fields.get(name, "") for name in said))


def stored_rows(session: Reader, table: str) -> Stored:
    """Return the rows of a table to match others with."""
    out = Stored(table)
    row: Any
    if table == "relationship":
        link = Relationship.__table__.c
        names = dict(session.execute(select(Record.id, Record.name)).all())
        columns = [field.name for field in RELATIONSHIP_FIELDS]
        for row in session.execute(select(link.id, link.slug, *(link[name] for name in columns))).mappings():
            called = f"{names[row['subject_id']]} → {names[row['object_id']]}"
            out.add(row["id"], row["slug"], called, {name: shown(row[name]) for name in columns})
    elif table == "claim":
        claim = Claim.__table__.c
        names = dict(session.execute(select(Record.id, Record.name)).all())
        columns = ["subject_id", *(field.name for field in CLAIM_FIELDS)]
        for row in session.execute(select(claim.id, *(claim[name] for name in columns))).mappings():
            out.add(row["id"], row["id"], names[row["subject_id"]], {name: shown(row[name]) for name in columns})
    else:
        own, record = MODEL_OF_KIND[table].__table__.c, Record.__table__.c
        columns = [field.name for field in RECORD_FIELDS[table] if field.name != "name"]
        query = select(own.id, record.slug, record.name, *(own[name] for name in columns)).join(
            Record.__table__, record.id == own.id
        )
        for row in session.execute(query).mappings():
            fields = {name: shown(row[name]) for name in columns} | {"name": row["name"]}
            out.add(row["id"], row["slug"], row["name"], fields)
        others = select(Alias.record_id, Alias.alias).join(own.id.table, own.id == Alias.record_id)
        for id_, name in session.execute(others):
            out.alias(id_, name)
        former = select(FormerSlug.slug, FormerSlug.record_id).join(own.id.table, own.id == FormerSlug.record_id)
        out.slugs |= dict(session.execute(former).all())
    return out
