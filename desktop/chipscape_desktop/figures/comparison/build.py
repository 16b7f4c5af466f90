"""From rows to the spec of a comparison."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chipscape_db.queries.performance import SeveralRows, Subject
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.comparison.options import ComparisonOptions, parse
from chipscape_desktop.figures.comparison.spec import ComparisonSpec, Line
from chipscape_desktop.figures.drawing import Ref, Shape
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.performance.words import number_style
from chipscape_desktop.figures.ranking.build import claim_ticks
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.claim_marks import claim_legend
from chipscape_desktop.figures.readings.quantities import Quantity
from chipscape_desktop.figures.readings.reading import Reading, read
from chipscape_desktop.figures.readings.table import value_cells, value_heads
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.i18n import _, number, percent

COLOURS: Final = ("cat-2", "cat-1", "cat-3", "cat-4", "cat-5", "cat-6", "cat-7", "cat-8")
SHAPES: Final[tuple[Shape, ...]] = ("disc", "square", "triangle", "hexagon", "tab", "disc", "square", "triangle")
_BASE_SHAPE: Final[Shape] = "diamond"
_LINES_AT_FIRST = 26


def build(rows: SeveralRows, request: Request) -> ComparisonSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    by_slug = {name: one for one in rows.subjects for name in (one.brief.slug, one.brief.id)}
    baseline = by_slug.get(options.baseline)
    chips = [by_slug[slug] for slug in options.chips if slug in by_slug and slug != options.baseline]
    readings: dict[tuple[str, str], Reading] = {}
    for what in options.quantities:
        for subject in ([baseline] if baseline else []) + chips:
            claims = rows.claims.get(subject.brief.id, {})
            readings[what.key, subject.brief.id] = read(subject, claims, what, options.convention)
    ordered = list(readings.values())
    numbers, sources = words.number_sources(ordered)
    lines = _lines(baseline, chips, readings, numbers=numbers, options=options) if baseline else []
    base_name = baseline.brief.name if baseline else rows.not_yet.get(options.baseline, options.baseline)
    subtitle = [
        _("{name} = 100 %").format(name=base_name), *words.convention_of(options.convention, options.quantities),
        words.as_of_words(request.filters.as_of),
    ]  # fmt: skip
    unknown = [slug for slug in (options.baseline, *options.chips) if slug and slug not in by_slug]
    notes = words.notes(ordered, options.convention)
    notes[:0] = words.absent_notes(unknown, rows.not_yet)
    caption = Caption(
        _title(baseline, chips), " · ".join(subtitle), _legend(baseline, chips, lines, ordered), tuple(notes), sources
    )
    empty = ""
    if options.baseline in rows.not_yet:
        empty = _("{name} was not there yet on that date.").format(name=base_name)
    elif baseline is None:
        empty = _("Choose the chip that is 100 %.")
    elif not options.quantities:
        empty = _("Choose the metrics to compare.")
    return ComparisonSpec(
        caption,
        Axis(
            (_("Share of {name} (%), log scale") if options.log else _("Share of {name} (%)")).format(name=base_name),
            options.log, number_style(), "%",
        ),
        _home(lines, log=options.log), tuple(lines), options.bars,
        _table(options, baseline, chips, readings, numbers), empty, _summary(lines),
    )  # fmt: skip


def _title(baseline: Subject | None, chips: Sequence[Subject]) -> str:
    if baseline is None:
        return _("Comparison of chips")
    names = [one.brief.name for one in chips]
    if not names:
        return baseline.brief.name
    if len(names) > 3:
        names = [*names[:2], _("{count} more").format(count=number(len(names) - 2))]
    return _("{names} against {baseline}").format(names=", ".join(names), baseline=baseline.brief.name)


def _lines(
    baseline: Subject, chips: Sequence[Subject], readings: dict[tuple[str, str], Reading], *,
    numbers: dict[str, int], options: ComparisonOptions,
) -> list[Line]:  # fmt: skip
    lines = []
    for what in options.quantities:
        lines.append(Line(True, _head(what)))
        base = readings[what.key, baseline.brief.id]
        for place, subject in enumerate((baseline, *chips)):
            one = readings[what.key, subject.brief.id]
            lines.append(_line(one, base, place - 1, numbers=numbers, options=options))
    return lines


def _head(what: Quantity) -> str:
    text = _("{metric} ({unit})").format(metric=what.name, unit=what.unit_words) if what.unit else what.name
    return _("{metric}, less is better").format(metric=text) if what.better == "lower" else text


def _line(one: Reading, base: Reading, place: int, *, numbers: dict[str, int], options: ComparisonOptions) -> Line:
    subject = one.subject
    ref = Ref("record", (subject.brief.id, *one.claim_ids), f"{words.line(one, options.convention)}")
    line = Line(
        False, subject.brief.name, "ink" if place < 0 else COLOURS[place % len(COLOURS)],
        _BASE_SHAPE if place < 0 else SHAPES[place % len(SHAPES)], baseline=place < 0, ref=ref,
    )  # fmt: skip
    if one.value is None:
        why = words.why(one, options.convention)
        return replace(line, text=_("missing: {why}").format(why=why))
    text = f"{words.told(one)}{words.cited(one, numbers)}"
    line = replace(line, text=text, sources=one.sources, hollow=one.unsaid or one.estimated)
    if base.value is None or base.value <= 0 or (one.value <= 0 and options.log):
        return line
    scale = 100.0 / base.value
    ticks = tuple(replace(tick, value=tick.value * scale) for tick in claim_ticks(one, log=options.log))
    title = _("{line}; {share} of {name}").format(
        line=ref.title, share=share_words(one, base), name=base.subject.brief.name
    )
    return replace(
        line, share=one.value * scale, low=one.low * scale, high=one.high * scale, contested=one.contested,
        percent=percent(one.value / base.value, 0 if one.value >= base.value / 10 else 1), ticks=ticks,
        ref=Ref("record", ref.ids, ref.title if place < 0 else title),
    )  # fmt: skip


def share_words(one: Reading, base: Reading) -> str:
    """Return a share of the baseline with the range that the claims of both allow: "90 % (82–103 %)"."""
    low, high = share_range(one, base)
    assert one.value is not None
    assert base.value is not None
    share = percent(one.value / base.value)
    if low is None or high is None or high <= low * 1.02:
        return share
    return f"{share} ({number(round(low * 100))}–{percent(high)})"


def share_range(one: Reading, base: Reading) -> tuple[float | None, float | None]:
    """Return the least and the greatest share that the claims of both allow, as fractions."""
    if one.value is None or base.value is None or base.low <= 0:
        return None, None
    return one.low / base.high, one.high / base.low


def _legend(
    baseline: Subject | None, chips: Sequence[Subject], lines: Sequence[Line], readings: Sequence[Reading]
) -> tuple[LegendEntry, ...]:
    entries = []
    if baseline is not None:
        entries.append(LegendEntry(_BASE_SHAPE, "ink", baseline.brief.name))
    entries += [
        LegendEntry(SHAPES[i % len(SHAPES)], COLOURS[i % len(COLOURS)], one.brief.name) for i, one in enumerate(chips)
    ]
    if any(one.unsaid for one in readings if one.value is not None):
        entries.append(LegendEntry("disc", "ink_soft", _("hollow: convention not said"), hollow=True))
    if any(line.contested for line in lines):
        entries.append(LegendEntry("whisker", "ink_soft", _("range of published claims")))
    return (*entries, *claim_legend(tick.style for line in lines for tick in line.ticks))


def _home(lines: Sequence[Line], *, log: bool) -> View:
    rows = (-float(max(min(len(lines), _LINES_AT_FIRST), 1)), 0.0)
    ends = [end for line in lines if line.share is not None for end in (line.share, line.low, line.high)]
    ends += [tick.value for line in lines for tick in line.ticks]
    positive = [end for end in ends if end > 0]
    if log:
        low, high = math.log10(min(positive, default=10.0)), math.log10(max(positive, default=100.0))
        pad = max((high - low) * 0.06, 0.08)
        return View((low - pad, high + pad), rows)
    return View((0.0, max([*positive, 110.0]) * 1.05), rows)


def _table(
    options: ComparisonOptions, baseline: Subject | None, chips: Sequence[Subject],
    readings: dict[tuple[str, str], Reading], numbers: dict[str, int],
) -> Table:  # fmt: skip
    columns = (
        _("Metric"), _("Name"), _("Share of the baseline (%)"), _("Least share (%)"), _("Greatest share (%)"),
        _("Unit"), *value_heads(None),
    )  # fmt: skip
    texts, values, refs = [], [], []
    for what in options.quantities if baseline else ():
        assert baseline is not None
        base = readings[what.key, baseline.brief.id]
        for subject in (baseline, *chips):
            one = readings[what.key, subject.brief.id]
            cells, amounts = value_cells(one, numbers, options.convention)
            low, high = share_range(one, base)
            share = one.value / base.value if one.value is not None and base.value else None
            shares = [None if each is None else each * 100 for each in (share, low, high)]
            told = ["" if each is None else words.amount(each) for each in shares]
            texts.append((what.name, subject.brief.name, *told, what.unit_words, *cells))
            values.append((None, None, *shares, None, *amounts))
            refs.append(Ref("record", (subject.brief.id,), subject.brief.name))
    return Table(columns, tuple(texts), tuple(values), tuple(refs))


def _summary(lines: Sequence[Line]) -> str:
    told, metric = [], ""
    for line in lines:
        if line.head:
            metric = line.name
        elif not line.baseline:
            told.append(_("{metric}: {name} {value}").format(
                metric=metric, name=line.name, value=line.percent or _("missing")
            ))  # fmt: skip
    return "; ".join(told)
