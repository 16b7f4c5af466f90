"""Other dates that sources give, and what leads to what, as the timeline reads them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.claims import add_claim, set_rank
from chipscape_db.commands.relationships import add_relationship
from chipscape_db.filters import Filters
from chipscape_db.queries.timeline import TimelineItem, TimelineRows, timeline_rows

ME = "Ada"


@pytest.fixture
def engine(starter_copy: Path) -> Iterator[Engine]:
    base = open_base(starter_copy)
    yield base.engine
    base.close()


def rows_of(engine: Engine, filters: Filters | None = None) -> TimelineRows:
    with Session(engine) as session:
        return timeline_rows(session, filters or Filters(), language="en")


def item_of(engine: Engine, id_: str, filters: Filters | None = None) -> TimelineItem:
    return next(item for item in rows_of(engine, filters).items if item.id == id_)


def claim(engine: Engine, id_: str, metric: str, value: str, source: str, claim_id: str) -> None:
    values = {"metric": metric, "value": value, "stance": "reported", "source_id": source}
    add_claim(engine, author=ME, subject_id=id_, values=values, claim_id=claim_id)


def test_a_claimed_date_that_differs_is_a_rival_until_it_is_deprecated(engine):
    item = next(item for item in rows_of(engine).items if len(item.starts_on) == 10 and not item.ends_on)
    assert item.rivals == ()
    source = item.sources[0]
    claim(engine, item.id, "date.starts-on", "2031-05", source, "late")
    claim(engine, item.id, "date.starts-on", item.starts_on, source, "same")
    claim(engine, item.id, "date.ends-on", "2032", source, "end")
    found = item_of(engine, item.id).rivals
    assert [(rival.starts_on, rival.ends_on) for rival in found] == [(item.starts_on, "2032"), ("2031-05", "")]
    assert found[1].sources == (source,)
    set_rank(engine, author=ME, claim_id="late", rank="deprecated", reason="a slip")
    assert [rival.ends_on for rival in item_of(engine, item.id).rivals] == ["2032"]


def test_a_rival_after_the_as_of_date_is_not_known_yet(engine):
    item = next(item for item in rows_of(engine).items if item.starts_on.startswith("2022"))
    claim(engine, item.id, "date.starts-on", "2031", item.sources[0], "late")
    assert item_of(engine, item.id).rivals
    assert item_of(engine, item.id, Filters(as_of=date(2025, 1, 1))).rivals == ()


def test_a_chip_is_dated_by_its_release_and_no_rumour_of_its_announcement_rivals_that(engine):
    show = frozenset({"chip"})
    with Session(engine) as session:
        chip = timeline_rows(session, Filters(), language="en", show=show).items[-1]
        source = next(iter(timeline_rows(session, Filters(), language="en").sources))
    claim(engine, chip.id, "date.released-on", "2031", source, "released")
    claim(engine, chip.id, "date.announced-on", "2030", source, "announced")
    with Session(engine) as session:
        items = timeline_rows(session, Filters(), language="en", show=show).items
    assert len(next(item for item in items if item.id == chip.id).rivals) == 1


def test_what_leads_to_what_and_who_took_part_is_told(engine):
    first, second = rows_of(engine).items[:2]
    fields = {"subject_id": first.id, "kind": "leads-to", "object_id": second.id}
    add_relationship(engine, author=ME, fields=fields, uncited=True)
    rows = rows_of(engine)
    assert (first.id, second.id) in rows.effects
    assert rows.parts[first.id]
    assert rows.makers >= {id_ for item in rows.items for id_ in item.organizations}
