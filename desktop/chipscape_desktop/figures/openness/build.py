"""From the releases of models to the spec of the openness figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from chipscape_db.partial_date import day_number
from chipscape_db.queries.openness import OpennessRows, Release
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.gap.options import COUNTRIES
from chipscape_desktop.figures.openness import words
from chipscape_desktop.figures.openness.options import Options, parse
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.words import number_style
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.figures.timechart.axes import percent_sign
from chipscape_desktop.figures.timechart.periods import bin_name, bin_of
from chipscape_desktop.figures.timechart.rules import milestones, source_notes
from chipscape_desktop.figures.timechart.spec import Bar, Line, Panel, TimeChartSpec
from chipscape_desktop.i18n import _, number, pgettext

ORDER: Final = ("open-source", "open-weights", "api", "closed", "")
"""From the foot of a bar to its top."""
OPEN: Final = frozenset(("open-source", "open-weights"))
_LOOKS: Final[Mapping[str, tuple[str, bool, bool]]] = {
    "open-source": ("cat-3", False, False),
    "open-weights": ("cat-3", True, False),
    "api": ("cat-5", False, True),
    "closed": ("cat-8", False, False),
    "": ("other", False, True),
}
"""Colour, hatched, open: told apart without colour too."""
_TRAILING = 4  # bins behind the open share
_FEWEST = 3  # models whose openness is said, before there is a share
_DASHES: Final = ((), (7.0, 3.0), (2.0, 2.5))
_SIDE_COLOURS: Final = {"all": "ink", "rest": "other", "europe": "europe"}


@dataclass(slots=True)
class _Bin:
    start: float
    end: float
    members: list[Release] = field(default_factory=list)

    def count(self, openness: str) -> int:
        return sum(one.openness == openness for one in self.members)

    @property
    def open(self) -> int:
        return sum(one.openness in OPEN for one in self.members)

    @property
    def known(self) -> int:
        return sum(bool(one.openness) for one in self.members)


def build(rows: OpennessRows, request: Request) -> TimeChartSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    until = float(day_number(request.filters.as_of or date.today()))
    dated = [one for one in rows.releases if one.day is not None and one.day <= until]
    sides = {side: [one for one in dated if belongs(one.country, side, options)] for side in options.panels}
    shown = [one for members in sides.values() for one in members]
    first = min((one.day for one in shown if one.day is not None), default=until - 1000)
    low, high = bin_of(first, options.period)[0], bin_of(until, options.period)[1]
    bins = {side: _bins(members, low, high, options.period) for side, members in sides.items()}
    pad = (high - low) * 0.015
    rules = milestones(rows.rules, (low, high)) if options.rules else ()
    told = {one.ref.ids[0] for one in rules}
    cited = [id_ for one in shown for id_ in one.sources]
    cited += [id_ for rule in rows.rules if rule.id in told for id_ in rule.sources]
    top = max((len(one.members) for found in bins.values() for one in found), default=1)
    used = {one.openness for one in shown}
    caption = Caption(
        words.title(options),
        words.subtitle(options, request.filters.as_of),
        _legend(used),
        words.notes(
            {side_name(side): members for side, members in sides.items()},
            rules=[rule for rule in rows.rules if rule.id in told],
            undated=sum(one.day is None for one in rows.releases),
            unsaid=sum(not one.openness for one in shown),
        ),
        source_notes(cited, rows.sources),
    )
    numbers = {note.id: note.number for note in caption.sources}
    return TimeChartSpec(
        caption,
        View((low - pad, high + pad), (0.0, 1.0)),
        (
            *(_panel(side, found, options, top=top) for side, found in bins.items()),
            *((_share_panel(bins, options),) if options.share else ()),
        ),
        _("Release date"),
        rules,
        words.summary({side_name(side): members for side, members in sides.items()}),
        "" if shown else _("No dated model passes the filters."),
        _table(bins, numbers, options),
    )


def belongs(country: str, side: str, options: Options) -> bool:
    """Say whether a country belongs to a panel; `rest` is what the other panels leave."""
    if side == "all":
        return True
    if side == "rest":
        return not any(belongs(country, other, options) for other in options.panels if other != "rest")
    return bool(country) and side in (country, country_colour(country))


def side_name(side: str) -> str:
    """Return what a panel is called."""
    return {"all": _("All countries"), "rest": _("The rest")}.get(side) or _(COUNTRIES[side])


def _bins(members: Sequence[Release], low: float, high: float, period: str) -> list[_Bin]:
    found: list[_Bin] = []
    start = low
    while start < high:
        end = bin_of(start, period)[1]
        inside = [one for one in members if one.day is not None and start <= one.day < end]
        found.append(_Bin(start, end, inside))
        start = end
    return found


def _panel(side: str, bins: Sequence[_Bin], options: Options, *, top: int) -> Panel:
    bars = []
    for one in bins:
        gap = (one.end - one.start) * 0.1
        ordered = sorted(one.members, key=lambda release: (ORDER.index(release.openness), release.day or 0.0))
        for place, release in enumerate(ordered):
            colour, hatched, hollow = _LOOKS[release.openness]
            ref = Ref("record", (release.id,), words.release_line(release))
            bars.append(
                Bar(
                    one.start + gap,
                    one.end - gap,
                    place,
                    place + 1,
                    colour,
                    ref,
                    hatched=hatched,
                    open=hollow,
                    dashed=not release.openness,
                )
            )
    return Panel(
        words.panel_title(side_name(side), options), 0.0, top * 1.12, number_style(), whole=True, bars=tuple(bars)
    )


def _share_panel(bins: Mapping[str, Sequence[_Bin]], options: Options) -> Panel:
    """Return the open share of the last four bins, a line a side."""
    lines = []
    for place, (side, found) in enumerate(bins.items()):
        x: list[float] = []
        y: list[float] = []
        label = short = ""
        for i, one in enumerate(found):
            recent = found[max(0, i - _TRAILING + 1) : i + 1]
            known, free = sum(each.known for each in recent), sum(each.open for each in recent)
            if known >= _FEWEST:
                x.append((one.start + one.end) / 2)
                y.append(100.0 * free / known)
                label = words.share_label(side_name(side), free / known, known)
                short = words.short_share(side_name(side), free / known)
        if x:
            days, share = np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)
            lines.append(
                Line(
                    days,
                    share,
                    _SIDE_COLOURS.get(side) or country_colour(side),
                    label,
                    dash=_DASHES[place],
                    short=short,
                )
            )
    return Panel(
        words.share_title(options), 0.0, 100.0, number_style(), share=0.8, suffix=percent_sign(), lines=tuple(lines)
    )


def _legend(used: set[str]) -> tuple[LegendEntry, ...]:
    entries = []
    for openness in ORDER:
        if openness in used:
            colour, hatched, hollow = _LOOKS[openness]
            swatch = "hatched" if hatched else "rival" if not openness else "range"
            entries.append(LegendEntry(swatch, colour, words.openness_words(openness), hollow=hollow))
    return tuple(entries)


def _table(bins: Mapping[str, Sequence[_Bin]], numbers: Mapping[str, int], options: Options) -> Table:
    heads = (
        _("Period"), _("Country"), *(words.openness_words(one) for one in ORDER), pgettext("releases", "All"),
        _("Open (%)"), _("Models"), _("Sources"),
    )  # fmt: skip
    rows, values, refs = [], [], []
    for side, found in bins.items():
        for one in found:
            if not one.members:
                continue
            counted = [one.count(openness) for openness in ORDER]
            share = 100.0 * one.open / one.known if one.known else None
            cited = sorted({numbers[id_] for release in one.members for id_ in release.sources if id_ in numbers})
            rows.append(
                (
                    bin_name(one.start, options.period), side_name(side), *(number(count) for count in counted),
                    number(len(one.members)), "" if share is None else number(round(share, 1)),
                    ", ".join(release.name for release in one.members), ", ".join(map(str, cited)),
                )
            )  # fmt: skip
            values.append((one.start, None, *map(float, counted), float(len(one.members)), share, None, None))
            title = f"{side_name(side)}, {bin_name(one.start, options.period)}"
            refs.append(Ref("record", tuple(release.id for release in one.members), title))
    return Table(heads, tuple(rows), tuple(values), tuple(refs), frozenset((0,)))
