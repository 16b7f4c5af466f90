"""Numbers, partial dates and punctuation as English and French write them.

Written by hand because Babel costs more at start than it gives here; the tests hold it against Babel. The forms are
those of CLDR except where typography asks for more: a true minus sign, and "1er" for the first of a French month.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

DateStyle: TypeAlias = Literal["long", "short"]

NARROW_SPACE = "\u202f"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words and signs of one language."""

    group: str
    decimal: str
    percent: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    parts: dict[int, str]
    about: str
    uncertain: str
    decade: str
    century: str
    since: str
    until: str
    between: str
    unknown: str
    first: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_EN = _Forms(
    group=",",
    decimal=".",
    percent="%",
    months=_words("January February March April May June July August September October November December"),
    months_short=_words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    parts={
        21: "spring {year}", 22: "summer {year}", 23: "autumn {year}", 24: "winter {year}",
        33: "first quarter of {year}", 34: "second quarter of {year}",
        35: "third quarter of {year}", 36: "fourth quarter of {year}",
        37: "early {year}", 38: "mid-{year}", 39: "late {year}",
        40: "first half of {year}", 41: "second half of {year}",
    },
    about="about {date}",
    uncertain="{date} (uncertain)",
    decade="{year}s",
    century="{year}s",
    since="since {date}",
    until="until {date}",
    between="{start} – {end}",
    unknown="unknown",
    first="1",
)  # fmt: skip
_FR = _Forms(
    group=NARROW_SPACE,
    decimal=",",
    percent=NARROW_SPACE + "%",
    months=_words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    months_short=_words("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    parts={
        21: "printemps {year}", 22: "été {year}", 23: "automne {year}", 24: "hiver {year}",
        33: "premier trimestre {year}", 34: "deuxième trimestre {year}",
        35: "troisième trimestre {year}", 36: "quatrième trimestre {year}",
        37: "début {year}", 38: "mi-{year}", 39: "fin {year}",
        40: "premier semestre {year}", 41: "second semestre {year}",
    },
    about="vers {date}",
    uncertain="{date} (incertain)",
    decade="années {year}",
    century="années {year}",
    since="depuis {date}",
    until="jusqu’à {date}",
    between="{start} – {end}",
    unknown="inconnue",
    first="1er",
)  # fmt: skip
_FORMS = {"en": _EN, "fr": _FR}
_PARTIAL = re.compile(r"(?P<year>-?\d{2}(?:\d\d|\dX|XX))(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<mark>[~?%]?)")


def _forms(lang: str) -> _Forms:
    return _FORMS.get(lang, _EN)


def number(value: float | Decimal, digits: int | None = None, *, lang: str) -> str:
    """Return *value* with thousands grouped; *digits* after the decimal sign, or as many as the value has.

    Halves round to even, as in CLDR. Infinity is "∞" and what is not a number "–".
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return "–" if exact.is_nan() else f"{MINUS if exact < 0 else ''}∞"
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1)) if abs(exact) < Decimal(10) ** 27 else exact
    else:
        exact = exact.normalize()
    forms = _forms(lang)
    sign = MINUS if exact < 0 else ""
    whole, dot, fraction = f"{abs(exact):,f}".partition(".")
    return sign + whole.replace(",", forms.group) + (forms.decimal if dot else "") + fraction


def percent(value: float | Decimal, digits: int = 0, *, lang: str) -> str:
    """Return a fraction as a percentage: 0.42 is "42%", in French "42 %"."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return number(exact * 100, digits, lang=lang) + _forms(lang).percent


def month_name(month: int, style: DateStyle = "long", *, lang: str) -> str:
    """Return the name of a month, 1 to 12."""
    forms = _forms(lang)
    return (forms.months if style == "long" else forms.months_short)[month - 1]


def format_date(value: date | object, style: DateStyle = "long", *, lang: str) -> str:
    """Return a day, or anything whose text is an EDTF date or interval, in words.

    A text that is no such date is returned as it is, so that a display never hides what a source wrote.
    """
    return _in_words(value.isoformat() if isinstance(value, date) else str(value).strip(), style, lang)


@lru_cache(maxsize=8192)
def _in_words(text: str, style: DateStyle, lang: str) -> str:
    """Return a date or interval in words: views say the same few hundred dates again after every edit."""
    forms = _forms(lang)
    if "/" not in text:
        return _one_date(text, style, forms)
    start, _, end = (part.strip() for part in text.partition("/"))
    first, last = (_one_date(part, style, forms) for part in (start, end))
    if end == "..":
        return forms.since.format(date=_with_article(start, first, forms))
    if start == "..":
        return _until(end, last, forms)
    return forms.between.format(start=first or forms.unknown, end=last or forms.unknown)


def _one_date(text: str, style: DateStyle, forms: _Forms) -> str:
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return text
    year, month, day, mark = match["year"], match["month"], match["day"], match["mark"]
    words = _year(year, forms)
    if month and month != "XX":
        number_of_month = int(month)
        if 1 <= number_of_month <= 12:
            name = (forms.months if style == "long" else forms.months_short)[number_of_month - 1]
            words = f"{name} {words}"
            if day and day != "XX":
                words = f"{forms.first if day == '01' else int(day)} {words}"
        elif number_of_month in forms.parts:
            words = forms.parts[number_of_month].format(year=words)
        else:
            return text
    if mark in ("~", "%"):
        words = forms.about.format(date=_with_article(text[:-1], words, forms))
    return forms.uncertain.format(date=words) if mark in ("?", "%") else words


def _year(year: str, forms: _Forms) -> str:
    if year.endswith("XX"):
        return forms.century.format(year=year.replace("X", "0"))
    if year.endswith("X"):
        return forms.decade.format(year=year.replace("X", "0"))
    return f"{MINUS}{int(year[1:])}" if year.startswith("-") else str(int(year))


def _with_article(text: str, words: str, forms: _Forms) -> str:
    """Return the words with the article that French puts before a day ("depuis le 30 juin 2025")."""
    return f"le {words}" if forms is _FR and re.fullmatch(r"-?\d{4}-\d\d-\d\d", text) else words


def _until(text: str, words: str, forms: _Forms) -> str:
    """Return "until ..." with the preposition that French wants: "jusqu’au" a day, "jusqu’en" a month or a year."""
    if forms is _FR and re.fullmatch(r"-?\d{4}-\d\d-\d\d", text):
        return f"jusqu’au {words}"
    if forms is _FR and re.fullmatch(r"-?\d{4}(-(0\d|1[0-2]))?", text):
        return f"jusqu’en {words}"
    return forms.until.format(date=words)


_APOSTROPHE = re.compile(r"(?<=[\w.)])'|(?<!\w)'(?=\d)")
_OPENING = re.compile(r"(?<![\w'])'(?=\w)")
_FRENCH_BEFORE = re.compile(r"[ \u00a0](?=[;:!?%»])")
_FRENCH_AFTER = re.compile(r"(?<=«)[ \u00a0]")


def typeset(text: str, lang: str) -> str:
    """Return a plain text with curly apostrophes and, in French, narrow no-break spaces at double punctuation.

    Only what stands in the text is changed: no space is put where there was none, so addresses and times stay whole.
    """
    if "'" in text:
        text = _OPENING.sub("‘", _APOSTROPHE.sub("’", text))
    if lang == "fr" and " " in text:
        text = _FRENCH_AFTER.sub(NARROW_SPACE, _FRENCH_BEFORE.sub(NARROW_SPACE, text))
    return text
