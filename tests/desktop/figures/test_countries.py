"""Tables of figures name countries in words, in the language in force; codes are for machines."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from chipscape_desktop import i18n

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]

NAMED = (
    "performance-over-time", "ranking", "efficiency", "output", "models-over-time", "domestic-share", "export-control",
)  # fmt: skip


@pytest.fixture
def french() -> Any:
    i18n.set_language("fr")
    yield
    i18n.set_language("en")


@pytest.mark.parametrize("name", NAMED)
def test_tables_name_countries_in_english(built: Built, dumped: Dumped, name: str) -> None:
    rows = dumped(name, built(name))
    told = {text for row in rows for head, text in row.items() if head.startswith("Country")}
    assert "China" in told
    assert not any(re.fullmatch("[A-Z]{2}", text) for text in told)


@pytest.mark.parametrize("name", NAMED)
def test_tables_name_countries_in_french(built: Built, dumped: Dumped, name: str, french: None) -> None:
    rows = dumped(name, built(name))
    told = {text for row in rows for head, text in row.items() if head.startswith("Pays")}
    assert "Chine" in told
    assert not any(re.fullmatch("[A-Z]{2}", text) for text in told)
