"""The words of the output figure."""

from datetime import date

from chipscape_db.choice import Chosen
from chipscape_db.metrics import METRICS, Metric
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.output import OutputRows
from chipscape_desktop.figures.output.options import Options
from chipscape_desktop.figures.performance.words import metric_name, rule_words, spread, unit_words, with_unit
from chipscape_desktop.i18n import _, format_date, ngettext, number, typeset
from chipscape_desktop.words import country_name


def metric_of(row: ClaimRow) -> Metric:
    """Return the metric of a claim."""
    return METRICS[row.metric]


def title(options: Options, rows: OutputRows) -> str:
    """Return the title: which figures, of whom."""
    if options.maker:
        who = next((one.maker for one in rows.producers if one.maker_slug == options.maker), options.maker)
    elif options.country == "all":
        return _("{metric}: who says what").format(metric=metric_name(options.metric))
    else:
        who = country_name(options.country)
    return _("{metric}, {who}: who says what").format(metric=metric_name(options.metric), who=who)


def subtitle(options: Options, as_of: date | None) -> str:
    """Return unit, what a row and a mark are, and the as-of date."""
    unit = {
        "units/year": _("units of the period"),
        "percent": _("% of the market that is named"),
        "USD": _("US dollars of the period"),
    }[options.metric.unit]
    known = _("as known on {date}").format(date=format_date(as_of)) if as_of else _("latest known")
    return " · ".join((unit, _("a row a period, a mark a claim"), known))


def axis_title(options: Options) -> str:
    """Return the title of the axis of values."""
    given = {"metric": metric_name(options.metric), "unit": unit_words(options.metric)}
    return (_("{metric} ({unit}), log scale") if options.log else _("{metric} ({unit})")).format(**given)


def period(text: str) -> str:
    """Return a period in words."""
    return format_date(text, "short") if text else _("period not said")


def row_name(name: str, text: str) -> str:
    """Return what a row is called."""
    return _("{name}, {period}").format(name=name, period=period(text))


def row_line(name: str, text: str, chosen: Chosen, options: Options, sources: int) -> str:
    """Return what the name of a row says: the chosen value, its range, and how many independent sources."""
    value = with_unit(chosen.value, options.metric)
    if chosen.low is not None and chosen.high is not None and chosen.high > chosen.low:
        value = _("{value} ({range})").format(value=value, range=spread(chosen.low, chosen.high))
    told = ngettext("{count} independent source", "{count} independent sources", sources).format(count=sources)
    agreeing = ngettext("{count} agrees", "{count} agree", chosen.agreeing).format(count=chosen.agreeing)
    return _("{name}: {value}; {sources}, {agreeing}").format(
        name=row_name(name, text), value=value, sources=told, agreeing=agreeing
    )


def tally(claims: int, sources: int) -> str:
    """Return how many claims and independent sources a row has, in short."""
    return _("{claims} / {sources}").format(claims=number(claims), sources=number(sources))


def who(row: ClaimRow) -> str:
    """Return whose words a claim is, in short."""
    return typeset(row.publisher or row.author or row.source_name, "en")


def notes(options: Options, rows: int, claims: int, sources: int) -> tuple[str, ...]:
    """Return how many there are, how a value is chosen, and what is not compared."""
    counted = ngettext("{count} claim", "{count} claims", claims).format(count=claims)
    told = ngettext("{count} independent source", "{count} independent sources", sources).format(count=sources)
    lines = []
    if rows:
        lines.append(_("{claims} from {sources}; at the right of each row its claims / independent sources.").format(
            claims=counted, sources=told
        ))  # fmt: skip
        lines.append(
            _(
                "The larger mark is the chosen claim. Hollow marks count something else (dies, plans, a part): "
                "point at one."
            )
        )
    lines.append(rule_words(options.rule))
    return tuple(lines)


def summary(rows: int, claims: int) -> str:
    """Return in words what is shown."""
    if not rows:
        return _("Nobody in the base gives such a figure.")
    counted = ngettext("{count} claim", "{count} claims", claims).format(count=claims)
    return ngettext("{claims} in {count} row.", "{claims} in {count} rows.", rows).format(claims=counted, count=rows)
