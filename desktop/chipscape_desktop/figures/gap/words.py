"""The words of the gap: title, axes, the sentences that answer "by how much, by how many months"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chipscape_db.partial_date import day_of
from chipscape_desktop.figures.gap.measure import Lag, Moment
from chipscape_desktop.figures.gap.options import Options
from chipscape_desktop.figures.performance import words as performance
from chipscape_desktop.figures.performance.compare import Standing
from chipscape_desktop.i18n import _, format_date, ngettext, number

_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Names:
    """What the two sides are called."""

    home: str
    away: str


def title(options: Options, names: Names) -> str:
    """Return the title: what is held against what."""
    metric = performance.metric_name(options.convention.metric)
    return _("{metric}: the best of {home} against the best of {away}").format(
        metric=metric, home=names.home, away=names.away
    )


def subtitle(options: Options, as_of: date | None) -> str:
    """Return unit, convention and as-of date."""
    return performance.subtitle(options.convention, format_date(as_of) if as_of else "")


def ratio_title(names: Names, options: Options) -> str:
    """Return the title of the axis of ratios."""
    given = {"home": names.home, "away": names.away}
    if options.convention.metric.better == "lower":
        return _("How good the best of {home} is over that of {away} (inverted: less is better), log scale").format(
            **given
        )
    return _("Best of {home} over best of {away}, log scale").format(**given)


def lag_title(names: Names) -> str:
    """Return the title of the axis of lags."""
    return _("Months since {away} had what the best of {home} has").format(home=names.home, away=names.away)


def factor(value: float) -> str:
    """Return a ratio with two significant digits."""
    return number(float(f"{value:.2g}"))


def months(value: float) -> str:
    """Return a number of months, whole from ten on."""
    text = number(round(abs(value)) if abs(value) >= 10 else round(abs(value), 1))
    return f"{_MINUS}{text}" if value < -0.05 else text


def ratio(one: Moment) -> str:
    """Return a ratio with what the claims leave open: "0.41× (0.33–0.5)"."""
    text = f"{factor(one.ratio)}×"
    if one.ratio_high > one.ratio_low * 1.005:
        text = _("{value} ({range})").format(value=text, range=f"{factor(one.ratio_low)}–{factor(one.ratio_high)}")
    return text


def short_ratio(one: Moment) -> str:
    """Return a ratio where there is little room."""
    return f"{factor(one.ratio)}×"


def short_lag(one: Moment) -> str:
    """Return the lag where there is little room."""
    return _lag(one.lag)


def lag(one: Moment) -> str:
    """Return the lag with what the claims leave open: "41 months (36 to 52)"."""
    text = _lag(one.lag)
    low, high = one.lag_low.months, one.lag_high.months
    if high - low < 0.5:
        return text
    return _("{value} ({least} to {most})").format(value=text, least=months(low), most=months(high))


def _lag(one: Lag) -> str:
    value = one.months
    count = round(abs(value)) if abs(value) >= 10 else 1 if abs(value) == 1 else 2
    if one.open and value > 0:
        return ngettext("at least {months} month", "at least {months} months", count).format(months=months(value))
    return ngettext("{months} month", "{months} months", count).format(months=months(value))


def notes(
    found: Sequence[Moment],
    by_id: Mapping[str, Standing],
    options: Options,
    *,
    names: Names,
    today: float,
    before: float,
    planned: int,
    missing: int,
) -> tuple[str, ...]:
    """Return the answer for today and two years before, how it is counted, and what is missing."""
    lines = [answer(one, by_id, options) for day in (today, before) for one in found if one.day == day]
    if found:
        lines.append(
            _(
                "Lag: months since {away} first had what the best of {home} has on that day; negative where it is "
                "ahead. The bands take the least and the most of the claims on both sides."
            ).format(home=names.home, away=names.away)
        )
    if missing:
        lines.append(
            ngettext(
                "{count} chip has no figure under this convention.",
                "{count} chips have no figure under this convention.",
                missing,
            ).format(count=missing)
        )
    if planned:
        lines.append(
            ngettext("{count} planned chip is not counted.", "{count} planned chips are not counted.", planned).format(
                count=planned
            )
        )
    lines.append(performance.rule_words(options.convention.rule))
    return tuple(lines)


def answer(one: Moment, by_id: Mapping[str, Standing], options: Options) -> str:
    """Return the gap on a day in one sentence."""
    metric = options.convention.metric
    given = {
        "date": format_date(day_of(round(one.day))),
        "chip": by_id[one.first.leader.id].subject.brief.name,
        "value": performance.with_unit(one.first.value, metric),
        "other": by_id[one.second.leader.id].subject.brief.name,
        "other_value": performance.with_unit(one.second.value, metric),
        "ratio": ratio(one),
        "lag": lag(one),
    }
    if one.lag.months < 0:
        return _("{date}: {chip} ({value}) over {other} ({other_value}): {ratio}, ahead: {lag}.").format(**given)
    return _("{date}: {chip} ({value}) over {other} ({other_value}): {ratio}, lag {lag}.").format(**given)


def summary(found: Sequence[Moment], by_id: Mapping[str, Standing], options: Options, names: Names) -> str:
    """Return in words what is shown."""
    if not found:
        return _("No gap can be computed under this convention.")
    return _("From {first} to {last}. {answer}").format(
        first=format_date(day_of(round(found[0].day))),
        last=format_date(day_of(round(found[-1].day))),
        answer=answer(found[-1], by_id, options),
    )


def nothing(homes: Sequence[Standing], names: Names) -> str:
    """Return what is said instead of a gap: which side has nothing."""
    side = names.away if homes else names.home
    return _("No released chip has a figure under this convention: {side}.").format(side=side)
