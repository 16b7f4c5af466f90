"""The words of the domestic share."""

from collections.abc import Mapping, Sequence
from datetime import date

from chipscape_db.partial_date import day_of
from chipscape_db.queries.domestic_share import ShareLink
from chipscape_desktop.figures.domestic_share.measure import Count
from chipscape_desktop.figures.domestic_share.options import Options
from chipscape_desktop.i18n import _, format_date, ngettext, number, percent
from chipscape_desktop.words import link_word


def title(name: str, options: Options) -> str:
    """Return the title: whose links, to which chips."""
    if len(options.kinds) == 1:
        return _("Domestic share of the links to chips: {country}, {link}").format(
            country=name, link=link_word(options.kinds[0])
        )
    return _("Domestic share of the links to chips: {country}").format(country=name)


def subtitle(options: Options, as_of: date | None) -> str:
    """Return what is counted, how it is dated, and the as-of date."""
    kinds = ", ".join(link_word(kind) for kind in options.kinds)
    return " · ".join(
        (
            _("Links held so far: {kinds}").format(kinds=kinds),
            _("each link counts once"),
            _("as known on {date}").format(date=format_date(as_of)) if as_of else _("latest known"),
        )
    )


def share_title(options: Options) -> str:
    """Return the title of the axis of shares."""
    return _("Links to domestic chips, of all links held by then (%)")


def bars_title(options: Options) -> str:
    """Return the title of the axis of counts."""
    return {
        "half": _("New links by half-year, one box each"),
        "quarter": _("New links by quarter, one box each"),
        "year": _("New links by year, one box each"),
    }[options.period]


def line_label(kind: str, last: Count) -> str:
    """Return what a line says at its end: the share and of how many."""
    given = {"share": percent(last.share), "count": number(last.links)}
    if not kind:
        return _("{share} of {count}").format(**given)
    return _("{link}: {share} of {count}").format(link=link_word(kind), **given)


def link_line(link: ShareLink) -> str:
    """Return what the box of a link says."""
    when = format_date(link.date) if link.date else _("date not said")
    return _("{subject} {link} {object}: {date}").format(
        subject=link.subject, link=link_word(link.kind), object=link.object, date=when
    )


def spot_line(link: ShareLink, count: Count, *, more: int) -> str:
    """Return what a mark on the line says: the new link, and the share from then on."""
    line = link_line(link)
    if more > 0:
        line = ngettext("{line}, and {count} more that day", "{line}, and {count} more that day", more).format(
            line=line, count=more
        )
    return _("{line}; from then {share} of {count}").format(
        line=line, share=percent(count.share), count=number(count.links)
    )


def notes(
    every: Sequence[Count],
    by_kind: Mapping[str, Sequence[Count]],
    *,
    name: str,
    undated: tuple[int, int],
    by_release: int,
    nowhere: int,
) -> tuple[str, ...]:
    """Return the share now and a year before, how it is counted, and what is left out."""
    lines = []
    if every:
        lines.append(_now(every, name))
        lines += [_of_kind(kind, found[-1]) for kind, found in by_kind.items() if found]
    if by_release:
        lines.append(
            ngettext(
                "{count} link without a date counts from its model's release.",
                "{count} links without a date count from their model's release.",
                by_release,
            ).format(count=by_release)
        )
    if sum(undated):
        text = ngettext(
            "{count} link without a date is in the band only ({domestic} domestic).",
            "{count} links without a date are in the band only ({domestic} domestic).",
            sum(undated),
        )
        lines.append(text.format(count=sum(undated), domestic=undated[0]))
    if nowhere:
        text = ngettext(
            "{count} link to a chip of an unknown country is left out.",
            "{count} links to chips of an unknown country are left out.",
            nowhere,
        )
        lines.append(text.format(count=nowhere))
    lines.append(_("A count of recorded links, not of chips: a large buyer weighs as much as a small one."))
    return tuple(lines)


def _of_kind(kind: str, last: Count) -> str:
    given = {"share": percent(last.share), "domestic": number(last.domestic), "count": number(last.links)}
    return _("{link}: {share} ({domestic} of {count}).").format(link=link_word(kind).capitalize(), **given)


def _now(every: Sequence[Count], name: str) -> str:
    last = every[-1]
    given = {
        "date": format_date(day_of(int(last.day))),
        "country": name,
        "share": percent(last.share),
        "domestic": number(last.domestic),
        "count": number(last.links),
    }
    earlier = [one for one in every if one.day <= last.day - 365]
    if not earlier:
        return _("{country} on {date}: {share} ({domestic} of {count}).").format(**given)
    return _("{country} on {date}: {share} ({domestic} of {count}); a year before: {before} of {other}.").format(
        **given, before=percent(earlier[-1].share), other=number(earlier[-1].links)
    )


def summary(every: Sequence[Count], name: str) -> str:
    """Return in words what is shown."""
    return _now(every, name) if every else _("No dated link to a chip passes the filters.")
