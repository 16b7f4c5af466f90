"""Putting remarks on a figure: what kind, what it says, and where it belongs."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QToolButton

from chipscape_db.figure_content import Annotation
from chipscape_desktop.figures.catalog import Figure
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.hit import Walk
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.strip import EntryStrip

_NEEDS = {"text": 1, "arrow": 2, "line-across": 1, "line-down": 1, "growth": 2, "difference": 2}


class Annotated(Protocol):
    """The screen whose figure gets remarks."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The remarks there are."""
        ...

    def set_annotations(self, annotations: tuple[Annotation, ...]) -> None:
        """Keep and draw these."""
        ...


class Annotating(QObject):
    """Asks for the words, then for the places: a click, or Enter on a mark, which the remark then stands at."""

    def __init__(self, host: Annotated, canvas: FigureCanvas, button: QToolButton, strip: EntryStrip) -> None:
        super().__init__(button)
        self._host, self._canvas, self._strip = host, canvas, strip
        self._figure: Figure | None = None
        self._kind = ""
        self._text = ""
        self._points: list[tuple[float, float]] = []
        self._edited = -1
        self._menu = QMenu(button)
        button.setIcon(icon("pencil"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self.fill)
        canvas.clicked_at.connect(self._clicked)
        strip.left.connect(self.stop)

    @property
    def placing(self) -> bool:
        """Say whether the next click or Enter says where a remark belongs."""
        return bool(self._kind) and not self._strip.line.isVisible()

    def set_figure(self, figure: Figure) -> None:
        """Put remarks on this figure from now on."""
        self._figure = figure
        self.stop()

    def fill(self) -> None:
        """Write the menu of the kinds of remark."""
        self._menu.clear()
        kinds = {
            "text": _("&Text"),
            "arrow": _("&Arrow"),
            "line-across": _("&Line across"),
            "line-down": _("Line &down"),
        }
        if hasattr(self._figure, "growth_words"):
            kinds["growth"] = _("&Growth from one value to another")
        if hasattr(self._figure, "difference_words"):
            kinds["difference"] = _("D&ifference between two values")
        for kind, text in kinds.items():
            self._menu.addAction(text).triggered.connect(partial(self.begin, kind))

    def begin(self, kind: str, _checked: bool = False) -> None:
        """Ask for the words of a remark."""
        self._kind, self._points = kind, []
        prompt = _("Words beside it, if any") if kind in ("growth", "difference") else _("Text of the remark")
        self._strip.ask(prompt, "", self._worded)

    def stop(self) -> None:
        """Put no remark."""
        self._kind = ""
        self._points = []
        if self._strip.isVisible():
            self._strip.hide()

    def activated(self, ref: Ref) -> bool:
        """Take the mark that was opened as the place of a remark, or the remark to change; False for neither.

        A click tells where it was before it opens its mark: then the place is already taken.
        """
        if ref.kind == "annotation":
            self._edit(int(ref.ids[0]))
            return True
        if not self.placing:
            return False
        place = self._standing(ref)
        if place is not None:
            self._put(place)
        return True

    def _worded(self, text: str) -> None:
        self._text = text
        if not text and self._kind == "text":
            self.stop()
            return
        self._say_where()
        self._canvas.setFocus()

    def _say_where(self) -> None:
        first = not self._points
        two = _NEEDS[self._kind] == 2
        if two and first:
            text = _("Click where it begins, or go to a mark with Shift and the arrow keys and press Enter.")
        elif two:
            text = _("Click where it ends, or go to a mark with Shift and the arrow keys and press Enter.")
        else:
            text = _("Click where it belongs, or go to a mark with Shift and the arrow keys and press Enter.")
        self._strip.tell(text)

    def _clicked(self, x: float, y: float) -> None:
        drawing = self._canvas.drawing()
        if not self.placing or drawing is None:
            return
        if not any(panel.contains(x, y) for panel in drawing.panels or (drawing.plot,)):
            return
        ref = self._canvas.hit(x, y)
        if ref is None or ref.kind not in ("record", "claim"):
            self._put(self._canvas.to_data(x, y))

    def _standing(self, ref: Ref) -> tuple[float, float] | None:
        drawing = self._canvas.drawing()
        place = None if drawing is None else Walk(drawing).position(ref)
        return None if place is None else self._canvas.to_data(place.x, place.y)

    def _put(self, point: tuple[float, float]) -> None:
        self._points.append(point)
        if len(self._points) < _NEEDS[self._kind]:
            self._say_where()
            return
        made = Annotation(self._kind, tuple(self._points), self._text)
        self.stop()
        self._host.set_annotations((*self._host.annotations, made))

    def _edit(self, number: int) -> None:
        if number < len(self._host.annotations):
            self._edited = number
            text = self._host.annotations[number].text
            self._strip.ask(_("Text of the remark"), text, self._reworded, remove=self._removed)

    def _reworded(self, text: str) -> None:
        kept = list(self._host.annotations)
        one = kept[self._edited]
        kept[self._edited] = Annotation(one.kind, one.points, text)
        self._host.set_annotations(tuple(kept))

    def _removed(self) -> None:
        kept = list(self._host.annotations)
        del kept[self._edited]
        self._host.set_annotations(tuple(kept))
