"""The closed word lists of the facts: what schema, loader and forms accept, in the order in which forms offer them.

The contract is `seed/README.md`; a test holds the two together. "Not said" is never a word: it is NULL in the base,
None in Python and an empty cell in files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

RECORD_KINDS: Final = ("organization", "chip", "model", "software", "policy", "sector", "event", "source")
KIND_OF_FILE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "organizations": "organization",
        "chips": "chip",
        "models": "model",
        "software": "software",
        "policies": "policy",
        "sectors": "sector",
        "events": "event",
        "sources": "source",
    }
)
"""The record kind of each file of the text form that holds records."""

RECORD_TEXT_FIELDS: Final = ("name", "summary")
"""What a record may say in more than one language."""
LONGEST_SUMMARY: Final = 300
"""How many characters a summary has at most."""

SOURCE_KINDS: Final = ("official", "regulation", "press", "analysis", "academic", "reference", "community")
RELIABILITIES: Final = ("high", "medium", "low")
"""How far a curator trusts a source; not said where nobody judged it."""

ORGANIZATION_KINDS: Final = ("company", "government", "lab", "foundry", "university", "consortium")
CHIP_STATUSES: Final = ("announced", "shipping", "discontinued", "cancelled", "reported")
OPENNESS: Final = ("open-source", "open-weights", "api", "closed")
MODALITIES: Final = ("text", "multimodal", "image", "weather")
SOFTWARE_LAYERS: Final = ("framework", "compiler", "runtime", "library", "platform", "serving")
POLICY_STATUSES: Final = ("in-force", "superseded", "rescinded", "proposed")
EVENT_KINDS: Final = (
    "policy",
    "chip-launch",
    "model-release",
    "open-sourcing",
    "partnership",
    "supply",
    "investment",
    "financial",
    "research",
    "incident",
)
IMPORTANCES: Final = (1, 2, 3, 4, 5)
"""From a detail to an era-defining event."""

PARTICIPANT_ROLES: Final = ("actor", "target", "subject", "partner", "beneficiary", "affected")

STANCES: Final = ("stated", "measured", "estimated", "reported", "rumoured")
"""Who speaks: the maker, a tester, an analyst, the press, nobody in particular."""

RANKS: Final = ("preferred", "normal", "deprecated")
"""What a curator has settled about a claim; anything but `normal` carries a reason."""

SPARSITIES: Final = ("dense", "sparse")
ENGINES: Final = ("matrix", "vector")
SCOPES: Final = ("die", "package", "gpu", "board", "node", "rack", "cluster")
"""From the smallest to the largest; `gpu` is one GPU of a system."""

DIRECTIONS: Final = ("both", "one", "unsaid")
"""Of a link's bandwidth; empty for what is not a link."""

BOUNDS: Final = ("about", "at-least", "at-most", "low", "high")
"""`low` and `high` are the two ends of an estimated range; empty is a point."""

VERDICTS: Final = ("supported", "contested", "unsupported")


@dataclass(frozen=True, slots=True)
class Ends:
    """The kinds of record that a relationship may join."""

    subjects: tuple[str, ...]
    objects: tuple[str, ...]

    def allow(self, subject_kind: str, object_kind: str) -> bool:
        """Say whether a record of the first kind may be related so to one of the second."""
        return subject_kind in self.subjects and object_kind in self.objects


_ORGANIZATION = ("organization",)
_MAKERS_AND_WORKS = ("organization", "model", "software")
_LINEAGE = ("chip", "model")

RELATIONSHIP_KINDS: Final[Mapping[str, Ends]] = MappingProxyType(
    {
        "designs": Ends(_ORGANIZATION, ("chip",)),
        "manufactures": Ends(_ORGANIZATION, ("chip",)),
        "develops": Ends(_ORGANIZATION, ("model", "software")),
        "supplies": Ends(_ORGANIZATION, _ORGANIZATION),
        "buys-from": Ends(_ORGANIZATION, _ORGANIZATION),
        "runs-on": Ends(("model", "software"), ("chip", "software")),
        "trained-on": Ends(("model",), ("chip",)),
        "supports": Ends(("software",), ("chip",)),
        "partners-with": Ends(_ORGANIZATION, _ORGANIZATION),
        "invests-in": Ends(_ORGANIZATION, _ORGANIZATION),
        "owns": Ends(_ORGANIZATION, ("organization", "software")),
        "competes-with": Ends(_MAKERS_AND_WORKS, _MAKERS_AND_WORKS),
        "restricts": Ends(("policy",), ("organization", "chip")),
        "serves": Ends(("organization", "model"), ("sector",)),
        "succeeds": Ends(_LINEAGE, _LINEAGE),
        "based-on": Ends(("model",), ("model",)),
        "part-of": Ends(("chip",), ("chip",)),
        "variant-of": Ends(("chip",), ("chip",)),
        "leads-to": Ends(("event",), ("event",)),
    }
)
SYMMETRIC_RELATIONSHIPS: Final = ("partners-with", "competes-with")
"""Written once, true in both directions."""
