"""From rows to the spec of an efficiency plane."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from chipscape_db.queries.performance import SeveralRows
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.efficiency.options import EfficiencyOptions, parse
from chipscape_desktop.figures.efficiency.ratio import Ratio, ratio_of
from chipscape_desktop.figures.efficiency.spec import Chip, EfficiencySpec, Facet
from chipscape_desktop.figures.performance.colours import colour_of, meanings
from chipscape_desktop.figures.performance.options import ColourBy
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.performance.words import number_style
from chipscape_desktop.figures.ranking.build import axis_title
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.quantities import quantity
from chipscape_desktop.figures.readings.reading import Reading, read
from chipscape_desktop.figures.readings.table import value_cells, value_heads
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.words import country_cell

Pair = tuple[Reading, Reading]
_MARK, _SMALLEST, _LARGEST = 10.0, 6.0, 26.0
_EMPTY_LOG, _EMPTY = View((0.0, 3.0), (0.0, 3.0)), View((0.0, 1.0), (0.0, 1.0))
_NAMED_MISSING: Final = 4


def build(rows: SeveralRows, request: Request) -> EfficiencySpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    asked = options.convention
    pairs: list[Pair] = []
    for subject in rows.subjects:
        claims = rows.claims.get(subject.brief.id, {})
        pairs.append((read(subject, claims, options.x, asked), read(subject, claims, options.y, asked)))
    shown = [pair for pair in pairs if _placed(pair, options)]
    numbers, sources = words.number_sources([one for pair in shown for one in pair])
    sizes, size_note = _sizes(shown, rows, options)
    ratio = ratio_of(options.y, options.x)
    chips = tuple(_chip(pair, size, numbers, ratio, options) for pair, size in zip(shown, sizes, strict=True))
    chips = tuple(sorted(chips, key=lambda one: -one.priority))
    by_id = {pair[0].subject.brief.id: pair for pair in shown}
    ordered = [by_id[chip.ref.ids[0]] for chip in chips]
    subtitle = [
        _("{y} over {x}, lines: {unit}").format(
            y=options.y.unit_words, x=options.x.unit_words, unit=ratio.unit
        ),
        *words.convention_of(asked, [options.y, options.x]), words.as_of_words(request.filters.as_of),
    ]  # fmt: skip
    caption = Caption(
        _("{y} against {x} of AI chips").format(y=options.y.name, x=options.x.name), " · ".join(subtitle),
        _legend(ordered, rows, options, size_note), tuple(_notes(pairs, shown, options)), sources,
    )  # fmt: skip
    style = number_style()
    return EfficiencySpec(
        caption,
        Axis(axis_title(options.x, log=options.log), options.log, style, options.x.unit_words),
        Axis(axis_title(options.y, log=options.log), options.log, style, options.y.unit_words),
        _home(ordered, options), chips, ratio, options.lines, _facets(ordered, rows, options), _summary(ordered, ratio),
        _table(ordered, numbers, ratio, options),
    )  # fmt: skip


def _placed(pair: Pair, options: EfficiencyOptions) -> bool:
    return all(one.value is not None and (one.value > 0 or not options.log) for one in pair)


def _chip(pair: Pair, size: float, numbers: dict[str, int], ratio: Ratio, options: EfficiencyOptions) -> Chip:
    x, y = pair
    assert x.value is not None
    assert y.value is not None
    subject = x.subject
    converted, special = x.converted or y.converted, x.special or y.special
    label = ""
    if options.convention.labels != "none":
        label = f"{subject.brief.name}{words.cited(y, numbers)}"
    focus = options.convention.focus
    wanted = 1000.0 * bool({subject.brief.id, subject.brief.slug} & focus)
    priority = wanted + 2.0 * (x.contested or y.contested) + math.log1p(len(x.rows) + len(y.rows))
    ids = dict.fromkeys((*y.claim_ids, *x.claim_ids))
    return Chip(
        x.value, y.value, (x.low, x.high) if x.contested else (x.value, x.value),
        (y.low, y.high) if y.contested else (y.value, y.value), colour_of(subject, options.convention.colour),
        x.unsaid or y.unsaid or x.estimated or y.estimated,
        "square" if converted else "diamond" if special else "disc", size, label, priority,
        Ref("record", (subject.brief.id, *ids), _line(pair, ratio)),
    )  # fmt: skip


def ratio_range(pair: Pair, ratio: Ratio) -> tuple[float, float, float]:
    """Return the ratio of y over x, and the least and the greatest that the claims of both allow; NaN over zero."""
    x, y = pair
    if x.value is None or y.value is None:
        return math.nan, math.nan, math.nan
    ends = (y.value, x.value), (y.low, x.high), (y.high, x.low)
    value, low, high = (over / under * ratio.factor if under > 0 else math.nan for over, under in ends)
    return value, low, high


def _line(pair: Pair, ratio: Ratio) -> str:
    x, y = pair
    value, low, high = ratio_range(pair, ratio)
    told = ""
    if not math.isnan(value):
        told = f"{words.amount(value)}\u00a0{ratio.unit}"
        if high > low * 1.02:
            told = f"{told} ({words.amount(low)}–{words.amount(high)})"
    parts = [_("{metric} {value}").format(metric=one.quantity.name, value=words.told(one)) for one in (y, x)]
    return _("{name}: {values}").format(name=x.subject.brief.name, values="; ".join(filter(None, (*parts, told))))


def _sizes(shown: Sequence[Pair], rows: SeveralRows, options: EfficiencyOptions) -> tuple[list[float], str]:
    """Return the diameters of the marks and what they say: areas in proportion; the smallest where nothing is known."""
    if not options.size:
        return [_MARK] * len(shown), ""
    values: list[float | None]
    if options.size == "sources":
        values = [float(len({row.root_id for one in pair for row in one.rows})) for pair in shown]
        name = _("independent sources")
    else:
        what = quantity(options.size)
        read_ = [
            read(pair[0].subject, rows.claims.get(pair[0].subject.brief.id, {}), what, options.convention)
            for pair in shown
        ]
        values, name = [one.value for one in read_], what.name
    most = max((value for value in values if value), default=1.0)
    sizes = [max(_SMALLEST, _LARGEST * math.sqrt(max(value, 0.0) / most)) if value else _SMALLEST for value in values]
    return sizes, _("larger mark: more {quantity}").format(
        quantity=name[:1].lower() + name[1:] if name[:2].istitle() else name
    )


def _legend(
    shown: Sequence[Pair], rows: SeveralRows, options: EfficiencyOptions, size_note: str
) -> tuple[LegendEntry, ...]:
    by = options.convention.colour
    used = {colour_of(pair[0].subject, by) for pair in shown}
    entries = [LegendEntry("disc", colour, text) for colour, text in meanings(used, rows.subjects, by)]
    readings = [one for pair in shown for one in pair]
    if any(one.unsaid or one.estimated for one in readings):
        entries.append(LegendEntry("disc", "ink_soft", _("convention not said, or an estimate"), hollow=True))
    if any(one.converted for one in readings):
        entries.append(LegendEntry("square", "ink_soft", _("converted by rule")))
    if any(one.special and not one.converted for one in readings):
        entries.append(LegendEntry("diamond", "ink_soft", _("under a condition of its own")))
    if any(one.contested for one in readings):
        entries.append(LegendEntry("whisker", "ink_soft", _("range of published claims")))
    if options.lines:
        entries.append(LegendEntry("dashed", "ink_soft", _("the same ratio")))
    if size_note:
        entries.append(LegendEntry("disc", "ink_soft", size_note))
    return tuple(entries)


def _notes(pairs: Sequence[Pair], shown: Sequence[Pair], options: EfficiencyOptions) -> list[str]:
    there = {pair[0].subject.brief.id for pair in shown}
    half = [
        pair for pair in pairs if pair[0].subject.brief.id not in there and any(one.value is not None for one in pair)
    ]
    lines = []
    for place, what in ((0, options.x), (1, options.y)):
        names = [pair[0].subject.brief.name for pair in half if pair[place].value is None]
        if names:
            told = ", ".join(names[:_NAMED_MISSING])
            left = len(names) - _NAMED_MISSING
            if left > 0:
                told = ngettext("{names} and {count} more", "{names} and {count} more", left).format(
                    names=told, count=number(left)
                )
            lines.append(_("Missing for want of {metric}: {names}.").format(metric=what.name, names=told))
    return [*lines, *words.notes([one for pair in shown for one in pair], options.convention)]


def _home(shown: Sequence[Pair], options: EfficiencyOptions) -> View:
    if not shown:
        return _EMPTY_LOG if options.log else _EMPTY
    ends = []
    for place in (0, 1):
        usual = [pair for pair in shown if "wafer" not in pair[0].subject.form_factor.casefold()] or list(shown)
        values = [end for pair in usual for end in _ends(pair[place])]
        ends.append(_range([value for value in values if value > 0 or not options.log], log=options.log))
    return View(ends[0], ends[1])


def _ends(one: Reading) -> tuple[float, ...]:
    assert one.value is not None
    return (one.value, one.low, one.high) if one.contested else (one.value,)


def _range(values: Sequence[float], *, log: bool) -> tuple[float, float]:
    if log:
        low, high = math.log10(min(values)), math.log10(max(values))
        pad = max((high - low) * 0.06, 0.12)
        return low - pad, high + pad
    return 0.0, (max(values) or 1.0) * 1.06


def _facets(shown: Sequence[Pair], rows: SeveralRows, options: EfficiencyOptions) -> tuple[Facet, ...]:
    if options.facet == "none" or not shown:
        return ()
    by: ColourBy = "vendor" if options.facet == "vendor" else "country"
    colours = [colour_of(pair[0].subject, by) for pair in shown]
    return tuple(
        Facet(title, tuple(i for i, each in enumerate(colours) if each == colour))
        for colour, title in meanings(set(colours), rows.subjects, by)
    )


def _summary(shown: Sequence[Pair], ratio: Ratio) -> str:
    ranked = [pair for pair in shown if not math.isnan(ratio_range(pair, ratio)[0])]
    if not ranked:
        return _("No record has a figure to compare under this convention.")
    ranked.sort(key=lambda pair: ratio_range(pair, ratio)[0])
    low, high = ranked[0], ranked[-1]
    return _("{count} chips from {least} ({low}) to {most} ({high}).").format(
        count=number(len(shown)), least=low[0].subject.brief.name,
        low=f"{words.amount(ratio_range(low, ratio)[0])}\u00a0{ratio.unit}", most=high[0].subject.brief.name,
        high=f"{words.amount(ratio_range(high, ratio)[0])}\u00a0{ratio.unit}",
    )  # fmt: skip


def _table(shown: Sequence[Pair], numbers: Mapping[str, int], ratio: Ratio, options: EfficiencyOptions) -> Table:
    heads = [value_heads(what) for what in (options.y, options.x)]
    columns = (
        _("Name"), _("Maker"), _("Country"), _("Ratio ({unit})").format(unit=ratio.unit), _("Least ratio"),
        _("Greatest ratio"), *(f"{head} (y)" if place else head for place, head in enumerate(heads[0])),
        *(f"{head} (x)" if place else head for place, head in enumerate(heads[1])),
    )  # fmt: skip
    texts, values, refs = [], [], []
    for pair in shown:
        x, y = (value_cells(one, numbers, options.convention) for one in pair)
        found = [None if math.isnan(one) else one for one in ratio_range(pair, ratio)]
        subject = pair[0].subject
        told = ["" if one is None else words.amount(one) for one in found]
        texts.append(
            (subject.brief.name, subject.vendor_name, country_cell(subject.brief.country), *told, *y[0], *x[0])
        )
        values.append((None, None, None, *found, *y[1], *x[1]))
        refs.append(Ref("record", (subject.brief.id,), subject.brief.name))
    return Table(columns, tuple(texts), tuple(values), tuple(refs))
