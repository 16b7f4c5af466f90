from datetime import date

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.claims import add_claim, set_rank
from chipscape_db.commands.records import add_record, edit_record
from chipscape_db.commands.relationships import add_relationship
from chipscape_db.commands.review import reopen_findings, settle_findings
from chipscape_db.errors import Invalid
from chipscape_db.progress import Progress, Stopped
from chipscape_db.queries.duplicates import address_key, keys_of
from chipscape_db.queries.review.queue import open_counts, review, workdays
from chipscape_db.reverting import redo, undo

ME = "Ada"
TODAY = date(2026, 11, 28)


@pytest.fixture
def engine(starter_copy):
    base = open_base(starter_copy)
    yield base.engine
    base.close()


@pytest.fixture
def found(engine):
    """A function that returns the findings of a check about a record, a relationship or a claim."""

    def look(code, identity):
        with Session(engine) as session:
            findings = review(session, today=TODAY)
        assert len({one.key for one in findings}) == len(findings)
        assert all(str(one).endswith(".") for one in findings)
        return [one for one in findings if one.code == code and identity in (one.id, *one.owners)]

    return look


@pytest.fixture
def id_of(engine):
    def look_up(slug):
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT id FROM record WHERE slug = ?", (slug,)).scalar_one()

    return look_up


@pytest.fixture
def chip(engine):
    add_record(
        engine, author=ME, kind="chip", record_id="chip", uncited=True,
        fields={"name": "X1", "announced_on": "2026-03", "released_on": "2025", "status": "shipping"},
    )  # fmt: skip
    return "chip"


def claim(engine, chip, source, metric, value, **values):
    values = {"metric": metric, "value": value, "stance": "reported", "source_id": source} | values
    add_claim(engine, author=ME, subject_id=chip, claim_id=f"{metric} {value}", values=values)


def test_the_starter_facts_have_no_errors_but_much_to_look_at(engine):
    with Session(engine) as session:
        counts = open_counts(review(session, today=TODAY))
    assert [counts[code] for code in ("damage", "impossible", "uncited")] == [0, 0, 0]
    assert all(counts[code] for code in ("contested", "stale-single", "mixed-conventions", "single-source", "missing"))


def test_what_nobody_cited_and_what_comes_before_itself_is_found(found, chip):
    assert [one.field for one in found("uncited", chip)] == ["sources"]
    (order,) = found("impossible", chip)
    assert order.field == "released_on"
    assert "lies before announced_on" in str(order)
    assert "designer_id" in str(found("missing", chip)[0])


@pytest.mark.parametrize(
    ("metric", "value", "scope", "wrong"),
    [
        ("power.tdp", "9000 W", "", True),
        ("power.tdp", "700 W", "", False),
        ("power.tdp", "9000 W", "node", False),
        ("memory.bandwidth", "900 TB/s", "", True),
        ("memory.bandwidth", "8 TB/s", "package", False),
        ("compute.fp16", "2000 PFLOPS", "", True),
        ("process.node", "5 nm", "", False),
        ("die.area", "1200 mm2", "die", True),
    ],
)
def test_values_beyond_all_measure_are_found(engine, found, chip, id_of, metric, value, scope, wrong):
    claim(engine, chip, id_of("seed-note"), metric, value, scope=scope)
    of_claims = [one for one in found("impossible", chip) if one.kind == "claim"]
    assert bool(of_claims) == wrong


def test_a_successor_that_is_older_is_found(engine, found, chip):
    add_record(
        engine, author=ME, kind="chip", record_id="new", fields={"name": "X2", "released_on": "2024"}, uncited=True
    )
    fields = {"subject_id": "new", "kind": "succeeds", "object_id": chip}
    add_relationship(engine, author=ME, fields=fields, uncited=True, relationship_id="link")
    assert "turn the relationship round" in str(found("impossible", "link")[0])


def test_a_contradiction_is_open_until_one_is_preferred_and_comes_up_again_with_a_new_rival(engine, found, chip, id_of):
    claim(engine, chip, id_of("seed-note"), "memory.capacity", "64 GB")
    assert not found("contested", chip)
    claim(engine, chip, id_of("seed-note"), "memory.capacity", "96 GB")
    (first,) = found("contested", chip)
    settle_findings(engine, author=ME, findings=[first], reason="Two variants.")
    assert found("contested", chip)[0].settled.reason == "Two variants."
    claim(engine, chip, id_of("seed-note"), "memory.capacity", "128 GB")
    assert found("contested", chip)[0].settled is None
    set_rank(engine, author=ME, claim_id="memory.capacity 96 GB", rank="preferred", reason="The maker.")
    assert not found("contested", chip)


