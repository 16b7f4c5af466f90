import pytest

from chipscape_db.commands.citations import NewCitation, add_citation, delete_citation
from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.records import add_record, edit_record, rename_record
from chipscape_db.errors import Conflict, Invalid, NotFound, StillReferenced
from chipscape_db.queries.forms import record_sheet, record_state, touched_by
from chipscape_db.queries.history import changesets
from chipscape_db.reverting import redo, undo
from chipscape_db.search import search

ME = "Ada"


def test_an_edit_is_one_step_and_undo_gives_the_same_rows(engine, id_of, rows, read):
    chip, before = id_of("ascend-910b"), rows()
    summary = edit_record(
        engine,
        author=ME,
        record_id=chip,
        fields={"name": "Ascend 910B2", "released_on": "2022~", "status": "reported", "foundry_id": id_of("tsmc")},
        texts={("summary", "fr"): "Une puce.", ("name", "fr"): "Ascend 910B fr"},
        aliases=[("昇腾910B", "zh"), ("Kunpeng friend", "")],
    )
    assert summary is not None
    assert summary.action == "edit-record"
    assert summary.subject == "Ascend 910B"
    now = read(record_state, chip)
    assert now.fields["name"] == "Ascend 910B2"
    assert now.fields["released_on"] == "2022~"
    assert now.texts["name", "fr"] == "Ascend 910B fr"
    assert set(now.aliases) == {("昇腾910B", "zh"), ("Kunpeng friend", "")}
    assert [hit.id for hit in read(search, "kunpeng friend")] == [chip]
    after = rows()
    undo(engine, author=ME)
    assert rows() == before
    redo(engine, author=ME)
    assert rows() == after


def test_what_differs_in_nothing_is_no_step(engine, id_of, read):
    chip = id_of("ascend-910b")
    state = read(record_state, chip)
    assert edit_record(engine, author=ME, record_id=chip, fields=state.fields, texts=state.texts,
                       aliases=state.aliases, expected=state) is None  # fmt: skip
    assert len(read(changesets)) == 1


def test_a_field_changed_meanwhile_is_never_overwritten(engine, id_of, read, rows):
    chip = id_of("ascend-910b")
    opened = read(record_state, chip)
    edit_record(engine, author="Bea", record_id=chip, fields={"name": "Theirs", "family": "Ascend X"})
    before = rows()
    with pytest.raises(Conflict, match="Theirs") as caught:
        edit_record(engine, author=ME, record_id=chip, fields={"name": "Mine"}, expected=opened)
    assert caught.value.field == "name"
    assert rows() == before
    edit_record(engine, author=ME, record_id=chip, fields={"architecture": "Da Vinci 3"}, expected=opened)
    now = read(record_state, chip)
    assert (now.fields["name"], now.fields["architecture"]) == ("Theirs", "Da Vinci 3")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "  "),
        ("released_on", "30 February 2025"),
        ("status", "sold"),
        ("designer_id", "nobody"),
        ("colour", "red"),
        ("family", "bell\x07"),
    ],
)
def test_a_value_that_breaks_a_rule_names_its_field(engine, id_of, rows, field, text):
    before = rows()
    with pytest.raises(Invalid) as caught:
        edit_record(engine, author=ME, record_id=id_of("ascend-910b"), fields={"family": "Good", field: text})
    assert caught.value.field == field
    assert rows() == before


def test_references_are_of_the_right_kind_and_never_go_round(engine, id_of):
    with pytest.raises(Invalid) as caught:
        edit_record(engine, author=ME, record_id=id_of("ascend-910b"), fields={"designer_id": id_of("ascend-910c")})
    assert caught.value.field == "designer_id"
    hisilicon, huawei = id_of("hisilicon"), id_of("huawei")
    with pytest.raises(Invalid) as caught:
        edit_record(engine, author=ME, record_id=huawei, fields={"parent_id": hisilicon})
    assert caught.value.field == "parent_id"
    with pytest.raises(Invalid):
        edit_record(engine, author=ME, record_id=huawei, fields={"parent_id": huawei})


