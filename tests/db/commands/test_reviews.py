import pytest

from chipscape_db.commands.claims import add_claim
from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.records import edit_record
from chipscape_db.commands.reviews import mark_reviewed, unmark_reviewed
from chipscape_db.errors import NotFound, Reviewed
from chipscape_db.queries.history import changesets
from chipscape_db.queries.reviews import after_review, review_of
from chipscape_db.reverting import undo
from chipscape_desktop.change_words import change_sentence


@pytest.fixture
def asking(engine):
    """The engine as the window uses it first: changes of reviewed records are asked about."""
    return engine.execution_options(asks_before_reviewed=True)


def test_a_mark_of_review_says_who_and_what_came_since(engine, id_of, read, rows):
    before, chip = rows(), id_of("ascend-910b")
    assert read(review_of, chip) is None
    mark_reviewed(engine, author="Ada", record_id=chip)
    assert (read(review_of, chip).author, read(review_of, chip).changes_since) == ("Ada", 0)
    later = edit_record(engine, author="Bob", record_id=chip, fields={"family": "Other"})
    review = read(review_of, chip)
    assert (review.author, review.changes_since, review.last_author) == ("Ada", 1, "Bob")
    assert read(after_review, [later.changeset_id, later.changeset_id - 1]) == {later.changeset_id: "Ada"}
    unmark_reviewed(engine, author="Ada", record_id=chip)
    free = edit_record(engine, author="Bob", record_id=chip, fields={"architecture": "Other"})
    assert read(after_review, range(1, 99)) == {later.changeset_id: "Ada"}
    told = {row.id: row for row in read(changesets)}
    assert told[later.changeset_id].reviewed_by == "Ada"
    assert told[free.changeset_id].reviewed_by == ""
    assert change_sentence(told[later.changeset_id]) == "Changed Ascend 910B, after the review by Ada"
    assert free.changeset_id > later.changeset_id
    for _step in range(4):
        undo(engine, author="Ada")
    assert rows() == before
    with pytest.raises(NotFound):
        unmark_reviewed(engine, author="Ada", record_id=chip)


def test_every_change_of_a_reviewed_record_is_asked_about_first(engine, asking, id_of, rows):
    chip, source = id_of("ascend-910b"), id_of("seed-note")
    mark_reviewed(asking, author="Ada", record_id=chip)
    before = rows()
    claim = {"metric": "power.tdp", "value": "300 W", "stance": "reported", "source_id": source}
    for change in (
        lambda: edit_record(asking, author="Bob", record_id=chip, fields={"family": "Other"}),
        lambda: add_claim(asking, author="Bob", subject_id=chip, values=claim),
        lambda: delete_record(asking, author="Bob", record_id=chip, take_along=True),
    ):
        with pytest.raises(Reviewed) as asked:
            change()
        assert asked.value.params["name"] == "Ascend 910B"
        assert asked.value.params["author"] == "Ada"
        assert rows() == before
    assert edit_record(engine, author="Bob", record_id=chip, fields={"family": "Other"})
    undo(asking, author="Bob")
    assert rows() == before


def test_other_records_and_the_mark_itself_are_free(asking, id_of):
    chip = id_of("ascend-910b")
    mark_reviewed(asking, author="Ada", record_id=chip)
    assert edit_record(asking, author="Bob", record_id=id_of("huawei"), fields={"name": "Huawei Technologies"})
    assert mark_reviewed(asking, author="Bob", record_id=chip)
    assert unmark_reviewed(asking, author="Bob", record_id=chip)
