import pytest
from PySide6.QtCore import Qt

from chipscape_db.base_file import create_base
from chipscape_desktop import notices
from chipscape_desktop.forms.facts_view import FactsView
from chipscape_desktop.forms.fields import ChoiceField, PickerField, TextField
from chipscape_desktop.workspace import Workspace


@pytest.fixture
def empty(qtbot, qapp, tmp_path):
    """A workspace over an empty fact base; `told` collects what the world said no to."""
    create_base(tmp_path / "empty.chipscape", starter=False)
    workspace = Workspace("Ada (A)")
    workspace.told = []
    workspace.failed.connect(workspace.told.append)
    with qtbot.waitSignal(workspace.opened, timeout=20_000):
        workspace.open(tmp_path / "empty.chipscape")
    yield workspace
    workspace.close()


@pytest.fixture
def view(qtbot, empty):
    view = FactsView(empty)
    qtbot.addWidget(view)
    view.resize(1310, 900)
    view.show()
    qtbot.waitUntil(lambda: empty.idle(), timeout=20_000)
    return view


def rows(workspace, sql):
    with workspace.base.engine.connect() as connection:
        return connection.exec_driver_sql(sql).all()


def offer(qtbot, box, text):
    """Type into a picker until its list is there, then take what it offers by Enter."""
    box.setFocus()
    qtbot.keyClicks(box.picker, text)
    qtbot.waitUntil(lambda: box.picker._popup().isVisible(), timeout=20_000)
    qtbot.keyClick(box.picker._popup(), Qt.Key.Key_Return)


def test_an_organization_and_its_source_are_added_inside_the_form_of_a_chip(qtbot, view, empty):
    view.add_record("chip")
    fields = view.form.fields._fields
    qtbot.keyClicks(fields["name"].line, "Ascend 910D")
    designer = fields["designer_id"]
    assert isinstance(designer, PickerField)
    offer(qtbot, designer, "Huawei")
    qtbot.waitUntil(lambda: designer.adding is not None, timeout=20_000)
    maker = designer.adding
    assert maker.fields["name"].value() == "Huawei"
    assert isinstance(maker.fields["org_kind"], ChoiceField)
    maker.fields["org_kind"].choose("company")
    source = maker.evidence["source_id"]
    offer(qtbot, source, "https://example.org/910d?utm_source=x")
    qtbot.waitUntil(lambda: source.adding is not None, timeout=20_000)
    article = source.adding
    assert article.fields["url"].value() == "https://example.org/910d?utm_source=x"
    name = article.fields["name"]
    assert isinstance(name, TextField)
    qtbot.keyClick(name.line, Qt.Key.Key_Return)
    assert not article.fields["name"].error.isHidden()
    name.line.setText("Article on the 910D")
    article.fields["source_kind"].choose("press")
    article.fields["published_on"].line.setText("early May 2025")
    qtbot.keyClick(name.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: source.adding is None, timeout=20_000)
    assert source.picker.text() == "Article on the 910D"
    assert fields["name"].value() == "Ascend 910D"
    maker.evidence["locator"].line.setText("p. 1")
    qtbot.keyClick(maker.evidence["locator"].line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: designer.adding is None, timeout=20_000)
    assert designer.value() == rows(empty, "SELECT id FROM organization")[0][0]
    assert rows(empty, "SELECT url, published_on FROM source") == [
        ("https://example.org/910d", "2025-05-01/2025-05-10")
    ]
    assert rows(empty, "SELECT locator FROM citation") == [("p. 1",)]
    assert empty.told == []


def test_escape_gives_the_new_record_up_and_keeps_the_form(qtbot, view):
    view.add_record("chip")
    fields = view.form.fields._fields
    fields["name"].line.setText("Ascend 910D")
    offer(qtbot, fields["designer_id"], "Huawei")
    qtbot.waitUntil(lambda: fields["designer_id"].adding is not None, timeout=20_000)
    assert fields["designer_id"].problem() == "Save the new record first, or cancel it."
    qtbot.keyClick(fields["designer_id"].adding.fields["name"].line, Qt.Key.Key_Escape)
    assert fields["designer_id"].adding is None
    assert fields["name"].value() == "Ascend 910D"
    assert view.form.is_new


def test_a_source_that_is_there_is_offered_instead_of_a_second_one(qtbot, view, empty, monkeypatch):
    monkeypatch.setattr(notices, "ask", lambda *_a, **_k: True)
    view.add_record("source")
    fields = view.form.fields._fields
    fields["name"].line.setText("Article")
    fields["source_kind"].choose("press")
    fields["url"].line.setText("https://example.org/910d/")
    with qtbot.waitSignal(empty.changed, timeout=20_000):
        view.form.save()
    view.add_record("source")
    fields = view.form.fields._fields
    fields["url"].line.setText("http://www.example.org/910d#top")
    qtbot.waitUntil(lambda: bool(view.form.fields.same.found()), timeout=20_000)
    assert "the same address" in view.form.fields.same.text()
