import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

import chipscape_db
from chipscape_db.base_file import FactBase, open_base
from chipscape_db.errors import NotFound
from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries.briefs import briefs
from chipscape_db.queries.ecosystem import SHOWABLE, EcosystemRows, ecosystem, holds

SEED = Path(chipscape_db.__file__).parent / "seed"


def seed(name: str) -> list[dict[str, str]]:
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def base(starter: Path) -> Iterator[FactBase]:
    opened = open_base(starter, write=False)
    yield opened
    opened.close()


def read(base: FactBase, filters: Filters = Filters(), **asked: str) -> EcosystemRows:  # noqa: B008 - frozen
    with Session(base.engine) as session:
        return ecosystem(session, filters, language=asked.pop("language", "en"), **asked)


def pairs(rows: EcosystemRows) -> set[tuple[str, str, str]]:
    slugs = {node.id: node.slug for node in rows.nodes}
    return {(slugs[edge.subject], edge.kind, slugs[edge.object]) for edge in rows.edges}


def test_unfiltered_everything_of_the_files_is_there(base: FactBase) -> None:
    rows = read(base)
    files = ("organizations", "chips", "models", "software", "policies", "sectors")
    assert {node.slug for node in rows.nodes} == {row["id"] for name in files for row in seed(name)}
    told = {(row["subject_id"], row["kind"], row["object_id"]) for row in seed("relationships")}
    assert pairs(rows) == told
    assert len(rows.edges) == len(seed("relationships"))


@pytest.mark.parametrize("country", ["CN", "US", "TW"])
def test_a_country_keeps_its_records_and_the_relationships_among_them(base: FactBase, country: str) -> None:
    filters = Filters(countries=frozenset({country}))
    rows = read(base, filters)
    with Session(base.engine) as session:
        kept = {brief.slug for brief in briefs(session, filters, language="en").values() if brief.kind in SHOWABLE}
    assert {node.slug for node in rows.nodes} == kept
    everything = pairs(read(base))
    assert pairs(rows) == {link for link in everything if link[0] in kept and link[2] in kept}


def test_relationships_bow_to_the_filter_on_certainty(base: FactBase) -> None:
    rows = read(base, Filters(certainties=frozenset({"official"})))
    assert rows.edges
    assert {edge.certainty for edge in rows.edges} == {"official"}
    assert {node.certainty for node in rows.nodes} == {"official"}


def test_as_of_keeps_what_had_begun_and_had_not_ended(base: FactBase) -> None:
    day = date(2021, 1, 1)
    shown = pairs(read(base, Filters(as_of=day)))
    nodes = {node.slug for node in read(base, Filters(as_of=day)).nodes}
    rules = {row["id"]: row["ended_on"] for row in seed("policies")}
    for row in seed("relationships"):
        started = not row["starts_on"] or (PartialDate.parse(row["starts_on"]).earliest or day) <= day
        end = row["ends_on"] or (rules.get(row["subject_id"], "") if row["kind"] == "restricts" else "")
        ended = bool(end) and (PartialDate.parse(end).latest or day) < day
        both = row["subject_id"] in nodes and row["object_id"] in nodes
        link = (row["subject_id"], row["kind"], row["object_id"])
        assert (link in shown) == (started and not ended and both), row


def test_what_a_rule_restricted_ends_with_the_rule(base: FactBase) -> None:
    ended = [row for row in seed("policies") if row["ended_on"]]
    restricting = {row["subject_id"] for row in seed("relationships") if row["kind"] == "restricts"}
    gone = {row["id"] for row in ended if row["id"] in restricting}
    assert gone
    later = pairs(read(base, Filters(as_of=date(2026, 12, 31))))
    assert not {link for link in later if link[0] in gone and link[1] == "restricts"}
    assert {link[0] for link in pairs(read(base)) if link[1] == "restricts"} >= gone


@pytest.mark.parametrize(
    ("span", "filters", "passes"),
    [
        ((None, None), Filters(as_of=date(2020, 1, 1)), True),
        ((10_000, None), Filters(as_of=date(1997, 5, 19)), True),
        ((10_000, None), Filters(as_of=date(1997, 5, 18)), False),
        ((None, 10_000), Filters(as_of=date(1997, 5, 19)), True),
        ((None, 10_000), Filters(as_of=date(1997, 5, 20)), False),
        ((10_000, None), Filters(end=date(1997, 5, 18)), False),
        ((None, 10_000), Filters(start=date(1997, 5, 20)), False),
        ((10_000, 10_010), Filters(start=date(1997, 5, 20), end=date(1997, 5, 20)), True),
    ],
)
def test_ends_belong_to_the_time_in_which_something_holds(
    span: tuple[int | None, int | None], filters: Filters, passes: bool
) -> None:
    assert holds(*span, filters=filters) is passes


def test_every_node_and_edge_leads_to_its_sources(base: FactBase) -> None:
    rows = read(base)
    shown = {node.id: node.sources for node in rows.nodes} | {edge.id: edge.sources for edge in rows.edges}
    for ids in shown.values():
        assert ids
        assert rows.sources.keys() >= set(ids)
    cited = {(row["subject_id"], row["source_id"]) for row in seed("citations")}
    with Session(base.engine) as session:
        from chipscape_db.models import Record, Relationship

        slugs = dict(session.query(Record.id, Record.slug).all()) | dict(
            session.query(Relationship.id, Relationship.slug).all()
        )
    for id_, ids in shown.items():
        assert {(slugs[id_], slugs[source]) for source in ids} == {pair for pair in cited if pair[0] == slugs[id_]}


def test_the_center_is_there_whatever_the_filters(base: FactBase) -> None:
    filters = Filters(countries=frozenset({"US"}))
    assert "huawei" not in {node.slug for node in read(base, filters).nodes}
    assert "huawei" in {node.slug for node in read(base, filters, always="huawei").nodes}


@pytest.mark.parametrize("slug", ["no-such-thing", "seed-note"])
def test_a_center_that_cannot_be_on_the_map_is_refused_by_name(base: FactBase, slug: str) -> None:
    with pytest.raises(NotFound, match=slug):
        read(base, always=slug)


def test_names_come_in_the_language(base: FactBase) -> None:
    french = {node.slug: node.name for node in read(base, language="fr").nodes}
    for row in seed("sectors"):
        assert french[row["id"]] == row["name_fr"]


def test_a_fixed_number_of_queries_is_enough(base: FactBase) -> None:
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(base.engine, "before_cursor_execute", count)
    try:
        read(base)
    finally:
        event.remove(base.engine, "before_cursor_execute", count)
    assert len([statement for statement in asked if statement.startswith("SELECT")]) <= 24
