"""From the claims about output to the spec."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from chipscape_db.choice import Chosen, choose_default
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.output import OutputRows, Producer
from chipscape_desktop.figures.catalog import Request, Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.output import words
from chipscape_desktop.figures.output.options import Options, parse
from chipscape_desktop.figures.output.spec import Look, Mark, OutputSpec, Row
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import meanings
from chipscape_desktop.figures.performance.words import (
    amount,
    claim_line,
    convention_words,
    number_style,
    source_words,
    stance_words,
    unit_words,
)
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.i18n import _, format_date, number
from chipscape_desktop.words import country_cell

_SIDES = {"at-most": -1, "high": -1, "at-least": 1, "low": 1}
SHAPES = {"stated": "square", "measured": "cross", "estimated": "diamond", "reported": "disc", "rumoured": "triangle"}


@dataclass(frozen=True, slots=True)
class _Group:
    """The claims about one producer in one period, and in one market where the metric is a share."""

    producer: Producer
    period: str
    market: str
    claims: tuple[ClaimRow, ...]
    chosen: Chosen

    @property
    def compared(self) -> frozenset[str]:
        """The claims under the convention of the chosen one."""
        return frozenset(self.chosen.claim_ids)


def build(rows: OutputRows, request: Request) -> OutputSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    groups = [
        group
        for producer in rows.producers
        if _wanted(producer, options)
        for group in _groups(producer, options)
        if (len(group.claims) > 1 or not options.rivals) and (options.year == "all" or options.year in group.period)
    ]
    groups.sort(key=_order)
    numbers, sources = _sources(groups)
    shown = tuple(_row(group, options) for group in groups)
    values = [mark.value for row in shown for mark in row.marks if mark.value > 0 or not options.log]
    low, high = _range(values, options)
    caption = Caption(
        words.title(options, rows),
        words.subtitle(options, request.filters.as_of),
        _legend(groups, shown),
        words.notes(options, len(groups), sum(len(group.claims) for group in groups), _independent(groups)),
        sources,
    )
    return OutputSpec(
        caption, shown, words.axis_title(options), options.log, low, high, number_style(),
        words.summary(len(groups), sum(len(group.claims) for group in groups)), _table(groups, numbers),
    )  # fmt: skip


def _wanted(producer: Producer, options: Options) -> bool:
    if options.maker:
        return producer.maker_slug == options.maker
    return options.country in ("all", producer.brief.country)


def _groups(producer: Producer, options: Options) -> list[_Group]:
    share = options.metric.unit == "percent"
    found: dict[tuple[str, str], list[ClaimRow]] = {}
    for row in producer.claims:
        if row.number is not None:
            found.setdefault((row.period or "", (row.condition or "") if share else ""), []).append(row)
    groups = []
    for (period, market), claims in found.items():
        chosen = choose_default([row.fact() for row in claims], options.metric, rule=options.rule)
        if chosen is not None:
            groups.append(_Group(producer, period, market, tuple(claims), chosen))
    return groups


def _order(group: _Group) -> tuple[str, str, bool, str, float]:
    """Return the order of rows: by market, by maker, organizations before chips, then the newest first."""
    day = PartialDate.parse(group.period).midpoint_day() if group.period else 0.0
    return (
        group.market, group.producer.maker.casefold(), group.producer.brief.kind != "organization",
        group.producer.brief.name.casefold(), -day,
    )  # fmt: skip


def _range(values: Sequence[float], options: Options) -> tuple[float, float]:
    if options.log:
        low, high = (min(values), max(values)) if values else (1.0, 10.0)
        return low / 1.5, high * 1.5
    high = max(values, default=1.0)
    return 0.0, 100.0 if options.metric.unit == "percent" else (high or 1.0) * 1.05


def _row(group: _Group, options: Options) -> Row:
    brief, chosen = group.producer.brief, group.chosen
    marks = []
    for row in sorted(group.claims, key=lambda one: (one.id != chosen.claim.id, one.id)):
        assert row.number is not None
        text = claim_line(row, options.metric)
        if row.condition:
            text = f"{text} ({row.condition})"
        marks.append(
            Mark(
                row.number, cast(Look, row.stance), words.who(row), _SIDES.get(row.bound or "", 0),
                row.id == chosen.claim.id, row.id not in group.compared,
                Ref("claim", (row.id, brief.id), f"{words.row_name(brief.name, group.period)}: {text}"),
            )
        )  # fmt: skip
    roots = {row.root_id for row in group.claims}
    low = chosen.low if chosen.low is not None else chosen.value
    high = chosen.high if chosen.high is not None else chosen.value
    return Row(
        words.row_name(brief.name, group.period),
        words.period(group.period),
        group.market or (chosen.claim.convention.condition or ""),
        country_colour(brief.country),
        low,
        high,
        tuple(marks),
        words.tally(len(group.claims), len(roots)),
        Ref("record", (brief.id, *(row.id for row in group.claims)), words.row_line(brief.name, group.period, chosen,
                                                                                  options, len(roots))),
    )  # fmt: skip


def _sources(groups: Sequence[_Group]) -> tuple[dict[str, int], tuple[SourceNote, ...]]:
    first: dict[str, ClaimRow] = {}
    for group in groups:
        for row in sorted(group.claims, key=lambda one: one.id != group.chosen.claim.id):
            first.setdefault(row.source_id, row)
    numbers = {id_: place for place, id_ in enumerate(first, 1)}
    notes = (SourceNote(numbers[id_], id_, source_words(row), row.url or "") for id_, row in first.items())
    return numbers, tuple(notes)


def _independent(groups: Sequence[_Group]) -> int:
    return len({row.root_id for group in groups for row in group.claims})


def _legend(groups: Sequence[_Group], rows: Sequence[Row]) -> tuple[LegendEntry, ...]:
    used = {mark.look for row in rows for mark in row.marks}
    entries = [LegendEntry(shape, "ink_soft", stance_words(look)) for look, shape in SHAPES.items() if look in used]
    marks = [mark for row in rows for mark in row.marks]
    if any(mark.hollow for mark in marks):
        entries.append(LegendEntry("disc", "ink_soft", _("counts something else, not compared"), hollow=True))
    if any(row.high > row.low for row in rows):
        entries.append(LegendEntry("line", "ink_soft", _("range of published claims")))
    if any(mark.side for mark in marks):
        entries.append(LegendEntry("arrow", "ink_soft", _("limit only")))
    colours = {country_colour(group.producer.brief.country) for group in groups}
    return (*entries, *(LegendEntry("range", colour, text) for colour, text in meanings(colours, (), "country")))


def _table(groups: Sequence[_Group], numbers: dict[str, int]) -> Table:
    heads = (
        _("Name"), _("Maker"), _("Country"), _("Period"), _("Value"), _("Unit"), _("Convention"), _("Who speaks"),
        _("Chosen"), _("Compared"), _("Claims of the row"), _("Independent sources of the row"), _("Source"), _("Date"),
        _("Independent by"), _("Sources"),
    )  # fmt: skip
    rows, values, refs = [], [], []
    roots = {root: place for place, root in enumerate(dict.fromkeys(r.root_id for g in groups for r in g.claims), 1)}
    for group in groups:
        brief = group.producer.brief
        independent = len({row.root_id for row in group.claims})
        for row in group.claims:
            assert row.number is not None
            published = format_date(row.published_on, "short") if row.published_on else ""
            rows.append(
                (
                    brief.name, group.producer.maker, country_cell(brief.country), words.period(group.period),
                    amount(row.number),
                    unit_words(words.metric_of(row)), convention_words(row), stance_words(row.stance),
                    _("yes") if row.id == group.chosen.claim.id else "",
                    _("yes") if row.id in group.compared else _("no"),
                    number(len(group.claims)), number(independent), source_words(row), published,
                    number(roots[row.root_id]), number(numbers[row.source_id]),
                )
            )  # fmt: skip
            values.append(
                (*[None] * 4, row.number, *[None] * 5, float(len(group.claims)), float(independent), *[None] * 2,
                 float(roots[row.root_id]), float(numbers[row.source_id]))
            )  # fmt: skip
            refs.append(Ref("record", (brief.id, row.id), words.row_name(brief.name, group.period)))
    return Table(heads, tuple(rows), tuple(values), tuple(refs))
