"""The signs of a lane as items of a drawing: bars, glyphs, labels and cluster discs."""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from chipscape_desktop.figures.drawing import Box, Item, Layer, Marks, Pen, Rect, Ref, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.content import BAR, LABEL, SIZES, LaneContent, Sign, label_weight
from chipscape_desktop.figures.timeline.density import cluster_title
from chipscape_desktop.figures.timeline.packing import CLUSTER, GAP, Cluster
from chipscape_desktop.figures.timeline.spans import OPEN
from chipscape_desktop.figures.timeline.spec import COLOURS, GLYPH_NAMES, GLYPHS, TimelineSpec

_COUNT = 10.0
_LEAST = 10.0  # the smallest disc that shows its number
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
    seen: list[int] = field(default_factory=list)
    _clustered: set[str] = field(default_factory=set)
    _bars: list[Item] = field(default_factory=list)
    _texts: list[Item] = field(default_factory=list)
    _discs: list[tuple[float, float, float, Ref]] = field(default_factory=list)
    _glyphs: dict[tuple[float, int, str, str], list[tuple[float, float, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, made: LaneContent, top: float, bottom: float) -> None:
        """Add the signs of one lane that lies between two pixels."""
        shift = self.scale.start - self.scale.low * made.per_day
        used = made.pitch * made.rows
        first = top + max(0.0, (bottom - top - used) / 2) + made.pitch / 2
        left_edge, right_edge = self.area.x, self.area.right
        for sign in made.signs:
            left, right = sign.left + shift, sign.right + shift
            if right <= left_edge or left >= right_edge:
                continue
            self.seen.append(sign.position)
            if sign.row < 0:
                continue
            y = first + sign.row * made.pitch
            size = SIZES[sign.importance]
            if sign.bar:
                self._bar(sign, left, right, y=y, size=size)
            else:
                x = (left + right) / 2
                style = "rival" if sign.rival else ""
                self._glyphs[size, sign.glyph, COLOURS[sign.colour], style].append((x, y, sign.item))
                if sign.soft:
                    tail = Rect(x - size - 4, y - 3, 2 * size + 8, 6)
                    colour = self.palette.colour(COLOURS[sign.colour])
                    self._bars.append(Box(tail, colour, fade=(size + 4, size + 4)))
            if sign.rival or not made.named:
                continue
            if sign.inside:
                self._inner_label(sign, left, right, y=y)
            elif not self._label(sign, right + GAP, y=y):
                self.hidden += 1
        for number, cluster in enumerate(made.clusters):
            self._cluster(cluster, made, number, shift=shift, y=first + cluster.row * made.pitch)

    def _bar(self, sign: Sign, left: float, right: float, *, y: float, size: float) -> None:
        fade_left, fade_right = sign.fades
        # A bar is cut a little outside the area, so that no painter meets a rectangle of a million pixels.
        cut_left, cut_right = max(left, self.area.x - 400), min(right, self.area.right + 400)
        fade_left, fade_right = max(0.0, fade_left - (cut_left - left)), max(0.0, fade_right - (right - cut_right))
        # Both together a little shorter than the bar: the middle of it is the time that is meant for sure.
        shrink = min(1.0, 0.98 * (cut_right - cut_left) / max(fade_left + fade_right, 1e-9))
        inside, lasting, rival = sign.inside, sign.lasting, sign.rival
        high = 15.0 if inside else BAR
        box = Rect(cut_left, y - high / 2, cut_right - cut_left, high)
        colour = COLOURS[sign.colour]
        fill = self.palette.colour(colour)
        if inside or not lasting:
            # A tint: so that a label on it is read as easily as on the ground, and a sign stands out from it.
            fill = f"{fill}{'48' if inside else '70'}"
        pen = Pen(fill[:7], 1.25, _DASH) if rival else None
        fill = f"{fill[:7]}30" if rival else fill
        fade = (fade_left * shrink, fade_right * shrink)
        self._bars.append(Box(box, fill, pen, radius=3.0, fade=fade, ref=self.spec.ref(sign.item)))
        inverse = lasting and not inside and not rival
        x = max(left + size, self.area.x + 2 + size / 2) if lasting or inside else (left + right) / 2
        if self.area.x <= x <= self.area.right and x < right - size / 2:
            style = "rival" if rival else "inverse" if inverse else ""
            self._glyphs[min(size, 8.0) if inverse else size, sign.glyph, colour, style].append((x, y, sign.item))

    def _label(self, sign: Sign, left: float, *, y: float) -> bool:
        room = min(sign.room, self.area.right - 4 - left)
        if left < self.area.x:
            return False
        if room < _SHORTEST:
            weight = label_weight(sign.importance)
            if room < self.measure.width(self.spec.titles[sign.item], LABEL, weight):
                return False
        self._say(sign, left, room, y=y)
        return True

    def _inner_label(self, sign: Sign, left: float, right: float, *, y: float) -> None:
        start = max(left, self.area.x) + 24
        room = min(right, self.area.right) - 8 - start
        if room >= _SHORTEST:
            self._say(sign, start, room, y=y)
        else:
            self.hidden += 1

    def _say(self, sign: Sign, left: float, room: float, *, y: float) -> None:
        weight = label_weight(sign.importance)
        ref = self.spec.ref(sign.item)
        text = elide(ref.title, room, size=LABEL, weight=weight, measure=self.measure)
        self._texts.append(Text(left, y + 4, text, LABEL, self.palette.ink, weight, halo=self.palette.ground, ref=ref))

    def _cluster(self, cluster: Cluster, made: LaneContent, number: int, *, shift: float, y: float) -> None:
        x = cluster.x + shift
        if not self.area.x + CLUSTER / 2 <= x <= self.area.right - CLUSTER / 2:
            return  # a disc cut in two would show no number
        ref = made.refs.get(number)
        if ref is None:
            ref = made.refs[number] = _cluster_ref(self.spec, made, cluster)
        # An event that stands in several lanes, or here with another date too, is one.
        members = len(ref.ids)
        self._clustered.update(ref.ids)
        # In rows lower than a disc it gets smaller, so that discs of neighbouring rows do not run into each other.
        disc = min(CLUSTER, max(made.pitch - 0.5, _LEAST))
        self._discs.append((x, y, disc, ref))
        count = str(members) if members < 100 else "99+"
        size = (_COUNT if len(count) < 3 else 7.0) * disc / CLUSTER
        self._texts.append(Text(x, y + size * 0.36, count, size, self.palette.ink, 600, "middle", tabular=True))

    @property
    def clustered(self) -> int:
        """How many events stand in discs."""
        return len(self._clustered)

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
            refs = [disc[3] for disc in self._discs]
            sizes = np.array([disc[2] for disc in self._discs])
            items.append(Marks("disc", x, y, sizes, self.palette.surface, Pen(self.palette.ink_soft, 1.25), None, refs))
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
