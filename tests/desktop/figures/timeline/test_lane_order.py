"""Moving lanes: where a lane goes among those shown, with hidden ones in between."""

from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.timeline.lanes import ordered


def test_a_lane_goes_before_the_one_at_its_place_and_hidden_lanes_stay_where_they_stood():
    known = ("a", "hidden", "b", "c", "d")
    shown = ("a", "b", "c", "d")
    assert ordered(known, shown, "d", place=0) == ("d", "a", "hidden", "b", "c")
    assert ordered(known, shown, "a", place=1) == ("hidden", "b", "a", "c", "d")
    assert ordered(known, shown, "a", place=3) == ("hidden", "b", "c", "d", "a")
    assert ordered(known, shown, "b", place=9) == ("a", "hidden", "c", "d", "b")
    assert ordered(("only",), ("only",), "only", place=0) == ("only",)


@given(st.data(), st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, unique=True))
def test_no_lane_is_lost_and_the_moved_one_stands_at_its_place(data, known):
    some = st.lists(st.sampled_from(known), min_size=1, unique=True)
    shown = data.draw(some.map(lambda keys: sorted(keys, key=known.index)))
    key = data.draw(st.sampled_from(shown))
    place = data.draw(st.integers(0, len(shown) - 1))
    made = ordered(known, shown, key, place=place)
    assert sorted(made) == sorted(known)
    assert [each for each in made if each in shown].index(key) == place
