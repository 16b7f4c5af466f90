"""What curators keep beside the facts goes into files and comes back, whatever it says."""

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.commands.claims import add_claim
from chipscape_db.commands.records import add_record
from chipscape_db.engine import open_engine
from chipscape_db.errors import FileFault
from chipscape_db.history import record
from chipscape_db.identity import id_of
from chipscape_db.models import (
    Alias,
    Citation,
    Claim,
    Dismissal,
    FormerSlug,
    MapPlace,
    ReviewMark,
    SavedFigure,
    Snapshot,
    Source,
    TableView,
)
from chipscape_db.models.base import Base
from chipscape_db.reverting import undo
from chipscape_db.transfer.csv_check import check_folder
from chipscape_db.transfer.csv_contract import EXTRA_TABLES
from chipscape_db.transfer.csv_dump import dump_folder
from chipscape_db.transfer.csv_kept import store_bytes
from chipscape_db.transfer.csv_load import STARTER_FOLDER, load_folder
from chipscape_db.transfer.problems import BadFacts

Tables = dict[str, list[list[str]]]
Write = Callable[[Tables], Path]
NewEngine = Callable[[], Engine]
KEPT = (
    "source_details", "quotes", "snapshots", "reviews", "dismissals", "former_slugs", "figures", "table_views",
    "map_places",
)  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a dump, those of snapshots too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def keep(engine: Engine, text: str, data: bytes, place: float) -> None:
    """Write one of everything that is kept beside the facts."""
    a1, acme, source = id_of("chip", "a1"), id_of("organization", "acme"), id_of("source", "s-one")
    sha256 = hashlib.sha256(data).hexdigest()
    with record(engine, "keep", text, author=text) as (session, _):
        claim = session.query(Claim).filter_by(metric="compute.fp16").one()
        claim.quote = text
        read = session.get_one(Source, source)
        read.doi, read.reliability = text, "low"
        cited = session.query(Citation).filter_by(record_id=a1, field=None).one()
        cited.quote = text
        store_bytes(session.connection(), [(sha256, data)])
        common = {"source_id": source, "sha256": sha256, "size": len(data), "taken_on": "2026-01-02"}
        session.add_all(
            [
                Snapshot(name=text, media_type=text, **common),
                Snapshot(name=text + "2", media_type="text/html", **common),
                ReviewMark(record_id=a1, author=text, at="2026-01-02T03:04:05.000006+00:00"),
                Dismissal(key=text, record_id=acme, reason=text, author=text, at="2026-01-02"),
                Dismissal(key=f"whole {text}", record_id=None, reason=text, author="", at="2026-01-02"),
                FormerSlug(slug="a-one", record_id=a1),
                SavedFigure(name=text, figure="timeline", content=json.dumps({"title": text}, ensure_ascii=False)),
                TableView(name=text, table_name="chips", content=json.dumps([text])),
                MapPlace(record_id=a1, arrangement=text, x=place, y=-place),
                Alias(record_id=source, alias=text or "x"),
                Citation(record_id=source, source_id=id_of("source", "root-two"), quote=text),
                Citation(record_id=a1, source_id=source, quote="again"),
            ]
        )


def test_the_files_are_as_the_readme_says() -> None:
    readme = (STARTER_FOLDER / "README.md").read_text(encoding="utf-8")
    for table in EXTRA_TABLES.values():
        assert f"| `{table.file}` | `{','.join(table.header)}` |" in readme


def test_everything_kept_comes_back(small: Tables, write: Write, new_engine: NewEngine, tmp_path: Path) -> None:
    one, two = new_engine(), new_engine()
    load_folder(one, write(small), author="me")
    keep(one, "=SUM(A1) “盘古” שלום 🎉\n  two  ", b"%PDF-\x00\xff", 0.1 + 0.2)
    dump_folder(one, tmp_path / "one")
    assert {f"{name}.csv" for name in KEPT} <= contents(tmp_path / "one").keys()
    assert check_folder(tmp_path / "one") == []
    load_folder(two, tmp_path / "one", author="me")
    dump_folder(two, tmp_path / "two")
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert load_folder(one, tmp_path / "two", author="me").tables == frozenset()


