"""The words of the performance figures: title, subtitle, notes, legend and the one line that each mark has."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from chipscape_db.choice import Rule
from chipscape_db.conversions import RULE_LABELS
from chipscape_db.metrics import Metric
from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.figures.performance.compare import Missing, Standing
from chipscape_desktop.figures.performance.options import Options
from chipscape_desktop.figures.performance.trend import Trend
from chipscape_desktop.figures.scales import NumberStyle
from chipscape_desktop.i18n import _, format_date, language, ngettext, number, percent, typeset

_SIGNIFICANT = 4


def amount(value: float) -> str:
    """Return a value as a reader wants it: four significant digits, thousands grouped."""
    if value == 0:
        return number(0)
    if value >= 1e15:
        mantissa, _e, exponent = f"{value:.1e}".partition("e")
        raised = str(int(exponent)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return _("{mantissa}×10{exponent}").format(mantissa=number(float(mantissa)), exponent=raised)
    return number(float(f"{value:.{_SIGNIFICANT}g}")) if value < 10 ** (_SIGNIFICANT - 1) else number(round(value))


def unit_words(metric: Metric) -> str:
    """Return the unit of a metric in words short enough for an axis."""
    words = {
        "GB": _("GB"),
        "GB/s": _("GB/s"),
        "mm2": _("mm²"),
        "1e9": _("billion"),
        "1e12": _("trillion"),
        "units/year": _("units a year"),
        "tokens": _("tokens"),
        "percent": _("%"),
    }
    return words.get(metric.unit, metric.unit)


def with_unit(value: float, metric: Metric) -> str:
    """Return a value with its unit."""
    return f"{amount(value)}\u00a0{unit_words(metric)}"


def spread(low: float, high: float) -> str:
    """Return a range of values."""
    return f"{amount(low)}–{amount(high)}"


def number_style() -> NumberStyle:
    """Return how tick labels shorten numbers in the language in force."""
    return NumberStyle(",", ("", "\u202fk", "\u202fM", "\u202fMd", "\u202fT")) if language() == "fr" else NumberStyle()


def metric_name(metric: Metric) -> str:
    """Return the name of a metric in the language in force."""
    return _(metric.label)


def title(options: Options) -> str:
    """Return the title: what the figure shows."""
    if "model" in options.metric.applies_to:
        return _("{metric} of AI models by release date").format(metric=metric_name(options.metric))
    if options.scope in ("node", "rack", "cluster"):
        return _("{metric} of AI systems by release date").format(metric=metric_name(options.metric))
    return _("{metric} of AI chips by release date").format(metric=metric_name(options.metric))


def subtitle(options: Options, as_of: str) -> str:
    """Return unit, convention and as-of date."""
    parts = [unit_words(options.metric)]
    if "chip" in options.metric.applies_to:
        parts.append(scope_words(options.scope))
    if options.has_sparsity:
        parts.append(sparsity_words(options.sparsity))
    if options.metric.is_compute:
        parts.append(engine_words(options.wanted_engine))
    if options.metric.is_link:
        parts.append(direction_words(options.direction))
    if options.metric.has_period:
        parts.append(_("newest period that is given"))
    if options.mixed:
        parts.append(_("mixed conventions: not like for like"))
    parts.append(_("as known on {date}").format(date=as_of) if as_of else _("latest known"))
    return " · ".join(parts)


def scope_words(scope: str) -> str:
    """Return what a value is for."""
    return {
        "chip": _("per chip as sold"),
        "die": _("per die"),
        "gpu": _("per GPU of a system"),
        "board": _("per board"),
        "node": _("per node"),
        "rack": _("per rack"),
        "cluster": _("per cluster"),
        "any": _("chips, boards, nodes and racks on one scale"),
    }[scope]


def sparsity_words(sparsity: str) -> str:
    """Return which figures of sparsity are compared."""
    return {
        "dense-or-unsaid": _("dense, or hollow where sparsity is not said"),
        "dense": _("dense only"),
        "sparse": _("with sparsity"),
        "unsaid": _("sparsity not said"),
        "any": _("dense, sparse and not said"),
    }[sparsity]


def engine_words(engine: str) -> str:
    """Return which engine's figures are compared."""
    return {
        "matrix": _("matrix engine where it is said"),
        "vector": _("vector units where it is said"),
        "any": _("any engine"),
    }[engine]


def direction_words(direction: str) -> str:
    """Return which direction of a link is compared."""
    return {
        "both-or-unsaid": _("both directions, or hollow where it is not said"),
        "both": _("both directions"),
        "one": _("one direction"),
        "any": _("one or both directions"),
    }[direction]


