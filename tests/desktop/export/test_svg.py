import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chipscape_desktop.benchmarks.sampler import CAPSULE, figure
from chipscape_desktop.export.describe import describe
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.svg import CAPSULE_NAMESPACE, render_svg
from chipscape_desktop.figures.drawing import Drawing, Layer, Rect, Ref, Text
from chipscape_desktop.figures.palette import DARK
from chipscape_desktop.figures.spec import Caption, SourceNote

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "sampler.svg"
HOSTILE = '</title><script>alert("1")</script>&amp;]]>\x00\x1b\ud800\''
SVG = "{http://www.w3.org/2000/svg}"
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def meaning(root: ElementTree.Element) -> list[object]:
    """The elements in order: tag, words, and attributes with their numbers rounded; no pictures, no metadata."""
    found: list[object] = []
    for element in root.iter():
        if not element.tag.startswith(SVG) or element.tag == f"{SVG}metadata":
            continue
        attributes = {
            name: NUMBERS.sub(lambda number: f"{float(number.group()):.1f}", value)
            for name, value in element.attrib.items()
            if not value.startswith("data:")
        }
        found.append((element.tag, (element.text or "").strip(), attributes))
    return found


def parsed(drawing: Drawing, caption: Caption) -> ElementTree.Element:
    return ElementTree.fromstring(render_svg(drawing, caption, CAPSULE))


def test_the_sampler_means_what_the_golden_file_means() -> None:
    assert meaning(parsed(*figure())) == meaning(ElementTree.parse(GOLDEN).getroot())


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert render_svg(*figure(), CAPSULE) == render_svg(*figure(), CAPSULE)


def test_every_mark_and_label_of_the_drawing_is_there_once() -> None:
    drawing, caption = figure()
    root = parsed(drawing, caption)
    said = describe(drawing)
    texts = [element for element in root.iter(f"{SVG}text") if element.get("aria-hidden") is None]
    assert ["".join(text.itertext()).removeprefix("Pangu 5.5") for text in texts] == list(said.texts)
    counts: Counter[str] = Counter()
    for group in root.iter(f"{SVG}g"):
        kinds = (group.get("class") or "").split()
        if kinds:
            counts[kinds[-1]] += len(group)
    counts["segment"], counts["curve"] = counts.pop("segments"), counts.pop("curves")
    assert {kind: count for kind, count in said.counts.items() if kind in counts} == dict(counts)
    titles = {element.text for element in root.iter(f"{SVG}title")}
    assert set(said.titles) <= titles


def test_ids_are_unique_and_valid() -> None:
    drawing, caption = figure()
    twice = replace(drawing, layers=(*drawing.layers, *drawing.layers))
    ids = [element.get("id") for element in parsed(twice, caption).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name or "") for name in ids)


def test_references_point_at_definitions() -> None:
    text = render_svg(*figure(), CAPSULE).decode()
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(re.findall(r'id="([^"]+)"', text))
    assert text.count("url(#") >= 3


def test_hostile_text_stays_text() -> None:
    drawing = Drawing(
        100, 100, "#ffffff", Rect(0, 0, 100, 100),
        (Layer(HOSTILE, (Text(5, 20, HOSTILE, 12, "#000000", ref=Ref("record", (HOSTILE,), HOSTILE)),)),),
        HOSTILE, HOSTILE,
    )  # fmt: skip
    caption = Caption(HOSTILE, HOSTILE, sources=(SourceNote(1, HOSTILE, HOSTILE, HOSTILE),))
    root = ElementTree.fromstring(render_svg(drawing, caption, Capsule(HOSTILE, sources=caption.sources)))
    assert not list(root.iter(f"{SVG}script"))
    assert root.findtext(f"{SVG}title") == HOSTILE.replace("\x00", "�").replace("\x1b", "�").replace("\ud800", "�")


def test_the_capsule_and_all_sources_travel_along() -> None:
    drawing, caption = figure(sources=300)
    root = ElementTree.fromstring(render_svg(drawing, caption, replace(CAPSULE, sources=caption.sources)))
    capsule = Capsule.from_json(root.findtext(f".//{{{CAPSULE_NAMESPACE}}}capsule") or "")
    assert capsule == replace(CAPSULE, sources=caption.sources)
    listed = [element.text for element in root.iter("{http://purl.org/dc/elements/1.1/}source")]
    assert listed[299] == "300 Huawei, data sheet 300, 2023-09 https://example.org/300"


def test_marks_outside_the_clip_and_without_a_place_are_left_out() -> None:
    drawing, caption = figure()
    text = render_svg(drawing, caption, CAPSULE).decode()
    assert "-500" not in text
    assert "nan" not in text


def test_dark_is_dark() -> None:
    ground = next(element for element in parsed(*figure(palette=DARK)) if element.tag == f"{SVG}rect")
    assert ground.get("fill") == DARK.ground


@pytest.mark.parametrize("module", ["chipscape_desktop.export.svg", "chipscape_desktop.export.formats"])
def test_svg_is_written_without_qt(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_label_brings_its_width_for_readers_with_other_fonts() -> None:
    drawing, caption = figure()
    for text in parsed(drawing, caption).iter(f"{SVG}text"):
        assert float(text.attrib["textLength"]) > 0
        assert text.attrib["lengthAdjust"] == "spacingAndGlyphs"