def test_what_was_given_a_uuid_at_random_keeps_it(
    small: Tables, write: Write, new_engine: NewEngine, tmp_path: Path
) -> None:
    one, two = new_engine(), new_engine()
    load_folder(one, write(small), author="me")
    source = id_of("source", "s-one")
    add_record(one, author="me", kind="chip", fields={"name": "New one"}, record_id="random-chip", uncited=True)
    values = {"metric": "power.tdp", "value": "300", "stance": "stated", "source_id": source}
    add_claim(one, author="me", subject_id="random-chip", values=values, claim_id="random-claim")
    dump_folder(one, tmp_path / "one")
    told = (tmp_path / "one" / "ids.csv").read_text(encoding="utf-8").splitlines()
    assert told[0] == "of,id,uuid"
    assert told[2] == "records,new-one,random-chip"
    assert told[1].endswith(",random-claim")
    load_folder(two, tmp_path / "one", author="me")
    with Session(two) as session:
        assert session.get_one(Claim, "random-claim").subject_id == "random-chip"
    assert load_folder(one, tmp_path / "one", author="me").tables == frozenset()


def test_loading_plain_files_keeps_all_that_they_do_not_speak_of(
    small: Tables, write: Write, engine: Engine, tmp_path: Path
) -> None:
    folder = write(small)
    load_folder(engine, folder, author="me")
    keep(engine, "mine", b"bytes", 1.5)
    dump_folder(engine, tmp_path / "before")
    assert load_folder(engine, folder, author="me").tables == frozenset()
    dump_folder(engine, tmp_path / "after")
    assert contents(tmp_path / "after") == contents(tmp_path / "before")


def test_what_a_file_says_anew_is_changed_and_undone(
    small: Tables, write: Write, engine: Engine, tmp_path: Path
) -> None:
    load_folder(engine, write(small), author="me")
    keep(engine, "mine", b"bytes", 1.5)
    dump_folder(engine, tmp_path / "one")
    places = tmp_path / "one" / "map_places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("1.5,-1.5", "2,3"), encoding="utf-8")
    assert load_folder(engine, tmp_path / "one", author="me").tables == {"map_place"}
    with Session(engine) as session:
        assert session.query(MapPlace).one().x == 2
    undo(engine, author="me")
    with Session(engine) as session:
        assert session.query(MapPlace).one().x == 1.5


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("cut", "has 2 bytes"),
        ("swap", "other bytes"),
        ("remove", "is missing"),
        ("fingerprint", "fingerprint of no row"),
    ],
)
def test_a_damaged_folder_is_refused_whole(
    small: Tables, write: Write, new_engine: NewEngine, tmp_path: Path, damage: str, told: str
) -> None:
    one, two = new_engine(), new_engine()
    load_folder(one, write(small), author="me")
    keep(one, "mine", b"bytes", 1.5)
    dump_folder(one, tmp_path / "one")
    (stored,) = (tmp_path / "one" / "snapshots").iterdir()
    quotes = tmp_path / "one" / "quotes.csv"
    if damage == "cut":
        stored.write_bytes(b"by")
    elif damage == "swap":
        stored.write_bytes(b"BYTES")
    elif damage == "remove":
        stored.unlink()
    else:
        quotes.write_text("of,id,quote\nclaims,nobody,said\n", encoding="utf-8")
    with pytest.raises(BadFacts, match=told):
        load_folder(two, tmp_path / "one", author="me")
    with two.connect() as connection:
        for table in Base.metadata.tables:
            if table not in ("metric", "property"):
                assert connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar() == 0, table


def test_a_folder_of_snapshots_that_is_not_ours_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    dump_folder(engine, tmp_path / "out")
    (tmp_path / "out" / "snapshots").mkdir()
    (tmp_path / "out" / "snapshots" / "thesis.pdf").write_bytes(b"precious")
    with pytest.raises(FileFault, match="other files"):
        dump_folder(engine, tmp_path / "out")
    assert (tmp_path / "out" / "snapshots" / "thesis.pdf").read_bytes() == b"precious"


_ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc")),
        st.sampled_from("=+-@,;\"'\n\t\r\u2028 盘古שלום🎉é"),
    ),
    min_size=1,
    max_size=20,
)


@given(_ANY_TEXT, st.binary(max_size=40), st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_dump_load_dump_is_stable_with_any_text(
    empty_base: Path, small: Tables, text: str, data: bytes, place: float
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = folder / "facts"
        facts.mkdir()
        for table, rows in small.items():
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\n").writerows(rows)
            (facts / f"{table}.csv").write_bytes(out.getvalue().encode())
        engines = []
        for number in (1, 2):
            (folder / f"{number}.chipscape").write_bytes(empty_base.read_bytes())
            engines.append(open_engine(folder / f"{number}.chipscape"))
        load_folder(engines[0], facts, author="me")
        keep(engines[0], text, data, place)
        dump_folder(engines[0], folder / "one")
        load_folder(engines[1], folder / "one", author="me")
        dump_folder(engines[1], folder / "two")
        again = load_folder(engines[1], folder / "one", author="me")
        for engine in engines:
            engine.dispose()
        assert contents(folder / "one") == contents(folder / "two")
        assert again.tables == frozenset()
