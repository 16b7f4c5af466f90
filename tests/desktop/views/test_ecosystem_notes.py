"""Texts and areas on the map: put, worded, moved, taken away and undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from chipscape_db.queries.figures import saved_figures
from chipscape_desktop.figures.drawing import Box, Text
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.ecosystem.view import EcosystemView
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def view(qtbot, starter_copy: Path) -> Iterator[EcosystemView]:
    install_fonts()
    workspace = Workspace("Tester")
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open(starter_copy)
    made = EcosystemView(workspace)
    qtbot.addWidget(made)
    made.resize(1000, 690)
    made.show()
    qtbot.waitUntil(lambda: made.current_spec() is not None, timeout=20_000)
    QApplication.processEvents()
    yield made
    workspace.close()


def noted(view: EcosystemView) -> list[str]:
    spec = view.current_spec()
    return [] if spec is None or spec.notes is None else [one.text for one in spec.notes.content.annotations]


def drawn(view: EcosystemView) -> tuple[list[str], int]:
    drawing = view.canvas.drawing()
    texts = [item for layer in drawing.layers if layer.name == "titles" for item in layer.items]
    boxes = [item for layer in drawing.layers if layer.name == "ground" for item in layer.items]
    return [text.text for text in texts if isinstance(text, Text)], sum(isinstance(box, Box) for box in boxes)


def test_w_writes_and_shift_w_draws_an_area_both_are_undone(qtbot, view):
    view.noting.ask_with(lambda _prompt, _text: ("Domestic chain", True))
    qtbot.keyClick(view.canvas, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: noted(view) == ["Domestic chain"], timeout=10_000)
    assert "Domestic chain" in drawn(view)[0]
    view.noting.ask_with(lambda _prompt, _text: ("Here", True))
    qtbot.keyClick(view.canvas, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: noted(view) == ["Domestic chain", "Here"], timeout=10_000)
    assert drawn(view) == (["Domestic chain", "Here"], 1)
    with Session(view.workspace.base.engine) as session:
        assert saved_figures(session) == []
    view.workspace.undo()
    qtbot.waitUntil(lambda: noted(view) == ["Domestic chain"], timeout=10_000)
    view.workspace.undo()
    qtbot.waitUntil(lambda: noted(view) == [], timeout=10_000)


def test_a_text_is_moved_worded_anew_and_taken_away(qtbot, view):
    view.noting.ask_with(lambda _prompt, _text: ("First", True))
    view.noting.write()
    qtbot.waitUntil(lambda: noted(view) == ["First"], timeout=10_000)
    before = view.current_spec().notes.content.annotations[0].points[0]
    view.noting.move(0, 2.0, -1.0)
    qtbot.waitUntil(
        lambda: view.current_spec().notes.content.annotations[0].points[0] == (before[0] + 2.0, before[1] - 1.0),
        timeout=10_000,
    )
    ref = next(text.ref for layer in view.canvas.drawing().layers if layer.name == "titles" for text in layer.items)
    view.noting.ask_with(lambda _prompt, text: (f"{text} and last", True))
    view.canvas.activated.emit(ref)
    qtbot.waitUntil(lambda: noted(view) == ["First and last"], timeout=10_000)
    view.noting.ask_with(lambda _prompt, _text: ("", True))
    view.canvas.activated.emit(ref)
    qtbot.waitUntil(lambda: noted(view) == [], timeout=10_000)


def test_an_area_goes_around_the_chosen_records_and_every_layout_has_its_own(qtbot, view):
    spec = view.current_spec()
    ids = [spec.nodes[i].id for i in range(3)]
    view.chosen.ids = frozenset(ids)
    view.noting.ask_with(lambda _prompt, _text: ("Three", True))
    view.noting.draw_area()
    qtbot.waitUntil(lambda: noted(view) == ["Three"], timeout=10_000)
    (x0, y0), (x1, y1) = view.current_spec().notes.content.annotations[0].points
    for x, y in view.current_spec().xy[:3].tolist():
        assert x0 < x < x1
        assert y0 < y < y1
    before = view.current_spec()
    view.panel.choose(layout="stack")
    qtbot.waitUntil(lambda: view.current_spec() is not before, timeout=20_000)
    assert noted(view) == []
