from hashlib import sha256

import pytest

from chipscape_db.commands.deletion import delete_record
from chipscape_db.commands.snapshots import add_snapshot, delete_snapshot
from chipscape_db.errors import Conflict, FileFault, Invalid
from chipscape_db.queries.sources import snapshot_content, snapshots_of
from chipscape_db.reverting import redo, undo
from chipscape_db.snapshot_file import LARGEST, media_type, read_snapshot, safe_name

PAGE = b"<!DOCTYPE html><html><script>alert(1)</script><p>910B: 320 TFLOPS</p></html>"


def keep(engine, source_id, content=PAGE, **more):
    values = {"name": "page.html", "taken_on": "2025-06-30", "snapshot_id": "s1"} | more
    return add_snapshot(engine, author="Ada", source_id=source_id, content=content, **values)


def test_a_copy_is_kept_by_its_hash_taken_back_and_brought_again(engine, id_of, read, rows):
    before, source = rows(), id_of("seed-note")
    keep(engine, source)
    (row,) = read(snapshots_of, source)
    assert (row.name, row.media_type, row.size, row.taken_on) == ("page.html", "text/html", len(PAGE), "2025-06-30")
    assert row.sha256 == sha256(PAGE).hexdigest()
    assert read(snapshot_content, row.id) == (row, PAGE)
    with pytest.raises(Conflict):
        keep(engine, source, snapshot_id="s2")
    undo(engine, author="Ada")
    after = rows()
    assert after.pop("snapshot_content")
    assert not before.pop("snapshot_content")
    assert after == before
    redo(engine, author="Ada")
    assert read(snapshot_content, row.id) == (row, PAGE)
    delete_snapshot(engine, author="Ada", snapshot_id="s1")
    assert read(snapshots_of, source) == ()
    undo(engine, author="Ada")
    assert read(snapshot_content, row.id) == (row, PAGE)


def test_the_journal_holds_no_bytes(engine, id_of):
    keep(engine, id_of("seed-note"), content=b"A secret of the page.")
    with engine.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT group_concat(after) FROM change WHERE table_name = 'snapshot'"
        ).scalar()
        tables = connection.exec_driver_sql("SELECT DISTINCT table_name FROM change").scalars().all()
    assert "secret" not in told
    assert "snapshot_content" not in tables


def test_a_source_goes_with_its_copies(engine, id_of, rows):
    source = id_of("seed-note")
    keep(engine, source)
    before = rows()
    delete_record(engine, author="Ada", record_id=source, take_along=True)
    undo(engine, author="Ada")
    assert rows() == before


def test_bytes_that_are_not_those_kept_are_not_shown(engine, id_of, read):
    keep(engine, id_of("seed-note"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE snapshot_content SET content = x'00'")
    with pytest.raises(FileFault, match="damaged"):
        read(snapshot_content, "s1")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF1234WEBP", "image/webp"),
        (b"  \n<HTML><body>", "text/html"),
        (b"\xef\xbb\xbf<!doctype html>", "text/html"),
        ("Les 910B de Huawei, \u76d8\u53e4".encode(), "text/plain"),
    ],
)
def test_a_kind_is_known_by_what_the_file_holds(content, kind):
    assert media_type(content) == kind


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00\x03", b"\x7fELF\x02\x00", b"PK\x03\x04\x00", b"\xff\xfe\xfd", b"a\x00b"]
)
def test_programs_archives_and_unknown_bytes_are_refused(content):
    with pytest.raises(Invalid, match="Only PDF"):
        media_type(content)


def test_empty_and_too_large_files_are_refused(engine, id_of, tmp_path):
    with pytest.raises(Invalid, match="empty"):
        keep(engine, id_of("seed-note"), content=b"")
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(Invalid, match="25"):
        read_snapshot(large)
    with pytest.raises(FileFault, match="missing"):
        read_snapshot(tmp_path / "missing.pdf")


def test_a_name_can_do_no_harm():
    assert safe_name("../../etc/cron.d/x", "text/plain") == "x.txt"
    assert safe_name("C:\\dir\\report.pdf.exe", "application/pdf") == "report.pdf.exe.pdf"
    assert safe_name("<>:|?*\n", "image/png") == "copy.png"
    assert safe_name("\u56fe.png", "image/png") == "\u56fe.png"


def test_only_sources_have_copies(engine, id_of):
    with pytest.raises(Invalid, match="Only sources"):
        keep(engine, id_of("huawei"))
