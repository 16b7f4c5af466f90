"""Working in a base of very many events: finding, filtering, counting and editing, each beside plain SQL."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

_RUNS = 5
_LIKE = "SELECT id, name FROM record WHERE kind = 'event' AND name LIKE ?"
_OF_A_COUNTRY = (
    "SELECT DISTINCT e.id, e.starts_on_from, e.starts_on_to FROM organization o "
    "JOIN participant p ON p.record_id = o.id JOIN event e ON e.id = p.event_id WHERE o.country = ?"
)
_GROUPED = (
    "SELECT o.country, count(DISTINCT p.event_id) FROM participant p JOIN organization o ON o.id = p.record_id "
    "GROUP BY o.country"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What was measured in milliseconds, beside plain SQL in the same base."""

    measured: float
    baseline: float
    budget: float
    name: str

    def told(self, **more: Any) -> dict[str, Any]:
        return {
            "measured": round(self.measured, 1), "baseline": round(self.baseline, 1), "baseline_name": self.name,
            "unit": "ms", "budget": self.budget, **more,
        }  # fmt: skip


def bench_large_base(path: Path, many: int) -> dict[str, Any]:
    """Return the times of finding, filtering, counting and editing in a base of *many* events that keeps columns."""
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import open_base
    from chipscape_db.commands.records import edit_record
    from chipscape_db.filters import Filters
    from chipscape_db.queries.facets import facets
    from chipscape_desktop.figures.catalog import Request
    from chipscape_desktop.figures.palette import LIGHT
    from chipscape_desktop.figures.text import default_measure
    from chipscape_desktop.figures.timeline import FIGURE
    from chipscape_desktop.figures.timeline.finding import matches
    from chipscape_desktop.figures.timeline.large import waiting

    base = open_base(path)

    def shown(filters: Filters) -> Any:
        with Session(base.engine) as session:
            request = Request(filters)
            spec = FIGURE.build(FIGURE.read(session, request), request)
        return waiting(spec, _nothing)[0]  # as the window does it

    def framed(spec: Any) -> None:
        FIGURE.layout(spec, size=(1366.0, 700.0), palette=LIGHT, measure=default_measure())

    def counted() -> None:
        with Session(base.engine) as session:
            facets(session, language="en")

    spec = shown(Filters())
    framed(spec)
    counted()
    words = f"number {many - many // 5}"
    first = _timed(partial(matches, spec, words))
    again = [_timed(partial(matches, spec, text)) for text in (words, "event", "number 7", "nowhere at all")]
    china, frames, filtering = Filters(countries=frozenset({"CN"})), [], []
    for _run in range(_RUNS):
        for filters in (china, Filters()):
            began = perf_counter()
            toggled = shown(filters)
            filtering.append((perf_counter() - began) * 1e3)
            frames.append(_timed(partial(framed, toggled)))
    counting, editing = [], []
    id_ = spec.ids[many // 2]
    for run in range(_RUNS):
        began = perf_counter()
        edit_record(base.engine, author="bench", record_id=id_, fields={"name": f"Edited {run}"})
        framed(shown(Filters()))
        editing.append((perf_counter() - began) * 1e3)
        counting.append(_timed(counted))
    base.close()
    connection = sqlite3.connect(path)
    scan = median(_timed(lambda: connection.execute(_LIKE, (f"%{words}%",)).fetchall()) for _run in range(3))
    country = _timed(lambda: connection.execute(_OF_A_COUNTRY, ("CN",)).fetchall())
    grouped = _timed(lambda: connection.execute(_GROUPED).fetchall())
    connection.close()
    return {
        f"find_{many}_first": _Row(first, scan, 50, "LIKE scan of names").told(),
        f"find_{many}_again": _Row(median(again), scan, 50, "LIKE scan of names").told(slowest=round(max(again), 1)),
        f"filter_{many}": _Row(median(filtering), country, 150, "the rows of a country read with sqlite3").told(
            slowest=round(max(filtering), 1), frame=round(median(frames), 1)
        ),
        f"counts_{many}": _Row(median(counting), grouped, 150, "events counted by country with sqlite3").told(),
        f"edit_{many}": _Row(median(editing), country, 300, "the rows of a country read with sqlite3").told(),
    }


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1e3


def _nothing() -> None:
    """Ask for nothing more."""
