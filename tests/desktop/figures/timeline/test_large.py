"""Very many events as columns: the same timeline as from rows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_db.queries.event_columns import event_columns
from chipscape_db.queries.timeline import timeline_rows
from chipscape_db.queries.timeline_large import large_rows
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.build import build
from chipscape_desktop.figures.timeline.finding import matches
from chipscape_desktop.figures.timeline.large import build_large
from chipscape_desktop.figures.timeline.spec import TimelineSpec

TODAY = {"today": "2026-07-15"}


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def both(session: Session, filters: Filters, language: str = "en", **options: str) -> tuple[TimelineSpec, TimelineSpec]:
    request = Request(filters, language, TODAY | options)
    rows = timeline_rows(session, filters, language=language)
    return build(rows, request), build_large(large_rows(session, filters, language=language), request)


def placed(spec: TimelineSpec) -> set[tuple[object, ...]]:
    """Returns what stands where, by ids and keys, so that the order of positions does not matter."""
    columns = spec.columns
    return {
        (
            spec.ids[int(columns.item[at])], spec.titles[int(columns.item[at])], spec.lanes[int(columns.lane[at])].key,
            float(columns.low[at]), float(columns.high[at]), round(float(columns.fade_low[at]), 6),
            round(float(columns.fade_high[at]), 6), bool(columns.exact[at]), bool(columns.lasting[at]),
            bool(columns.soft[at]), int(columns.importance[at]), int(columns.glyph[at]),
        )
        for at in range(len(columns))
    }  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [
        {"lanes": "organization"}, {"lanes": "kind"}, {"lanes": "sector"}, {"lanes": "none"},
        {"lanes": "organization", "every_lane": "yes"}, {"lanes": "country", "every_lane": "yes"},
    ],
)  # fmt: skip
def test_columns_give_the_same_timeline_as_rows(session, options):
    small, large = both(session, Filters(), **options)
    assert placed(large) == placed(small)
    assert [(lane.key, lane.title, lane.height, lane.count) for lane in large.lanes] == [
        (lane.key, lane.title, lane.height, lane.count) for lane in small.lanes
    ]
    assert large.extent == small.extent
    assert [rule.id for rule in large.rules] == [rule.id for rule in small.rules]


@pytest.mark.parametrize("when", [date(2019, 6, 1), date(2023, 1, 1), date(2025, 5, 1)])
def test_filters_and_the_as_of_date_let_the_same_through(session, when):
    organizations = [maker.id for maker in event_columns(session, language="en").makers][:5]
    for filters in (
        Filters(as_of=when),
        Filters(start=when),
        Filters(end=when),
        Filters(countries=frozenset({"CN"}), as_of=when),
        Filters(organizations=frozenset(organizations)),
        Filters(certainties=frozenset({"official"})),
    ):
        small, large = both(session, filters)
        assert placed(large) == placed(small)


def test_names_come_in_the_language_asked_for(session):
    _small, large = both(session, Filters(), "fr")
    assert "Google met en service son premier TPU" in large.titles


def test_it_is_drawn_found_and_carded(session):
    small, large = both(session, Filters())
    drawing = FIGURE.layout(large, size=(1310.0, 640.0), palette=LIGHT, measure=default_measure())
    assert "277 events in view" in drawing.summary
    words = "nvidia a100"
    assert [large.ids[item] for item in matches(large, words)] == [small.ids[item] for item in matches(small, words)]
    id_ = small.ids[7]
    assert large.cards[id_].date == small.cards[id_].date
    assert large.written[large.place_of(id_)][1] == small.written[7][1]
    assert large.place_of("nobody") == -1
    assert large.cards.get("nobody") is None
