"""Whatever two curators did: merging twice changes nothing, and either order gives the same facts."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from chipscape_db.base_file import FactBase, open_base
from chipscape_db.checks import check_base
from chipscape_db.commands.citations import NewCitation, add_citation
from chipscape_db.commands.claims import add_claim, delete_claim, edit_claim, set_rank
from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.figures import save_figure
from chipscape_db.commands.records import add_record, edit_record
from chipscape_db.commands.relationships import add_relationship, delete_relationship
from chipscape_db.errors import FactsError
from chipscape_db.figure_content import FigureContent
from chipscape_db.merging.applying import merge
from chipscape_db.merging.other_side import read_other
from chipscape_db.merging.pack import write_pack
from chipscape_db.reverting import redo, undo

WORDS = ("one", "two", "Ångström 盘古")
STEP = st.tuples(
    st.sampled_from(
        ("edit", "summary", "aliases", "add", "delete", "cite", "claim", "value", "rank", "unclaim", "link", "unlink",
         "figure", "undo", "redo")
    ),
    st.integers(0, 5),
    st.sampled_from(WORDS),
)  # fmt: skip
STEPS = st.lists(STEP, max_size=7)


def pick(engine, sql: str, number: int) -> str:
    with engine.connect() as connection:
        ids = [row[0] for row in connection.exec_driver_sql(sql).all()]
    return ids[number % len(ids)] if ids else ""


def do(engine, step, author: str) -> None:
    """Do one thing, wherever it can be done."""
    name, number, word = step
    chip = pick(engine, "SELECT id FROM record WHERE kind = 'chip' ORDER BY slug", number)
    source = pick(engine, "SELECT id FROM record WHERE kind = 'source' ORDER BY slug", number)
    claim = pick(engine, "SELECT id FROM claim ORDER BY value, id", number)
    told = {"author": author}
    if name == "edit":
        edit_record(engine, **told, record_id=chip, fields={"family": word, "released_on": f"202{number}"})
    elif name == "summary":
        edit_record(engine, **told, record_id=chip, texts={("summary", "en"): word if number else ""})
    elif name == "aliases":
        edit_record(engine, **told, record_id=chip, aliases=[(word, ""), ("x", "zh")][: number % 3])
    elif name == "add":
        add_record(engine, **told, kind="chip", fields={"name": word}, citation=NewCitation(source))
    elif name == "delete":
        record = chip if number % 2 else pick(engine, "SELECT id FROM organization ORDER BY id", number)
        delete_record(engine, **told, record_id=record, take_along=True)
    elif name == "cite":
        add_citation(engine, **told, record_id=chip, citation=NewCitation(source, word))
    elif name == "claim":
        values = {"metric": "power.tdp", "value": f"{number}", "stance": "stated", "source_id": source, "note": word}
        add_claim(engine, **told, subject_id=chip, values=values)
    elif name == "value":
        edit_claim(engine, **told, claim_id=claim, values={"value": f"{number}0"})
    elif name == "rank":
        set_rank(engine, **told, claim_id=claim, rank="deprecated" if number % 2 else "preferred", reason=word)
    elif name == "unclaim":
        delete_claim(engine, **told, claim_id=claim)
    elif name == "link":
        other = pick(engine, "SELECT id FROM record WHERE kind = 'chip' ORDER BY slug", number + 1)
        fields = {"subject_id": chip, "kind": "variant-of", "object_id": other}
        add_relationship(engine, **told, fields=fields, texts={"en": word}, uncited=True)
    elif name == "unlink":
        link = pick(engine, "SELECT id FROM relationship ORDER BY slug", number)
        delete_relationship(engine, **told, relationship_id=link)
    elif name == "figure":
        save_figure(engine, **told, name=word, content=FigureContent("timeline", title=str(number)))
    else:
        (undo if name == "undo" else redo)(engine, **told)


def copy_of(path: Path, to: Path) -> FactBase:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return open_base(to)


def work(base: FactBase, steps, author: str) -> None:
    for step in steps:
        with suppress(FactsError):
            do(base.engine, step, author)


def bring(base: FactBase, other: Path):
    return merge(base.engine, author="Merger", theirs=read_other(other), rule="newest")


def sound(base: FactBase) -> list[str]:
    with Session(base.engine) as session:
        return [str(found) for found in check_base(session) if found.code not in ("uncited", "date-order")]


COMMON = {"suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=25, **COMMON)
@given(before=STEPS, ours=STEPS, theirs=STEPS, later=STEPS)
@example(before=[], ours=[("link", 0, "one")], theirs=[("link", 0, "one"), ("unlink", 0, "one")], later=[])
@example(before=[], ours=[("link", 0, "one"), ("unlink", 0, "one")], theirs=[("link", 0, "one")], later=[])
@example(before=[], ours=[("add", 0, "one")], theirs=[("add", 0, "one"), ("undo", 0, "one")], later=[])
def test_merging_is_idempotent_and_independent_of_the_order(ancestor, read, before, ours, theirs, later) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        root = copy_of(ancestor, folder / "root.chipscape")
        work(root, before, "Zoe")
        root.close()
        ada, bob = (copy_of(folder / "root.chipscape", folder / f"{one}.chipscape") for one in ("ada", "bob"))
        work(ada, ours, "Ada")
        work(bob, theirs, "Bob")
        old_ada = copy_of(folder / "ada.chipscape", folder / "old-ada.chipscape")
        untouched = read.rows(ada.engine)
        summary, _ = bring(ada, folder / "bob.chipscape")
        bring(bob, folder / "old-ada.chipscape")
        assert sound(ada) == []
        one, two = read.facts(ada.engine, folder / "1"), read.facts(bob.engine, folder / "2")
        assert one == two
        assert bring(ada, folder / "old-ada.chipscape")[0] is None
        rows = read.rows(ada.engine)
        for other in ("bob", "old-ada", "bob"):
            bring(ada, folder / f"{other}.chipscape")
            assert read.rows(ada.engine) == rows
        work(ada, later, "Ada")
        bring(bob, folder / "ada.chipscape")
        assert read.facts(bob.engine, folder / "4") == read.facts(ada.engine, folder / "3")
        for base in (ada, bob, old_ada):
            base.close()
        assert summary is None or untouched is not None


@settings(max_examples=15, **COMMON)
@given(ours=STEPS, theirs=STEPS)
def test_a_merge_is_taken_back_whole_and_a_pack_says_the_same_as_its_base(ancestor, read, ours, theirs) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        ada, other, bob = (copy_of(ancestor, folder / f"{one}.chipscape") for one in ("ada", "other", "bob"))
        with bob.engine.connect() as connection:
            start = connection.exec_driver_sql("SELECT max(id) FROM changeset").scalar_one()
        work(ada, ours, "Ada")
        same = copy_of(folder / "ada.chipscape", folder / "same.chipscape")
        work(bob, theirs, "Bob")
        before = read.rows(ada.engine)
        summary, _ = bring(ada, folder / "bob.chipscape")
        merged = read.rows(ada.engine)
        with bob.engine.connect() as connection:
            try:
                write_pack(connection, folder / "bob.chipscape-pack", name="bob", since=str(start))
            except FactsError:
                assert summary is None
            else:
                bring(same, folder / "bob.chipscape-pack")
                assert read.rows(same.engine) == merged
                assert bring(same, folder / "bob.chipscape")[0] is None
        if summary is not None:
            undo(ada.engine, author="Ada")
            assert read.rows(ada.engine) == before
            redo(ada.engine, author="Ada")
            assert read.rows(ada.engine) == merged
        for base in (ada, other, bob, same):
            base.close()
