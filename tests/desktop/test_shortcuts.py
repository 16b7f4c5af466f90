"""No two actions share a shortcut: Qt would do neither."""

from collections import Counter

from chipscape_desktop.actions import ACTIONS


def test_every_shortcut_belongs_to_one_action() -> None:
    taken = Counter(action.shortcut for action in ACTIONS if action.shortcut)
    assert [shortcut for shortcut, count in taken.items() if count > 1] == []
