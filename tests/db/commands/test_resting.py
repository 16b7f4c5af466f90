import pytest

from chipscape_db.commands.claims import add_claim, deprecate_resting, set_rank, set_repeats
from chipscape_db.errors import Conflict, Invalid
from chipscape_db.queries.claims import claims_of
from chipscape_db.queries.history import changesets
from chipscape_db.queries.sources import resting_on
from chipscape_db.reverting import redo, undo


@pytest.fixture
def blog(engine):
    """The id of the source that most claims rest on."""
    with engine.connect() as connection:
        return connection.exec_driver_sql(
            "SELECT source_id FROM claim GROUP BY source_id ORDER BY count(*) DESC, source_id LIMIT 1"
        ).scalar_one()


def test_all_that_rests_on_a_source_is_found_deprecated_in_one_step_and_taken_back(engine, rows, read, blog):
    before = rows()
    resting = read(resting_on, blog, language="en")
    claims = [row for row in resting if row.kind == "claim"]
    assert len(claims) > 10
    summary = deprecate_resting(engine, author="Ada", source_id=blog, reason="It takes it all back.")
    assert summary.action == "deprecate-source"
    after = [row for row in read(resting_on, blog, language="en") if row.kind == "claim"]
    assert {row.rank for row in after} == {"deprecated"}
    assert [row.id for row in after] == [row.id for row in claims]
    assert deprecate_resting(engine, author="Ada", source_id=blog, reason="Again.") is None
    undo(engine, author="Ada")
    assert rows() == before
    redo(engine, author="Ada")
    assert read(changesets)[0].action == "deprecate-source"


def test_deprecating_needs_a_reason(engine, blog):
    with pytest.raises(Invalid) as refusal:
        deprecate_resting(engine, author="Ada", source_id=blog, reason="  ")
    assert refusal.value.field == "rank_reason"


def test_the_reason_is_kept_with_the_step(engine, blog):
    deprecate_resting(engine, author="Ada", source_id=blog, reason="Withdrawn.")
    with engine.connect() as connection:
        reason = connection.exec_driver_sql("SELECT reason FROM changeset ORDER BY id DESC LIMIT 1").scalar()
    assert reason == "Withdrawn."


def test_a_claim_repeats_another_and_the_two_are_one_source(engine, id_of, read):
    chip = id_of("ascend-910b")
    first, second = [row for row in read(claims_of, chip) if row.metric == "compute.fp16"][:2]
    assert first.root_id != second.root_id
    set_repeats(engine, author="Ada", claim_id=second.id, repeats_id=first.id)
    assert next(row for row in read(claims_of, chip) if row.id == second.id).root_id == first.root_id
    with pytest.raises(Invalid, match="circle"):
        set_repeats(engine, author="Ada", claim_id=first.id, repeats_id=second.id)
    set_repeats(engine, author="Ada", claim_id=second.id, repeats_id="")
    assert next(row for row in read(claims_of, chip) if row.id == second.id).root_id == second.root_id


def test_two_who_settle_a_claim_do_not_overwrite_each_other(engine, id_of, read):
    claim = read(claims_of, id_of("ascend-910b"))[0]
    set_rank(
        engine, author="Ada", claim_id=claim.id, rank="preferred", reason="It is the data sheet.", expected="normal"
    )
    with pytest.raises(Conflict):
        set_rank(engine, author="Bob", claim_id=claim.id, rank="deprecated", reason="Wrong.", expected="normal")


def test_a_rival_date_is_a_claim_as_people_say_dates(engine, id_of, read):
    chip, source = id_of("ascend-910b"), id_of("seed-note")
    values = {"metric": "date.released-on", "value": "early 2023", "stance": "reported", "source_id": source}
    add_claim(engine, author="Ada", subject_id=chip, values=values, claim_id="dated")
    assert next(row for row in read(claims_of, chip) if row.id == "dated").value == "2023-37"
    with pytest.raises(Invalid, match="someday"):
        add_claim(engine, author="Ada", subject_id=chip, values=values | {"value": "someday"})
