"""Values, conventions, fields and reasons of the facts as sentences for people."""

from decimal import Decimal

from chipscape_db.conventions import Convention
from chipscape_db.errors import N_
from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import ClaimRow, ConventionGroup, MetricValue
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.words import unit_word, word

_REASONS = {
    "only": N_("It is the only claim."),
    "agreed": N_("All claims agree."),
    "point": N_("It is the only value; the other claims are limits."),
    "preferred-rank": N_("A curator preferred it."),
    "stance": N_("It is stated more directly than the others (maker, then test, estimate, press)."),
    "source-kind": N_("Its kind of source comes first (maker or authority, then rule, paper, analysis, press)."),
    "newest": N_("Its source is the newest."),
    "exact": N_("It is exact; the others say “about”."),
    "most-sources": N_("Most independent sources give it."),
    "lower-value": N_("All else being equal, the lower value is shown."),
    "alphabet": N_("All else being equal, the alphabet decides."),
}
_FIELDS = {
    "subject": N_("From"), "object": N_("To"), "kind": N_("Relationship"), "starts_on": N_("Starts"),
    "ends_on": N_("Ends"), "org_kind": N_("Kind"), "country": N_("Country"), "parent_id": N_("Part of"),
    "founded_on": N_("Founded"), "website": N_("Website"), "designer_id": N_("Designer"), "family": N_("Family"),
    "architecture": N_("Architecture"), "foundry_id": N_("Foundry"), "announced_on": N_("Announced"),
    "released_on": N_("Released"), "status": N_("Status"), "form_factor": N_("Form"), "developer_id": N_("Developer"),
    "openness": N_("Openness"), "licence": N_("Licence"), "modality": N_("Modality"), "layer": N_("Layer"),
    "authority_id": N_("Authority"), "effective_on": N_("In force from"), "ended_on": N_("Until"),
    "event_kind": N_("Kind"), "importance": N_("Importance"), "publisher": N_("Publisher"), "author": N_("Author"),
    "url": N_("Address"), "published_on": N_("Published"), "source_kind": N_("Kind"), "language": N_("Language"),
    "relays_id": N_("Repeats"), "note": N_("Note"), "slug": N_("Short name"),
}  # fmt: skip


def field_word(field: str) -> str:
    """Return the label of a field of a record."""
    return _(_FIELDS[field]) if field in _FIELDS else field


def reason_sentence(reason: str) -> str:
    """Return why a value was chosen, in a sentence."""
    return _(_REASONS[reason]) if reason in _REASONS else ""


def metric_name(key: str) -> str:
    """Return the name of a metric as people read it."""
    return _(METRICS[key].label)


def quantity(value: float | str | None, unit: str) -> str:
    """Return a value with its unit, as the language of the display writes it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    shown = number(Decimal(f"{value:.6g}")) if abs(value) < 1e15 else f"{value:.3g}"
    return f"{shown} {unit_word(unit)}".rstrip()


def claim_value(claim: ClaimRow) -> str:
    """Return the value of a claim with its unit and, where it is a limit, the word for it."""
    if METRICS[claim.metric].is_date:
        return format_date(claim.value)
    text = quantity(claim.number if claim.number is not None else claim.value, claim.unit)
    return f"{word(claim.bound)} {text}" if claim.bound else text


def convention_words(convention: Convention, *, bound: bool = False) -> str:
    """Return a convention in words, empty where nothing is said."""
    parts = []
    for phrase in (convention if bound else convention.basis).describe():
        if phrase.verbatim:
            parts.append(phrase.template)
        elif phrase.scope is not None:
            parts.append(_(phrase.template).format(scope=_(phrase.scope), count=phrase.count))
        else:
            parts.append(_(phrase.template))
    return ", ".join(parts)


def chosen_text(value: MetricValue) -> str:
    """Return what stands for a metric, or that nothing may."""
    if value.chosen_claim is not None:
        return claim_value(value.chosen_claim)
    if value.achieved:
        return _("{value} measured").format(value=claim_value(value.achieved[0]))
    return _("no value")


def spread_text(value: MetricValue) -> str:
    """Return the range of the live claims, how many there are and how many sources are independent."""
    parts = []
    chosen = value.chosen
    if chosen is not None and chosen.low is not None and chosen.high is not None and chosen.low != chosen.high:
        parts.append(f"{quantity(chosen.low, '')}–{quantity(chosen.high, '')}")
    parts.append(ngettext("{count} claim", "{count} claims", value.claims).format(count=number(value.claims)))
    parts.append(
        ngettext("{count} independent source", "{count} independent sources", value.sources).format(
            count=number(value.sources)
        )
    )
    return " · ".join(parts)


def group_text(group: ConventionGroup) -> str:
    """Return how many of the independent sources of a convention agree with what is chosen, empty for one alone."""
    chosen = group.chosen
    if chosen is None or chosen.sources < 2:
        return ""
    return ngettext(
        "{agreeing} of {count} independent source says so", "{agreeing} of {count} independent sources say so",
        chosen.sources,
    ).format(agreeing=number(chosen.agreeing), count=number(chosen.sources))  # fmt: skip


def since_until(starts_on: str, ends_on: str) -> str:
    """Return the dates of a relationship in words, empty when none is known."""
    if starts_on.endswith("/..") and not ends_on:
        return format_date(starts_on, "short")
    if starts_on and ends_on:
        return f"{format_date(starts_on, 'short')} – {format_date(ends_on, 'short')}"
    # As an open interval, because French has an article before a day and none before a year.
    if starts_on and "/" not in starts_on:
        return format_date(f"{starts_on}/..", "short")
    if starts_on:
        return _("since {date}").format(date=format_date(starts_on, "short"))
    if ends_on and "/" not in ends_on:
        return format_date(f"../{ends_on}", "short")
    return _("until {date}").format(date=format_date(ends_on, "short")) if ends_on else ""
