"""Editing on the timeline: dragging an event or its ends, and the same by keyboard; every edit is one undoable step."""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QKeyEvent, QPainter, QPen

from chipscape_desktop import event_steps
from chipscape_desktop.figures.drawing import Box, Drawing, Rect
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.snapping import Dates, Part, Unit, finer, moved, stepped, unit_at
from chipscape_desktop.figures.timeline.spans import OPEN, span_of
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.fonts import interface_font
from chipscape_desktop.i18n import _, format_date
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.workspace import Workspace

_GRIP = 6.0
_ENDED = ("event", "policy")


class EventEditing(QObject):
    """Moves the selected event and its ends, and shows where it would go while it is dragged.

    Only what is selected can be dragged, so that nobody moves an event who meant to move the view; nothing can while
    `allowed` is False. Dates snap to the unit `chosen`, or, while that is None, to one that the zoom suggests; Shift
    held while dragging snaps to the next finer one. `told` carries what the status line says meanwhile.
    """

    told = Signal(str)

    def __init__(self, workspace: Workspace, canvas: FigureCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._canvas = canvas
        self.spec: TimelineSpec | None = None
        self.allowed = True
        self.chosen: Unit | None = None
        self._id = ""
        self._part: Part = "all"
        self._from = QPointF()
        self._now: Dates | None = None
        self._shown: Dates | None = None
        self._at = QPointF()
        self._held = False
        canvas.installEventFilter(self)

    @property
    def can_edit(self) -> bool:
        """Say whether facts may be changed here and now."""
        base = self._workspace.base
        return self.allowed and base is not None and base.read_only_because is None

    def unit(self) -> Unit:
        """Return the unit to which dates snap: the one chosen, else that of the present zoom."""
        if self.chosen is not None:
            return self.chosen
        drawing, view = self._canvas.drawing(), self._canvas.view()
        width = drawing.plot.width if drawing is not None else 1.0
        return unit_at(width / max(view.x[1] - view.x[0], 1e-6))

    def selected(self) -> str:
        """Return the id of the selected record where it stands on the timeline, else nothing."""
        selection = self._workspace.selection
        if self.spec is None or selection is None or selection.kind != "record":
            return ""
        return selection.id if self.spec.place_of(selection.id) >= 0 and len(self.spec.written) else ""

    def dates_of(self, id_: str) -> tuple[str, Dates]:
        """Return the kind of a record on the timeline and its dates as written."""
        assert self.spec is not None
        kind, starts_on, ends_on = self.spec.written[self.spec.place_of(id_)]
        return kind, Dates(starts_on, ends_on)

    # By mouse

    def part_at(self, x: float, y: float) -> Part | None:
        """Return what of the selected event a press at a pixel would move: all of it, an end, or nothing."""
        id_ = self.selected()
        if not id_ or not self.can_edit:
            return None
        ref = self._canvas.hit(x, y)
        if ref is None or ref.kind != "record" or ref.ids[:1] != (id_,):
            return None
        box = self._bar(id_)
        if box is not None and box.rect.width > 3 * _GRIP and self.dates_of(id_)[0] in _ENDED:
            if x >= box.rect.right - _GRIP:
                return "end"
            if x <= box.rect.x + _GRIP:
                return "start"
        return "all"

    def begin(self, x: float, y: float) -> bool:
        """Say whether a drag that starts here moves the selected event."""
        part = self.part_at(x, y)
        if part is None:
            return False
        self._id, self._part, self._from = self.selected(), part, QPointF(x, y)
        self._now = self._shown = self.dates_of(self._id)[1]
        self._held = False
        self._say()
        return True

    def move(self, x: float, y: float) -> None:
        """Show where the event would go."""
        if self._now is None:
            return
        self._at = QPointF(x, y)
        days = self._canvas.to_data(x, y)[0] - self._canvas.to_data(self._from.x(), self._from.y())[0]
        unit = finer(self.unit()) if self._is_finer() else self.unit()
        wanted = moved(self._now, days, unit, part=self._part, written=self.chosen)
        if wanted is not None and wanted != self._shown:
            self._shown = wanted
        self._canvas.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow Shift while something is dragged, even if the mouse stands still."""
        pressed = event.type() == QEvent.Type.KeyPress
        if self._now is not None and (pressed or event.type() == QEvent.Type.KeyRelease):
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Shift:
                self._held = pressed
                self.move(self._at.x(), self._at.y())
                self._say()
        return super().eventFilter(watched, event)

    def _is_finer(self) -> bool:
        return self._held or bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _say(self) -> None:
        """Say to what dates snap, and how to make it finer."""
        unit = self.unit()
        words = {
            "day": _("days"), "month": _("months"), "quarter": _("quarters"), "year": _("years"),
            "decade": _("decades"),
        }  # fmt: skip
        if self._is_finer():
            self.told.emit(_("Snaps to {unit}. Esc gives up.").format(unit=words[finer(unit)]))
        elif unit == "day":
            self.told.emit(_("Snaps to {unit}. Esc gives up.").format(unit=words[unit]))
        else:
            text = _("Snaps to {unit}; hold Shift for {finer}. Esc gives up.")
            self.told.emit(text.format(unit=words[unit], finer=words[finer(unit)]))

    def end(self, x: float, y: float) -> None:
        """Move the event there."""
        self.move(x, y)
        before, after, self._now, self._shown = self._now, self._shown, None, None
        self._canvas.viewport().update()
        self.told.emit("")
        if before is not None and after is not None:
            self._write(self._id, before, after)

    def give_up(self) -> bool:
        """Leave the event where it was; say whether it was being dragged."""
        dragged, self._now, self._shown = self._now is not None, None, None
        if dragged:
            self.told.emit("")
        self._canvas.viewport().update()
        return dragged

    # By keyboard

    def step(self, steps: int, part: Part = "all") -> bool:
        """Move the selected event or an end of it by units of the present zoom; say whether there was one to move."""
        id_ = self.selected()
        if not id_ or not self.can_edit:
            return False
        kind, dates = self.dates_of(id_)
        if part == "end" and kind not in _ENDED:
            return False
        wanted = stepped(dates, steps, self.unit(), part=part, written=self.chosen)
        if wanted is not None:
            self._write(id_, dates, wanted)
        return True

    # What is seen of it

    def paint(self, painter: QPainter, drawing: Drawing, palette: Palette) -> None:
        """Paint the event where it would go, with its dates."""
        if self._shown is None or self._now is None:
            return
        plot = drawing.plot
        view = self._canvas.view()
        scale = TimeScale(view.x[0], view.x[1], plot.x, plot.right)
        span = span_of(self._shown.starts_on, self._shown.ends_on)
        low = max(span.low, view.x[0] - 1) if span.low > -OPEN else view.x[0]
        high = min(span.high, view.x[1] + 1)
        left, right = float(scale.to_px(low)), float(scale.to_px(max(high, low)))
        if right - left < 10:
            left, right = (left + right) / 2 - 5, (left + right) / 2 + 5
        box = self._bar(self._id)
        y = box.rect.y + box.rect.height / 2 if box is not None else self._from.y()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(palette.accent)
        tint = QColor(accent)
        tint.setAlpha(70)
        painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(left, y - 7, right - left, 14), 3, 3)
        painter.drawLine(QPointF(left, plot.y), QPointF(left, plot.bottom))
        self._tag(painter, plot, (left, y), palette=palette)
        painter.restore()

    def _tag(self, painter: QPainter, plot: Rect, at: tuple[float, float], *, palette: Palette) -> None:
        assert self._shown is not None
        text = written(self._shown)
        font = QFont(interface_font(12))
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(text) + 12
        x = min(max(at[0], plot.x), plot.right - width)
        y = at[1] - 32 if at[1] - 32 > plot.y else at[1] + 12
        tag = QRectF(x, y, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        painter.drawRoundedRect(tag, 4, 4)
        painter.setPen(QColor(palette.accent_ink))
        painter.setFont(font)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, text)

    def _bar(self, id_: str) -> Box | None:
        drawing = self._canvas.drawing()
        if drawing is None:
            return None
        boxes = (item for layer in drawing.layers if layer.name == "bars" for item in layer.items)
        return next(
            (
                item
                for item in boxes
                if isinstance(item, Box) and item.pen is None and item.ref is not None and item.ref.ids[:1] == (id_,)
            ),
            None,
        )

    def _write(self, id_: str, before: Dates, after: Dates) -> None:
        """Run the step that changes what differs."""
        if after == before:
            return
        start = after.starts_on if after.starts_on != before.starts_on else None
        end = after.ends_on if after.ends_on != before.ends_on else None
        # An end that is shown but not stored (a rule in force) is not expected to be found.
        expected = (before.starts_on, before.ends_on if end is not None and before.ends_on != ".." else None)
        self._workspace.run(event_steps.moving(id_, (start, end), expected))


def written(dates: Dates) -> str:
    """Return dates in words."""
    start, end = dates.ends
    return format_date(f"{start}/{end}" if end else start)
