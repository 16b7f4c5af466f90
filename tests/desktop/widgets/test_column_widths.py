"""The columns of a table share the room that there is."""

from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.widgets.column_widths import LEAST, fitted

naturals = st.lists(st.integers(20, 900), min_size=1, max_size=12)


@given(naturals, st.integers(0, 4000))
def test_columns_fill_the_room_where_they_can_and_none_grows_to_cut_another(natural: list[int], room: int) -> None:
    widths = fitted(natural, room)
    if sum(natural) <= room:
        assert sum(widths) == room
        assert all(width >= wanted for width, wanted in zip(widths, natural, strict=True))
    else:
        assert all(min(wanted, LEAST) <= width <= wanted for width, wanted in zip(widths, natural, strict=True))
        assert sum(widths) <= max(room, sum(min(wanted, LEAST) for wanted in natural))


@given(naturals, st.integers(0, 4000))
def test_a_column_that_is_cut_is_as_wide_as_every_other_that_is(natural: list[int], room: int) -> None:
    widths = fitted(natural, room)
    cut = {width for width, wanted in zip(widths, natural, strict=True) if width < wanted}
    assert len(cut) <= 1
    assert not cut or max(widths) == cut.pop()


def test_the_longest_text_gives_way() -> None:
    assert fitted([135, 600, 110, 230, 90], 930) == [135, 365, 110, 230, 90]
    assert fitted([135, 600, 110, 230, 90], 700) == [135, 320, 110, 230, 90]
    assert fitted([135, 600, 110], 1000) == [135, 755, 110]
    assert fitted([], 500) == []
