"""Which event leads to which."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.relationships import add_relationship
from chipscape_db.filters import Filters
from chipscape_db.models import Event, Source
from chipscape_db.queries.event_links import event_links


@pytest.fixture
def engine(starter_copy: Path):
    base = open_base(starter_copy)
    yield base.engine
    base.close()


def test_links_come_with_their_sources_and_bow_to_the_as_of_date(engine):
    with Session(engine) as session:
        before = len(event_links(session, Filters()))
        events = session.scalars(select(Event.id).order_by(Event.id.desc()).limit(3)).all()
        source = session.scalars(select(Source.id).limit(1)).one()
    for effect, start in zip(events[1:], ("2024-05", ""), strict=True):
        fields = {"subject_id": events[0], "kind": "leads-to", "object_id": effect, "starts_on": start}
        add_relationship(engine, author="Ada", fields=fields, citation=NewCitation(source))
    with Session(engine) as session:
        found = event_links(session, Filters())
        earlier = event_links(session, Filters(as_of=date(2023, 1, 1)))
    mine = [link for link in found if link.cause == events[0]]
    assert len(found) == before + 2
    assert {link.effect for link in mine} == set(events[1:])
    assert {link.sources for link in mine} == {(source,)}
    assert [link.effect for link in earlier if link.cause == events[0]] == [events[2]]
