"""The dated export rules on advanced chips as data: each is tied by slug to the policy record that gives its dates.

Thresholds and definitions follow the text of the Export Administration Regulations, ECCN 3A090 in 15 CFR Part 774,
Supplement No. 1 (advanced computing integrated circuits; computers that hold them are 4A090 by the same test):

- as made on 7 October 2022, 87 FR 62186 (seed sources `ev-csis-oct2023`, `ev-aiwiki-a800`): 3A090.a is a circuit with
  an "aggregate bidirectional transfer rate over all inputs and outputs of 600 Gbyte/s or more to or from integrated
  circuits other than volatile memories", and "a bit length per operation multiplied by processing performance measured
  in TOPS, aggregated over all processor units, of 4800 or more";
- as revised on 17 October 2023, 88 FR 73458 (`ev-fsl-2023-23055`, `ev-lenzo-3a090` and, for the lower tier,
  `ev-trendforce-oct2023-thresholds`): 3A090.a.1 and .a.2, 3A090.b.1 and .b.2 below; Note 2: 3A090 "does not apply to
  items that are not designed or marketed for use in datacenters and do not have a total processing performance of 4800
  or more"; licence exception NAC: "Yes, for 3A090.a, if the item is not designed or marketed for use in datacenters and
  has a total processing performance of 4800 or more; yes, for 3A090.b, if the item is designed or marketed for use in
  datacenters";
- as added on 2 December 2024, 89 FR 96790 (`ev-chipclaims-3a090c`): 3A090.c, memory stacks with a "memory bandwidth
  density greater than 2 gigabytes per second per square millimeter";
- 13 January 2026, 91 FR 1684 (`ev-govinfo-2026-00789`, `ev-teleo-jan2026`): who may get a licence, not who needs one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from chipscape_db.errors import N_

Outcome: TypeAlias = Literal["controlled", "licence-exception", "not-controlled", "undetermined"]
QuantityKey: TypeAlias = Literal["tpp", "density", "rate", "area", "dram"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("controlled", "licence-exception", "not-controlled", "undetermined")


@dataclass(frozen=True, slots=True)
class Line:
    """One limit of a paragraph: the quantity is *at_least* this and, where given, *below* that."""

    quantity: QuantityKey
    at_least: float
    below: float | None = None

    def holds(self, value: float) -> bool:
        """Say whether a value of the quantity meets the limit."""
        return value >= self.at_least and (self.below is None or value < self.below)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a rule: all its lines must hold.

    `outcome` is for what is designed or marketed for data centres, `otherwise` for the rest; `policy` is the slug of
    the record that stands for the paragraph, where the base has one.
    """

    key: str
    lines: tuple[Line, ...]
    outcome: Outcome
    otherwise: Outcome
    policy: str

    def outcome_for(self, *, datacentre: bool) -> Outcome:
        """Return what follows where the paragraph applies."""
        return self.outcome if datacentre else self.otherwise


@dataclass(frozen=True, slots=True)
class Regime:
    """A rule that classifies chips by numbers; its dates are those of the policy record *policy*.

    `axes` are the quantities that it looks at, which make the plane of the figure. The first paragraph that applies
    decides. `exception` names the licence exception of the middle tier, empty where the rule has none.
    """

    policy: str
    axes: tuple[QuantityKey, QuantityKey]
    paragraphs: tuple[Paragraph, ...]
    citation: str
    exception: str = ""

    def thresholds(self, quantity: QuantityKey) -> tuple[float, ...]:
        """Return the values of a quantity at which something changes, in order."""
        found = {
            limit
            for paragraph in self.paragraphs
            for line in paragraph.lines
            if line.quantity == quantity
            for limit in (line.at_least, line.below)
            if limit is not None
        }
        return tuple(sorted(found))

    def paragraph_at(self, values: Mapping[QuantityKey, float]) -> Paragraph | None:
        """Return the paragraph that applies at a point of the plane, if any."""
        for paragraph in self.paragraphs:
            if all(line.holds(values[line.quantity]) for line in paragraph.lines):
                return paragraph
        return None


