"""Icons by what they mean: stroke drawings tinted by the theme in force, sharp at any screen resolution."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chipscape_desktop.figures.palette import Palette, mix
from chipscape_desktop.theme import current_palette
from chipscape_resources import resource

_FILES = {
    "timeline": "chart-gantt",
    "performance": "chart-scatter",
    "ecosystem": "waypoints",
    "facts": "table-2",
    "briefings": "book-open-text",
    "undo": "undo-2",
    "redo": "redo-2",
    "export": "share",
    "filter": "funnel",
    "alert": "triangle-alert",
    "trash": "trash-2",
    "help": "circle-question-mark",
    "table": "table-2",
    "building": "building-2",
    "sliders": "sliders-horizontal",
    "gavel": "scale",
    "more": "ellipsis",
    "paste": "clipboard-paste",
    "columns": "columns-3",
    "merge": "git-merge",
    "revert": "rotate-ccw",
    "sort": "arrow-up-down",
    "organization": "building-2",
    "chip": "cpu",
    "model": "brain",
    "software": "code",
    "policy": "scale",
    "sector": "factory",
    "event": "calendar",
    "source": "quote",
}


def icon_names() -> set[str]:
    """Return every name that `icon` knows."""
    return set(_FILES) | {path.stem for path in resource("icons").glob("*.svg")} - {"chipscape"}


def icon(name: str, size: int = 16, *, colour: str | None = None) -> QIcon:
    """Return the icon of a name, preferred at *size* pixels.

    It is inked for its state (hovered, switched on, disabled) and follows the theme without being set again;
    *colour* names a colour of the palette to use instead, such as `error` or `accent`.
    """
    return QIcon(_TintedIcon(name, size, colour))


def app_icon() -> QIcon:
    """Return the icon of the application."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addFile(str(resource("icons", f"chipscape-{size}.png")), QSize(size, size))
    return made


def ink(palette: Palette, mode: QIcon.Mode, state: QIcon.State) -> str:
    """Return the colour of an icon in a state."""
    if mode == QIcon.Mode.Disabled:
        return mix(palette.surface, palette.ink, 0.4)
    if state == QIcon.State.On:
        return palette.accent
    return palette.ink_soft if mode == QIcon.Mode.Normal else palette.ink


class _TintedIcon(QIconEngine):
    """Draws a stroke icon in the colour that its state has in the theme in force."""

    def __init__(self, name: str, size: int, colour: str | None) -> None:
        super().__init__()
        self._name, self._size, self._colour = name, size, colour
        _source(name)

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, self._size, self._colour)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def availableSizes(self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> list[QSize]:
        return [QSize(self._size, self._size)]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        return QPixmap.fromImage(_drawn(self._name, self._tint(mode, state), side))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        return self.pixmap(size, mode, state)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatio() if painter.device() else 1.0
        side = min(rect.width(), rect.height())
        image = _drawn(self._name, self._tint(mode, state), round(side * scale))
        corner = rect.topLeft() + QPoint((rect.width() - side) // 2, (rect.height() - side) // 2)
        painter.drawImage(QRectF(corner.x(), corner.y(), side, side), image)

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        palette = current_palette()
        if self._colour and mode != QIcon.Mode.Disabled:
            return palette.colour(self._colour)
        return ink(palette, mode, state)


@lru_cache(maxsize=512)
def _source(name: str) -> str:
    path = resource("icons", _FILES.get(name, name) + ".svg")
    if not path.exists():
        raise KeyError(f"no icon is called {name!r}")
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, side: int) -> QImage:
    source = _source(name).replace("currentColor", colour)
    if side <= 20:
        source = source.replace('stroke-width="2"', 'stroke-width="1.9"')
    image = QImage(max(side, 1), max(side, 1), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    return image
