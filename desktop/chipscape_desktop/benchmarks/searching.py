"""How long one key press in the search takes, beside a scan of the names with LIKE."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np

KEYS = ("h", "hu", "hua", "huaw", "huawei", "huawei asc", "ascend 910b", "pangu huawei", "nvidia chip", "盘古", "zz")
MANY = 1_000_000
_RUNS = 5
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "nvi", "hua", "wei", "as", "cend", "pan", "tel", "ro", "mi", "tra")
_FREQUENT = ("nvidia", "huawei", "ascend", "pangu", "chip", "910b", "hub", "hua")
_VOCABULARY = 50_000


def bench_search(many: int = MANY) -> dict[str, Any]:
    """Return the median and the slowest milliseconds of a key, for the starter facts and for *many* records."""
    from chipscape_db.base_file import create_base

    with TemporaryDirectory() as folder:
        starter, large = Path(folder, "starter.chipscape"), Path(folder, "large.chipscape")
        create_base(starter)
        create_base(large, starter=False)
        fill(large, many)
        return {"search_starter": _measure(starter, budget=10), "search_large": _measure(large, budget=50)}


def fill(path: Path, many: int) -> None:
    """Put *many* made-up records of three-word names and eight-word summaries into an empty base, and index them.

    Words are drawn by Zipf's law, so that the frequent ones stand in a large part of all records.
    """
    from chipscape_db import search
    from chipscape_db.engine import open_engine

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN")
    for rows in _records(many):
        connection.executemany("INSERT INTO record (id, kind, slug, name) VALUES (?, 'sector', ?, ?)", rows[0])
        connection.executemany("INSERT INTO record_text VALUES (?, 'summary', 'en', ?)", rows[1])
    connection.execute("COMMIT")
    connection.close()
    engine = open_engine(path)
    with engine.execution_options(writing=True).begin() as writing:
        search.rebuild(writing)
    engine.dispose()


def _records(many: int) -> Iterator[tuple[list[tuple[str, str, str]], list[tuple[str, str]]]]:
    chance, rng = random.Random(1), np.random.default_rng(1)
    made = dict.fromkeys(_FREQUENT)
    while len(made) < _VOCABULARY:
        made[
            "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) + chance.choice(("", str(len(made) % 997)))
        ] = None
    vocabulary = np.array(list(made))
    for start in range(0, many, 50_000):
        count = min(50_000, many - start)
        drawn = vocabulary[(rng.zipf(1.15, size=count * 11) - 1) % _VOCABULARY].reshape(count, 11).tolist()
        records, texts = [], []
        for number, words in enumerate(drawn, start=start):
            id_ = f"{number:032x}"
            records.append((id_, f"r{number}", " ".join(words[:3])))
            texts.append((id_, " ".join(words[3:])))
        yield records, texts


def _measure(path: Path, *, budget: float) -> dict[str, Any]:
    from sqlalchemy.orm import Session

    from chipscape_db.engine import open_engine
    from chipscape_db.search import search

    engine = open_engine(path, read_only=True)
    ours, scans = {}, []
    with Session(engine) as session:
        search(session, "warm")
        for key in KEYS:
            ours[key] = median(_timed(lambda key=key: search(session, key)) for _run in range(_RUNS))
        connection = session.connection()
        for key in KEYS[::4]:
            pattern = f"%{key}%"
            scans.append(
                _timed(
                    lambda pattern=pattern: connection.exec_driver_sql(
                        "SELECT id, name FROM record r WHERE name LIKE ? OR EXISTS (SELECT 1 FROM record_text t "
                        "WHERE t.record_id = r.id AND t.text LIKE ?) ORDER BY name LIMIT 30",
                        (pattern, pattern),
                    ).all()
                )
            )
    engine.dispose()
    slowest = max(ours, key=lambda key: ours[key])
    return {
        "measured": round(max(ours.values()), 2),
        "baseline": round(median(scans), 2),
        "baseline_name": "LIKE scan of names and summaries",
        "unit": "ms",
        "budget": budget,
        "slowest_key": slowest,
        "median_key": round(median(ours.values()), 2),
    }


def _timed(work: Any) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3
