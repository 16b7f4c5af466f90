"""Small pictures of figures, drawn from the facts in the background, one at a time, and kept while nothing changed."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from chipscape_db.errors import FactsError
from chipscape_desktop.figures.catalog import Request, figure, options_of
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.i18n import language
from chipscape_desktop.theme import current_palette
from chipscape_desktop.workspace import Job, Workspace

if TYPE_CHECKING:
    from chipscape_db.queries import Reader

WIDTH, HEIGHT = 192, 108
_SCALE = 2  # pixels of the picture for one of the screen, so that it is sharp on dense screens too
_DRAWN = (640.0, 520.0)
_MARGIN = 4.0  # around the plot
_AFTER_MS = 250

_Key = tuple[str, object, str, str]
_Read = tuple[str, str, Any]


class Thumbnails(QObject):
    """Draws the pictures that are asked for; `drawn` carries the name of a figure whose picture is there."""

    drawn = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._images: dict[str, QImage] = {}
        self._keys: dict[str, _Key] = {}
        self._queue: list[str] = []
        self._asked: _Key = ("", None, "", "")
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self._next)

    def image(self, name: str) -> QImage | None:
        """Return the picture of a figure, None until it was drawn."""
        return self._images.get(name)

    def want(self, names: Sequence[str]) -> None:
        """Draw these, in this order, those that are still good excepted; what was wanted before is forgotten."""
        self.cancel()
        self._queue = list(names)
        self._pause.start()

    def cancel(self) -> None:
        """Draw no more."""
        self._queue.clear()
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _next(self) -> None:
        if self._queue and self._workspace.base is not None:
            name = self._queue.pop(0)
            request = self._request(name)
            self._asked = (self._workspace.base.path.name, request.filters, language(), current_palette().name)
            known = self._keys.get(name, ("", None, "", ""))
            read = partial(_read, name=name, request=request, known=known[0] if known[1:] == self._asked[1:] else "")
            self._workspace.query(read, self._draw, key="thumbnail")

    def _draw(self, answer: _Read) -> None:
        name, changeset, rows = answer
        if rows is None:
            self._pause.start()
            return
        self._keys[name] = (changeset, *self._asked[1:])
        work = partial(_render, name=name, rows=rows, request=self._request(name), palette=current_palette())
        self._job = self._workspace.compute(work, self._show, key="thumbnail-drawing")

    def _request(self, name: str) -> Request:
        """Return what a picture is asked for: no names, which nobody could read, where the figure can do without."""
        labels = {option.name: dict(option.choices) for option in options_of(figure(name))}.get("labels", {})
        options = {"labels": "none"} if "none" in labels else {}
        return Request(self._workspace.filters, language(), options)

    def _show(self, answer: tuple[str, QImage | None]) -> None:
        name, image = answer
        self._job = None
        if image is not None:
            self._images[name] = image
            self.drawn.emit(name)
        self._pause.start()


def _read(session: "Reader", *, name: str, request: Request, known: str) -> _Read:
    """Return the name, the state of the base and the rows; no rows where the picture is still good, or none can be."""
    from chipscape_db.queries.properties import base_state

    state = base_state(session)
    changeset = f"{state.base_id} {state.changeset}"
    if changeset == known:
        return name, changeset, None
    try:
        return name, changeset, figure(name).read(session, request)
    except FactsError:
        return name, changeset, None


def _render(job: Job, *, name: str, rows: Any, request: Request, palette: Palette) -> tuple[str, QImage | None]:
    """Return the plot of a figure as a small picture, None where it cannot be drawn or was cancelled."""
    from chipscape_desktop.export.painter import paint

    shown = figure(name)
    try:
        spec = shown.build(rows, request)
    except FactsError:
        return name, None
    if job.should_stop():
        return name, None
    drawing = shown.layout(spec, size=_DRAWN, palette=palette, measure=default_measure())
    if job.should_stop():
        return name, None
    image = QImage(WIDTH * _SCALE, HEIGHT * _SCALE, QImage.Format.Format_RGB32)
    image.fill(drawing.ground)
    plot = drawing.plot.inset(-_MARGIN)
    scale = max(image.width() / plot.width, image.height() / plot.height)  # the plot fills the picture
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(
        (image.width() - plot.width * scale) / 2 - plot.x * scale,
        (image.height() - plot.height * scale) / 2 - plot.y * scale,
    )
    painter.scale(scale, scale)
    paint(drawing, painter)
    painter.end()
    image.setDevicePixelRatio(_SCALE)
    return name, image
