"""What columns mean is suggested from their names, units and values, and kept in a small text file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.errors import FactsError
from chipscape_db.metrics import METRICS
from chipscape_db.transfer.tables.cells import date_in, decimal_sign, links_of, value_in
from chipscape_db.transfer.tables.mapping import Column, Mapping, from_toml, to_toml
from chipscape_db.transfer.tables.raw import Grid, table_of
from chipscape_db.transfer.tables.suggestion import suggest_mapping


def suggested(header: list[str], *rows: list[str], kind: str = "") -> Mapping:
    return suggest_mapping(table_of(Grid([header, *rows]), file="table.csv", header_row=1), kind=kind)


def test_the_table_of_accelerators_is_understood(hardware) -> None:
    mapping = suggested(list(hardware.HEADER), *hardware.rows())
    roles = {column.name: column for column in mapping.columns}
    assert mapping.kind == "chip"
    assert roles["Hardware name"].role == "name"
    assert roles["Manufacturer"].field == "designer_id"
    assert roles["Foundry"].field == "foundry_id"
    assert roles["Release date"].field == "released_on"
    claims = {column.metric: column.unit for column in mapping.of("claim")}
    assert claims == {
        "price": "USD", "compute.fp32": "FLOP/s", "compute.fp16": "FLOP/s", "compute.int8": "OP/s",
        "memory.capacity": "Byte", "memory.bandwidth": "byte/s", "memory.type": "", "die.area": "mm^2",
        "process.node": "nm", "die.transistors": "millions", "power.tdp": "W",
    }  # fmt: skip
    assert roles["Tensor-FP16/BF16 performance (FLOP/s)"].engine == "matrix"
    assert roles["Release price (USD)"].source == "Source for the price"
    assert [column.name for column in mapping.of("source")] == ["Link to datasheet", "Source for the price"]
    assert [column.name for column in mapping.of("note")] == ["Notes"]
    assert roles["Energy efficiency (FLOP/s/W)"].role == "skip"


def test_a_french_table_is_understood() -> None:
    mapping = suggested(
        ["Nom", "Fabricant", "Mémoire (Go)", "Puissance (W)", "Sortie"],
        ["Puce A", "Nvidia", "80,5", "300", "25/03/2024"],
        ["Puce B", "AMD", "64,25", "400,5", "02/04/2024"],
    )
    roles = {column.name: column for column in mapping.columns}
    assert (mapping.decimal, mapping.date_order) == (",", "dmy")
    assert roles["Mémoire (Go)"].metric == "memory.capacity"
    assert roles["Puissance (W)"].metric == "power.tdp"
    assert roles["Sortie"].field == "released_on"


@pytest.mark.parametrize(
    ("text", "metric", "unit", "decimal", "value"),
    [
        ("3.35E+12", "memory.bandwidth", "byte/s", ".", "3350"),
        ("80000000000", "memory.capacity", "Byte", ".", "80"),
        ("989500000000000", "compute.fp16", "FLOP/s", ".", "989.5"),
        ("54200", "die.transistors", "millions", ".", "54.2"),
        ("1,555", "memory.bandwidth", "GB/s", ".", "1555"),
        ("1.555,5", "memory.bandwidth", "GB/s", ",", "1555.5"),
        ("1 555,5", "memory.bandwidth", "GB/s", ",", "1555.5"),
        ("3.35E+12", "memory.bandwidth", "byte/s", ",", "3350"),
        ("80 GB", "memory.capacity", "Byte", ".", "80"),
        ("$12,500", "price", "USD", ".", "12500"),
        ("1.2 To/s", "memory.bandwidth", "GB/s", ".", "1200"),
        ("HBM2e  ", "memory.type", "", ".", "HBM2e"),
    ],
)
def test_values_come_in_our_units(text: str, metric: str, unit: str, decimal: str, value: str) -> None:
    assert value_in(text, METRICS[metric], unit=unit, decimal=decimal) == value


@pytest.mark.parametrize("text", ["=1+1", "fast", "80/40 GB", "300-350", "1,23,4", "12 %"])
def test_what_is_no_value_is_refused_in_words(text: str) -> None:
    with pytest.raises(FactsError):
        value_in(text, METRICS["memory.capacity"], unit="GB", decimal=".")


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [("2020-05-14 00:00:00", "", "2020-05-14"), ("5/14/2020", "mdy", "2020-05-14"), ("14/5/2020", "dmy", "2020-05-14"),
     ("May 2020", "", "2020-05"), ("2020", "", "2020"), ("Q2 2020", "", "2020-34")],
)  # fmt: skip
def test_dates_are_read(text: str, order: str, date: str) -> None:
    assert date_in(text, order) == date


def test_links_are_found_in_any_cell() -> None:
    cell = "see https://a.org/x?y=1), and\n(https://b.org/w_(z)). https://a.org/x?y=1 http://"
    assert links_of(cell) == ["https://a.org/x?y=1", "https://b.org/w_(z)"]


def test_the_decimal_sign_is_that_of_most() -> None:
    assert decimal_sign(["1,5", "2,25", "3.5"]) == ","
    assert decimal_sign(["1,555", "2,039"]) == "."


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(TEXT, TEXT, TEXT, st.sampled_from([".", ","]), st.integers(0, 9))
def test_a_mapping_comes_back_from_its_file(name: str, title: str, other: str, decimal: str, row: int) -> None:
    mapping = Mapping(
        "chip",
        (Column(name, "name"), Column(other, "claim", metric="power.tdp", unit=title, condition=other)),
        title=title,
        decimal=decimal,
        header_row=row,
        matches=((name, "new"), (other, title)),
    )
    assert from_toml(to_toml(mapping), file="m") == mapping


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format = ", "is no mapping"),
        ("format = 9", "of this version"),
        ('format = 1\nkind = "ship"', "not one of"),
        ('format = 1\nkind = "chip"\n[[column]]\nrole = "name"', "without its name"),
        ('format = 1\nkind = "chip"\n[[column]]\nname = "a"\nrole = "nick"', "not one of"),
        ('format = 1\nkind = "chip"\n[[column]]\nname = "a"\nrole = "claim"\nmetric = "model.context"', "not one of"),
        ('format = 1\nkind = "chip"\n[[column]]\nname = "a"\ncolour = "red"', "'colour' is not known"),
        ('format = 1\nkind = "chip"\n[[column]]\nname = "a"', "Say which one column holds the names"),
        ('format = 1\nkind = "chip"\ntitle = 3', "text in quotes"),
        ('format = 1\nkind = "chip"\ncolumn = "a"', "write each column as"),
    ],
)
def test_a_wrong_mapping_is_told_in_words(text: str, told: str) -> None:
    with pytest.raises(FactsError, match=told):
        from_toml(text, file="m.toml")
