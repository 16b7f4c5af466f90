"""The words of the openness figure."""

from collections.abc import Mapping, Sequence
from datetime import date

from chipscape_db.queries.openness import Release
from chipscape_db.queries.rule_days import RuleDay
from chipscape_desktop.figures.openness.options import Options
from chipscape_desktop.i18n import _, format_date, ngettext, number, percent, typeset
from chipscape_desktop.words import country_name, word

_OPEN = ("open-source", "open-weights")


def title(options: Options) -> str:
    """Return the title: what is counted."""
    return {
        "quarter": _("AI model releases by openness, quarter by quarter"),
        "half": _("AI model releases by openness, by half-year"),
        "year": _("AI model releases by openness, year by year"),
    }[options.period]


def subtitle(options: Options, as_of: date | None) -> str:
    """Return what a box is, what openness means, and the as-of date."""
    return " · ".join(
        (
            _("one box a model"),
            _("open source: code and weights under an open-source licence; open weights: any other licence"),
            _("as known on {date}").format(date=format_date(as_of)) if as_of else _("latest known"),
        )
    )


def panel_title(name: str, options: Options) -> str:
    """Return the title of a panel: whose releases."""
    return {
        "quarter": _("{country}: releases a quarter"),
        "half": _("{country}: releases a half-year"),
        "year": _("{country}: releases a year"),
    }[options.period].format(country=name)


def openness_words(openness: str) -> str:
    """Return what an openness is called."""
    return word(openness) if openness else _("not said")


def share_title(options: Options) -> str:
    """Return the title of the axis of open shares."""
    return {
        "quarter": _("Open source or open weights, of all in four quarters (%)"),
        "half": _("Open source or open weights, of all in four half-years (%)"),
        "year": _("Open source or open weights, of all in four years (%)"),
    }[options.period]


def share_label(name: str, share: float, known: int) -> str:
    """Return what the line of an open share says at its end."""
    return _("{country}: {share} of {count}").format(country=name, share=percent(share), count=number(known))


def short_share(name: str, share: float) -> str:
    """Return what the line of an open share says where there is little room."""
    return f"{name} {percent(share)}"


def release_line(one: Release) -> str:
    """Return what the box of a model says."""
    parts = [one.developer, country_name(one.country) if one.country else "", openness_words(one.openness)]
    parts.append(format_date(one.date))
    return _("{name}: {facts}").format(name=one.name, facts=", ".join(part for part in parts if part))


def notes(
    sides: Mapping[str, Sequence[Release]], *, rules: Sequence[RuleDay], undated: int, unsaid: int
) -> tuple[str, ...]:
    """Return the open shares, before and since the weightiest rule, and what is left out."""
    lines = [_overall(name, members) for name, members in sides.items() if _known(members)]
    for rule in rules[:1]:
        for name, members in sides.items():
            before = [one for one in members if one.day is not None and one.day < rule.day]
            since = [one for one in members if one.day is not None and one.day >= rule.day]
            if _known(before) and _known(since):
                lines.append(
                    _("{country}, before and since {rule}: {before}, {since} open.").format(
                        country=name, rule=typeset(rule.name), before=_share(before), since=_share(since)
                    )
                )
    if undated:
        lines.append(
            ngettext(
                "{count} model without a date is left out.", "{count} models without a date are left out.", undated
            ).format(count=undated)
        )
    if unsaid:
        lines.append(
            ngettext(
                "{count} model whose openness is not said counts in no share.",
                "{count} models whose openness is not said count in no share.",
                unsaid,
            ).format(count=unsaid)
        )
    return tuple(lines)


def _known(members: Sequence[Release]) -> int:
    return sum(bool(one.openness) for one in members)


def _share(members: Sequence[Release]) -> str:
    known = _known(members)
    share = sum(one.openness in _OPEN for one in members) / known
    return _("{share} of {count}").format(share=percent(share), count=number(known))


def _overall(name: str, members: Sequence[Release]) -> str:
    return _("{country}: {share} open in all.").format(country=name, share=_share(members))


def summary(sides: Mapping[str, Sequence[Release]]) -> str:
    """Return in words what is shown."""
    told = [_overall(name, members) for name, members in sides.items() if _known(members)]
    return " ".join(told) or _("No dated model passes the filters.")
