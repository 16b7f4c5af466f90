"""Two records that are one: merge them, field by field, and keep whatever refers to either."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, inspect, or_, select

from chipscape_db.commands.checks import found, subject_of
from chipscape_db.commands.deletion import drop_relationship
from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.commands.records import put_fields, put_texts
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.models import (
    Alias,
    Base,
    Citation,
    Claim,
    Dismissal,
    FormerSlug,
    MapPlace,
    Participant,
    Record,
    RecordText,
    Relationship,
    RelationshipText,
    ReviewMark,
    Snapshot,
    StatementSource,
)
from chipscape_db.queries.forms import MODEL_OF_KIND, REFERENCES, RecordState, record_state
from chipscape_db.vocabulary import SYMMETRIC_RELATIONSHIPS

_GONE = N_("This record is no longer there; someone deleted it meanwhile.")
_CLAIMED = (
    "metric", "value", "sparsity", "engine", "scope", "scope_count", "direction", "bound", "period", "condition",
    "stance", "source_id", "locator", "rank", "rank_reason",
)  # fmt: skip
"""What makes two claims about one record the same claim."""

_BESIDE = ("quote", "note", "asserted_on")
"""What one of two equal claims may say and the other not."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the merged record takes from the one that is given up: names of fields, and texts as (field, language)."""

    fields: frozenset[str] = frozenset()
    texts: frozenset[tuple[str, str]] = frozenset()


def filling(kept: RecordState, lost: RecordState) -> Choices:
    """Return the choices by which the record kept takes over what it has not said itself."""
    return Choices(
        frozenset(name for name, text in lost.fields.items() if text and not kept.fields.get(name)),
        frozenset(key for key, text in lost.texts.items() if text and not kept.texts.get(key)),
    )


def merge_records(
    engine: Engine, *, author: str, kept_id: str, lost_id: str, choices: Choices | None = None, reason: str = ""
) -> ChangeSummary | None:
    """Merge the record *lost_id* into *kept_id* as one step.

    Fields and texts are taken as *choices* say (without any: where the kept record is silent). Every claim, citation,
    relationship, part in an event, alias and snapshot goes over; the names that are given up become aliases, the short
    name stays known (`former_slug`). What would then be there twice is there once, with the citations of both; a
    relationship between the two goes. Raises `Invalid` where the two cannot be one, `NotFound` when one is gone.
    """
    with record(engine, "merge-records", _subject(engine, kept_id, lost_id), author=author, reason=reason) as (
        session, out,
    ):  # fmt: skip
        kept, lost = found(session, Record, kept_id, _GONE), found(session, Record, lost_id, _GONE)
        if kept_id == lost_id:
            raise Invalid(N_("Choose two different records to merge."), field="lost_id")
        if kept.kind != lost.kind:
            raise Invalid(N_("Only records of one kind can be merged: these are {first} and {second}."),
                          field="lost_id", first=kept.kind, second=lost.kind)  # fmt: skip
        before, other = record_state(session, kept_id), record_state(session, lost_id)
        _Merge(session, before, other).run(choices or filling(before, other))
    return out[0] if out else None


def _subject(engine: Engine, kept_id: str, lost_id: str) -> str:
    return f"{subject_of(engine, lost_id)} → {subject_of(engine, kept_id)}"