@dataclass(frozen=True, slots=True)
class Letter:
    """A licence requirement told to makers by name ("is informed" letters) for a chip and whatever matches it.

    A chip by one of `addressees` (slugs) is caught when it reaches `like` (slug) in any of `metrics`.
    """

    policy: str
    like: str
    metrics: tuple[str, ...]
    addressees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """How applications are reviewed: case by case below both limits, with a presumption of denial from there on."""

    policy: str
    tpp_below: float
    dram_below: float
    citation: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A rule that changes nothing for the classification and must be told beside it, as an English message id."""

    policy: str
    text: str


_NONE: Final[Outcome] = "not-controlled"
REGIMES: Final = (
    Regime(
        "bis-2022-10-07-rule",
        ("rate", "tpp"),
        (
            Paragraph(
                "3A090.a",
                (Line("rate", 600.0), Line("tpp", 4800.0)),
                "controlled",
                "controlled",
                "eccn-3a090-2022-interconnect-600",
            ),
        ),
        "15 CFR 774 Supp. 1, ECCN 3A090.a (87 FR 62186)",
    ),
    Regime(
        "bis-2023-10-17-rule",
        ("tpp", "density"),
        (
            Paragraph(
                "3A090.a.1", (Line("tpp", 4800.0),), "controlled", "licence-exception", "eccn-3a090a-tpp-4800"
            ),
            Paragraph(
                "3A090.a.2",
                (Line("tpp", 1600.0), Line("density", 5.92)),
                "controlled",
                _NONE,
                "eccn-3a090a-performance-density-5-92",
            ),
            Paragraph(
                "3A090.b.1",
                (Line("tpp", 2400.0, 4800.0), Line("density", 1.6, 5.92)),
                "licence-exception",
                _NONE,
                "eccn-3a090b-performance-density-1-6",
            ),
            Paragraph(
                "3A090.b.2",
                (Line("tpp", 1600.0), Line("density", 3.2, 5.92)),
                "licence-exception",
                _NONE,
                "eccn-3a090b-performance-density-1-6",
            ),
        ),
        "15 CFR 774 Supp. 1, ECCN 3A090.a and .b, Note 2 and Technical Notes (88 FR 73458)",
        "NAC (15 CFR 740.8)",
    ),
)  # fmt: skip
"""The rules that classify by numbers, oldest first; at most one is in force on a day."""

LETTERS: Final = (
    # "any other circuits achieving the H20's memory bandwidth, interconnect bandwidth, or combination thereof", as
    # Nvidia reported the letter (`ev-toms-h20-apr`, `ev-reuters-h20-apr`); AMD was told of its MI308 likewise.
    Letter(
        "bis-2025-04-09-h20-licence", "nvidia-h20", ("memory.bandwidth", "interconnect.bandwidth"), ("nvidia", "amd")
    ),
)
REVIEWS: Final = (
    Review("bis-2026-01-13-h200-rule", 21000.0, 6500.0, "15 CFR 742.6 and Part 748 Supp. 2 (dd) (91 FR 1684)"),
)
ASIDES: Final = (
    Aside(
        "ai-diffusion-rule",
        N_(
            "A worldwide licence requirement for 3A090.a was on the books; it was rescinded two days before anybody "
            "had to comply."
        ),
    ),
    Aside(
        "eccn-3a090c-hbm-density",
        N_(
            "3A090.c controls memory stacks above 2 GB/s per mm², not a chip that holds them when its logic is the "
            "dominant function."
        ),
    ),
)
HBM_POLICY: Final = "eccn-3a090c-hbm-density"
"""The slug of the record of the rule on memory stacks, which gives its dates."""

HBM_DENSITY: Final = 2.0
"""GB/s per mm2 above which a memory stack is 3A090.c (89 FR 96790); every stack then in production exceeded it."""

CONSUMER_WORDS: Final = ("consumer", "gaming", "graphics", "desktop", "laptop", "notebook")
"""Words of a form factor that say a chip is not made for data centres; without one it is taken to be."""

QUANTITY_LABELS: Final[Mapping[QuantityKey, str]] = MappingProxyType(
    {
        "tpp": N_("TPP"),
        "density": N_("performance density"),
        "rate": N_("transfer rate"),
        "area": N_("die area"),
        "dram": N_("memory bandwidth"),
    }
)
QUANTITY_TITLES: Final[Mapping[QuantityKey, str]] = MappingProxyType(
    {
        "tpp": N_("Total Processing Performance (TPP)"),
        "density": N_("Performance density (TPP per mm²)"),
        "rate": N_("Transfer rate, both directions (GB/s)"),
        "area": N_("Applicable die area (mm²)"),
        "dram": N_("Memory bandwidth (GB/s)"),
    }
)
"""The same with their units."""


def is_hbm_controlled(bandwidth: float, area: float) -> bool:
    """Say whether a memory stack is 3A090.c: *bandwidth* in GB/s over the *area* of package or stack in mm2."""
    return bandwidth / area > HBM_DENSITY
