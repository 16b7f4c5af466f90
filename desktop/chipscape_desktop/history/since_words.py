"""The words of what changed in a figure since it was seen."""

from collections import Counter
from datetime import datetime

from chipscape_desktop.figures.shown import Difference
from chipscape_desktop.history.since import Cause, Explained, Since
from chipscape_desktop.i18n import _, format_date, ngettext, number

_MOST_FIELDS = 4


def heading(one: Since) -> str:
    """Return the figure with how many differences there are since when: "Bandwidth: 2 changes since 12 May 2026"."""
    if one.problem:
        return f"{one.asked.name}: {one.problem}"
    count = len(one.differences)
    if not count:
        return _("{figure}: nothing changed since {day}").format(figure=one.asked.name, day=day(one.at))
    told = ngettext("{count} change", "{count} changes", count).format(count=number(count))
    return _("{figure}: {changes} since {day}").format(figure=one.asked.name, changes=told, day=day(one.at))


def day(at: str) -> str:
    """Return the day of a moment of the journal, in words."""
    return format_date(datetime.fromisoformat(at).date()) if at else _("the beginning")


def difference_lines(one: Since) -> list[str]:
    """Return each difference as a line, with its steps below it."""
    out = []
    for each in one.differences:
        out.append(f"{sign(each.difference)} {sentence(each.difference)}")
        for cause in each.causes:
            out += [f"    {cause_words(cause)}", *(f"      {line}" for line in cause.lines)]
        if not each.causes:
            out.append(f"    {no_cause()}")
    return out


def sign(one: Difference) -> str:
    """Return the sign of what became of a mark."""
    return {"appeared": "+", "went": "−", "changed": "→"}[one.fate]


def sentence(one: Difference) -> str:
    """Return what became of a mark: "Ascend 910B: Memory bandwidth (GB/s) 400 → 500"."""
    if one.fate == "changed":
        told = "; ".join(field_words(head, before, after) for head, before, after in one.fields)
        return f"{one.name}: {told}"
    texts = [before or after for _head, before, after in one.fields]
    told = ", ".join(text for text in texts[:_MOST_FIELDS] if text != one.name)
    template = _("{name} appeared ({what})") if one.fate == "appeared" else _("{name} went ({what})")
    return template.format(name=one.name, what=told or "–")


def cause_words(cause: Cause) -> str:
    """Return a step with its author, day and reason."""
    by = _("{what} – {author}, {day}").format(what=cause.sentence, author=cause.author or "–", day=day(cause.at))
    return _("{what}: “{reason}”").format(what=by, reason=cause.reason) if cause.reason else by


def no_cause() -> str:
    """Return what is said of a difference that no step of its own records made."""
    return _("follows from other records, or from the calendar")


def tally(found: tuple[Explained, ...]) -> str:
    """Return how many differences there are, of which kind."""
    fates = Counter(one.difference.fate for one in found)
    appeared, changed, went = fates["appeared"], fates["changed"], fates["went"]
    parts = {
        ngettext("{count} appeared", "{count} appeared", appeared): appeared,
        ngettext("{count} changed", "{count} changed", changed): changed,
        ngettext("{count} went", "{count} went", went): went,
    }
    return ", ".join(part.format(count=number(count)) for part, count in parts.items() if count)


def field_words(head: str, before: str, after: str) -> str:
    """Return a field before and after: "Memory bandwidth (GB/s) 400 → 1,200"."""
    return f"{head} {before or '–'} → {after or '–'}"