class _Merge:
    """One merge under way, within the step that the session records."""

    def __init__(self, session: RecordedSession, kept: RecordState, lost: RecordState) -> None:
        self.session, self.kept, self.lost = session, kept, lost

    def run(self, choices: Choices) -> None:
        """Move everything over and let the lost record go."""
        self._references()
        self._claims()
        self._relationships()
        self._citations()
        self._rows(Participant, "record_id")
        self._rows(Participant, "event_id")
        self._rows(StatementSource, "source_id", beside=("statement_id",))
        self._rows(Snapshot, "source_id")
        self._rows(Dismissal, "record_id")
        self._rows(FormerSlug, "record_id")
        self._rows(MapPlace, "record_id")
        self._drop(ReviewMark, ReviewMark.record_id)
        self._names(choices)
        self._drop(RecordText, RecordText.record_id)
        self.session.delete(self.session.get_one(MODEL_OF_KIND[self.lost.kind], self.lost.id))
        self.session.flush()
        self.session.add(FormerSlug(slug=self.lost.slug, record_id=self.kept.id))
        self.session.flush()
        self._fields(choices)

    def _fields(self, choices: Choices) -> None:
        """Take the fields and texts that were chosen; a field that would refer to the record itself is left."""
        wanted = {name: self.lost.fields[name] for name in choices.fields if name in self.lost.fields}
        references = {one.name for one in RECORD_FIELDS[self.kept.kind] if one.form == "record"}
        wanted = {
            name: text
            for name, text in wanted.items()
            if not (name in references and text in (self.kept.id, self.lost.id))
        }
        now = record_state(self.session, self.kept.id)
        put_fields(self.session, now, wanted)
        put_texts(self.session, now, {key: self.lost.texts[key] for key in choices.texts if key in self.lost.texts})

    def _names(self, choices: Choices) -> None:
        """Keep every name that is given up as an alias, and every alias."""
        self._rows(Alias, "record_id", beside=("alias", "language"))
        names = {(self.kept if "name" in choices.fields else self.lost).fields["name"]: ""}
        native = self.kept if "name_native" in choices.fields else self.lost
        if native.fields.get("name_native"):
            names[native.fields["name_native"]] = ""
        for (field_name, language), text in self.lost.texts.items():
            if field_name == "name":
                given_up = self.kept.texts.get((field_name, language), "")
                names[given_up if (field_name, language) in choices.texts else text] = language
        chosen = (self.lost if "name" in choices.fields else self.kept).fields["name"]
        here = set(self.session.scalars(select(Alias.alias).where(Alias.record_id == self.kept.id)))
        for name, language in names.items():
            if name and name != chosen and name not in here:
                self.session.add(Alias(id=new_id(), record_id=self.kept.id, alias=name, language=language))
        self.session.flush()

    def _references(self) -> None:
        """Point fields of other records at the record kept; what would point at itself is emptied."""
        for model, name in REFERENCES:
            for row in self.session.scalars(select(model).where(getattr(model, name) == self.lost.id)):
                setattr(row, name, None if row.id in (self.kept.id, self.lost.id) else self.kept.id)
            for row in self.session.scalars(select(model).where(model.id == self.lost.id)):
                if getattr(row, name) == self.kept.id:
                    setattr(row, name, None)
        self.session.flush()
        self._break_circles()

    def _break_circles(self) -> None:
        """Empty a reference of the record kept that now leads back to it: it belonged to what belonged to the other."""
        own = self.session.get_one(MODEL_OF_KIND[self.kept.kind], self.kept.id)
        for name in ("parent_id", "relays_id"):
            above, seen = getattr(own, name, None), {self.kept.id, self.lost.id}
            while above is not None and above not in seen:
                seen.add(above)
                above = getattr(self.session.get_one(type(own), above), name)
            if above in (self.kept.id, self.lost.id):
                setattr(own, name, None)
        self.session.flush()

    def _claims(self) -> None:
        """Move the claims about the record, and those that rest on it where it is a source."""
        moved: set[str] = set()
        about = or_(Claim.subject_id == self.lost.id, Claim.source_id == self.lost.id)
        for claim in self.session.scalars(select(Claim).where(about)).all():
            moved.add(claim.id)
            if claim.subject_id == self.lost.id:
                claim.subject_id = self.kept.id
            if claim.source_id == self.lost.id:
                claim.source_id = self.kept.id
        self.session.flush()
        seen: dict[tuple[Any, ...], Claim] = {}
        here = or_(Claim.subject_id == self.kept.id, Claim.source_id == self.kept.id)
        claims = self.session.scalars(select(Claim).where(here).order_by(Claim.id)).all()
        for claim in sorted(claims, key=lambda one: one.id in moved):
            first = seen.setdefault((claim.subject_id, *(getattr(claim, name) for name in _CLAIMED)), claim)
            beside = [(getattr(first, name), getattr(claim, name)) for name in _BESIDE]
            if first is not claim and all(None in pair or pair[0] == pair[1] for pair in beside):
                self._join_claims(first, claim)
        self.session.flush()

    def _join_claims(self, first: Claim, double: Claim) -> None:
        """Let one claim stand for two that say the same; what only the double says goes over."""
        for name in _BESIDE:
            if getattr(first, name) is None:
                setattr(first, name, getattr(double, name))
        if first.repeats_id in (None, double.id):
            first.repeats_id = double.repeats_id if double.repeats_id != first.id else None
        for claim in self.session.scalars(select(Claim).where(Claim.repeats_id == double.id)).all():
            claim.repeats_id = None if claim.id == first.id else first.id
        self.session.flush()
        above, seen = first.repeats_id, {first.id}
        while above is not None and above not in seen:
            seen.add(above)
            above = self.session.scalar(select(Claim.repeats_id).where(Claim.id == above))
        if above is not None:
            first.repeats_id = None
        self.session.flush()
        self.session.delete(double)
        self.session.flush()

    def _relationships(self) -> None:
        """Move the relationships; one between the two records goes, two that say the same become one."""
        moved: set[str] = set()
        ends = or_(Relationship.subject_id == self.lost.id, Relationship.object_id == self.lost.id)
        for link in self.session.scalars(select(Relationship).where(ends)).all():
            if {link.subject_id, link.object_id} <= {self.kept.id, self.lost.id}:
                drop_relationship(self.session, link.id)
                continue
            moved.add(link.id)
            if link.subject_id == self.lost.id:
                link.subject_id = self.kept.id
            if link.object_id == self.lost.id:
                link.object_id = self.kept.id
        self.session.flush()
        seen: dict[tuple[Any, ...], Relationship] = {}
        here = or_(Relationship.subject_id == self.kept.id, Relationship.object_id == self.kept.id)
        links = self.session.scalars(select(Relationship).where(here).order_by(Relationship.slug)).all()
        for link in sorted(links, key=lambda one: one.id in moved):
            ends_of = (link.subject_id, link.object_id)
            pair = sorted(ends_of) if link.kind in SYMMETRIC_RELATIONSHIPS else ends_of
            first = seen.setdefault((link.kind, *pair, link.starts_on), link)
            if first is not link and (None in (first.ends_on, link.ends_on) or first.ends_on == link.ends_on):
                self._join_links(first, link)

    def _join_links(self, first: Relationship, double: Relationship) -> None:
        """Let one relationship stand for two that say the same, with the citations and texts of both."""
        if first.ends_on is None:
            first.ends_on = double.ends_on
        for citation in self.session.scalars(select(Citation).where(Citation.relationship_id == double.id)).all():
            citation.relationship_id = first.id
        for text in self.session.scalars(
            select(RelationshipText).where(RelationshipText.relationship_id == double.id)
        ).all():
            here = self.session.get(RelationshipText, (first.id, text.language))
            if here is None:
                self.session.add(RelationshipText(relationship_id=first.id, language=text.language, text=text.text))
            elif text.text not in here.text:
                here.text = f"{here.text}\n{text.text}"
        self.session.flush()
        self._same_citations(Citation.relationship_id == first.id)
        drop_relationship(self.session, double.id)

    def _citations(self) -> None:
        """Move the citations of the record, and those that cite it where it is a source."""
        for column in ("record_id", "source_id"):
            for row in self.session.scalars(select(Citation).where(getattr(Citation, column) == self.lost.id)).all():
                setattr(row, column, self.kept.id)
        self.session.flush()
        self._same_citations(or_(Citation.record_id == self.kept.id, Citation.source_id == self.kept.id))

    def _same_citations(self, where: Any) -> None:
        seen: set[tuple[Any, ...]] = set()
        for row in self.session.scalars(select(Citation).where(where).order_by(Citation.id)).all():
            key = (row.record_id, row.relationship_id, row.field, row.source_id, row.locator, row.quote)
            if key in seen or row.record_id == row.source_id:
                self.session.delete(row)
            seen.add(key)
        self.session.flush()

    def _rows(self, table: type[Base], column: str, *, beside: tuple[str, ...] = ()) -> None:
        """Move the rows of a table whose *column* names the lost record; where the same is there already, drop them.

        *beside* names what makes a row the same, without it the rest of its key does.
        """
        keys = tuple(str(one.key) for one in inspect(table).primary_key)
        names = beside or tuple(name for name in keys if name != column)
        owner = getattr(table, column)

        def identity(row: Base) -> tuple[Any, ...]:
            return tuple(getattr(row, name) for name in names)

        here = {identity(row) for row in self.session.scalars(select(table).where(owner == self.kept.id))}
        for row in self.session.scalars(select(table).where(owner == self.lost.id)).all():
            if identity(row) not in here and column not in keys:
                setattr(row, column, self.kept.id)
                continue
            values = {name: getattr(row, name) for name in inspect(table).columns.keys()}  # noqa: SIM118  # no mapping
            there = identity(row) in here
            self.session.delete(row)
            self.session.flush()
            if not there:
                self.session.add(table(**(values | {column: self.kept.id})))
        self.session.flush()

    def _drop(self, table: type[Base], column: Any) -> None:
        for row in self.session.scalars(select(table).where(column == self.lost.id)).all():
            self.session.delete(row)
        self.session.flush()
