import re
import sqlite3
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import P_
from chipscape_db.spoken_date import understand
from chipscape_desktop import i18n, locale_format

LANGUAGES = ("en", "fr")
ORACLE = {"en": "en_GB", "fr": "fr_FR"}
PO = b"""
msgid ""
msgstr ""
"Language: fr\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "The name is: {name}"
msgstr "Le nom de l'objet : {name}"

msgid "{count} fact"
msgid_plural "{count} facts"
msgstr[0] "{count} fait"
msgstr[1] "{count} faits"
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path / "home"))
    yield
    i18n.set_language("en")


@pytest.fixture
def french_po(tmp_path, monkeypatch):
    path = tmp_path / "chipscape.po"
    path.write_bytes(PO)
    monkeypatch.setattr(i18n, "po_path", lambda code: path)
    return path


def test_english_is_the_text_in_the_code():
    i18n.set_language("en")
    assert i18n._("Open a fact base") == "Open a fact base"
    assert [i18n.ngettext("{count} fact", "{count} facts", n) for n in (0, 1, 2)] == [
        "{count} facts",
        "{count} fact",
        "{count} facts",
    ]


def test_french_comes_from_the_po_with_french_typography(french_po):
    i18n.set_language("fr")
    assert i18n.language() == "fr"
    assert i18n._("The name is: {name}") == "Le nom de l’objet\u202f: {name}"
    assert [i18n.ngettext("{count} fact", "{count} facts", n) for n in (0, 1, 2)] == [
        "{count} fait",
        "{count} fait",
        "{count} faits",
    ]


def test_a_language_that_does_not_ship_is_english():
    i18n.set_language("tlh")
    assert i18n.language() == "en"


def test_the_compiled_catalogue_is_kept_and_follows_the_po(french_po, monkeypatch):
    i18n.set_language("fr")
    kept = list((i18n.cache_folder() / "locale").glob("fr-*.mo"))
    assert len(kept) == 1

    def compiled_again(source, code):
        raise AssertionError("compiled although nothing changed")

    with monkeypatch.context() as patch:
        patch.setattr(i18n, "compile_catalogue", compiled_again)
        i18n.set_language("fr")
    french_po.write_bytes(PO.replace(b"Le nom de l'objet", b"Nom"))
    i18n.set_language("fr")
    assert i18n._("The name is: {name}") == "Nom\u202f: {name}"
    assert list((i18n.cache_folder() / "locale").glob("fr-*.mo")) != kept


def test_a_cache_that_cannot_be_written_still_gives_french(french_po, tmp_path, monkeypatch):
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    monkeypatch.setenv("CHIPSCAPE_HOME", str(blocker))
    i18n.set_language("fr")
    assert i18n.ngettext("{count} fact", "{count} facts", 2) == "{count} faits"


def test_english_needs_no_babel():
    import subprocess

    code = (
        "import sys; from chipscape_desktop import i18n; i18n.set_language('en'); i18n.number(1.5);"
        "print('babel' in sys.modules, 'PySide6' in sys.modules, 'numpy' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False", "False"]


@pytest.mark.parametrize(
    ("wanted", "system", "chosen"),
    [
        ("fr", "en_GB", "fr"),
        (None, "fr_CA.UTF-8", "fr"),
        ("", "fr-FR", "fr"),
        (None, "de_DE", "en"),
        ("de", "fr_FR", "fr"),
        (None, "C", "en"),
    ],
)
def test_the_language_is_the_settings_else_the_systems_else_english(wanted, system, chosen):
    assert i18n.choose_language(wanted, system) == chosen


def test_the_environment_names_the_systems_language(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_BE.UTF-8")
    assert i18n.choose_language() == "fr"


def as_we_write(babel_number):
    """Return Babel's number with a true minus sign, and none before a zero."""
    return babel_number.replace("-", "\u2212" if re.search("[1-9]", babel_number) else "")


@pytest.mark.parametrize("lang", LANGUAGES)
@given(value=st.decimals(min_value=-(10**15), max_value=10**15, places=4), digits=st.integers(0, 4))
def test_numbers_with_fixed_digits_agree_with_babel(lang, value, digits):
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    expected = as_we_write(format_decimal(value, pattern, locale=ORACLE[lang]))
    assert locale_format.number(value, digits, lang=lang) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
@given(value=st.one_of(st.integers(-(10**12), 10**12), st.floats(-(10**9), 10**9).map(lambda x: round(x, 5))))
def test_numbers_as_they_are_agree_with_babel(lang, value):
    expected = format_decimal(Decimal(str(value)), locale=ORACLE[lang], decimal_quantization=False)
    assert locale_format.number(value, lang=lang) == as_we_write(expected)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("value", [0, 0.42, 1, 12.345, -0.1])
def test_percentages_agree_with_babel(lang, value):
    expected = format_percent(value, locale=ORACLE[lang])
    assert locale_format.percent(value, lang=lang) == expected.replace("-", "\u2212").replace("\u00a0", "\u202f")


