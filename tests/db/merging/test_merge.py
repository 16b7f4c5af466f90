"""What two curators did apart comes together: unions, three ways, conflicts, one undoable step, both histories."""

import hashlib

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.checks import check_base
from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.claims import add_claim, edit_claim, set_rank
from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.records import add_record, edit_record, rename_record
from chipscape_db.commands.relationships import add_relationship
from chipscape_db.history import record
from chipscape_db.merging.applying import Unsettled, merge
from chipscape_db.merging.other_side import read_other
from chipscape_db.merging.three_way import plan_merge
from chipscape_db.models import Alias, Chip, Claim, Record, Snapshot
from chipscape_db.next_steps import next_redo, next_undo
from chipscape_db.progress import Progress, Stopped
from chipscape_db.queries.history import changesets
from chipscape_db.reverting import redo, revert, undo
from chipscape_db.transfer.csv_kept import store_bytes


def bring(base, other, **how):
    return merge(base.engine, author="Ada", theirs=read_other(other.path), **how)


def tdp(engine, chip: str, value: str, author: str, source: str = "s2") -> None:
    values = {"metric": "power.tdp", "value": value, "stance": "reported", "source_id": source}
    add_claim(engine, author=author, subject_id=chip, values=values)


def one(engine, table, row_id):
    with Session(engine) as session:
        return session.get_one(table, row_id)


