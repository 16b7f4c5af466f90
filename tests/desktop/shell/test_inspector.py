from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.history import ChangeSummary
from chipscape_db.models import Record
from chipscape_desktop.shell.inspector.panel import Inspector
from chipscape_desktop.workspace import Selection, Workspace


def _id(session: Session, slug: str) -> str:
    return session.scalars(select(Record.id).where(Record.slug == slug)).one()


class _Asked(QMainWindow):
    """A window that counts how often it was asked to edit."""

    asked = 0

    def edit_selected(self) -> None:
        self.asked += 1


@pytest.fixture
def window(qtbot: QtBot) -> _Asked:
    made = _Asked()
    qtbot.addWidget(made)
    made.resize(360, 700)
    return made


def _inspect(qtbot: QtBot, workspace: Workspace, window: _Asked, slug: str) -> Inspector:
    panel = Inspector(workspace, window)  # type: ignore[arg-type]
    window.setCentralWidget(panel)
    window.show()
    assert workspace.base is not None
    with Session(workspace.base.engine) as session:
        record_id = _id(session, slug)
    workspace.select(Selection("record", record_id))
    qtbot.waitUntil(lambda: (found := panel.dossier()) is not None and found.slug == slug)
    return panel


def test_nothing_selected_says_what_to_do(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = Inspector(workspace, window)  # type: ignore[arg-type]
    window.setCentralWidget(panel)
    assert "Nothing is selected" in panel.browser.toPlainText()


def test_an_event_names_who_took_part_and_leads_to_them(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "event-2023-08-baidu-orders-910b")
    found = panel.dossier()
    assert found is not None
    assert [(part.role, part.name) for part in found.parts] == [
        ("actor", "Baidu"), ("subject", "Ascend 910B"), ("beneficiary", "Huawei"), ("affected", "Nvidia"),
    ]  # fmt: skip
    assert "Participants (4)" in panel.browser.toPlainText()
    panel.browser.anchorClicked.emit(QUrl(f"record:{found.parts[2].id}"))
    qtbot.waitUntil(lambda: (now := panel.dossier()) is not None and now.slug == "huawei")


def test_what_was_known_on_a_day_says_the_day(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910c")
    assert "as known on" not in panel.browser.toPlainText()
    workspace.change_filters(as_of=date(2025, 1, 1))
    qtbot.waitUntil(lambda: "as known on 1 January 2025" in panel.browser.toPlainText())


def test_the_contested_figures_of_the_910b_stand_beside_each_other(
    qtbot: QtBot, workspace: Workspace, window: _Asked
) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910b")
    panel.unfold("compute.fp16")
    text = panel.browser.toPlainText()
    assert "280 TFLOPS" in text
    assert "256–320" in text
    assert "contested" in text
    assert "Why 280 TFLOPS?" in text


def test_every_number_of_the_910b_leads_to_a_source_row(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910b")
    dossier = panel.dossier()
    assert dossier is not None
    for value in dossier.values:
        panel.unfold(value.metric)
    html = panel.browser.toHtml()
    claims = [claim for value in dossier.values for group in value.groups for claim in group.claims]
    assert len(claims) == sum(len(group.claims) for value in dossier.values for group in value.groups)
    assert claims
    for claim in claims:
        assert f"record:{claim.source_id}" in html


def test_a_source_link_selects_the_source_and_says_what_rests_on_it(
    qtbot: QtBot, workspace: Workspace, window: _Asked
) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910b")
    dossier = panel.dossier()
    assert dossier is not None
    source_id = dossier.citations[0].source_id
    panel._follow(QUrl(f"record:{source_id}"))
    qtbot.waitUntil(lambda: (found := panel.dossier()) is not None and found.id == source_id)
    assert "What rests on this source" in panel.browser.toPlainText()
    workspace.select_back()
    qtbot.waitUntil(lambda: (found := panel.dossier()) is not None and found.slug == "ascend-910b")


def test_a_relationship_opens_with_its_dates_and_citations(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "baidu")
    dossier = panel.dossier()
    assert dossier is not None
    bought = next(link for link in dossier.links if link.kind == "buys-from" and link.other_name == "Huawei")
    panel._follow(QUrl(f"relationship:{bought.id}"))
    qtbot.waitUntil(lambda: (found := panel.dossier()) is not None and found.id == bought.id)
    text = panel.browser.toPlainText()
    assert "August 2023" in text
    assert "1,600" in text
    assert "Sources (" in text


def _rename(engine: object, *, author: str, record_id: str, name: str) -> ChangeSummary:
    from sqlalchemy import Engine

    from chipscape_db.history import record

    assert isinstance(engine, Engine)
    with record(engine, "edit-record", name, author=author) as (session, out):
        session.get_one(Record, record_id).name = name
    return out[0]


def test_a_new_name_and_its_undo_are_followed(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910b")
    dossier = panel.dossier()
    assert dossier is not None
    workspace.run(partial(_rename, record_id=dossier.id, name="Ascend 910B renamed"))
    qtbot.waitUntil(lambda: (found := panel.dossier()) is not None and found.name == "Ascend 910B renamed")
    workspace.undo()
    qtbot.waitUntil(lambda: (found := panel.dossier()) is not None and found.name == "Ascend 910B")


def test_hostile_text_is_shown_as_text(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910b")
    dossier = panel.dossier()
    assert dossier is not None
    workspace.run(partial(_rename, record_id=dossier.id, name="<img src=x> & <b>bold</b>"))
    qtbot.waitUntil(lambda: "<img src=x> & <b>bold</b>" in panel.browser.toPlainText())


def test_editing_is_asked_of_the_window(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    panel = _inspect(qtbot, workspace, window, "ascend-910b")
    panel._follow(QUrl("edit:"))
    assert window.asked == 1


def test_a_mark_of_a_figure_unfolds_its_metric_and_no_other(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    inspector = _inspect(qtbot, workspace, window, "ascend-910b")
    dossier = inspector.dossier()
    assert dossier is not None
    workspace.select(Selection("record", dossier.id, "memory.bandwidth"))
    qtbot.waitUntil(lambda: inspector._open_metrics == {"memory.bandwidth"}, timeout=5_000)
    assert "1,200 GB/s" in inspector.browser.toPlainText().replace("\u00a0", " ")
    workspace.select(Selection("record", dossier.id, "power.tdp", "optimistic"))
    qtbot.waitUntil(lambda: inspector._open_metrics == {"power.tdp"}, timeout=5_000)
    inspector._follow(QUrl("metric:compute.fp16"))
    workspace.changed.emit(ChangeSummary(1, "edit", "edit-record", "", frozenset({"claim"}), frozenset()))
    qtbot.waitUntil(workspace.idle, timeout=5_000)
    assert inspector._open_metrics == {"power.tdp", "compute.fp16"}


def test_an_input_of_a_computed_value_leads_to_its_claims(qtbot: QtBot, workspace: Workspace, window: _Asked) -> None:
    inspector = _inspect(qtbot, workspace, window, "ascend-910b")
    bar = inspector.browser.verticalScrollBar()
    for _time in range(2):  # a second click leads there again, it folds nothing away
        bar.setValue(bar.maximum())
        inspector._follow(QUrl("claims:power.tdp"))
        assert "power.tdp" in inspector._open_metrics
        assert bar.value() < bar.maximum()
    there = bar.value()
    inspector._follow(QUrl("claims:memory.bandwidth"))
    assert bar.value() != there


def test_each_convention_says_how_many_independent_sources_agree(
    qtbot: QtBot, workspace: Workspace, window: _Asked
) -> None:
    panel = _inspect(qtbot, workspace, window, "huawei")
    found = panel.dossier()
    assert found is not None
    workspace.select(Selection("record", found.id, "production.volume"))
    qtbot.waitUntil(lambda: "1 of 2 independent sources say so" in panel.browser.toPlainText())
    assert "805,000 units a year" in panel.browser.toPlainText()
