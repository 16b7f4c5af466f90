"""What the words of a foreign network mean here: proposed from the file, changed by a person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.errors import N_, Invalid
from chipscape_db.queries.ecosystem import SHOWABLE
from chipscape_db.transfer.networks.content import FileEdge, FileNode, NetworkFile
from chipscape_db.vocabulary import RELATIONSHIP_KINDS

INVERSE: Final = "<"
"""Marks a kind of relationship that the file tells from its object: `manufactures<` is "made by"."""

LEAVE_OUT: Final = "-"
"""Stands in a mapping for words whose nodes or edges do not come in."""

_OWN_FIELDS = tuple(
    dict.fromkeys(
        field.name.removesuffix("_id") for kind in SHOWABLE for field in RECORD_FIELDS[kind] if field.name != "name"
    )
)
NODE_TARGETS: Final = ("kind", "slug", "uuid", "alias", "summary_en", "summary_fr", "sources", *_OWN_FIELDS)
"""What an attribute of nodes may become; a reference is told without its `_id`, as the slug of a record."""

EDGE_TARGETS: Final = ("kind", "slug", "uuid", "starts_on", "ends_on", "summary_en", "summary_fr", "sources")
"""What an attribute of edges may become."""

REQUIRED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"organization": ("org_kind", "company"), "software": ("layer", "library"), "policy": ("status", "proposed")}
)
"""The field that a kind of record cannot be without, and what a new one gets where the file does not say."""

_NODE_WORDS: Final = {
    "kind": ("kind", "type", "category", "class", "labels", "element_type", "node_type", "entity_type"),
    "slug": ("slug",),
    "uuid": ("uuid",),
    "alias": ("alias", "aliases", "aka", "synonym"),
    "summary_en": ("summary", "description", "desc", "notes", "abstract"),
    "summary_fr": (),
    "sources": ("sources", "source", "source_ids", "reference", "references"),
    "country": ("country", "country_code", "nation"),
    "website": ("website", "url", "homepage"),
    "released_on": ("released", "release_date", "launched"),
    "founded_on": ("founded", "founding_date", "inception"),
}
_EDGE_WORDS: Final = {
    "kind": ("kind", "type", "relation", "relationship", "interaction", "predicate", "connection_type", "edge_type"),
    "slug": ("slug",),
    "uuid": ("uuid",),
    "starts_on": ("start", "starts", "since", "from_date", "start_date", "begin", "valid_from"),
    "ends_on": ("end", "ends", "until", "to_date", "end_date", "valid_to"),
    "summary_en": ("summary", "description", "desc", "notes"),
    "sources": ("sources", "source_ids", "reference", "references"),
}
_KIND_WORDS: Final = {
    "organization": ("company", "companies", "org", "organisation", "firm", "vendor", "supplier", "customer",
                     "foundry", "government", "lab", "laboratory", "university", "agency", "institution", "investor"),
    "chip": ("gpu", "accelerator", "processor", "device", "hardware", "npu", "tpu", "asic", "product"),
    "model": ("llm", "ai_model", "language_model", "foundation_model"),
    "software": ("framework", "library", "compiler", "runtime", "platform", "tool", "application", "serving"),
    "policy": ("rule", "law", "regulation", "act", "order", "sanction"),
    "sector": ("industry", "market", "domain", "field"),
}  # fmt: skip
_LINK_WORDS: Final = {
    "designs": ("design", "designer_of", "creates"),
    "designs<": ("designed_by",),
    "manufactures": ("makes", "produces", "fabricates", "manufacturer_of"),
    "manufactures<": ("manufactured_by", "made_by", "produced_by", "fabricated_by"),
    "develops": ("develop", "developer_of", "publishes"),
    "develops<": ("developed_by",),
    "supplies": ("supply", "supplier_of", "sells_to", "provides", "supplies_to"),
    "supplies<": ("supplied_by",),
    "buys-from": ("buys", "purchases_from", "customer_of", "sources_from"),
    "runs-on": ("runs", "deployed_on", "hosted_on", "uses", "depends_on"),
    "trained-on": ("trained", "trained_with"),
    "supports": ("support", "compatible_with"),
    "partners-with": ("partner", "partners", "partnership", "partner_of", "collaborates_with", "cooperates_with"),
    "invests-in": ("invests", "investor_of", "funds", "shareholder_of", "invested_in"),
    "invests-in<": ("funded_by", "has_investor"),
    "owns": ("parent_of", "acquired", "acquires", "controls"),
    "owns<": ("owned_by", "subsidiary_of", "acquired_by"),
    "competes-with": ("competitor", "competes", "rival_of", "competitor_of"),
    "restricts": ("sanctions", "restrict", "regulates", "bans"),
    "restricts<": ("restricted_by", "sanctioned_by"),
    "serves": ("serve", "used_in", "active_in"),
    "succeeds": ("successor_of", "replaces", "follows"),
    "succeeds<": ("succeeded_by", "replaced_by"),
    "based-on": ("derived_from", "fine_tuned_from", "finetuned_from"),
    "part-of": ("component_of", "contained_in"),
    "part-of<": ("contains", "has_part"),
    "variant-of": ("version_of",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """How a file is understood.

    `node_columns` and `edge_columns` say what each attribute becomes (see `NODE_TARGETS`; empty: it is left out);
    `kinds` and `links` what each word for a kind means (a kind of record; a kind of relationship, perhaps `INVERSE`);
    `kind` and `link` hold for what says nothing. `required` are the words for required fields that are not told.
    `source_id` is cited for whatever is new and cites nothing known itself; empty: it stays uncited for now.
    """

    node_columns: Mapping[str, str] = field(default_factory=dict)
    edge_columns: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    kind: str = "organization"
    link: str = "partners-with"
    required: Mapping[str, str] = field(default_factory=lambda: dict(REQUIRED.values()))
    source_id: str = ""


def propose(
    network: NetworkFile, columns: tuple[Mapping[str, str], Mapping[str, str]] | None = None
) -> ImportMapping:  # fmt: skip
    """Return how a file is likely meant: attributes by their names (unless *columns* say), kinds by their words."""
    node_columns, edge_columns = columns or (
        _columns(network.node_attributes(), _NODE_WORDS, NODE_TARGETS),
        _columns(network.edge_attributes(), _EDGE_WORDS, EDGE_TARGETS),
    )
    kinds = {word: _meaning(word, SHOWABLE, _KIND_WORDS) for word in words_of_nodes(network, node_columns)}
    links = {
        word: _meaning(word, tuple(RELATIONSHIP_KINDS), _LINK_WORDS) for word in words_of_edges(network, edge_columns)
    }
    return ImportMapping(node_columns, edge_columns, kinds, links)


def mapped(network: NetworkFile, mapping: ImportMapping, choices: Iterable[str]) -> ImportMapping:
    """Return a mapping with *choices*, each `word=meaning`: for an attribute, or for a word that says a kind.

    Raises `Invalid` for a word that the file does not have, or a meaning that there is not.
    """
    for choice in choices:
        word, _sign, meaning = choice.rpartition("=")
        places = (
            ("node_columns", mapping.node_columns, (*NODE_TARGETS, "")),
            ("edge_columns", mapping.edge_columns, (*EDGE_TARGETS, "")),
            ("kinds", dict.fromkeys(words_of_nodes(network, mapping.node_columns), ""), (*SHOWABLE, LEAVE_OUT)),
            ("links", dict.fromkeys(words_of_edges(network, mapping.edge_columns), ""),
             (*RELATIONSHIP_KINDS, *(kind + INVERSE for kind in RELATIONSHIP_KINDS), LEAVE_OUT)),
        )  # fmt: skip
        fitting = [place for place in places if word in place[1]]
        if not fitting:
            raise Invalid(
                N_("The file has no attribute or kind “{word}”; it has {known}."), field="map", word=word or choice,
                known=", ".join(dict.fromkeys(name for _name, listed, _known in places for name in listed)) or "-",
            )  # fmt: skip
        taken = [place for place in fitting if meaning in place[2] or (meaning == LEAVE_OUT and "" in place[2])]
        if not taken:
            raise Invalid(
                N_("“{word}” cannot become {meaning}; choose one of {known}."), field="map", word=word,
                meaning=meaning, known=", ".join(filter(None, fitting[0][2])),
            )  # fmt: skip
        for name, _listed, known in taken:
            now = dict(getattr(mapping, name))
            now[word] = "" if "" in known and meaning == LEAVE_OUT else meaning
            changed: dict[str, Any] = {name: now}
            mapping = replace(mapping, **changed)
    return mapping


def words_of_nodes(network: NetworkFile, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words with which the nodes say their kind, the most frequent first."""
    return _by_frequency(kind_word_of(node, columns) for node in network.nodes)


