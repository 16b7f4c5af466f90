"""The rows of the performance figure on the starter facts, read once per metric."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.queries.performance import PerformanceRows
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.performance import FIGURE
from chipscape_desktop.figures.performance.spec import PerformanceSpec

Reads = Callable[[str], PerformanceRows]
Builds = Callable[..., PerformanceSpec]


@pytest.fixture(scope="session")
def rows_of(starter: Path) -> Reads:
    @cache
    def read(metric: str) -> PerformanceRows:
        base = open_base(starter, write=False)
        try:
            with Session(base.engine) as session:
                return FIGURE.read(session, Request(options={"metric": metric}))
        finally:
            base.close()

    return read


@pytest.fixture(scope="session")
def spec_of(rows_of: Reads) -> Builds:
    def build(**options: str) -> PerformanceSpec:
        return FIGURE.build(rows_of(options.get("metric", "compute.fp16")), Request(options=options))

    return build
