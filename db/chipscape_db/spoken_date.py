"""Partial dates as people type them into a form, in English or French: "June 2025", "début 2026", "since 2024".

Words of both languages are always understood; the language decides only what nothing else can: the order of day and
month in `03/04/2025`. "Early", "mid" and "late" with a year are its first, second and last four months, with a month
its first, second and last ten days or so. Intervals are written with two dates ("2024 to 2026", "de mai à juin" is not
enough), open ones with "since" and "until".
"""

import re
import unicodedata
from calendar import monthrange
from typing import Final

from chipscape_db.errors import N_
from chipscape_db.partial_date import NotADate, PartialDate

_MONTH_WORDS: Final = (
    "january jan janvier janv", "february feb fevrier fevr fev", "march mar mars", "april apr avril avr", "may mai",
    "june jun juin", "july jul juillet juil", "august aug aout", "september sept sep septembre",
    "october oct octobre", "november nov novembre", "december dec decembre",
)  # fmt: skip
_MONTHS: Final = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_SEASONS: Final = {
    "spring": 21, "printemps": 21, "summer": 22, "ete": 22, "autumn": 23, "fall": 23, "automne": 23, "winter": 24,
    "hiver": 24,
}  # fmt: skip
_PLACES: Final = {"early": 0, "debut": 0, "mid": 1, "mi": 1, "middle": 1, "milieu": 1, "late": 2, "fin": 2, "end": 2}
_ORDINALS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "premier": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_OF: Final = r"(?: of| de l'| d'| du| de)?(?: the)? ?"
_MONTH: Final = rf"(?P<month>{_any(_MONTHS)})\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
_YEAR: Final = r"(?P<year>\d{4})"
_PLACE: Final = rf"(?P<place>{_any(_PLACES)})"
_NTH: Final = rf"(?P<nth>{_any(_ORDINALS)})(?:st|nd|rd|th|er|re|eme|e)?"
_SPOKEN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:le )?{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_MONTH},? {_YEAR}",
        rf"{_YEAR} {_MONTH}",
        r"(?P<month>\d{1,2})[./]" + _YEAR,
        rf"{_YEAR}[./-](?P<month>\d{{1,2}})[./-](?P<day>\d{{1,2}})",
        rf"{_PLACE}-?{_OF}{_YEAR}",
        rf"{_PLACE}-?{_OF}{_MONTH},? {_YEAR}",
        rf"(?P<season>{_any(_SEASONS)}){_OF}{_YEAR}",
        rf"[qt](?P<quarter>[1-4])[ -]?{_YEAR}",
        rf"{_YEAR}[ -]?[qt](?P<quarter>[1-4])",
        rf"{_NTH} (?P<part>quarter|trimestre|half|semestre){_OF}{_YEAR}",
        rf"[hs](?P<half>[12])[ -]?{_YEAR}",
        rf"{_YEAR}[ -]?[hs](?P<half>[12])",
        _YEAR,
        r"(?:the |les )?(?:annees )?(?P<decade>\d{3}0)(?:'?s)?",
    )
)
_NUMERIC: Final = re.compile(r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<year>\d{4})")
_ABOUT: Final = re.compile(r"(?:about|around|approximately|approx\.?|circa|ca?\.?|vers|environ|~)(?: le)? ?(?=.)(.+)")
_PERHAPS: Final = re.compile(r"(?:perhaps|maybe|probably|peut-etre|probablement) (.+)|(.+?) ?\((?:un|in)certain\)")
_UNCERTAIN_MARK: Final = re.compile(r"(.+?) ?\?")
_BETWEEN: Final = (
    re.compile(r"(?:from |between |de |du |entre )?(.+?) (?:to|and|until|till|a|au|et|jusqu'a|jusqu'au|-) (.+)"),
    re.compile(r"(\d{4}) ?- ?(\d{4})"),
)
_SINCE: Final = re.compile(r"(?:since|from|depuis|a partir de|a partir du|des|as of)(?: le)? (.+)")
_UNTIL: Final = re.compile(r"(?:until|till|up to|jusqu'a|jusqu'au|jusqu'en)(?: le)? (.+)")


def understand(text: str, lang: str) -> PartialDate:
    """Return the partial date that *text* means in the language *lang* (`en` or `fr`).

    EDTF texts are understood as they are. Raises `NotADate`, in words, for what is none or could be two.
    """
    raw = " ".join(text.split())
    try:
        return PartialDate.parse(raw.replace(" ", "").upper())
    except NotADate:
        pass
    try:
        return PartialDate.parse(_edtf(_plain(raw), raw, lang))
    except NotADate as fault:
        fault.params["text"] = raw  # quotes what was typed, not what we made of it
        raise


