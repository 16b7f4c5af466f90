"""Rival dates on the axis, and what belongs together."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_db.queries.timeline import RivalDate, TimelineRows, timeline_rows
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Box, Marks
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline.arrange import home, lay_out
from chipscape_desktop.figures.timeline.build import build
from chipscape_desktop.figures.timeline.kin import kin_of


@pytest.fixture(scope="module")
def rows(starter: Path) -> TimelineRows:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        found = timeline_rows(session, Filters(), language="en")
    base.close()
    first = found.items[0]
    rival = RivalDate("2014-03", "2014-09", first.sources[:1])
    return replace(found, items=(replace(first, rivals=(rival,)), *found.items[1:]))


def test_both_dates_are_drawn_for_the_same_record_and_told_apart(rows):
    spec = build(rows, Request(options={"today": "2026-07-15"}))
    view = View((15_500.0, 16_700.0), home(spec).y)
    drawing = lay_out(spec, size=(1310, 640), palette=LIGHT, measure=default_measure(), view=view)
    id_ = rows.items[0].id
    items = [item for layer in drawing.layers for item in layer.items]
    bars = [item for item in items if isinstance(item, Box) and item.ref is not None and item.ref.ids == (id_,)]
    assert [bar.pen.dash for bar in bars if bar.pen] == [(2.5, 2.0)]
    signs = [
        (float(x), bool(item.pen and item.pen.dash))
        for item in items
        if isinstance(item, Marks) and item.refs
        for x, ref in zip(item.x, item.refs, strict=True)
        if ref.ids == (id_,)
    ]
    assert sorted(dashed for _x, dashed in signs) == [False, True]
    assert len({x for x, _dashed in signs}) == 2
    assert any(entry.swatch == "rival" for entry in spec.caption.legend)
    assert spec.cards[id_].rivals[0][0]


def test_rivals_do_not_count_as_events_and_have_no_label(rows):
    spec = build(rows, Request(options={"today": "2026-07-15"}))
    assert len(spec.ids) == len(rows.items)
    assert int(spec.columns.rival.sum()) == sum(len(item.rivals) for item in rows.items) > 0
    view = View((15_500.0, 16_700.0), home(spec).y)
    drawing = lay_out(spec, size=(1310, 640), palette=LIGHT, measure=default_measure(), view=view)
    assert "2 events in view" in drawing.summary


def test_relatives_share_a_subject_or_two_participants_or_lead_to_each_other():
    parts = {"a": ["huawei", "chip"], "b": ["chip"], "c": ["huawei"], "d": ["huawei", "smic"], "e": ["smic", "huawei"]}
    kin = kin_of(parts, frozenset({"huawei", "smic"}), [("c", "a"), ("a", "d")])
    relatives = kin.of("a")
    assert relatives.alike == {"b"}
    assert relatives.causes == {"c"}
    assert relatives.effects == {"d"}
    assert kin.of("d").alike == {"e"}
    assert kin.of("nobody").all == frozenset()
