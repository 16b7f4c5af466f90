"""From a chart over time to a drawing."""

from collections.abc import Iterator
from dataclasses import dataclass

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
from chipscape_desktop.figures.timechart.axes import (
    END_GAP,
    END_SIZE,
    LABEL_SIZE,
    ROW,
    PanelAxes,
    TimeAxes,
    axis_layers,
    time_axes,
)
from chipscape_desktop.figures.timechart.spec import Line, Milestone, Spot, TimeChartSpec
from chipscape_desktop.i18n import ngettext

_BLEED = 6.0
_CAP = 3.5
_NARROW, _SMALLER = 330.0, 0.72  # marks of a narrow figure would hide each other
_NAME, _NAME_HEIGHT, _NAME_BASELINE = 11.5, 14.0, 11.0
_MOST_HEAD_ROWS, _ROOMY = 3, 460.0
_RULE_WIDTHS = (210.0, 170.0, 130.0, 95.0, 72.0)
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
            Layer(f"missing-{number}", tuple(_absent(one, made, palette)), one.strip),
        ]
        found, missed = _labels(one, made, room, palette, measure=measure)
        labels += found
        dropped += missed
    note = ""
    if dropped:
        note = ngettext("{count} label found no room", "{count} labels found no room", dropped).format(count=dropped)
    grid, axes = axis_layers(made, room, palette, measure, title=spec.axis_title, note=note)
    whole = [grid, Layer("rules", tuple(behind)), axes, *layers, Layer("rule-names", tuple(names)),
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

    All names are shortened alike until each finds room, or as many as can.
    """
    inside = [one for one in sorted(milestones, key=_day) if made.plot.x <= made.time.to_px(one.x) <= made.plot.right]
    best: list[_Name | None] = []
    for longest in _RULE_WIDTHS:
        names = _place_names(inside, made, rows, longest=longest, measure=measure)
        if not best or names.count(None) < best.count(None):
            best = names
        if None not in best:
            break
    lines: list[Item] = []
    texts: list[Item] = []
    for one, name in zip(inside, best, strict=True):
        x = float(made.time.to_px(one.x))
        top = made.head.bottom if rows else made.plot.y
        if name is not None:
            top = made.head.y + name.row * ROW + 2
            at, anchor = name.hold
            y = made.head.y + name.row * ROW + 12
            texts.append(
                Text(at, y, name.text, LABEL_SIZE, palette.amber, 500, anchor, halo=palette.ground, ref=one.ref)
            )
        column = (np.array([x]), np.array([top]), np.array([x]), np.array([made.plot.bottom]))
        lines.append(Segments(*column, Pen(palette.amber, 1.0, (4.0, 3.0)), refs=(one.ref,)))
    return lines, texts, best.count(None)


@dataclass(frozen=True, slots=True)
class _Name:
    """Where the name of a rule stands; `x` is its line, which runs down from its row."""

    row: int
    x: float
    left: float
    right: float
    text: str

    @property
    def hold(self) -> tuple[float, Anchor]:
        """The end of the text that is held fast, the one towards its line, and its anchor."""
        return (self.left, "start") if self.left > self.x else (self.right, "end")


def _place_names(
    milestones: list[Milestone], made: TimeAxes, rows: int, *, longest: float, measure: Measure
) -> list[_Name | None]:
    """Give each rule, from left to right, the first row where its name is free, right of its line, else left."""
    taken: list[_Name] = []
    found: list[_Name | None] = []
    for one in milestones:
        x = float(made.time.to_px(one.x))
        text = elide(one.label, longest, size=LABEL_SIZE, measure=measure)
        width = measure.width(text, LABEL_SIZE, 500)
        tries = (_Name(row, x, left, left + width, text) for row in range(rows) for left in (x + 4, x - 4 - width))
        fits = (name for name in tries if name.left >= made.plot.x - 20 and name.right <= made.head.right)
        chosen = next((name for name in fits if all(_apart(name, other) for other in taken)), None)
        found.append(chosen)
        if chosen is not None:
            taken.append(chosen)
    return found


def _apart(one: _Name, other: _Name) -> bool:
    """Say whether two names do not touch, and neither line runs through the other's name."""
    if one.row == other.row:
        return one.left > other.right + 8 or one.right < other.left - 8
    upper, lower = (one, other) if one.row < other.row else (other, one)
    return not lower.left - 2 <= upper.x <= lower.right + 2


def _day(one: Milestone) -> float:
    return one.x


def _bars(one: PanelAxes, made: TimeAxes, palette: Palette) -> Iterator[Item]:
    for bar in one.panel.bars:
        left, right = (float(made.time.to_px(day)) for day in (bar.x0, bar.x1))
        bottom, top = one.y(np.array([bar.low, bar.high])).tolist()
        ink = palette.colour(bar.colour)
        rect = Rect(left, top, max(1.0, right - left), max(1.0, bottom - top))
        pen, fill = Pen(palette.ground, 1.0), ink
        if bar.open:
            pen, fill = Pen(ink, 1.0, (2.5, 2.0) if bar.dashed else ()), palette.ground
        elif bar.hatched:
            pen, fill = Pen(ink, 1.0), ink + "40"
        yield Box(rect, fill, pen, hatch=ink if bar.hatched else None, ref=bar.ref)


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
        small = _SMALLER if made.plot.width < _NARROW else 1.0
        size = np.array([spot.size * small for spot in members], dtype=np.float64)
        yield Marks(members[0].shape, x, y, size, fill, pen, refs=tuple(spot.ref for spot in members))


def _absent(one: PanelAxes, made: TimeAxes, palette: Palette) -> Iterator[Marks]:
    """Return open, dashed marks for what has no value, in the strip below the values."""
    middle = one.strip.y + one.strip.height / 2
    for colour in dict.fromkeys(mark.colour for mark in one.panel.absent):
        members = [mark for mark in one.panel.absent if mark.colour == colour]
        x = made.x(np.array([mark.x for mark in members], dtype=np.float64))
        pen = Pen(palette.colour(colour), 1.0, (2.0, 1.7))
        yield Marks("disc", x, np.full(len(x), middle), 7.0, None, pen, refs=tuple(mark.ref for mark in members))


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


def _labels(
    one: PanelAxes, made: TimeAxes, room: Rect, palette: Palette, *, measure: Measure
) -> tuple[list[Item], int]:
    """Return the names of the marks and of the lines that found room, and how many found none."""
    paths = np.concatenate([np.zeros((0, 4)), *(_along(line, one, made) for line in one.panel.lines)])
    ends, lost = _line_labels(one, made, room, palette, measure=measure)
    spots = [spot for spot in one.panel.spots if spot.label]
    x, y = _places(spots, one, made)
    plot = one.plot
    seen = np.flatnonzero((x >= plot.x) & (x <= plot.right) & (y >= plot.y) & (y <= plot.bottom))
    if len(seen) == 0:
        return ends, lost
    chosen = [spots[i] for i in seen.tolist()]
    width = np.array([measure.width(spot.label, _NAME, 500) + 2 for spot in chosen])
    requests = LabelRequests(
        x[seen], y[seen], np.full(len(seen), 5.5), width, np.full(len(seen), _NAME_HEIGHT),
        np.array([spot.priority for spot in chosen]), ("above-left", "above", "left", "below-right", "below", "right"),
    )  # fmt: skip
    all_x, all_y = _places(list(one.panel.spots), one, made)
    marks = np.stack([all_x - 5, all_y - 5, all_x + 5, all_y + 5], axis=1)
    obstacles = np.concatenate([marks, paths])
    placed = place(requests, plot, obstacles=obstacles, gap=2.5, avoid_marks=False)
    items = ends
    for k in placed.placed.tolist():
        at, anchor = placed.anchor(k)
        items.append(
            Text(at, float(placed.y[k]) + _NAME_BASELINE, chosen[k].label, _NAME, palette.ink, 500, anchor,
                 halo=palette.ground, ref=chosen[k].ref)
        )  # fmt: skip
    return items, placed.dropped + lost


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
    one: PanelAxes, made: TimeAxes, room: Rect, palette: Palette, *, measure: Measure
) -> tuple[list[Item], int]:
    """Return what the lines say, right of the plot in the order of their ends, and how much of it found no room."""
    plot = one.plot
    ends: list[tuple[float, Line]] = []
    for line in one.panel.lines:
        x = made.x(line.x)
        inside = np.flatnonzero(np.isfinite(line.y) & (x <= plot.right + 0.5))
        if line.label and len(inside) and float(x[inside[-1]]) >= plot.x:
            ends.append((float(one.y(line.y[inside[-1:]])[0]), line))
    ends.sort(key=_height)
    most = max(1, int((plot.height + _NAME_HEIGHT) // _NAME_HEIGHT))
    lost = len(ends) - most
    while len(ends) > most:  # thick lines are what the figure is about
        ends.remove(min(ends, key=_width))
    tops: list[float] = []
    for y, _line in ends:
        tops.append(max(y - _NAME_HEIGHT / 2, tops[-1] + _NAME_HEIGHT if tops else plot.y - _NAME_HEIGHT / 2))
    foot = plot.bottom - _NAME_HEIGHT / 2
    for i in range(len(tops) - 1, -1, -1):
        tops[i] = min(tops[i], foot)
        foot = tops[i] - _NAME_HEIGHT
    items: list[Item] = []
    for top, (_y, line) in zip(tops, ends, strict=True):
        free = room.right - plot.right - END_GAP + 4
        fits = not line.short or measure.width(line.label, END_SIZE, 600) <= free
        text = elide(line.label if fits else line.short, free, size=END_SIZE, weight=600, measure=measure)
        ink = palette.colour(line.colour)
        at = plot.right + END_GAP - 4
        items.append(Text(at, top + _NAME_BASELINE, text, END_SIZE, ink, 600, halo=palette.ground, ref=line.ref))
    return items, max(lost, 0)


def _width(end: tuple[float, Line]) -> float:
    return end[1].width


def _height(end: tuple[float, Line]) -> float:
    return end[0]
