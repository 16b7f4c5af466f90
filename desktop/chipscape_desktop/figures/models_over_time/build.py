"""From the claims about models to the spec of models over time."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import numpy as np

from chipscape_db.metrics import Metric
from chipscape_db.partial_date import day_number
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import PerformanceRows, Subject
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.models_over_time import words
from chipscape_desktop.figures.models_over_time.options import Options, parse
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import meanings
from chipscape_desktop.figures.performance.compare import Standing, compare
from chipscape_desktop.figures.performance.frontier import limit_of, middle_of
from chipscape_desktop.figures.performance.options import Options as Convention
from chipscape_desktop.figures.performance.trend import Trend, fit
from chipscape_desktop.figures.performance.words import (
    amount,
    convention_words,
    metric_name,
    missing_line,
    number_style,
    source_words,
    unit_words,
    value_line,
    why_missing,
)
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.timechart.spec import Absent, Line, Panel, Spot, TimeChartSpec
from chipscape_desktop.i18n import _, format_date, number
from chipscape_desktop.words import country_cell, word

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OPENNESS = {"open-source": "cat-3", "open-weights": "cat-6", "api": "cat-5", "closed": "cat-8"}
_DASHES = ((), (7.0, 3.0), (2.0, 2.5), (8.0, 3.0, 2.0, 3.0), (3.0, 3.0))


@dataclass(frozen=True, slots=True)
class Growth:
    """A fitted growth of one group of one metric: its colour and name, its days, and its records as (day, value)."""

    colour: str
    who: str
    trend: Trend
    first: float
    last: float
    records: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """One metric: the models with a value and a date, those without, and the growths."""

    metric: Metric
    convention: Convention
    valued: tuple[Standing, ...]
    missing: tuple[Standing, ...]
    growths: tuple[Growth, ...]


def build(rows: Sequence[PerformanceRows], request: Request) -> TimeChartSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    until = float(day_number(request.filters.as_of or date.today()))
    shown = [_shown(one, options, until) for one in rows]
    days = [middle_of(one.subject) for panel in shown for one in panel.valued]
    numbers, sources = _sources(shown)
    used = {colour_of(one.subject, options) for panel in shown for one in panel.valued}
    caption = Caption(
        words.title(shown[0].metric if len(shown) == 1 else None),
        words.subtitle(options, request.filters.as_of),
        _legend(shown, used, options),
        words.notes([(panel.metric, panel.growths) for panel in shown], options,
                    missing=[(panel.metric, len(panel.missing)) for panel in shown]),
        sources,
    )  # fmt: skip
    low, high = (min(days), max(days)) if days else (16000.0, 20800.0)
    pad = max((high - low) * 0.03, 60.0)
    return TimeChartSpec(
        caption,
        View((low - pad, high + pad), (0.0, 1.0)),
        tuple(_panel(panel, numbers, options) for panel in shown),
        _("Release date"),
        summary=words.summary([(panel.metric, panel.growths) for panel in shown], len(days)),
        empty="" if days else _("No dated model has a figure."),
        table=_table(shown, numbers),
    )


def colour_of(subject: Subject, options: Options) -> str:
    """Return the colour name of a model."""
    if options.colour == "all":
        return "cat-1"
    if options.colour == "openness":
        return _OPENNESS.get(subject.brief.subkind, "other")
    return country_colour(subject.brief.country)


def largest_so_far(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return those of the (day, value) pairs, in order of days, that were larger than all before."""
    ordered = sorted(points, key=_day_then_largest)
    highest = list(accumulate((value for _day, value in ordered), max, initial=-math.inf))
    return [pair for pair, before in zip(ordered, highest, strict=False) if pair[1] > before]


def _day_then_largest(pair: tuple[float, float]) -> tuple[float, float]:
    return pair[0], -pair[1]


def _shown(rows: PerformanceRows, options: Options, until: float) -> _Shown:
    convention = Convention(rows.metric, rule=options.rule)
    standings = [compare(one, rows.claims.get(one.brief.id, ()), convention) for one in rows.subjects]
    valued = tuple(
        one
        for one in standings
        if one.chosen is not None and one.chosen.value > 0 and one.subject.start is not None
        and middle_of(one.subject) <= until
    )  # fmt: skip
    groups: dict[str, list[tuple[float, float]]] = {}
    for one in valued:
        if one.chosen is not None and limit_of(one) == 0:
            point = (middle_of(one.subject), one.chosen.value)
            groups.setdefault(colour_of(one.subject, options), []).append(point)
    growths = []
    for colour, who in names_of(set(groups), options):
        points = sorted(groups[colour]) if options.fit == "every" else largest_so_far(groups[colour])
        days, values = (np.array(column, dtype=np.float64) for column in zip(*points, strict=True))
        trend = None if options.fit == "off" or colour == "other" else fit(days, values)
        if trend is not None:
            records = tuple(largest_so_far(groups[colour]))
            growths.append(Growth(colour, who, trend, float(days[0]), float(days[-1]), records))
    missing = tuple(one for one in standings if one.chosen is None)
    return _Shown(rows.metric, convention, valued, missing, tuple(growths))


def names_of(used: set[str], options: Options) -> list[tuple[str, str]]:
    """Return (colour, what it means) of the colours that are used, in their fixed order."""
    if options.colour == "all":
        return [("cat-1", _("all models"))] if used else []
    if options.colour == "country":
        return meanings(used, (), "country")
    found = [(colour, word(openness)) for openness, colour in _OPENNESS.items() if colour in used]
    return [*found, ("other", _("openness not said"))] if "other" in used else found


