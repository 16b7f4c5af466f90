"""Everything the inspector shows of one record, each part leading to its sources."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from chipscape_db.engine import open_engine
from chipscape_db.models import Record, Relationship, Source
from chipscape_db.queries.dossier import record_dossier, relationship_dossier


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    engine = open_engine(starter, read_only=True)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def id_of(session: Session, slug: str) -> str:
    return session.scalars(select(Record.id).where(Record.slug == slug)).one()


def test_every_number_of_the_910b_leads_to_a_source_row(session: Session) -> None:
    dossier = record_dossier(session, id_of(session, "ascend-910b"), language="en")
    assert dossier is not None
    claims = [claim for value in dossier.values for group in value.groups for claim in group.claims]
    assert len(claims) == sum(len(group.claims) for value in dossier.values for group in value.groups) > 10
    for claim in claims:
        assert session.get_one(Source, claim.source_id).slug == claim.source_slug
    fp16 = next(value for value in dossier.values if value.metric == "compute.fp16")
    assert fp16.contested
    assert fp16.chosen is not None
    assert (fp16.chosen.low, fp16.chosen.high) == (256, 320)


def test_a_record_is_told_with_its_names_fields_links_events_and_citations(session: Session) -> None:
    dossier = record_dossier(session, id_of(session, "huawei"), language="fr")
    assert dossier is not None
    assert (dossier.name, dossier.native, dossier.kind) == ("Huawei", "华为", "organization")
    assert {link.kind for link in dossier.links} >= {"designs", "develops"}
    assert dossier.events
    assert dossier.citations
    for citation in dossier.citations:
        assert citation.source_id
        assert citation.name


def test_a_link_is_seen_from_both_ends(session: Session) -> None:
    huawei, chip = (record_dossier(session, id_of(session, slug), language="en") for slug in ("huawei", "ascend-910b"))
    assert huawei is not None
    assert chip is not None
    forth = next(link for link in huawei.links if link.other_id == chip.id and link.kind == "designs")
    back = next(link for link in chip.links if link.id == forth.id)
    assert (forth.inverse, back.inverse) == (False, True)
    told = relationship_dossier(session, forth.id, language="en")
    assert told is not None
    assert told.citations


def test_as_of_a_day_leaves_out_what_came_later(session: Session) -> None:
    now, then = (
        record_dossier(session, id_of(session, "huawei"), language="en", as_of=day) for day in (None, date(2019, 1, 1))
    )
    assert now is not None
    assert then is not None
    assert len(then.events) < len(now.events)
    assert all(each.starts_on[:4] <= "2019" for each in then.events)


def test_what_is_not_there_is_none(session: Session) -> None:
    assert record_dossier(session, "none", language="en") is None
    assert relationship_dossier(session, "none", language="en") is None


def test_every_record_and_relationship_has_a_dossier_in_a_bounded_number_of_queries(session: Session) -> None:
    asked = 0

    @event.listens_for(session.get_bind(), "before_cursor_execute")
    def _count(*_arguments: object) -> None:
        nonlocal asked
        asked += 1

    ids = session.scalars(select(Record.id).order_by(Record.slug)).all()[::60]
    links = session.scalars(select(Relationship.id).order_by(Relationship.slug)).all()[::100]
    for read, each in [(record_dossier, id_) for id_ in ids] + [(relationship_dossier, id_) for id_ in links]:
        asked = 0
        assert read(session, each, language="en") is not None
        assert asked < 40
    event.remove(session.get_bind(), "before_cursor_execute", _count)
