"""From the links to chips to the spec of the domestic share."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from chipscape_db.partial_date import day_number, day_of
from chipscape_db.queries.domestic_share import KINDS, ShareLink, ShareRows
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.domestic_share import words
from chipscape_desktop.figures.domestic_share.measure import Count, Dated, counts
from chipscape_desktop.figures.domestic_share.options import Options, parse
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.gap.options import COUNTRIES
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.words import number_style
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.figures.timechart.axes import percent_sign
from chipscape_desktop.figures.timechart.periods import bin_of
from chipscape_desktop.figures.timechart.rules import milestones, source_notes
from chipscape_desktop.figures.timechart.spec import Area, Bar, Line, Panel, Spot, TimeChartSpec
from chipscape_desktop.i18n import _, format_date, number
from chipscape_desktop.words import country_cell, link_word

_COLOURS = {"runs-on": "cat-6", "trained-on": "cat-4", "buys-from": "cat-5"}
_DASHES: Mapping[str, tuple[float, ...]] = {
    "runs-on": (7.0, 3.0),
    "trained-on": (2.0, 2.5),
    "buys-from": (8.0, 3.0, 2.0, 3.0),
}
_FEWEST = 3  # links of a kind before its share is drawn


def build(rows: ShareRows, request: Request) -> TimeChartSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    until = float(day_number(request.filters.as_of or date.today()))
    links = [one for one in rows.links if one.kind in options.kinds and _of(one.country, options.country)]
    known = [one for one in links if one.chip_country]
    dated = [(one, day) for one in known if (day := _day(one, options)) is not None and day <= until]
    undated = [one for one in known if _day(one, options) is None]
    nowhere = [_of(one.chip_country, options.country) for one in undated]
    loose = (sum(nowhere), len(nowhere) - sum(nowhere))
    every = counts([_dated(one, day, options) for one, day in dated], until=until, undated=loose)
    by_kind = {
        kind: counts([_dated(one, day, options) for one, day in dated if one.kind == kind], until=until)
        for kind in (options.kinds if len(options.kinds) > 1 else ())
    }
    dated.sort(key=lambda pair: (pair[1], pair[0].id))
    name = _(COUNTRIES[options.country])
    colour = options.country if options.country in ("europe", "east-asia") else country_colour(options.country)
    first = dated[0][1] if dated else until - 1000
    pad = max((until - first) * 0.03, 60.0)
    days = (bin_of(first, options.period)[0] - pad, until + pad)
    rules = milestones(rows.rules, days) if options.rules else ()
    shown = {one.ref.ids[0] for one in rules}
    cited = [id_ for one, _day_ in dated for id_ in one.sources]
    cited += [id_ for rule in rows.rules if rule.id in shown for id_ in rule.sources]
    by_release = sum(one.day is None for one, _day_ in dated)
    caption = Caption(
        words.title(name, options),
        words.subtitle(options, request.filters.as_of),
        _legend(name, colour, by_kind, has_band=any(loose)),
        words.notes(every, by_kind, name=name, undated=loose, by_release=by_release, nowhere=len(links) - len(known)),
        source_notes(cited, rows.sources),
    )
    return TimeChartSpec(
        caption,
        View(days, (0.0, 1.0)),
        (_share_panel(every, by_kind, dated, options=options, colour=colour), _bars_panel(dated, options, colour)),
        _("Date"),
        rules,
        words.summary(every, name),
        "" if every else _("No dated link to a chip passes the filters."),
        _table(dated, {note.id: note.number for note in caption.sources}, options),
    )


def _of(country: str, wanted: str) -> bool:
    return bool(country) and wanted in (country, country_colour(country))


def _day(link: ShareLink, options: Options) -> float | None:
    return link.released if link.day is None and options.release else link.day


def _dated(link: ShareLink, day: float, options: Options) -> Dated:
    ended = None if link.ended is None else float(link.ended)
    return Dated(link.id, link.kind, _of(link.chip_country, options.country), day, ended)


def _share_panel(
    every: Sequence[Count], by_kind: Mapping[str, Sequence[Count]], dated: Sequence[tuple[ShareLink, float]], *,
    options: Options, colour: str,
) -> Panel:  # fmt: skip
    lines, areas, spots = [], [], []
    if every:
        x, low, high = _steps(every, "low"), _steps(every, "low")[1], _steps(every, "high")[1]
        areas.append(Area(x[0], low, high, colour))
        for kind, found in by_kind.items():
            if found and found[-1].links >= _FEWEST:
                began = [one for one in found if one.links >= _FEWEST]
                at, share = _steps(began, "share")
                lines.append(
                    Line(
                        at,
                        share,
                        _COLOURS[kind],
                        words.line_label(kind, found[-1]),
                        1.5,
                        _DASHES[kind],
                        short=words.line_label("", found[-1]),
                    )
                )
        at, share = _steps(every, "share")
        lines.append(Line(at, share, colour, words.line_label("", every[-1]), 2.5))
        by_day = {one.day: one for one in every}
        seen: set[float] = set()
        for link, day in dated:
            if day in by_day and day not in seen:
                seen.add(day)
                ids = tuple(one.id for one, when in dated if when == day)
                title = words.spot_line(link, by_day[day], more=len(ids) - 1)
                spots.append(Spot(day, by_day[day].share * 100, colour, Ref("relationship", ids, title), size=6.0))
    return Panel(
        words.share_title(options), 0.0, 100.0, number_style(), share=1.5, suffix=percent_sign(), areas=tuple(areas),
        lines=tuple(lines), spots=tuple(spots),
    )  # fmt: skip


def _steps(found: Sequence[Count], name: str) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", ...]:
    """Return the corners of the staircase of a share, in percent."""
    x: list[float] = []
    y: list[float] = []
    for one in found:
        if x:
            x.append(one.day)
            y.append(y[-1])
        x.append(one.day)
        y.append(100.0 * getattr(one, name))
    return np.array(x, dtype=np.float64), np.array(y, dtype=np.float64)


def _bars_panel(dated: Sequence[tuple[ShareLink, float]], options: Options, colour: str) -> Panel:
    """Return one box a link, those to domestic chips below, in the period in which it began."""
    bins: dict[tuple[float, float], list[tuple[bool, ShareLink]]] = {}
    for link, day in dated:
        foreign = not _of(link.chip_country, options.country)
        bins.setdefault(bin_of(day, options.period), []).append((foreign, link))
    bars = []
    for (start, end), members in bins.items():
        gap = (end - start) * 0.08
        for place, (foreign, link) in enumerate(sorted(members, key=lambda pair: (pair[0], pair[1].kind, pair[1].id))):
            ref = Ref("relationship", (link.id, link.subject_id), words.link_line(link))
            bars.append(
                Bar(start + gap, end - gap, place, place + 1, "other" if foreign else colour, ref, hatched=foreign)
            )
    top = max((bar.high for bar in bars), default=1.0)
    return Panel(words.bars_title(options), 0.0, float(top) * 1.08, number_style(), whole=True, bars=tuple(bars))


def _legend(
    name: str, colour: str, by_kind: Mapping[str, Sequence[Count]], *, has_band: bool
) -> tuple[LegendEntry, ...]:
    entries = [
        LegendEntry("range", colour, _("domestic chips: {country}").format(country=name)),
        LegendEntry("hatched", "other", _("foreign chips")),
    ]
    if has_band:
        entries.append(LegendEntry("area", colour, _("what undated links leave open")))
    entries += [LegendEntry("dashed", _COLOURS[kind], link_word(kind)) for kind in KINDS if by_kind.get(kind)]
    return tuple(entries)


def _table(dated: Sequence[tuple[ShareLink, float]], numbers: Mapping[str, int], options: Options) -> Table:
    heads = (
        _("Counted from"), _("Who"), _("Country"), _("Link"), _("Chip or maker"), _("Country of the chip"),
        _("Domestic"), _("Domestic so far"), _("Links so far"), _("Share so far (%)"), _("Date of the link"),
        _("Ended"), _("Sources"),
    )  # fmt: skip
    rows, values, refs = [], [], []
    own = all_ = 0
    for link, day in dated:
        domestic = _of(link.chip_country, options.country)
        own, all_ = own + domestic, all_ + 1
        share = 100.0 * own / all_
        cited = sorted(numbers[id_] for id_ in link.sources if id_ in numbers)
        rows.append(
            (
                format_date(day_of(int(day))), link.subject, country_cell(link.country), link_word(link.kind),
                link.object, country_cell(link.chip_country), _("yes") if domestic else _("no"), number(own),
                number(all_), number(round(share, 1)),
                format_date(link.date) if link.date else _("not said; the model's release is taken"),
                format_date(day_of(link.ended)) if link.ended is not None else "", ", ".join(map(str, cited)),
            )
        )  # fmt: skip
        values.append((day, None, None, None, None, None, None, float(own), float(all_), share, None, None, None))
        refs.append(Ref("relationship", (link.id, link.subject_id), words.link_line(link)))
    return Table(heads, tuple(rows), tuple(values), tuple(refs), frozenset((0,)))
