"""Claims of nothing: zero is a value that a source can give, and no figure of chips may stumble over it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.figures.catalog import Request, figure, table_of
from chipscape_desktop.figures.native import charts_of
from chipscape_desktop.figures.palette import DARK
from chipscape_desktop.figures.text import default_measure

Claims = tuple[ClaimRow, ...]


def last_is_nothing(rows: Claims) -> Claims:
    """Return the claims, the last of which says zero."""
    return (*rows[:-1], replace(rows[-1], value="0", number=0.0)) if len(rows) > 1 else rows


def all_are_nothing(rows: Claims) -> Claims:
    """Return the claims, all of which say zero."""
    return tuple(replace(row, value="0", number=0.0) for row in rows)


@pytest.mark.parametrize("changed", [last_is_nothing, all_are_nothing])
@pytest.mark.parametrize("scale", ["log", "linear"])
@pytest.mark.parametrize("name", ["ranking", "comparison", "efficiency", "roofline", "spec-table"])
def test_claims_of_nothing_can_be_shown(
    starter: Path, name: str, scale: str, changed: Callable[[Claims], Claims]
) -> None:
    shown = figure(name)
    request = Request(options={"scale": scale} if name not in ("roofline", "spec-table") else {})
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        rows = shown.read(session, request)
    base.close()
    claims = {id_: {key: changed(tuple(own)) for key, own in by.items()} for id_, by in rows.claims.items()}
    spec = shown.build(replace(rows, claims=claims), request)
    table = table_of(shown, spec)
    assert table is not None
    assert len(table.rows) > 0 or changed is all_are_nothing
    drawing = shown.layout(spec, size=(900.0, 600.0), palette=DARK, measure=default_measure())
    assert drawing.title == spec.caption.title
    charts_of(shown, spec, None)


def test_a_roof_without_a_bandwidth_is_missing_by_its_value(starter: Path) -> None:
    shown, request = figure("roofline"), Request(options={"chips": "nvidia-h20"})
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        rows = shown.read(session, request)
    base.close()
    (by,) = (rows.claims[one.brief.id] for one in rows.subjects if one.brief.slug == "nvidia-h20")
    by = {**by, "memory.bandwidth": all_are_nothing(tuple(by["memory.bandwidth"]))}
    spec = shown.build(replace(rows, claims={one.brief.id: by for one in rows.subjects}), request)
    assert not spec.roofs
    assert spec.caption.notes[0] == "Missing: Nvidia H20 (Memory bandwidth: 0\u00a0GB/s)."
