"""What can be done with a record, with a relationship or with the map: by key and from the menu, from one list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import _

On: TypeAlias = Literal["record", "relationship", "map"]


def _always(_id: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be done with what `on` says; `do` is told its id (empty for the map).

    `text` is a msgid, or a function from the id to words; `key` is a key on its own or with modifiers (a portable text
    such as `Shift+C`, empty for none); `possible` says whether it means something now. What is not `listed` has only
    its key.
    """

    on: On
    text: str | Callable[[str], str]
    do: Callable[[str], object]
    key: str = ""
    possible: Callable[[str], bool] = _always
    listed: bool = True
    separated: bool = False

    def words(self, id_: str) -> str:
        """Return what the offer is called, in the language in force."""
        return _(self.text) if isinstance(self.text, str) else self.text(id_)


class Offers(QObject):
    """The offers of one map, those added first at the top of the menu; *at_hand* says what a key is about."""

    def __init__(self, at_hand: Callable[[On], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent
        self._at_hand = at_hand
        self._offers: list[Offer] = []

    def add(self, *offers: Offer) -> None:
        """Offer these too."""
        self._offers.extend(offers)

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key stands for; say whether it stands for something that can be done."""
        pressed = QKeySequence(event.keyCombination())
        if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
            pressed = QKeySequence(event.key())
        for offer in self._offers:
            if offer.key and QKeySequence(offer.key) == pressed:
                about = "" if offer.on == "map" else self._at_hand(offer.on)
                if (about or offer.on == "map") and offer.possible(about):
                    offer.do(about)
                    return True
        return False

    def pop_up(self, ref: Ref | None, where: QPoint) -> None:
        """Offer what can be done with a mark, and with the map, in a menu at a place of the screen."""
        self.menu(ref).popup(where)

    def menu(self, ref: Ref | None) -> QMenu:
        """Return the menu over a mark, or over none."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about: tuple[tuple[On, str], ...] = (("map", ""),)
        if ref is not None and ref.ids and ref.kind in ("record", "relationship"):
            about = (("record" if ref.kind == "record" else "relationship", ref.ids[0]), *about)
        for on, id_ in about:
            if menu.actions():
                menu.addSeparator()
            for offer in self._offers:
                if offer.on == on and offer.listed and offer.possible(id_):
                    if offer.separated:
                        menu.addSeparator()
                    action = menu.addAction(offer.words(id_), _Doing(offer, id_))
                    if offer.key:
                        action.setText(f"{action.text()}\t{QKeySequence(offer.key).toString(_NATIVE)}")
        return menu


_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class _Doing:
    """An offer, taken up for one id."""

    offer: Offer
    id: str

    def __call__(self) -> None:
        self.offer.do(self.id)