def _panel(shown: _Shown, numbers: Mapping[str, int], options: Options) -> Panel:
    spots = []
    records = {pair for growth in shown.growths for pair in growth.records}
    for one in shown.valued:
        chosen = one.chosen
        assert chosen is not None
        day = middle_of(one.subject)
        name = one.subject.brief.name + str(numbers[one.live[0].source_id]).translate(_RAISED)
        ids = (one.subject.brief.id, *(row.id for row in one.live))
        spots.append(
            Spot(
                day, chosen.value, colour_of(one.subject, options),
                Ref("record", ids, value_line(one, shown.convention)), name if options.labels else "",
                math.log10(chosen.value) + 2.0 * chosen.contested + 5.0 * ((day, chosen.value) in records),
                "diamond" if chosen.convention.condition else "disc",
                hollow=limit_of(one) != 0 or one.live[0].stance in ("estimated", "rumoured"),
                low=chosen.low if chosen.contested else None, high=chosen.high if chosen.contested else None,
            )
        )  # fmt: skip
    values = [spot.y for spot in spots] + [end for spot in spots for end in (spot.low, spot.high) if end]
    low, high = (min(values), max(values)) if values else (1.0, 10.0)
    room = (high / low) ** 0.06 * 1.1
    lines = []
    for place, growth in enumerate(shown.growths):
        x = np.array([growth.first, growth.last])
        label = words.line_label(growth.who, growth.trend)
        lines.append(
            Line(
                x,
                growth.trend.value(x),
                growth.colour,
                label,
                1.5,
                _DASHES[place % len(_DASHES)],
                short=words.short_label(growth.trend),
            )
        )
    return Panel(
        words.axis_title(shown.metric), low / room, high * room, number_style(), log=True, spots=tuple(spots),
        lines=tuple(lines), absent=_absent(shown, options),
    )  # fmt: skip


def _absent(shown: _Shown, options: Options) -> tuple[Absent, ...]:
    """Return marks for the dated models without a value."""
    return tuple(
        Absent(
            middle_of(one.subject), colour_of(one.subject, options),
            Ref("record", (one.subject.brief.id,), missing_line(one, shown.convention)),
        )
        for one in shown.missing
        if one.subject.start is not None
    )  # fmt: skip


def _sources(shown: Sequence[_Shown]) -> tuple[dict[str, int], tuple[SourceNote, ...]]:
    first: dict[str, ClaimRow] = {}
    for panel in shown:
        for one in panel.valued:
            first.setdefault(one.live[0].source_id, one.live[0])
    for panel in shown:
        for one in panel.valued:
            for row in one.live[1:]:
                first.setdefault(row.source_id, row)
    numbers = {id_: place for place, id_ in enumerate(first, 1)}
    notes = (SourceNote(numbers[id_], id_, source_words(row), row.url or "") for id_, row in first.items())
    return numbers, tuple(notes)


def _legend(shown: Sequence[_Shown], used: set[str], options: Options) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry("disc", colour, text) for colour, text in names_of(used, options)]
    every = [one for panel in shown for one in panel.valued]
    if any(limit_of(one) or one.live[0].stance in ("estimated", "rumoured") for one in every):
        entries.append(LegendEntry("disc", "ink_soft", _("estimate, rumour or limit"), hollow=True))
    if any(one.chosen and one.chosen.convention.condition for one in every):
        entries.append(LegendEntry("diamond", "ink_soft", _("under a condition of its own")))
    if any(one.chosen and one.chosen.contested for one in every):
        entries.append(LegendEntry("whisker", "ink_soft", _("range of published claims")))
    if any(panel.growths for panel in shown):
        text = _("fitted growth, largest so far") if options.fit == "largest" else _("fitted growth, every model")
        entries.append(LegendEntry("dashed", "ink_soft", text))
    return tuple(entries)


def _table(shown: Sequence[_Shown], numbers: Mapping[str, int]) -> Table:
    heads = (
        _("Name"), _("Maker"), _("Country"), _("Openness"), _("Date"), _("Metric"), _("Unit"), _("Value"),
        _("Least claimed"), _("Most claimed"), _("Convention"), _("Claims"), _("Independent sources"), _("Sources"),
        _("Note"),
    )  # fmt: skip
    rows, values, refs = [], [], []
    for panel in shown:
        for one in (*panel.valued, *panel.missing):
            subject, chosen = one.subject, one.chosen
            openness = word(subject.brief.subkind) if subject.brief.subkind else ""
            texts = [subject.brief.name, subject.vendor_name, country_cell(subject.brief.country), openness]
            texts += [format_date(subject.date) if subject.date else "", metric_name(panel.metric)]
            texts.append(unit_words(panel.metric))
            day = None if subject.start is None else middle_of(subject)
            cells: list[float | None] = [None, None, None, None, day, None, None]
            if chosen is None:
                why = "" if one.why is None else why_missing(one.why, panel.convention)
                texts += ["", "", "", "", "", "", "", _("missing: {why}").format(why=why)]
                cells += [None] * 8
            else:
                numbers_of = [chosen.value, chosen.low or chosen.value, chosen.high or chosen.value]
                cited = sorted({numbers[row.source_id] for row in one.live})
                texts += [*map(amount, numbers_of), convention_words(one.live[0]), number(chosen.claims)]
                texts += [number(chosen.sources), ", ".join(map(str, cited)), words.limit_words(limit_of(one))]
                cells += [*numbers_of, None, float(chosen.claims), float(chosen.sources), None, None]
            rows.append(tuple(texts))
            values.append(tuple(cells))
            refs.append(Ref("record", (subject.brief.id,), subject.brief.name))
    return Table(heads, tuple(rows), tuple(values), tuple(refs), frozenset((4,)))
