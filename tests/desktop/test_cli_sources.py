import json

import pytest

from chipscape_desktop.cli import main


@pytest.mark.parametrize("suffix", [".json", ".bib", ".ris"])
def test_sources_leave_and_come_into_an_empty_base_as_one_step(starter, tmp_path, capsys, suffix):
    out, base = tmp_path / f"all{suffix}", tmp_path / "new.chipscape"
    assert main(["export-sources", str(starter), str(out)]) == 0
    assert main(["new", str(base), "--empty"]) == 0
    assert main(["import-sources", str(base), str(out), "--json", "--author", "Ada"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["added"] > 1000
    assert main(["import-sources", str(base), str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": 0, "changed": 0, "known": told["added"]}
    assert main(["undo", str(base)]) == 0
    capsys.readouterr()
    assert main(["info", str(base), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"].get("source", 0) == 0


def test_one_source_to_standard_output(starter, capsys):
    assert main(["export-sources", str(starter), "-", "--format", "ris", "--source", "seed-note"]) == 0
    text = capsys.readouterr().out
    assert text.count("ER  -") == 1
    assert "ID  - seed-note" in text


def test_what_rests_on_a_source_is_listed_and_deprecated_with_a_reason(starter_copy, capsys):
    assert main(["rests-on", str(starter_copy), "seed-note", "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    claims = [row for row in before if row["kind"] == "claim"]
    assert main(["rests-on", str(starter_copy), "seed-note", "--deprecate", "It was a draft.", "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert {row["rank"] for row in after if row["kind"] == "claim"} <= {"deprecated"}
    assert len(after) == len(before)
    assert len(claims) == sum(row["rank"] == "deprecated" for row in after)


def test_a_copy_is_kept(starter_copy, tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text("<html>x</html>")
    assert main(["keep-copy", str(starter_copy), "seed-note", str(page), "--taken-on", "2025-06-30"]) == 0
    assert main(["keep-copy", str(starter_copy), "seed-note", str(page)]) == 1
    assert "very copy already" in capsys.readouterr().err


def test_duplicates_are_listed(starter, capsys):
    code = main(["source-duplicates", str(starter), "--json"])
    groups = json.loads(capsys.readouterr().out)
    assert code == (1 if groups else 0)
    assert all(len(group["sources"]) > 1 for group in groups)


def test_a_file_that_is_no_bibliography_is_refused_in_one_line(starter_copy, tmp_path, capsys):
    table = tmp_path / "x.json"
    table.write_text("{")
    assert main(["import-sources", str(starter_copy), str(table)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
