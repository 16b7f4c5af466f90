"""What the filters can be set to: each choice is counted, and choosing it leaves that many records."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import create_base
from chipscape_db.columns import size
from chipscape_db.engine import open_engine
from chipscape_db.filters import CERTAINTIES, Filters
from chipscape_db.queries.briefs import briefs
from chipscape_db.queries.counts import counts
from chipscape_db.queries.facets import facets


def test_a_choice_leaves_as_many_records_as_it_says(starter: Path) -> None:
    engine = open_engine(starter, read_only=True)
    with Session(engine) as session:
        offered = facets(session, language="fr")
        for name, choices in offered.items():
            assert choices, name
            for choice in (choices[0], choices[-1]):
                if name in ("organizations", "sectors"):
                    assert choice.name
                left = briefs(session, Filters(**{name: frozenset({choice.value})}), language="fr")
                assert len(left) == choice.count, (name, choice)
        assert [choice.value for choice in offered["certainties"]] == [
            each for each in CERTAINTIES if each in {choice.value for choice in offered["certainties"]}
        ]
        kinds = {choice.value: choice.count for choice in offered["kinds"]}
        assert kinds == {kind: count for kind, count in counts(session).items() if kind in kinds}
    engine.dispose()


def test_an_empty_base_offers_nothing(tmp_path: Path) -> None:
    create_base(tmp_path / "facts.chipscape", starter=False)
    engine = open_engine(tmp_path / "facts.chipscape")
    with Session(engine) as session:
        assert set(facets(session, language="en").values()) == {()}
        assert counts(session) == {"relationship": 0, "claim": 0}
    engine.dispose()


def test_very_many_events_are_counted_as_few_are(starter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("en", "fr"):
        engine = open_engine(starter, read_only=True)
        with Session(engine) as session:
            one_by_one = facets(session, language=language)
            with monkeypatch.context() as patch:
                patch.setattr(size, "MANY", 1)
                at_once = facets(session, language=language)
        engine.dispose()
        assert {name: set(choices) for name, choices in at_once.items()} == {
            name: set(choices) for name, choices in one_by_one.items()
        }
