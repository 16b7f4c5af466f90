"""From the facts to the spec of the export-control figure."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from chipscape_db.export_rules.classify import Classification, regime_on
from chipscape_db.export_rules.regions import tiles
from chipscape_db.export_rules.rules import OUTCOMES, REGIMES, Outcome, QuantityKey, Regime
from chipscape_db.queries.briefs import passes
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.export_control import ControlledChip, ExportFacts
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Floats, Ref
from chipscape_desktop.figures.export_control import words
from chipscape_desktop.figures.export_control.descent import ancestors, cut_down, parents_of
from chipscape_desktop.figures.export_control.options import Options, parse
from chipscape_desktop.figures.export_control.spec import Chips, ExportSpec, Margin, Plane, Region, Trail
from chipscape_desktop.figures.export_control.table import table_of
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import meanings
from chipscape_desktop.figures.performance.words import number_style, source_words
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.i18n import _

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
Axes: TypeAlias = tuple[QuantityKey, QuantityKey]
_SAME_PLACE = 0.01
_CUT_DOWN = 0.98
_FEWEST = 3.0
_MARGIN = 0.1  # of the range, on either side


@dataclass(frozen=True, slots=True)
class _Placed:
    chip: ControlledChip
    answer: Classification
    x: float
    y: float


def build(facts: ExportFacts, request: Request) -> ExportSpec:
    """Return what is shown of *facts* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    filters = replace(request.filters, kinds=frozenset({"chip"}))
    today = filters.as_of or date.today()
    day = _day(facts, options, today)
    regime = regime_on(day, facts.rules)
    axes = regime.axes if regime is not None else REGIMES[-1].axes
    models = facts.models()
    shown = [
        (chip, facts.classify_as(chip, day, models))
        for chip in facts.chips.values()
        if not chip.is_system and passes(chip.brief, filters) and options.designer in ("", chip.maker)
    ]
    shown.sort(key=lambda one: one[0].brief.name)
    colours = tuple(sorted({country_colour(chip.brief.country) for chip, _answer in shown}))
    placed, below, beside, absent = _sort(shown, axes)
    placed.sort(key=lambda one: -_priority(one, options))
    numbers, sources = _sources(facts, regime, placed, below + beside)
    chips = _chips(placed, axes, colours, options=options, numbers=numbers)
    trail = _trail(facts, placed, options)
    answers = [answer for _chip, answer in shown]
    maker = next((chip.maker_name for chip, _answer in shown if options.designer), options.designer)
    counts: dict[Outcome, int] = {one: sum(answer.outcome == one for answer in answers) for one in OUTCOMES}
    plane = _plane(regime, axes, facts)
    rule = None if regime is None else facts.rules[regime.policy]
    caption = Caption(
        words.title(regime, maker),
        words.subtitle(rule, today, known_then=filters.as_of is not None, judged=day if day != today else None),
        _legend(chips, below + beside, trail, colours, plane),
        words.notes(
            absent=absent,
            beyond=[one.chip.brief.name for one in placed if _is_wafer(one.chip)],
            named=[chip.brief.name for chip, answer in shown if answer.basis in ("name", "letter")],
            inherited=[one.chip.brief.name for one in placed if one.answer.parent and "density" in axes],
            undetermined=counts["undetermined"],
            asides=answers[0].asides if answers else (),
        ),
        sources,
    )
    usual = np.array([not _is_wafer(one.chip) for one in placed], dtype=np.bool_)
    return ExportSpec(
        caption,
        plane,
        _home(plane, chips.x[usual], chips.y[usual], below=below, beside=beside, axes=axes),
        colours,
        chips,
        _margin(below, axes[0], colours),
        _margin(beside, axes[1], colours),
        trail,
        number_style(),
        words.summary(counts),
        table_of(shown, cut_down(facts, shown), facts, numbers),
    )


def _day(facts: ExportFacts, options: Options, today: date) -> date:
    """Return the day whose rules judge: the first of a rule that is asked for, where the base has it."""
    rule = facts.rules.get(options.rule)
    return today if rule is None else rule.start


_Answered = tuple[ControlledChip, Classification]


def _sort(
    shown: Sequence[_Answered], axes: Axes
) -> tuple[list[_Placed], list[_Answered], list[_Answered], dict[str, list[str]]]:
    """Return the chips with a place on the plane, those on one axis only, and the names of what is missing."""
    placed, below, beside = [], [], []
    absent: dict[str, list[str]] = {"area": [], "rate": [], "performance": [], "all": []}
    for chip, answer in shown:
        x, y = _point(answer, axes[0]), _point(answer, axes[1])
        name = chip.brief.name
        if x is not None and y is not None:
            placed.append(_Placed(chip, answer, x, y))
        elif x is not None:
            below.append((chip, answer))
            absent["area" if axes[1] == "density" else "performance"].append(name)
        elif y is not None:
            beside.append((chip, answer))
            absent["rate"].append(name)
        else:
            absent["all"].append(name)
    return placed, below, beside, absent


