"""A question to the map as a value: what is asked, of which records, over which relationships."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from chipscape_db.filters import Filters
from chipscape_desktop.figures.answers.answer import Answer

if TYPE_CHECKING:
    from chipscape_db.network.graph import Network
    from chipscape_desktop.workspace import Job

Asked: TypeAlias = Literal["path", "cut", "supply", "chokepoints", "communities"]

ASKED: Final[tuple[Asked, ...]] = ("path", "cut", "supply", "chokepoints", "communities")
TAKES_RECORD: Final = ("path", "cut", "supply")


@dataclass(frozen=True, slots=True)
class Question:
    """`start` and `end` are ids of records; `kinds` are the relationships followed, the usual ones when empty.

    With `every` longer chains are listed too, with `only_lost` only what has no other way; `country` is the one that
    counts as home, the record's own when empty.
    """

    asked: Asked = "path"
    start: str = ""
    end: str = ""
    kinds: frozenset[str] = frozenset()
    every: bool = False
    only_lost: bool = False
    country: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether everything that the question needs is there."""
        if self.asked == "path":
            return bool(self.start and self.end)
        return bool(self.start) or self.asked not in TAKES_RECORD


def read_network(filters: Filters, language: str, session: Any) -> "Network":
    """Read what the filters let through as a network; runs on the database worker."""
    from chipscape_db.network.graph import Network
    from chipscape_db.queries.ecosystem import ecosystem

    return Network.of(ecosystem(session, filters, language=language))


def answer_to(question: Question, network: "Network", filters: Filters, job: "Job") -> Answer:
    """Return the answer; runs on the second worker. Raises `FactsError` where there is none."""
    make = {
        "path": _path, "cut": _cut, "supply": _supply, "chokepoints": _chokepoints, "communities": _communities
    }[question.asked]  # fmt: skip
    return make(question, network, filters, job)


def asking(question: Question, network: "Network", filters: Filters) -> Any:
    """Return the computation that answers a question."""
    return partial(answer_to, question, network, filters)


def _path(question: Question, network: "Network", filters: Filters, _job: "Job") -> Answer:
    from chipscape_db.network.paths import paths
    from chipscape_desktop.figures.answers.chains import chains_answer

    found = paths(network, question.start, question.end, kinds=question.kinds, every=question.every)
    return chains_answer(network, found, as_of=filters.as_of, every=question.every)


def _cut(question: Question, network: "Network", filters: Filters, _job: "Job") -> Answer:
    from chipscape_db.network.cut import dependency_cut
    from chipscape_desktop.figures.answers.cuts import cut_answer

    cut = dependency_cut(network, question.start, kinds=question.kinds)
    return cut_answer(network, cut, kinds=question.kinds, only_lost=question.only_lost, as_of=filters.as_of)


def _supply(question: Question, network: "Network", filters: Filters, _job: "Job") -> Answer:
    from chipscape_db.network.supply import supply_chain
    from chipscape_desktop.figures.answers.supplies import supply_answer

    found = supply_chain(network, question.start, country=question.country, kinds=question.kinds)
    return supply_answer(network, found, as_of=filters.as_of)


def _chokepoints(_question: Question, network: "Network", filters: Filters, job: "Job") -> Answer:
    from chipscape_db.network.chokepoints import chokepoints
    from chipscape_desktop.figures.answers.whole import chokepoints_answer

    found = chokepoints(network, should_stop=job.should_stop, progress=job.report)
    return chokepoints_answer(network, found, as_of=filters.as_of)


def _communities(_question: Question, network: "Network", filters: Filters, job: "Job") -> Answer:
    from chipscape_db.network.communities import communities
    from chipscape_desktop.figures.answers.whole import communities_answer

    found = communities(network, progress=job.progress())
    return communities_answer(network, found, as_of=filters.as_of)
