"""Change packs: small, merged like a base, and refused in words where they are damaged or reach too far."""

import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chipscape_db.base_file import open_base
from chipscape_db.commands.records import rename_record
from chipscape_db.errors import FactsError, FileFault, Invalid, NewerFile
from chipscape_db.merging.applying import merge
from chipscape_db.merging.other_side import read_other
from chipscape_db.merging.pack import write_pack


def pack(base, path: Path, since: str = "") -> int:
    with base.engine.connect() as connection:
        return write_pack(connection, path, name="mine", since=since)


def newest(base) -> str:
    with base.engine.connect() as connection:
        return str(connection.exec_driver_sql("SELECT max(id) FROM changeset").scalar_one())


def test_a_pack_holds_what_was_done_since_and_is_merged_like_a_base(curators, read, tmp_path) -> None:
    ada, bob = curators("ada"), curators("bob")
    start = newest(bob)
    rename_record(bob.engine, author="Bob", record_id="c1", name="Bob's")
    assert pack(bob, tmp_path / "b.chipscape-pack", start) == 1
    assert (tmp_path / "b.chipscape-pack").stat().st_size < 5000
    theirs = read_other(tmp_path / "b.chipscape-pack")
    assert merge(ada.engine, author="Ada", theirs=theirs)[0] is not None
    assert read.name(ada.engine, "c1") == "Bob's"
    assert merge(ada.engine, author="Ada", theirs=theirs)[0] is None
    assert merge(ada.engine, author="Ada", theirs=read_other(bob.path))[0] is None


def test_a_pack_that_builds_on_unknown_changes_is_refused(curators, tmp_path) -> None:
    ada, bob = curators("ada"), curators("bob")
    rename_record(bob.engine, author="Bob", record_id="c1", name="Once")
    start = newest(bob)
    rename_record(bob.engine, author="Bob", record_id="c2", name="Twice")
    pack(bob, tmp_path / "b.chipscape-pack", start)
    with pytest.raises(Invalid, match="builds on 1 changes"):
        merge(ada.engine, author="Ada", theirs=read_other(tmp_path / "b.chipscape-pack"))


def test_since_may_be_a_day(curators, tmp_path) -> None:
    bob = curators("bob")
    rename_record(bob.engine, author="Bob", record_id="c1", name="Bob's")
    assert pack(bob, tmp_path / "all.chipscape-pack", "2020") > 5
    with pytest.raises(Invalid, match="nothing to pack"):
        pack(bob, tmp_path / "none.chipscape-pack", "2999-01-01")
    with pytest.raises(Invalid, match="not a date"):
        pack(bob, tmp_path / "none.chipscape-pack", "yesterday")
    assert not (tmp_path / "none.chipscape-pack").exists()


def rewrite(path: Path, change) -> Path:
    """Write a pack again with other contents."""
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("pack.json"))
    change(told)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pack.json", json.dumps(told))
    return path


DAMAGES = {
    "newer": (lambda told: told.update(schema=99), NewerFile),
    "format": (lambda told: told.update(format="other"), FileFault),
    "table": (lambda told: told["steps"][0]["changes"][0].__setitem__(0, 'claim"; DROP TABLE claim; --'), FileFault),
    "column": (lambda told: told["steps"][0]["changes"][0][4].update({'x" = 1; --': 1}), FileFault),
    "key": (lambda told: told["steps"][0]["changes"][0].__setitem__(2, {}), FileFault),
    "nested": (lambda told: told["steps"][0]["changes"][0][4].update(name=["a"]), FileFault),
    "steps": (lambda told: told.update(steps=[{"uuid": 3}]), FileFault),
    "list": (lambda told: told.update(steps=3), FileFault),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_pack_that_was_tampered_with_is_refused(curators, tmp_path, name: str) -> None:
    bob = curators("bob")
    start = newest(bob)
    rename_record(bob.engine, author="Bob", record_id="c1", name="Bob's")
    pack(bob, tmp_path / "b.chipscape-pack", start)
    change, kind = DAMAGES[name]
    with pytest.raises(kind):
        read_other(rewrite(tmp_path / "b.chipscape-pack", change))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), flip=st.integers(0, 10_000))
def test_a_pack_cut_off_or_damaged_anywhere_is_read_or_refused(ancestor, tmp_path_factory, cut, flip) -> None:
    folder = tmp_path_factory.mktemp("pack")
    base = open_base(ancestor, write=False)
    pack(base, folder / "b.chipscape-pack")
    base.close()
    data = bytearray((folder / "b.chipscape-pack").read_bytes())
    data[flip % len(data)] ^= 0x55
    (folder / "b.chipscape-pack").write_bytes(data[: max(4, int(len(data) * cut))])
    with suppress(FactsError):
        read_other(folder / "b.chipscape-pack")


def test_an_older_base_is_merged_from_a_copy(curators, read, tmp_path) -> None:
    old = Path(__file__).parents[2] / "data" / "schemas" / "0002.sqlite"
    path = tmp_path / "old.chipscape"
    path.write_bytes(old.read_bytes())
    before = path.read_bytes()
    theirs = read_other(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("old.chipscape*")] == ["old.chipscape"]
    assert theirs.name == "old.chipscape"
