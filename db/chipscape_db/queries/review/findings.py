"""What a check of the review finds, and the facts that all checks share, read once."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import select

from chipscape_db.errors import FieldNames
from chipscape_db.metrics import METRICS
from chipscape_db.models import Citation, Record, Relationship, Source
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import names_in, source_roots
from chipscape_db.queries.claims import ClaimRow, claims_by_record

Severity: TypeAlias = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")

CHECKS: Final[Mapping[str, Severity]] = {
    "damage": "error",
    "impossible": "error",
    "uncited": "error",
    "contested": "warning",
    "duplicate": "warning",
    "stale-single": "warning",
    "mixed-conventions": "note",
    "single-source": "note",
    "stale": "note",
    "missing": "note",
}
"""The checks of the review in the order of their weight."""

STALE_DAYS: Final = 730
"""What is older than two years is stale."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Why, by whom and when a finding was settled without a change of the facts."""

    reason: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    `kind` is `record`, `relationship` or `claim` (empty: the file) and `id` the one it is about; `name` says which to a
    person and `slug` to a file. `field` names where to mend it: a field, or `claims`, `sources`, `links`,
    `participants`. `owners` are the records that it concerns. `template` is the English sentence that `params` fills.
    `key` is its identity: it changes when the facts behind it do, so that what was settled once comes up again then.
    """

    code: str
    kind: str
    id: str
    name: str
    slug: str
    field: str
    template: str
    params: Mapping[str, object] = made_by(default_factory=dict)
    owners: tuple[str, ...] = ()
    key: str = ""
    settled: Settled | None = None

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return CHECKS[self.code]

    def __str__(self) -> str:
        """Return the sentence in English, behind whose it is."""
        sentence = self.template.format(**{name: shown(value) for name, value in self.params.items()})
        return f"{self.slug}: {sentence}" if self.slug else sentence


def shown(value: object) -> object:
    """Return a parameter as the English sentence shows it."""
    return value.replace(",", ", ") if isinstance(value, FieldNames) else value


def key_of(code: str, identity: str, *evidence: str) -> str:
    """Return the identity of a finding: the check, what it is about, and a digest of the facts behind it."""
    if not evidence:
        return f"{code}/{identity}"
    digest = hashlib.sha256("\x1f".join(evidence).encode()).hexdigest()
    return f"{code}/{identity}/{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship as the checks see it."""

    id: str
    slug: str
    kind: str
    subject_id: str
    object_id: str
    starts_on: str | None
    ends_on: str | None


class Ground:
    """The facts that the checks share: names, sources, claims; *today* is the day that ages are counted from."""

    def __init__(self, session: Reader, *, language: str, today: date) -> None:
        self.session = session
        self.language = language
        self.today = day_number(today)
        self.names: dict[str, str] = {}
        self.slugs: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        translated = names_in(session, language)
        for id_, slug, kind, name in session.execute(select(Record.id, Record.slug, Record.kind, Record.name)):
            self.names[id_], self.slugs[id_], self.kinds[id_] = translated.get(id_, name), slug, kind
        self.roots = source_roots(session)
        self.published: dict[str, int | None] = dict(session.execute(select(Source.id, Source.published_on_to)).all())
        self.cited: dict[str, list[str]] = defaultdict(list)
        for record_id, link_id, source_id in session.execute(
            select(Citation.record_id, Citation.relationship_id, Citation.source_id)
        ):
            self.cited[record_id or link_id or ""].append(source_id)
        link = Relationship.__table__.c
        rows = session.execute(
            select(link.id, link.slug, link.kind, link.subject_id, link.object_id, link.starts_on, link.ends_on)
        )
        self.links: dict[str, Link] = {row[0]: Link(*row) for row in rows}
        self.claims: dict[str, dict[str, list[ClaimRow]]] = claims_by_record(session, METRICS, language=language)

    def link_name(self, link: Link) -> str:
        """Return what a relationship is called."""
        return f"{self.names[link.subject_id]} → {self.names[link.object_id]}"

    def age(self, sources: Iterable[str]) -> int | None:
        """Return how many days ago the newest of these sources was published; None where one has no date."""
        days = [self.published.get(source) for source in sources]
        known = [day for day in days if day is not None]
        return None if len(known) < len(days) or not known else self.today - max(known)

    def of_record(
        self, code: str, record_id: str, *, where: str, template: str, evidence: Iterable[str] = (), **params: Any
    ) -> Finding:
        """Return a finding about a record; *evidence* are the facts behind it that its key changes with."""
        return Finding(
            code, "record", record_id, self.names[record_id], self.slugs[record_id], where, template, params,
            (record_id,), key_of(code, record_id, *evidence),
        )  # fmt: skip

    def of_link(
        self, code: str, link: Link, *, where: str, template: str, evidence: Iterable[str] = (), **params: Any
    ) -> Finding:
        """Return a finding about a relationship; *evidence* as of a record's."""
        return Finding(
            code, "relationship", link.id, self.link_name(link), link.slug, where, template, params,
            (link.subject_id, link.object_id), key_of(code, link.id, *evidence),
        )  # fmt: skip