@pytest.mark.parametrize("lang", LANGUAGES)
@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_days_agree_with_babel(lang, day):
    expected = babel_date(day, "d MMMM y", locale=ORACLE[lang])
    if lang == "fr" and day.day == 1:
        expected = "1er" + expected[1:]
    assert locale_format.format_date(day, lang=lang) == expected
    assert locale_format.format_date(day.isoformat(), lang=lang) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_month_names_agree_with_babel(lang):
    for month in range(1, 13):
        day = date(2025, month, 1)
        assert locale_format.month_name(month, lang=lang) == babel_date(day, "MMMM", locale=lang)
        assert locale_format.month_name(month, "short", lang=lang) == babel_date(day, "MMM", locale=lang)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2025", "2025", "2025"),
        ("2025-06", "June 2025", "juin 2025"),
        ("2025-06-30", "30 June 2025", "30 juin 2025"),
        ("2025-06-XX", "June 2025", "juin 2025"),
        ("2025~", "about 2025", "vers 2025"),
        ("2025-06-30~", "about 30 June 2025", "vers le 30 juin 2025"),
        ("2025-06?", "June 2025 (uncertain)", "juin 2025 (incertain)"),
        ("2025%", "about 2025 (uncertain)", "vers 2025 (incertain)"),
        ("202X", "2020s", "années 2020"),
        ("2025-22", "summer 2025", "été 2025"),
        ("2026-37", "early 2026", "début 2026"),
        ("2025-06/2025-09", "June 2025 – September 2025", "juin 2025 – septembre 2025"),
        ("2025-06-30/..", "since 30 June 2025", "depuis le 30 juin 2025"),
        ("2025/..", "since 2025", "depuis 2025"),
        ("../2025-06", "until June 2025", "jusqu’en juin 2025"),
        ("../2025-06-01", "until 1 June 2025", "jusqu’au 1er juin 2025"),
        ("2025/", "2025 – unknown", "2025 – inconnue"),
        ("soon", "soon", "soon"),
        ("2025-50", "2025-50", "2025-50"),
    ],
)
def test_partial_dates_in_words(text, english, french):
    assert locale_format.format_date(text, lang="en") == english
    assert locale_format.format_date(text, lang="fr") == french


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("code", ["2020-34", "2021-22", "2025-41", "2024-33~", "2020-33/2021-36", "2025", "2025-06-30"])
def test_a_date_to_be_typed_means_the_same_again_and_shows_no_code(lang, code):
    i18n.set_language(lang)
    shown = i18n.date_to_type(code)
    assert str(understand(shown, lang)) == code
    assert re.search(r"\d{4}-[234]\d", shown) is None


def test_short_dates():
    assert locale_format.format_date("2025-07-14", "short", lang="en") == "14 Jul 2025"
    assert locale_format.format_date("2025-07-14", "short", lang="fr") == "14 juil. 2025"


@pytest.mark.parametrize(
    ("lang", "plain", "set_text"),
    [
        ("fr", "L'Europe : « oui » ?", "L’Europe\u202f: «\u202foui\u202f»\u202f?"),
        ("fr", "https://a.fr/x?y=1 et 12:30", "https://a.fr/x?y=1 et 12:30"),
        ("fr", "Quoi ! 12 % ; fin", "Quoi\u202f! 12\u202f% ; fin".replace(" ;", "\u202f;")),
        ("en", "Nvidia's chip: the suppliers' own", "Nvidia’s chip: the suppliers’ own"),
        ("en", "it says 'open' weights", "it says ‘open’ weights"),
        ("en", "Really ?", "Really ?"),
    ],
)
def test_typography_of_the_language(lang, plain, set_text):
    assert locale_format.typeset(plain, lang) == set_text


def test_numbers_that_are_no_numbers():
    assert locale_format.number(float("nan"), lang="en") == "–"
    assert locale_format.number(float("-inf"), lang="en") == "\u2212∞"


def test_a_word_of_several_senses_is_said_in_each():
    for text in ("events", "rules", "labels"):
        assert i18n.pgettext(text, "None") == i18n._(P_(text, "None")) == "None"
    i18n.set_language("fr")
    assert i18n.pgettext("events", "None") == "Aucun"
    assert i18n.pgettext("rules", "None") == "Aucune"
    assert i18n._(P_("drawing", "Form")) == "Forme"
    assert i18n._("Form") == "Format"
    assert i18n.pgettext("no such sense", "None") == "None"


def test_french_typography_leaves_english_names_as_they_are(starter):
    with closing(sqlite3.connect(starter)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM record")]
    changed = {name for name in names if i18n.typeset(name, "fr") != i18n.typeset(name, "en")}
    assert len(names) > 1000
    assert changed == {
        "Huawei quitte le marché domestique : ces puces IA vont faire la concurrence à Nvidia",
        "Note d'analyse : Huawei ouvre ses modèles Pangu",
    }
