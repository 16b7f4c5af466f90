"""The review on the command line: a gate that can be made stricter, findings settled with reasons, records merged."""

import json
from pathlib import Path

import pytest

from chipscape_desktop import cli


@pytest.fixture
def run(capsys):
    def do(*arguments, code=0):
        assert cli.main([str(each) for each in arguments]) == code
        out = capsys.readouterr()
        return json.loads(out.out) if "--json" in arguments else out.out + out.err

    return do


def test_the_gate_fails_on_what_is_asked_and_not_on_what_is_settled(run, starter_copy: Path) -> None:
    assert run("check", starter_copy, "--json") == []
    warned = run("check", starter_copy, "--fail-on", "warning", "--json", code=1)
    assert {one["severity"] for one in warned} == {"warning"}
    strict = run("check", starter_copy, "--strict", "--json", code=1)
    assert len(strict) > len(warned)
    first = warned[0]
    run("settle", starter_copy, first["key"], "--reason", "Both are right.", "--author", "Ada")
    assert first["key"] not in {
        one["key"] for one in run("check", starter_copy, "--fail-on", "warning", "--json", code=1)
    }
    settled = run("review", starter_copy, "--settled", "--json")
    assert settled == [first | {"settled": settled[0]["settled"]}]
    assert (settled[0]["settled"]["reason"], settled[0]["settled"]["author"]) == ("Both are right.", "Ada")
    assert "1 settled" in run("review", starter_copy, "--days")
    run("reopen", starter_copy, first["key"])
    assert run("review", starter_copy, "--settled") == "Nothing to review.\n"
    assert "no such finding" in run("settle", starter_copy, "nonsense", "--reason", "x", code=1)


def test_old_and_single_sourced_facts_about_one_organization_are_listed(run, starter: Path) -> None:
    found = run("review", starter, "--about", "huawei", "--check", "uncited", "--check", "stale-single", "--json")
    assert found
    assert {one["code"] for one in found} <= {"uncited", "stale-single"}
    assert len(found) < len(run("review", starter, "--check", "stale-single", "--json"))


def test_records_are_merged_and_the_old_slug_leads_to_the_one_kept(run, starter_copy: Path) -> None:
    run("merge-records", starter_copy, "cambricon", "moore-threads", "--reason", "A test.", "--author", "Ada")
    assert run("claims", starter_copy, "moore-threads", "--json") == run("claims", starter_copy, "cambricon", "--json")
    assert "cambricon" in run("search", starter_copy, "moore-threads")
    assert run("history", starter_copy, "--json")[0]["reason"] == "A test."
    assert "[A test.]" in run("history", starter_copy, "test", "--by", "Ada", "--record", "cambricon")
    assert run("history", starter_copy, "--by", "Bob") == "No changes yet.\n"
    run("undo", starter_copy)
    assert run("check", starter_copy, "--json") == []
    assert "has no field" in run("merge-records", starter_copy, "cambricon", "moore-threads", "--take", "x", code=1)
