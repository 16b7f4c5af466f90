"""Cells as tables write them - numbers with any decimal sign, dates in any order, links - and what they say."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from chipscape_db.errors import N_, Invalid
from chipscape_db.metrics import Metric
from chipscape_db.partial_date import PartialDate
from chipscape_db.spoken_date import understand
from chipscape_db.units import canonical, parse_quantity

_START: Final = re.compile(r"^(?P<sign>[^\d.,+-]{0,4})(?P<number>[\d][\d.,'’ \u00a0\u202f]*|[.,]\d+)")
_NUMERIC: Final = re.compile(r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<year>\d{4})(?: .*)?")
_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
_LINK: Final = re.compile(r"https?://[^\s<>\"|]+")
_COMMA_DECIMAL: Final = re.compile(r"\d+(?:[ .\u00a0\u202f]\d{3})*,(?:\d{1,2}|\d{4,})(?!\d)")
_POINT_DECIMAL: Final = re.compile(r"\d+(?:,\d{3})*\.(?:\d{1,2}|\d{4,})(?!\d)")
_UNKNOWN: Final = frozenset({"-", "–", "—", "n/a", "na", "none", "null", "nan", "unknown", "?", "tbd", "tba", "#n/a"})


def is_blank(text: str) -> bool:
    """Say whether a cell says that nothing is known."""
    return not text or text.casefold() in _UNKNOWN


def links_of(text: str) -> list[str]:
    """Return the addresses in a cell, each once, in order, without the punctuation behind them."""
    found = []
    for link in _LINK.findall(text):
        link = link.rstrip(".,;:!?'’")
        while link.endswith(")") and link.count(")") > link.count("("):
            link = link[:-1].rstrip(".,;:!?'’")
        found.append(link)
    return list(dict.fromkeys(link for link in found if has_host(link)))


def has_host(link: str) -> bool:
    """Say whether an address names a host."""
    try:
        return bool(urlsplit(link).hostname)
    except ValueError:
        return False


def address_key(link: str) -> str:
    """Return what two addresses of the same page share: no scheme, no `www.`, no fragment, no slash at the end."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return link.strip()
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def decimal_sign(cells: Iterable[str]) -> str:
    """Return the sign before the fractions in these cells, `.` or `,`, as most of those that tell have it."""
    commas = points = 0
    for cell in cells:
        commas += bool(_COMMA_DECIMAL.match(cell))
        points += bool(_POINT_DECIMAL.match(cell))
    return "," if commas > points else "."


def date_order(cells: Iterable[str]) -> str:
    """Return `dmy` or `mdy` where some date in these cells can be read in one way only; empty where none tells."""
    for cell in cells:
        match = _NUMERIC.fullmatch(cell)
        if match is not None and int(match["first"]) > 12:
            return "dmy"
        if match is not None and int(match["second"]) > 12:
            return "mdy"
    return ""


def date_in(text: str, order: str) -> str:
    """Return a date as the base holds it; *order* is `dmy`, `mdy` or empty. Raises `NotADate`."""
    if moment := _MOMENT.fullmatch(text):
        text = moment[1]
    match = _NUMERIC.fullmatch(text)
    if match is not None and order:
        day, month = (match["first"], match["second"]) if order == "dmy" else (match["second"], match["first"])
        if int(month) <= 12:
            return str(PartialDate.parse(f"{match['year']}-{int(month):02}-{int(day):02}"))
    return str(understand(text, "en"))


def value_in(text: str, metric: Metric, *, unit: str, decimal: str) -> str:
    """Return the value of a claim as the base holds it; a bare number is in *unit*. Raises `Invalid`."""
    if metric.kind == "text":
        return date_in(text, "") if metric.dimension == "date" else " ".join(text.split())
    if text.startswith("="):
        raise Invalid(N_("'{text}' is a formula; put its result there."), field="value", text=text)
    plain = _plain(text, decimal)
    bare = re.fullmatch(r"[\d.]+(?:[eE][+-]?\d+)?", plain) is not None
    return canonical(parse_quantity(f"{plain} {unit}".strip() if bare else plain, metric))


def _plain(text: str, decimal: str) -> str:
    """Return a quantity with its digits ungrouped and a decimal point."""
    clean = " ".join(text.split())
    match = _START.match(clean)
    if match is None:
        return clean
    number = match["number"]
    digits = number.rstrip(" ,.'’\u00a0\u202f")
    tail = clean[match.start("number") + len(digits) :]
    digits = re.sub(r"['’ \u00a0\u202f]", "", digits)
    if decimal == "," and re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif "," in digits:
        raise Invalid(N_("'{text}' is not a number that can be read in one way."), field="value", text=text)
    return f"{match['sign']}{digits}{tail}"
