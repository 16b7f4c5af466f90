from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import FactBase, open_base
from chipscape_db.filters import Filters
from chipscape_db.queries.ecosystem import EcosystemRows
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec

Ask = Callable[..., tuple[EcosystemRows, Request]]


@pytest.fixture(scope="session")
def starter_base(starter: Path) -> Iterator[FactBase]:
    base = open_base(starter, write=False)
    yield base
    base.close()


@pytest.fixture(scope="session")
def ask(starter_base: FactBase) -> Ask:
    """Rows of the starter facts and the request they answer; options are words, all else are filters."""

    def read(**asked: Any) -> tuple[EcosystemRows, Request]:
        options = {name: value for name, value in asked.items() if isinstance(value, str)}
        filters = Filters(**{name: value for name, value in asked.items() if name not in options})
        request = Request(filters, "en", options)
        with Session(starter_base.engine) as session:
            return FIGURE.read(session, request), request

    return read


@pytest.fixture(scope="session")
def whole(ask: Ask) -> EcosystemSpec:
    """The whole map of the starter facts, laid out once."""
    return FIGURE.build(*ask())


@pytest.fixture(scope="session")
def around_huawei(ask: Ask) -> EcosystemSpec:
    """The neighbourhood of Huawei, laid out once."""
    return FIGURE.build(*ask(center="huawei"))
