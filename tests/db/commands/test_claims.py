import pytest

from chipscape_db.commands.claims import add_claim, delete_claim, edit_claim, set_rank
from chipscape_db.errors import Conflict, Invalid, NotFound
from chipscape_db.filters import Filters
from chipscape_db.queries.claims import claims_of
from chipscape_db.queries.forms import claim_state
from chipscape_db.queries.timeline import timeline_rows
from chipscape_db.reverting import undo

ME = "Ada"


@pytest.fixture
def values(id_of):
    return {
        "metric": "memory.bandwidth", "value": "3.2 TB/s", "stance": "reported", "source_id": id_of("seed-note"),
        "locator": "p. 1",
    }  # fmt: skip


def test_a_claim_is_stored_in_the_unit_of_its_metric(engine, id_of, rows, read, values):
    before, chip = rows(), id_of("ascend-910b")
    summary = add_claim(engine, author=ME, subject_id=chip, values=values, claim_id="mine")
    assert summary is not None
    assert (summary.action, summary.subject) == ("add-claim", "Ascend 910B")
    row = next(row for row in read(claims_of, chip) if row.id == "mine")
    assert (row.value, row.number, row.unit) == ("3200", 3200.0, "GB/s")
    edit_claim(engine, author=ME, claim_id="mine", values={"value": "1,2 To/s", "scope": "package"}, lang="fr")
    assert read(claim_state, "mine")["value"] == "1200"
    undo(engine, author=ME)
    undo(engine, author=ME)
    assert rows() == before


def test_a_stored_value_is_never_read_again_as_french(engine, id_of, read, values):
    values["value"] = "1.5"
    add_claim(engine, author=ME, subject_id=id_of("ascend-910b"), values=values, claim_id="mine")
    edit_claim(engine, author=ME, claim_id="mine", values={"note": "n"}, lang="fr")
    assert read(claim_state, "mine")["value"] == "1.5"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("metric", ""),
        ("metric", "org.revenue"),
        ("value", "much"),
        ("value", ""),
        ("value", "3 W"),
        ("sparsity", "dense"),
        ("direction", "both"),
        ("period", "2025"),
        ("scope", "cupboard"),
        ("scope_count", "many"),
        ("stance", ""),
        ("source_id", ""),
        ("asserted_on", "soon"),
        ("repeats_id", "nothing"),
        ("colour", "red"),
    ],
)
def test_a_claim_that_breaks_a_rule_names_its_field(engine, id_of, rows, values, field, text):
    before = rows()
    with pytest.raises(Invalid) as caught:
        add_claim(engine, author=ME, subject_id=id_of("ascend-910b"), values=values | {field: text})
    assert caught.value.field == field
    assert rows() == before


def test_a_count_needs_its_scope_and_a_link_its_direction(engine, id_of, values):
    chip = id_of("ascend-910b")
    with pytest.raises(Invalid) as caught:
        add_claim(engine, author=ME, subject_id=chip, values=values | {"scope_count": "8"})
    assert caught.value.field == "scope"
    with pytest.raises(Invalid) as caught:
        add_claim(engine, author=ME, subject_id=chip, values=values | {"metric": "interconnect.bandwidth"})
    assert caught.value.field == "direction"


def test_a_rank_takes_a_reason_and_goes_back(engine, id_of, rows, read):
    before = rows()
    claim = read(claims_of, id_of("ascend-910b"))[0].id
    with pytest.raises(Invalid) as caught:
        set_rank(engine, author=ME, claim_id=claim, rank="preferred")
    assert caught.value.field == "rank_reason"
    summary = set_rank(engine, author=ME, claim_id=claim, rank="preferred", reason="The data sheet says so.")
    assert summary is not None
    assert summary.action == "prefer-claim"
    assert read(claim_state, claim)["rank_reason"] == "The data sheet says so."
    set_rank(engine, author=ME, claim_id=claim, rank="normal")
    assert rows() == before
    undo(engine, author=ME)
    undo(engine, author=ME)
    assert rows() == before


def test_a_claim_changed_meanwhile_is_not_overwritten(engine, id_of, read):
    claim = read(claims_of, id_of("ascend-910b"))[0].id
    opened = read(claim_state, claim)
    edit_claim(engine, author="Bea", claim_id=claim, values={"note": "theirs"})
    with pytest.raises(Conflict) as caught:
        edit_claim(engine, author=ME, claim_id=claim, values={"note": "mine"}, expected=opened)
    assert caught.value.field == "note"


def test_what_repeats_a_deleted_claim_stands_for_itself(engine, id_of, rows, read, values):
    chip = id_of("ascend-910b")
    add_claim(engine, author=ME, subject_id=chip, values=values, claim_id="first")
    add_claim(engine, author=ME, subject_id=chip, values=values | {"repeats_id": "first"}, claim_id="second")
    with pytest.raises(Invalid) as caught:
        edit_claim(engine, author=ME, claim_id="first", values={"repeats_id": "second"})
    assert caught.value.field == "repeats_id"
    before = rows()
    delete_claim(engine, author=ME, claim_id="first")
    assert read(claim_state, "second")["repeats_id"] == ""
    with pytest.raises(NotFound):
        read(claim_state, "first")
    undo(engine, author=ME)
    assert rows() == before


@pytest.mark.parametrize(
    ("typed", "lang", "held"),
    [
        ("2025-06", "en", "2025-06"),
        ("June 2025", "en", "2025-06"),
        ("début 2026", "fr", "2026-37"),
        ("2025~", "en", "2025~"),
    ],
)
def test_a_rival_date_is_held_as_a_partial_date(engine, id_of, read, values, typed, lang, held):
    some = read(timeline_rows, Filters(), language="en").items[0].id
    asked = values | {"metric": "date.starts-on", "value": typed}
    add_claim(engine, author=ME, subject_id=some, values=asked, claim_id="mine", lang=lang)
    assert read(claim_state, "mine")["value"] == held


def test_a_claimed_date_that_is_none_names_its_field(engine, id_of, rows, read, values):
    before = rows()
    some = read(timeline_rows, Filters(), language="en").items[0].id
    with pytest.raises(Invalid) as caught:
        add_claim(engine, author=ME, subject_id=some, values=values | {"metric": "date.starts-on", "value": "soonish"})
    assert caught.value.field == "value"
    assert "soonish" in str(caught.value)
    assert rows() == before
