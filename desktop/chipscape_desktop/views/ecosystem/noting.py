"""Texts and areas on the map: put, worded, moved and taken away, each an undoable step."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QInputDialog

from chipscape_db.errors import N_
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.identity import new_id
from chipscape_db.queries.ecosystem import MapNotes, notes_name
from chipscape_desktop.figure_steps import editing, noting
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.i18n import _
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.arranging import Arranging
from chipscape_desktop.views.ecosystem.chosen import Chosen
from chipscape_desktop.views.ecosystem.offers import Offer, Offers
from chipscape_desktop.workspace import Workspace

_AROUND: Final = 0.9  # between an area and the records in it, in units of the layout
_SHARE: Final = 0.25  # of the view, that an area takes where no records are chosen


class Noting(QObject):
    """The texts and areas of the map on the screen."""

    def __init__(self, workspace: Workspace, canvas: FigureCanvas, arranging: Arranging, *, chosen: Chosen) -> None:
        super().__init__(canvas)
        self._workspace, self._canvas, self._arranging, self._chosen = workspace, canvas, arranging, chosen
        self._ask: Callable[[str, str], tuple[str, bool]] = self._ask_in_dialog
        canvas.activated.connect(self._activated)

    def add_to(self, offers: Offers) -> None:
        """Offer to write on the map and to draw areas."""
        offers.add(
            Offer("map", N_("Write a text here…"), self.write, "W", separated=True),
            Offer("map", N_("Draw an area around the chosen records…"), self.draw_area, "Shift+W"),
        )

    def ask_with(self, ask: Callable[[str, str], tuple[str, bool]]) -> None:
        """Ask for words in another way: (prompt, words so far) to (words, whether to go on)."""
        self._ask = ask

    def write(self, _id: str = "") -> None:
        """Put a text where the pointer is, or in the middle of the view."""
        place = self._here()
        text, wanted = self._ask(_("Text on the map"), "")
        if wanted and text.strip():
            self._keep((*self._there(), Annotation("text", (place,), text.strip())))

    def draw_area(self, _id: str = "") -> None:
        """Put an area around the chosen records, or around the pointer where none are."""
        corners = self._around_chosen() or self._around_here()
        text, wanted = self._ask(_("Name of the area"), "")
        if wanted:
            self._keep((*self._there(), Annotation("area", corners, text.strip())))

    def move(self, number: int, right: float, down: float) -> None:
        """Move a text or an area, in units of the layout."""
        there = list(self._there())
        if number < len(there):
            points = tuple((x + right, y + down) for x, y in there[number].points)
            there[number] = replace(there[number], points=points)
            self._keep(tuple(there))

    def _activated(self, ref: Ref) -> None:
        """Word a text or an area anew; without words it goes."""
        if ref.kind != "annotation":
            return
        there, number = list(self._there()), int(ref.ids[0])
        if number >= len(there):
            return
        text, wanted = self._ask(_("Text on the map; leave it empty to take it away"), there[number].text)
        if not wanted:
            return
        if text.strip():
            there[number] = replace(there[number], text=text.strip())
        else:
            del there[number]
        self._keep(tuple(there))

    def _there(self) -> tuple[Annotation, ...]:
        notes = self._notes()
        return () if notes is None else notes.content.annotations

    def _notes(self) -> MapNotes | None:
        return None if self._arranging.spec is None else self._arranging.spec.notes

    def _keep(self, annotations: tuple[Annotation, ...]) -> None:
        spec, notes = self._arranging.spec, self._notes()
        if spec is None:
            return
        if notes is None:
            content = FigureContent("ecosystem", annotations=annotations)
            self._workspace.run(noting(notes_name(spec.arrangement), content, new_id()))
        else:
            content = replace(notes.content, annotations=annotations)
            self._workspace.run(editing(notes.id, content, notes.content))

    def _here(self) -> tuple[float, float]:
        port = self._canvas.viewport()
        pointer = port.mapFromGlobal(QCursor.pos())
        drawing = self._canvas.drawing()
        if drawing is not None and drawing.plot.contains(pointer.x(), pointer.y()) and port.underMouse():
            point = QPointF(pointer)
            return self._canvas.to_data(point.x(), point.y())
        view = self._canvas.view()
        return (view.x[0] + view.x[1]) / 2, (view.y[0] + view.y[1]) / 2

    def _around_here(self) -> tuple[tuple[float, float], tuple[float, float]]:
        view = self._canvas.view()
        x, y = self._here()
        half_x, half_y = _SHARE / 2 * (view.x[1] - view.x[0]), _SHARE / 2 * (view.y[1] - view.y[0])
        return (x - half_x, y - half_y), (x + half_x, y + half_y)

    def _around_chosen(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        spec = self._arranging.spec
        if spec is None:
            return None
        numbers = [number for number in map(spec.number_of, sorted(self._chosen.ids)) if number >= 0]
        if not numbers:
            return None
        low = np.min(spec.xy[numbers] - spec.radius[numbers, None], axis=0) - _AROUND
        high = np.max(spec.xy[numbers] + spec.radius[numbers, None], axis=0) + _AROUND
        return (float(low[0]), float(low[1])), (float(high[0]), float(high[1]))

    def _ask_in_dialog(self, prompt: str, text: str) -> tuple[str, bool]:
        return QInputDialog.getText(self._canvas, _("Ecosystem"), prompt, text=text)
