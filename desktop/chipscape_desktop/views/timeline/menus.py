"""The menus over the timeline: of events, lanes and empty places, and of what is too close together to tell apart."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from chipscape_desktop.i18n import _

Entry = tuple[str, Callable[[], object], bool]
"""What an entry says, what it does, and whether it can be done now."""

_MOST = 24


def show_menu(parent: QWidget, place: QPoint, entries: Sequence[Entry | None]) -> QMenu:
    """Open a menu at a point of the screen; None is a separator."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, act, possible = entry
        action = menu.addAction(text)
        action.setEnabled(possible)
        action.triggered.connect(partial(_act, act))
    menu.popup(place)
    return menu


def records_menu(
    parent: QWidget, place: QPoint, ids: Sequence[str], *, title: Callable[[str], str], choose: Callable[[str], object]
) -> QMenu:
    """Open a menu of records to choose from, named by *title*; the first two dozen, and how many more there are."""
    entries: list[Entry | None] = [(title(id_), partial(choose, id_), True) for id_ in ids[:_MOST]]
    if len(ids) > _MOST:
        entries.append((_("and {count} more; zoom in").format(count=len(ids) - _MOST), _nothing, False))
    return show_menu(parent, place, entries)


def _act(act: Callable[[], object], *_checked: object) -> None:
    """Do what an entry does, whatever it says of itself."""
    act()


def _nothing() -> None:
    """Do nothing: the entry only says something."""
