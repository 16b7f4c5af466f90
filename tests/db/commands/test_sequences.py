"""Any sequence of commands, then as many undos: the same base, bit for bit, but for its history."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.columns import size
from chipscape_db.commands.citations import NewCitation, add_citation, edit_citation
from chipscape_db.commands.claims import add_claim, delete_claim, deprecate_resting, set_rank, set_repeats
from chipscape_db.commands.deletion import delete_facts, delete_record, delete_records
from chipscape_db.commands.record_merge import merge_records
from chipscape_db.commands.records import add_record, edit_record
from chipscape_db.commands.relationships import add_relationship, delete_relationship
from chipscape_db.commands.review import settle_findings
from chipscape_db.commands.reviews import mark_reviewed, unmark_reviewed
from chipscape_db.commands.rows import Resting, RowEdit, put_rows
from chipscape_db.commands.snapshots import add_snapshot
from chipscape_db.commands.table_views import save_table_view
from chipscape_db.errors import FactsError
from chipscape_db.models import Base
from chipscape_db.next_steps import next_undo
from chipscape_db.queries.briefs import _all_briefs, all_briefs, briefs_but_events
from chipscape_db.queries.review.findings import Finding
from chipscape_db.reverting import redo, revert, undo

ME = "Ada"
RECORDS = st.integers(0, 40)
TEXT = st.text(max_size=12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), RECORDS, TEXT),
        st.tuples(st.just("summary"), RECORDS, TEXT),
        st.tuples(st.just("aliases"), RECORDS, TEXT),
        st.tuples(st.just("add"), RECORDS, TEXT),
        st.tuples(st.just("delete"), RECORDS, TEXT),
        st.tuples(st.just("cite"), RECORDS, TEXT),
        st.tuples(st.just("claim"), RECORDS, TEXT),
        st.tuples(st.just("rank"), RECORDS, TEXT),
        st.tuples(st.just("unclaim"), RECORDS, TEXT),
        st.tuples(st.just("repeat"), RECORDS, TEXT),
        st.tuples(st.just("settle"), RECORDS, TEXT),
        st.tuples(st.just("mark"), RECORDS, TEXT),
        st.tuples(st.just("copy"), RECORDS, TEXT),
        st.tuples(st.just("recite"), RECORDS, TEXT),
        st.tuples(st.just("link"), RECORDS, TEXT),
        st.tuples(st.just("unlink"), RECORDS, TEXT),
        st.tuples(st.just("delete several"), RECORDS, TEXT),
        st.tuples(st.just("delete claims"), RECORDS, TEXT),
        st.tuples(st.just("merge"), RECORDS, TEXT),
        st.tuples(st.just("settle"), RECORDS, TEXT),
        st.tuples(st.just("revert"), RECORDS, TEXT),
        st.tuples(st.just("rows"), RECORDS, TEXT),
        st.tuples(st.just("view"), RECORDS, TEXT),
    ),
    max_size=12,
)


def rows(engine):
    out = {}
    with engine.connect() as connection:
        for table in Base.metadata.tables:
            if table not in ("change", "changeset", "snapshot_content"):
                out[table] = sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()))
        found = connection.exec_driver_sql("SELECT record_id, names, words FROM search_entry").all()
        out["search"] = sorted(map(repr, found))
    return out


def pick(engine, sql, number):
    with engine.connect() as connection:
        ids = [row[0] for row in connection.exec_driver_sql(sql).all()]
    return ids[number % len(ids)] if ids else ""


def do(engine, step):
    name, number, text = step
    chip = pick(engine, "SELECT id FROM chip ORDER BY id", number)
    source = pick(engine, "SELECT id FROM source ORDER BY id", number)
    claim = pick(engine, "SELECT id FROM claim ORDER BY id", number)
    if name == "edit":
        edit_record(engine, author=ME, record_id=chip, fields={"name": text, "family": text})
    elif name == "summary":
        edit_record(engine, author=ME, record_id=chip, texts={("summary", "en"): text, ("name", "fr"): text})
    elif name == "aliases":
        edit_record(engine, author=ME, record_id=chip, aliases=[(text, ""), (text, "zh")])
    elif name == "add":
        add_record(engine, author=ME, kind="chip", fields={"name": text}, citation=NewCitation(source, text))
    elif name == "delete":
        delete_record(engine, author=ME, record_id=source if number % 3 else chip, take_along=True)
    elif name == "cite":
        add_citation(engine, author=ME, record_id=chip, citation=NewCitation(source, text))
    elif name == "claim":
        values = {
            "metric": "power.tdp",
            "value": f"{number} W",
            "stance": "reported",
            "source_id": source,
            "note": text,
        }
        add_claim(engine, author=ME, subject_id=chip, values=values)
    elif name == "rank":
        set_rank(engine, author=ME, claim_id=claim, rank="deprecated", reason=text)
    elif name == "unclaim":
        delete_claim(engine, author=ME, claim_id=claim)
    elif name == "repeat":
        twins = "SELECT a.id FROM claim a JOIN claim b USING (subject_id, metric) WHERE a.id <> b.id ORDER BY a.id"
        first = pick(engine, twins, number)
        same = (
            "SELECT id FROM claim WHERE (subject_id, metric) = (SELECT subject_id, metric FROM claim WHERE id = '{}')"
        )
        set_repeats(engine, author=ME, claim_id=first, repeats_id=pick(engine, same.format(first), number + 1))
    elif name == "settle":
        deprecate_resting(engine, author=ME, source_id=source, reason=text)
    elif name == "mark":
        (mark_reviewed if number % 3 else unmark_reviewed)(engine, author=ME, record_id=chip)
    elif name == "copy":
        add_snapshot(
            engine, author=ME, source_id=source, name=text, content=f"{number} {text}".encode(), taken_on="2025-06"
        )
    elif name == "recite":
        citation = pick(engine, "SELECT id FROM citation ORDER BY id", number)
        edit_citation(engine, author=ME, citation_id=citation, values={"quote": text, "locator": text})
    elif name == "link":
        fields = {
            "subject_id": chip,
            "kind": "variant-of",
            "object_id": pick(engine, "SELECT id FROM chip", number + 1),
        }
        add_relationship(engine, author=ME, fields=fields, texts={"en": text}, uncited=True)
    elif name == "delete several":
        ids = [pick(engine, "SELECT id FROM record ORDER BY name", number + one) for one in (0, 1, 500)]
        delete_records(engine, author=ME, record_ids=ids, take_along=True, reason=text)
    elif name == "delete claims":
        ids = [pick(engine, "SELECT id FROM claim ORDER BY number", number + one) for one in (0, 1, 500)]
        delete_facts(engine, author=ME, table="claim", ids=ids)
    elif name == "merge":
        kind = ("organization", "chip", "source", "event", "model")[number % 5]
        kept, lost = (pick(engine, f"SELECT id FROM {kind} ORDER BY id", number * one) for one in (1, 3))
        merge_records(engine, author=ME, kept_id=kept, lost_id=lost, reason=text)
    elif name == "settle":
        finding = Finding("uncited", "record", chip, text, "", "", "x.", {}, (chip,), f"uncited/{chip}")
        settle_findings(engine, author=ME, findings=[finding], reason=text)
    elif name == "rows":
        edits = [
            RowEdit(1, f"new {number}", True, {"name": text, "announced_on": "2025"}),
            RowEdit(2, chip, False, {"family": text, "status": "shipping"}),
        ]
        put_rows(engine, author=ME, table="chip", rows=edits, subject=text, resting=Resting(source), reason=text)
    elif name == "view":
        save_table_view(engine, author=ME, name=text, table="chip", content=f"{number}")
    elif name == "revert":
        step = pick(engine, "SELECT id FROM changeset WHERE kind = 'edit' ORDER BY id DESC", number)
        if step:
            revert(engine, step, author=ME, leave_later=bool(number % 2))
    else:
        link = pick(engine, "SELECT id FROM relationship ORDER BY id", number)
        delete_relationship(engine, author=ME, relationship_id=link)


def assert_briefs_are_fresh(engine):
    """What is brought up to date from the journal is what would be read anew."""
    with Session(engine) as session:
        fresh = _all_briefs(session, "en")
        assert all_briefs(session, language="en") == fresh
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(size, "MANY", 1)
            kept = briefs_but_events(session, language="en")
        assert kept == {id_: brief for id_, brief in fresh.items() if brief.kind != "event"}


@pytest.fixture(scope="module")
def copy(starter):
    with TemporaryDirectory() as folder:
        base = open_base(Path(shutil.copy(starter, Path(folder) / "facts.chipscape")))
        yield base.engine, rows(base.engine)
        base.close()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_as_many_undos_as_steps_give_the_same_base(copy, steps):
    engine, before = copy
    for step in steps:
        with suppress(FactsError):
            do(engine, step)
        assert_briefs_are_fresh(engine)
    after = rows(engine)
    undone = 0
    while next_undo(engine) is not None:
        undo(engine, author=ME)
        undone += 1
        assert_briefs_are_fresh(engine)
    assert rows(engine) == before
    for _ in range(undone):
        redo(engine, author=ME)
    assert rows(engine) == after
    while next_undo(engine) is not None:
        undo(engine, author=ME)
