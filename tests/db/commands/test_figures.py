"""Saved figures: what is saved comes back, every edit is one step that undo takes back whole."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db import reverting
from chipscape_db.commands.figures import (
    delete_figure,
    duplicate_figure,
    edit_figure,
    rename_figure,
    save_figure,
    save_map_notes,
    take_over_as_seen,
)
from chipscape_db.errors import Conflict, Invalid, NotFound
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.filters import Filters
from chipscape_db.queries.ecosystem import map_notes, notes_name
from chipscape_db.queries.figures import SavedFigureRow, saved_figure, saved_figures
from chipscape_db.queries.properties import base_state
from chipscape_db.queries.since import last_saved

CONTENT = FigureContent(
    "performance-over-time",
    {"metric": "memory.bandwidth", "colour": "vendor"},
    Filters(countries=frozenset({"CN", "US"}), start=date(2020, 1, 1), as_of=date(2025, 6, 1)),
    (18000.0, 20000.5, 1.0, 4.25),
    "A title",
    (Annotation("text", ((19000.0, 2.5),), "Here"), Annotation("growth", ((18000.0, 1.0), (19000.0, 2.0)))),
)


def there(engine: Engine) -> list[SavedFigureRow]:
    with Session(engine) as session:
        return saved_figures(session)


def plain(rows: list[SavedFigureRow]) -> list[tuple[str, str, FigureContent]]:
    return [(row.id, row.name, row.content) for row in rows]


@pytest.fixture
def saved(engine: Engine) -> str:
    save_figure(engine, author="ann", name="  Bandwidth ", content=CONTENT, figure_id="f1")
    return "f1"


def test_what_is_saved_comes_back(engine: Engine, saved: str) -> None:
    assert plain(there(engine)) == [(saved, "Bandwidth", CONTENT)]
    with Session(engine) as session:
        assert saved_figure(session, "Bandwidth").content == CONTENT
        with pytest.raises(NotFound, match=r"no saved figure Speed; there are: Bandwidth\."):
            saved_figure(session, "Speed")


def test_the_texts_of_a_map_are_no_figure_and_no_figure_takes_their_name(engine: Engine, saved: str) -> None:
    notes = FigureContent("ecosystem", annotations=(Annotation("text", ((1.0, 2.0),), "Here"),))
    save_map_notes(engine, author="ann", name=notes_name("force"), content=notes, figure_id="n1")
    with pytest.raises(Invalid, match="already"):
        save_map_notes(engine, author="ann", name=notes_name("force"), content=notes)
    drawn = FigureContent("ecosystem", {"layout": "stack"})
    for name in ("map:stack", "map: Huawei"):
        with pytest.raises(Invalid, match="“map:”"):
            save_figure(engine, author="ann", name=name, content=drawn)
        with pytest.raises(Invalid, match="“map:”"):
            rename_figure(engine, author="ann", figure_id=saved, name=name)
        with pytest.raises(Invalid, match="“map:”"):
            duplicate_figure(engine, author="ann", figure_id=saved, name=name)
    save_figure(engine, author="ann", name="Map: Huawei", content=drawn, figure_id="f2")
    assert [row.id for row in there(engine)] == [saved, "f2"]
    with Session(engine) as session:
        kept = map_notes(session, "force")
        assert kept is not None
        assert (kept.id, kept.content) == ("n1", notes)


def test_a_name_is_needed_and_belongs_to_one(engine: Engine, saved: str) -> None:
    for attempt in ("", "  ", "Bandwidth"):
        with pytest.raises(Invalid):
            save_figure(engine, author="ann", name=attempt, content=CONTENT)
        with pytest.raises(Invalid):
            duplicate_figure(engine, author="ann", figure_id=saved, name=attempt)
    assert len(there(engine)) == 1


def test_every_edit_is_a_step_that_undo_takes_back(engine: Engine, saved: str) -> None:
    other = FigureContent("export-control")
    steps = [
        lambda: edit_figure(engine, author="ann", figure_id=saved, content=other, expected=CONTENT),
        lambda: rename_figure(engine, author="bob", figure_id=saved, name="Plane"),
        lambda: duplicate_figure(engine, author="ann", figure_id=saved, name="Copy", copy_id="f2"),
        lambda: delete_figure(engine, author="ann", figure_id=saved),
    ]
    states = [there(engine)]
    for step in steps:
        assert step() is not None
        states.append(there(engine))
    assert [len(state) for state in states] == [1, 1, 1, 2, 1]
    assert plain(states[3]) == [("f2", "Copy", other), (saved, "Plane", other)]
    for state in states[-2::-1]:
        assert reverting.undo(engine, author="ann") is not None
        assert there(engine) == state
    for state in states[1:]:
        assert reverting.redo(engine, author="ann") is not None
        assert there(engine) == state


def test_nothing_is_recorded_where_nothing_changes(engine: Engine, saved: str) -> None:
    assert edit_figure(engine, author="ann", figure_id=saved, content=CONTENT) is None
    assert rename_figure(engine, author="ann", figure_id=saved, name="Bandwidth") is None


def test_a_figure_that_changed_or_went_meanwhile_is_not_overwritten(engine: Engine, saved: str) -> None:
    with pytest.raises(Conflict):
        edit_figure(engine, author="ann", figure_id=saved, content=CONTENT, expected=FigureContent("export-control"))
    delete_figure(engine, author="ann", figure_id=saved)
    with pytest.raises(NotFound):
        edit_figure(engine, author="ann", figure_id=saved, content=CONTENT)


@pytest.mark.parametrize(("kind", "points"), [("cloud", ((0.0, 0.0),)), ("text", ()), ("arrow", ((0.0, 0.0),))])
def test_an_annotation_that_cannot_be_is_refused(kind: str, points: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(Invalid):
        Annotation(kind, points)


def newest(engine: Engine) -> str:
    with Session(engine) as session:
        return base_state(session).changeset


def test_a_figure_remembers_up_to_which_change_its_facts_were_seen(engine: Engine) -> None:
    before = newest(engine)
    save_figure(engine, author="ann", name="Bandwidth", content=CONTENT, figure_id="f1")
    save_figure(engine, author="ann", name="Other", content=CONTENT, figure_id="f2")
    rows = there(engine)
    assert rows[0].seen == before
    now = newest(engine)
    step = take_over_as_seen(engine, author="bob", figure_ids=["f1", "f2"])
    assert step is not None
    assert (step.action, step.subject) == ("see-figures", "Bandwidth, Other")
    assert [row.seen for row in there(engine)] == [now, now]
    reverting.undo(engine, author="bob")
    assert there(engine) == rows
    with pytest.raises(NotFound):
        take_over_as_seen(engine, author="bob", figure_ids=["gone"])


def test_the_journal_tells_when_a_figure_of_an_older_version_was_saved(engine: Engine, saved: str) -> None:
    wrote = newest(engine)
    rename_figure(engine, author="ann", figure_id=saved, name="Renamed")
    with Session(engine) as session:
        assert last_saved(session, saved) == wrote
        assert last_saved(session, "other") == ""
