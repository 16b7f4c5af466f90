from time import perf_counter

import pytest

from chipscape_db.queries.tables import FactTable, TableColumn
from chipscape_desktop import i18n
from chipscape_desktop.forms.table_index import TableIndex


def table(**columns):
    made = tuple(TableColumn(name, form) for name, (form, _cells) in columns.items())
    cells = tuple(tuple(cells) for _form, cells in columns.values())
    ids = tuple(map(str, range(len(cells[0]))))
    days = {
        name: tuple(int(text[:4]) if text else None for text in cells)
        for name, (form, cells) in columns.items()
        if form == "date"
    }
    return FactTable("chip", made, ids, ids, cells, days, frozenset(), len(ids))


@pytest.mark.parametrize(
    ("form", "cells", "order"),
    [
        ("text", ["b", "A", "é", "", "f"], [1, 0, 2, 4, 3]),
        ("text", ["A100", "A40", "a5"], [2, 1, 0]),
        ("number", ["10", "9", "", "1e3"], [1, 0, 3, 2]),
        ("date", ["2024-06", "2023", "", "2025~"], [1, 0, 3, 2]),
        ("word", ["lab", "company", "foundry"], [1, 2, 0]),
    ],
)
def test_each_column_is_sorted_as_people_sort(form, cells, order):
    index = TableIndex(table(name=(form, cells)))
    assert index.order(0) == order
    told = [row for row in reversed(order) if cells[row]]
    assert index.order(0, descending=True) == told + [row for row in order if not cells[row]]


def test_words_are_found_whatever_their_case_and_accents_in_any_column():
    index = TableIndex(table(name=("text", ["Énergie", "Chip"]), kind=("word", ["lab", "company"])))
    assert index.order(0, words="ener LABORA") == [0]
    assert index.order(0, words="company") == [1]
    assert index.order(0, words="nothing") == []


def test_words_of_the_lists_are_sorted_as_shown():
    i18n.set_language("fr")
    try:
        assert TableIndex(table(name=("word", ["government", "company"]))).order(0) == [1, 0]
    finally:
        i18n.set_language("en")


def test_a_hundred_thousand_rows_are_narrowed_while_one_types():
    names = [f"Chip {number:06}" for number in range(100_000)]
    index = TableIndex(table(name=("text", names), kind=("word", ["lab", "company"] * 50_000)))
    index.order(0, words="first use builds the index")
    start = perf_counter()
    assert index.order(0, words="0999 company")
    assert perf_counter() - start < 0.2
