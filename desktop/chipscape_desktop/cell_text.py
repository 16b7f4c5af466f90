"""Cells as people read them: stored words, dates, countries and numbers in the language of the display."""

from decimal import Decimal, InvalidOperation

from chipscape_db.conventions import Convention
from chipscape_db.metrics import METRICS
from chipscape_db.units import shown_unit
from chipscape_desktop.field_words import language_name
from chipscape_desktop.i18n import _, format_date, number
from chipscape_desktop.words import country_name, link_word, trust_word, word


def cell_text(form: str, value: str) -> str:
    """Return the text of a cell for the form of its column (see `queries.tables.CellForm`)."""
    if not value:
        return ""
    if form == "word":
        return word(value)
    if form == "trust":
        return trust_word(value)
    if form == "date":
        return format_date(value, "short")
    if form == "country":
        return country_name(value)
    if form == "language":
        return language_name(value)
    if form == "link":
        return link_word(value)
    if form == "metric":
        return metric_label(value)
    return number_text(value) if form == "number" else value


def number_text(value: str) -> str:
    """Return a stored number as the language writes it; what is no number is returned as it is.

    Large powers of ten stay powers of ten, as nobody counts 24 noughts.
    """
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return value
    if exact >= Decimal("1e15"):
        mantissa, exponent = f"{exact.normalize():e}".split("e")
        return f"{number(Decimal(mantissa))} × 10^{int(exponent)}"
    return number(exact)


def metric_label(key: str) -> str:
    """Return the name of a metric."""
    return _(METRICS[key].label) if key in METRICS else key


def quantity_text(value: str, unit: str) -> str:
    """Return a stored value with its unit."""
    shown = number_text(value)
    words = {"1e9": _("billion"), "1e12": _("trillion"), "units/year": _("units a year"), "tokens": _("tokens")}
    return f"{shown} {words.get(unit) or shown_unit(unit)}".strip()


def claimed_text(key: str, value: str) -> str:
    """Return the stored value of a claim of a metric with its unit, a date in words."""
    measure = METRICS.get(key)
    if measure is not None and measure.is_date:
        return format_date(value)
    return quantity_text(value, "" if measure is None else measure.unit)


def convention_text(convention: Convention) -> str:
    """Return a convention in words, empty where nothing is said."""
    parts = []
    for phrase in convention.describe():
        if phrase.verbatim:
            parts.append(format_date(phrase.template, "short"))
        elif phrase.scope is None:
            parts.append(_(phrase.template))
        else:
            parts.append(_(phrase.template).format(scope=_(phrase.scope), count=phrase.count))
    return ", ".join(parts)
