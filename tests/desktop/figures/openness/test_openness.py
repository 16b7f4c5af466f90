"""Model releases by openness, beside an independent count of the starter facts as CSV."""

import csv
from collections import Counter
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from chipscape_db.partial_date import PartialDate, day_of
from chipscape_desktop.figures.catalog import figure
from chipscape_desktop.figures.drawing import Box, Text
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure

WORDS = {"open-source": "open source", "open-weights": "open weights", "api": "by API only", "closed": "closed"}


def table(name: str) -> list[dict[str, str]]:
    text = (files("chipscape_db") / "seed" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def by_hand(country: str) -> dict[str, Counter[str]]:
    """Return how many models of each openness came out in each quarter, from the CSV files alone."""
    homes = {row["id"]: row["country"] for row in table("organizations")}
    found: dict[str, Counter[str]] = {}
    for row in table("models"):
        if homes.get(row["developer_id"]) != country or not row["released_on"]:
            continue
        day = day_of(int(PartialDate.parse(row["released_on"]).midpoint_day()))
        if day.isoformat() <= "2026-06-30":
            found.setdefault(f"Q{(day.month + 2) // 3} {day.year}", Counter())[row["openness"]] += 1
    return found


@pytest.mark.parametrize(("country", "name"), [("CN", "China"), ("US", "United States")])
def test_counts_and_shares_are_those_of_the_facts_as_csv(built: Any, dumped: Any, country: str, name: str) -> None:
    rows = [row for row in dumped("openness", built("openness")) if row["Country"] == name]
    expected = by_hand(country)
    assert {row["Period"] for row in rows} == set(expected)
    for row in rows:
        counted = expected[row["Period"]]
        assert {word: int(row[head]) for word, head in WORDS.items()} == {word: counted[word] for word in WORDS}
        known = sum(counted[word] for word in WORDS)
        share = 100 * (counted["open-source"] + counted["open-weights"]) / known if known else None
        assert (float(row["Open (%)"]) if row["Open (%)"] else None) == pytest.approx(share)


def test_the_line_is_the_moving_share_of_four_quarters(built: Any) -> None:
    spec = built("openness", panels="CN")
    bars, line = spec.panels[0].bars, spec.panels[1].lines[0]
    models = {row["name"]: row["openness"] for row in table("models")}
    for day, share in zip(line.x, line.y, strict=True):
        names = [bar.ref.title.partition(":")[0] for bar in bars if day - 330 < (bar.x0 + bar.x1) / 2 < day + 30]
        known = np.array([models[name] in ("open-source", "open-weights") for name in names if models[name]])
        assert share == pytest.approx(100 * known.mean())


def test_every_box_is_one_model_and_opens_it(built: Any) -> None:
    spec = built("openness", panels="CN,US,rest")
    boxes = [bar for panel in spec.panels[:3] for bar in panel.bars]
    assert len(boxes) == len({bar.ref.ids for bar in boxes}) >= 130
    assert all(bar.ref.kind == "record" for bar in boxes)
    assert all(bar.high - bar.low == 1 for bar in boxes)


@pytest.mark.parametrize("period", ["quarter", "half", "year"])
def test_every_period_is_drawn_with_its_rules(built: Any, period: str) -> None:
    spec = built("openness", period=period)
    drawing = figure("openness").layout(spec, size=(1366.0, 700.0), palette=LIGHT, measure=default_measure())
    layers = {layer.name: layer for layer in drawing.layers}
    assert any(isinstance(item, Text) and "2023" in item.text for item in layers["rule-names"].items)
    assert any(isinstance(item, Box) for item in layers["bars-0"].items)


def test_kinds_are_told_apart_without_colour(built: Any) -> None:
    looks = {
        bar.ref.title.split(", ")[2]: (bar.hatched, bar.open, bar.dashed, bar.colour)
        for panel in built("openness").panels
        for bar in panel.bars
    }
    plain = {(look[:3]) for name, look in looks.items() if name != "closed"}
    assert len(plain) == len(looks) - 1


def test_one_panel_for_all_and_none_for_nobody(built: Any) -> None:
    spec = built("openness", panels="all", share="off", rules="off")
    assert len(spec.panels) == 1
    assert not spec.milestones
    assert built("openness", as_of="2015-01-01").empty
