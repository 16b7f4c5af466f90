"""The table of specifications on the starter facts."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import chipscape_db
from chipscape_desktop.figures.catalog import View, figure
from chipscape_desktop.figures.drawing import Text
from chipscape_desktop.figures.hit import Walk, hit
from chipscape_desktop.figures.palette import PRINT
from chipscape_desktop.figures.text import default_measure

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]
FIGURE = figure("spec-table")


def draw(spec: Any, size: tuple[float, float] = (1000.0, 680.0), view: View | None = None) -> Any:
    return FIGURE.layout(spec, size=size, palette=PRINT, measure=default_measure(), view=view)


def test_every_value_is_a_claim_of_the_file_or_says_how_it_was_computed(built: Built, dumped: Dumped) -> None:
    with (Path(chipscape_db.__file__).parent / "seed" / "claims.csv").open(encoding="utf-8", newline="") as stream:
        claimed = {row["value"] for row in csv.DictReader(stream)}
    for row in dumped("spec-table", built("spec-table", "")):
        if row["Value"] and not row["Derivation"]:
            assert row["Value"] in claimed
        assert row["Value"] or row["Note"].startswith("missing: ")
        assert not row["Value"] or row["Sources"]


def test_each_cell_can_be_stood_on_and_opens_its_claims(built: Built) -> None:
    spec = built("spec-table", "")
    drawing = draw(spec)
    walk = Walk(drawing)
    for row in spec.cells[:10]:
        for cell in row:
            place = walk.position(cell.ref)
            assert place is not None
            assert cell.missing or len(cell.ref.ids) > 1
            found = hit(drawing, place.x, place.y)
            assert found is not None
            assert found.ids[0] == cell.ref.ids[0]


def test_a_missing_value_says_so_and_a_contested_one_has_its_range(built: Built) -> None:
    spec = built("spec-table", "", chips="ascend-910b", metrics="compute.fp16,compute.fp64")
    (fp16,), (fp64,) = spec.cells
    assert fp16.range == "256–320"
    assert fp16.soft
    assert fp64.missing
    texts = {item.text for layer in draw(spec).layers for item in layer.items if isinstance(item, Text)}
    assert {"256–320", "missing", "Ascend 910B"} <= texts


@pytest.mark.parametrize("size", [(776.0, 520.0), (1366.0, 768.0), (500.0, 360.0)])
def test_texts_keep_to_their_cells(built: Built, size: tuple[float, float]) -> None:
    measure = default_measure()
    drawing = draw(built("spec-table", ""), size)
    boxes = []
    for layer in drawing.layers:
        for item in layer.items if layer.name == "cells" else ():
            if isinstance(item, Text):
                wide = measure.width(item.text, item.size, item.weight)
                left = item.x - (wide if item.anchor == "end" else 0.0)
                boxes.append((left, item.y - 8, left + wide, item.y, item.text))
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one[4], other[4])


def test_other_rows_come_into_view(built: Built) -> None:
    spec = built("spec-table", "")
    drawing = draw(spec, view=View((0.0, 1.0), (-17.0, -12.0)))
    texts = {item.text for layer in drawing.layers for item in layer.items if isinstance(item, Text)}
    assert spec.rows[14][0] in texts
    assert spec.rows[0][0] not in texts


def test_without_chips_it_says_what_to_do(built: Built) -> None:
    texts = {item.text for layer in draw(built("spec-table", "", chips="none-such")).layers for item in layer.items
             if isinstance(item, Text)}  # fmt: skip
    assert "Choose chips and metrics." in texts
