"""What the figures of performance are made of, on the starter facts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.errors import NotFound
from chipscape_db.filters import Filters
from chipscape_db.queries.performance import PerformanceRows, performance


@pytest.fixture
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def by_slug(rows: PerformanceRows) -> dict[str, str]:
    return {subject.brief.slug: subject.brief.id for subject in rows.subjects}


def test_all_chips_come_with_or_without_a_claim(session: Session) -> None:
    rows = performance(session, Filters(), metric_key="compute.fp16")
    assert len(rows.subjects) == 171
    assert 0 < len(rows.claims) < 171
    assert {subject.brief.kind for subject in rows.subjects} == {"chip"}


def test_models_come_for_metrics_of_models(session: Session) -> None:
    rows = performance(session, Filters(), metric_key="model.parameters")
    assert {subject.brief.kind for subject in rows.subjects} == {"model"}


def test_systems_and_mere_announcements_are_marked(session: Session) -> None:
    subjects = {one.brief.slug: one for one in performance(session, Filters(), metric_key="compute.fp16").subjects}
    assert subjects["cloudmatrix-384"].is_system
    assert not subjects["ascend-910b"].is_system
    assert subjects["nvidia-b200"].announced_only
    assert subjects["nvidia-b200"].date == "2024-03-18"
    assert subjects["ascend-910b"].date == "2022"
    assert not subjects["ascend-910b"].announced_only
    vague = subjects["ascend-910b"]
    assert vague.end is not None
    assert vague.start is not None
    assert vague.end - vague.start == 364
    assert vague.vendor_slug == "huawei"


def test_filters_and_as_of_apply(session: Session) -> None:
    chinese = performance(session, Filters(countries=frozenset({"CN"})), metric_key="compute.fp16")
    assert "ascend-910b" in by_slug(chinese)
    assert "nvidia-h100-sxm" not in by_slug(chinese)
    early = performance(session, Filters(as_of=date(2020, 1, 1)), metric_key="compute.fp16")
    assert "ascend-910" in by_slug(early)
    assert "ascend-910b" not in by_slug(early)
    known = [row for claims in early.claims.values() for row in claims]
    assert known
    assert all((row.published_on or "2019")[:4] <= "2020" for row in known)


def test_an_unknown_metric_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        performance(session, Filters(), metric_key="compute.fp12")


def test_the_number_of_queries_does_not_grow_with_the_rows(session: Session) -> None:
    counted = []
    engine = session.get_bind()

    def count(*_: object) -> None:
        counted.append(1)

    performance(session, Filters(), metric_key="price")
    event.listen(engine, "before_cursor_execute", count)
    try:
        performance(session, Filters(), metric_key="memory.capacity")
        many = len(counted)
        counted.clear()
        performance(session, Filters(countries=frozenset({"GB"})), metric_key="compute.int4")
        assert len(counted) == many <= 30
    finally:
        event.remove(engine, "before_cursor_execute", count)
