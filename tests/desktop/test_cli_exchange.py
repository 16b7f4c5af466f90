"""Tables, other bases and change packs on the command line."""

import json
from pathlib import Path

import pytest

from chipscape_db.base_file import copy_base, open_base
from chipscape_db.commands.records import edit_record
from chipscape_desktop.cli import main

TABLE = "Name,Manufacturer,TDP (W),Link\nAscend 910B,Huawei,410,https://example.org/a\nOrion X1,Nvidia,lots,\n"


def answer(capsys, *words: object) -> object:
    """Run a command that answers in JSON, and return the answer."""
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "cards.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def record_id(path: Path, slug: str) -> str:
    base = open_base(path, write=False)
    with base.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id FROM record WHERE slug = ?", (slug,)).scalar_one()
    base.close()
    return found


def edited(path: Path, author: str, **fields: str) -> None:
    chip = record_id(path, "ascend-910b")
    base = open_base(path)
    edit_record(base.engine, author=author, record_id=chip, fields=fields)
    base.close()


@pytest.fixture
def colleague(starter_copy: Path, tmp_path: Path) -> Path:
    path = tmp_path / "colleague.chipscape"
    base = open_base(starter_copy, write=False)
    copy_base(base.engine, path)
    base.close()
    edited(path, "Chen", family="Theirs", form_factor="OAM")
    return path


def test_a_table_is_previewed_imported_and_known_the_next_time(starter_copy, table, tmp_path, capsys):
    assert main(["suggest-mapping", str(table)]) == 0
    mapping = tmp_path / "m.toml"
    mapping.write_text(capsys.readouterr().out, encoding="utf-8")
    code, told = answer(capsys, "import", starter_copy, table, "--mapping", mapping, "--dry-run")
    assert (code, told["changeset"], told["counts"]["new"], told["counts"]["changed"]) == (0, None, 1, 1)
    assert told["problems"] == [
        {"row": 3, "column": "TDP (W)", "text": "'lots' is not a quantity; write a number with its unit, such as 12 W."}
    ]
    assert told["rows"][0]["record"] == "ascend-910b"
    code, told = answer(capsys, "import", starter_copy, table, "--mapping", mapping, "--author", "Ada")
    assert (code, told["changeset"]) == (0, 2)
    code, told = answer(capsys, "import", starter_copy, table)
    assert (code, told["changeset"], told["counts"]["same"]) == (0, None, 2)
    assert main(["check", str(starter_copy)]) == 0
    assert main(["undo", str(starter_copy)]) == 0
    assert "undo import cards.csv" in capsys.readouterr().out


def test_faults_are_one_line_and_exit_code_one(starter_copy, table, tmp_path, capsys):
    (tmp_path / "m.toml").write_text('format = 1\nkind = "ship"\n', encoding="utf-8")
    assert main(["import", str(starter_copy), str(table), "--mapping", str(tmp_path / "m.toml")]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "kind is 'ship'" in told
    assert main(["import", str(starter_copy), str(tmp_path / "none.csv")]) == 1
    assert main(["merge", str(starter_copy), str(table)]) == 1
    assert "cards.csv is not a Chipscape fact base" in capsys.readouterr().err


def test_a_conflict_stops_a_merge_until_it_is_settled(starter_copy, colleague, capsys):
    edited(starter_copy, "Ada", family="Ours")
    assert main(["merge", str(starter_copy), str(colleague)]) == 1
    told = capsys.readouterr().out
    assert "mine 'Ours' (Ada), theirs 'Theirs' (Chen)" in told
    assert "Nothing was merged." in told
    code, told = answer(capsys, "merge", starter_copy, colleague, "--dry-run")
    (conflict,) = told["conflicts"]
    assert (code, conflict["field"], conflict["settled"]) == (0, "family", "")
    code, told = answer(capsys, "merge", starter_copy, colleague, "--settle", f"{conflict['key']}=theirs")
    assert (code, told["counts"]["steps"], told["counts"]["open"]) == (0, 1, 0)
    assert main(["merge", str(starter_copy), str(colleague), "--settle", "mine"]) == 0
    assert "knows all of it already" in capsys.readouterr().out
    code, told = answer(capsys, "history", starter_copy, "--limit", "3")
    assert [(row["action"], row["author"]) for row in told] == [
        ("merge", ""), ("edit-record", "Chen"), ("edit-record", "Ada"),
    ]  # fmt: skip
    with pytest.raises(SystemExit) as wrong:
        main(["merge", str(starter_copy), str(colleague), "--settle", "loudest"])
    assert wrong.value.code == 2


def test_a_pack_is_small_and_merged_like_a_base(starter_copy, colleague, tmp_path, capsys):
    pack = tmp_path / "chen.chipscape-pack"
    code, told = answer(capsys, "pack", colleague, pack)
    assert (code, told["steps"]) == (0, 1)
    assert pack.stat().st_size < 5000
    code, told = answer(capsys, "merge", starter_copy, pack, "--author", "Ada")
    assert (code, {one["field"] for one in told["differences"]}) == (0, {"family", "form_factor"})
    assert main(["pack", str(colleague), str(pack), "--since", "2999"]) == 1
    assert "nothing to pack" in capsys.readouterr().err
