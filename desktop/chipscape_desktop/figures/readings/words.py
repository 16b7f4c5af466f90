"""The words of a reading: its value, its one line, why it is missing, how it was computed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from chipscape_db.conversions import RULE_LABELS
from chipscape_db.derived import DERIVED
from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.figures.performance import words
from chipscape_desktop.figures.performance.options import Options
from chipscape_desktop.figures.readings.quantities import Quantity, quantity
from chipscape_desktop.figures.readings.reading import Reading
from chipscape_desktop.figures.spec import SourceNote
from chipscape_desktop.i18n import _, format_date, ngettext, number

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
CONVERTED = "†"
"""Stands behind a value that a rule brought to the convention."""


def amount(value: float) -> str:
    """Return a value as a reader wants it, small ones with three significant digits."""
    return words.amount(float(f"{value:.3g}")) if 0 < abs(value) < 1 else words.amount(value)


def with_unit(value: float, what: Quantity) -> str:
    """Return a value with its unit."""
    return f"{amount(value)}\u00a0{what.unit_words}".rstrip()


def spread(reading: Reading) -> str:
    """Return the range of the live claims."""
    return f"{amount(reading.low)}–{amount(reading.high)}"


def told(reading: Reading, *, unit: bool = True, ranged: bool = True) -> str:
    """Return value, mark of a conversion and, when *ranged*, the range: "989† TFLOPS (850–990)"."""
    if reading.value is None:
        return _("missing")
    if reading.limit and reading.high > reading.low:
        ends = f"{spread(reading)}{CONVERTED if reading.converted else ''}"
        return f"{ends}\u00a0{reading.quantity.unit_words}".rstrip() if unit else ends
    value = amount(reading.value) + (CONVERTED if reading.converted else "")
    value = {-1: "≤\u202f", 1: "≥\u202f"}.get(reading.limit, "") + value
    if unit:
        value = f"{value}\u00a0{reading.quantity.unit_words}".rstrip()
    return f"{value} ({spread(reading)})" if reading.contested and ranged else value


def line(reading: Reading, options: Options) -> str:
    """Return what a mark says: "Ascend 910B: 280 TFLOPS (256–320), 3 claims, 3 independent sources"."""
    name = reading.subject.brief.name
    if reading.value is None:
        return _("{name}: missing, {why}").format(name=name, why=why(reading, options))
    count = len(reading.rows)
    claims = ngettext("{count} claim", "{count} claims", count).format(count=count)
    sources = ngettext("{count} independent source", "{count} independent sources", reading.sources).format(
        count=reading.sources
    )
    text = _("{name}: {value}, {claims}, {sources}").format(
        name=name, value=told(reading), claims=claims, sources=sources
    )
    formula = derivation(reading)
    return f"{text}; {formula}" if formula else text


def why(reading: Reading, options: Options) -> str:
    """Return in one phrase why a value is missing, with the input that lacks where it is computed."""
    assert reading.why is not None
    if reading.quantity.kind == "achieved" and reading.why == "none":
        return _("nobody in the base measured it")
    reason = words.why_missing(reading.why, options)
    if reading.quantity.kind not in ("metric", "achieved") and reading.lacks:
        lacking = quantity(reading.lacks) if reading.lacks in METRICS else reading.quantity
        return _("{metric}: {why}").format(metric=lacking.name, why=reason)
    return reason


def derivation(reading: Reading) -> str:
    """Return how a value was computed or converted: "280 TFLOPS / 310 W", empty for a plain one."""
    parts = []
    made = reading.derivation
    if made is not None and len(made.inputs) == 2 and made.key in DERIVED:
        parts.append(" / ".join(_leaf(one.key, one.value) for one in made.inputs))
    elif made is not None and reading.quantity.kind == "share":
        parts.append(" / ".join(_leaf(reading.quantity.inputs[0], one.value) for one in made.inputs))
    elif made is not None and made.decisive is not None:
        decisive = next(one for one in made.inputs if one.key == made.decisive)
        bits = METRICS[made.decisive].bits
        parts.append(_("{value} × {bits} bits").format(value=_leaf(decisive.key, decisive.value), bits=bits))
    parts += [f"{CONVERTED} {told}" for standing in reading.standings if (told := words.conversion_words(standing))]
    return "; ".join(dict.fromkeys(parts))


def _leaf(key: str, value: float) -> str:
    return with_unit(value, quantity(key)) if key in METRICS else amount(value)


def convention_words(row: ClaimRow) -> str:
    """Return the convention of a claim in words."""
    return words.convention_words(row)


def number_sources(readings: Sequence[Reading]) -> tuple[dict[str, int], tuple[SourceNote, ...]]:
    """Return the number of each source, those of chosen values first, and their references."""
    rows = [row for one in readings for row in one.chosen_rows]
    rows += [row for one in readings for row in (*one.rows, *one.measured)]
    first: dict[str, ClaimRow] = {}
    for row in rows:
        first.setdefault(row.source_id, row)
    numbers = {source_id: place for place, source_id in enumerate(first, 1)}
    return numbers, tuple(
        SourceNote(numbers[id_], id_, words.source_words(row), row.url or "") for id_, row in first.items()
    )


def cited(reading: Reading, numbers: dict[str, int]) -> str:
    """Return the raised numbers of the sources that the value itself rests on."""
    found = sorted({numbers[row.source_id] for row in reading.chosen_rows if row.source_id in numbers})
    return "\u2009".join(str(one).translate(RAISED) for one in found[:3])


def notes(readings: Sequence[Reading], options: Options) -> list[str]:
    """Return how values were chosen and what is missing, the most needed first."""
    lines = []
    missing = [one for one in readings if one.value is None and one.why != "system"]
    if missing:
        reasons = Counter(why(one, options) for one in missing)
        listed = "; ".join(f"{count} × {text}" for text, count in reasons.most_common(3))
        lines.append(
            ngettext("{count} is missing: {reasons}.", "{count} are missing: {reasons}.", len(missing)).format(
                count=number(len(missing)), reasons=listed
            )
        )
    rules = {
        step.rule for one in readings for each in one.standings if each.conversion for step in each.conversion.steps
    }
    if any(one.converted for one in readings if one.value is not None):
        told_rules = "; ".join(_(RULE_LABELS[rule]) for rule in sorted(rules))
        lines.append(_("{mark} converted by rule: {rules}.").format(mark=CONVERTED, rules=told_rules))
    lines.append(words.rule_words(options.rule))
    systems = sum(one.why == "system" for one in readings)
    if systems:
        lines.append(
            ngettext(
                "{count} system made of these chips is left out.",
                "{count} systems made of these chips are left out.",
                systems,
            ).format(count=systems)
        )
    return lines


def absent_notes(slugs: Sequence[str], not_yet: Mapping[str, str]) -> list[str]:
    """Return which of the asked chips are not there: not yet on the as-of date (names by slug or id), or not at all."""
    lines = []
    if later := [not_yet[slug] for slug in slugs if slug in not_yet]:
        lines.append(_("Not there yet on that date: {names}.").format(names=", ".join(later)))
    if unknown := [slug for slug in slugs if slug not in not_yet]:
        lines.append(_("Not in this fact base: {names}.").format(names=", ".join(unknown)))
    return lines


def convention_of(options: Options, quantities: Sequence[Quantity]) -> list[str]:
    """Return the conventions that these quantities are compared under, in words."""
    parts = [words.scope_words(options.scope)]
    compute = [one for one in quantities if any(METRICS[key].is_compute for key in one.inputs)]
    if any(METRICS[key].bits is not None and (METRICS[key].bits or 99) < 32 for one in compute for key in one.inputs):
        parts.append(words.sparsity_words(options.sparsity))
    if any(METRICS[key].is_link for one in quantities for key in one.inputs):
        parts.append(words.direction_words(options.direction))
    if options.mixed or (options.sparsity == "any" and compute):
        parts.append(_("mixed conventions: not like for like"))
    return parts


def as_of_words(day: date | None) -> str:
    """Return what was known when."""
    return _("as known on {date}").format(date=format_date(day)) if day else _("latest known")
