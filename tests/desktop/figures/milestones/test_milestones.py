"""The comparison of organizations: what it says, and that nothing collides or leaves the frame."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.columns import size
from chipscape_db.errors import Invalid
from chipscape_desktop import i18n
from chipscape_desktop.figures import catalog, milestones
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing, Text
from chipscape_desktop.figures.milestones.spec import MilestonesSpec
from chipscape_desktop.figures.palette import PALETTES
from chipscape_desktop.figures.text import default_measure

FIGURE = catalog.figure("milestones")


@pytest.fixture(scope="module")
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def spec_of(session: Session, language: str = "en", **options: str) -> MilestonesSpec:
    i18n.set_language(language)
    request = Request(language=language, options={"today": "2026-06-01", **options})
    made: MilestonesSpec = FIGURE.build(FIGURE.read(session, request), request)
    return made


def lay_out(spec: MilestonesSpec, size: tuple[float, float] = (1366, 768), view: View | None = None) -> Drawing:
    return FIGURE.layout(spec, size=size, palette=PALETTES["print"], measure=default_measure(), view=view)


def texts(drawing: Drawing, *layers: str) -> list[Text]:
    return [item for layer in drawing.layers if layer.name in layers for item in layer.items if isinstance(item, Text)]


def test_two_organizations_stand_on_the_two_sides_of_the_axis(session):
    spec = spec_of(session)
    assert [(side.title, side.above) for side in spec.sides] == [("Huawei", True), ("Nvidia", False)]
    assert "7 nm, 1 TB/s: Nvidia 9 months later" in [lag.text for lag in spec.lags]
    drawing = lay_out(spec)
    names = {text.text: text.y for text in texts(drawing, "headers")}
    axis = min(text.y for text in texts(drawing, "axis"))
    assert names["Huawei"] < axis < names["Nvidia"]


def test_vague_dates_give_the_least_and_the_most_months(session):
    spec = spec_of(session, organizations="huawei,google")
    assert "7 nm: Google 4–16 months later" in [lag.text for lag in spec.lags]


def test_lags_are_told_against_the_first_organization(session):
    spec = spec_of(session, organizations="huawei,nvidia,google")
    for lag in spec.lags:
        assert spec.sides[spec.points[lag.first].side].title == "Huawei" or (
            spec.sides[spec.points[lag.second].side].title == "Huawei"
        )


def test_one_organization_is_no_comparison(session):
    with pytest.raises(Invalid, match="two organizations"):
        spec_of(session, organizations="huawei")


def test_every_mark_names_its_record_and_the_claims_behind_it(session):
    spec = spec_of(session)
    ascend = next(point for point in spec.points if point.label.startswith("Ascend 910:"))
    assert ascend.ref.kind == "record"
    assert len(ascend.ref.ids) > 3
    assert "First chip at 7 nm or below (7 nm)" in ascend.ref.title


def test_the_table_has_every_milestone_with_its_lag_and_sources(session):
    spec = spec_of(session)
    table = catalog.table_of(FIGURE, spec)
    assert table is not None
    rows = {(row[0], row[1]): row for row in table.rows}
    behind = rows[("First chip at 7 nm or below", "Nvidia")]
    assert behind[6] == "8.7"
    assert behind[9]
    assert rows[("First chip at 7 nm or below", "Huawei")][6] == ""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1366.0, 768.0), (940.0, 660.0), (2560.0, 1440.0), (640.0, 400.0)])
@pytest.mark.parametrize("organizations", ["huawei,nvidia", "huawei,nvidia,google,baidu,amd"])
def test_no_text_meets_another_or_leaves_the_frame(session, language, size, organizations):
    spec = spec_of(session, language, organizations=organizations)
    home = FIGURE.home(spec)
    span = home.x[1] - home.x[0]
    for view in (home, View((home.x[0] + 0.55 * span, home.x[0] + 0.8 * span), home.y)):
        drawing = lay_out(spec, size, view)
        measure = default_measure()
        boxes = []
        for text in texts(drawing, "labels", "lags", "headers"):
            wide = measure.width(text.text, text.size, text.weight)
            left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
            assert left >= -1
            assert left + wide <= size[0] + 1
            boxes.append((round(text.y), left, left + wide, text.text))
        boxes.sort()
        for (y, _left, right, one), (y2, left, _right, other) in pairwise(boxes):
            assert y != y2 or right <= left + 1, (one, other)


def test_panning_moves_every_label_alike(session):
    spec = spec_of(session)
    home = FIGURE.home(spec)
    span = home.x[1] - home.x[0]
    view = View((home.x[0] + 0.3 * span, home.x[0] + 0.7 * span), home.y)
    moved = View((view.x[0] + 30, view.x[1] + 30), home.y)
    rows = [
        {t.text: t.y for t in texts(lay_out(spec, view=each), "labels") if "…" not in t.text} for each in (view, moved)
    ]
    both = rows[0].keys() & rows[1].keys()
    assert len(both) > 10
    assert {text: rows[0][text] for text in both} == {text: rows[1][text] for text in both}


def test_of_very_many_events_the_most_important_are_compared_and_the_others_counted(starter, monkeypatch):
    base = open_base(starter, write=False)
    request = Request(options={"organizations": "huawei,nvidia"})
    with Session(base.engine) as session:
        few = FIGURE.read(session, request)
        monkeypatch.setattr(size, "MANY", 1)
        many = FIGURE.read(session, request)
        assert {item.id: item for item in many.events.items} == {item.id: item for item in few.events.items}
        assert many.milestones == few.milestones
        assert many.left_out == 0
        monkeypatch.setattr(milestones, "MOST_EVENTS", 7)
        some = FIGURE.read(session, request)
    base.close()
    assert len(some.events.items) == 7
    assert some.left_out == len(few.events.items) - 7
    assert any(f"{some.left_out} of less importance" in note for note in FIGURE.build(some, request).caption.notes)
