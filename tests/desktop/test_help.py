"""The help says what the program is: its pages, links, keys, commands and the names that it quotes are all there."""

import re
import shlex
from pathlib import Path

import pytest

from chipscape_db.spoken_date import understand
from chipscape_desktop import catalogue, cli
from chipscape_desktop.actions import ACTIONS
from chipscape_desktop.i18n import languages
from chipscape_desktop.shell.help_window import PAGES
from chipscape_resources import resource

NAMES = [name for name, _title in PAGES]
LANGUAGES = sorted(languages())
ON_SCREENS = {
    "timeline": {
        "S",
        "Ctrl+↑ ↓",
        "Alt+↑ ↓",
        "Ctrl+T",
        "Esc",
        "F",
        "L",
        "E",
        "F3",
        "Ctrl+F",
        "Ctrl+D",
        "Ctrl+← →",
        "Ctrl+Shift+← →",
        "Ctrl+Alt+← →",
        "Shift+Backspace",
        "Shift+F10",
        "Del",
        "F2",
    },
    "performance": {"Ctrl+T", "Ctrl+C", "Esc"},
    "chips": {"Ctrl+T"},
    "charts": {"Ctrl+T"},
    "ecosystem": {
        "F",
        "P",
        "Shift + P",
        "G",
        "Shift + G",
        "W",
        "Shift + W",
        "D",
        "Ctrl+Shift+F",
        "E",
        "R",
        "L",
        "Esc",
        "Q",
        "X",
        "T",
        "N",
        "M",
        "F2",
        "Del",
        "Ctrl+A",
        "Ctrl+← →",
        "Ctrl+Shift+← →",
        "Ctrl+Shift+H",
        "Ctrl+Shift+D",
    },
    "review": {"Ctrl+M", "Del", "Esc"},
    "facts": {
        "Ctrl+F",
        "Ctrl+I",
        "Ctrl+S",
        "Ctrl+C",
        "F3",
        "Del",
        "Esc",
        "Alt+1",
        "Alt+2",
        "Ctrl+Enter",
        "Shift+F3",
        "Ctrl+Shift+F",
        "Ctrl+Shift+V",
        "Ctrl+Shift+←",
        "Ctrl+V",
        "Alt+Enter",
    },
}
"""Keys that one screen takes itself; the screens' own tests press them."""
ON_FIGURES = {"←", "→", "↑", "↓", "+", "−", "0", "Home", "PgUp", "PgDn", "Shift", "arrow keys", "Enter"}
FRENCH_KEYS = {
    "Maj": "Shift", "Entrée": "Enter", "Début": "Home", "Page préc.": "PgUp", "Page suiv.": "PgDn",
    "flèches": "arrow keys", "Gauche": "Left", "Droite": "Right",
    "Échap": "Esc", "Suppr": "Del", "Retour arrière": "Backspace",
}  # fmt: skip
KEY = re.compile(
    r"\*\*((?:(?:Ctrl|Alt|Shift|Maj) ?\+ ?)+[^*]+|F\d+|[←→↑↓+−0 ]+|[A-Z]|Esc|Échap|Del|Suppr|Home|Début"
    r"|Pg\w+|Page \w+\.|Enter|Entrée)\*\*"
)
LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")
QUOTED = re.compile(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")
pages = pytest.mark.parametrize(("language", "page"), [(code, name) for code in LANGUAGES for name in NAMES])


def text(language: str, page: str) -> str:
    return resource("help", language, f"{page}.md").read_text(encoding="utf-8")


def keys(language: str, page: str) -> list[str]:
    """Return the keys that a page names, in English."""
    found = []
    for key in KEY.findall(text(language, page)):
        for french, english in FRENCH_KEYS.items():
            key = key.replace(french, english)
        found.append(key)
    return found


def commands(language: str) -> list[list[str]]:
    """Return the examples of the command line, as words."""
    lines = text(language, "files").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("chipscape-cli ")]


def quoted(language: str, page: str) -> set[str]:
    return {" ".join(words.split()) for words in QUOTED.findall(text(language, page))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_these_pages_and_no_others(language):
    there = {path.stem for path in Path(resource("help", language)).iterdir()}
    assert there == set(NAMES)


@pages
def test_a_page_has_one_title_and_plain_signs(language, page):
    written = text(language, page)
    assert written.startswith("# ")
    assert sum(line.startswith("# ") for line in written.splitlines()) == 1
    # The display sets apostrophes and French spaces; in the file they are plain.
    assert not re.search("[’\u00a0\u202f]", written)


@pages
def test_links_lead_to_pages(language, page):
    targets = LINK.findall(text(language, page))
    assert targets
    assert {target.removesuffix(".md") for target in targets} <= set(NAMES)


@pages
def test_every_key_does_something(language, page):
    shortcuts = {action.shortcut for action in ACTIONS if action.shortcut}
    for key in keys(language, page):
        parts = key.replace(" + ", " ").split(" ") if key != "Shift + arrow keys" else ["Shift", "arrow keys"]
        assert key in shortcuts | ON_SCREENS.get(page, set()) or set(parts) <= ON_FIGURES, key


@pytest.mark.parametrize("page", NAMES)
def test_both_languages_name_the_same_keys_and_links(page):
    assert sorted(keys("en", page)) == sorted(keys("fr", page))
    assert sorted(LINK.findall(text("en", page))) == sorted(LINK.findall(text("fr", page)))


def test_the_screens_have_a_page_each():
    found = [key for name in ("timeline", "performance", "ecosystem", "facts") for key in keys("en", name)]
    assert {"Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"} <= set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_commands(language):
    parser = cli._parser()
    shown = {parser.parse_args(words).run.__name__ for words in commands(language)}
    assert shown >= {
        "new",
        "info",
        "check",
        "search",
        "claims",
        "history",
        "undo",
        "revert",
        "classify",
        "dump",
        "load",
        "export",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_options_that_are_named_are_options_of_export(language):
    named = [words for words in re.findall("`(--[^`]+)`", text(language, "files")) if words != "--json"]
    assert len(named) >= 6
    for words in named:
        cli._parser().parse_args(["export", "a.chipscape", "timeline", "a.png", *words.split()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dates_that_fields_understand_are_understood(language):
    sentence = next(part for part in text(language, "facts").split("\n\n") if "*2025-06-30*" in part)
    dates = QUOTED.findall(sentence)
    assert len(dates) >= 6
    for date in dates:
        understand(date, language)


def test_names_on_the_screen_are_quoted_as_the_screen_has_them():
    shipped = catalogue.read("fr")
    plain: dict[str, set[str]] = {}  # a word of several senses has several translations
    for message in shipped:
        if isinstance(message.id, str) and message.id:
            text = str(message.string).replace("&", "").rstrip(".").casefold()
            plain.setdefault(message.id.replace("&", "").rstrip("."), set()).add(text)
    found = 0
    for page in NAMES:
        french = {name.casefold() for name in quoted("fr", page)}
        for name in quoted("en", page):
            if name in plain:
                found += 1
                assert plain[name] & french, (page, name, plain[name])
    assert found >= 15
