"""Packed texts and ids are sequences that are found in, cut and joined without taking them apart."""

from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipscape_db.columns.packed import PackedIds, PackedTexts

TEXTS = st.lists(st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"]), max_size=6), max_size=8)
IDS = st.lists(st.uuids().map(str), max_size=8, unique=True)


def test_packed_texts_are_a_sequence():
    texts = PackedTexts.of_list(("one", "", "zweiundé", "ne"))
    assert list(texts) == ["one", "", "zweiundé", "ne"]
    assert [texts[at] for at in range(4)] == list(texts)
    assert texts[-1] == "ne"
    assert texts[1:3] == ["", "zweiundé"]
    assert texts.find("ne") == 3
    assert texts.find("wei") == -1
    assert texts.holding("zo").tolist() == [0, 2]
    assert texts.matching(["n", "e"]) == [0, 2, 3]
    assert texts.matching(["n", "e"], among=np.array([False, True, True, True])) == [2, 3]
    assert texts.matching(["n"], most=2) == [0, 2]
    assert list(PackedTexts.of("", 0)) == []
    with pytest.raises(IndexError):
        texts[4]


@given(TEXTS, TEXTS, st.data())
def test_texts_are_picked_and_joined_like_lists(one, other, data):
    both = [*one, *other]
    packed = PackedTexts.of_list(one).joined(PackedTexts.of_list(other))
    assert list(packed) == both
    assert packed.is_whole(len(both))
    places = data.draw(st.lists(st.integers(0, len(both) - 1), max_size=12)) if both else []
    picked = packed.picked(np.array(places, dtype=np.int64))
    assert list(picked) == [both[at] for at in places]
    assert picked.is_whole(len(places))


@given(TEXTS, st.text(max_size=2))
def test_words_are_found_whatever_their_capitals(texts, word):
    if not word or "\x1f" in word or any(0xD800 <= ord(sign) < 0xE000 for sign in word):
        return
    found = PackedTexts.of_list(texts).matching([word.casefold()])
    assert found == [at for at, text in enumerate(texts) if word.casefold() in text.casefold()]


@given(IDS, IDS, st.data())
def test_ids_are_picked_joined_and_found_like_lists(one, other, data):
    both = [*one, *(id_ for id_ in other if id_ not in one)]
    packed = PackedIds.of_list(one).joined(PackedIds.of_list(both[len(one) :]))
    assert list(packed) == both
    assert [packed[at] for at in range(len(both))] == both
    assert packed.is_whole(len(both))
    assert packed.find_all([*both, str(UUID(int=7)), "nobody"]) == [*range(len(both)), -1, -1]
    places = data.draw(st.lists(st.integers(0, len(both) - 1), max_size=12)) if both else []
    assert list(packed.picked(np.array(places, dtype=np.int64))) == [both[at] for at in places]


def test_ids_of_any_other_form_are_kept_as_texts():
    uuid = "00000000-0000-4000-8000-00000000000a"
    for other in ("energy", uuid.upper(), uuid.replace("-", "+"), f"{{{uuid[1:-1]}}}"):
        ids = PackedIds.of_list([uuid, other])
        assert isinstance(ids, PackedTexts)
        assert ids.find_all([other, uuid]) == [1, 0]
    assert isinstance(PackedIds.of_list([uuid]).joined(PackedIds.of_list(["energy"])), PackedTexts)
