import pytest

from chipscape_db.commands.events import add_event, duplicate_event, move_dates
from chipscape_db.errors import Conflict, Invalid
from chipscape_db.filters import Filters
from chipscape_db.queries.timeline import timeline_rows
from chipscape_db.reverting import undo

ME = "Ada"
FIELDS = {"name": "A new thing", "event_kind": "chip-launch", "starts_on": "2025-06", "importance": "3"}


def item(read, id_, show=frozenset({"event"})):
    return next(each for each in read(timeline_rows, Filters(), language="en", show=show).items if each.id == id_)


def test_an_event_comes_with_its_actor_in_one_step(engine, id_of, rows, read):
    before = rows()
    add_event(engine, author=ME, fields=FIELDS, actor_id=id_of("huawei"), event_id="mine")
    made = item(read, "mine")
    assert (made.title, made.starts_on, made.participants) == ("A new thing", "2025-06", (("Huawei", "actor"),))
    assert made.organizations == (id_of("huawei"),)
    undo(engine, author=ME)
    assert rows() == before


@pytest.mark.parametrize(
    ("field", "text"),
    [("name", ""), ("starts_on", ""), ("starts_on", "soon"), ("event_kind", "fair"), ("ends_on", "2020")],
)
def test_what_is_wrong_with_an_event_names_its_field(engine, rows, field, text):
    before = rows()
    with pytest.raises(Invalid) as caught:
        add_event(engine, author=ME, fields=FIELDS | {field: text})
    assert caught.value.field == field
    assert rows() == before


def test_a_copy_has_the_same_dates_and_people_and_no_sources(engine, rows, read):
    before = rows()
    first = next(each for each in read(timeline_rows, Filters(), language="en").items if len(each.participants) > 1)
    duplicate_event(engine, author=ME, event_id=first.id, name="Again", copy_id="copy")
    copy = item(read, "copy")
    assert copy.title == "Again"
    assert (copy.starts_on, copy.ends_on, copy.importance) == (first.starts_on, first.ends_on, first.importance)
    assert set(copy.participants) == set(first.participants)
    assert copy.sources == ()
    undo(engine, author=ME)
    assert rows() == before


def test_dates_move_and_come_back(engine, rows, read):
    before = rows()
    first = next(each for each in read(timeline_rows, Filters(), language="en").items if not each.ends_on)
    move_dates(engine, author=ME, record_id=first.id, starts_on="2013-05", expected=(first.starts_on, ""))
    assert item(read, first.id).starts_on == "2013-05"
    with pytest.raises(Invalid):
        move_dates(engine, author=ME, record_id=first.id, ends_on="2012")
    with pytest.raises(Conflict):
        move_dates(engine, author=ME, record_id=first.id, starts_on="2014", expected=(first.starts_on, None))
    assert move_dates(engine, author=ME, record_id=first.id, starts_on="2013-05") is None
    undo(engine, author=ME)
    assert rows() == before


def test_chips_and_rules_move_by_the_date_that_places_them(engine, id_of, read):
    show = frozenset({"chip", "model", "policy"})
    items = read(timeline_rows, Filters(), language="en", show=show).items
    for kind in ("chip", "model", "policy"):
        one = next(each for each in items if each.kind == kind and each.ends_on in ("", ".."))
        move_dates(engine, author=ME, record_id=one.id, starts_on="2031", expected=(one.starts_on, None))
        assert item(read, one.id, show).starts_on == "2031"
    chip = next(each for each in items if each.kind == "chip")
    with pytest.raises(Invalid) as caught:
        move_dates(engine, author=ME, record_id=chip.id, ends_on="2030")
    assert caught.value.field == "ends_on"
    with pytest.raises(Invalid):
        move_dates(engine, author=ME, record_id=id_of("huawei"), starts_on="2001")
