"""In which layer of the stack each record stands, read from what it is and from its relationships."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from sqlalchemy import select

from chipscape_db.models import Relationship, RelationshipText
from chipscape_db.queries import Reader
from chipscape_db.queries.briefs import Brief

LAYERS: Final = (
    "rule", "foundry", "memory", "chip", "runtime", "framework", "model", "cloud", "sector",
)  # fmt: skip
"""The layers from top to bottom: what everything is made under and from comes first."""

_MEMORY_WORDS: Final = ("memory", "hbm", "dram", "nand", "mémoire")
_OF_KIND: Final = {"chip": "chip", "model": "model", "policy": "rule", "sector": "sector"}
_OF_SOFTWARE: Final = {
    "compiler": "runtime",
    "runtime": "runtime",
    "framework": "framework",
    "library": "framework",
    "serving": "framework",
}
_MANY: Final = 4  # chips and software that lean on a platform that is no mere service
_MAKING: Final = ("designs", "develops")

Link: TypeAlias = tuple[str, str, str]
"""A relationship: its kind, the id of its subject and that of its object."""


def layers(session: Reader, briefs: Mapping[str, Brief], links: Iterable[Link]) -> dict[str, str]:
    """Return the layer of each record that relationships join, by id; *links* are all of them, whatever the filters.

    Chips, models, rules and sectors stand in the layer of their name. Compilers and runtimes are one layer, frameworks,
    libraries and serving engines the next; a platform is a runtime when many chips and pieces of software lean on it,
    or its developer designs chips and no more models run on it than lean on it; else it belongs to the cloud. An
    organization is a foundry by its kind, or when it makes chips, designs none and has none made; a memory maker when
    it designs no chip and what it supplies is called memory; otherwise it stands where most of what it designs and
    develops stands, a government with the rules. Of those that make nothing, who is supplied by a foundry or a memory
    maker stands with the chips, who is owned with its owner, who is only restricted with the chips, who sells
    computing with the clouds, the rest with the sectors that use it.
    """
    link, text = Relationship.__table__.c, RelationshipText.__table__.c
    said: dict[str, str] = defaultdict(str)
    query = select(link.subject_id, text.text).join_from(
        Relationship.__table__, RelationshipText.__table__, text.relationship_id == link.id
    )
    for subject, words in session.execute(query.where(link.kind == "supplies", text.language == "en")):
        said[subject] += f" {words.lower()}"
    return layers_of(briefs, links, said)


def layers_of(briefs: Mapping[str, Brief], links: Iterable[Link], said: Mapping[str, str]) -> dict[str, str]:
    """Return the layers from relationships (kind, subject, object) and what is said of each supplier's supplies."""
    links = [link for link in links if link[1] in briefs and link[2] in briefs]
    out: dict[str, str] = {}
    foundries = {id_ for id_, brief in briefs.items() if brief.subkind == "foundry"}
    made: dict[str, list[str]] = defaultdict(list)
    maker: dict[str, list[str]] = defaultdict(list)
    designers, makers, suppliers = set(), set(), set()
    fabless = {object_ for kind, subject, object_ in links if kind == "supplies" and subject in foundries}
    leaning: Counter[str] = Counter()
    running: Counter[str] = Counter()
    for kind, subject, object_ in links:
        if kind in _MAKING:
            made[subject].append(object_)
            maker[object_].append(subject)
        if kind == "designs":
            designers.add(subject)
        elif kind == "manufactures":
            makers.add(subject)
        elif kind == "supplies":
            suppliers.add(subject)
        elif kind == "supports" and briefs[object_].kind == "chip":
            leaning[subject] += 1
        elif kind == "runs-on":
            (running if briefs[subject].kind == "model" else leaning)[object_] += 1
    for id_, brief in briefs.items():
        if brief.kind in _OF_KIND:
            out[id_] = _OF_KIND[brief.kind]
        elif brief.kind == "software":
            out[id_] = _OF_SOFTWARE.get(brief.subkind) or (
                "runtime"
                if leaning[id_] >= _MANY or (leaning[id_] >= running[id_] and designers.intersection(maker[id_]))
                else "cloud"
            )
    organizations = [brief for brief in briefs.values() if brief.kind == "organization"]
    for brief in organizations:
        layer = ""
        if brief.id in foundries or brief.id in makers - designers - fabless:
            layer = "foundry"
        if brief.id in suppliers - designers and any(word in said.get(brief.id, "") for word in _MEMORY_WORDS):
            layer = "memory"
        if not layer and brief.subkind == "government":
            layer = "rule"
        if layer or made[brief.id]:
            out[brief.id] = layer or _most([out[id_] for id_ in made[brief.id] if id_ in out])
    _join_neighbours(organizations, links, out)
    return out


def _most(found: list[str]) -> str:
    """Return the layer met most often, the lower one of equals; a cloud's few services outweigh what it hosts."""
    counted = Counter(found)
    if counted["cloud"] and not counted["chip"] and counted["cloud"] * 2 >= max(counted.values()):
        return "cloud"
    return max(counted, key=lambda layer: (counted[layer], -LAYERS.index(layer)))


def _join_neighbours(organizations: list[Brief], links: list[Link], out: dict[str, str]) -> None:
    """Put organizations that make nothing with those they deal with; those that deal with nobody with the sectors."""
    beside: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for kind, subject, object_ in links:
        beside[subject].append((kind, object_, True))
        beside[object_].append((kind, subject, False))
    for brief in organizations:
        if brief.id in out:
            continue
        met = [(kind, out[id_], gives) for kind, id_, gives in beside[brief.id] if id_ in out]
        if any(kind == "supplies" and layer in ("foundry", "memory") and not gives for kind, layer, gives in met):
            out[brief.id] = "chip"
        elif any(kind != "restricts" and layer in ("foundry", "memory") for kind, layer, _gives in met):
            out[brief.id] = "foundry"
        elif any(kind == "owns" and not gives for kind, _layer, gives in met):
            out[brief.id] = next(layer for kind, layer, gives in met if kind == "owns" and not gives)
        elif met and all(kind == "restricts" for kind, _layer, _gives in met):
            out[brief.id] = "chip"
        else:
            sells = any(kind == "supplies" and gives for kind, _layer, gives in met)
            out[brief.id] = "cloud" if sells else "sector"
