"""The timeline screen over a base that counts as large: read as columns, found in, filtered, and let go of again."""

from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest

from chipscape_db.columns import size
from chipscape_db.filters import Filters
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.timeline.view import TimelineView
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def view(qtbot, starter_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TimelineView]:
    monkeypatch.setattr(size, "MANY", 1)
    install_fonts()
    workspace = Workspace("Ada")
    with qtbot.waitSignal(workspace.opened):
        workspace.open(starter_copy)
    view = TimelineView(workspace)
    qtbot.addWidget(view)
    view.resize(1280, 640)
    view.show()
    qtbot.waitUntil(lambda: view._spec is not None and workspace.idle())
    yield view
    workspace.close()


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
