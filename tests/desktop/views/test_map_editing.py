"""Editing on the map: relationships drawn and deleted, records added, several chosen, lined up and moved together."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chipscape_db.models import MapPlace, Record, Relationship
from chipscape_desktop import notices
from chipscape_desktop.figures.ecosystem.alignment import WAYS, aligned, least, shifted
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.forms.link_editor import LinkEditor
from chipscape_desktop.forms.placed_record import PlacedRecord
from chipscape_desktop.shell.map_forms import MapForms
from chipscape_desktop.views.ecosystem.view import EcosystemView
from chipscape_desktop.workspace import Selection, Workspace


@pytest.fixture
def view(qtbot, starter_copy: Path) -> Iterator[EcosystemView]:
    install_fonts()
    workspace = Workspace("Tester")
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open(starter_copy)
    made = EcosystemView(workspace)
    MapForms(workspace, made)
    qtbot.addWidget(made)
    made.resize(1100, 690)
    made.show()
    qtbot.waitUntil(lambda: made.current_spec() is not None, timeout=20_000)
    made.panel.choose(center="smic")
    qtbot.waitUntil(lambda: made.arranging.spec is not None and made.arranging.spec.center >= 0, timeout=20_000)
    QApplication.processEvents()
    yield made
    workspace.close()


def id_of(view: EcosystemView, slug: str) -> str:
    spec = view.arranging.spec
    assert spec is not None
    return next(node.id for node in spec.nodes if node.slug == slug)


def place_of(view: EcosystemView, record_id: str) -> QPoint:
    spec, drawing = view.arranging.spec, view.canvas.drawing()
    assert spec is not None
    assert drawing is not None
    found = Walk(drawing).position(spec.refs[spec.number_of(record_id)])
    assert found is not None
    return QPoint(round(found.x), round(found.y))


def counted(view: EcosystemView, table: Any) -> int:
    base = view.workspace.base
    assert base is not None
    with Session(base.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def places(view: EcosystemView, *record_ids: str) -> list[tuple[float, float]]:
    spec = view.arranging.spec
    assert spec is not None
    return [(float(x), float(y)) for x, y in (spec.xy[spec.number_of(id_)] for id_ in record_ids)]


def undo(qtbot, view: EcosystemView) -> None:
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        view.workspace.undo()


def fill(qtbot, view: EcosystemView) -> LinkEditor:
    form = view.drawer.form
    assert isinstance(form, LinkEditor)
    form.fields["uncited"].open_with("1")
    return form


def test_a_relationship_is_drawn_with_the_keyboard_and_taken_back_in_one_step(qtbot, view: EcosystemView) -> None:
    smic, chip = id_of(view, "smic"), id_of(view, "ascend-910c")
    before = counted(view, Relationship)
    view.workspace.select(Selection("record", smic))
    qtbot.keyClick(view.canvas, Qt.Key.Key_T)
    assert view.tying.is_on
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert not view.tying.is_on
    qtbot.keyClick(view.canvas, Qt.Key.Key_T)
    spec = view.arranging.spec
    assert spec is not None
    view.canvas.activated.emit(spec.refs[spec.number_of(chip)])
    form = fill(qtbot, view)
    assert form.fields["record_id"].value() == chip
    choice = form.fields["kind"]
    choice.open_with("designs")
    form.fields["starts_on"].open_with("2024")
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        form.save()
    assert counted(view, Relationship) == before + 1
    qtbot.waitUntil(lambda: view.drawer.form is None)
    undo(qtbot, view)
    assert counted(view, Relationship) == before


def test_a_drag_with_control_draws_from_one_record_to_another(qtbot, view: EcosystemView) -> None:
    smic, chip = id_of(view, "smic"), id_of(view, "ascend-910c")
    told: list[tuple[str, str]] = []
    view.tying.tied.connect(lambda start, end: told.append((start, end)))
    view.tying.begin(*_xy(place_of(view, smic)))
    view.tying.move(*_xy(place_of(view, smic) + QPoint(30, 5)))
    assert view.canvas.grab().toImage() is not None
    view.tying.end(*_xy(place_of(view, chip)))
    assert told == [(smic, chip)]
    assert isinstance(view.drawer.form, LinkEditor)
    qtbot.keyClick(view.drawer.form, Qt.Key.Key_Escape)
    assert view.drawer.form is None
    view.tying.begin(*_xy(place_of(view, smic)))
    view.tying.end(2.0, 2.0)
    assert not view.tying.is_on
    assert len(told) == 1


def _xy(point: QPoint) -> tuple[float, float]:
    return float(point.x()), float(point.y())


def test_only_what_two_records_can_be_to_each_other_is_offered(qtbot, view: EcosystemView) -> None:
    view.editing.tie_wanted.emit(id_of(view, "smic"), id_of(view, "ascend-910c"))
    form = view.drawer.form
    assert isinstance(form, LinkEditor)
    editor: Any = form.fields["kind"].editor
    words = {editor.itemData(row) for row in range(editor.count())} - {"", None}
    assert words == {"designs", "manufactures"}


def test_f2_edits_and_delete_deletes_the_selected_relationship(qtbot, view: EcosystemView, monkeypatch: Any) -> None:
    spec = view.arranging.spec
    assert spec is not None
    link = spec.edges.rows[0].id
    view.workspace.select(Selection("relationship", link))
    qtbot.keyClick(view.canvas, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(view.drawer.form, LinkEditor), timeout=10_000)
    form = view.drawer.form
    assert isinstance(form, LinkEditor)
    form.fields["ends_on"].open_with("2030")
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        form.save()
    base = view.workspace.base
    assert base is not None
    with Session(base.engine) as session:
        assert session.get_one(Relationship, link).ends_on == "2030"
    before = counted(view, Relationship)
    asked: list[str] = []
    monkeypatch.setattr(notices, "ask", lambda text, **_rest: asked.append(text) is None)
    qtbot.waitUntil(lambda: view.drawer.form is None)
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Delete)
    assert asked == ["Delete this relationship?"]
    assert counted(view, Relationship) == before - 1
    undo(qtbot, view)
    assert counted(view, Relationship) == before


def test_n_adds_a_record_where_it_was_wanted(qtbot, view: EcosystemView) -> None:
    before = counted(view, Record)
    qtbot.keyClick(view.canvas, Qt.Key.Key_N)
    form = view.drawer.form
    assert isinstance(form, PlacedRecord)
    form.fields["record_kind"].open_with("software")
    form.fields["record_kind"].changed.emit()
    assert form.fields["layer"].isVisible()
    assert not form.fields["org_kind"].isVisible()
    form.fields["name"].open_with("Newly placed")
    form.fields["layer"].open_with("library")
    form.save()
    qtbot.waitUntil(lambda: "source" in form.fields["source_id"].error.text(), timeout=10_000)
    form.fields["uncited"].open_with("1")
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        form.save()
    assert (counted(view, Record), counted(view, MapPlace)) == (before + 1, 1)
    assert view.workspace.selection == Selection("record", form.record_id)
    undo(qtbot, view)
    assert (counted(view, Record), counted(view, MapPlace)) == (before, 0)


def test_records_are_chosen_together_lined_up_and_nudged_by_keyboard(qtbot, view: EcosystemView) -> None:
    ids = [id_of(view, slug) for slug in ("smic", "ascend-910b", "ascend-910c")]
    for id_ in ids:
        view.workspace.select(Selection("record", id_))
        qtbot.keyClick(view.canvas, Qt.Key.Key_M)
    assert view.chosen.ids == set(ids)
    assert view.canvas.rings.selected >= set(ids)
    before = places(view, *ids)
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        qtbot.keyClick(
            view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    leftmost = min(x for x, _y in before)
    qtbot.waitUntil(lambda: all(x == pytest.approx(leftmost) for x, _y in places(view, *ids)), timeout=10_000)
    assert [y for _x, y in places(view, *ids)] == pytest.approx([y for _x, y in before])
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: all(x == pytest.approx(leftmost + 0.25) for x, _y in places(view, *ids)), timeout=10_000)
    undo(qtbot, view)
    undo(qtbot, view)
    assert counted(view, MapPlace) == 0
    titles = [action.text() for action in view.offers.menu(None).actions()]
    assert "3 records chosen:" in titles
    view.chosen.set(frozenset())
    assert "3 records chosen:" not in [action.text() for action in view.offers.menu(None).actions()]


def test_a_frame_chooses_what_is_in_it_and_a_drag_moves_all_that_is_chosen(qtbot, view: EcosystemView) -> None:
    spec = view.arranging.spec
    assert spec is not None
    low, high = spec.xy.min(axis=0), spec.xy.max(axis=0)
    view.chosen.choose_within((float(low[0]), float(high[0])), (float(low[1]), float(high[1])))
    assert view.chosen.ids == {node.id for node in spec.nodes}
    ids = [id_of(view, slug) for slug in ("smic", "ascend-910b")]
    view.chosen.set(frozenset(ids))
    before = places(view, *ids)
    x, y = before[0]
    with qtbot.waitSignal(view.workspace.changed, timeout=10_000):
        view._dragging.dragged.emit(ids[0], x + 1.0, y - 2.0)
        view._dragging.dropped.emit(ids[0])
    after = places(view, *ids)
    assert after == [(pytest.approx(a + 1.0), pytest.approx(b - 2.0)) for a, b in before]
    assert counted(view, MapPlace) == 2


POINT = st.tuples(st.floats(-50, 50), st.floats(-50, 50))


@given(st.dictionaries(st.text("abc", min_size=1), POINT, max_size=8), st.sampled_from(WAYS))
def test_alignment_moves_along_one_axis_only_and_is_done_after_once(
    where: dict[str, tuple[float, float]], way: Any
) -> None:
    new = aligned(where, way)
    assert new.keys() == where.keys()
    axis = 0 if way in ("left", "right", "column", "across") else 1
    assert all(new[id_][1 - axis] == where[id_][1 - axis] for id_ in where)
    if len(where) < least(way):
        assert new == where
        return
    values = sorted(place[axis] for place in new.values())
    if way in ("across", "down"):
        steps = [b - a for a, b in pairwise(values)]
        old = sorted(place[axis] for place in where.values())
        assert (values[0], values[-1]) == (pytest.approx(old[0]), pytest.approx(old[-1]))
        if old[-1] - old[0] > 1e-6:
            assert steps == pytest.approx([steps[0]] * len(steps), abs=1e-6)
    else:
        assert values[0] == values[-1]
    again = aligned(new, way)
    assert all(again[id_] == pytest.approx(new[id_], abs=1e-9) for id_ in new)
    moved = shifted(where, 1.0, -2.0)
    assert all(moved[id_] == (x + 1.0, y - 2.0) for id_, (x, y) in where.items())
