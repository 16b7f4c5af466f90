"""What the ecosystem map shows: nodes and edges as columns, with the record or relationship behind each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chipscape_db.queries.ecosystem import Clock, EcosystemEdge, EcosystemNode, MapNotes
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Floats, Ints, Ref, Shape
from chipscape_desktop.figures.ecosystem.citations import Citations
from chipscape_desktop.figures.graph_stack import Band
from chipscape_desktop.figures.spec import Caption

SHAPES: Final[dict[str, Shape]] = {
    "organization": "disc",
    "chip": "square",
    "model": "hexagon",
    "software": "tab",
    "policy": "diamond",
    "sector": "triangle",
    "group": "disc",
}
"""The shape of each kind of record, in the order of the legend."""

NOWHERE: Final = -1
CHANGES: Final = ("", "added", "gone", "changed")
"""What became of a node or an edge between two moments."""
_MANY = 500  # edges of a map around a record, of which those to the middle stand out
_MARGIN = 0.6  # around everything, in units of the layout


@dataclass(frozen=True, slots=True)
class Edges:
    """The relationships as columns of one length.

    `ends` holds pairs of node numbers, subject first; `group` numbers into `links.GROUPS`; `bend` is how far the middle
    lies beside the straight line, as a share of its length, to the right of the way from subject to object. `leader` is
    the number of the edge that is drawn for each (itself, unless edges are bundled), `count` how many that one stands
    for; `tentative` says whether all of these are. `change` numbers into `CHANGES`, as what the line stands for.
    """

    rows: tuple[EcosystemEdge, ...]
    ends: Ints
    group: Ints
    tentative: NDArray[np.bool_]
    bend: Floats
    refs: tuple[Ref, ...]
    leader: Ints
    count: Ints
    change: Ints | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring around the middle: how many relationships away its records are, half its width and half its height."""

    steps: int
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Disc:
    """A cluster: its name, its middle and its radius."""

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What an arrangement draws under the map: bands of layers, rings, or discs, in units of the layout."""

    bands: tuple[Band, ...] = ()
    rings: tuple[Ring, ...] = ()
    discs: tuple[Disc, ...] = ()
    left: float = 0.0
    right: float = 0.0


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What an answer is about, by numbers of nodes and edges: it stands out, all else is dimmed.

    `roles` says what nodes are in it (see `answers.answer.Role`), in the order of their numbers.
    """

    nodes: frozenset[int]
    edges: frozenset[int]
    roles: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EcosystemSpec:
    """The map. `xy` are the positions of the nodes in units of the layout (a link is about 1 long), y downwards.

    `colour` names each node's colour; `radius` is in units of the layout; `importance` decides whose label comes first.
    `center` and `focus` are node numbers or -1; beside the focus and its neighbours all else is dimmed. `marked` is the
    number of an edge drawn in the colour of selection, or -1. `pinned` nodes were put where they are by hand. With an
    `emphasis` all that it does not name is dimmed; a focus comes before it. `layout` says how it is arranged,
    `arrangement` under which name its places are kept, `places` where records were put in it by hand; `layer` numbers
    into `LAYERS`; `ground` is what the arrangement draws under the map. `members` holds the ids of the records that a
    node stands for together with others, by its id, and `inside` the node of each of these. Where size says a metric,
    `valued` says which nodes have a value. `change` numbers into `CHANGES`; None where no two moments are compared;
    `clock` says which moments. `cited` are the sources (of the edges, or where there are none of the nodes), `meanings`
    what each colour says, in order, `notes` the texts and areas put on the map.
    """

    caption: Caption
    nodes: tuple[EcosystemNode, ...]
    xy: Floats
    colour: tuple[str, ...]
    radius: Floats
    importance: Floats
    degree: Ints
    refs: tuple[Ref, ...]
    edges: Edges
    center: int = NOWHERE
    focus: int = NOWHERE
    marked: int = NOWHERE
    pinned: frozenset[int] = frozenset()
    settled: bool = False
    emphasis: Emphasis | None = None
    arrangement: str = "force"
    layout: str = "force"
    layer: Ints | None = None
    ground: Ground = Ground()
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    inside: Mapping[str, int] = field(default_factory=dict)
    valued: NDArray[np.bool_] | None = None
    change: Ints | None = None
    clock: Clock = "valid"
    cited: Citations | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)
    notes: MapNotes | None = None

    @property
    def center_id(self) -> str:
        """The id of the record whose neighbourhood this is, empty for the whole map."""
        return self.nodes[self.center].id if self.center != NOWHERE else ""

    def number_of(self, record_id: str) -> int:
        """Return the number of the node that stands for a record, -1 when it is not on the map."""
        number = next((number for number, node in enumerate(self.nodes) if node.id == record_id), NOWHERE)
        return self.inside.get(record_id, NOWHERE) if number == NOWHERE else number

    def edge_of(self, relationship_id: str) -> int:
        """Return the number of the edge that stands for a relationship, -1 when it is not on the map."""
        return next((number for number, row in enumerate(self.edges.rows) if row.id == relationship_id), NOWHERE)

    def edges_at(self, node: int) -> Ints:
        """Return the numbers of the edges that begin or end at a node."""
        return np.flatnonzero((self.edges.ends == node).any(axis=1))

    def neighbours(self, node: int) -> Ints:
        """Return the numbers of the nodes that a node is joined to."""
        ends = self.edges.ends[self.edges_at(node)]
        return np.unique(ends[ends != node])

    def quiet_edges(self) -> NDArray[np.bool_] | None:
        """Say of each edge whether the arrangement speaks of something else: such edges are drawn faintly.

        They run between the discs of countries, or along and across rings.
        """
        ends = self.edges.ends
        if not len(ends):
            return None
        quiet: NDArray[np.bool_]
        if self.ground.discs:
            home = np.array([hash(node.country) for node in self.nodes])
            quiet = home[ends[:, 0]] != home[ends[:, 1]]
            return quiet
        if self.ground.rings and len(ends) > _MANY:
            quiet = ~(ends == self.center).any(axis=1)
            return quiet
        return None

    def lit_nodes(self) -> NDArray[np.bool_] | None:
        """Say of each node whether it stands out: the focus and its neighbours, or what is emphasised; None: all do."""
        if self.focus == NOWHERE and self.emphasis is None:
            return None
        lit = np.zeros(len(self.nodes), dtype=np.bool_)
        if self.focus != NOWHERE:
            lit[self.focus] = True
            lit[self.neighbours(self.focus)] = True
        elif self.emphasis is not None:
            lit[sorted(self.emphasis.nodes)] = True
        return lit

    def lit_edges(self) -> NDArray[np.bool_] | None:
        """Say of each edge whether it stands out: it joins the focus, or is emphasised; None: all do."""
        if self.focus == NOWHERE and self.emphasis is None:
            return None
        if self.focus != NOWHERE:
            joined: NDArray[np.bool_] = (self.edges.ends == self.focus).any(axis=1)
            return joined
        lit = np.zeros(len(self.edges.rows), dtype=np.bool_)
        if self.emphasis is not None:
            lit[sorted(self.emphasis.edges)] = True
        return lit

    def degree_by_kind(self, node: int) -> list[tuple[str, bool, int]]:
        """Return (kind of relationship, whether the node is its object, how many), the most frequent first."""
        counted = Counter(
            (self.edges.rows[edge].kind, bool(self.edges.ends[edge, 1] == node))
            for edge in self.edges_at(node).tolist()
        )
        return [(kind, as_object, count) for (kind, as_object), count in counted.most_common()]

    def moved(self, xy: Floats) -> "EcosystemSpec":
        """Return the map with its nodes at other positions."""
        return replace(self, xy=xy, settled=True)


def home_of(spec: EcosystemSpec) -> View:
    """Return the view that shows every node, with a margin for its sign."""
    if not len(spec.xy):
        return View((-1.0, 1.0), (-1.0, 1.0))
    reach = spec.radius[:, None] + _MARGIN
    low, high = (spec.xy - reach).min(axis=0), (spec.xy + reach).max(axis=0)
    ground = spec.ground
    for one_low, one_high in (
        *(((ground.left - 0.6, band.top - 0.3), (ground.right + 0.6, band.bottom + 0.3)) for band in ground.bands),
        *(((-ring.across - 0.3, -ring.down - 0.3), (ring.across + 0.3, ring.down + 0.3)) for ring in ground.rings),
        *(((disc.x - disc.radius, disc.y - disc.radius - 0.8), (disc.x + disc.radius, disc.y + disc.radius))
          for disc in ground.discs),
    ):  # fmt: skip
        low, high = np.minimum(low, one_low), np.maximum(high, one_high)
    return View((float(low[0]), float(high[0])), (float(low[1]), float(high[1])))
