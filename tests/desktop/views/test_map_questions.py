"""Questions asked of the map on its screen, by mouse and by keyboard; the answer as words, table and on the map."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from chipscape_desktop import i18n
from chipscape_desktop.figures.answers.answer import Answer
from chipscape_desktop.figures.ecosystem.answered import answered
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.views.ecosystem.view import EcosystemView
from chipscape_desktop.workspace import Selection, Workspace


@pytest.fixture
def view(qtbot, starter: Path, tmp_path: Path) -> Iterator[EcosystemView]:
    install_fonts()
    workspace = Workspace("Tester")
    with qtbot.waitSignal(workspace.opened, timeout=10_000):
        workspace.open(starter)
    made = EcosystemView(workspace)
    qtbot.addWidget(made)
    made.resize(1100, 690)
    made.show()
    qtbot.waitUntil(lambda: made.current_spec() is not None, timeout=20_000)
    yield made
    workspace.close()
    i18n.set_language("en")


def id_of(view: EcosystemView, slug: str) -> str:
    spec = view.arranging.spec
    assert spec is not None
    return next(node.id for node in spec.nodes if node.slug == slug)


def answer(qtbot, view: EcosystemView, before: object = None) -> Answer:
    qtbot.waitUntil(lambda: view.asking.answer() not in (None, before), timeout=20_000)
    QApplication.processEvents()
    found = view.asking.answer()
    assert found is not None
    return found


def test_the_button_asks_about_the_record_that_is_selected(qtbot, view: EcosystemView) -> None:
    view.workspace.select(Selection("record", id_of(view, "tsmc")))
    qtbot.mouseClick(view.panel.questions, Qt.MouseButton.LeftButton)
    assert view.asking.panel.isVisible()
    assert view.asking.panel.start.text() == "TSMC"


def test_q_asks_what_the_selected_record_depends_on_and_the_chain_is_cited(qtbot, view: EcosystemView) -> None:
    view.workspace.select(Selection("record", id_of(view, "pangu-pro-moe")))
    qtbot.keyClick(view.canvas, Qt.Key.Key_Q)
    panel = view.asking.panel
    assert panel.isVisible()
    assert panel.start.text() == "Pangu Pro MoE"
    assert "two records" in panel.pane.words.toPlainText()
    qtbot.waitUntil(lambda: panel.end.hasFocus())
    qtbot.keyClicks(panel.end, "SMIC")
    qtbot.waitUntil(lambda: panel.end._found.rowCount() > 0, timeout=10_000)
    offered = [panel.end._found.item(row).text() for row in range(panel.end._found.rowCount())]
    assert not [text for text in offered if text.startswith("New:")]  # a question adds no records
    qtbot.keyClick(panel.end._popup(), Qt.Key.Key_Return)
    found = answer(qtbot, view)
    assert found.caption.title == "Pangu Pro MoE depends on SMIC, 2 steps away"
    assert view.current_request().options == {"ask": "path:pangu-pro-moe:smic"}
    shown = panel.pane.words.toPlainText()
    assert "SMIC manufactures Ascend 910B [" in shown
    assert "[1] " in shown
    spec = view.current_spec()
    assert spec is not None
    assert spec.emphasis is not None
    assert spec.caption.title == found.caption.title
    lit = {spec.nodes[number].slug for number in spec.emphasis.nodes}
    assert lit == {"pangu-pro-moe", "huawei", "ascend-910b", "smic"}
    assert {spec.edges.rows[number].id for number in spec.emphasis.edges} == found.links
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    spec = view.current_spec()
    assert spec is not None
    assert spec.emphasis is None


def test_x_asks_what_is_hit_and_a_row_of_the_table_selects_its_record(qtbot, view: EcosystemView) -> None:
    view.workspace.select(Selection("record", id_of(view, "tsmc")))
    qtbot.keyClick(view.canvas, Qt.Key.Key_X)
    found = answer(qtbot, view)
    assert found.caption.title.startswith("Without TSMC, ")
    table = view.asking.panel.pane.table
    assert table.model().rowCount() == len(found.table.rows) > 100
    table.setFocus()
    table.selectRow(0)
    assert view.workspace.selection == Selection("record", found.table.refs[0].ids[0])
    view.asking.panel.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == len(found.table.rows) + 1
    assert lines[0].startswith("Rank\tRecord\tKind")
    drawing = view.canvas.drawing()
    assert drawing is not None
    roles = next(layer for layer in drawing.layers if layer.name == "roles")
    assert {item.shape for item in roles.items} == {"cross", "disc"}
    labels = [entry.label for entry in drawing.caption.legend]
    assert "no other way on record" in labels
    view.asking.panel.only_lost.click()
    fewer = answer(qtbot, view, found)
    assert len(fewer.table.rows) == sum(role == "lost" for role in found.roles.values())


def test_relationships_that_count_can_be_chosen_but_not_none_of_them(qtbot, view: EcosystemView) -> None:
    view.asking.ask("cut", id_of(view, "tsmc"))
    found = answer(qtbot, view)
    panel = view.asking.panel
    for kind, action in panel.kinds.items():
        if action.isChecked() and kind != "manufactures":
            action.setChecked(False)
    panel.kinds["serves"].trigger()
    panel.kinds["serves"].trigger()
    fewer = answer(qtbot, view, found)
    assert len(fewer.table.rows) < len(found.table.rows)
    panel.kinds["manufactures"].trigger()
    assert "Tick at least one" in panel.pane.words.toPlainText()


def test_the_map_as_a_whole_is_asked_from_the_menu_and_by_button(qtbot, view: EcosystemView) -> None:
    titles = [action.text() for action in view.offers.menu(None).actions()]
    assert "Where is the map narrow?" in titles
    assert "Ask a question…\tQ" in titles
    qtbot.mouseClick(view.panel.questions, Qt.MouseButton.LeftButton)
    panel = view.asking.panel
    assert panel.isVisible()
    panel.choice.setCurrentIndex(3)
    panel.choice.activated.emit(3)
    assert answer(qtbot, view).caption.title == "The narrowest places of the map: Nvidia, TSMC, Huawei"
    narrow = view.asking.answer()
    view.asking.ask("communities")
    assert "communities" in answer(qtbot, view, narrow).caption.title


def test_how_domestic_a_supply_chain_is_depends_on_what_counts_as_home(qtbot, view: EcosystemView) -> None:
    view.asking.ask("supply", id_of(view, "pangu-pro-moe"))
    found = answer(qtbot, view)
    assert found.caption.title == "70 % of the supply chain of Pangu Pro MoE is domestic (China)"
    box = view.asking.panel.country
    box.setCurrentIndex(box.findData("TW"))
    box.activated.emit(box.currentIndex())
    assert "(Taiwan)" in answer(qtbot, view, found).caption.title


def test_the_answer_follows_the_as_of_date_and_the_language(qtbot, view: EcosystemView) -> None:
    view.asking.ask("cut", id_of(view, "tsmc"))
    found = answer(qtbot, view)
    view.workspace.change_filters(as_of=date(2020, 1, 1))
    then = answer(qtbot, view, found)
    assert len(then.table.rows) < len(found.table.rows)
    assert "as of 1 January 2020" in then.caption.subtitle
    i18n.set_language("fr")
    view.asking.panel.retranslate()
    view.asking.ask_again()
    assert answer(qtbot, view, then).caption.title.startswith("Sans TSMC, ")
    assert view.asking.panel.only_lost.text() == "Sans autre voie seulement"


def test_a_record_that_the_filters_hide_is_said_to_be_hidden(qtbot, view: EcosystemView) -> None:
    record = id_of(view, "pangu-pro-moe")
    view.workspace.change_filters(as_of=date(2015, 1, 1))
    view.asking.ask("supply", record)
    words = view.asking.panel.pane.words
    qtbot.waitUntil(lambda: "is not among the records shown" in words.toPlainText(), timeout=20_000)
    assert view.asking.answer() is None


def test_what_is_not_on_this_part_of_the_map_is_counted_in_a_note(qtbot, view: EcosystemView) -> None:
    view.asking.ask("cut", id_of(view, "tsmc"))
    found = answer(qtbot, view)
    before = view.arranging.spec
    view.panel.choose(center="smic")
    qtbot.waitUntil(lambda: view.arranging.spec is not before, timeout=20_000)
    spec = view.arranging.spec
    assert spec is not None
    shown = answered(spec, found)
    assert any("not on this part of the map" in note for note in shown.caption.notes)
