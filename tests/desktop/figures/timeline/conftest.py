"""The real starter facts as timelines, read once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chipscape_db.filters import Filters
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.spec import TimelineSpec

SpecOf = Callable[..., TimelineSpec]


@pytest.fixture(scope="session")
def spec_of(starter: Path) -> Iterator[SpecOf]:
    """Returns the spec for a language, filters and options; `today` is a fixed day."""
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import open_base

    base = open_base(starter, write=False)
    made: dict[object, TimelineSpec] = {}

    def build(language: str = "en", filters: Filters | None = None, **options: str) -> TimelineSpec:
        filters = filters or Filters()
        i18n.set_language(language)
        key = (language, filters, tuple(sorted(options.items())))
        if key not in made:
            request = Request(filters, language, {"today": "2026-07-15", **options})
            with Session(base.engine) as session:
                made[key] = FIGURE.build(FIGURE.read(session, request), request)
        return made[key]

    yield build
    base.close()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.set_language("en")
