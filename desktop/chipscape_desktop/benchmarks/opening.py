"""Opening a base of very many events on the timeline, for the first time and again, beside reading of its rows."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

MANY = 1_000_000
_EPOCH = date(1970, 1, 1)
_FIRST, _DAYS = 10_957, 9_497  # from 2000 on, 26 years
_RUNS = 3
_INSERTS = (
    "INSERT INTO record (id, kind, slug, name) VALUES (?, 'event', ?, ?)",
    "INSERT INTO event (id, event_kind, starts_on, starts_on_from, starts_on_to, importance) VALUES (?, ?, ?, ?, ?, ?)",
    "INSERT INTO participant (event_id, record_id, role) VALUES (?, ?, 'actor')",
)
_BASELINE = (
    "SELECT r.id, r.name, e.starts_on, e.starts_on_from, e.starts_on_to, e.importance, e.event_kind, p.record_id "
    "FROM event e JOIN record r ON r.id = e.id JOIN participant p ON p.event_id = e.id"
)


def bench_opening(many: int = MANY) -> dict[str, Any]:
    """Return the seconds from the file to the first frame, for the first time, and the median of doing so again.

    The rows are written by plain inserts, for speed; the columns then by what a recorded import ends with. Then follow
    the times of working in the base, and of opening one without columns, as another tool writes it.
    """
    from chipscape_db.base_file import create_base, open_base
    from chipscape_db.columns.keeping import refresh
    from chipscape_desktop.benchmarks.large_base import bench_large_base

    with TemporaryDirectory() as folder:
        path = Path(folder, "large.chipscape")
        create_base(path)
        fill(path, many)
        base = open_base(path)
        began = perf_counter()
        with base.engine.execution_options(writing=True).begin() as connection:
            refresh(connection, many=1)
        kept = perf_counter() - began
        base.close()
        first = _opened(path)
        again = sorted(_opened(path) for _run in range(_RUNS))[_RUNS // 2]
        baseline = _plain(path)
        working = bench_large_base(path, many)
        _forget_columns(path)
        without = _opened(path)
    name = "the rows read with sqlite3"
    return {
        f"open_{many}_first": _row(first, baseline, 1.5, name),
        f"open_{many}_again": _row(again, baseline, 0.3, name),
        f"open_{many}_without_columns": _row(without, baseline, 8.0, name),
        f"keep_columns_{many}": _row(kept, baseline, 8.0, name),
        **working,
    }


def _forget_columns(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM event_column")
    connection.commit()
    connection.close()


def fill(path: Path, many: int) -> None:
    """Put *many* made-up events of the base's organizations into it: most are days, some months."""
    from chipscape_db.vocabulary import EVENT_KINDS

    rng = np.random.default_rng(7)
    connection = sqlite3.connect(path, isolation_level=None)
    makers = [id_ for (id_,) in connection.execute("SELECT id FROM record WHERE kind = 'organization' LIMIT 40")]
    days = (_FIRST + _DAYS * rng.beta(2.0, 1.2, many)).astype(int).tolist()
    months = (rng.random(many) < 0.2).tolist()
    importance = rng.choice(np.arange(1, 6), many, p=(0.5, 0.3, 0.15, 0.0499, 0.0001)).tolist()
    kinds = rng.integers(0, len(EVENT_KINDS), many).tolist()
    makers_of = rng.integers(0, len(makers), many).tolist()
    connection.execute("BEGIN")
    for start in range(0, many, 50_000):
        records, events, parts = [], [], []
        for number in range(start, min(start + 50_000, many)):
            id_ = f"{number * 2_654_435_761 % 2**32:08x}-0000-4000-8000-{number:012x}"
            records.append((id_, f"event-number-{number}", f"Event number {number}"))
            events.append((id_, EVENT_KINDS[kinds[number]], *_date(days[number], months[number]), importance[number]))
            parts.append((id_, makers[makers_of[number]]))
        connection.executemany(_INSERTS[0], records)
        connection.executemany(_INSERTS[1], events)
        connection.executemany(_INSERTS[2], parts)
    connection.execute("COMMIT")
    connection.close()


def _date(day: int, month: bool) -> tuple[str, int, int]:
    """Return a day, or the month in which it lies, as written and as the first and last day that it may mean."""
    here = _EPOCH + timedelta(days=day)
    if not month:
        return here.isoformat(), day, day
    first = here.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return here.isoformat()[:7], (first - _EPOCH).days, (last - _EPOCH).days


def _opened(path: Path) -> float:
    """Return the seconds from the file to the first frame of the timeline."""
    from PySide6.QtGui import QImage, QPainter
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import open_base
    from chipscape_db.filters import Filters
    from chipscape_db.queries.timeline_large import large_rows
    from chipscape_desktop.export.painter import paint
    from chipscape_desktop.figures.catalog import Request
    from chipscape_desktop.figures.palette import LIGHT
    from chipscape_desktop.figures.text import default_measure
    from chipscape_desktop.figures.timeline import FIGURE
    from chipscape_desktop.figures.timeline.large import waiting

    image = QImage(1366, 700, QImage.Format.Format_ARGB32_Premultiplied)
    measure = default_measure()
    started = perf_counter()
    base = open_base(path)
    with Session(base.engine) as session:
        rows = large_rows(session, Filters(), language="en")
    spec, _lacking = waiting(FIGURE.build(rows, Request()), _nothing)  # as the window does it
    drawing = FIGURE.layout(spec, size=(1366.0, 700.0), palette=LIGHT, measure=measure)
    painter = QPainter(image)
    paint(drawing, painter)
    painter.end()
    seconds = perf_counter() - started
    spec.memo.clear()  # as the window lets go of what it showed
    base.close()
    return seconds


def _nothing() -> None:
    """Ask for nothing more."""


def _plain(path: Path) -> float:
    connection = sqlite3.connect(path)
    started = perf_counter()
    connection.execute(_BASELINE).fetchall()
    seconds = perf_counter() - started
    connection.close()
    return seconds


def _row(seconds: float, baseline: float, budget: float, name: str) -> dict[str, Any]:
    return {
        "measured": round(seconds, 2), "baseline": round(baseline, 2), "baseline_name": name, "unit": "s",
        "budget": budget,
    }  # fmt: skip