def rule_words(rule: Rule) -> str:
    """Return the choosing rule in one sentence."""
    return {
        "written": _(
            "Of rival claims one is chosen: by a curator's rank, then by who says it, then by the kind of source, then "
            "the newest; never an average."
        ),
        "maker": _("Of rival claims the maker's own word is shown, else the one that the usual rule chooses."),
        "measured-first": _("Of rival claims a measured value is shown, else the one that the usual rule chooses."),
        "conservative": _("Of rival claims the least favourable is shown."),
        "optimistic": _("Of rival claims the most favourable is shown."),
    }[rule]


def notes(standings: Sequence[Standing], options: Options, *, undated: int, announced: int, refused: int) -> list[str]:
    """Return how values were chosen and what is missing, the most needed first."""
    lines = []
    missing = [one for one in standings if one.chosen is None]
    reasons = Counter(one.why for one in missing if one.why is not None and one.why != "system")
    if reasons:
        listed = ", ".join(_missing(why, count, options) for why, count in reasons.most_common())
        total = sum(reasons.values())
        lines.append(
            ngettext("{count} is missing: {reasons}.", "{count} are missing: {reasons}.", total).format(
                count=total, reasons=listed
            )
        )
    systems = sum(one.why == "system" for one in missing)
    if systems:
        lines.append(
            ngettext(
                "{count} system made of these chips is left out.",
                "{count} systems made of these chips are left out.",
                systems,
            ).format(count=systems)
        )
    if undated:
        lines.append(
            ngettext("{count} has a figure but no date.", "{count} have a figure but no date.", undated).format(
                count=undated
            )
        )
    lines.append(rule_words(options.rule))
    if announced:
        lines.append(
            ngettext(
                "{count} without a release date stands at its announcement.",
                "{count} without a release date stand at their announcement.",
                announced,
            ).format(count=announced)
        )
    if refused:
        lines.append(
            ngettext(
                "{count} value of zero has no place on a log scale.",
                "{count} values of zero have no place on a log scale.",
                refused,
            ).format(count=refused)
        )
    return lines


def months(value: float) -> str:
    """Return a number of months: whole from ten on, else with one decimal."""
    return number(round(value) if value >= 10 else round(value, 1))


def trend_label(who: str, trend: Trend) -> str:
    """Return what the line of a fitted growth says of itself, with its 95 % interval."""
    if math.isinf(trend.most):
        template = _("{who}: doubles in {months} months (at least {least}; n = {count})")
        if not trend.grows:
            template = _("{who}: halves in {months} months (at least {least}; n = {count})")
    else:
        template = _("{who}: doubles in {months} months ({least} to {most}; n = {count})")
        if not trend.grows:
            template = _("{who}: halves in {months} months ({least} to {most}; n = {count})")
    return template.format(who=who, count=trend.n, **_times(trend))


def _times(trend: Trend) -> dict[str, str]:
    most = "" if math.isinf(trend.most) else months(trend.most)
    return {"months": months(trend.months), "least": months(trend.least), "most": most}


def trend_notes(trends: Sequence[tuple[str, Trend]], options: Options) -> list[str]:
    """Return the fitted doubling times of the best so far in one sentence, or that there are too few."""
    if options.trend == "off" or options.metric.better is None:
        return []
    told = []
    for who, trend in trends:
        if math.isinf(trend.most):
            template = _("{who} {months} months (at least {least}; n = {count})")
        else:
            template = _("{who} {months} months ({least} to {most}; n = {count})")
        told.append(template.format(who=who, count=trend.n, **_times(trend)))
    if not told:
        return []
    growing = trends[0][1].grows
    sentence = _("Fitted doubling of the best so far (95 %): {times}.")
    if not growing:
        sentence = _("Fitted halving of the best so far (95 %): {times}.")
    return [sentence.format(times="; ".join(told))]


def growth(days: float, first: float, second: float, *, unit: str) -> str:
    """Return what lies between two values so many days apart: the factor, the difference and the time."""
    factor = _("×{factor}").format(factor=number(float(f"{second / first:.2g}"))) if first > 0 < second else ""
    sign = "+" if second >= first else "−"
    difference = f"{sign}{amount(abs(second - first))}\u00a0{unit}".rstrip()
    span = round(abs(days) / (365.2425 / 12))
    time = ngettext("in {count} month", "in {count} months", span).format(count=number(span)) if span else ""
    return " ".join(filter(None, (f"{factor} ({difference})" if factor else difference, time)))


def difference(first: float, second: float, *, unit: str) -> str:
    """Return how far apart two values are: the difference, and what part of the first that is."""
    sign = "+" if second >= first else "−"
    told = f"{sign}{amount(abs(second - first))}\u00a0{unit}".rstrip()
    if first <= 0:
        return told
    share = percent(abs(second - first) / first)
    return f"{told} ({sign}{share})"


