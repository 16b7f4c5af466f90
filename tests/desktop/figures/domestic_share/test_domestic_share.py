"""The domestic share, beside an independent count of the starter facts as CSV."""

import csv
from datetime import date
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.partial_date import PartialDate
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.domestic_share.measure import Dated, counts
from chipscape_desktop.figures.drawing import Box, Text
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure


def table(name: str) -> list[dict[str, str]]:
    text = (files("chipscape_db") / "seed" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def links_by_hand(country: str, until: str) -> list[tuple[float, bool, str]]:
    """Return (day, domestic, kind) of the links of a country, from the CSV files alone."""
    homes = {row["id"]: row["country"] for row in table("organizations")}
    models = {row["id"]: row for row in table("models")}
    chips = {row["id"]: homes.get(row["designer_id"], "") for row in table("chips")}
    makers = {row["designer_id"] for row in table("chips")}
    parents = {row["id"]: row["parent_id"] for row in table("organizations")}
    makers |= {parents[one] for one in makers if parents.get(one)}
    last = PartialDate.parse(until)
    found = []
    for row in table("relationships"):
        if row["kind"] in ("runs-on", "trained-on") and row["subject_id"] in models and row["object_id"] in chips:
            actor = homes.get(models[row["subject_id"]]["developer_id"], "")
            when = row["starts_on"] or models[row["subject_id"]]["released_on"]
            target = chips[row["object_id"]]
        elif row["kind"] == "buys-from" and row["object_id"] in makers:
            actor, when, target = homes[row["subject_id"]], row["starts_on"], homes[row["object_id"]]
        else:
            continue
        if actor != country or not when or not target:
            continue
        day = PartialDate.parse(when).midpoint_day()
        if day <= last.midpoint_day():
            found.append((day, target == country, row["kind"]))
    return sorted(found)


@pytest.mark.parametrize("country", ["CN", "US"])
def test_shares_are_those_of_numpy_on_the_facts_as_csv(built: Any, dumped: Any, country: str) -> None:
    rows = dumped("domestic-share", built("domestic-share", as_of="", country=country))
    expected = links_by_hand(country, date.today().isoformat())
    own = np.cumsum([domestic for _day, domestic, _kind in expected])
    assert [int(row["Links so far"]) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 20
    assert len(rows) == len(expected)
    assert int(rows[-1]["Domestic so far"]) == own[-1]
    shares = 100 * own / np.arange(1, len(own) + 1)
    days = np.array([day for day, _domestic, _kind in expected])
    ends = np.flatnonzero(np.diff(days, append=np.inf))  # the order within a day is free
    assert [float(rows[i]["Share so far (%)"]) for i in ends] == pytest.approx(shares[ends].tolist())


def test_the_line_ends_where_the_table_does(built: Any, dumped: Any) -> None:
    spec = built("domestic-share")
    rows = dumped("domestic-share", spec)
    whole = next(line for line in spec.panels[0].lines if line.width > 2)
    assert whole.y[-1] == pytest.approx(float(rows[-1]["Share so far (%)"]))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 100), st.integers(1, 200)), min_size=1, max_size=20),
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
)
def test_a_share_lies_within_its_band_and_ends_count(links: Any, undated: Any) -> None:
    found = [Dated(str(i), "runs-on", own, float(a), float(a + b)) for i, (own, a, b) in enumerate(links)]
    for one in counts(found, until=400.0, undated=undated):
        assert 0 <= one.low <= one.share <= one.high <= 1
        there = [link for link in found if link.start <= one.day and link.ended is not None and link.ended > one.day]
        assert one.links == len(there)
        assert one.domestic == sum(link.domestic for link in there)


def test_one_kind_alone_and_without_undated_links(built: Any) -> None:
    every = built("domestic-share")
    trained = built("domestic-share", links="trained-on", undated="out")
    assert len(trained.table.rows) < len(every.table.rows)
    assert {row[3] for row in trained.table.rows} == {"trained on"}
    assert len(trained.panels[0].lines) == 1


def test_every_box_and_mark_opens_its_relationship(built: Any) -> None:
    spec = built("domestic-share")
    assert all(bar.ref.kind == "relationship" for bar in spec.panels[1].bars)
    assert len({bar.ref.ids[0] for bar in spec.panels[1].bars}) == len(spec.table.rows)
    assert all(spot.ref.kind == "relationship" for spot in spec.panels[0].spots)


def test_rules_stand_above_and_no_name_lies_on_another(built: Any) -> None:
    spec = built("domestic-share")
    assert 3 <= len(spec.milestones) <= 7
    drawing = figure("domestic-share").layout(spec, size=(1366.0, 700.0), palette=LIGHT, measure=default_measure())
    names = next(layer for layer in drawing.layers if layer.name == "rule-names").items
    spans = []
    for item in names:
        assert isinstance(item, Text)
        width = default_measure().width(item.text, item.size, item.weight)
        left = item.x - width if item.anchor == "end" else item.x
        spans.append((item.y, left, left + width))
    for i, one in enumerate(spans):
        assert all(one[0] != two[0] or one[2] <= two[1] or two[2] <= one[1] for two in spans[i + 1 :])
    assert any(isinstance(item, Box) for layer in drawing.layers for item in layer.items)
    assert not built("domestic-share", rules="off").milestones


def test_what_is_not_there_is_said(built: Any) -> None:
    assert built("domestic-share", country="DE").empty
