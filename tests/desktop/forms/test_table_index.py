from dataclasses import replace
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
    assert index.order() == order
    told = [row for row in reversed(order) if cells[row]]
    assert index.order(((0, True),)) == told + [row for row in order if not cells[row]]


def test_words_are_found_whatever_their_case_and_accents_in_any_column():
    index = TableIndex(table(name=("text", ["Énergie", "Chip"]), kind=("word", ["lab", "company"])))
    assert index.order(words="ener LABORA") == [0]
    assert index.order(words="company") == [1]
    assert index.order(words="nothing") == []


def test_words_of_the_lists_are_sorted_as_shown():
    i18n.set_language("fr")
    try:
        assert TableIndex(table(name=("word", ["government", "company"]))).order() == [1, 0]
    finally:
        i18n.set_language("en")


def test_a_hundred_thousand_rows_are_narrowed_while_one_types():
    names = [f"Chip {number:06}" for number in range(100_000)]
    index = TableIndex(table(name=("text", names), kind=("word", ["lab", "company"] * 50_000)))
    index.order(words="first use builds the index")
    start = perf_counter()
    assert index.order(words="0999 company")
    assert perf_counter() - start < 0.2


def test_several_columns_sort_one_after_the_other():
    index = TableIndex(table(name=("text", ["b", "a", "c", "a"]), size=("number", ["1", "2", "1", "10"])))
    assert index.order(((1, False), (0, True))) == [2, 0, 1, 3]
    assert index.order(((0, False), (1, True))) == [3, 1, 0, 2]


@pytest.mark.parametrize(
    ("form", "cells", "typed", "rows"),
    [
        ("text", ["Ascend 910B", "A100", ""], "ascend b", [0]),
        ("text", ["A100", "A100 80GB", ""], "=a100", [0]),
        ("text", ["A100", "B200", ""], "!a", [2, 1]),
        ("text", ["A100", "", "B"], "-", [1]),
        ("text", ["A100", "", "B"], "*", [0, 2]),
        ("word", ["lab", "company", ""], "labor", [0]),
        ("number", ["5", "12", "", "text"], ">5", [1]),
        ("number", ["5", "12", ""], "<=5", [0]),
        ("number", ["5", "12", "30"], "6..20", [1]),
        ("number", ["5", "12", "30"], "12", [1]),
    ],
)
def test_a_column_is_narrowed_by_what_is_typed_over_it(form, cells, typed, rows):
    assert sorted(TableIndex(table(name=(form, cells))).order(filters={0: typed})) == sorted(rows)


def test_dates_are_narrowed_by_their_days():
    made = table(name=("date", ["2023", "2024-06", "2025"]))
    days = {"name": (19358, 19875, 20089)}
    index = TableIndex(replace(made, days=days))
    assert index.order(filters={0: ">=2024"}) == [1, 2]
    assert index.order(filters={0: "2023..June 2024"}) == [0, 1]
    assert index.order(filters={0: "<2024"}) == [0]
