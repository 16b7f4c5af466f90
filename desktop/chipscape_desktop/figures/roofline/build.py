"""From rows to the spec of a roofline."""

import math
from collections.abc import Mapping, Sequence

from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import SeveralRows
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.comparison.build import COLOURS, SHAPES
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.performance.spec import Axis
from chipscape_desktop.figures.performance.words import claim_line, number_style
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.reading import Reading, read
from chipscape_desktop.figures.readings.table import value_cells, value_heads
from chipscape_desktop.figures.roofline.options import RooflineOptions, parse
from chipscape_desktop.figures.roofline.spec import Measured, Roof, RooflineSpec, ridge_of
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.i18n import _

Pair = tuple[Reading, Reading]
_APART = 6.0  # a measured value stands so many times the ridge away from it
_EMPTY = View((0.0, 4.0), (0.0, 4.0))


def build(rows: SeveralRows, request: Request) -> RooflineSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    asked = options.convention
    by_slug = {name: one for one in rows.subjects for name in (one.brief.slug, one.brief.id)}
    chips = [by_slug[slug] for slug in options.chips if slug in by_slug]
    pairs = [
        (
            read(one, rows.claims.get(one.brief.id, {}), options.compute, asked),
            read(one, rows.claims.get(one.brief.id, {}), options.bandwidth, asked),
        )
        for one in chips
    ]
    numbers, sources = words.number_sources([one for pair in pairs for one in pair])
    whole = [(place, pair) for place, pair in enumerate(pairs) if all(one.value for one in pair)]
    roofs = tuple(_roof(pair, place, numbers) for place, pair in whole)
    operation = "FLOP" if options.compute.unit == "TFLOPS" else "OP"
    lacking = [pair for pair in pairs if not all(one.value for one in pair)]
    notes = _notes(lacking, options)
    unknown = [slug for slug in options.chips if slug not in by_slug]
    notes[:0] = words.absent_notes(unknown, rows.not_yet)
    notes += words.notes([one for _place, pair in whole for one in pair], asked)
    caption = Caption(
        _("Roofline in {precision}: what memory and compute allow").format(
            precision=options.compute.key.partition(".")[2].upper()
        ),
        " · ".join(
            (
                options.compute.unit_words, *words.convention_of(asked, [options.compute]),
                words.as_of_words(request.filters.as_of),
            )
        ),
        _legend(roofs, options), tuple(notes), sources,
    )  # fmt: skip
    style, unit = number_style(), f"{operation}/{_('byte')}"
    return RooflineSpec(
        caption,
        Axis(_("Operations for each byte read ({unit}), log scale").format(unit=unit), True, style, unit),
        Axis(_("{metric} ({unit}), log scale").format(
            metric=_("Attainable compute"), unit=options.compute.unit_words), True, style, options.compute.unit_words),
        _home(roofs), roofs, options.band, _summary(roofs, operation), _table(pairs, numbers, options, operation),
    )  # fmt: skip


def _roof(pair: Pair, place: int, numbers: dict[str, int]) -> Roof:
    compute, bandwidth = pair
    subject = compute.subject
    assert compute.value is not None
    assert bandwidth.value is not None
    ids = dict.fromkeys((*compute.claim_ids, *bandwidth.claim_ids))
    ridge = ridge_of(compute.value, bandwidth.value)
    title = _("{name}: {compute}, {bandwidth}, ridge at {ridge}").format(
        name=subject.brief.name, compute=words.told(compute), bandwidth=words.told(bandwidth), ridge=words.amount(ridge)
    )
    measured = [
        Measured(ridge * _APART, row.number, _claim(row))
        for row in compute.measured
        if row.number is not None and row.number > 0
    ]
    measured += [
        Measured(ridge / _APART, row.number * ridge / _APART * 1e-3, _claim(row))
        for row in bandwidth.measured
        if row.number is not None and row.number > 0
    ]
    return Roof(
        subject.brief.name, COLOURS[place % len(COLOURS)], SHAPES[place % len(SHAPES)], compute.value,
        (compute.low, compute.high) if compute.contested else (compute.value, compute.value), bandwidth.value,
        (bandwidth.low, bandwidth.high) if bandwidth.contested else (bandwidth.value, bandwidth.value),
        compute.unsaid or compute.estimated or bandwidth.estimated,
        f"{subject.brief.name}{words.cited(compute, numbers)}", Ref("record", (subject.brief.id, *ids), title),
        tuple(measured),
    )  # fmt: skip


