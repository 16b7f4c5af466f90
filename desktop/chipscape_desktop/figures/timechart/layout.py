"""From a chart over time to a drawing."""

from collections.abc import Iterator

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import (
    Anchor,
    Box,
    Drawing,
    Floats,
    Item,
    Layer,
    Marks,
    Pen,
    Polyline,
    Rect,
    Ref,
    Segments,
    Text,
)
from chipscape_desktop.figures.labels import LabelRequests, place
from chipscape_desktop.figures.layout.frame import Frame
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.timechart.axes import LABEL_SIZE, ROW, PanelAxes, TimeAxes, axis_layers, time_axes
from chipscape_desktop.figures.timechart.spec import Line, Milestone, Spot, TimeChartSpec
from chipscape_desktop.i18n import ngettext

_BLEED = 6.0
_CAP = 3.5
_NAME, _NAME_HEIGHT, _NAME_BASELINE = 11.5, 14.0, 11.0
_MOST_HEAD_ROWS, _ROOMY = 3, 460.0
_LONGEST_RULE = 190.0
_STEP = 6.0  # pixels between the boxes along a line that names keep away from


def draw(
    spec: TimeChartSpec, frame: Frame, *, size: tuple[float, float], palette: Palette, measure: Measure, view: View
) -> Drawing:
    """Return the drawing of *spec* in *frame* for the days in *view*."""
    room = frame.plot
    rows = 0
    if spec.milestones:
        rows = min(_MOST_HEAD_ROWS, len(spec.milestones), 1 if room.height < _ROOMY / 2 else _MOST_HEAD_ROWS)
    made = time_axes(spec.panels, room, view.x, measure, head_rows=rows)
    behind, names, lost = _milestones(spec.milestones, made, rows, palette=palette, measure=measure)
    layers: list[Layer] = []
    labels: list[Item] = []
    dropped = lost
    for number, one in enumerate(made.panels):
        clip = Rect(one.plot.x - _BLEED, one.plot.y - _BLEED, one.plot.width + 2 * _BLEED, one.plot.height + _BLEED)
        inner = Rect(one.plot.x, one.plot.y, one.plot.width, one.plot.height)
        layers += [
            Layer(f"bars-{number}", tuple(_bars(one, made, palette)), inner),
            Layer(f"bands-{number}", tuple(_areas(one, made, palette)), inner),
            Layer(f"across-{number}", tuple(_lines_across(one, palette))),
            Layer(f"lines-{number}", tuple(_lines(one, made, palette)), inner),
            Layer(f"values-{number}", tuple(_spots(one, made, palette)), clip),
        ]
        found, missed = _labels(one, made, palette, measure)
        labels += found
        dropped += missed
    note = ""
    if dropped:
        note = ngettext("{count} label found no room", "{count} labels found no room", dropped).format(count=dropped)
    grid, axes = axis_layers(made, room, palette, measure, title=spec.axis_title, note=note)
    whole = [grid, axes, Layer("rules", tuple(behind)), *layers, Layer("rule-names", tuple(names)),
             Layer("labels", tuple(labels))]  # fmt: skip
    if spec.empty:
        middle = made.plot.y + made.plot.height / 2
        text = Text(made.plot.x + made.plot.width / 2, middle, spec.empty, 13.0, palette.ink_soft, anchor="middle",
                    halo=palette.ground)  # fmt: skip
        whole.append(Layer("empty", (text,)))
    return Drawing(
        size[0], size[1], palette.ground, made.plot, tuple(layer for layer in (*frame.layers, *whole) if layer.items),
        spec.caption.title, spec.summary, dropped,
    )  # fmt: skip


def _milestones(
    milestones: tuple[Milestone, ...], made: TimeAxes, rows: int, *, palette: Palette, measure: Measure
) -> tuple[list[Item], list[Item], int]:
    """Return the lines of the rules, their names in the head, and how many names found no room.

    A name stands right of its line, else left, in the first row where it is free; the first milestones choose first.
    """
    taken: list[list[tuple[float, float]]] = [[] for _row in range(rows)]
    lines: list[Item] = []
    names: list[Item] = []
    lost = 0
    for one in milestones:
        x = float(made.time.to_px(one.x))
        if not made.plot.x <= x <= made.plot.right:
            continue
        text = elide(one.label, _LONGEST_RULE, size=LABEL_SIZE, measure=measure)
        width = measure.width(text, LABEL_SIZE)
        beside: tuple[tuple[float, Anchor], ...] = ((x + 4, "start"), (x - 4 - width, "end"))
        spots = [
            (row, left, anchor)
            for row in range(rows)
            for left, anchor in beside
            if left >= made.plot.x - 20 and left + width <= made.plot.right + 4
            and all(left > b + 8 or left + width < a - 8 for a, b in taken[row])
        ]  # fmt: skip
        top = made.head.bottom if rows else made.plot.y
        if spots:
            row, left, anchor = spots[0]
            taken[row].append((left, left + width))
            top = made.head.y + row * ROW + 2
            at = x + 4 if anchor == "start" else x - 4
            names.append(
                Text(at, made.head.y + row * ROW + 12, text, LABEL_SIZE, palette.amber, 500, anchor,
                     halo=palette.ground, ref=one.ref)
            )  # fmt: skip
        else:
            lost += 1
        column = (np.array([x]), np.array([top]), np.array([x]), np.array([made.plot.bottom]))
        lines.append(Segments(*column, Pen(palette.amber, 1.0, (4.0, 3.0)), refs=(one.ref,)))
    return lines, names, lost


