"""A question as an option of the map, for figures without a window: `cut:tsmc`, `path:pangu-pro-moe:smic`."""

from typing import Final

from chipscape_db.errors import N_, Invalid
from chipscape_db.filters import Filters
from chipscape_db.network.chokepoints import chokepoints
from chipscape_db.network.communities import communities
from chipscape_db.network.cut import dependency_cut
from chipscape_db.network.graph import Network
from chipscape_db.network.paths import paths
from chipscape_db.network.supply import supply_chain
from chipscape_db.queries.ecosystem import EcosystemRows
from chipscape_desktop.figures.answers.answer import Answer
from chipscape_desktop.figures.answers.chains import chains_answer
from chipscape_desktop.figures.answers.cuts import cut_answer
from chipscape_desktop.figures.answers.supplies import supply_answer
from chipscape_desktop.figures.answers.whole import chokepoints_answer, communities_answer

FORMS: Final = ("path:A:B", "cut:A", "supply:A", "chokepoints", "communities")
"""How questions are written; A and B are slugs of records."""


def asked(rows: EcosystemRows, ask: str, filters: Filters) -> Answer:
    """Return the answer to a question; raise `Invalid` for what is none, `NotFound` for a record that is not there."""
    network, as_of = Network.of(rows), filters.as_of
    match ask.split(":"):
        case ["path", start, end]:
            return chains_answer(network, paths(network, start, end), as_of=as_of)
        case ["cut", record]:
            return cut_answer(network, dependency_cut(network, record), as_of=as_of)
        case ["supply", record]:
            return supply_answer(network, supply_chain(network, record), as_of=as_of)
        case ["chokepoints"]:
            return chokepoints_answer(network, chokepoints(network), as_of=as_of)
        case ["communities"]:
            return communities_answer(network, communities(network), as_of=as_of)
    raise Invalid(
        N_("{option} cannot be {word}; choose one of {known}."), field="ask", option="ask", word=ask,
        known=", ".join(FORMS),
    )  # fmt: skip
