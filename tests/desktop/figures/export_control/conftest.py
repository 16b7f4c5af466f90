"""Export-control figures of the starter facts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.export_control import FIGURE
from chipscape_desktop.figures.export_control.spec import ExportSpec
from chipscape_desktop.i18n import language


@pytest.fixture(scope="module")
def spec_of(starter: Path) -> Callable[..., ExportSpec]:
    """A function that builds the figure for a day and options."""
    base = open_base(starter)
    with Session(base.engine) as session:
        rows = FIGURE.read(session, Request())
    base.close()

    def build(day: str = "2026-03-01", **options: str) -> ExportSpec:
        return FIGURE.build(rows, Request(Filters(as_of=date.fromisoformat(day)), language(), options))

    return build
