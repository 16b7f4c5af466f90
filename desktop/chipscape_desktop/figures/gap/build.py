"""From the claims of a metric to the spec of the gap."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from chipscape_db.partial_date import day_number, day_of
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import PerformanceRows, Subject
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Floats, Ref, Shape
from chipscape_desktop.figures.gap import words
from chipscape_desktop.figures.gap.measure import Entry, Moment, Side, moments
from chipscape_desktop.figures.gap.options import COUNTRIES, REST, Options, parse
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import VENDOR_COLOURS
from chipscape_desktop.figures.performance.compare import Standing, compare
from chipscape_desktop.figures.performance.frontier import limit_of, middle_of
from chipscape_desktop.figures.performance.words import (
    amount,
    metric_name,
    number_style,
    source_words,
    unit_words,
    value_line,
)
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.timechart.spec import Across, Area, Line, Panel, Spot, TimeChartSpec
from chipscape_desktop.i18n import _, format_date

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STEP = 30.0  # days between the corners of the lag, which is bent where a band is open
_YEARS_BACK = 2
_PALER = "ink_soft"


def build(rows: PerformanceRows, request: Request) -> TimeChartSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    today = request.filters.as_of or date.today()
    until = float(day_number(today))
    standings = [compare(one, rows.claims.get(one.brief.id, ()), options.convention) for one in rows.subjects]
    usable = [one for one in standings if one.chosen is not None and one.chosen.value > 0 and _counts(one, options)]
    homes = [one for one in usable if is_home(one.subject, options)]
    aways = [one for one in usable if is_away(one.subject, options)]
    lower = options.convention.metric.better == "lower"
    first, second = (Side(map(_entry, side), lower_is_better=lower) for side in (homes, aways))
    before = float(day_number(_years_before(today)))
    found = moments(first, second, until=until, days=(before,))
    by_id = {one.subject.brief.id: one for one in (*homes, *aways)}
    planned = sum(middle_of(one.subject) > until for one in (*homes, *aways))
    names = words.Names(_name(options, rows, home=True), _name(options, rows, home=False))
    numbers, sources = _sources(found, by_id)
    marks = _Marks(by_id, numbers, options, _colours(options, rows))
    caption = Caption(
        words.title(options, names),
        words.subtitle(options, request.filters.as_of),
        _legend(found, names, marks),
        words.notes(found, by_id, options, names=names, today=until, before=before, planned=planned,
                    missing=sum(one.chosen is None and _side(one.subject, options) for one in standings)),
        sources,
    )  # fmt: skip
    days = (found[0].day, until) if found else (16000.0, 20800.0)
    pad = max((days[1] - days[0]) * 0.03, 45.0)
    return TimeChartSpec(
        caption,
        View((days[0] - pad, days[1] + pad), (0.0, 1.0)),
        (_ratio_panel(found, names, marks), _lag_panel(found, (first, second), names, marks, until=until)),
        _("Date"),
        summary=words.summary(found, by_id, options, names),
        empty="" if found else words.nothing(homes, names),
        table=_table(found, by_id, numbers, options=options, names=names),
    )


def is_home(subject: Subject, options: Options) -> bool:
    """Say whether a chip belongs to the side that is asked about."""
    return _belongs(subject, options.home, options.home_maker)


def is_away(subject: Subject, options: Options) -> bool:
    """Say whether a chip belongs to the side that it is held against."""
    if not options.away_maker and options.away == REST:
        return not is_home(subject, options)
    return _belongs(subject, options.away, options.away_maker) and not is_home(subject, options)


def _belongs(subject: Subject, country: str, maker: str) -> bool:
    if maker:
        return subject.vendor_slug == maker
    own = subject.brief.country
    return bool(own) and country in (own, country_colour(own))


def _side(subject: Subject, options: Options) -> bool:
    return not subject.is_system and (is_home(subject, options) or is_away(subject, options))


def _counts(standing: Standing, options: Options) -> bool:
    """Say whether a chip can set a record: dated, no limit only, no whole wafer, not cancelled, and released."""
    one = standing.subject
    if one.start is None or limit_of(standing) or "wafer" in one.form_factor.casefold() or one.status == "cancelled":
        return False
    return options.announced or not one.announced_only


def _entry(standing: Standing) -> Entry:
    chosen = standing.chosen
    assert chosen is not None
    low = chosen.low if chosen.low is not None and chosen.low > 0 else chosen.value
    high = chosen.high if chosen.high is not None else chosen.value
    return Entry(standing.subject.brief.id, middle_of(standing.subject), chosen.value, low, high)


def _years_before(day: date) -> date:
    year = day.year - _YEARS_BACK
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _name(options: Options, rows: PerformanceRows, *, home: bool) -> str:
    maker = options.home_maker if home else options.away_maker
    if maker:
        return next((one.vendor_name for one in rows.subjects if one.vendor_slug == maker), maker)
    word = options.home if home else options.away
    return _("everyone else") if word == REST else _(COUNTRIES[word])


def _colours(options: Options, rows: PerformanceRows) -> tuple[str, str]:
    found = []
    for maker, country in ((options.home_maker, options.home), (options.away_maker, options.away)):
        if maker:
            found.append(VENDOR_COLOURS.get(maker, "cat-8"))
        else:
            found.append(country if country in ("europe", "east-asia") else country_colour(country))
    return (found[0], "us" if found[0] != "us" else "cat-8") if found[0] == found[1] else (found[0], found[1])


class _Marks:
    """Makes the marks of new bests: what they stand for, their names and colours."""

    def __init__(
        self, by_id: Mapping[str, Standing], numbers: Mapping[str, int], options: Options, colours: tuple[str, str]
    ) -> None:
        self.by_id = by_id
        self.numbers = numbers
        self.options = options
        self.colours = colours

    def ref(self, id_: str) -> Ref:
        """Return what the mark of a chip stands for."""
        one = self.by_id[id_]
        ids = (id_, *(row.id for row in (*one.live, *one.measured)))
        return Ref("record", ids, value_line(one, self.options.convention))

    def both(self, one: Moment) -> Ref:
        """Return what a place on the lag stands for: both bests with the claims of each."""
        ids = (one.first.leader.id, one.second.leader.id)
        claims = (row.id for id_ in ids for row in self.by_id[id_].live)
        return Ref("record", (*ids, *claims), words.answer(one, self.by_id, self.options))

    def label(self, id_: str) -> str:
        """Return the name of a chip with the number of its source."""
        one = self.by_id[id_]
        return one.subject.brief.name + str(self.numbers[one.live[0].source_id]).translate(_RAISED)


def _ratio_panel(found: Sequence[Moment], names: words.Names, marks: _Marks) -> Panel:
    x = _stairs([one.day for one in found])
    value, low, high = (_steps([getattr(one, name) for one in found]) for name in ("ratio", "ratio_low", "ratio_high"))
    spots: list[Spot] = []
    previous: Moment | None = None
    for one in found:
        new = [one.first.leader.id, one.second.leader.id]
        old = ["", ""] if previous is None else [previous.first.leader.id, previous.second.leader.id]
        both = new[0] != old[0] and new[1] != old[1]
        for id_, was, colour, own in reversed(list(zip(new, old, marks.colours, (True, False), strict=True))):
            if id_ != was:
                # The newest are wanted most, and those of the side that is asked about before the others.
                wanted = (2.0 if own else 0.0) + one.day * 1e-5
                shape: Shape = "disc" if own else "diamond"
                size = 14.0 if both and not own else 9.0  # behind the other mark, and seen around it
                mark = Spot(one.day, one.ratio, colour, marks.ref(id_), marks.label(id_), wanted, shape, size=size)
                spots.append(mark)
        previous = one
    least, most = (float(low.min()), float(high.max())) if found else (0.1, 1.0)
    label = words.ratio(found[-1]) if found else ""
    return Panel(
        words.ratio_title(names, marks.options),
        min(least, 1.0) * 0.8,
        max(most, 1.0) * 1.3,
        number_style(),
        log=True,
        share=1.4,
        suffix="×",
        areas=(Area(x, low, high, marks.colours[0]),),
        lines=(Line(x, value, marks.colours[0], label, short=words.short_ratio(found[-1]) if found else ""),),
        spots=tuple(spots),
        across=(Across(1.0, _("level")),),
    )


def _lag_panel(
    found: Sequence[Moment], sides: tuple[Side, Side], names: words.Names, marks: _Marks, *, until: float
) -> Panel:
    """Return the lag: it grows day by day until the first side has something new."""
    days: list[float] = []
    for one, after in pairwise(found):
        days += np.linspace(one.day, after.day - 1e-3, max(2, int((after.day - one.day) / _STEP))).tolist()
    if found:
        days.append(until)
    every = moments(*sides, until=until, days=days) if found else []
    # Only the days asked for: those between two events have the bests of the earlier one.
    wanted = set(days)
    every = [one for one in every if one.day in wanted]
    x = np.array([one.day for one in every])
    value, low, high = (
        np.array([getattr(one, name).months for one in every], dtype=np.float64)
        for name in ("lag", "lag_low", "lag_high")
    )
    open_ = np.array([one.lag.open for one in every], dtype=np.bool_)
    sure = np.where(open_, np.nan, value)
    least, most = (float(low.min()), float(high.max())) if every else (0.0, 12.0)
    room = max(most - least, 6.0) * 0.1
    label = words.lag(found[-1]) if found else ""
    return Panel(
        words.lag_title(names),
        min(0.0, least - room) if least < 0 else 0.0,
        max(most, 6.0) + room,
        number_style(),
        areas=(Area(x, low, high, _PALER),),
        lines=(
            Line(x, sure, "ink", label, short=words.short_lag(found[-1]) if found else ""),
            Line(x, np.where(open_, value, np.nan), "ink", "" if not open_[-1:].any() else label, dash=(3.0, 3.0)),
        ),
        spots=tuple(Spot(one.day, one.lag.months, "ink", marks.both(one), size=6.0) for one in found),
        across=(Across(0.0, _("level")),) if least < 0 else (),
    )


def _stairs(days: Sequence[float]) -> Floats:
    return np.array([day for pair in pairwise(days) for day in pair] + list(days[-1:]), dtype=np.float64)


def _steps(values: Sequence[float]) -> Floats:
    return np.array([one for value in values[:-1] for one in (value, value)] + list(values[-1:]), dtype=np.float64)


def _sources(found: Sequence[Moment], by_id: Mapping[str, Standing]) -> tuple[dict[str, int], tuple[SourceNote, ...]]:
    """Return the number of each source and the references: of the chosen values of the bests, then of their rivals."""
    ids = list(dict.fromkeys(side.leader.id for one in found for side in (one.first, one.second)))
    rows: list[ClaimRow] = [by_id[id_].live[0] for id_ in ids]
    rows += [row for id_ in ids for row in (*by_id[id_].live[1:], *by_id[id_].measured)]
    first: dict[str, ClaimRow] = {}
    for row in rows:
        first.setdefault(row.source_id, row)
    numbers = {id_: place for place, id_ in enumerate(first, 1)}
    notes = (SourceNote(numbers[id_], id_, source_words(row), row.url or "") for id_, row in first.items())
    return numbers, tuple(notes)


def _legend(found: Sequence[Moment], names: words.Names, marks: _Marks) -> tuple[LegendEntry, ...]:
    if not found:
        return ()
    entries = [
        LegendEntry("disc", marks.colours[0], _("new best: {side}").format(side=names.home)),
        LegendEntry("diamond", marks.colours[1], _("new best: {side}").format(side=names.away)),
    ]
    if any(one.ratio_low < one.ratio_high for one in found):
        entries.append(LegendEntry("area", _PALER, _("what rival claims leave open")))
    if any(one.lag.open for one in found):
        entries.append(LegendEntry("dashed", "ink", _("at least this: the records begin there")))
    return tuple(entries)


def _table(
    found: Sequence[Moment], by_id: Mapping[str, Standing], numbers: Mapping[str, int], *, options: Options,
    names: words.Names,
) -> Table:  # fmt: skip
    unit = unit_words(options.convention.metric)
    metric = metric_name(options.convention.metric)
    heads = [_("Date")]
    for side in (names.home, names.away):
        heads += [
            _("Best of {side}").format(side=side),
            _("{side}: {metric} ({unit})").format(side=side, metric=metric, unit=unit),
            _("{side}: least").format(side=side),
            _("{side}: most").format(side=side),
        ]
    heads += [
        _("Ratio"), _("Ratio, least"), _("Ratio, most"), _("Lag (months)"), _("Lag, least"), _("Lag, most"),
        _("Lag is at least this"), _("Sources"),
    ]  # fmt: skip
    rows, values, refs = [], [], []
    for one in found:
        texts = [format_date(day_of(round(one.day)))]
        cells: list[float | None] = [one.day]
        for best in (one.first, one.second):
            texts += [by_id[best.leader.id].subject.brief.name, *map(amount, (best.value, best.low, best.high))]
            cells += [None, best.value, best.low, best.high]
        ratios, lags = (one.ratio, one.ratio_low, one.ratio_high), (one.lag, one.lag_low, one.lag_high)
        texts += [*map(amount, ratios), *(words.months(lag.months) for lag in lags)]
        cells += [*ratios, *(lag.months for lag in lags), None, None]
        behind = (*by_id[one.first.leader.id].live, *by_id[one.second.leader.id].live)
        cited = sorted({numbers[row.source_id] for row in behind if row.source_id in numbers})
        texts += [_("yes") if one.lag.open else "", ", ".join(map(str, cited))]
        rows.append(tuple(texts))
        values.append(tuple(cells))
        refs.append(Ref("record", (one.first.leader.id, one.second.leader.id), texts[1]))
    return Table(tuple(heads), tuple(rows), tuple(values), tuple(refs), frozenset((0,)))
