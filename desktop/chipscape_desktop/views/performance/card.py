"""The card beside a mark: what it says of itself, and for chips their value, range, date and sources."""

from collections.abc import Mapping
from html import escape
from typing import Any

from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.performance import PerformanceRows, Subject
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.performance import words
from chipscape_desktop.figures.performance.compare import Standing, compare
from chipscape_desktop.figures.performance.options import Options, parse
from chipscape_desktop.i18n import _, format_date, ngettext


def card_of(name: str, rows: Any, options: Mapping[str, str], ref: Ref) -> str:
    """Return the card of a mark of any figure as rich text, empty where it says nothing."""
    if name == "performance-over-time" and isinstance(rows, PerformanceRows):
        return card(rows, parse(options), ref)
    head, colon, rest = ref.title.partition(": ")
    return f"<b>{escape(head)}</b>" + (f"<br>{escape(rest)}" if colon else "") if ref.title else ""


def card(rows: PerformanceRows, options: Options, ref: Ref) -> str:
    """Return the card of a mark as rich text, empty where the mark stands for nothing of *rows*."""
    record_id = ref.ids[1] if ref.kind == "claim" and len(ref.ids) > 1 else ref.ids[0] if ref.ids else ""
    subject = next((one for one in rows.subjects if one.brief.id == record_id), None)
    if subject is None:
        return ""
    claims = rows.claims.get(record_id, [])
    if ref.kind == "claim":
        row = next((one for one in claims if one.id == ref.ids[0]), None)
        lines = [] if row is None else _claim_lines(row, options)
    else:
        lines = _value_lines(compare(subject, claims, options), options)
    head = f"<b>{escape(subject.brief.name)}</b>"
    if subject.vendor_name:
        head += f" · {escape(subject.vendor_name)}"
    return "<br>".join([head, *lines, *_date_lines(subject)])


def _value_lines(standing: Standing, options: Options) -> list[str]:
    chosen = standing.chosen
    if chosen is None:
        why = "" if standing.why is None else words.why_missing(standing.why, options)
        return [escape(_("Missing: {why}").format(why=why))]
    value = f"<b>{escape(words.with_unit(chosen.value, options.metric))}</b>"
    lines = [f"{value} · {escape(words.convention_words(standing.live[0]))}"]
    if chosen.contested and chosen.low is not None and chosen.high is not None:
        spread = words.spread(chosen.low, chosen.high)
        lines.append(escape(_("Published claims: {range}").format(range=spread)))
    claims = ngettext("{count} claim", "{count} claims", chosen.claims).format(count=chosen.claims)
    sources = ngettext("{count} independent source", "{count} independent sources", chosen.sources)
    lines.append(f"{escape(claims)}, {escape(sources.format(count=chosen.sources))}")
    lines.append(escape(words.claim_line(standing.live[0], options.metric)))
    if standing.conversion is not None:
        lines.append(escape(words.conversion_words(standing)))
    if standing.others:
        text = ngettext(
            "{count} more claim under other conventions", "{count} more claims under other conventions", standing.others
        )
        lines.append(escape(text.format(count=standing.others)))
    return lines


def _claim_lines(row: ClaimRow, options: Options) -> list[str]:
    lines = [escape(words.claim_line(row, options.metric)), escape(words.convention_words(row))]
    if row.locator:
        lines.append(escape(row.locator))
    return lines


def _date_lines(subject: Subject) -> list[str]:
    if not subject.date:
        return []
    date = format_date(subject.date)
    text = _("Announced {date}; release date not given") if subject.announced_only else _("Released {date}")
    return [escape(text.format(date=date))]