def test_a_single_source_weighs_more_when_it_is_old(engine, found, id_of):
    for name, published in (("Old", "2020-05"), ("New", "2026-05")):
        fields = {"name": name, "source_kind": "press", "published_on": published}
        add_record(engine, author=ME, kind="source", record_id=name, fields=fields)
        add_record(engine, author=ME, kind="chip", record_id=f"chip {name}", fields={"name": f"Y{name}"}, uncited=True)
        claim(engine, f"chip {name}", name, "memory.capacity", f"{published[2:4]} GB", note=name)
    assert found("stale-single", "chip Old")
    assert not found("single-source", "chip Old")
    assert found("single-source", "chip New")
    assert not found("stale-single", "chip New")


def test_what_some_claims_leave_open_is_found(engine, found, chip, id_of):
    claim(engine, chip, id_of("seed-note"), "compute.fp8", "100", sparsity="dense")
    claim(engine, chip, id_of("seed-note"), "compute.fp8", "200")
    assert "1 of 2 claims" in str(found("mixed-conventions", chip)[0])


@pytest.mark.parametrize(
    ("name", "aliases"),
    [("Huawei Technologies Co., Ltd.", ()), ("Hua-Wei", ()), ("华为", ()), ("Something", (("HUAWEI", ""),))],
)
def test_a_double_is_suspected_by_name_alias_native_name_and_transliteration(engine, found, id_of, name, aliases):
    fields = {"name": name, "org_kind": "company"}
    add_record(engine, author=ME, kind="organization", record_id="double", fields=fields, aliases=aliases, uncited=True)
    assert [set(one.owners) for one in found("duplicate", "double")] == [{"double", id_of("huawei")}]


def test_doubles_of_chips_events_and_sources_are_suspected(engine, found, id_of):
    with Session(engine) as session:
        day, title = session.connection().exec_driver_sql(
            "SELECT starts_on, name FROM event JOIN record USING (id) WHERE slug LIKE '%huawei%' LIMIT 1"
        ).one()  # fmt: skip
        query = "SELECT url FROM source WHERE url LIKE 'https://www.%' LIMIT 1"
        url = session.connection().exec_driver_sql(query).scalar_one()
    fields = {"name": "Huawei Ascend 910B", "designer_id": id_of("huawei")}
    add_record(engine, author=ME, kind="chip", record_id="c", uncited=True, fields=fields)
    fields = {"name": f"{title} today", "starts_on": day, "event_kind": "research", "importance": "1"}
    add_record(engine, author=ME, kind="event", record_id="e", uncited=True, fields=fields)
    fields = {"name": "Other", "source_kind": "press", "url": url.replace("https://www.", "http://") + "?utm_x=1"}
    add_record(engine, author=ME, kind="source", record_id="s", fields=fields)
    assert id_of("ascend-910b") in found("duplicate", "c")[0].owners
    assert found("duplicate", "e")
    assert found("duplicate", "s")


def test_keys_forget_what_does_not_tell_names_apart():
    assert keys_of("Énergie  X-1") == ("energiex1", "energiex1")
    assert keys_of("百度")[1] == "baidu"
    assert address_key("https://www.x.org/a/?utm_source=b&id=2#top") == address_key("http://x.org/a?id=2")


def test_findings_are_settled_with_a_reason_undone_and_opened_again(engine, found, chip):
    before = found("uncited", chip)
    with pytest.raises(Invalid):
        settle_findings(engine, author=ME, findings=before, reason="  ")
    settle_findings(engine, author=ME, findings=before, reason="Internal.")
    undo(engine, author=ME)
    assert found("uncited", chip) == before
    redo(engine, author=ME)
    assert found("uncited", chip)[0].settled.author == ME
    reopen_findings(engine, author=ME, findings=before)
    assert found("uncited", chip) == before
    with Session(engine) as session:
        today = workdays(session)[0]
    assert (today.author, today.settled) == (ME, 1)
    assert today.changes >= 4


def test_settling_outlives_an_edit_that_changes_nothing_of_it(engine, found, chip):
    settle_findings(engine, author=ME, findings=found("impossible", chip), reason="Shown late.")
    edit_record(engine, author=ME, record_id=chip, fields={"family": "X"})
    assert found("impossible", chip)[0].settled
    edit_record(engine, author=ME, record_id=chip, fields={"released_on": "2024"})
    assert found("impossible", chip)[0].settled is None


def test_the_review_says_how_far_it_is_and_can_be_cancelled(engine):
    told: list[float] = []
    with Session(engine) as session:
        whole = review(session, today=TODAY, progress=Progress(report=told.append))
        assert [one.key for one in whole] == [one.key for one in review(session, today=TODAY)]
        assert len(told) >= 20
        assert told == sorted(told)
        assert 0 == told[0] < told[-1] <= 1
        for stop_at in (0, len(told) // 2, len(told) - 1):
            left = iter(range(stop_at, -1, -1))
            with pytest.raises(Stopped):
                review(session, today=TODAY, progress=Progress(lambda left=left: next(left) == 0))
