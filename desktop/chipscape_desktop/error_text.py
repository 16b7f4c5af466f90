"""The world's faults in the words of the reader's language."""

from chipscape_db.errors import FactsError, FieldNames
from chipscape_desktop.i18n import _, format_date, number, typeset


def error_text(error: FactsError) -> str:
    """Return the sentence of an error: its template translated, its parameters filled in.

    Numbers and dates among the parameters are written as the language does. A translation that lacks a field falls
    back to English rather than hide the fault.
    """
    params = {name: _shown(value) for name, value in error.params.items()}
    try:
        return typeset(_(error.template).format(**params))
    except (KeyError, IndexError, ValueError):
        return str(error)


def _shown(value: object) -> object:
    from datetime import date

    from chipscape_db.partial_date import PartialDate

    if isinstance(value, bool):
        return value
    if isinstance(value, FieldNames):
        from chipscape_desktop.field_words import stored_label

        return ", ".join(stored_label(name) for name in value.split(","))
    if isinstance(value, int | float):
        return number(value)
    return format_date(value) if isinstance(value, date | PartialDate) else value
