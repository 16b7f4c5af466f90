"""Tables from anywhere are read; hostile and broken ones are refused in one clear sentence."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from chipscape_db.errors import FileFault
from chipscape_db.transfer.tables.delimited import read_delimited
from chipscape_db.transfer.tables.raw import Grid, letters_of, table_of
from chipscape_db.transfer.tables.reading import read_table


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_guessed(put, separator: str, encoding: str) -> None:
    rows = [["Name", "Mémoire (Go)", "Prix"], ["Puce É", "80", "12,5"], ["Autre", "", "3"], ["Dernière", "7", "4"]]
    path = put("t.csv", "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows), encoding)
    table = read_table(path)
    assert table.header == ("Name", "Mémoire (Go)", "Prix")
    assert table.rows[0] == ("Puce É", "80", "12,5")
    assert table.separator == separator


def test_chinese_from_an_old_program_is_read(put) -> None:
    text = "名称,制造商,备注\n昇腾910B,华为,这是一个人工智能加速器的说明文字\n昆仑芯,百度,另一个国产芯片的说明文字\n"
    table = read_table(put("t.csv", text, "gb18030"))
    assert table.rows[0][:2] == ("昇腾910B", "华为")


def test_titles_before_the_header_are_passed_over_and_rows_keep_their_numbers(put) -> None:
    table = read_table(put("t.csv", "Accelerators of 2025,,\n,,\nName,TDP (W),Note\nA,300,\n,,\nB,400,x\n"))
    assert table.header == ("Name", "TDP (W)", "Note")
    assert table.lines == (4, 6)


def test_columns_without_a_name_and_with_the_same_one_are_told_apart(put) -> None:
    table = read_table(put("t.csv", "Name,Link,,Link\nA,x,y,z\nB,x,y,z\n"))
    assert table.header == ("Name", "Link", "C", "Link (2)")


def test_a_workbook_gives_its_stored_values(tmp_path) -> None:
    book = Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Chips")
    sheet.append(["Name", "Released", "Bandwidth", "Power", "Sum", "Seen"])
    sheet.append(["A", date(2025, 6, 30), 2.039e12, 300.0, "=D2*2", datetime(2025, 1, 2, 3, 4)])
    book.save(tmp_path / "t.xlsx")
    table = read_table(tmp_path / "t.xlsx")
    assert (table.sheet, table.sheets) == ("Chips", ("Cover", "Chips"))
    assert table.rows[0] == ("A", "2025-06-30", "2039000000000", "300", "", "2025-01-02 03:04:00")
    assert table.unread == {(0, 4)}
    with pytest.raises(FileFault, match="has no sheet 'Nope'; it has Cover, Chips"):
        read_table(tmp_path / "t.xlsx", sheet="Nope")


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _workbook() -> bytes:
    out = io.BytesIO()
    book = Workbook()
    for number in range(40):
        book.active.append(["a", "b", number])
    book.save(out)
    return out.getvalue()


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><workbook>&c;</workbook>'
)
HOSTILE = {
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\n \n", "is empty"),
    "binary.csv": (b"\x7fELF\x00\x00\x00\x01" * 50, "not a text file"),
    "huge-cell.csv": (b'name,note\n"' + b"x" * 150_000 + b'"\n', "more than 100000 characters"),
    "quotes.csv": (b'name,note\n"' + b"x,\n" * 60_000, "quotes"),
    "bomb.xlsx": (_zip({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(60_000_000)}), "unpack to 60 MB"),
    "truncated.xlsx": (_workbook()[:3000], "cut off or damaged"),
    "entities.xlsx": (_zip({"xl/workbook.xml": ENTITIES, "[Content_Types].xml": ENTITIES}), "cut off or damaged"),
    "holes.xlsx": (_zip({"xl/workbook.xml": b"<workbook/>"}), "cut off or damaged"),
    "other.xlsx": (_zip({"word/document.xml": b"<a/>"}), "not an XLSX workbook"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old or protected"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(put, name: str) -> None:
    content, told = HOSTILE[name]
    with pytest.raises(FileFault) as caught:
        read_table(put(name, content))
    assert told in str(caught.value)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(FileFault, match="There is no file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(FileFault, match="is a folder"):
        read_table(tmp_path)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_grid_gives_a_table_or_a_sentence(rows: list[list[str]]) -> None:
    try:
        table = table_of(Grid(rows), file="t.csv")
    except FileFault:
        return
    assert all(len(row) == len(table.header) for row in table.rows)
    assert len(set(table.header)) == len(table.header)
    assert len(table.rows) == len(table.lines)


@given(st.binary(max_size=200))
def test_any_bytes_give_cells_or_a_sentence(tmp_path_factory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    with suppress(FileFault):
        grid, _, separator = read_delimited(path)
        assert all(isinstance(cell, str) for row in grid.rows for cell in row)
        assert separator in ",;\t|"


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_spreadsheets(column: int, letters: str) -> None:
    assert letters_of(column) == letters
