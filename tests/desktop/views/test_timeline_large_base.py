"""The timeline screen over a base that counts as large: read as columns, found in, filtered, and let go of again."""

from weakref import ref

import numpy as np
import pytest
from PySide6.QtGui import QColor

from chipscape_db.columns import size
from chipscape_db.filters import Filters
from chipscape_desktop.benchmarks.timeline import synthetic_spec
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.timeline.density import places_in_shades
from chipscape_desktop.theme import current_palette
from chipscape_desktop.views.timeline.view import TimelineView


@pytest.fixture
def view(qtbot, open_timeline, monkeypatch: pytest.MonkeyPatch) -> TimelineView:
    monkeypatch.setattr(size, "MANY", 1)
    made = open_timeline()
    qtbot.waitUntil(made.workspace.idle)
    return made


def test_it_keeps_columns_in_the_base_for_the_next_time(view: TimelineView) -> None:
    assert view._spec is not None
    assert view._spec.is_large
    assert view.workspace.base is not None
    with view.workspace.base.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM event_column").scalar_one() > 10


def test_what_was_shown_before_is_freed_at_once(qtbot, view: TimelineView) -> None:
    for filters in (Filters(countries=frozenset({"CN"})), Filters(), Filters(countries=frozenset({"US"}))):
        assert view._spec is not None
        before = ref(view._spec.index.order)
        view.workspace.set_filters(filters)
        qtbot.waitUntil(lambda before=before: before() is None)


def test_words_are_found(qtbot, view: TimelineView) -> None:
    view.panel.jump.setText("ascend 910")
    view.panel.seek(1)
    qtbot.waitUntil(lambda: view.workspace.selection is not None)
    assert view._spec is not None
    assert "910" in view._spec.title_of(view.workspace.selection.id)


def test_what_is_selected_is_ringed_in_a_crowd(qtbot, view: TimelineView) -> None:
    spec = synthetic_spec(60_000)
    view._show(spec)
    view.canvas.set_view(View((15_000.0, 16_500.0), view.canvas.view().y))
    drawing = view.canvas.drawing()
    assert drawing is not None
    signs = view.related.places(drawing)
    low = spec.columns.low
    inside = [spec.id_of(int(spec.columns.item[at])) for at in np.flatnonzero((low > 15_100) & (low < 16_400))[:50]]
    id_ = next(each for each in inside if each not in signs)
    ((x, y),) = places_in_shades(spec, drawing, view.canvas.view(), frozenset({id_}))
    accent = QColor(current_palette().accent)
    assert view.canvas.viewport().grab().toImage().pixelColor(round(x), round(y)) != accent
    view.canvas.set_selected(frozenset({id_}))
    assert view.canvas.viewport().grab().toImage().pixelColor(round(x), round(y)) == accent
