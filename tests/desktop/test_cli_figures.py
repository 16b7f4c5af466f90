"""Exporting figures on the command line: by name, saved ones, their data."""

import shutil
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from chipscape_db.base_file import open_base
from chipscape_db.commands.figures import save_figure
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_desktop.cli import main


@pytest.fixture
def base(starter: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(starter, tmp_path / "facts.chipscape"))
    opened = open_base(path)
    content = FigureContent(
        "performance-over-time",
        {"metric": "memory.capacity", "frontier": "off"},
        view=(17000.0, 20500.0, 0.5, 3.0),
        title="Memory grows",
        annotations=(Annotation("line-across", ((0.0, 2.0),), "a hundred"),),
    )
    save_figure(opened.engine, author="ann", name="My memory", content=content)
    opened.close()
    return path


def test_a_saved_figure_is_written_as_it_was_saved(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "memory.svg"
    assert main(["export", str(base), "saved:My memory", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    for part in ("Memory grows", "a hundred", "memory.capacity"):
        assert part in text
    assert "best chip so far" not in text


def test_an_unknown_saved_figure_is_told_with_those_there_are(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(base), "saved:Other", str(tmp_path / "a.svg")]) == 1
    assert "My memory" in capsys.readouterr().err


def test_the_data_of_a_figure_is_written_as_a_table(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "data.csv"
    assert main(["export", str(base), "performance-over-time", str(out), "--option", "sparsity=dense"]) == 0
    head = out.read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("Name,Maker,Country,Date,FP16 compute (TFLOPS)")


def test_a_figure_for_a_column_is_laid_out_for_it_and_tells_how_small_its_letters_are(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "matrix.pdf"
    asked = ("--width", "85mm", "--option", "organizations=huawei,google,baidu")
    assert main(["export", str(base), "stack-matrix", str(out), *asked]) == 0
    assert capsys.readouterr().out == "85 × 137.7 mm, smallest text 6.4 pt\n"
    page = PdfReader(out).pages[0]
    assert float(page.mediabox.width) == pytest.approx(85 / 25.4 * 72, abs=0.1)
    words = "".join(page.extract_text().split())
    for part in ("SMIC,TSMC", "CANN,AKG", "PaddlePaddle", "Runtime,", "Gemma4"):
        assert part in words
    assert main(["export", str(base), "gap", str(out), "--preset", "poster"]) == 1
    assert "There is no size poster" in capsys.readouterr().err


def test_a_slide_is_16_by_9_inches_unless_told(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "memory.pptx"
    assert main(["export", str(base), "saved:My memory", str(out), "--text", "large"]) == 0
    deck = Presentation(str(out))
    assert deck.slide_width is not None
    assert deck.slide_height is not None
    assert (round(deck.slide_width / 12700), round(deck.slide_height / 12700)) == (960, 540)
    title = deck.slides[0].shapes.title
    assert title is not None
    assert title.text_frame.text == "Memory grows"
    assert [shape.has_chart for shape in deck.slides[0].shapes].count(True) == 1
    assert main(["export", str(base), "saved:My memory", str(out), "--shapes"]) == 0
    assert not any(shape.has_chart for shape in Presentation(str(out)).slides[0].shapes)


def test_frames_take_the_sizes_that_figures_take(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.pptx"
    asked = ["frames", str(base), str(out), "--first", "2024-01-01", "--last", "2025-01-01", "--every", "year"]
    small = [*asked, "--option", "center=huawei", "--option", "layout=stack"]
    for size, inches in (([], (40 / 3, 7.5)), (["--size", "254x190.5mm"], (10, 7.5))):
        assert main([*small, *size]) == 0
        deck = Presentation(str(out))
        assert deck.slide_width is not None
        assert deck.slide_height is not None
        assert (deck.slide_width / 914_400, deck.slide_height / 914_400) == pytest.approx(inches, abs=0.001)
    assert main([*small, "--preset", "poster"]) == 1
