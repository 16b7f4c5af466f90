"""Records in brief: what every figure is told of each record, filtered as the views share it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.engine import open_engine
from chipscape_db.filters import CERTAINTIES, Filters
from chipscape_db.history import record
from chipscape_db.models import Record, Source
from chipscape_db.partial_date import day_number
from chipscape_db.queries.briefs import Brief, all_briefs, briefs, certainty_of, passes, source_roots


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    engine = open_engine(starter, read_only=True)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture(scope="module")
def by_slug(session: Session) -> dict[str, Brief]:
    return {brief.slug: brief for brief in all_briefs(session, language="en").values()}


def test_sources_are_never_among_the_records(by_slug: dict[str, Brief]) -> None:
    assert {brief.kind for brief in by_slug.values()} == {
        "organization", "chip", "model", "software", "policy", "sector", "event",
    }  # fmt: skip


def test_a_chip_has_its_designer_and_its_country(by_slug: dict[str, Brief]) -> None:
    chip = by_slug["ascend-910b"]
    assert chip.organizations == (by_slug["huawei"].id,)
    assert chip.country == "CN"
    assert chip.start == day_number(date(2022, 1, 1))
    assert chip.end == day_number(date(2022, 12, 31))
    assert chip.certainty in CERTAINTIES


def test_an_event_has_the_organizations_that_took_part_its_actors_first(by_slug: dict[str, Brief]) -> None:
    event = by_slug["event-2025-06-30-huawei-opens-pangu"]
    assert event.organizations[0] == by_slug["huawei"].id
    assert event.date == "2025-06-30"


def test_names_are_in_the_language_asked_for(session: Session, by_slug: dict[str, Brief]) -> None:
    french = all_briefs(session, language="fr")
    assert french[by_slug["energy"].id].name == "Énergie"
    assert by_slug["energy"].name == "Energy"


@pytest.mark.parametrize(
    ("kinds", "independent", "expected"),
    [
        ({"official"}, 1, "official"), ({"press", "regulation"}, 2, "official"), ({"press"}, 2, "corroborated"),
        ({"press"}, 1, "single"), (set(), 0, ""),
    ],
)  # fmt: skip
def test_certainty_is_from_the_sources(kinds: set[str], independent: int, expected: str) -> None:
    assert certainty_of(kinds, independent) == expected


def test_the_root_of_a_source_is_the_end_of_its_relays(session: Session) -> None:
    roots = source_roots(session)
    for source in session.query(Source).filter(Source.relays_id.is_not(None)):
        assert roots[source.id] == roots[source.relays_id or ""]
        assert roots[source.id] != source.id


def brief(**changes: object) -> Brief:
    values = {
        "id": "i", "slug": "s", "kind": "chip", "name": "N", "subkind": "", "countries": ("CN", "US"),
        "organizations": ("o",), "sectors": frozenset({"x"}), "date": "2024", "start": day_number(date(2024, 1, 1)),
        "end": day_number(date(2024, 12, 31)), "certainty": "single",
    }  # fmt: skip
    return Brief(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), True),
        (Filters(kinds=frozenset({"chip", "model"})), True),
        (Filters(kinds=frozenset({"model"})), False),
        (Filters(countries=frozenset({"US"})), True),
        (Filters(countries=frozenset({"FR"})), False),
        (Filters(organizations=frozenset({"p"})), False),
        (Filters(sectors=frozenset({"x", "y"})), True),
        (Filters(sectors=frozenset({"y"})), False),
        (Filters(certainties=frozenset({"official"})), False),
        (Filters(as_of=date(2024, 1, 1)), True),
        (Filters(as_of=date(2023, 12, 31)), False),
        (Filters(start=date(2024, 12, 31)), True),
        (Filters(start=date(2025, 1, 1)), False),
        (Filters(end=date(2023, 12, 31)), False),
    ],
)
def test_filters_pass_what_they_say(filters: Filters, expected: bool) -> None:
    assert passes(brief(), filters) is expected


def test_what_has_no_date_passes_every_date() -> None:
    undated = brief(date="", start=None, end=None)
    assert passes(undated, Filters(start=date(2024, 1, 1), end=date(2024, 2, 1), as_of=date(2000, 1, 1)))


def test_filters_narrow_the_whole(session: Session) -> None:
    chosen = briefs(session, Filters(countries=frozenset({"CN"}), kinds=frozenset({"chip"})), language="en")
    assert chosen
    assert all(each.kind == "chip" and "CN" in each.countries for each in chosen.values())


def test_what_is_kept_of_the_last_answer_follows_every_edit_undo_and_coalesced_edit(starter_copy: Path) -> None:
    engine = open_engine(starter_copy)

    def name() -> str:
        with Session(engine) as opened:
            return next(each.name for each in all_briefs(opened, language="en").values() if each.slug == "huawei")

    was = name()
    with Session(engine) as opened:
        assert all_briefs(opened, language="en") is all_briefs(opened, language="en")
        assert all_briefs(opened, language="fr") is not all_briefs(opened, language="en")
    for new in ("Hu", "Hua"):
        with record(engine, "rename", "Huawei", author="ann") as (writing, _):
            writing.query(Record).filter_by(slug="huawei").one().name = new
        assert name() == new
    reverting.undo(engine, author="ann")
    assert name() == was
    engine.dispose()
