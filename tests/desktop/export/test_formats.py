import errno
import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from chipscape_db.errors import FileFault, Invalid
from chipscape_desktop.benchmarks.sampler import CAPSULE, figure
from chipscape_desktop.export.formats import FORMATS, export_drawing
from chipscape_desktop.export.provenance import Capsule


def exported(path: Path, *, sources: int = 3) -> Path:
    export_drawing(*figure(sources=sources), CAPSULE, path)
    return path


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_gives_the_same_bytes_again(tmp_path: Path, suffix: str, qapp: object) -> None:
    first, second = exported(tmp_path / f"one{suffix}"), exported(tmp_path / f"two{suffix}")
    assert first.read_bytes() == second.read_bytes()
    assert sorted(each.name for each in tmp_path.iterdir()) == [f"one{suffix}", f"two{suffix}"]


def test_a_suffix_in_capitals_is_understood(tmp_path: Path) -> None:
    assert exported(tmp_path / "FIGURE.SVG").read_bytes().startswith(b"<?xml")


def test_an_unknown_suffix_is_refused_with_what_is_possible(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"“figure\.bmp”.*\.svg, \.png, \.pdf, \.pptx"):
        exported(tmp_path / "figure.bmp")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="cannot be written: No such file"):
        exported(tmp_path / "nowhere" / "figure.svg")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "figure.svg"
    target.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileFault, match="No space left"):
        exported(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_png_is_twice_as_large_and_carries_its_sources(tmp_path: Path, qapp: object) -> None:
    image = QImage(str(exported(tmp_path / "figure.png", sources=300)))
    assert (image.width(), image.height()) == (1920, 1080)
    assert image.text("Title") == "Every shape: 昇腾 & <A100>"
    assert "300 Huawei, data sheet 300, 2023-09 https://example.org/300" in image.text("Source")
    _, caption = figure(sources=300)
    assert Capsule.from_json(image.text("Chipscape")) == replace(CAPSULE, sources=caption.sources)


def test_pdf_is_one_page_of_the_figures_size_with_its_words(tmp_path: Path, qapp: object) -> None:
    reader = PdfReader(exported(tmp_path / "figure.pdf"))
    assert len(reader.pages) == 1
    page = reader.pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (720, 405)
    words = squeezed(page.extract_text())
    assert "昇腾&<A100>" in words
    assert "rangeofpublishedclaims" in words
    assert "盘古Pangu5.5" in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Every shape: 昇腾 & <A100>"
    assert reader.metadata.author == "Chipscape 0.1.0"
    assert reader.metadata.creation_date is None
    assert reader.metadata.modification_date is None
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("Inter" in font for font in fonts)


def test_pdf_carries_the_capsule_as_an_attachment(tmp_path: Path, qapp: object) -> None:
    reader = PdfReader(BytesIO(exported(tmp_path / "figure.pdf").read_bytes()))
    _, caption = figure()
    text = reader.attachments["chipscape.json"][0].decode()
    assert Capsule.from_json(text) == replace(CAPSULE, sources=caption.sources)


def test_sources_that_do_not_fit_follow_on_their_own_pages(tmp_path: Path, qapp: object) -> None:
    reader = PdfReader(exported(tmp_path / "figure.pdf", sources=300))
    assert len(reader.pages) > 2
    assert "morelistedinfull" in squeezed(reader.pages[0].extract_text()).replace(",", "")
    following = squeezed("".join(page.extract_text() for page in reader.pages[1:]))
    assert all(f"{n}Huawei,datasheet{n},2023-09https://example.org/{n}" in following for n in range(1, 301))