def test_claims_are_unions_and_different_fields_both_hold(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    tdp(ada.engine, "c1", "111", "Ada")
    tdp(bob.engine, "c1", "222", "Bob")
    edit_record(ada.engine, author="Ada", record_id="c1", fields={"family": "Old"})
    edit_record(bob.engine, author="Bob", record_id="c1", fields={"architecture": "New", "released_on": "2025-06"})
    summary, plan = bring(ada, bob)
    assert plan.conflicts == ()
    assert summary is not None
    chip = one(ada.engine, Chip, "c1")
    assert (chip.family, chip.architecture, chip.released_on, chip.released_on_from) == ("Old", "New", "2025-06", 20240)
    with Session(ada.engine) as session:
        values = session.scalars(select(Claim.value).where(Claim.subject_id == "c1")).all()
        assert check_base(session) == []
    assert sorted(values) == ["100", "111", "222"]
    told = {(one.field, one.author) for one in plan.differences}
    assert ("architecture", "Bob") in told


def test_both_histories_stay_with_their_authors_and_the_merge_is_one_step(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    rename_record(ada.engine, author="Ada", record_id="c1", name="Ada's chip")
    rename_record(bob.engine, author="Bob", record_id="c2", name="Bob's chip")
    tdp(bob.engine, "c2", "222", "Bob")
    before = read.rows(ada.engine)
    summary, _ = bring(ada, bob)
    with Session(ada.engine) as session:
        rows = changesets(session)
    assert [(row.action, row.author) for row in rows[:4]] == [
        ("merge", "Ada"), ("add-claim", "Bob"), ("rename-record", "Bob"), ("rename-record", "Ada"),
    ]  # fmt: skip
    assert [row.part_of_id for row in rows[:4]] == [None, summary.changeset_id, summary.changeset_id, None]
    after = read.rows(ada.engine)
    assert undo(ada.engine, author="Ada").action == "merge"
    assert read.rows(ada.engine) == before
    assert redo(ada.engine, author="Ada").action == "merge"
    assert read.rows(ada.engine) == after
    undo(ada.engine, author="Ada")
    assert undo(ada.engine, author="Ada").action == "rename-record"
    assert read.name(ada.engine, "c1") == "Chip 1"


def test_a_second_merge_changes_nothing_and_one_after_an_undo_brings_it_again(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    rename_record(bob.engine, author="Bob", record_id="c2", name="Bob's chip")
    bring(ada, bob)
    merged = read.rows(ada.engine)
    summary, plan = bring(ada, bob)
    assert (summary, plan.does_nothing) == (None, True)
    undo(ada.engine, author="Ada")
    assert read.name(ada.engine, "c2") == "Chip 2"
    assert bring(ada, bob)[0] is not None
    assert read.rows(ada.engine) == merged
    assert bring(ada, bob)[0] is None


def test_the_other_side_takes_the_merged_base_without_conflicts(curators, read, tmp_path) -> None:
    ada, bob = curators("ada"), curators("bob")
    rename_record(ada.engine, author="Ada", record_id="c1", name="Ada's")
    rename_record(bob.engine, author="Bob", record_id="c1", name="Bob's")
    bring(ada, bob, rule="mine")
    assert read.name(ada.engine, "c1") == "Ada's"
    _, plan = merge(bob.engine, author="Bob", theirs=read_other(ada.path))
    assert plan.conflicts == ()
    assert read.rows(bob.engine) == read.rows(ada.engine)
    rename_record(bob.engine, author="Bob", record_id="c1", name="Later")
    _, plan = bring(ada, bob)
    assert plan.conflicts == ()
    assert read.name(ada.engine, "c1") == "Later"


def test_a_conflict_is_told_side_by_side_and_settled_one_by_one(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    rename_record(ada.engine, author="Ada", record_id="c1", name="Ada's")
    rename_record(bob.engine, author="Bob", record_id="c1", name="Bob's")
    edit_claim(ada.engine, author="Ada", claim_id="k2", values={"value": "210"})
    edit_claim(bob.engine, author="Bob", claim_id="k2", values={"value": "220"})
    before = read.rows(ada.engine)
    with pytest.raises(Unsettled) as caught:
        bring(ada, bob)
    assert read.rows(ada.engine) == before
    conflicts = {one.key: one for one in caught.value.plan.conflicts}
    name = conflicts["record:c1:name"]
    assert (name.ancestor, name.mine, name.theirs) == ("Chip 1", "Ada's", "Bob's")
    assert (name.mine_by[1], name.theirs_by[1], name.owner) == ("Ada", "Bob", "Ada's")
    with pytest.raises(Unsettled):
        bring(ada, bob, decisions={"record:c1:name": "theirs"})
    bring(ada, bob, decisions={"record:c1:name": "theirs", "claim:k2:value": "mine"})
    claim = one(ada.engine, Claim, "k2")
    assert (read.name(ada.engine, "c1"), claim.value, claim.number) == ("Bob's", "210", 210)


@pytest.mark.parametrize("rule", ["mine", "theirs", "newest"])
def test_a_rule_settles_every_conflict(curators, read, rule: str) -> None:
    ada, bob = curators("ada"), curators("bob")
    rename_record(bob.engine, author="Bob", record_id="c1", name="Bob's")
    rename_record(ada.engine, author="Ada", record_id="c1", name="Ada's")
    set_rank(ada.engine, author="Ada", claim_id="k1", rank="deprecated", reason="Old.")
    set_rank(bob.engine, author="Bob", claim_id="k1", rank="preferred", reason="Read it.")
    bring(ada, bob, rule=rule)
    claim = one(ada.engine, Claim, "k1")
    expected = {
        "mine": ("Ada's", "deprecated", "Old."),
        "theirs": ("Bob's", "preferred", "Read it."),
        "newest": ("Ada's", "preferred", "Read it."),
    }
    assert (read.name(ada.engine, "c1"), claim.rank, claim.rank_reason) == expected[rule]


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_what_one_deleted_and_the_other_went_on_with_stays_or_goes_whole(curators, read, side: str) -> None:
    ada, bob = curators("ada"), curators("bob")
    delete_record(bob.engine, author="Bob", record_id="c1", take_along=True)
    tdp(ada.engine, "c1", "111", "Ada")
    before = read.rows(ada.engine)
    (conflict,) = plan_of(ada, bob).conflicts
    assert (conflict.kind, conflict.owner) == ("deleted-there", "Chip 1")
    bring(ada, bob, decisions={conflict.key: side})
    with Session(ada.engine) as session:
        assert check_base(session) == []
        assert (session.get(Record, "c1") is None) == (side == "theirs")
        assert bool(session.query(Claim).filter_by(subject_id="c1").all()) == (side == "mine")
    if side == "mine":
        assert read.rows(ada.engine) == before


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_what_was_deleted_here_comes_back_or_stays_away_whole(curators, read, side: str) -> None:
    ada, bob = curators("ada"), curators("bob")
    whole = read.rows(bob.engine)
    delete_record(ada.engine, author="Ada", record_id="c1", take_along=True)
    gone = read.rows(ada.engine)
    tdp(bob.engine, "c1", "111", "Bob")
    (conflict,) = plan_of(ada, bob).conflicts
    assert conflict.kind == "deleted-here"
    bring(ada, bob, decisions={conflict.key: side})
    with Session(ada.engine) as session:
        assert check_base(session) == []
    if side == "mine":
        assert read.rows(ada.engine) == gone
    else:
        assert read.rows(ada.engine) == read.rows(bob.engine) != whole


def test_a_source_that_was_deleted_and_cited_anew_empties_nothing_by_accident(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    delete_record(ada.engine, author="Ada", record_id="m1", take_along=True)
    fields = {"name": "Chip 4", "designer_id": "m1"}
    add_record(bob.engine, author="Bob", kind="chip", fields=fields, record_id="c4", citation=NewCitation("s1"))
    (conflict,) = plan_of(ada, bob).conflicts
    bring(ada, bob, decisions={conflict.key: "mine"})
    assert one(ada.engine, Chip, "c4").designer_id is None
    undo(ada.engine, author="Ada")
    bring(ada, bob, decisions={conflict.key: "theirs"})
    assert {one(ada.engine, Chip, f"c{number}").designer_id for number in (1, 2, 3, 4)} == {"m1"}
    assert read.rows(ada.engine) == read.rows(bob.engine)


def test_the_same_record_entered_twice_becomes_one(curators, read, tmp_path) -> None:
    ada, bob = curators("ada"), curators("bob")
    for base, author, value in ((ada, "Ada", "400"), (bob, "Bob", "500")):
        fields = {"name": "New Chip", "designer_id": "m1"}
        add_record(base.engine, author=author, kind="chip", fields=fields, citation=NewCitation("s1"))
        with Session(base.engine) as session:
            chip = session.scalars(select(Record.id).where(Record.slug == "new-chip")).one()
        tdp(base.engine, chip, value, author)
        tdp(base.engine, chip, "450", author)
        fields = {"subject_id": "m2", "kind": "designs", "object_id": chip}
        add_relationship(base.engine, author=author, fields=fields, citation=NewCitation("s2"))
    _, plan = bring(ada, bob)
    assert plan.conflicts == ()
    with Session(ada.engine) as session:
        chips = session.scalars(select(Record.id).where(Record.name == "New Chip")).all()
        assert len(chips) == 1
        values = session.scalars(select(Claim.value).where(Claim.subject_id == chips[0])).all()
        assert check_base(session) == []
    assert sorted(values) == ["400", "450", "500"]
    merge(bob.engine, author="Bob", theirs=read_other(ada.path))
    assert read.facts(bob.engine, tmp_path / "b") == read.facts(ada.engine, tmp_path / "a")


def test_two_things_of_one_name_are_told_apart(curators, read, tmp_path) -> None:
    ada, bob = curators("ada"), curators("bob")
    add_record(ada.engine, author="Ada", kind="chip", fields={"name": "Orion"}, citation=NewCitation("s1"))
    fields = {"name": "Orion", "org_kind": "company"}
    add_record(bob.engine, author="Bob", kind="organization", fields=fields, citation=NewCitation("s1"))
    copy = curators("copy", of=ada.path)
    bring(ada, bob)
    merge(bob.engine, author="Bob", theirs=read_other(copy.path))
    assert read.facts(bob.engine, tmp_path / "b") == read.facts(ada.engine, tmp_path / "a")
    with Session(ada.engine) as session:
        slugs = session.scalars(select(Record.slug).where(Record.name == "Orion")).all()
    assert sorted(slugs) == ["orion", "orion-2"]


def test_the_same_alias_added_twice_is_one(curators) -> None:
    ada, bob = curators("ada"), curators("bob")
    for base, author in ((ada, "Ada"), (bob, "Bob")):
        edit_record(base.engine, author=author, record_id="c1", aliases=[("First", ""), (author, "")])
    bring(ada, bob)
    with Session(ada.engine) as session:
        aliases = session.scalars(select(Alias.alias).where(Alias.record_id == "c1")).all()
    assert sorted(aliases) == ["Ada", "Bob", "First"]


def test_dates_that_do_not_fit_together_are_a_conflict(curators) -> None:
    ada, bob = curators("ada"), curators("bob")
    fields = {"name": "Event", "event_kind": "research", "starts_on": "2025", "importance": "2"}
    add_record(ada.engine, author="Ada", kind="event", fields=fields, record_id="e1", citation=NewCitation("s1"))
    bring(bob, ada)
    edit_record(ada.engine, author="Ada", record_id="e1", fields={"starts_on": "2026"})
    edit_record(bob.engine, author="Bob", record_id="e1", fields={"ends_on": "2025-06"})
    (conflict,) = plan_of(ada, bob).conflicts
    assert (conflict.kind, conflict.field) == ("together", "starts_on, ends_on")


def test_copies_of_sources_come_with_their_bytes(curators) -> None:
    ada, bob = curators("ada"), curators("bob")
    data = b"%PDF-1.7 a page"
    sha256 = hashlib.sha256(data).hexdigest()
    with record(bob.engine, "add-snapshot", "Source 1", author="Bob") as (session, _):
        store_bytes(session.connection(), [(sha256, data)])
        session.add(
            Snapshot(source_id="s1", name="a", media_type="application/pdf", sha256=sha256, size=15, taken_on="2026")
        )
    bring(ada, bob)
    with ada.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT content FROM snapshot_content").scalar_one() == data


def test_a_part_of_a_merge_is_not_taken_back_alone(curators) -> None:
    from chipscape_db.errors import Invalid

    ada, bob = curators("ada"), curators("bob")
    rename_record(bob.engine, author="Bob", record_id="c2", name="Bob's chip")
    summary, _ = bring(ada, bob)
    with Session(ada.engine) as session:
        part = next(row.id for row in changesets(session) if row.part_of_id is not None)
    with pytest.raises(Invalid, match="came with a merge"):
        revert(ada.engine, part, author="Ada")
    assert next_undo(ada.engine) == summary.changeset_id
    assert next_redo(ada.engine) is None


def test_a_merge_that_changes_no_fact_can_be_undone_too(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    for base in (ada, bob):
        rename_record(base.engine, author="Same", record_id="c1", name="Both")
    before = read.rows(ada.engine)
    summary, _ = bring(ada, bob)
    assert summary is not None
    assert bring(ada, bob)[0] is None
    assert undo(ada.engine, author="Ada").action == "merge"
    assert read.rows(ada.engine) == before
    assert undo(ada.engine, author="Ada").action == "rename-record"


def plan_of(base, other):
    with base.engine.connect() as connection:
        return plan_merge(connection, read_other(other.path))


def test_a_merge_says_how_far_it_is_and_can_be_cancelled_at_any_point(curators, read) -> None:
    ada, bob = curators("ada"), curators("bob")
    for number in range(1, 4):
        tdp(bob.engine, f"c{number}", "222", "Bob")
        rename_record(bob.engine, author="Bob", record_id=f"c{number}", name=f"Chip of Bob {number}")
    before, points, told = read.rows(ada.engine), 0, []
    while True:
        left = [points]

        def stop(left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] < 0

        told.clear()
        progress = Progress(stop, told.append)
        try:
            theirs = read_other(bob.path, progress=progress.part(0.0, 0.4))
            summary, _ = merge(ada.engine, author="Ada", theirs=theirs, progress=progress.part(0.4, 1.0))
        except Stopped:
            assert read.rows(ada.engine) == before
            assert len(told) == points
            points += 1
            continue
        break
    assert summary is not None
    assert points >= 10
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1
