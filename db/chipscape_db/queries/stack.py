"""The stack of an organization: which part of each layer is its own, a partner's or a rival's, and what says so.

**Whose.** An organization speaks for those it owns (`owns` links and parents, at any remove). A part is *own* when one
of them made it, a *rival's* when a `competes-with` link joins the two groups, their models or their software, else a
*partner's*: somebody who supplies, sells to, invests in or works with the organization.

**Which part is of which layer.**

- foundry: who manufactures its chips, and foundries that supply it;
- memory: `supplies` links whose summary speaks of memory (HBM, DRAM);
- chip: chips it designs, makers of chips it buys from or is supplied by, and chips its models train or run on;
- runtime and compiler: compilers, runtimes, and platforms that support chips and are no cloud: its own, and those its
  models and software run on;
- framework: likewise;
- model: its own, and those of developers it invests in or works with;
- cloud: platforms offered as a service (openness `api`), and organizations or platforms called a cloud: its own, those
  its models run on, and clouds that supply it;
- sector: the sectors that it or its models serve.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import select

from chipscape_db.errors import N_, NotFound
from chipscape_db.models import Chip, Organization, Relationship, RelationshipText, Software
from chipscape_db.partial_date import day_number
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief, briefs_but_events
from chipscape_db.queries.footnotes import FootnoteSource, cited_sources, footnote_sources

Layer: TypeAlias = Literal["foundry", "memory", "chip", "runtime", "framework", "model", "cloud", "sector"]
Whose: TypeAlias = Literal["own", "partner", "rival"]
LAYERS: Final[tuple[Layer, ...]] = (
    "foundry", "memory", "chip", "runtime", "framework", "model", "cloud", "sector",
)  # fmt: skip
_MEMORY: Final = re.compile(r"\bHBM\w*|\bDRAM\b|\bmemory\b|\bmémoire", re.IGNORECASE)
_CLOUD: Final = re.compile(r"\bcloud\b|云", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StackPart:
    """One part of one layer: a record, whose it is, and the links that say so (none where the record itself does).

    `owner` is the name of who made it; `day` its date in days since 1970, None where it has none.
    """

    layer: Layer
    id: str
    name: str
    owner: str
    whose: Whose
    links: tuple[str, ...]
    sources: tuple[str, ...]
    day: int | None


@dataclass(frozen=True, slots=True)
class Joint:
    """A link between own parts of two neighbouring layers: the stack holds together there."""

    lower: Layer
    upper: Layer
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """An organization with the names of those it speaks for, its parts by layer (own ones first), and its joints."""

    organization: Brief
    members: tuple[str, ...]
    parts: dict[Layer, tuple[StackPart, ...]]
    joints: tuple[Joint, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A link between records: what it says in short."""

    id: str
    kind: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class StackRows:
    """The stacks asked for in their order, the links behind them and the sources of all, by id."""

    stacks: tuple[Stack, ...]
    links: dict[str, Linked]
    sources: dict[str, FootnoteSource]