def words_of_edges(network: NetworkFile, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words with which the edges say their kind, the most frequent first."""
    return _by_frequency(link_word_of(edge, columns) for edge in network.edges)


def kind_word_of(node: FileNode, columns: Mapping[str, str]) -> str:
    """Return the word with which a node says its kind, empty where it does not."""
    return told(node.values, columns).get("kind", "")


def link_word_of(edge: FileEdge, columns: Mapping[str, str]) -> str:
    """Return the word with which an edge says its kind: the attribute for it, else what is written at it."""
    return told(edge.values, columns).get("kind", "") or edge.label


def told(values: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return what the attributes say by what they become, the first of several for the same."""
    out: dict[str, str] = {}
    for name, text in values.items():
        target = columns.get(name, "")
        if target and text:
            out.setdefault(target, text)
    return out


def plain(word: str) -> str:
    """Return a word as it is compared: `Made by:` is `made_by`."""
    return re.sub(r"[^a-z0-9]+", "_", word.casefold()).strip("_")


def _by_frequency(words: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for word in words:
        if word:
            counts[word] = counts.get(word, 0) + 1
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))


def _columns(
    names: tuple[str, ...], words: Mapping[str, tuple[str, ...]], targets: tuple[str, ...]
) -> dict[str, str]:  # fmt: skip
    """Return for each attribute what it becomes; of several for the same thing the best-named one."""
    by_plain = {plain(target): target for target in targets}
    ranked: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        flat = plain(name)
        if flat in by_plain:
            ranked.setdefault(by_plain[flat], []).append((0, name))
        for target, listed in words.items():
            if flat in listed:
                ranked.setdefault(target, []).append((1 + listed.index(flat), name))
    chosen = {min(found)[1]: target for target, found in ranked.items()}
    return {name: chosen.get(name, "") for name in names}


def _meaning(word: str, own: tuple[str, ...], words: Mapping[str, tuple[str, ...]]) -> str:
    """Return what a word means, empty where that is anybody's guess."""
    flat = plain(word)
    for name in own:
        if flat in (plain(name), plain(name) + "s"):
            return name
    for name, listed in words.items():
        if flat in listed:
            return name
    return ""