def _claim(row: ClaimRow) -> Ref:
    return Ref("claim", (row.id, row.subject_id), claim_line(row, METRICS[row.metric]))


def _notes(lacking: Sequence[Pair], options: RooflineOptions) -> list[str]:
    told = []
    for compute, bandwidth in lacking:
        one = bandwidth if compute.value else compute
        why = words.told(one) if one.value is not None else words.why(one, options.convention)
        told.append(f"{compute.subject.brief.name} ({one.quantity.name}: {why})")
    return [_("Missing: {names}.").format(names="; ".join(told))] if told else []


def _legend(roofs: Sequence[Roof], options: RooflineOptions) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry(roof.shape, roof.colour, roof.name) for roof in roofs]
    if options.band and any(roof.contested for roof in roofs):
        entries.append(LegendEntry("area", "ink_soft", _("range of published claims")))
    if any(roof.hollow for roof in roofs):
        entries.append(LegendEntry("disc", "ink_soft", _("convention not said, or an estimate"), hollow=True))
    if any(roof.measured for roof in roofs):
        entries.append(LegendEntry("cross", "ink_soft", _("measured, never the peak")))
    return tuple(entries)


def _home(roofs: Sequence[Roof]) -> View:
    if not roofs:
        return _EMPTY
    ridges = [math.log10(roof.ridge) for roof in roofs]
    left, right = min(ridges) - 1.3, max(ridges) + 1.3
    tops = [math.log10(max(roof.compute, roof.compute_range[1])) for roof in roofs]
    least = [min(roof.bandwidth, roof.bandwidth_range[0] or roof.bandwidth) for roof in roofs]
    starts = [math.log10(bandwidth * 1e-3) + left for bandwidth in least]
    return View((left, right), (min(starts) + 0.1, max(tops) + 0.15))


def _summary(roofs: Sequence[Roof], operation: str) -> str:
    return "; ".join(
        _("{name}: ridge at {ridge}").format(
            name=roof.name, ridge=f"{words.amount(roof.ridge)}\u00a0{operation}/{_('byte')}"
        )
        for roof in roofs
    )


def _table(pairs: Sequence[Pair], numbers: Mapping[str, int], options: RooflineOptions, operation: str) -> Table:
    heads = [value_heads(what) for what in (options.compute, options.bandwidth)]
    unit = f"{operation}/{_('byte')}"
    columns = (
        _("Name"), _("Ridge ({unit})").format(unit=unit), _("Least ridge"), _("Greatest ridge"),
        *(f"{head} ({_('compute')})" if place else head for place, head in enumerate(heads[0])),
        *(f"{head} ({_('bandwidth')})" if place else head for place, head in enumerate(heads[1])),
    )  # fmt: skip
    texts, values, refs = [], [], []
    for compute, bandwidth in pairs:
        ridge: list[float | None] = [None, None, None]
        if compute.value is not None and bandwidth.value is not None:
            ends = (compute.value, bandwidth.value), (compute.low, bandwidth.high), (compute.high, bandwidth.low)
            ridge = [one if math.isfinite(one) else None for one in (ridge_of(*each) for each in ends)]
        cells = [value_cells(one, numbers, options.convention) for one in (compute, bandwidth)]
        told = ["" if one is None else words.amount(one) for one in ridge]
        brief = compute.subject.brief
        texts.append((brief.name, *told, *cells[0][0], *cells[1][0]))
        values.append((None, *ridge, *cells[0][1], *cells[1][1]))
        refs.append(Ref("record", (brief.id,), brief.name))
    return Table(columns, tuple(texts), tuple(values), tuple(refs))
