"""Rules as bands behind the lanes: which are drawn, as eras between their dates, and where their names stand."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from chipscape_desktop.figures.drawing import Box, Item, Pen, Rect, Ref, Segments, Text
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import Measure, elide
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.spec import Rule, TimelineSpec

LABEL = 10.5
LABEL_STEP = 15.0
_WIDEST = 230.0
_SHORTEST = 60.0
_GAP = 8.0
_STEPS = ((8.0, 6), (3.0, 10), (0.0, 16))  # more than so many years in view: so many rules


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands as items (behind the marks and at the head), and how many rules were drawn, named, and are known in
    this time."""

    back: tuple[Item, ...]
    names: tuple[Item, ...]
    drawn: int
    named: int
    known: int


def chosen(spec: TimelineSpec, scale: TimeScale) -> list[Rule]:
    """Return the rules that are drawn at this zoom, the weightiest first.

    Those six of the whole spec that weigh most, ten where less than eight years are in view, sixteen where less than
    three, all where less than one. The choice depends on the zoom alone, so that no band comes or goes while panning.
    """
    years = (scale.high - scale.low) / 365.25
    if spec.rules_wanted == "all" or years < 1:
        return list(spec.rules)
    return list(spec.rules[: next(count for least, count in _STEPS if years > least)])


def draw_bands(
    spec: TimelineSpec, scale: TimeScale, area: Rect, *, strip: Rect, palette: Palette, measure: Measure
) -> Bands:
    """Draw the rules over *area*, their names in *strip* above it.

    Between each two dates on which a drawn rule begins or ends lies one era: one hatched box, darker the more rules
    are in force, so that bands never pile up. A box stands for the rules in force, the newest first.
    """
    known = [rule for rule in spec.rules if rule.low < scale.high and rule.high > scale.low]
    rules = [rule for rule in chosen(spec, scale) if rule.low < scale.high and rule.high > scale.low]
    if not rules:
        return Bands((), (), 0, 0, len(known))
    back = _eras(spec, scale, area, palette)
    names, stems = _names(rules, scale, strip, palette=palette, measure=measure)
    back += _edges(rules, scale, area, stems=stems, palette=palette)
    return Bands(tuple(back), tuple(names), len(rules), len(names), len(known))


@dataclass(frozen=True, slots=True)
class _Era:
    """A stretch of days during which the same rules are in force, its vague ends in days, and what it stands for."""

    low: float
    high: float
    fade_low: float
    fade_high: float
    count: int
    ref: Ref


def _eras_of(spec: TimelineSpec, count: int) -> list[_Era]:
    """Return the eras of the weightiest *count* rules; they do not depend on the view."""
    key = ("eras", count)
    found: list[_Era] | None = spec.memo.get(key)
    if found is not None:
        return found
    rules = spec.rules[:count]
    dates = sorted({day for rule in rules for day in (rule.low, rule.high)})
    found = []
    for left, right in pairwise(dates):
        alive = sorted((rule for rule in rules if rule.low <= left and rule.high >= right), key=lambda r: -r.low)
        if alive:
            # A beginning fades in only where nothing is in force before it: else there is no gap to fade from.
            fresh = all(rule.low == left for rule in alive)
            starting = max(rule.fade_low for rule in alive) if fresh else 0.0
            ending = max((rule.fade_high for rule in alive if rule.high == right), default=0.0)
            ref = Ref("band", tuple(rule.id for rule in alive), "; ".join(rule.title for rule in alive))
            found.append(_Era(left, right, starting, ending if len(alive) == 1 else 0.0, len(alive), ref))
    spec.memo[key] = found
    return found


