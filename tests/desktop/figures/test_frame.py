import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.drawing import Box, Marks, Rect, Segments, Text
from chipscape_desktop.figures.layout.frame import ASCENT, DESCENT, Frame, compose
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.text import default_measure

MEASURE = default_measure()
SWATCHES = [
    "disc", "square", "diamond", "hexagon", "tab", "triangle", "cross", "tick", "dash", "arrow",
    "line", "dashed", "whisker", "band", "range", "fade", "density",
]  # fmt: skip
WORDS = st.sampled_from(
    ["Huawei", "昇腾910B", "a", "performance", "FP16", "x" * 90, "盘古大模型发布会", "(2023-09),", "énergie", "—", "中"]
)
SENTENCES = st.lists(WORDS, max_size=20).map(" ".join)
CAPTIONS = st.builds(
    Caption,
    title=SENTENCES,
    subtitle=SENTENCES,
    legend=st.lists(
        st.builds(LegendEntry, st.sampled_from(SWATCHES), st.sampled_from(["china", "us", "amber"]), SENTENCES),
        max_size=9,
    ).map(tuple),
    notes=st.lists(SENTENCES, max_size=4).map(tuple),
    sources=st.lists(SENTENCES, max_size=30).map(
        lambda texts: tuple(SourceNote(n, f"s{n}", text) for n, text in enumerate(texts, 1))
    ),
)
SIZES = st.tuples(st.integers(480, 2560), st.integers(320, 1440))
COMMON_SIZES = [(480, 320), (640, 480), (960, 540), (1366, 768), (1920, 1080), (2560, 1440)]


def some_sources(count: int) -> tuple[SourceNote, ...]:
    return tuple(SourceNote(n, f"s{n}", f"Publisher {n}, data sheet of chip {n}, 2023-09") for n in range(1, count + 1))


def text_box(text: Text) -> Rect:
    width = MEASURE.width(text.text, text.size, text.weight)
    return Rect(text.x, text.y - ASCENT * text.size, width, (ASCENT + DESCENT) * text.size)


def texts_of(frame: Frame) -> list[Text]:
    return [item for layer in frame.layers for item in layer.items if isinstance(item, Text)]


def boxes_of(frame: Frame) -> list[Rect]:
    boxes = []
    for layer in frame.layers:
        for item in layer.items:
            match item:
                case Text():
                    boxes.append(text_box(item))
                case Box():
                    boxes.append(item.rect)
                case Marks():
                    half = item.size / 2
                    boxes += [Rect(x - half, y - half, 2 * half, 2 * half) for x, y in zip(item.x, item.y, strict=True)]
                case Segments() if layer.name == "legend":
                    left, top = min(item.x1.min(), item.x2.min()), min(item.y1.min(), item.y2.min())
                    right, bottom = max(item.x1.max(), item.x2.max()), max(item.y1.max(), item.y2.max())
                    boxes.append(Rect(left, top, right - left, bottom - top))
    return [*boxes, frame.plot]


def overlap(one: Rect, other: Rect) -> bool:
    slack = 0.01
    return (
        one.x + slack < other.right
        and other.x + slack < one.right
        and one.y + slack < other.bottom
        and other.y + slack < one.bottom
    )


def assert_well_set(frame: Frame, size: tuple[float, float]) -> None:
    boxes = boxes_of(frame)
    for place, box in enumerate(boxes):
        assert box.x >= 0, box
        assert box.y >= 0, box
        assert box.right <= size[0] + 0.01, box
        assert box.bottom <= size[1] + 0.01, box
        assert not [other for other in boxes[:place] if overlap(box, other)], box
    assert frame.plot.height >= size[1] * 0.25


@given(caption=CAPTIONS, size=SIZES)
def test_nothing_leaves_the_frame_or_overlaps(caption: Caption, size: tuple[int, int]) -> None:
    assert_well_set(compose(caption, size, LIGHT, MEASURE), size)


