"""What a figure shows and how that differs: by record, whatever the order, with sources by name."""

from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.shown import Difference, ShownMark, differences, shown_of
from chipscape_desktop.figures.spec import Caption, SourceNote


def mark(record: str, **cells: str) -> ShownMark:
    return ShownMark(cells.get("Name", record), tuple(cells.items()), Ref("record", (record,), record))


def test_marks_appear_change_and_go() -> None:
    before = (mark("a", Name="A", Value="1"), mark("b", Name="B", Value="2"), mark("c", Name="C", Value="3"))
    after = (mark("c", Name="C", Value="3"), mark("b", Name="B", Value="5"), mark("d", Name="D", Value="4"))
    assert differences(before, after) == (
        Difference("changed", "B", (("Value", "2", "5"),), before[1].ref),
        Difference("appeared", "D", (("Name", "", "D"), ("Value", "", "4")), after[2].ref),
        Difference("went", "A", (("Name", "A", ""), ("Value", "1", "")), before[0].ref),
    )


def test_rows_of_one_record_are_told_apart_by_what_stays() -> None:
    before = (mark("a", Metric="memory", Value="1"), mark("a", Metric="power", Value="2"))
    after = (mark("a", Metric="power", Value="9"), mark("a", Metric="memory", Value="1"))
    found = differences(before, after)
    assert [(one.fate, one.fields) for one in found] == [("changed", (("Value", "2", "9"),))]


def test_sources_are_compared_by_name_not_by_number() -> None:
    table = Table(("Name", "Sources"), (("A", "2, 1"),), ((None, None),), (Ref("record", ("a",), "A"),))
    one = Caption("t", "", sources=(SourceNote(1, "s1", "First"), SourceNote(2, "s2", "Second")))
    other = Caption("t", "", sources=(SourceNote(2, "s1", "First"), SourceNote(1, "s2", "Second")))
    marks = shown_of(table, one, ()).marks
    assert dict(marks[0].cells)["Sources"] == "First; Second"
    assert differences(marks, shown_of(table, other, ()).marks) == ()


def test_a_figure_without_a_table_is_told_by_its_marks() -> None:
    refs = (Ref("record", ("a", "claim"), "A: 5"), Ref("record", ("a", "more"), "A: 5"), Ref("band", ("x",), "era"))
    shown = shown_of(None, Caption("t", ""), refs)
    assert [one.name for one in shown.marks] == ["A"]
    assert shown.behind["a"] == {"claim", "more"}


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.sampled_from("12")), max_size=6), st.randoms()
)
def test_the_same_marks_in_any_order_do_not_differ(rows: list[tuple[str, str, str]], random: object) -> None:
    marks = [mark(record, Kind=kind, Value=value) for record, kind, value in rows]
    again = [mark(record, Kind=kind, Value=value) for record, kind, value in rows]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert differences(marks, again) == ()
