"""Figures of the starter facts by name, and their data as a reader of the exported CSV has it."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.filters import Filters
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.table_csv import render_csv
from chipscape_desktop.figures.catalog import Request, figure, table_of
from chipscape_desktop.i18n import language

Built = Callable[..., Any]
Dumped = Callable[[str, Any], list[dict[str, str]]]


@pytest.fixture(scope="session")
def _engine(starter: Path) -> Iterator[Engine]:
    base = open_base(starter, write=False)
    yield base.engine
    base.close()


@pytest.fixture(scope="session")
def built(_engine: Engine) -> Built:
    """A function from a figure's name, the as-of date and its options to its spec."""

    @cache
    def rows(name: str, filters: Filters, options: frozenset[tuple[str, str]], lang: str) -> Any:
        with Session(_engine) as session:
            return figure(name).read(session, Request(filters, lang, dict(options)))

    def build(name: str, as_of: str = "2026-06-30", **options: str) -> Any:
        filters = Filters(as_of=date.fromisoformat(as_of) if as_of else None)
        read = rows(name, filters, frozenset(options.items()), language())
        return figure(name).build(read, Request(filters, language(), options))

    return build


@pytest.fixture(scope="session")
def dumped() -> Dumped:
    """A function from a figure's name and spec to the rows of the CSV file that is exported, by their heads."""

    def dump(name: str, spec: Any) -> list[dict[str, str]]:
        table = table_of(figure(name), spec)
        assert table is not None
        capsule = Capsule(name, (), "base", "", "", "0", ())
        text = render_csv(table, spec.caption, capsule).decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text)))
        end = lines.index([])
        return [dict(zip(lines[0], line, strict=True)) for line in lines[1:end]]

    return dump
