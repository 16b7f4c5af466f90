"""Milestones, against the seed files read without our code."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.models import Record
from chipscape_db.queries.milestones import MILESTONE_KEYS, Reached, lag_months, milestones


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def ids(session: Session, *slugs: str) -> list[str]:
    return [session.scalars(select(Record.id).where(Record.slug == slug)).one() for slug in slugs]


def seed(name: str) -> list[dict[str, str]]:
    with (files("chipscape_db") / "seed" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of(reached: tuple[Reached, ...], milestone: str, organization: str) -> Reached | None:
    return next((one for one in reached if (one.milestone, one.organization_id) == (milestone, organization)), None)


def test_the_first_model_of_a_size_is_that_of_the_seed_files(session):
    huawei, nvidia = ids(session, "huawei", "nvidia")
    found = milestones(session, [huawei, nvidia]).reached
    sizes: dict[str, list[float]] = {}
    for row in seed("claims"):
        if row["metric"] == "model.parameters" and row["bound"] in ("", "about"):
            sizes.setdefault(row["subject_id"], []).append(float(row["value"]))
    for slug, id_ in (("huawei", huawei), ("nvidia", nvidia)):
        # All claims on one model lie on the same side of the threshold, so no choosing rule is needed here.
        large = [m for m in seed("models") if m["developer_id"] == slug and min(sizes.get(m["id"], [0])) >= 100]
        first = min(large, key=lambda model: model["released_on"])
        reached = of(found, "model-100b", id_)
        assert reached is not None
        assert (reached.name, reached.date) == (first["name"], first["released_on"])


def test_a_milestone_names_the_claims_and_sources_behind_it(session):
    (huawei,) = ids(session, "huawei")
    reached = of(milestones(session, [huawei]).reached, "node-7", huawei)
    assert reached is not None
    assert reached.name == "Ascend 910"
    assert reached.value == 7
    assert reached.claim_ids
    assert set(reached.sources) <= set(milestones(session, [huawei]).sources)


def test_they_come_in_the_order_of_the_list_and_of_the_organizations(session):
    asked = ids(session, "nvidia", "huawei")
    found = [(MILESTONE_KEYS.index(one.milestone), asked.index(one.organization_id))
             for one in milestones(session, asked).reached]  # fmt: skip
    assert found == sorted(found)


def test_what_had_not_happened_by_the_as_of_date_is_not_reached(session):
    (nvidia,) = ids(session, "nvidia")
    early = milestones(session, [nvidia], as_of=date(2019, 1, 1)).reached
    assert of(early, "first-chip", nvidia) is not None
    assert of(early, "node-7", nvidia) is None


def test_sparse_values_reach_nothing(session):
    everyone = list(session.scalars(select(Record.id).where(Record.kind == "organization")))
    sparse = {row["subject_id"] for row in seed("claims") if row["sparsity"] == "sparse"}
    slugs = dict(session.execute(select(Record.id, Record.slug)).all())
    dense = {(row["subject_id"], row["metric"]) for row in seed("claims") if row["sparsity"] != "sparse"}
    for one in milestones(session, everyone).reached:
        slug = slugs[one.record_id]
        if one.metric.startswith("compute.") and slug in sparse:
            assert (slug, one.metric) in dense


def test_a_lag_is_told_between_the_middles_with_its_least_and_most():
    def reached(low: int, high: int) -> Reached:
        return Reached("first-chip", "o", "r", "n", "chip", "2020", low, high, False)

    middle, least, most = lag_months(reached(0, 0), reached(365, 365))
    assert middle == least == most == pytest.approx(365 / 30.4375)
    middle, least, most = lag_months(reached(0, 364), reached(300, 300))
    assert least < 0 < middle < most


def test_the_number_of_statements_does_not_grow_with_the_organizations_by_more_than_four_each(session):
    def statements(count: int) -> int:
        asked = list(session.scalars(select(Record.id).where(Record.kind == "organization").limit(count)))
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", note)
        try:
            milestones(session, asked)
        finally:
            event.remove(bind, "before_cursor_execute", note)
        return len(seen)

    statements(2)  # reads what is kept from one time to the next
    assert statements(6) - statements(2) <= 16