@pytest.mark.parametrize("size", COMMON_SIZES)
@pytest.mark.parametrize("title", ["Short", "The long title goes on and on " * 7, "盘古大模型" * 40])
def test_long_titles_and_three_hundred_sources_find_their_place(size: tuple[int, int], title: str) -> None:
    legend = tuple(LegendEntry(swatch, "china", f"Entry {swatch}") for swatch in SWATCHES)
    frame = compose(Caption(title, "FP16, dense", legend, ("A note.",), some_sources(300)), size, LIGHT, MEASURE)
    assert_well_set(frame, size)
    sources = next(layer for layer in frame.layers if layer.name == "sources")
    bands = [text_box(item) for item in sources.items if isinstance(item, Text)]
    assert max(box.bottom for box in bands) - min(box.y for box in bands) <= size[1] / 4
    assert frame.sources_shown > 0
    words = " ".join(item.text for item in sources.items if isinstance(item, Text))
    assert f"and {300 - frame.sources_shown} more, listed in full in every exported file" in words


def test_all_sources_are_set_with_their_numbers_when_they_fit() -> None:
    frame = compose(Caption("T", "", sources=some_sources(5)), (960, 540), LIGHT, MEASURE)
    words = " ".join(text.text for text in texts_of(frame))
    assert frame.sources_shown == 5
    assert all(f"{n}\u00a0Publisher {n}," in words for n in range(1, 6))
    assert "more" not in words


def test_a_bare_caption_leaves_nearly_everything_to_the_plot() -> None:
    frame = compose(Caption("", ""), (960, 540), LIGHT, MEASURE)
    assert frame.layers == ()
    assert frame.plot.height > 500


def test_sizes_and_weights_follow_the_look() -> None:
    caption = Caption("Title", "Subtitle", (LegendEntry("disc", "us", "US"),), ("Note.",), some_sources(1))
    frame = compose(caption, (1366, 768), LIGHT, MEASURE)
    by_layer = {layer.name: [item for item in layer.items if isinstance(item, Text)] for layer in frame.layers}
    assert [(text.size, text.weight) for text in by_layer["title"]] == [(20, 600)]
    assert by_layer["subtitle"][0].size == 13
    assert by_layer["subtitle"][0].colour == LIGHT.ink_soft
    assert by_layer["notes"][0].size == 11
    assert 10 <= by_layer["sources"][0].size <= 11


def test_a_compact_frame_leaves_more_to_the_plot() -> None:
    caption = Caption("Title of the figure", "Subtitle", notes=("Note.",), sources=some_sources(40))
    roomy = compose(caption, (680, 480), LIGHT, MEASURE, compact=False)
    assert compose(caption, (680, 480), LIGHT, MEASURE).plot.height > roomy.plot.height


@pytest.mark.parametrize("size", [(0, 0), (40, 30), (160, 100), (240, 120)])
def test_a_thumbnail_has_no_negative_plot(size: tuple[int, int]) -> None:
    frame = compose(Caption("Title", "Sub", notes=("Note",), sources=some_sources(3)), size, LIGHT, MEASURE)
    assert frame.plot.width >= 0
    assert frame.plot.height >= 0


def test_an_unknown_swatch_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no swatch"):
        compose(Caption("T", "", (LegendEntry("squiggle", "us", "?"),)), (960, 540), LIGHT, MEASURE)


def test_notes_take_the_whole_width_before_they_are_cut():
    note = "A note that says at some length how a value was chosen and what is missing. "
    caption = Caption("T", "s", notes=(note * 7,))
    frame = compose(caption, (1366.0, 768.0), LIGHT, MEASURE)
    lines = [item.text for layer in frame.layers if layer.name == "notes" for item in layer.items]
    assert "".join(lines).replace(" ", "") == (note * 7).replace(" ", "")
    short = compose(Caption("T", "s", notes=(note * 3,)), (1366.0, 768.0), LIGHT, MEASURE)
    widths = [MEASURE.width(item.text, 11) for layer in short.layers if layer.name == "notes" for item in layer.items]
    assert max(widths) <= 960
