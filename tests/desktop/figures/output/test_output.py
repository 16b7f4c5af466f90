"""Output estimates: who says what, beside a count of the starter facts as CSV."""

import csv
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from chipscape_db.errors import Invalid
from chipscape_desktop.figures.catalog import View, figure
from chipscape_desktop.figures.drawing import Marks, Text
from chipscape_desktop.figures.output.options import parse
from chipscape_desktop.figures.palette import DARK, LIGHT
from chipscape_desktop.figures.text import default_measure


def table(name: str) -> list[dict[str, str]]:
    text = (files("chipscape_db") / "seed" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def root(source: str) -> str:
    relays = {row["id"]: row["relays_id"] for row in table("sources")}
    while relays.get(source):
        source = relays[source]
    return source


def test_claims_and_independent_sources_are_those_of_the_facts_as_csv(built: Any, dumped: Any) -> None:
    rows = dumped("output", built("output", as_of="", maker="huawei"))
    names = {row["id"]: row["name"] for row in (*table("organizations"), *table("chips"))}
    expected = [
        row for row in table("claims")
        if row["metric"] == "production.volume" and names[row["subject_id"]] in {one["Name"] for one in rows}
    ]  # fmt: skip
    assert len(rows) == len(expected) >= 15
    assert sorted(float(row["Value"]) for row in rows) == sorted(float(row["value"]) for row in expected)
    own = [row for row in expected if row["subject_id"] == "huawei" and row["period"] == "2025"]
    told = next(row for row in rows if row["Name"] == "Huawei" and row["Period"] == "2025")
    assert int(told["Claims of the row"]) == len(own)
    assert int(told["Independent sources of the row"]) == len({root(row["source_id"]) for row in own})


def test_who_disagrees_with_the_805_000_chips_of_2025_can_be_seen(built: Any) -> None:
    spec = built("output", as_of="", maker="huawei", year="2025")
    row = next(row for row in spec.rows if row.name == "Huawei, 2025")
    values = {mark.value: mark for mark in row.marks}
    assert values[805_000].chosen
    assert values[200_000].side == -1
    assert values[1_000_000].hollow  # of dies, not of chips
    assert (row.low, row.high) == (200_000, 805_000)
    assert "independent sources" in row.ref.title
    assert "1 agrees" in row.ref.title


def test_shares_of_different_markets_never_share_a_row(built: Any) -> None:
    spec = built("output", as_of="", metric="org.market-share", country="all")
    assert not spec.log
    assert (spec.low, spec.high) == (0.0, 100.0)
    assert len({(row.name, row.note) for row in spec.rows}) == len(spec.rows)
    numbers = np.array([mark.value for row in spec.rows for mark in row.marks])
    assert len(numbers) == sum(row["metric"] == "org.market-share" for row in table("claims"))


def test_every_mark_is_one_claim_and_opens_it(built: Any) -> None:
    spec = built("output", as_of="", country="all")
    marks = [mark for row in spec.rows for mark in row.marks]
    assert len({mark.ref.ids[0] for mark in marks}) == len(marks)
    assert all(mark.ref.kind == "claim" and len(mark.ref.ids) == 2 for mark in marks)
    assert all(sum(mark.chosen for mark in row.marks) == 1 for row in spec.rows)


def test_rows_without_room_are_counted_and_reached_by_moving_the_view(built: Any) -> None:
    spec = built("output", as_of="", country="all")
    shown = figure("output")

    def names(view: View | None) -> set[str]:
        drawing = shown.layout(spec, size=(900.0, 420.0), palette=LIGHT, measure=default_measure(), view=view)
        layer = next(layer for layer in drawing.layers if layer.name == "names")
        told = {item.text for layer in drawing.layers for item in layer.items if isinstance(item, Text)}
        assert any("out of view" in text for text in told)
        return {item.text for item in layer.items if isinstance(item, Text)}

    last = len(spec.rows)
    assert spec.rows[0].name in names(None)
    assert spec.rows[-1].name in names(View((0.0, 1.0), (-float(last), -float(last - 8))))


def test_marks_lie_inside_and_every_look_is_in_the_legend(built: Any) -> None:
    spec = built("output", as_of="")
    drawing = figure("output").layout(spec, size=(1366.0, 700.0), palette=DARK, measure=default_measure())
    items = [item for layer in drawing.layers if layer.name == "values" for item in layer.items]
    places = [item for item in items if isinstance(item, Marks)]
    assert len(places) >= sum(len(row.marks) for row in spec.rows)
    assert all(drawing.plot.x - 1 <= float(item.x[0]) <= drawing.plot.right + 1 for item in places)
    shapes = {item.shape for item in places}
    assert shapes <= {entry.swatch for entry in spec.caption.legend}


def test_options(built: Any) -> None:
    every, rivals = built("output", as_of=""), built("output", as_of="", show="rivals")
    assert 0 < len(rivals.rows) < len(every.rows)
    assert not built("output", as_of="", year="2021").rows
    assert built("output", as_of="", year="2021").summary
    with pytest.raises(Invalid):
        parse({"metric": "power.tdp"})
