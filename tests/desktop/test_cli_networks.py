"""Questions asked of the network and its files on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from chipscape_desktop.cli import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object, code: int = 0) -> str:
        assert main([str(one) for one in arguments]) == code
        out, err = capsys.readouterr()
        return out if code == 0 else err or out

    return call


def test_a_path_is_written_out_and_cited(run: Any, starter: Path) -> None:
    told = run("path", starter, "pangu-pro-moe", "smic")
    assert told.startswith("Pangu Pro MoE depends on SMIC, 2 steps away\n")
    assert "Pangu Pro MoE runs on Ascend 910B [" in told
    assert "SMIC manufactures Ascend 910B [" in told
    assert "\n[1] " in told
    plain = json.loads(run("path", starter, "pangu-pro-moe", "smic", "--json"))
    assert plain["sense"] == "needs"
    assert ["pangu-pro-moe", "ascend-910b", "smic"] in plain["chains"]
    assert plain["sources"][0].keys() == {"number", "text", "url"}


def test_a_path_speaks_french_and_counts_only_what_held_that_day(run: Any, starter: Path) -> None:
    told = run("path", starter, "pangu-pro-moe", "smic", "--lang", "fr")
    assert told.startswith("Pangu Pro MoE dépend de SMIC, à 2 étapes")
    then = run("path", starter, "pangu-pro-moe", "smic", "--as-of", "2025-01-01", code=1)
    assert "pangu-pro-moe is not among the records shown" in then


def test_a_slug_that_no_record_has_is_refused_with_those_that_are_near(run: Any, starter: Path) -> None:
    assert "did you mean" in run("cut", starter, "tsm", code=1)
    assert "There is no record nobody-at-all" in run("path", starter, "tsmc", "nobody-at-all", code=1)


def test_a_cut_lists_who_is_hit_and_writes_it_as_a_table(run: Any, starter: Path, tmp_path: Path) -> None:
    plain = json.loads(run("cut", starter, "tsmc", "--json"))
    kinds = {hit["kind"] for hit in plain["hits"]}
    assert kinds >= {"chip", "model", "sector"}
    assert "290 records" in run("cut", starter, "tsmc") or plain["answer"].startswith("Without TSMC,")
    only = json.loads(run("cut", starter, "tsmc", "--only-lost", "--kind", "manufactures", "--json"))
    assert all(hit["lost"] and hit["kind"] == "chip" for hit in only["hits"])
    run("cut", starter, "tsmc", "--out", tmp_path / "cut.csv")
    lines = (tmp_path / "cut.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Rank,Record,Kind,Country,Steps,Other ways")
    assert lines[1].startswith("1,")
    run("cut", starter, "tsmc", "--out", tmp_path / "cut.xlsx")
    assert (tmp_path / "cut.xlsx").read_bytes()[:2] == b"PK"
    assert "cut.doc" in run("cut", starter, "tsmc", "--out", tmp_path / "cut.doc", code=1)


def test_chokepoints_communities_and_supply_answer(run: Any, starter: Path) -> None:
    points = json.loads(run("chokepoints", starter, "--limit", "3", "--json"))["points"]
    assert len(points) == 3
    assert points[0]["betweenness"] >= points[1]["betweenness"]
    assert "Map falls apart" in run("chokepoints", starter)
    groups = json.loads(run("communities", starter, "--json"))["groups"]
    assert sum(map(len, groups)) > 500
    assert "% of the supply chain of Pangu Pro MoE is domestic (China)" in run("supply", starter, "pangu-pro-moe")


def test_a_network_leaves_and_comes_back(run: Any, starter: Path, starter_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.gexf"
    run("network", starter, out, "--country", "TW", "--no-places")
    told = run("import-network", starter_copy, out)
    assert told == "Nothing to bring in: the fact base holds all of it already.\n"
    assert "endings must be" not in run("network", starter, tmp_path / "map.doc", code=1)
    placed = tmp_path / "map.cyjs"
    run("network", starter, placed, "--country", "TW")
    nodes = json.loads(placed.read_text())["elements"]["nodes"]
    assert nodes
    assert all("position" in node for node in nodes)


def test_a_foreign_network_is_previewed_mapped_and_brought_in_as_one_step(
    run: Any, starter_copy: Path, tmp_path: Path
) -> None:
    path = tmp_path / "k.json"
    path.write_text(json.dumps({
        "elements": [{"label": "Foo Fab", "type": "Gizmo", "colour": "red"}, {"label": "Bar", "type": "chip"}],
        "connections": [{"from": "Foo Fab", "to": "Bar", "type": "zaps"}],
    }))  # fmt: skip
    plain = json.loads(run("import-network", starter_copy, path, "--dry-run", "--json", code=1))
    assert (plain["new_records"], plain["new_relationships"], plain["left_out_attributes"]) == (2, 0, ["colour"])
    assert "does not join organization and chip" in plain["obstacles"][0]
    assert "cannot come in; the first is edge c1" in run("import-network", starter_copy, path, code=1)
    assert "it has " in run("import-network", starter_copy, path, "--map", "nonsense=chip", code=1)
    assert "choose one of" in run("import-network", starter_copy, path, "--map", "zaps=flies", code=1)
    mapping = ("--map", "zaps=manufactures", "--map", "Gizmo=organization")
    told = run("import-network", starter_copy, path, *mapping, "--author", "Ada")
    assert "edit import-network k.json" in told
    assert json.loads(run("path", starter_copy, "bar", "foo-fab", "--json"))["sense"] == "needs"
    run("undo", starter_copy)
    assert "bar" in run("path", starter_copy, "bar", "foo-fab", code=1)
