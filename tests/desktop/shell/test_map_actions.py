"""What the menus and the palette do with the map: questions, forms, networks out and in."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chipscape_db.transfer.networks.formats import READABLE, WRITERS, read_file
from chipscape_desktop.actions import ACTIONS
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.forms.network_import import NetworkImport
from chipscape_desktop.forms.placed_record import PlacedRecord
from chipscape_desktop.settings import Settings
from chipscape_desktop.shell.main_window import MainWindow
from chipscape_desktop.shell.map_actions import NETWORK_FORMATS, QUESTIONS, _with_ending
from chipscape_desktop.views.ecosystem.view import EcosystemView
from chipscape_desktop.workspace import Selection, Workspace


@pytest.fixture
def window(qtbot: QtBot, starter_copy: Path) -> Iterator[MainWindow]:
    install_fonts()
    workspace = Workspace("Ada")
    made = MainWindow(workspace, Settings(last_screen="ecosystem"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitSignal(workspace.opened, timeout=20_000):
        workspace.open(starter_copy)
    qtbot.waitUntil(lambda: isinstance(made.current(), EcosystemView), timeout=20_000)
    qtbot.waitUntil(lambda: made.current().current_spec() is not None, timeout=20_000)
    yield made
    made.hide()
    workspace.close()


def test_every_question_has_its_action_in_the_palette_and_asks_of_the_selected_record(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert {f"ask-{name}" for name in QUESTIONS} <= {action.id for action in ACTIONS}
    view = window.current()
    tsmc = next(node.id for node in view.current_spec().nodes if node.slug == "tsmc")
    window.workspace.select(Selection("record", tsmc))
    window.actions_["ask-cut"].trigger()
    qtbot.waitUntil(lambda: view.asking.answer() is not None, timeout=20_000)
    assert view.asking.answer().caption.title.startswith("Without TSMC, ")
    window.actions_["draw-relationship"].trigger()
    assert view.tying.is_on
    view.tying.stop()
    window.actions_["add-on-map"].trigger()
    assert isinstance(view.drawer.form, PlacedRecord)
    assert not view.asking.panel.isVisible()


def test_what_the_map_shows_leaves_with_its_places(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    view = window.current()
    view.panel.choose(center="smic")
    qtbot.waitUntil(lambda: view.current_spec().center >= 0, timeout=20_000)
    spec = view.current_spec()
    path = tmp_path / "smic.gexf"
    window.map.write_network(path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    network = read_file(path)
    assert {node.id for node in network.nodes} == {node.slug for node in spec.nodes}
    assert len(network.edges) == len(spec.edges.rows)
    first = network.nodes[0]
    number = next(number for number, node in enumerate(spec.nodes) if node.slug == first.id)
    assert first.place == (pytest.approx(spec.xy[number, 0] * 100), pytest.approx(spec.xy[number, 1] * 100))


def test_a_network_comes_in_and_its_places_are_offered(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "new.cyjs"
    nodes = [{"data": {"id": str(at), "name": f"Newcomer {at}", "kind": "organization"},
              "position": {"x": 100 * at, "y": 0}} for at in range(3)]  # fmt: skip
    path.write_text(json.dumps({"elements": {"nodes": nodes, "edges": []}}))
    window.map.show_import(path)
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, NetworkImport))
    qtbot.waitUntil(lambda: dialog.take.isEnabled(), timeout=20_000)
    with qtbot.waitSignal(window.workspace.changed, timeout=20_000):
        dialog.take.click()
    window.map._show_places()
    view = window.current()
    qtbot.waitUntil(
        lambda: (
            any(node.name == "Newcomer 2" for node in view.current_spec().nodes)
            and view.current_spec().layout == "hand"
        ),
        timeout=20_000,
    )


def test_a_file_gets_the_ending_of_the_format_that_was_chosen() -> None:
    assert set(NETWORK_FORMATS) == set(WRITERS)
    assert _with_ending(Path("a.gexf"), "Kumu JSON (*.kumu.json)") == Path("a.gexf")
    assert _with_ending(Path("a"), "Kumu JSON (*.kumu.json)") == Path("a.kumu.json")
    assert _with_ending(Path("a.v2"), "") == Path("a.v2.graphml")
    assert all(ending.startswith(".") for ending in READABLE)