def _point(answer: Classification, key: QuantityKey) -> float | None:
    value = answer.quantity(key).value
    return value if value is not None and value > 0 else None


def _priority(one: _Placed, options: Options) -> float:
    """Return how much a label is wanted: what is asked for, what is named or near a line, and what many speak of."""
    brief, answer = one.chip.brief, one.answer
    wanted = 1000.0 * bool({brief.id, brief.slug} & options.focus)
    wanted += 6.0 * (answer.basis in ("name", "letter")) + 3.0 * (answer.outcome == "undetermined")
    wanted += 2.0 * (answer.outcome == "licence-exception")
    return wanted + math.log1p(len(one.chip.subject.named)) + math.log1p(len(answer.claim_ids))


def _chips(
    placed: Sequence[_Placed], axes: Axes, colours: Sequence[str], *, options: Options, numbers: dict[str, int]
) -> Chips:
    def column(values: Iterable[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array(list(values), dtype=np.float64)

    x, y = ([one.answer.quantity(key) for one in placed] for key in axes)
    return Chips(
        column(one.x for one in placed),
        column(one.y for one in placed),
        column(one.low for one in x),
        column(one.high for one in x),
        column(one.low for one in y),
        column(one.high for one in y),
        np.array([colours.index(country_colour(one.chip.brief.country)) for one in placed], dtype=np.int64),
        np.array([one.answer.outcome == "undetermined" for one in placed], dtype=np.bool_),
        np.array([one.answer.basis in ("name", "letter") for one in placed], dtype=np.bool_),
        column(_priority(one, options) for one in placed),
        _labels(placed, numbers) if options.labels else [""] * len(placed),
        [_ref(one.chip, one.answer) for one in placed],
    )


def _labels(placed: Sequence[_Placed], numbers: dict[str, int]) -> list[str]:
    """Return a label for each place: the names of all chips there, at the most wanted one."""
    labels = [""] * len(placed)
    taken = [False] * len(placed)
    for i, one in enumerate(placed):
        if taken[i]:
            continue
        group = [j for j in range(i, len(placed)) if not taken[j] and _together(one, placed[j])]
        for j in group:
            taken[j] = True
        names = [placed[j].chip.brief.name for j in group]
        maker = one.chip.maker_name
        short = [name.removeprefix(f"{maker} ") if maker and k else name for k, name in enumerate(names)]
        text = ", ".join(short[:3]) + (f" +{len(short) - 3}" if len(short) > 3 else "")
        source = _chosen_source(one)
        labels[i] = text + (str(numbers[source]).translate(_RAISED) if source in numbers else "")
    return labels


def _together(one: _Placed, other: _Placed) -> bool:
    return abs(math.log(one.x / other.x)) < _SAME_PLACE and abs(math.log(one.y / other.y)) < _SAME_PLACE


def _ref(chip: ControlledChip, answer: Classification) -> Ref:
    return Ref("record", (chip.brief.id, *answer.claim_ids), words.chip_line(chip, answer))


def _margin(chips: Sequence[_Answered], key: QuantityKey, colours: Sequence[str]) -> Margin:
    return Margin(
        np.array([answer.quantity(key).value for _chip, answer in chips], dtype=np.float64),
        np.array([colours.index(country_colour(chip.brief.country)) for chip, _answer in chips], dtype=np.int64),
        [_ref(chip, answer) for chip, answer in chips],
    )


def _trail(facts: ExportFacts, placed: Sequence[_Placed], options: Options) -> Trail:
    """Return arrows from each chip to the descendants of the same maker that are cut down on either axis.

    Where a parent has no place the nearest ancestor that has one stands in for it; the arrow then opens every link.
    """
    place = {one.chip.brief.id: i for i, one in enumerate(placed)}
    parents = parents_of(facts)
    start, end, refs = [], [], []
    for j, child in enumerate(placed if options.trail else ()):
        for ancestor, links in ancestors(child.chip, parents, place):
            parent = placed[place[ancestor]]
            less = child.x < parent.x * _CUT_DOWN or child.y < parent.y * _CUT_DOWN
            more = child.x * _CUT_DOWN > parent.x or child.y * _CUT_DOWN > parent.y
            if parent.chip.maker == child.chip.maker and less and not more:
                start.append(place[ancestor])
                end.append(j)
                title = words.trail_line(links[0], parent.chip.brief.name, child.chip.brief.name)
                refs.append(Ref("relationship", tuple(link.id for link in links), title))
    return Trail(np.array(start, dtype=np.int64), np.array(end, dtype=np.int64), refs)


def _plane(regime: Regime | None, axes: Axes, facts: ExportFacts) -> Plane:
    titles = (words.axis_title(axes[0]), words.axis_title(axes[1]))
    if regime is None:
        return Plane(*titles)
    rule = facts.rules[regime.policy]
    regions = []
    for tile in tiles(regime):
        outcome = tile.paragraph.outcome
        record = facts.rules.get(tile.paragraph.policy, rule)
        ref = Ref("band", tuple(dict.fromkeys((rule.id, record.id))), words.region_line(tile.paragraph, outcome))
        lines = words.region_lines(tile.paragraph, outcome, regime)
        regions.append(Region(tile.x, tile.y, outcome == "controlled", lines, ref))
    limits = (regime.thresholds(axes[0]), regime.thresholds(axes[1]))
    return Plane(*titles, *limits, tuple(regions), _edges(regime))


def _edges(regime: Regime) -> tuple[tuple[float, float, float, float], ...]:
    """Return the lines between pieces of the plane with different outcomes."""
    x_key, y_key = regime.axes
    columns = list(pairwise([0.0, *regime.thresholds(x_key), math.inf]))
    rows = list(pairwise([0.0, *regime.thresholds(y_key), math.inf]))

    def outcome(i: int, j: int) -> Outcome:
        paragraph = regime.paragraph_at({x_key: columns[i][0], y_key: rows[j][0]})
        return "not-controlled" if paragraph is None else paragraph.outcome

    found = [
        (columns[i][0], rows[j][0], columns[i][0], rows[j][1])
        for i in range(1, len(columns))
        for j in range(len(rows))
        if outcome(i - 1, j) != outcome(i, j)
    ]
    found += [
        (columns[i][0], rows[j][0], columns[i][1], rows[j][0])
        for i in range(len(columns))
        for j in range(1, len(rows))
        if outcome(i, j - 1) != outcome(i, j)
    ]
    return tuple(found)


def _is_wafer(chip: ControlledChip) -> bool:
    """Say whether a chip is a whole wafer: it has its place, but nobody should see all others in a corner for it."""
    return "wafer" in chip.subject.form_factor.casefold()


def _home(
    plane: Plane, x: Floats, y: Floats, *, below: Sequence[_Answered], beside: Sequence[_Answered], axes: Axes
) -> View:
    """Return the view that takes in the chips at *x* and *y* and the lines of the rule, in powers of ten."""
    foot = (answer.quantity(axes[0]).value or 0.0 for chip, answer in below if not _is_wafer(chip))
    side = (answer.quantity(axes[1]).value or 0.0 for _chip, answer in beside)
    return View(_range([*x, *plane.x_limits, *foot]), _range([*y, *plane.y_limits, *side]))


def _range(values: Sequence[float]) -> tuple[float, float]:
    logs = [math.log10(value) for value in values if value > 0] or [0.0, _FEWEST]
    pad = max((max(logs) - min(logs)) * _MARGIN, _MARGIN)
    return min(logs) - pad, max(logs) + pad


def _chosen_source(one: _Placed) -> str:
    chosen = one.answer.quantity("tpp").chosen
    return chosen[0].claim.source_id if chosen else ""


def _sources(
    facts: ExportFacts, regime: Regime | None, placed: Sequence[_Placed], margin: Sequence[_Answered]
) -> tuple[dict[str, int], tuple[SourceNote, ...]]:
    """Return the number of each source and the references: those of the rule first, then those of the claims."""
    slugs = [] if regime is None else [regime.policy, *(paragraph.policy for paragraph in regime.paragraphs)]
    cited = {one.id: one for slug in dict.fromkeys(slugs) for one in facts.sources.get(slug, ())}
    rows: dict[str, ClaimRow] = {}
    answered: list[_Answered] = [*((one.chip, one.answer) for one in placed), *margin]
    for chip, answer in answered:
        by_id = facts.rows_behind(chip.brief.id)
        for id_ in answer.claim_ids:
            if (row := by_id.get(id_)) is not None:
                rows.setdefault(row.source_id, row)
    found = [(one.id, words.rule_source_words(one), one.url) for one in cited.values()]
    found += [(id_, source_words(row), row.url or "") for id_, row in rows.items() if id_ not in cited]
    notes = tuple(SourceNote(number, id_, text, url) for number, (id_, text, url) in enumerate(found, 1))
    return {note.id: note.number for note in notes}, notes


def _legend(
    chips: Chips, margin: Sequence[_Answered], trail: Trail, colours: Sequence[str], plane: Plane
) -> tuple[LegendEntry, ...]:
    used = Counter(colours[i] for i in chips.colour.tolist())
    used.update(country_colour(chip.brief.country) for chip, _answer in margin)
    entries = [LegendEntry("disc", colour, text) for colour, text in meanings(set(used), (), "country")]
    if bool(chips.named.any()):
        entries.append(LegendEntry("square", "ink_soft", _("restricted by name")))
    if bool(chips.hollow.any()):
        entries.append(LegendEntry("disc", "ink_soft", _("undetermined"), hollow=True))
    if bool(np.any(chips.x_low < chips.x_high) or np.any(chips.y_low < chips.y_high)):
        entries.append(LegendEntry("whisker", "ink_soft", _("range of published claims")))
    if len(trail.start):
        entries.append(LegendEntry("link:arrow", "ink_soft", _("cut-down variant or successor")))
    meant = dict.fromkeys(one.lines for one in sorted(plane.regions, key=lambda one: not one.strict))
    entries += [LegendEntry("band", "amber", words.legend_line(lines)) for lines in meant]
    return tuple(entries)
