import time

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontInfo, QFontMetricsF, QRawFont

from chipscape_desktop.figures.text import AdvanceTable, default_measure, elide, wrap
from chipscape_desktop.font_build import advance_table, cjk_characters
from chipscape_desktop.font_names import CJK_FAMILY, CJK_FILE, INTER_FILES
from chipscape_desktop.fonts import figure_font, interface_font
from chipscape_resources import resource

LABELS = [
    "Ascend 910B",
    "NVIDIA A100 80GB",
    "Tensor Processing Unit v5e",
    "Mémoire (Go), d’après « l’annonce »",
    "1,234.5 TFLOPS",
    "10:30 (AVAILABLE) -> 2x3",
    "盘古大模型",
    "삼성전자 하이닉스",
    "Huawei 华为 Cloud",
    "12\u202f345 \u2212 7 × 8 ≥ 3",
]


def test_the_shipped_table_is_that_of_the_fonts():
    assert resource("fonts", "advances.bin").read_bytes() == advance_table(resource("fonts"))


def test_guessed_advances_of_the_fallback_are_its_own():
    font = TTFont(resource("fonts", CJK_FILE))
    measure = default_measure()
    inter = TTFont(resource("fonts", INTER_FILES[400])).getBestCmap()
    names = font.getBestCmap()
    assert set(names) <= cjk_characters()
    wrong = [
        chr(code)
        for code, name in names.items()
        if code not in inter and abs(measure.width(chr(code), 1000) - font["hmtx"][name][0]) > 1
    ]
    assert wrong == []


@pytest.mark.parametrize("file", [*INTER_FILES.values(), CJK_FILE])
def test_each_font_brings_its_licence(file):
    licence = resource("fonts", file.split("-")[0] + "-LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
@pytest.mark.parametrize("label", LABELS)
def test_qt_and_the_table_agree(qapp, label, weight):
    metrics = QFontMetricsF(figure_font(13, weight))
    assert metrics.horizontalAdvance(label) == pytest.approx(default_measure().width(label, 13, weight), abs=0.5)


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_the_bundled_face_is_the_one_used(qapp, weight):
    font = interface_font(13, weight)
    assert QFontInfo(font).family().startswith("Inter")
    assert QRawFont.fromFont(font).weight() == weight


def test_chinese_has_glyphs(qapp):
    from PySide6.QtGui import QTextLayout

    layout = QTextLayout("盘古 昇腾 삼성 のク", interface_font(13))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    assert all(index != 0 for run in runs for index in run.glyphIndexes())
    assert CJK_FAMILY in {run.rawFont().familyName() for run in runs}


def test_a_line_keeps_its_height_when_a_name_is_chinese(qapp):
    metrics = QFontMetricsF(interface_font(13))
    from PySide6.QtGui import QTextLayout

    heights = []
    for text in ("Pangu", "Pangu 盘古"):
        layout = QTextLayout(text, interface_font(13))
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        heights.append(line.height())
    assert heights[1] == pytest.approx(heights[0], abs=1)
    assert metrics.height() == pytest.approx(heights[0], abs=1)


def test_tabular_digits_are_equally_wide(qapp):
    tabular = QFontMetricsF(interface_font(13, tabular=True))
    assert tabular.horizontalAdvance("1111") == pytest.approx(tabular.horizontalAdvance("0000"), abs=0.01)
    plain = QFontMetricsF(interface_font(13))
    assert plain.horizontalAdvance("1111") < plain.horizontalAdvance("0000") - 1


@given(st.lists(st.text(), max_size=20))
def test_many_widths_are_the_single_widths(texts):
    measure = default_measure()
    expected = [measure.width(text, 13, 600) for text in texts]
    np.testing.assert_allclose(measure.width_many(texts, 13, 600), expected)


def test_a_thousand_labels_take_under_two_milliseconds():
    measure = AdvanceTable(resource("fonts", "advances.bin").read_bytes())
    labels = [f"Ascend {number}B" for number in range(1000)]
    measure.width_many(labels, 13)

    def best(work):
        times = []
        for _ in range(7):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return min(times)

    assert best(lambda: measure.width_many(labels, 13)) < 0.002
    assert best(lambda: [measure.width(label, 13.0) for label in labels]) < 0.002


def test_a_fitting_text_is_left_alone_and_a_long_one_is_cut():
    measure = default_measure()
    assert elide("Huawei", 200, size=13) == "Huawei"
    cut = elide("Huawei opens the Pangu weights", 100, size=13)
    assert cut.endswith("…")
    assert measure.width(cut, 13) <= 100
    assert elide("Huawei", 3, size=13) == ""


@given(st.text(alphabet="ab cé-/,。「」盘古\n", max_size=80), st.floats(30, 200))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, width):
    measure = default_measure()
    lines = wrap(text, width, size=13)
    assert all(measure.width(line, 13) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_chinese_breaks_between_characters_but_not_before_a_comma():
    lines = wrap("盘古大模型，开源", 13 * 5 + 1, size=13)
    assert lines == ["盘古大模", "型，开源"]


def test_too_many_lines_end_in_an_ellipsis():
    lines = wrap("one two three four five six seven", 60, size=13, max_lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
