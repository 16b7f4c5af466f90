"""The signs of a lane as items of a drawing: bars, glyphs, labels and cluster discs."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from chipscape_desktop.figures.drawing import Box, Item, Layer, Marks, Pen, Rect, Ref, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.content import BAR, LABEL, SIZES, LaneContent, label_weight
from chipscape_desktop.figures.timeline.density import cluster_title
from chipscape_desktop.figures.timeline.packing import CLUSTER, GAP, Cluster
from chipscape_desktop.figures.timeline.spans import OPEN
from chipscape_desktop.figures.timeline.spec import COLOURS, GLYPH_NAMES, GLYPHS, TimelineSpec

_COUNT = 10.0
_TAIL = 40.0  # pixels over which what goes on fades out behind the as-of date
_DASH = (2.5, 2.0)  # the outline of a date that another source gives
_SHORTEST = 60.0  # pixels under which a label is left out rather than abbreviated


@dataclass(slots=True)
class Signs:
    """Collects the signs of all lanes, batched by shape and style; `layers` returns them, once."""

    spec: TimelineSpec
    scale: TimeScale
    area: Rect
    palette: Palette
    measure: Measure
    hidden: int = 0
    clustered: int = 0
    seen: list[int] = field(default_factory=list)
    _bars: list[Item] = field(default_factory=list)
    _texts: list[Item] = field(default_factory=list)
    _discs: list[tuple[float, float, Ref]] = field(default_factory=list)
    _glyphs: dict[tuple[float, int, str, str], list[tuple[float, float, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, made: LaneContent, top: float, bottom: float) -> None:
        """Add the signs of one lane that lies between two pixels."""
        scale, per_day = self.scale, made.per_day
        shift = scale.start - scale.low * per_day
        used = made.pitch * made.rows
        first = top + max(0.0, (bottom - top - used) / 2) + made.pitch / 2
        columns = self.spec.columns
        left_edge, right_edge = self.area.x, self.area.right
        for i, position in enumerate(made.items.tolist()):
            row = made.packing.rows[i]
            left, right = made.lefts[i] + shift, made.rights[i] + shift
            if right <= left_edge or left >= right_edge:
                continue
            item = int(columns.item[position])
            self.seen.append(position)
            if row < 0:
                continue
            y = first + row * made.pitch
            importance = int(columns.importance[position])
            size = SIZES[importance]
            colour = COLOURS[columns.colour[position]]
            if right - left > size + 4:
                self._bar(position, left, right, y=y, colour=colour, per_day=per_day, size=size, inside=made.inside[i])
            else:
                x = (left + right) / 2
                style = "rival" if columns.rival[position] else ""
                self._glyphs[(size, int(columns.glyph[position]), colour, style)].append((x, y, item))
                if columns.soft[position]:
                    tail = Rect(x - size - 4, y - 3, 2 * size + 8, 6)
                    self._bars.append(Box(tail, self.palette.colour(colour), fade=(size + 4, size + 4)))
            room = made.packing.room[i]
            if columns.rival[position] or not made.named:
                continue
            if made.inside[i]:
                self._inner_label(item, left, right, y=y, weight=label_weight(importance))
            elif not self._label(item, right + GAP, room, y=y, weight=label_weight(importance)):
                self.hidden += 1
        for number, cluster in enumerate(made.packing.clusters):
            self._cluster(cluster, made, number, shift=shift, y=first + cluster.row * made.pitch)

    def _bar(
        self, position: int, left: float, right: float, *, y: float, colour: str, per_day: float, size: float,
        inside: bool,
    ) -> None:  # fmt: skip
        columns = self.spec.columns
        going_on = columns.high[position] >= OPEN
        fade_left = float(columns.fade_low[position]) * per_day if columns.low[position] > -OPEN else _TAIL
        fade_right = _TAIL if going_on else float(columns.fade_high[position]) * per_day
        # A bar is cut a little outside the area, so that no painter meets a rectangle of a million pixels.
        cut_left, cut_right = max(left, self.area.x - 400), min(right, self.area.right + 400)
        fade_left, fade_right = max(0.0, fade_left - (cut_left - left)), max(0.0, fade_right - (right - cut_right))
        # Both together a little shorter than the bar: the middle of it is the time that is meant for sure.
        shrink = min(1.0, 0.98 * (cut_right - cut_left) / max(fade_left + fade_right, 1e-9))
        fade_left, fade_right = fade_left * shrink, fade_right * shrink
        high = 15.0 if inside else BAR
        item = int(columns.item[position])
        box = Rect(cut_left, y - high / 2, cut_right - cut_left, high)
        fill = self.palette.colour(colour)
        lasting = bool(columns.lasting[position])
        if inside or not lasting:
            # A tint: so that a label on it is read as easily as on the ground, and a sign stands out from it.
            fill = f"{fill}{'48' if inside else '70'}"
        rival = bool(columns.rival[position])
        pen = Pen(fill[:7], 1.25, _DASH) if rival else None
        fill = f"{fill[:7]}30" if rival else fill
        self._bars.append(Box(box, fill, pen, radius=3.0, fade=(fade_left, fade_right), ref=self.spec.ref(item)))
        inverse = lasting and not inside and not rival
        x = max(left + size, self.area.x + 2 + size / 2) if lasting or inside else (left + right) / 2
        if self.area.x <= x <= self.area.right and x < right - size / 2:
            glyph = int(columns.glyph[position])
            style = "rival" if rival else "inverse" if inverse else ""
            self._glyphs[(min(size, 8.0) if inverse else size, glyph, colour, style)].append((x, y, item))

    def _label(self, item: int, left: float, room: float, *, y: float, weight: int) -> bool:
        room = min(room, self.area.right - 4 - left)
        if room < _SHORTEST and room < self.measure.width(self.spec.titles[item], LABEL, weight):
            return False
        if left < self.area.x:
            return False
        self._say(item, left, room, y=y, weight=weight)
        return True

    def _inner_label(self, item: int, left: float, right: float, *, y: float, weight: int) -> None:
        start = max(left, self.area.x) + 24
        room = min(right, self.area.right) - 8 - start
        if room >= _SHORTEST:
            self._say(item, start, room, y=y, weight=weight)
        else:
            self.hidden += 1

    def _say(self, item: int, left: float, room: float, *, y: float, weight: int) -> None:
        title = self.spec.titles[item]
        text = elide(title, room, size=LABEL, weight=weight, measure=self.measure)
        self._texts.append(
            Text(left, y + 4, text, LABEL, self.palette.ink, weight, halo=self.palette.ground, ref=self.spec.ref(item))
        )

    def _cluster(self, cluster: Cluster, made: LaneContent, number: int, *, shift: float, y: float) -> None:
        x = cluster.x + shift
        if not self.area.x + CLUSTER / 2 <= x <= self.area.right - CLUSTER / 2:
            return  # a disc cut in two would show no number
        members = len(cluster.members)
        self.clustered += members
        ref = made.refs.get(number)
        if ref is None:
            ref = made.refs[number] = _cluster_ref(self.spec, made, cluster)
        self._discs.append((x, y, ref))
        count = str(members) if members < 100 else "99+"
        size = _COUNT if len(count) < 3 else 7.0
        self._texts.append(Text(x, y + size * 0.36, count, size, self.palette.ink, 600, "middle", tabular=True))

    def layers(self) -> tuple[Layer, Layer, Layer]:
        """Return bars, glyphs with discs, and texts."""
        items: list[Item] = []
        for (size, glyph, colour, kind), rows in sorted(self._glyphs.items()):
            style = GLYPHS[GLYPH_NAMES[glyph]]
            inverse, rival = kind == "inverse", kind == "rival"
            x, y = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
            refs = [self.spec.ref(row[2]) for row in rows]
            own = self.palette.ground if inverse else self.palette.colour(colour)
            hollow = style.hollow or style.shape == "cross" or rival
            fill = None if hollow and inverse else self.palette.ground if hollow else own
            pen = Pen(own, 1.25, _DASH) if rival else Pen(own, 1.75) if hollow else None
            items.append(Marks(style.shape, x, y, size, fill, pen, None, refs))
        if self._discs:
            x, y = np.array([disc[0] for disc in self._discs]), np.array([disc[1] for disc in self._discs])
            refs = [disc[2] for disc in self._discs]
            items.append(
                Marks("disc", x, y, CLUSTER, self.palette.surface, Pen(self.palette.ink_soft, 1.25), None, refs)
            )
        return (
            Layer("bars", tuple(self._bars), self.area),
            Layer("signs", tuple(items), self.area),
            Layer("labels", tuple(self._texts), self.area),
        )


def _cluster_ref(spec: TimelineSpec, made: LaneContent, cluster: Cluster) -> Ref:
    """Return what a cluster stands for: its items, how many they are, and when."""
    columns = spec.columns
    positions = made.items[list(cluster.members)]
    low = columns.low[positions]
    high = np.where(columns.high[positions] >= OPEN, low + 1, columns.high[positions])
    ids = tuple(spec.id_of(item) for item in dict.fromkeys(columns.item[positions].tolist()))
    return Ref("cluster", ids, cluster_title(len(ids), max(float(low.min()), -OPEN / 100), float(high.max())))
