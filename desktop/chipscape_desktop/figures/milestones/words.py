"""How milestones and lags are said."""

from chipscape_db.metrics import METRICS
from chipscape_db.queries.milestones import MILESTONES, Reached
from chipscape_desktop.i18n import _, format_date, ngettext, number

_OF_KEY = {one.key: one for one in MILESTONES}


def label_of(milestone: str) -> str:
    """Return a milestone in full, such as "First chip at 7 nm or below"."""
    return _(_OF_KEY[milestone].label)


def short_of(milestone: str) -> str:
    """Return a milestone in a word or two, for labels."""
    return _(_OF_KEY[milestone].short)


def months(lag: tuple[float, float, float]) -> str:
    """Return a lag in months: one number where the days are known well enough, else the least and the most.

    "Well enough" is that least and most round to the same month, or to neighbours.
    """
    middle, least, most = (round(one) for one in lag)
    if most - least <= 1:
        return ngettext("{count} month", "{count} months", abs(middle)).format(count=number(abs(middle)))
    if least < 0:
        return _("up to {most} months, or {least} earlier").format(most=number(most), least=number(-least))
    return _("{least}–{most} months").format(least=number(least), most=number(most))


def lag_text(milestones: list[str], later: str, lag: tuple[float, float, float]) -> str:
    """Return what a lag says: which milestones, who came later, by how much."""
    what = ", ".join(short_of(one) for one in milestones)
    middle, least, most = (round(one) for one in lag)
    if middle == 0 and most - least <= 1:
        return _("{milestone}: in the same month").format(milestone=what)
    return _("{milestone}: {name} {months} later").format(milestone=what, name=later, months=months(lag))


def point_title(reached: list[Reached], organization: str) -> str:
    """Return the one-line text of a mark: who, what, when, which milestones with their values."""
    one = reached[0]
    said = []
    for each in reached:
        value = ""
        if each.value is not None:
            value = _(" ({value} {unit})").format(value=number(each.value), unit=METRICS[each.metric].unit)
        said.append(f"{label_of(each.milestone)}{value}")
    date = format_date(one.date)
    if one.announced_only:
        date = _("announced {date}").format(date=date)
    return _("{organization}: {name}, {date}. {milestones}").format(
        organization=organization, name=one.name, date=date, milestones="; ".join(said)
    )