def _bars(one: PanelAxes, made: TimeAxes, palette: Palette) -> Iterator[Item]:
    for bar in one.panel.bars:
        left, right = (float(made.time.to_px(day)) for day in (bar.x0, bar.x1))
        bottom, top = one.y(np.array([bar.low, bar.high])).tolist()
        ink = palette.colour(bar.colour)
        rect = Rect(left, top, max(1.0, right - left), max(1.0, bottom - top))
        fill: str | None = ink
        if bar.open:
            fill = palette.ground
        elif bar.hatched:
            fill = ink + "40"
        yield Box(rect, fill, Pen(ink if bar.open or bar.hatched else palette.ground, 1.0),
                  hatch=ink if bar.hatched else None, ref=bar.ref)  # fmt: skip


def _areas(one: PanelAxes, made: TimeAxes, palette: Palette) -> Iterator[Item]:
    for area in one.panel.areas:
        known = np.isfinite(area.low) & np.isfinite(area.high)
        for run in _runs(known):
            x = made.x(area.x[run])
            x = np.concatenate([x, x[::-1]])
            y = np.concatenate([one.y(area.low[run]), one.y(area.high[run])[::-1]])
            yield Polyline(x, y, None, palette.colour(area.colour) + "33")


def _lines(one: PanelAxes, made: TimeAxes, palette: Palette) -> Iterator[Item]:
    for line in one.panel.lines:
        for run in _runs(np.isfinite(line.y)):
            pen = Pen(palette.colour(line.colour), line.width, line.dash)
            yield Polyline(made.x(line.x[run]), one.y(line.y[run]), pen, ref=line.ref)


