"""Frames of the map: pictures in a folder, slides of native shapes."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.errors import Invalid
from chipscape_desktop.export.capsules import content_of, read_capsule
from chipscape_desktop.export.frames import FrameRows, days, read_frames, write_frames
from chipscape_desktop.export.jobs import ExportJob
from chipscape_desktop.figures.catalog import Request

MOMENTS = (date(2021, 1, 1), date(2024, 1, 1), date(2026, 1, 1))
REQUEST = Request(options={"center": "huawei", "layout": "stack"})
JOB = ExportJob("ecosystem", REQUEST, (960, 540), "print", "starter.chipscape")


@pytest.fixture(scope="module")
def rows(starter: Path) -> FrameRows:
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        read = read_frames(REQUEST, MOMENTS, session)
    base.close()
    return read


def test_days_step_by_month_quarter_and_year_and_end_with_the_last() -> None:
    assert days(date(2024, 11, 30), date(2025, 2, 3), "month") == (
        date(2024, 11, 30), date(2024, 12, 28), date(2025, 1, 28), date(2025, 2, 3),
    )  # fmt: skip
    assert days(date(2024, 1, 1), date(2024, 12, 31), "quarter")[-2:] == (date(2024, 10, 1), date(2024, 12, 31))
    assert days(date(2020, 1, 1), date(2020, 1, 1), "year") == (date(2020, 1, 1),)
    with pytest.raises(Invalid):
        days(date(2025, 1, 1), date(2024, 1, 1), "year")
    with pytest.raises(Invalid):
        days(date(1990, 1, 1), date(2024, 1, 1), "month")


def test_every_slide_has_native_shapes_that_stay_in_place_and_its_sources(rows: FrameRows, tmp_path: Path) -> None:
    path = tmp_path / "map.pptx"
    assert write_frames(rows, JOB, path) == len(MOMENTS)
    deck = Presentation(str(path))
    assert (deck.slide_width, deck.slide_height) == (960 * 9525, 540 * 9525)
    spots = []
    frames, behind = list(deck.slides)[: len(MOMENTS)], list(deck.slides)[len(MOMENTS) :]
    capsule = read_capsule(path)
    for slide, day in zip(frames, MOMENTS, strict=True):
        every = [*slide.shapes, *(one for group in slide.shapes for layer in getattr(group, "shapes", ())
                                  for one in layer.shapes)]  # fmt: skip
        named = {shape.name: shape for shape in every}
        assert named["Huawei"].shape_type in (MSO_SHAPE_TYPE.AUTO_SHAPE, MSO_SHAPE_TYPE.TEXT_BOX)
        signs = [shape for shape in every if shape.name == "TSMC" and shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
        spots.append([(shape.left + shape.width // 2, shape.top + shape.height // 2) for shape in signs])
        texts = [shape.text_frame.text for shape in every if shape.has_text_frame]
        assert any(str(day.year) in text for text in texts)
        assert not [shape for shape in every if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        numbered = {line.partition(" ")[2] for line in slide.notes_slide.notes_text_frame.text.splitlines()}
        assert len(numbered & {f"{source.text} {source.url}".strip() for source in capsule.sources}) > 10
        assert any(one.click_action.hyperlink.address for one in every if one.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE)
    assert spots[1] == spots[2]
    texts = "".join(shape.text_frame.text for slide in behind for shape in slide.shapes)
    assert all(source.text in texts for source in capsule.sources)
    assert content_of(capsule).options == REQUEST.options


def test_a_picture_carries_its_day_and_its_sources(rows: FrameRows, tmp_path: Path) -> None:
    write_frames(rows, JOB, tmp_path)
    capsule = read_capsule(tmp_path / "ecosystem-2024-01-01.png")
    assert content_of(capsule).filters.as_of == date(2024, 1, 1)
    assert capsule.sources


def test_pictures_go_to_a_folder_one_for_each_day(rows: FrameRows, tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    assert write_frames(rows, JOB, folder) == len(MOMENTS)
    names = [f"ecosystem-{day}.png" for day in MOMENTS]
    assert sorted(path.name for path in folder.iterdir()) == names
    first, last = (np.asarray(Image.open(folder / names[place]).convert("L")) for place in (0, 2))
    assert first.shape == last.shape
    assert (first != last).mean() > 0.01


def test_cancelled_slides_are_not_written_and_other_endings_are_refused(rows: FrameRows, tmp_path: Path) -> None:
    assert write_frames(rows, JOB, tmp_path / "map.pptx", should_stop=lambda: True) == 0
    assert not (tmp_path / "map.pptx").exists()
    with pytest.raises(Invalid):
        write_frames(rows, JOB, tmp_path / "map.gif")
