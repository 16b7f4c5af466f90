"""Answers as words, tables and marks: every number that is cited is a source, every row stands for something."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.errors import Invalid, NotFound
from chipscape_db.filters import Filters
from chipscape_db.network.chokepoints import chokepoints
from chipscape_db.network.communities import communities
from chipscape_db.network.cut import dependency_cut
from chipscape_db.network.graph import Network
from chipscape_db.network.paths import paths
from chipscape_db.network.supply import supply_chain
from chipscape_db.queries.ecosystem import EcosystemRows, ecosystem
from chipscape_desktop import i18n
from chipscape_desktop.export.jobs import ExportJob, export_figure
from chipscape_desktop.figures.answers.answer import Answer, Statement
from chipscape_desktop.figures.answers.chains import chains_answer
from chipscape_desktop.figures.answers.cuts import cut_answer
from chipscape_desktop.figures.answers.supplies import supply_answer
from chipscape_desktop.figures.answers.whole import chokepoints_answer, communities_answer
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.answered import answered, role_legend


@pytest.fixture(scope="module")
def rows(starter: Path) -> EcosystemRows:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        found = ecosystem(session, Filters(), language="en")
    base.close()
    return found


@pytest.fixture(scope="module")
def network(rows: EcosystemRows) -> Network:
    return Network.of(rows)


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


def all_answers(network: Network) -> list[Answer]:
    return [
        chains_answer(network, paths(network, "pangu-pro-moe", "tsmc", every=True), every=True),
        chains_answer(network, paths(network, "pangu-pro-moe", "gemma-3")),
        cut_answer(network, dependency_cut(network, "tsmc")),
        cut_answer(network, dependency_cut(network, "tsmc", kinds=("manufactures",)), kinds=("manufactures",)),
        supply_answer(network, supply_chain(network, "pangu-pro-moe")),
        chokepoints_answer(network, chokepoints(network)),
        communities_answer(network, communities(network)),
    ]


def test_what_is_cited_is_among_the_sources_and_every_source_is_cited(network: Network, language: str) -> None:
    for answer in all_answers(network):
        numbers = {source.number for source in answer.caption.sources}
        assert numbers == set(range(1, len(numbers) + 1))
        cells = {int(one) for row in answer.table.rows for one in row[-1].split(", ") if one}
        said = {
            int(one) for statement in answer.statements for group in re.findall(r"\[([\d, ]+)\]", statement.cited())
            for one in group.split(", ")
        }  # fmt: skip
        assert cells | said == numbers
        assert all(len(row) == len(answer.table.columns) for row in answer.table.rows)
        assert all(ref.ids and ref.title for ref in answer.table.refs)
        assert answer.roles.keys() <= network.nodes.keys()
        assert answer.links <= {link.id for link in network.links}


def test_numbers_in_tables_are_numbers(network: Network) -> None:
    answer = cut_answer(network, dependency_cut(network, "tsmc"), as_of=date(2025, 6, 30))
    steps = answer.table.columns.index("Steps")
    assert all(numbers[steps] == float(row[steps]) for row, numbers in
               zip(answer.table.rows, answer.table.numbers, strict=True))  # fmt: skip
    assert "as of 30 June 2025" in answer.caption.subtitle
    assert all(isinstance(one, float | None) for numbers in answer.table.numbers for one in numbers)


def test_answers_without_anything_say_so(network: Network) -> None:
    chain = supply_answer(network, supply_chain(network, "tsmc", kinds=("runs-on",)))
    assert chain.caption.title == "Nothing on record supplies TSMC"
    cut = cut_answer(network, dependency_cut(network, "pangu-weather", kinds=("runs-on",)))
    assert cut.caption.title == "Nothing on record depends on Pangu-Weather"
    assert not cut.table.rows
    assert Statement("It is so.", (1, 3)).cited() == "It is so [1, 3]."


@pytest.mark.parametrize("ask", ["path:pangu-pro-moe:smic", "cut:tsmc", "supply:pangu-3", "chokepoints", "communities"])
def test_a_figure_without_a_window_takes_the_question_as_an_option(rows: EcosystemRows, ask: str) -> None:
    spec = FIGURE.build(rows, Request(options={"ask": ask}))
    assert spec.emphasis is not None
    assert spec.caption.title != FIGURE.build(rows, Request()).caption.title
    assert spec.caption.sources


def test_a_question_that_is_none_is_refused_with_those_there_are(rows: EcosystemRows) -> None:
    with pytest.raises(Invalid, match="ask cannot be why:tsmc; choose one of path:A:B"):
        FIGURE.build(rows, Request(options={"ask": "why:tsmc"}))
    with pytest.raises(NotFound, match="nobody"):
        FIGURE.build(rows, Request(options={"ask": "cut:nobody"}))


def test_an_exported_map_carries_the_answer_its_legend_and_its_sources(
    rows: EcosystemRows, network: Network, tmp_path: Path
) -> None:
    answer = cut_answer(network, dependency_cut(network, "smic"))
    spec = answered(FIGURE.build(rows, Request()), answer)
    assert spec.emphasis is not None
    assert {spec.nodes[number].id for number in spec.emphasis.nodes} <= answer.roles.keys()
    shown = [entry.label for entry in spec.caption.legend]
    assert "supply" in shown
    assert "rivalry" not in shown
    assert "policy" not in shown
    assert [entry.label for entry in role_legend(answer)] == ["no other way on record", "another way on record"]
    job = ExportJob("ecosystem", Request(), (1200.0, 800.0), "print", "starter")
    export_figure(job, spec, tmp_path / "cut.svg")
    text = (tmp_path / "cut.svg").read_text(encoding="utf-8")
    assert "Without SMIC" in text
    assert "no other way on record" in text