def _runs(known: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Iterator[slice]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield slice(start, end)


def _lines_across(one: PanelAxes, palette: Palette) -> Iterator[Item]:
    for line in one.panel.across:
        y = float(one.y(np.array([line.value]))[0])
        if one.plot.y <= y <= one.plot.bottom:
            ends = (np.array([one.plot.x]), np.array([y]), np.array([one.plot.right]), np.array([y]))
            yield Segments(*ends, Pen(palette.ink_soft, 1.0, (6.0, 4.0)))
            yield Text(one.plot.x + 6, y - 5, line.label, LABEL_SIZE, palette.ink_soft, 500, halo=palette.ground)


def _spots(one: PanelAxes, made: TimeAxes, palette: Palette) -> Iterator[Item]:
    """Return the ranges of claims, then the marks, those of one look together."""
    groups: dict[tuple[str, str, bool], list[Spot]] = {}
    for spot in one.panel.spots:
        groups.setdefault((spot.shape, spot.colour, spot.hollow), []).append(spot)
    for members in groups.values():
        wide = [spot for spot in members if spot.low is not None and spot.high is not None and spot.high > spot.low]
        if wide:
            yield _whiskers(wide, one, made, palette)
    for (_shape, colour, hollow), members in groups.items():
        ink = palette.colour(colour)
        fill, pen = (palette.ground, Pen(ink, 1.75)) if hollow else (ink, Pen(palette.ground, 1.0))
        x, y = _places(members, one, made)
        size = np.array([spot.size for spot in members], dtype=np.float64)
        yield Marks(members[0].shape, x, y, size, fill, pen, refs=tuple(spot.ref for spot in members))


def _whiskers(spots: list[Spot], one: PanelAxes, made: TimeAxes, palette: Palette) -> Segments:
    x, _y = _places(spots, one, made)
    low = one.y(np.array([spot.low for spot in spots], dtype=np.float64))
    high = one.y(np.array([spot.high for spot in spots], dtype=np.float64))
    x1, x2 = np.concatenate([x, x - _CAP, x - _CAP]), np.concatenate([x, x + _CAP, x + _CAP])
    y1, y2 = np.concatenate([low, low, high]), np.concatenate([high, low, high])
    refs: tuple[Ref, ...] = tuple(spot.ref for spot in spots)
    return Segments(x1, y1, x2, y2, Pen(palette.colour(spots[0].colour), 1.5), refs=refs * 3)


def _places(spots: list[Spot], one: PanelAxes, made: TimeAxes) -> tuple[Floats, Floats]:
    x = made.x(np.array([spot.x for spot in spots], dtype=np.float64))
    return x, one.y(np.array([spot.y for spot in spots], dtype=np.float64))


def _labels(one: PanelAxes, made: TimeAxes, palette: Palette, measure: Measure) -> tuple[list[Item], int]:
    """Return the names of the marks and of the lines that found room, and how many found none."""
    paths = np.concatenate([np.zeros((0, 4)), *(_along(line, one, made) for line in one.panel.lines)])
    ends, blocked = _line_labels(one, made, palette, measure, paths=paths)
    spots = [spot for spot in one.panel.spots if spot.label]
    x, y = _places(spots, one, made)
    plot = one.plot
    seen = np.flatnonzero((x >= plot.x) & (x <= plot.right) & (y >= plot.y) & (y <= plot.bottom))
    if len(seen) == 0:
        return ends, 0
    chosen = [spots[i] for i in seen.tolist()]
    width = np.array([measure.width(spot.label, _NAME, 500) + 2 for spot in chosen])
    requests = LabelRequests(
        x[seen], y[seen], np.full(len(seen), 5.5), width, np.full(len(seen), _NAME_HEIGHT),
        np.array([spot.priority for spot in chosen]), ("above-left", "above", "left", "below-right", "below", "right"),
    )  # fmt: skip
    all_x, all_y = _places(list(one.panel.spots), one, made)
    marks = np.stack([all_x - 5, all_y - 5, all_x + 5, all_y + 5], axis=1)
    obstacles = np.concatenate([marks, blocked, paths])
    placed = place(requests, plot, obstacles=obstacles, gap=2.5, avoid_marks=False)
    items = ends
    for k in placed.placed.tolist():
        at, anchor = placed.anchor(k)
        items.append(
            Text(at, float(placed.y[k]) + _NAME_BASELINE, chosen[k].label, _NAME, palette.ink, 500, anchor,
                 halo=palette.ground, ref=chosen[k].ref)
        )  # fmt: skip
    return items, placed.dropped


def _along(line: Line, one: PanelAxes, made: TimeAxes) -> Floats:
    """Return small boxes along a line, so that no name is struck through."""
    known = np.isfinite(line.y)
    x, y = made.x(line.x[known]), one.y(line.y[known])
    boxes = [np.zeros((0, 4))]
    for x1, y1, x2, y2 in zip(x, y, x[1:], y[1:], strict=False):
        steps = np.linspace(0.0, 1.0, min(200, max(2, int(max(abs(x2 - x1), abs(y2 - y1)) // _STEP) + 1)))
        along, down = x1 + (x2 - x1) * steps, y1 + (y2 - y1) * steps
        boxes.append(np.stack([along - 1, down - 1, along + 1, down + 1], axis=1))
    return np.concatenate(boxes)


def _line_labels(
    one: PanelAxes, made: TimeAxes, palette: Palette, measure: Measure, *, paths: Floats
) -> tuple[list[Item], Floats]:
    """Return what the lines say at the end of what is in view, and the boxes of that.

    Each stands above its line, else below it, else further away: apart from the others, and from lines where it can.
    """
    plot = one.plot
    ends: list[tuple[float, float, str, str, Ref | None]] = []
    for line in one.panel.lines:
        x = made.x(line.x)
        inside = np.flatnonzero(np.isfinite(line.y) & (x <= plot.right + 0.5))
        if line.label and len(inside) and float(x[inside[-1]]) >= plot.x:
            y = float(one.y(line.y[inside[-1:]])[0])
            if plot.y - 1 <= y <= plot.bottom + 1:
                ends.append((float(x[inside[-1]]), y, line.label, line.colour, line.ref))
    items: list[Item] = []
    boxes: list[tuple[float, float, float, float]] = []
    for x_end, y_end, text, colour, ref in sorted(ends, key=_height):
        width = measure.width(text, _NAME, 600)
        right = float(min(x_end, plot.right - 2))
        tops: list[float] = [
            y_end - _NAME_HEIGHT - 4,
            y_end + 4,
            *(y_end - 7 + step * _NAME_HEIGHT for step in (-2, 2, -3, 3, -4)),
        ]
        held: list[float] = [min(max(top, plot.y), plot.bottom - _NAME_HEIGHT) for top in tops]
        spots: list[tuple[float, float, float, float]] = [
            (right - width - 2, top, right, top + _NAME_HEIGHT) for top in dict.fromkeys(held)
        ]
        apart = [spot for spot in spots if not _touches(spot, np.array(boxes).reshape(-1, 4))]
        clear = [spot for spot in apart if not _touches(spot, paths)]
        for spot in (clear or apart)[:1]:
            boxes.append(spot)
            items.append(
                Text(right, spot[1] + _NAME_BASELINE, text, _NAME, palette.colour(colour), 600, "end",
                     halo=palette.ground, ref=ref)
            )  # fmt: skip
    return items, np.array(boxes, dtype=np.float64).reshape(-1, 4)


def _touches(box: tuple[float, float, float, float], others: Floats) -> bool:
    left, top, right, bottom = box
    over = (others[:, 0] < right) & (others[:, 2] > left) & (others[:, 1] < bottom) & (others[:, 3] > top)
    return bool(over.any())


def _height(end: tuple[float, float, str, str, Ref | None]) -> float:
    return end[1]