@dataclass(slots=True)
class _Facts:
    """What is read once for all organizations; `today` is the as-of date in days since 1970."""

    today: int
    briefs: dict[str, Brief]
    links: dict[str, tuple[str, str, str]]
    texts: dict[str, str]
    parents: dict[str, set[str]]
    foundries: frozenset[str]
    layers: dict[str, tuple[str, str]]
    natives: dict[str, str]
    made_by: dict[str, str]
    record_sources: dict[str, tuple[str, ...]]
    link_sources: dict[str, tuple[str, ...]]

    def of(self, *kinds: str) -> Iterable[tuple[str, str, str]]:
        """Yield (link, subject, object) of the links of these kinds."""
        return ((id_, a, b) for id_, (kind, a, b) in self.links.items() if kind in kinds)

    def owner(self, record_id: str) -> str:
        """Return the organization that made a record, or the record where it is one itself."""
        brief = self.briefs[record_id]
        return record_id if brief.kind == "organization" else brief.organizations[0] if brief.organizations else ""

    def roots(self, organization: str) -> set[str]:
        """Return an organization and all that own it."""
        found, left = {organization}, [organization]
        while left:
            for parent in self.parents.get(left.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    left.append(parent)
        return found


def stack_rows(session: Reader, slugs: Sequence[str], *, language: str, as_of: date | None = None) -> StackRows:
    """Return the stacks of organizations, by slug; raises `NotFound` for one that there is not.

    With an as-of date, what came later, and links that did not hold then, are left out.
    """
    facts = _read(session, language, as_of)
    by_slug = {one.slug: one for one in facts.briefs.values() if one.kind == "organization"}
    missing = next((slug for slug in slugs if slug not in by_slug), None)
    if missing is not None:
        raise NotFound(N_("There is no organization {slug}."), field="organizations", slug=missing)
    rivals = _rivals(facts)
    stacks = tuple(_stack(by_slug[slug], facts, rivals) for slug in dict.fromkeys(slugs))
    used = {id_ for one in stacks for parts in one.parts.values() for part in parts for id_ in part.links}
    used |= {id_ for one in stacks for joint in one.joints for id_ in joint.links}
    links = {
        id_: Linked(id_, kind, facts.briefs[a].name, facts.briefs[b].name)
        for id_ in used
        for kind, a, b in (facts.links[id_],)
    }
    wanted = {id_ for one in stacks for parts in one.parts.values() for part in parts for id_ in part.sources}
    return StackRows(stacks, links, footnote_sources(session, wanted))


def _read(session: Reader, language: str, as_of: date | None) -> _Facts:
    last = None if as_of is None else day_number(as_of)
    briefs = {
        id_: one
        for id_, one in briefs_but_events(session, language=language).items()
        if last is None or one.start is None or one.start <= last or one.kind == "organization"
    }
    links = {}
    row: Any
    for row in session.execute(
        select(
            Relationship.id, Relationship.kind, Relationship.subject_id, Relationship.object_id,
            Relationship.starts_on_from, Relationship.ends_on_to,
        ).order_by(Relationship.slug)
    ):  # fmt: skip
        day = last if last is not None else day_number(date.today())
        held = (last is None or row.starts_on_from is None or row.starts_on_from <= last) and (
            row.ends_on_to is None or row.ends_on_to >= day
        )
        if held and row.subject_id in briefs and row.object_id in briefs:
            links[row.id] = (row.kind, row.subject_id, row.object_id)
    texts: dict[str, str] = {}
    for id_, text in session.execute(select(RelationshipText.relationship_id, RelationshipText.text)):
        texts[id_] = f"{texts.get(id_, '')} {text}"
    organizations = session.execute(
        select(Organization.id, Organization.parent_id, Organization.org_kind, Organization.name_native)
    ).all()
    parents: dict[str, set[str]] = {}
    for id_, parent, _kind, _native in organizations:
        if parent:
            parents.setdefault(id_, set()).add(parent)
    for kind, owner, owned in links.values():
        if kind == "owns":
            parents.setdefault(owned, set()).add(owner)
    software = session.execute(select(Software.id, Software.layer, Software.openness)).all()
    makers = session.execute(select(Chip.id, Chip.foundry_id).where(Chip.foundry_id.is_not(None))).all()
    records, cited = cited_sources(session)
    return _Facts(
        last if last is not None else day_number(date.today()),
        briefs,
        links,
        texts,
        parents,
        frozenset(id_ for id_, _parent, kind, _native in organizations if kind == "foundry"),
        {id_: (layer, openness or "") for id_, layer, openness in software},
        {id_: native or "" for id_, _parent, _kind, native in organizations},
        {chip: foundry for chip, foundry in makers if foundry},
        records,
        cited,
    )


def _rivals(facts: _Facts) -> set[frozenset[str]]:
    """Return the pairs of organizations that compete, by themselves or by what they make, with all that own them."""
    found = set()
    for _id, a, b in facts.of("competes-with"):
        for one in facts.roots(facts.owner(a)):
            found |= {frozenset((one, other)) for other in facts.roots(facts.owner(b))}
    return found


def _stack(organization: Brief, facts: _Facts, rivals: set[frozenset[str]]) -> Stack:
    members = {
        id_ for id_, one in facts.briefs.items() if one.kind == "organization" and organization.id in facts.roots(id_)
    }
    found: dict[tuple[Layer, str], dict[str, None]] = {}

    def note(layer: Layer, record_id: str, link: str = "") -> None:
        links = found.setdefault((layer, record_id), {})
        if link:
            links[link] = None

    _own_parts(members, facts, note)
    _parts_of_others(members, facts, note)
    parts: dict[Layer, tuple[StackPart, ...]] = {}
    for layer in LAYERS:
        own = [
            _part(layer, id_, tuple(links), members, facts, rivals) for (of, id_), links in found.items() if of == layer
        ]
        parts[layer] = tuple(sorted(own, key=_order(facts)))
    names = sorted(facts.briefs[id_].name for id_ in members if id_ != organization.id)
    return Stack(organization, tuple(names), parts, _joints(parts, facts))


_Note: TypeAlias = Callable[..., None]


def _own_parts(members: set[str], facts: _Facts, note: _Note) -> None:
    """Note what the organization made itself, and the sectors it serves."""
    supporting = {a for _id, a, b in facts.of("supports") if facts.briefs[b].kind == "chip"}
    for id_, one in facts.briefs.items():
        if not one.organizations or one.organizations[0] not in members:
            continue
        if one.kind == "chip" and one.subkind != "cancelled":
            note("chip", id_)
        elif one.kind == "model":
            note("model", id_)
        elif one.kind == "software":
            for layer in software_layers(id_, facts, supporting):
                note(layer, id_)
    for id_ in members:
        if is_cloud(id_, facts):
            note("cloud", id_)
        if id_ in facts.foundries:
            note("foundry", id_)
    for link, a, b in facts.of("serves"):
        if facts.owner(a) in members and facts.briefs[b].kind == "sector":
            note("sector", b, link)
    for link, a, _b in facts.of("supplies"):
        if a in members and _MEMORY.search(facts.texts.get(link, "")):
            note("memory", a, link)


def _parts_of_others(members: set[str], facts: _Facts, note: _Note) -> None:
    """Note what others make of the organization's stack."""
    chips = {id_ for id_, one in facts.briefs.items() if one.kind == "chip" and facts.owner(id_) in members}
    designers = {facts.owner(id_) for id_, one in facts.briefs.items() if one.kind == "chip"}
    designers |= {root for id_ in set(designers) if id_ for root in facts.roots(id_)}
    supporting = {a for _id, a, b in facts.of("supports") if facts.briefs[b].kind == "chip"}
    told = set()
    for link, a, b in facts.of("manufactures"):
        if b in chips:
            told.add(b)
            note("foundry", a, link)
    for chip in chips - told:
        if chip in facts.made_by and facts.made_by[chip] in facts.briefs:
            note("foundry", facts.made_by[chip])
    for link, a, b in facts.of("supplies"):
        if b not in members or a in members:
            continue
        memory = bool(_MEMORY.search(facts.texts.get(link, "")))
        if memory:
            note("memory", a, link)
        elif a in facts.foundries:
            note("foundry", a, link)
        elif is_cloud(a, facts) or any(facts.owner(id_) == a for id_ in _services(facts)):
            note("cloud", a, link)
        elif a in designers:
            note("chip", a, link)
    for link, a, b in facts.of("buys-from"):
        if a in members and b not in members and b in designers:
            note("chip", b, link)
    for link, a, b in facts.of("trained-on", "runs-on"):
        if facts.owner(a) not in members or facts.owner(b) in members:
            continue
        if facts.briefs[b].kind == "chip":
            note("chip", b, link)
        elif facts.briefs[b].kind == "software":
            for layer in software_layers(b, facts, supporting):
                note(layer, b, link)
    developers = {facts.owner(id_) for id_, one in facts.briefs.items() if one.kind == "model"}
    for link, a, b in facts.of("invests-in", "partners-with"):
        for one, other in ((a, b), (b, a)):
            if one in members and other not in members and other in developers:
                note("model", other, link)


def software_layers(id_: str, facts: _Facts, supporting: set[str]) -> tuple[Layer, ...]:
    """Return the layers that a piece of software is of."""
    layer, openness = facts.layers.get(id_, ("", ""))
    if layer == "framework":
        return ("framework",)
    if layer == "platform" and (openness == "api" or _CLOUD.search(facts.briefs[id_].name)):
        return ("cloud",)
    if layer in ("compiler", "runtime") or (layer == "platform" and id_ in supporting):
        return ("runtime",)
    return ()


def is_cloud(id_: str, facts: _Facts) -> bool:
    """Say whether an organization is called a cloud."""
    return bool(_CLOUD.search(f"{facts.briefs[id_].name} {facts.natives.get(id_, '')}"))


def _services(facts: _Facts) -> set[str]:
    return {
        id_ for id_, (layer, openness) in facts.layers.items()
        if layer == "platform" and openness == "api" and id_ in facts.briefs
    }  # fmt: skip


def _part(
    layer: Layer, id_: str, links: tuple[str, ...], members: set[str], facts: _Facts, rivals: set[frozenset[str]]
) -> StackPart:
    brief, owner = facts.briefs[id_], facts.owner(id_)
    whose: Whose = "own"
    if layer != "sector" and owner not in members:
        against = any(frozenset((one, other)) in rivals for one in members for other in facts.roots(owner))
        whose = "rival" if against else "partner"
    sources = [source for link in links for source in facts.link_sources.get(link, ())]
    if not links:
        sources = list(facts.record_sources.get(id_, ()))
    name = facts.briefs[owner].name if owner in facts.briefs else ""
    return StackPart(layer, id_, brief.name, name, whose, links, tuple(dict.fromkeys(sources)), brief.start)


def _order(facts: _Facts) -> Callable[[StackPart], tuple[int, bool, bool, float, str]]:
    """Return the order of parts: own ones first, organizations before what they make, what is out before plans."""

    def key(part: StackPart) -> tuple[int, bool, bool, float, str]:
        rank = ("own", "partner", "rival").index(part.whose)
        thing = facts.briefs[part.id].kind != "organization"
        planned = part.day is not None and part.day > facts.today
        return rank, thing, planned, -(part.day if part.day is not None else -(10.0**6)), part.name

    return key


_NEIGHBOURS: Final[tuple[tuple[Layer, Layer], ...]] = (
    ("foundry", "chip"), ("memory", "chip"), ("chip", "runtime"), ("runtime", "framework"), ("framework", "model"),
    ("model", "cloud"), ("cloud", "sector"),
)  # fmt: skip


def _joints(parts: dict[Layer, tuple[StackPart, ...]], facts: _Facts) -> tuple[Joint, ...]:
    """Return the neighbouring layers whose own parts are joined by a link."""
    own = {layer: {part.id for part in parts[layer] if part.whose == "own"} for layer in LAYERS}
    found = []
    for lower, upper in _NEIGHBOURS:
        links = tuple(
            id_
            for id_, (_kind, a, b) in facts.links.items()
            if (a in own[lower] and b in own[upper]) or (b in own[lower] and a in own[upper])
        )
        if links:
            found.append(Joint(lower, upper, links))
    return tuple(found)
