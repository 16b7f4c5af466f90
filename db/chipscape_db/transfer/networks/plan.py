"""What an import would do, worked out before anything is written: new, there already, or not possible and why."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from math import hypot
from typing import Final
from uuid import UUID

from sqlalchemy import select

from chipscape_db.commands.fields import RECORD_FIELDS, Field, check_order, stored
from chipscape_db.errors import N_, FactsError, Invalid
from chipscape_db.identity import id_of, new_id, slug_of
from chipscape_db.models import Alias, MapPlace, Record, Relationship
from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.queries import Reader
from chipscape_db.queries.ecosystem import SHOWABLE
from chipscape_db.transfer.networks.content import SCALE, FileEdge, FileNode, NetworkFile, Place
from chipscape_db.transfer.networks.mapping import (
    INVERSE,
    LEAVE_OUT,
    REQUIRED,
    ImportMapping,
    kind_word_of,
    link_word_of,
    told,
)
from chipscape_db.transfer.networks.outcome import NewLink, NewRecord, Obstacle, Plan, Stored
from chipscape_db.transfer.networks.updates import Met, updates_of
from chipscape_db.vocabulary import LONGEST_SUMMARY, RELATIONSHIP_KINDS, SYMMETRIC_RELATIONSHIPS

BY_HAND: Final = "hand"
"""The arrangement that holds places from a file."""

_TIME: Final = "T"


class _Base:
    """What the base holds that an import meets."""

    def __init__(self, session: Reader) -> None:
        record, link = Record.__table__.c, Relationship.__table__.c
        self.kind: dict[str, str] = {}
        self.by_slug: dict[str, str] = {}
        self.by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id_, slug, kind, name in session.execute(select(record.id, record.slug, record.kind, record.name)):
            self.kind[id_] = kind
            self.by_slug[slug] = id_
            self.by_name[kind, name.casefold()].add(id_)
        alias = Alias.__table__.c
        for id_, text in session.execute(select(alias.record_id, alias.alias)):
            self.by_name[self.kind[id_], text.casefold()].add(id_)
        self.link_ids: set[str] = set()
        self.link_slugs: dict[str, str] = {}
        self.link_keys: dict[tuple[str, str, str, str | None], str] = {}
        columns = select(link.id, link.slug, link.subject_id, link.kind, link.object_id, link.starts_on)
        for id_, slug, subject, kind, object_, start in session.execute(columns):
            self.link_ids.add(id_)
            self.link_slugs[slug] = id_
            self.add_key(subject, kind, object_, start, id_)
        where = MapPlace.__table__.c
        self.places = {
            row[0]: (row[1], row[2])
            for row in session.execute(select(where.record_id, where.x, where.y).where(where.arrangement == BY_HAND))
        }

    def add_key(self, subject: str, kind: str, object_: str, start: str | None, id_: str = "") -> None:
        self.link_keys[subject, kind, object_, start] = id_
        if kind in SYMMETRIC_RELATIONSHIPS:
            self.link_keys[object_, kind, subject, start] = id_

    def taken(self, slug: str) -> bool:
        return slug in self.by_slug or slug in self.link_slugs


def plan_import(
    session: Reader, network: NetworkFile, mapping: ImportMapping, *, keep_places: bool = True, update: bool = False
) -> Plan:
    """Return what bringing a network into the base would do; nothing is written.

    With *update* what the file says otherwise of what is there already changes too.

    A record is there already when its UUID, else its slug, else its name or an alias of it belongs to one of the same
    kind; a relationship when its UUID or slug does, or when the same two are tied so from the same day on.
    """
    planning = _Planning(_Base(session), network, mapping)
    plan = planning.plan(keep_places=keep_places)
    if not update:
        return plan
    updates, refused = updates_of(session, planning.met, reference=planning.reference)
    return replace(plan, updates=tuple(updates), obstacles=(*plan.obstacles, *refused))


class _Planning:
    def __init__(self, base: _Base, network: NetworkFile, mapping: ImportMapping) -> None:
        self._base, self._network, self._mapping = base, network, mapping
        self._ids: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._obstacles: list[Obstacle] = []
        self._citing = _Citing(base, network, mapping.source_id)
        self._slugs: set[str] = set()
        self._slug_of = {id_: slug for slug, id_ in base.by_slug.items()}
        self._skipped: set[str] = set()
        self.met: list[Met] = []

    def plan(self, *, keep_places: bool) -> Plan:
        known: dict[str, str] = {}
        drafts: list[tuple[FileNode, str, dict[str, str]]] = []
        for node in self._network.nodes:
            says = told(node.values, self._mapping.node_columns)
            kind = self._kind(node)
            if kind == LEAVE_OUT:
                self._skipped.add(node.id)
                continue
            if kind not in SHOWABLE:
                fault = Invalid(N_("“{word}” is no kind of record that the map shows."), field="kind", word=kind)
                self._refuse("node", node.id, fault)
                continue
            found = self._known(node, kind, says)
            if found:
                known[node.id] = found
                self.met.append(Met("node", node.id, found, says))
            else:
                drafts.append((node, kind, says))
            self._ids[node.id] = found or self._new_id(says.get("uuid", ""))
            self._kinds[node.id] = kind
        records = [made for node, kind, says in drafts if (made := self._record(node, kind, says)) is not None]
        links, same = self._links()
        places = _places(self._network, self._ids, self._base.places) if keep_places else {}
        left_out = tuple(
            name
            for columns, names in (
                (self._mapping.node_columns, self._network.node_attributes()),
                (self._mapping.edge_columns, self._network.edge_attributes()),
            )
            for name in names
            if not columns.get(name)
        )
        return Plan(
            tuple(records), tuple(links), known, same, places, tuple(self._citing.wanted.values()),
            tuple(self._obstacles), tuple(dict.fromkeys(left_out)),
        )  # fmt: skip

    def _refuse(self, on: str, id_: str, reason: FactsError) -> None:
        self._obstacles.append(Obstacle(on, id_, reason))

    # Records

    def _kind(self, node: FileNode) -> str:
        word = kind_word_of(node, self._mapping.node_columns)
        return self._mapping.kinds.get(word, "") or self._mapping.kind

    def _known(self, node: FileNode, kind: str, says: Mapping[str, str]) -> str:
        base = self._base
        for id_ in (says.get("uuid", ""), base.by_slug.get(says.get("slug", "")), base.by_slug.get(node.id)):
            if id_ and base.kind.get(id_) == kind:
                return id_
        named = base.by_name.get((kind, node.label.casefold()), set())
        return next(iter(named)) if len(named) == 1 else ""

    def _new_id(self, uuid: str) -> str:
        """Return the UUID that the file tells where it is one and free, so that a round trip keeps it."""
        try:
            told_id = str(UUID(uuid))
        except ValueError:
            return new_id()
        taken = told_id in self._base.kind or told_id in self._ids.values() or told_id in self._base.link_ids
        return new_id() if taken else told_id

    def _record(self, node: FileNode, kind: str, says: Mapping[str, str]) -> NewRecord | None:
        required = REQUIRED.get(kind)
        if required is not None and not says.get(required[0]):
            says = {**says, required[0]: self._mapping.required.get(*required)}
        try:
            name = stored(Field("name", required=True), node.label)
            fields = {one.name: self._field(one, says) for one in RECORD_FIELDS[kind] if one.name != "name"}
            check_order(fields, touched=frozenset(fields), kind=kind)
            summaries = _summaries(says)
        except FactsError as error:
            self._refuse("node", node.id, error)
            self._ids.pop(node.id, None)
            return None
        own = says.get("slug", "") or (node.id if self._network.ours else "")
        slug = slug_of(own if own == slug_of(own, _free) else node.label, self._taken)
        self._slugs.add(slug)
        self._slug_of[self._ids[node.id]] = slug
        aliases = tuple(one.strip() for one in says.get("alias", "").split(";") if one.strip())
        return NewRecord(
            self._ids[node.id], slug, kind, str(name), fields, summaries, aliases, self._citing.ids(says)
        )  # fmt: skip

    def _taken(self, slug: str) -> bool:
        return slug in self._slugs or self._base.taken(slug)

    def _field(self, field: Field, says: Mapping[str, str]) -> Stored:
        """Return a field as stored; a reference is the slug of a record of the base or of the file."""
        text = says.get(field.name.removesuffix("_id"), "")
        if not text:
            return None
        if field.form == "record":
            return self.reference(field, text) or None
        if field.form == "date":
            text = text.partition(_TIME)[0]
        return stored(field, text)

    def reference(self, field: Field, text: str) -> str:
        """Return the id of the record that a field names; another of its own would be a guess: the field waits."""
        id_ = self._ids.get(text) or self._base.by_slug.get(text)
        kind = self._kinds.get(text) or self._base.kind.get(id_ or "")
        return id_ if id_ is not None and kind == field.refers_to else ""

    # Relationships

    def _links(self) -> tuple[list[NewLink], int]:
        out: list[NewLink] = []
        same = 0
        refused = {one.id for one in self._obstacles if one.on == "node"}
        for edge in self._network.edges:
            if edge.source in self._skipped or edge.target in self._skipped:
                continue
            if edge.source in refused or edge.target in refused:
                self._refuse("edge", edge.id, Invalid(N_("One of its ends cannot come in."), field="kind"))
                continue
            says = told(edge.values, self._mapping.edge_columns)
            uuid = self._base.link_slugs.get(edge.id, "") or says.get("uuid", "")
            if uuid in self._base.link_ids:
                same += 1
                self.met.append(Met("edge", edge.id, uuid, says))
                continue
            try:
                ends = self._ends(edge)
                if ends is None:
                    continue
                subject, kind, object_ = ends
                for start, end in _spans(edge, says):
                    if (subject, kind, object_, start) in self._base.link_keys:
                        same += 1
                        if there := self._base.link_keys[subject, kind, object_, start]:
                            self.met.append(Met("edge", edge.id, there, says))
                        continue
                    self._base.add_key(subject, kind, object_, start)
                    out.append(self._link(edge, says, (subject, kind, object_), (start, end)))
            except FactsError as error:
                self._refuse("edge", edge.id, error)
        return out, same

    def _link(
        self, edge: FileEdge, says: Mapping[str, str], ends: tuple[str, str, str],
        span: tuple[str | None, str | None],
    ) -> NewLink:  # fmt: skip
        subject, kind, object_ = ends
        known = edge.id if edge.id.startswith("rel-") and edge.id == slug_of(edge.id, _free) else ""
        slug = slug_of(known or f"rel-{self._slug_of[subject]}-{kind}-{self._slug_of[object_]}", self._taken)
        self._slugs.add(slug)
        identity = self._new_id(says.get("uuid", ""))
        self._base.link_ids.add(identity)
        return NewLink(identity, slug, kind, subject, object_, *span, _summaries(says), self._citing.ids(says))

    def _ends(self, edge: FileEdge) -> tuple[str, str, str] | None:
        """Return subject, kind and object, None for what is left out on purpose.

        An edge without a direction is turned where only that makes sense.
        """
        if edge.source == edge.target:
            raise Invalid(N_("A relationship joins two different records."), field="object_id")
        word = link_word_of(edge, self._mapping.edge_columns)
        kind = self._mapping.links.get(word, "") or self._mapping.link
        if kind == LEAVE_OUT:
            return None
        source, target = edge.source, edge.target
        if kind.endswith(INVERSE):
            kind, source, target = kind.removesuffix(INVERSE), target, source
        ends = RELATIONSHIP_KINDS.get(kind)
        if ends is None:
            raise Invalid(
                N_("“{word}” is no kind of relationship here; say what it stands for."), field="kind", word=word
            )
        kinds = self._kinds[source], self._kinds[target]
        if not ends.allow(*kinds) and not edge.directed and ends.allow(*kinds[::-1]):
            source, target, kinds = target, source, kinds[::-1]
        if not ends.allow(*kinds):
            raise Invalid(
                N_("“{link}” does not join {subject} and {object}; choose another relationship for “{word}”."),
                field="kind", link=kind, subject=kinds[0], object=kinds[1], word=word,
            )  # fmt: skip
        if self._ids[source] == self._ids[target]:
            raise Invalid(N_("A relationship joins two different records."), field="object_id")
        return self._ids[source], kind, self._ids[target]


class _Citing:
    """Finds the sources that nodes and edges name: in the base, or among those that the file brings."""

    def __init__(self, base: _Base, network: NetworkFile, source_id: str) -> None:
        self._base, self._source_id = base, source_id
        self._told = {one["slug"]: one for one in network.sources}
        self.wanted: dict[str, Mapping[str, str]] = {}

    def ids(self, says: Mapping[str, str]) -> tuple[str, ...]:
        """Return the ids of the sources told, or of the one that is cited for whatever is new."""
        named = (self._find(one.strip()) for one in says.get("sources", "").split(";"))
        return tuple(dict.fromkeys(filter(None, named))) or ((self._source_id,) if self._source_id else ())

    def _find(self, slug: str) -> str:
        """Return the id of a source of the base, or of one that the file brings with those that it relays."""
        known = self._base.by_slug.get(slug)
        if known is not None:
            return known if self._base.kind[known] == "source" else ""
        told_source = self._told.get(slug)
        if told_source is None:
            return ""
        if slug not in self.wanted:
            self.wanted[slug] = told_source
            relayed = self._find(told_source["relays"]) if told_source.get("relays", slug) != slug else ""
            self.wanted[slug] = {**told_source, "relays_id": relayed}
        return source_id_of(told_source)


def _places(network: NetworkFile, ids: Mapping[str, str], stored_places: Mapping[str, Place]) -> dict[str, Place]:
    """Return the places in units of the map; those of other programs are brought to the length of a link."""
    placed = {node.id: node.place for node in network.nodes if node.place and node.id in ids}
    if not placed:
        return {}
    scale = SCALE if network.ours else _length(network, placed)
    out = {ids[id_]: (x / scale, y / scale) for id_, (x, y) in placed.items()}
    return {id_: place for id_, place in out.items() if id_ not in stored_places or _far(stored_places[id_], place)}


def _length(network: NetworkFile, placed: Mapping[str, Place]) -> float:
    """Return what is one unit of the map in a file of another program: its middling edge is one and a half."""
    lengths = sorted(
        hypot(placed[edge.source][0] - placed[edge.target][0], placed[edge.source][1] - placed[edge.target][1])
        for edge in network.edges
        if edge.source in placed and edge.target in placed
    )
    middle = lengths[len(lengths) // 2] if lengths else 0.0
    return middle / 1.5 if middle > 0 else SCALE


def source_id_of(told_source: Mapping[str, str]) -> str:
    """Return the UUID of a source that a file brings."""
    return told_source.get("uuid") or id_of("source", told_source["slug"])


def _free(_slug: str) -> bool:
    return False


def _far(a: Place, b: Place) -> bool:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1])) > 1e-6


def _summaries(says: Mapping[str, str]) -> dict[str, str]:
    out = {}
    for language in ("en", "fr"):
        text = stored(Field(f"summary_{language}", "long"), says.get(f"summary_{language}", ""))
        if text:
            out[language] = str(text)[:LONGEST_SUMMARY]
    return out


def _spans(edge: FileEdge, says: Mapping[str, str]) -> list[tuple[str | None, str | None]]:
    """Return when a relationship holds: as written where that is said, else a span for each spell."""
    start, end = (says.get(name, "").partition(_TIME)[0] for name in ("starts_on", "ends_on"))
    spans = [(start, end)] if start or end or not edge.spells else list(edge.spells)
    out = []
    for first, last in spans:
        pair = (_date(first, "starts_on"), _date(last, "ends_on"))
        check_order({"starts_on": pair[0], "ends_on": pair[1]}, touched=frozenset(("starts_on",)))
        out.append(pair)
    return out


def _date(text: str, field: str) -> str | None:
    if not text:
        return None
    try:
        return str(PartialDate.parse(text))
    except NotADate as fault:
        raise Invalid(fault.template, field=field, **fault.params) from None