def _eras(spec: TimelineSpec, scale: TimeScale, area: Rect, palette: Palette) -> list[Item]:
    per_day = (scale.end - scale.start) / (scale.high - scale.low)
    items: list[Item] = []
    for era in _eras_of(spec, len(chosen(spec, scale))):
        low, high = max(era.low, scale.low), min(era.high, scale.high)
        if low >= high:
            continue
        x0, x1 = scale.to_px(low), scale.to_px(high)
        fade = (min(era.fade_low * per_day, x1 - x0) if low == era.low else 0.0,
                min(era.fade_high * per_day, (x1 - x0) / 2) if high == era.high else 0.0)  # fmt: skip
        share = min(0x30 + 0x14 * era.count, 0x88)
        hatch = f"{palette.amber}{0x16 + min(era.count, 6) * 4:02x}"
        fill = f"{palette.amber_soft}{share:02x}"
        items.append(Box(Rect(x0, area.y, x1 - x0, area.height), fill, fade=fade, hatch=hatch, ref=era.ref))
    return items


def _edges(rules: list[Rule], scale: TimeScale, area: Rect, *, stems: dict[str, float], palette: Palette) -> list[Item]:
    """Draw where each rule begins (solid; dashed where the day is not known) and ends (dotted), up to its name."""
    styles: dict[tuple[float, ...], list[tuple[float, float]]] = {}
    for rule in rules:
        if scale.low <= rule.low <= scale.high:
            dash: tuple[float, ...] = (6.0, 3.0) if rule.fade_low else ()
            styles.setdefault(dash, []).append((rule.low, stems.get(rule.id, area.y)))
        if scale.low <= rule.high <= scale.high:
            styles.setdefault((1.5, 3.0), []).append((rule.high, area.y))
    out: list[Item] = []
    for style, days in styles.items():
        x = scale.to_px(np.array([day for day, _ in days]))
        out.append(
            Segments(x, np.array([top for _, top in days]), x, np.full(len(x), area.bottom),
                     Pen(palette.amber, 1.0, style))
        )  # fmt: skip
    return out


def _names(
    rules: list[Rule], scale: TimeScale, strip: Rect, *, palette: Palette, measure: Measure
) -> tuple[list[Item], dict[str, float]]:
    """Set the names in the rows of the strip, the weightiest rule first, each right of its beginning.

    Returns the names and, by rule, the y up to which its edge is drawn to meet its name. No name crosses the edge of
    another. The newest rule that began before the view has its name at the left end: it is in force there.
    """
    count = max(1, int(strip.height // LABEL_STEP))
    rows: list[list[tuple[float, float]]] = [[] for _ in range(count)]
    before = max((rule.low for rule in rules if rule.low < scale.low), default=None)
    out: list[Item] = []
    stems: dict[str, float] = {}
    for rule in rules:
        inside = rule.low >= scale.low
        if not inside and rule.low != before:
            continue
        left = max(scale.to_px(rule.low), strip.x) + 4
        full = min(measure.width(rule.title, LABEL, 500), _WIDEST)
        # The upper row first: under its names there is room for those of later rules. Its edges pass the lower rows.
        for number in range(count):
            room = _room(rows[number], left, strip.right)
            crossed = inside and any(_room(row, left - 4, left) < 0 for row in rows[number + 1 :])
            if crossed or room < min(full, _SHORTEST):
                continue
            text = elide(rule.title, min(room, _WIDEST), size=LABEL, weight=500, measure=measure)
            rows[number].append((left - 4, left + measure.width(text, LABEL, 500)))
            if inside:
                for row in rows[number + 1 :]:
                    row.append((left - 4, left - 4))
                stems[rule.id] = strip.y + number * LABEL_STEP
            y = strip.y + number * LABEL_STEP + 11
            ref = Ref("band", (rule.id,), rule.title)
            out.append(Text(left, y, text, LABEL, palette.amber, 500, halo=palette.ground, ref=ref))
            break
    return out, stems


def _room(row: list[tuple[float, float]], left: float, right: float) -> float:
    """Return the pixels that are free from *left* on; negative where something stands there already."""
    if any(a <= left < b + _GAP for a, b in row):
        return -1.0
    ahead = min((a for a, _ in row if a > left), default=right + _GAP)
    return min(ahead - _GAP, right) - left
