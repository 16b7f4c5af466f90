"""The stack matrix, beside the starter facts as CSV; readable from a report column to a wide screen."""

import csv
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader

from chipscape_db.errors import Invalid, NotFound
from chipscape_desktop.export.pdf import render_pdf
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.figures.catalog import figure, inside_of
from chipscape_desktop.figures.drawing import Box, Drawing, Segments, Text
from chipscape_desktop.figures.palette import DARK, LIGHT, PRINT
from chipscape_desktop.figures.stack_matrix.build import score_of
from chipscape_desktop.figures.stack_matrix.options import DEFAULT, parse
from chipscape_desktop.figures.text import default_measure

COLUMN_MM, PX_PER_MM = 85, 96 / 25.4
THREE = "huawei,google,baidu"


def table(name: str) -> list[dict[str, str]]:
    text = (files("chipscape_db") / "seed" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def group(slug: str) -> set[str]:
    """Return an organization and all that it owns, from the CSV files alone."""
    found = {slug}
    links = [row for row in table("relationships") if row["kind"] == "owns"]
    while True:
        more = {row["id"] for row in table("organizations") if row["parent_id"] in found}
        more |= {row["object_id"] for row in links if row["subject_id"] in found}
        if more <= found:
            return found
        found |= more


def plain(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows with plain apostrophes, as the facts have them."""
    return [{head.replace("\u2019", "'"): cell for head, cell in row.items()} for row in rows]


def drawn(spec: Any, size: tuple[float, float], palette: Any = LIGHT) -> Drawing:
    return figure("stack-matrix").layout(spec, size=size, palette=palette, measure=default_measure())


def test_the_usual_organizations_are_there_and_scores_are_those_of_numpy_on_the_csv(built: Any, dumped: Any) -> None:
    rows = plain(dumped("stack-matrix", built("stack-matrix")))
    names = list(dict.fromkeys(row["Organization"] for row in rows))
    assert len(names) == len(DEFAULT.split(",")) == 10
    for name in names:
        own = [row for row in rows if row["Organization"] == name]
        points = np.array([1.0 if row["Own"] else 0.5 if row["Partners'"] else 0.0 for row in own])
        unknown = np.array([not (row["Own"] or row["Partners'"] or row["Rivals'"]) for row in own])
        assert len(own) == 8
        assert [float(row["Points"]) for row in own] == points.tolist()
        assert [row["Whose"] == "unknown" for row in own] == unknown.tolist()
        assert float(own[0]["Integration"]) == pytest.approx(points.sum())
        assert float(own[0]["Integration at most"]) == pytest.approx(points.sum() + unknown.sum())


@pytest.mark.parametrize("slug", ["huawei", "alibaba", "nvidia", "apple"])
def test_own_chips_models_and_foundries_are_those_of_the_facts_as_csv(built: Any, dumped: Any, slug: str) -> None:
    members = group(slug)
    spec = built("stack-matrix", as_of="", organizations=slug)
    rows = {row["Layer"]: row for row in plain(dumped("stack-matrix", spec))}
    chips = {row["id"]: row for row in table("chips") if row["designer_id"] in members and row["status"] != "cancelled"}
    models = {row["name"] for row in table("models") if row["developer_id"] in members}
    assert {name for name in rows["Chip"]["Own"].split(", ") if name} == {row["name"] for row in chips.values()}
    assert {name for name in rows["Model"]["Own"].split(", ") if name} == models
    names = {row["id"]: row["name"] for row in table("organizations")}
    makers = {
        names[row["subject_id"]]
        for row in table("relationships")
        if row["kind"] == "manufactures" and row["object_id"] in chips and not row["ends_on"]
    }
    told = {*rows["Foundry"]["Own"].split(", "), *rows["Foundry"]["Partners'"].split(", ")}
    assert makers <= told


def test_a_rival_is_one_by_a_recorded_rivalry(built: Any) -> None:
    spec = built("stack-matrix", organizations="alibaba")
    parts = {ref.title for refs in spec.inside.values() for ref in refs}
    assert any("CUDA" in title and "rival" in title for title in parts)  # T-Head competes with Nvidia
    assert any("AWS Neuron" in title and "partner" in title for title in parts)


def test_a_score_counts_what_is_unknown_as_nothing_or_all() -> None:
    score = score_of(["own", "partner", "rival", "unknown"])
    assert (score.points, score.best, score.layers) == (1.5, 2.5, 4)


def test_links_that_had_ended_or_not_begun_do_not_count(built: Any) -> None:
    early = built("stack-matrix", as_of="2020-01-01", organizations="huawei")
    late = built("stack-matrix", as_of="2026-06-30", organizations="huawei")
    foundry = [next(cell for cell in spec.rows[0].cells if cell.layer == "foundry") for spec in (early, late)]
    assert "TSMC" in foundry[0].names
    assert "SMIC" not in foundry[0].names
    assert "SMIC" in foundry[1].names


def test_every_cell_and_tie_opens_its_facts(built: Any) -> None:
    spec = built("stack-matrix")
    for row in spec.rows:
        for cell in row.cells:
            opened = inside_of(spec, cell.ref)
            assert opened
            assert all(ref.kind in ("record", "relationship") for ref in opened)
        assert all(inside_of(spec, tie.ref)[0].kind == "relationship" for tie in row.ties)
    assert any(row.ties for row in spec.rows)
    assert not any(row.ties for row in built("stack-matrix", joints="off").rows)


def test_a_report_column_has_every_layer_and_name_in_readable_type(built: Any, qapp: Any) -> None:
    size = (COLUMN_MM * PX_PER_MM, 130 * PX_PER_MM)
    spec = built("stack-matrix", organizations=THREE)
    drawing = drawn(spec, size, PRINT)
    texts = [item for layer in drawing.layers for item in layer.items if isinstance(item, Text)]
    measure = default_measure()
    for text in texts:
        width = measure.width(text.text, text.size, text.weight)
        left = text.x - width / 2 if text.anchor == "middle" else text.x
        assert left >= -0.5, text.text
        assert left + width <= size[0] + 0.5, text.text
        assert text.size * 72 / 96 >= 7  # points on paper
    words = {text.text for text in texts}
    assert {"Huawei", "Google", "Baidu"} <= words
    assert {"Foundry", "Memory", "Chip", "Framework", "Model", "Cloud", "Sector", "Integration"} <= words
    document = PdfReader(BytesIO(render_pdf(drawing, spec.caption, Capsule("stack-matrix"))))
    page = document.pages[0]
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(COLUMN_MM, abs=0.5)
    assert "CANN" in page.extract_text()


@pytest.mark.parametrize("size", [(1366.0, 700.0), (700.0, 500.0), (321.0, 520.0)])
def test_cells_do_not_overlap_and_lie_inside(built: Any, size: tuple[float, float]) -> None:
    drawing = drawn(built("stack-matrix"), size, DARK)
    boxes = [
        item.rect for layer in drawing.layers if layer.name == "cells" for item in layer.items if isinstance(item, Box)
    ]
    assert len(boxes) % 8 == 0
    for i, one in enumerate(boxes):
        assert 0 <= one.x < one.right <= size[0]
        assert 0 <= one.y < one.bottom <= size[1]
        assert all(
            one.right <= two.x or two.right <= one.x or one.bottom <= two.y or two.bottom <= one.y
            for two in boxes[i + 1 :]
        )
    assert drawing.dropped == 10 - len(boxes) // 8
    assert any(isinstance(item, Segments) for layer in drawing.layers if layer.name == "ties" for item in layer.items)


def test_whose_a_part_is_can_be_seen_without_colour(built: Any) -> None:
    drawing = drawn(built("stack-matrix"), (1366.0, 700.0))
    cells = [item for layer in drawing.layers if layer.name == "cells" for item in layer.items if isinstance(item, Box)]
    looks = {(len(box.fill or ""), bool(box.pen), bool(box.pen and box.pen.dash)) for box in cells}
    assert {(7, False, False), (9, False, False), (7, True, True)} <= looks


def test_orders_and_what_is_not_there(built: Any) -> None:
    assert [row.name for row in built("stack-matrix", organizations=THREE, order="given").rows] == [
        "Huawei", "Google", "Baidu",
    ]  # fmt: skip
    assert built("stack-matrix", organizations=THREE, order="name").rows[0].name == "Baidu"
    assert parse({"organizations": ""}).organizations == tuple(DEFAULT.split(","))
    with pytest.raises(NotFound):
        built("stack-matrix", organizations="nobody")
    with pytest.raises(Invalid):
        parse({"order": "size"})
