"""The language of the display: translated texts, and numbers and dates as that language writes them.

A `.po` file is the only artefact of a translation. It is compiled at first use with Babel and kept in the cache
folder under the hash of the `.po`, so that later starts read it without Babel; English needs neither.
"""

import gettext
import hashlib
import logging
import os
import re
import sys
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from chipscape_db.errors import P_
from chipscape_desktop import locale_format
from chipscape_desktop.locale_format import DateStyle
from chipscape_desktop.paths import cache_folder
from chipscape_resources import resource

SOURCE_LANGUAGE = "en"
DOMAIN = "chipscape"
_NAMES = {"en": "English", "fr": "Français"}
_PART_OF_YEAR = re.compile(r"\d{4}-[234]\d")  # seasons, quarters and halves have numbers from 21 on
_log = logging.getLogger(__name__)


class _State:
    """What the module remembers: the language in force and its catalogue."""

    language: str = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    texts: dict[str, str] = {}  # one state for the process, replaced whole by set_language


def po_path(code: str) -> Path:
    """Return the path of the shipped catalogue of a language."""
    return resource("locale", code, "LC_MESSAGES", f"{DOMAIN}.po")


def languages() -> dict[str, str]:
    """Return the languages that ship, code to own name, English first."""
    return {code: name for code, name in _NAMES.items() if code == SOURCE_LANGUAGE or po_path(code).exists()}


def language() -> str:
    """Return the code of the language in force."""
    return _State.language


def choose_language(wanted: str | None = None, system: str | None = None) -> str:
    """Return the code to start with: *wanted* by the settings, else the system's, else English.

    *system* is a locale name such as `fr_CA`; without it the environment (or Windows) is asked.
    """
    for name in (wanted, system or _system_locale()):
        code = (name or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if code in languages():
            return code
    return SOURCE_LANGUAGE


def _system_locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


def set_language(code: str) -> None:
    """Speak *code* from now on; a code that does not ship means English."""
    code = code if code in languages() else SOURCE_LANGUAGE
    _State.catalogue = gettext.NullTranslations() if code == SOURCE_LANGUAGE else _catalogue(code)
    _State.texts = {}
    _State.language = code


def _(message: str) -> str:
    """Return the message in the language in force; one that was marked with its sense (`P_`) without that."""
    text = _State.texts.get(message)
    if text is None:
        text = _set(_State.catalogue.gettext(message).rpartition("\x04")[2])
        _State.texts[message] = text
    return text


def pgettext(sense: str, message: str) -> str:
    """Return a message of several senses, as it is said in that one, in the language in force."""
    return _(P_(sense, message))


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message for *count* things in the language in force."""
    return _set(_State.catalogue.ngettext(singular, plural, count))


def _set(text: str) -> str:
    return locale_format.typeset(text, _State.language)


def _catalogue(code: str) -> gettext.NullTranslations:
    source = po_path(code).read_bytes()
    kept = cache_folder() / "locale" / f"{code}-{hashlib.sha256(source).hexdigest()[:16]}.mo"
    with suppress(OSError, UnicodeDecodeError), kept.open("rb") as stream:
        return gettext.GNUTranslations(stream)
    compiled = compile_catalogue(source, code)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_bytes(compiled)
        partial.replace(kept)
        for old in kept.parent.glob(f"{code}-*.mo"):
            if old != kept:
                old.unlink()
    except OSError as error:
        _log.info("The compiled catalogue of %s is not kept: %s", code, error)
    return gettext.GNUTranslations(BytesIO(compiled))


def compile_catalogue(source: bytes, code: str) -> bytes:
    """Return the `.mo` bytes of a `.po` file; fuzzy entries are left out."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    stream = BytesIO()
    write_mo(stream, read_po(BytesIO(source), locale=code, domain=DOMAIN))
    return stream.getvalue()


def number(value: float | Decimal, digits: int | None = None) -> str:
    """Return a number as the language writes it; *digits* after the decimal sign, or as many as it has."""
    return locale_format.number(value, digits, lang=_State.language)


def percent(value: float | Decimal, digits: int = 0) -> str:
    """Return a fraction as a percentage: 0.42 is "42%", in French "42 %"."""
    return locale_format.percent(value, digits, lang=_State.language)


def format_date(value: date | object, style: DateStyle = "long") -> str:
    """Return a day or a partial date (EDTF text) in words: "30 June 2025", "about June 2025", "since 2024"."""
    return locale_format.format_date(value, style, lang=_State.language)


def date_to_type(text: str) -> str:
    """Return a partial date as a person would type it: parts of a year in words, which EDTF says in codes.

    What would not be understood as the same date again is left as it is.
    """
    from chipscape_db.partial_date import NotADate
    from chipscape_db.spoken_date import understand

    if not _PART_OF_YEAR.search(text):
        return text
    said = format_date(text)
    try:
        return said if str(understand(said, _State.language)) == text else text
    except NotADate:
        return text


def month_name(month: int, style: DateStyle = "long") -> str:
    """Return the name of a month, 1 to 12."""
    return locale_format.month_name(month, style, lang=_State.language)


def typeset(text: str, lang: str | None = None) -> str:
    """Return a plain text with the apostrophes and spaces that its language (else the one in force) sets."""
    return locale_format.typeset(text, lang or _State.language)