def _missing(why: Missing, count: int, options: Options) -> str:
    if why == "none":
        template = ngettext("{count} without any figure", "{count} without any figure", count)
    elif why == "later":
        template = ngettext("{count} not known yet on that date", "{count} not known yet on that date", count)
    elif why == "sparsity":
        template = ngettext("{count} only under another sparsity", "{count} only under another sparsity", count)
    elif why == "unsaid":
        template = ngettext(
            "{count} only without saying the sparsity", "{count} only without saying the sparsity", count
        )
    elif why == "engine":
        other = options.wanted_engine == "vector"
        template = (
            ngettext("{count} only for the matrix engine", "{count} only for the matrix engine", count)
            if other
            else ngettext("{count} only for the vector units", "{count} only for the vector units", count)
        )
    elif why == "direction":
        template = ngettext("{count} only for other directions", "{count} only for other directions", count)
    elif why == "scope":
        template = ngettext(
            "{count} only per other unit (die, node, rack)", "{count} only per other unit (die, node, rack)", count
        )
    elif why == "measured":
        template = ngettext("{count} only measured", "{count} only measured", count)
    else:
        template = ngettext("{count} with deprecated claims only", "{count} with deprecated claims only", count)
    return template.format(count=count)


def why_missing(why: Missing, options: Options) -> str:
    """Return in one phrase why one chip has no value."""
    return {
        "none": _("nobody in the base gives a figure"),
        "later": _("not known yet on that date"),
        "sparsity": _("only figures with another sparsity"),
        "unsaid": _("only figures that do not say the sparsity"),
        "engine": _("only figures for another engine"),
        "direction": _("only figures for other directions"),
        "scope": _("only figures per die, node, rack or the like"),
        "system": _("a system, not on the scale of chips"),
        "measured": _("only measured values, which are not the peak"),
        "deprecated": _("only deprecated claims"),
    }[why]


def value_line(standing: Standing, options: Options) -> str:
    """Return what a point says: "Ascend 910B: 280 TFLOPS (256–320), 3 claims, 3 independent sources"."""
    chosen = standing.chosen
    assert chosen is not None
    value = with_unit(chosen.value, options.metric)
    if chosen.contested and chosen.low is not None and chosen.high is not None:
        value = _("{value} ({range})").format(value=value, range=spread(chosen.low, chosen.high))
    claims = ngettext("{count} claim", "{count} claims", chosen.claims).format(count=chosen.claims)
    sources = ngettext("{count} independent source", "{count} independent sources", chosen.sources).format(
        count=chosen.sources
    )
    line = _("{name}: {value}, {claims}, {sources}").format(
        name=standing.subject.brief.name, value=value, claims=claims, sources=sources
    )
    return f"{line}; {conversion_words(standing)}" if standing.conversion else line


def conversion_words(standing: Standing) -> str:
    """Return from what and by which rules a value was converted, empty for one that was not."""
    found, chosen = standing.conversion, standing.chosen
    if found is None or chosen is None:
        return ""
    rules = "; ".join(_(RULE_LABELS[step.rule]) for step in found.steps)
    return _("converted from {value}: {rules}").format(value=amount(chosen.value / found.factor), rules=rules)


def missing_line(standing: Standing, options: Options) -> str:
    """Return what the mark of a missing value says."""
    assert standing.why is not None
    return _("{name}: missing, {why}").format(name=standing.subject.brief.name, why=why_missing(standing.why, options))


def claim_line(row: ClaimRow, metric: Metric) -> str:
    """Return what the tick of one claim says."""
    value = with_unit(row.number, metric) if row.number is not None else row.value
    return _("{value}, {stance}: {source}").format(
        value=value, stance=stance_words(row.stance), source=source_words(row)
    )


def stance_words(stance: str) -> str:
    """Return who speaks in a claim."""
    return {
        "stated": _("stated by the maker"),
        "measured": _("measured"),
        "estimated": _("estimated"),
        "reported": _("reported"),
        "rumoured": _("rumoured"),
    }[stance]


def source_words(row: ClaimRow) -> str:
    """Return the short reference of a claim's source: publisher, title, date."""
    parts: Iterable[str] = (
        row.publisher or row.author or "",
        typeset(row.source_name, "en"),
        format_date(row.published_on, "short") if row.published_on else "",
    )
    return ", ".join(dict.fromkeys(part for part in parts if part))


def convention_words(row: ClaimRow) -> str:
    """Return the convention of a claim in words."""
    parts = []
    for phrase in row.convention.describe():
        if phrase.verbatim:
            parts.append(phrase.template)
        elif phrase.scope is None:
            parts.append(_(phrase.template))
        else:
            parts.append(_(phrase.template).format(scope=_(phrase.scope), count=phrase.count))
    return ", ".join(parts) or _("convention not said")