def test_dates_come_in_their_order_and_a_summary_has_its_length(engine, id_of):
    policy = id_of("bis-2022-10-07-rule")
    with pytest.raises(Invalid) as caught:
        edit_record(engine, author=ME, record_id=policy, fields={"ended_on": "2019"})
    assert caught.value.field == "ended_on"
    with pytest.raises(Invalid) as caught:
        edit_record(engine, author=ME, record_id=policy, texts={("summary", "fr"): "x" * 301})
    assert caught.value.field == "summary_fr"


def test_a_new_record_has_a_slug_of_its_own_and_a_source(engine, id_of, rows, read):
    before = rows()
    source = id_of("seed-note")
    fields = {"name": "Ascend 910B", "designer_id": id_of("huawei"), "released_on": "2026-37"}
    with pytest.raises(Invalid) as caught:
        add_record(engine, author=ME, kind="chip", fields=fields)
    assert caught.value.field == "citation"
    summary = add_record(
        engine, author=ME, kind="chip", fields=fields, texts={("summary", "en"): "New."}, aliases=[("Nine", "en")],
        citation=NewCitation(source, "p. 3"), record_id="new",
    )  # fmt: skip
    assert summary is not None
    assert (summary.action, summary.subject) == ("add-record", "Ascend 910B")
    sheet = read(record_sheet, "new", language="en")
    assert sheet.state.slug == "ascend-910b-2"
    assert [(row.source_id, row.locator) for row in sheet.citations] == [(source, "p. 3")]
    undo(engine, author=ME)
    assert rows() == before
    add_record(engine, author=ME, kind="sector", fields={"name": "Énergie"}, uncited=True, record_id="energy")
    assert read(record_state, "energy").slug == "energie"
    undo(engine, author=ME)
    assert rows() == before


def test_an_event_needs_its_date(engine):
    with pytest.raises(Invalid) as caught:
        add_record(engine, author=ME, kind="event", uncited=True,
                   fields={"name": "X", "event_kind": "supply", "importance": "3"})  # fmt: skip
    assert caught.value.field == "starts_on"


@pytest.mark.parametrize("slug", ["huawei", "ascend-910b", "seed-note", "government"])
def test_deleting_says_what_it_touches_and_undo_brings_all_back(engine, id_of, rows, read, slug):
    before, record_id = rows(), id_of(slug)
    others = read(touched_by, record_id)
    if others.total:
        with pytest.raises(StillReferenced) as caught:
            delete_record(engine, author=ME, record_id=record_id)
        assert caught.value.params["relationships"] == others.relationships
        assert caught.value.params["citations"] == others.citing
        assert rows() == before
    delete_record(engine, author=ME, record_id=record_id, take_along=True)
    with pytest.raises(NotFound):
        read(record_state, record_id)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    undo(engine, author=ME)
    assert rows() == before


def test_renaming_expects_the_old_name(engine, id_of, rows):
    before, chip = rows(), id_of("ascend-910b")
    with pytest.raises(Conflict):
        rename_record(engine, author=ME, record_id=chip, name="B", expected="Ascend 910C")
    rename_record(engine, author=ME, record_id=chip, name="B", expected="Ascend 910B")
    undo(engine, author=ME)
    assert rows() == before


def test_a_citation_comes_and_goes(engine, id_of, rows):
    before, chip = rows(), id_of("ascend-910b")
    with pytest.raises(Invalid) as caught:
        add_citation(engine, author=ME, record_id=chip, citation=NewCitation(id_of("huawei")))
    assert caught.value.field == "source_id"
    with pytest.raises(Invalid) as caught:
        add_citation(engine, author=ME, record_id=chip, citation=NewCitation(id_of("seed-note"), field="colour"))
    assert caught.value.field == "field"
    summary = add_citation(
        engine, author=ME, record_id=chip, citation=NewCitation(id_of("seed-note"), "§ 2", "family"), citation_id="mine"
    )
    assert summary is not None
    assert summary.subject == "Ascend 910B"
    delete_citation(engine, author=ME, citation_id="mine")
    assert rows() == before
    undo(engine, author=ME)
    undo(engine, author=ME)
    assert rows() == before
