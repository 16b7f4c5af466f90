import pytest

from chipscape_db.commands.claims import add_claim
from chipscape_db.commands.record_merge import Choices, merge_records
from chipscape_db.commands.records import add_record, edit_record
from chipscape_db.commands.relationships import add_relationship
from chipscape_db.errors import Invalid
from chipscape_db.queries.forms import record_sheet, record_state
from chipscape_db.queries.review.queue import review
from chipscape_db.reverting import undo
from chipscape_db.search import out_of_step, search
from chipscape_db.transfer.csv_dump import dump_folder
from chipscape_db.transfer.csv_load import load_folder

ME = "Ada"


@pytest.fixture
def double(engine, id_of):
    """A second Huawei, with its own claim, relationships, alias, source and summary; returns its id."""
    add_record(
        engine, author=ME, kind="organization", record_id="double",
        fields={"name": "Hua Wei", "org_kind": "company", "website": "https://huawei.example", "country": "US"},
        texts={("summary", "zh"): "华为", ("name", "fr"): "Houawei"}, aliases=[("HW", "")], uncited=True,
    )  # fmt: skip
    add_claim(
        engine, author=ME, subject_id="double", claim_id="claim",
        values={"metric": "org.revenue", "value": "1e9", "stance": "stated", "source_id": id_of("seed-note")},
    )  # fmt: skip
    for name, (kind, target) in {
        "same": ("designs", "ascend-910b"), "self": ("competes-with", "huawei"), "new": ("invests-in", "cambricon"),
    }.items():  # fmt: skip
        fields = {"subject_id": "double", "kind": kind, "object_id": id_of(target)}
        add_relationship(engine, author=ME, fields=fields, uncited=True, relationship_id=name)
    edit_record(engine, author=ME, record_id=id_of("ascend-910b"), fields={"designer_id": "double"})
    return "double"


def merge(engine, id_of, **choices):
    return merge_records(
        engine, author=ME, kept_id=id_of("huawei"), lost_id="double", choices=Choices(**choices), reason="One firm."
    )


def test_everything_goes_over_and_undo_brings_both_back(engine, id_of, double, rows, read):
    huawei, before = id_of("huawei"), rows()
    old = read(record_sheet, huawei, language="en")
    summary = merge(engine, id_of, fields=frozenset({"website"}), texts=frozenset({("summary", "zh")}))
    assert summary.action == "merge-records"
    sheet = read(record_sheet, huawei, language="en")
    assert sheet.state.fields == dict(old.state.fields) | {"website": "https://huawei.example"}
    assert sheet.state.texts[("summary", "zh")] == "华为"
    assert {("Hua Wei", ""), ("HW", ""), ("Houawei", "fr")} <= set(sheet.state.aliases)
    assert "claim" in {claim.id for claim in sheet.claims}
    links = {link.id for link in sheet.links}
    assert "new" in links
    assert not {"same", "self"} & links
    assert read(record_state, id_of("ascend-910b")).fields["designer_id"] == huawei
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT slug, record_id FROM former_slug").all() == [("hua-wei", huawei)]
        assert out_of_step(connection) == set()
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert read(search, "hua-wei")[0].id == huawei
    undo(engine, author=ME)
    assert rows() == before


def test_a_former_short_name_is_never_given_again(engine, id_of, double, read):
    merge(engine, id_of)
    add_record(engine, author=ME, kind="sector", fields={"name": "Hua Wei"}, uncited=True, record_id="other")
    assert read(record_state, "other").slug == "hua-wei-2"


def test_files_that_name_the_record_given_up_still_load(engine, id_of, double, read, tmp_path, rows):
    read(lambda session: dump_folder(session, tmp_path / "before"))
    merge(engine, id_of)
    merged = rows()
    load_folder(engine, tmp_path / "before", author=ME)
    after = rows()
    for table in ("record", "relationship", "participant", "former_slug", "alias", "claim", "citation"):
        assert after[table] == merged[table], table


def test_what_cannot_be_one_is_refused(engine, id_of, double, rows):
    before = rows()
    for kept, lost in (("huawei", "huawei"), ("huawei", "ascend-910b")):
        with pytest.raises(Invalid):
            merge_records(engine, author=ME, kept_id=id_of(kept), lost_id=id_of(lost))
    assert rows() == before


def test_the_review_suspects_the_double_by_its_transliteration(engine, id_of, double, read):
    edit_record(engine, author=ME, record_id="double", fields={"name": "华为"})
    found = [one for one in read(review) if one.code == "duplicate" and "double" in one.owners]
    assert [set(one.owners) for one in found] == [{"double", id_of("huawei")}]
    merge(engine, id_of)
    assert not [one for one in read(review) if one.code == "duplicate" and "double" in one.owners]


def test_sources_that_relay_each_other_end_up_in_no_circle(engine, id_of):
    fields = {"source_kind": "press"}
    add_record(engine, author=ME, kind="source", fields=fields | {"name": "A"}, record_id="a")
    add_record(engine, author=ME, kind="source", fields=fields | {"name": "B", "relays_id": "a"}, record_id="b")
    add_record(engine, author=ME, kind="source", fields=fields | {"name": "C", "relays_id": "b"}, record_id="c")
    merge_records(engine, author=ME, kept_id="c", lost_id="a")
    with engine.connect() as connection:
        relays = dict(connection.exec_driver_sql("SELECT id, relays_id FROM source WHERE id IN ('b', 'c')").all())
    assert relays == {"b": "c", "c": None}
