"""What an answer was asked over, in words: for the line under its title."""

from datetime import date

from chipscape_desktop import i18n
from chipscape_desktop.i18n import _


def scope_words(*parts: str, as_of: date | None) -> str:
    """Return the parts that say something and the date, with dots between."""
    said = [part for part in parts if part]
    said.append(_("as of {date}").format(date=i18n.format_date(as_of)) if as_of else _("all dates"))
    return " · ".join(said)