def _plain(text: str) -> str:
    """Return *text* in small letters without accents, with plain dashes and apostrophes."""
    text = text.casefold().replace("–", "-").replace("—", "-").replace("’", "'")
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).strip()


def _edtf(words: str, raw: str, lang: str) -> str:
    if single := _spoken(words, raw, lang):
        return single
    if match := _UNTIL.fullmatch(words):
        return f"../{_end(match[1], raw, lang, last=True)}"
    for pattern in _BETWEEN:
        if match := pattern.fullmatch(words):
            return f"{_end(match[1], raw, lang, last=False)}/{_end(match[2], raw, lang, last=True)}"
    if match := _SINCE.fullmatch(words):
        return f"{_end(match[1], raw, lang, last=False)}/.."
    raise _not_understood(raw)


def _end(words: str, raw: str, lang: str, *, last: bool) -> str:
    """Return one end of an interval; of a date that spans days itself ("early June 2025"), its own first or last."""
    found = _spoken(words, raw, lang)
    if found is None:
        raise _not_understood(raw)
    return found.split("/")[-1 if last else 0]


def _spoken(words: str, raw: str, lang: str) -> str | None:
    """Return the EDTF text of a date without ends and its mark, or None."""
    about = perhaps = False
    if match := _PERHAPS.fullmatch(words):
        perhaps, words = True, match[1] or match[2]
    elif match := _UNCERTAIN_MARK.fullmatch(words):
        perhaps, words = True, match[1]
    if match := _ABOUT.fullmatch(words):
        about, words = True, match[1]
    plain = _date(words, raw, lang)
    if plain is None:
        return None
    if about and "/" in plain:
        start, end = plain.split("/")
        plain = f"{start}~/{end}"
    return plain + {(True, True): "%", (True, False): "~", (False, True): "?", (False, False): ""}[about, perhaps]


def _date(words: str, raw: str, lang: str) -> str | None:
    if match := _NUMERIC.fullmatch(words):
        return _numeric(int(match["first"]), int(match["second"]), match["year"], raw, lang)
    for pattern in _SPOKEN:
        if match := pattern.fullmatch(words):
            return _written({name: part for name, part in match.groupdict().items() if part is not None})
    try:
        return str(PartialDate.parse(words.upper())) if "/" not in words else None
    except NotADate:
        return None


def _numeric(first: int, second: int, year: str, raw: str, lang: str) -> str:
    """Return a day written in figures: day first in French; in English only where one order is possible."""
    if lang != "fr" and first <= 12 and second <= 12 and first != second:
        raise NotADate(
            N_("'{text}' could be two days; write {one} or {other}."),
            text=raw,
            one=f"{year}-{second:02}-{first:02}",
            other=f"{year}-{first:02}-{second:02}",
        )
    day, month = (second, first) if lang != "fr" and second > 12 else (first, second)
    return f"{year}-{month:02}-{day:02}"


def _written(parts: dict[str, str]) -> str:
    """Return the EDTF text of what a pattern found."""
    if "decade" in parts:
        return parts["decade"][:3] + "X"
    year = parts["year"]
    if "season" in parts:
        return f"{year}-{_SEASONS[parts['season']]}"
    if "quarter" in parts:
        return f"{year}-{32 + int(parts['quarter'])}"
    if "half" in parts:
        return f"{year}-{39 + int(parts['half'])}"
    if "part" in parts:
        nth = _ORDINALS[parts["nth"]]
        halves = parts["part"] in ("half", "semestre")
        return f"{year}-{(39 if halves else 32) + nth}" if nth <= 2 or not halves else f"{year}-99"
    if "month" not in parts:
        return f"{year}-{37 + _PLACES[parts['place']]}" if "place" in parts else year
    month = _MONTHS[parts["month"]] if parts["month"] in _MONTHS else int(parts["month"])
    if "place" in parts:
        last = monthrange(int(year), month)[1] if int(year) else 30
        start, end = ((1, 10), (11, 20), (21, last))[_PLACES[parts["place"]]]
        return f"{year}-{month:02}-{start:02}/{year}-{month:02}-{end:02}"
    if month > 12:
        return f"{year}-99"
    return f"{year}-{month:02}-{int(parts['day']):02}" if "day" in parts else f"{year}-{month:02}"


def _not_understood(raw: str) -> NotADate:
    return NotADate(
        N_("'{text}' is not understood as a date; write for example 2025-06-30, June 2025, early 2026 or since 2024."),
        text=raw,
    )
