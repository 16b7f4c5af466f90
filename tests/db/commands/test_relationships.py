import pytest

from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.relationships import (
    add_participant,
    add_relationship,
    delete_participant,
    delete_relationship,
    edit_relationship,
)
from chipscape_db.errors import Conflict, Invalid
from chipscape_db.queries.forms import participants_of, relationship_state
from chipscape_db.reverting import undo

ME = "Ada"


@pytest.fixture
def fields(id_of):
    return {"subject_id": id_of("huawei"), "kind": "invests-in", "object_id": id_of("nvidia"), "starts_on": "2025-06"}


def test_a_relationship_is_added_edited_and_deleted_each_in_one_step(engine, id_of, rows, read, fields):
    before = rows()
    summary = add_relationship(
        engine, author=ME, fields=fields, texts={"en": "A joke."}, citation=NewCitation(id_of("seed-note"), "p. 9"),
        relationship_id="mine",
    )  # fmt: skip
    assert summary is not None
    assert summary.subject == "Huawei → Nvidia"
    now = read(relationship_state, "mine")
    assert now.slug == "rel-huawei-invests-in-nvidia"
    assert now.texts == {"en": "A joke."}
    added = rows()
    edit_relationship(
        engine, author=ME, relationship_id="mine", fields={"ends_on": "2026"}, texts={"fr": "Une blague."}
    )
    delete_relationship(engine, author=ME, relationship_id="mine")
    assert rows() == before
    undo(engine, author=ME)
    undo(engine, author=ME)
    assert rows() == added
    undo(engine, author=ME)
    assert rows() == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"object_id": "huawei"}, "object_id"),
        ({"object_id": "ascend-910b"}, "object_id"),
        ({"subject_id": "ascend-910b"}, "subject_id"),
        ({"kind": "loves"}, "kind"),
        ({"ends_on": "2019"}, "ends_on"),
        ({"object_id": ""}, "object_id"),
    ],
)
def test_ends_and_dates_must_fit(engine, id_of, fields, change, field):
    known = {name: id_of(value) if name.endswith("_id") and value else value for name, value in change.items()}
    with pytest.raises(Invalid) as caught:
        add_relationship(engine, author=ME, fields=fields | known, uncited=True)
    assert caught.value.field == field


def test_a_link_is_written_once_and_needs_a_source(engine, id_of, fields):
    with pytest.raises(Invalid) as caught:
        add_relationship(engine, author=ME, fields=fields)
    assert caught.value.field == "citation"
    fields = fields | {"kind": "competes-with"}
    add_relationship(engine, author=ME, fields=fields, uncited=True)
    turned = fields | {"subject_id": fields["object_id"], "object_id": fields["subject_id"]}
    with pytest.raises(Conflict):
        add_relationship(engine, author=ME, fields=turned, uncited=True)


def test_a_relationship_changed_meanwhile_is_not_overwritten(engine, fields, read):
    add_relationship(engine, author=ME, fields=fields, uncited=True, relationship_id="mine")
    opened = read(relationship_state, "mine").fields
    edit_relationship(engine, author="Bea", relationship_id="mine", fields={"starts_on": "2024"})
    with pytest.raises(Conflict) as caught:
        edit_relationship(engine, author=ME, relationship_id="mine", fields={"starts_on": "2023"}, expected=opened)
    assert caught.value.field == "starts_on"


def test_participants_come_and_go(engine, id_of, rows, read):
    with engine.connect() as connection:
        event = connection.exec_driver_sql("SELECT id FROM event ORDER BY id").scalar()
    before, sector = rows(), id_of("government")
    add_participant(engine, author=ME, event_id=event, record_id=sector, role="affected")
    assert sector in [row.id for row in read(participants_of, event, language="en")]
    assert event in [row.id for row in read(participants_of, sector, language="en")]
    with pytest.raises(Conflict):
        add_participant(engine, author=ME, event_id=event, record_id=sector, role="affected")
    with pytest.raises(Invalid):
        add_participant(engine, author=ME, event_id=event, record_id=sector, role="king")
    delete_participant(engine, author=ME, event_id=event, record_id=sector, role="affected")
    assert rows() == before
    undo(engine, author=ME)
    undo(engine, author=ME)
    assert rows() == before
