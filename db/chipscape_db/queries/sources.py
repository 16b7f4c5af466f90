"""What a source's form shows beside its fields: its copies, what rests on it, and sources that are the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import aliased

from chipscape_db.errors import N_, FileFault, NotFound
from chipscape_db.identifiers import doi_in, normal_doi, url_key
from chipscape_db.metrics import METRICS
from chipscape_db.models import Citation, Claim, Record, Relationship, Snapshot, SnapshotContent, Source
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import names_in
from chipscape_db.search import words_of


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """A copy of a source: its file name, what it is, how many bytes, their SHA-256 and the day it was taken."""

    id: str
    name: str
    media_type: str
    sha256: str
    size: int
    taken_on: str


@dataclass(frozen=True, slots=True)
class Resting:
    """Something that rests on a source.

    `kind` is `claim`, `record` (a citation of the whole or of a `field`) or `relationship`; `id` is its own, `owner_id`
    the record to look at. Of a claim, `metric`, `value`, `unit` and `rank` are told.
    """

    kind: str
    id: str
    owner_id: str
    name: str
    field: str = ""
    metric: str = ""
    value: str = ""
    unit: str = ""
    rank: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """A source that may be the same as another, and by what: `doi`, `url` or `title`."""

    id: str
    slug: str
    name: str
    by: str


def snapshots_of(session: Reader, source_id: str) -> tuple[SnapshotRow, ...]:
    """Return the copies of a source, the newest first, without their bytes."""
    query = select(
        Snapshot.id, Snapshot.name, Snapshot.media_type, Snapshot.sha256, Snapshot.size, Snapshot.taken_on
    ).where(Snapshot.source_id == source_id)
    return tuple(SnapshotRow(*row) for row in session.execute(query.order_by(Snapshot.taken_on.desc(), Snapshot.name)))


def snapshot_content(session: Reader, snapshot_id: str) -> tuple[SnapshotRow, bytes]:
    """Return a copy with its bytes; raise `NotFound`, and `FileFault` where the bytes are not those of the hash."""
    query = select(
        Snapshot.id, Snapshot.name, Snapshot.media_type, Snapshot.sha256, Snapshot.size, Snapshot.taken_on,
        SnapshotContent.content,
    ).join(SnapshotContent, SnapshotContent.sha256 == Snapshot.sha256)  # fmt: skip
    row = session.execute(query.where(Snapshot.id == snapshot_id)).first()
    if row is None:
        raise NotFound(N_("This copy is no longer there; someone deleted it meanwhile."))
    content: bytes = row.content
    if sha256(content).hexdigest() != row.sha256:
        raise FileFault(N_("The copy {name} is damaged: its bytes are not those that were kept."), name=row.name)
    return SnapshotRow(*row[:-1]), content


def resting_on(session: Reader, source_id: str, *, language: str) -> tuple[Resting, ...]:
    """Return everything that rests on a source: claims first, then cited records, then cited relationships."""
    names = names_in(session, language)
    out = [
        Resting("claim", id_, subject, names.get(subject, name), "", metric, value,
                METRICS[metric].unit if metric in METRICS else "", rank, locator or "")
        for id_, subject, name, metric, value, rank, locator in session.execute(
            select(Claim.id, Claim.subject_id, Record.name, Claim.metric, Claim.value, Claim.rank, Claim.locator)
            .join(Record, Record.id == Claim.subject_id)
            .where(Claim.source_id == source_id)
            .order_by(Record.name, Claim.metric, Claim.id)
        )
    ]  # fmt: skip
    out += [
        Resting("record", id_, owner, names.get(owner, name), field or "", locator=locator or "")
        for id_, owner, name, field, locator in session.execute(
            select(Citation.id, Record.id, Record.name, Citation.field, Citation.locator)
            .join(Record, Record.id == Citation.record_id)
            .where(Citation.source_id == source_id)
            .order_by(Record.name, Citation.field, Citation.id)
        )
    ]
    first, second = aliased(Record), aliased(Record)
    out += [
        Resting("relationship", link, one, f"{names.get(one, name)} → {names.get(other, target)}", kind,
                locator=locator or "")
        for link, one, name, other, target, kind, locator in session.execute(
            select(Relationship.id, first.id, first.name, second.id, second.name, Relationship.kind, Citation.locator)
            .join(Citation, Citation.relationship_id == Relationship.id)
            .join(first, first.id == Relationship.subject_id)
            .join(second, second.id == Relationship.object_id)
            .where(Citation.source_id == source_id)
            .order_by(first.name, second.name, Citation.id)
        )
    ]  # fmt: skip
    return tuple(out)


def same_sources(
    session: Reader, *, url: str = "", doi: str = "", title: str = "", exclude: str = ""
) -> tuple[Same, ...]:
    """Return the sources that have this DOI, this address or this very title already; the surest reason first."""
    wanted = _keys(url, doi, title)
    found: dict[str, Same] = {}
    for id_, slug, name, its_url, its_doi in _identified(session):
        if id_ == exclude:
            continue
        shared = [by for by, key in _keys(its_url, its_doi, name).items() if wanted.get(by) == key]
        if shared:
            found[id_] = Same(id_, slug, name, shared[0])
    order = ("doi", "url", "title")
    return tuple(sorted(found.values(), key=lambda same: (order.index(same.by), same.name)))


def source_duplicates(session: Reader) -> tuple[tuple[Same, ...], ...]:
    """Return groups of sources that share a DOI, an address or a title, each with what the group shares."""
    groups: dict[tuple[str, str], list[Same]] = defaultdict(list)
    for id_, slug, name, url, doi in _identified(session):
        for by, key in _keys(url, doi, name).items():
            groups[by, key].append(Same(id_, slug, name, by))
    seen: set[frozenset[str]] = set()
    out = []
    for (by, _key), group in sorted(groups.items(), key=lambda item: (("doi", "url", "title").index(item[0][0]), item)):
        members = frozenset(same.id for same in group)
        if len(members) > 1 and members not in seen:
            seen.add(members)
            out.append(tuple(Same(same.id, same.slug, same.name, by) for same in group))
    return tuple(out)


def _identified(session: Reader) -> Iterable[tuple[str, str, str, str, str]]:
    source, record = Source.__table__.c, Record.__table__.c
    query = (
        select(record.id, record.slug, record.name, source.url, source.doi)
        .select_from(Source.__table__.join(Record.__table__, record.id == source.id))
        .order_by(record.slug)
    )
    return ((row[0], row[1], row[2], row[3] or "", row[4] or "") for row in session.execute(query))


def _keys(url: str, doi: str, title: str) -> dict[str, str]:
    """Return what a source can be known by; titles of fewer than four words are too common to tell."""
    keys = {}
    known = normal_doi(doi) if doi else doi_in(url)
    if known:
        keys["doi"] = known
    if url:
        keys["url"] = url_key(url)
    said = words_of(title)
    if len(said) > 3:
        keys["title"] = " ".join(said)
    return keys
