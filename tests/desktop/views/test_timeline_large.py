"""The timeline of a large base in the window: what it lacks is looked up while the window stays free."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.table import SOURCES, TITLE, table_of_view
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Selection


@pytest.fixture
def view(open_timeline) -> TimelineView:
    return open_timeline(many=0)


def whole(view: TimelineView):
    spec = view.current_spec()
    assert spec is not None
    assert spec.is_large
    return spec


def looked_up(qtbot, view: TimelineView) -> None:
    """Waits until the figure on the screen has its sources."""
    qtbot.waitUntil(lambda: bool(view.canvas.drawing().caption.sources) and view.workspace.idle(), timeout=10_000)


def test_the_figure_has_the_sources_of_what_is_in_view_and_those_of_the_next_view(qtbot, view):
    looked_up(qtbot, view)
    for place in (view.current_view(), View((19_358.0, 19_448.0), view.current_view().y)):
        view.canvas.set_view(place)
        size = view.current_size()
        canvas = view.canvas

        def is_complete(place=place, size=size, canvas=canvas) -> bool:
            own = FIGURE.layout(whole(view), size=size, palette=LIGHT, measure=default_measure(), view=canvas.view())
            return canvas.drawing().caption == own.caption

        qtbot.waitUntil(is_complete, timeout=10_000)


def test_a_card_fills_in_when_the_answer_arrives(qtbot, view):
    id_ = whole(view).ids[5]
    ref = Ref("record", (id_,), "An event")
    view.canvas._point_at(ref, 300.0, 200.0)
    qtbot.waitUntil(lambda: "source" in view.canvas.card.text(), timeout=10_000)
    qtbot.waitUntil(lambda: "looked up" not in view.canvas.card.text(), timeout=10_000)
    for name, _role in whole(view).cards[id_].participants[:2]:
        assert name in view.canvas.card.text()


def test_what_belongs_together_is_looked_up_for_the_event_pointed_at(qtbot, view):
    spec = whole(view)
    id_ = next(id_ for id_ in spec.ids if spec.kin.of(id_).alike)
    view.reload()
    qtbot.waitUntil(lambda: view.current_spec() is not spec, timeout=10_000)
    assert not view.related.relatives(id_).all
    qtbot.waitUntil(lambda: view.related.relatives(id_) == spec.kin.of(id_), timeout=10_000)


def test_the_table_has_every_row_sorted_and_copied_in_full(qtbot, view):
    looked_up(qtbot, view)
    view.show_table(True)
    table = view.table
    expected = table_of_view(whole(view), view.current_view())
    qtbot.waitUntil(lambda: table.count() == len(expected.rows), timeout=10_000)
    assert view.table_page.count.text() == f"{table.count()} rows in the time in view."
    table.horizontalHeader().setSortIndicator(TITLE, Qt.SortOrder.DescendingOrder)
    titles = sorted((row[TITLE] for row in expected.rows), key=str.casefold, reverse=True)
    top = table.model().index(0, TITLE)
    qtbot.waitUntil(lambda: top.data() == titles[0], timeout=10_000)
    qtbot.waitUntil(lambda: table.model().index(0, SOURCES).data() != "…", timeout=10_000)
    table.copy()
    qtbot.waitUntil(view.workspace.idle, timeout=10_000)
    lines = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert [line[TITLE] for line in lines[1:]] == titles
    assert sorted(line[SOURCES] for line in lines[1:]) == sorted(row[SOURCES] for row in expected.rows)


def test_a_row_selects_its_record_and_a_record_marks_its_row(qtbot, view):
    view.show_table(True)
    qtbot.waitUntil(lambda: view.table.count() > 0, timeout=10_000)
    view.table.setFocus()
    view.table.selectRow(3)
    chosen = view.workspace.selection
    assert chosen is not None
    view.panel.jump.setFocus()
    other = whole(view).ids[40]
    view.workspace.select(Selection("record", other))
    assert [ref.ids[0] for ref in view.table.chosen()][:1] == [other]


def test_fitting_an_organization_shows_all_its_events(qtbot, view):
    spec = whole(view)
    lane = next(lane for lane in spec.lanes if lane.id)
    view.workspace.select(Selection("record", lane.id))
    before = view.current_view()
    assert view.fit_selection()
    qtbot.waitUntil(lambda: view.current_view().x != before.x, timeout=10_000)
    places = [place for place in spec.places_of(spec.kin.events_of(lane.id)) if place >= 0]
    low, high = view.current_view().x
    starts = spec.lows()[np.array(places)]
    assert low <= starts.min()
    assert starts.max() <= high
