"""The words of models over time."""

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from chipscape_db.metrics import Metric
from chipscape_desktop.figures.models_over_time.options import Options
from chipscape_desktop.figures.performance import words as performance
from chipscape_desktop.figures.performance.trend import Trend
from chipscape_desktop.i18n import _, format_date, ngettext

if TYPE_CHECKING:
    from chipscape_desktop.figures.models_over_time.build import Growth

_Growths = Sequence[tuple[Metric, Sequence["Growth"]]]


def title(metric: Metric | None) -> str:
    """Return the title: the metric, or both."""
    if metric is None:
        return _("AI models by release date: training compute and parameters")
    return _("AI models by release date: {metric}").format(metric=performance.metric_name(metric).lower())


def subtitle(options: Options, as_of: date | None) -> str:
    """Return what growth is fitted to, and the as-of date."""
    fitted = {
        "largest": _("doubling time of the largest so far, with its 95 % interval"),
        "every": _("doubling time over every model, with its 95 % interval"),
        "off": "",
    }[options.fit]
    known = _("as known on {date}").format(date=format_date(as_of)) if as_of else _("latest known")
    return " · ".join(filter(None, (_("log scale"), fitted, known)))


def axis_title(metric: Metric) -> str:
    """Return the title of a vertical axis with its unit."""
    return _("{metric} ({unit}), log scale").format(
        metric=performance.metric_name(metric), unit=performance.unit_words(metric)
    )


def line_label(who: str, trend: Trend) -> str:
    """Return what the line of a growth says at its end."""
    template = _("{who}: ×2 in {months} months") if trend.grows else _("{who}: ½ in {months} months")
    return template.format(who=who, months=performance.months(trend.months))


def short_label(trend: Trend) -> str:
    """Return what the line of a growth says where there is little room."""
    template = _("×2: {months} mo.") if trend.grows else _("½: {months} mo.")
    return template.format(months=performance.months(trend.months))


def limit_words(limit: int) -> str:
    """Return what is known of a value that is a limit only."""
    return {-1: _("at most"), 1: _("at least"), 0: ""}[limit]


def notes(found: _Growths, options: Options, *, missing: Sequence[tuple[Metric, int]]) -> tuple[str, ...]:
    """Return the doubling times with their intervals, what is missing, and how a value is chosen."""
    lines = []
    for metric, growths in found:
        if growths:
            lines.append(
                _("{metric}, 95 %: {times}.").format(
                    metric=performance.metric_name(metric),
                    times="; ".join(performance.trend_label(one.who, one.trend) for one in growths),
                )
            )
    for metric, count in missing:
        if count:
            text = ngettext(
                "{metric}: {count} model without a figure.", "{metric}: {count} models without a figure.", count
            )
            lines.append(text.format(metric=performance.metric_name(metric), count=count))
    lines.append(performance.rule_words(options.rule))
    return tuple(lines)


def summary(found: _Growths, count: int) -> str:
    """Return in words what is shown."""
    if not count:
        return _("No dated model has a figure.")
    told = [
        f"{performance.metric_name(metric)}: {line_label(one.who, one.trend)}"
        for metric, growths in found
        for one in growths
        if math.isfinite(one.trend.months)
    ]
    text = ngettext("{count} value.", "{count} values.", count).format(count=count)
    return " ".join((text, *(f"{line}." for line in told)))
