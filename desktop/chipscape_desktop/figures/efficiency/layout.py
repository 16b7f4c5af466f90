"""From the spec of an efficiency plane to a drawing."""

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Floats, Item, Layer, Marks, Pen, Rect, Segments, Text
from chipscape_desktop.figures.efficiency.ratio import ratios_between
from chipscape_desktop.figures.efficiency.spec import Chip, EfficiencySpec
from chipscape_desktop.figures.labels import LabelRequests, place
from chipscape_desktop.figures.layout.facets import facet_heads, facet_rooms
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.layout.number_plane import NumberPlane, number_plane, number_plane_layers
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.readings.words import amount
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _, ngettext

_SIZE, _HEIGHT, _BASELINE = 11.5, 14.0, 11.0
_LINE_SIZE = 10.5
_BLEED = 8.0
_Box: TypeAlias = tuple[float, float, float, float]
_ALONG = (1.0, 0.88, 0.76, 0.62, 0.45)  # where along a line its words may stand
_BEYOND = 1.6  # how far beyond the ratios of the chips lines of one ratio are drawn


def draw(
    spec: EfficiencySpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the part of the data in *view*: one plane, or one for each facet."""
    if spec.facets:
        rooms = facet_rooms(len(spec.facets), frame.plot)
        parts = [[spec.chips[i] for i in facet.chips] for facet in spec.facets]
        heads = [facet_heads([facet.title for facet in spec.facets], rooms, palette, measure)]
    else:
        rooms, parts, heads = [frame.plot], [list(spec.chips)], []
    layers, panels, dropped = list(heads), [], 0
    for room, chips in zip(rooms, parts, strict=True):
        made = number_plane(room, view, spec.x_axis, y_axis=spec.axis, measure=measure)
        panels.append(made.plot)
        found, lost = _panel(spec, made, room, chips, palette=palette, measure=measure)
        layers += found
        dropped += lost
    return Drawing(
        size[0], size[1], palette.ground, panels[0],
        tuple(layer for layer in (*frame.layers, *layers) if layer.items), spec.caption.title, spec.summary, dropped,
        panels=tuple(panels),
    )  # fmt: skip


def _panel(
    spec: EfficiencySpec, made: NumberPlane, room: Rect, chips: Sequence[Chip], *, palette: Palette, measure: Measure
) -> tuple[list[Layer], int]:
    plot = made.plot
    clip = Rect(plot.x - _BLEED, plot.y - _BLEED, plot.width + 2 * _BLEED, plot.height + 2 * _BLEED)
    lines, line_boxes = _lines(spec, made, chips, palette, measure) if spec.lines else ([], [])
    labels, dropped = _labels(made, chips, line_boxes, palette, measure)
    note = ""
    if dropped:
        note = ngettext("{count} label found no room", "{count} labels found no room", dropped).format(count=dropped)
    layers = [
        *number_plane_layers(made, room, palette, measure, note=note),
        Layer("ratios", tuple(lines), plot),
        Layer("whiskers", tuple(_whiskers(made, chips, palette)), clip),
        Layer("values", tuple(_marks(made, chips, palette)), clip),
        Layer("labels", labels),
    ]
    if not chips:
        text = _("No record has a figure to compare under this convention.")
        middle = plot.x + plot.width / 2, plot.y + plot.height / 2
        layers.append(Layer("empty", (Text(*middle, text, 13.0, palette.ink_soft, anchor="middle"),)))
    return layers, dropped


def _lines(
    spec: EfficiencySpec, made: NumberPlane, chips: Sequence[Chip], palette: Palette, measure: Measure
) -> tuple[list[Item], list[_Box]]:
    """Return the lines of one ratio with their words at the upper end, and the boxes of the words."""
    ratios = [chip.y / chip.x * spec.ratio.factor for chip in spec.chips if chip.x > 0 and chip.y > 0]
    if not ratios:
        return [], []
    items: list[Item] = []
    boxes: list[_Box] = []
    plot = made.plot
    x_at, y_at = made.x(np.array([chip.x for chip in chips])), made.y(np.array([chip.y for chip in chips]))
    half = np.array([chip.size / 2 for chip in chips])
    marks = [tuple(row) for row in np.stack([x_at - half, y_at - half, x_at + half, y_at + half], axis=1).tolist()]
    for ratio in ratios_between(min(ratios) / _BEYOND, max(ratios) * _BEYOND):
        slope = ratio / spec.ratio.factor
        ends = _ends(slope, made)
        if ends is None:
            continue
        (left, low), (right, high) = ends
        x, y = made.x(np.array([left, right])), made.y(np.array([low, high]))
        items.append(Segments(x[:1], y[:1], x[1:], y[1:], Pen(palette.ink_soft[:7] + "8c", 1.0, (5.0, 4.0))))
        text = f"{amount(ratio)}\u00a0{spec.ratio.unit}"
        box = _words_box((x, y), measure.width(text, _LINE_SIZE), plot, [*boxes, *marks])
        if box is not None:
            boxes.append(box)
            items.append(
                Text(box[2] - 2, box[3] - 4, text, _LINE_SIZE, palette.ink_soft, anchor="end", halo=palette.ground)
            )
    return items, boxes


def _words_box(line: tuple[Floats, Floats], wide: float, plot: Rect, taken: Sequence[_Box]) -> _Box | None:
    """Return where the words of a line stand: at its upper end, or farther down where something is there already."""
    x, y = line
    for share in _ALONG:
        end = float(x[0] + (x[1] - x[0]) * share), float(y[0] + (y[1] - y[0]) * share)
        at_top = end[1] <= plot.y + 1
        right = min(end[0] - (10 if at_top else 4), plot.right - 4)
        base = plot.y + 12 if at_top else max(end[1] + (14 if share == 1 else -3), plot.y + 12)
        box = (right - wide - 2, base - 10, right + 2, base + 4)
        if box[0] >= plot.x and box[3] <= plot.bottom and not any(_over(box, other) for other in taken):
            return box
    return None


def _ends(slope: float, made: NumberPlane) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return where the line y = slope x enters and leaves the view, None where it does not meet it."""
    (x0, x1), (y0, y1) = made.view.x, made.view.y
    if made.x_axis.log:
        shift = math.log10(slope)
        left, right = max(x0, y0 - shift), min(x1, y1 - shift)
        if left >= right:
            return None
        return (10.0**left, 10.0 ** (left + shift)), (10.0**right, 10.0 ** (right + shift))
    left, right = max(x0, y0 / slope), min(x1, y1 / slope)
    return None if left >= right else ((left, left * slope), (right, right * slope))


def _over(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _whiskers(made: NumberPlane, chips: Sequence[Chip], palette: Palette) -> list[Item]:
    """Return a whisker along each axis for the chips whose claims disagree there."""
    items: list[Item] = []
    for chip in chips:
        ink = Pen(palette.colour(chip.colour), 1.5)
        x, y = float(made.x(np.array([chip.x]))[0]), float(made.y(np.array([chip.y]))[0])
        if chip.y_range[0] < chip.y_range[1]:
            low, high = made.y(np.array(chip.y_range)).tolist()
            lines = np.array([[x, low, x, high], [x - 4, low, x + 4, low], [x - 4, high, x + 4, high]])
            items.append(_lines_of(lines, ink, chip))
        if chip.x_range[0] < chip.x_range[1]:
            left, right = made.x(np.array(chip.x_range)).tolist()
            lines = np.array([[left, y, right, y], [left, y - 4, left, y + 4], [right, y - 4, right, y + 4]])
            items.append(_lines_of(lines, ink, chip))
    return items


def _lines_of(lines: Floats, pen: Pen, chip: Chip) -> Segments:
    x1, y1, x2, y2 = lines.T
    return Segments(x1, y1, x2, y2, pen, refs=(chip.ref,) * len(lines))


def _marks(made: NumberPlane, chips: Sequence[Chip], palette: Palette) -> list[Item]:
    """Return the marks, the large ones first so that none hides a smaller."""
    items: list[Item] = []
    for chip in sorted(chips, key=lambda one: -one.size):
        ink = palette.colour(chip.colour)
        at = made.x(np.array([chip.x])), made.y(np.array([chip.y]))
        fill, pen = (palette.ground, Pen(ink, 1.75)) if chip.hollow else (ink, Pen(palette.ground, 1.0))
        items.append(Marks(chip.form, *at, chip.size, fill, pen, refs=(chip.ref,)))
    return items


def _labels(
    made: NumberPlane, chips: Sequence[Chip], taken: Sequence[_Box], palette: Palette,
    measure: Measure,
) -> tuple[tuple[Item, ...], int]:  # fmt: skip
    plot = made.plot
    if not chips:
        return (), 0
    x, y = made.x(np.array([chip.x for chip in chips])), made.y(np.array([chip.y for chip in chips]))
    inside = (x >= plot.x) & (x <= plot.right) & (y >= plot.y) & (y <= plot.bottom)
    wanted = [i for i in np.flatnonzero(inside).tolist() if chips[i].label]
    if not wanted:
        return (), 0
    index = np.array(wanted)
    obstacles = [np.array([box]) for box in taken]
    half = np.array([chip.size / 2 for chip in chips])
    obstacles.append(np.stack([x - half, y - half, x + half, y + half], axis=1))
    low, high = np.array([chip.y_range for chip in chips]).T
    obstacles.append(np.stack([x - 5, made.y(high) - 1, x + 5, made.y(low) + 1], axis=1)[high > low])
    low, high = np.array([chip.x_range for chip in chips]).T
    obstacles.append(np.stack([made.x(low) - 1, y - 5, made.x(high) + 1, y + 5], axis=1)[high > low])
    widths = np.array([measure.width(chips[i].label, _SIZE, 500) for i in wanted]) + 2
    requests = LabelRequests(
        x[index], y[index], half[index] + 1, widths, np.full(len(index), _HEIGHT),
        np.array([chips[i].priority for i in wanted]),
    )  # fmt: skip
    placed = place(requests, plot, obstacles=np.concatenate(obstacles), gap=2.0)
    items: list[Item] = []
    for k in placed.placed.tolist():
        at, anchor = placed.anchor(k)
        chip = chips[wanted[k]]
        items.append(
            Text(at, float(placed.y[k]) + _BASELINE, chip.label, _SIZE, palette.ink, 500, anchor, halo=palette.ground,
                 ref=chip.ref)
        )  # fmt: skip
    return tuple(items), placed.dropped
