"""The timeline of the gallery: its zooms, its lists and forms, its table, and what belongs together."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from chipscape_db.partial_date import day_number
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.hit import reading_order
from chipscape_desktop.figures.timeline.lanes import LANES, Wishes
from chipscape_desktop.views.timeline.choices import Choices
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.workspace import Selection

if TYPE_CHECKING:
    from chipscape_desktop.gallery import Look
    from chipscape_desktop.shell.main_window import MainWindow
    from chipscape_desktop.views.timeline.view import TimelineView

Settle = Callable[["MainWindow"], None]


def _fresh(window: "MainWindow", settle: Settle, choices: Choices | None = None) -> "TimelineView":
    """Show the timeline as it comes up, or with other choices."""
    window.show_screen("timeline")
    settle(window)
    screen = window.current()
    view: TimelineView = screen.timeline
    view.show_table(False)
    view.panel.jump.clear()
    view.panel.found.hide()
    for dragged in (view.editing, view.headers):
        dragged.give_up()
    view.reset_choices()
    view.panel.choose(choices or Choices())
    settle(window)
    view.canvas.go_home()
    settle(window)
    return view


def _between(first: date, last: date, window: "MainWindow", settle: Settle) -> None:
    view = _fresh(window, settle)
    view.canvas.set_view(View((float(day_number(first)), float(day_number(last))), view.current_view().y))


def _lanes(window: "MainWindow", settle: Settle) -> None:
    view = _fresh(window, settle)
    spec = view.current_spec()
    assert spec is not None
    keys = [key for key, _title in spec.known_lanes]
    view.panel.choose_wishes(Wishes((keys[2], keys[0]), frozenset(keys[3:5]), frozenset(keys[5:7])))
    settle(window)
    view.open_lanes()


def _rules(window: "MainWindow", settle: Settle) -> None:
    _fresh(window, settle).open_rules()


def _add(window: "MainWindow", settle: Settle) -> None:
    view = _fresh(window, settle)
    view.canvas.set_view(View((19_800.0, 20_200.0), view.current_view().y))
    view.events.add_in_view()
    view.events.form.title.setText("Huawei opens a design centre")


def _table(window: "MainWindow", settle: Settle) -> None:
    view = _fresh(window, settle)
    view.canvas.set_view(View((20_089.0, 20_454.0), view.current_view().y))
    view.show_table(True)


def _found(window: "MainWindow", settle: Settle) -> None:
    view = _fresh(window, settle)
    view.canvas.set_view(View((18_262.0, 19_723.0), view.current_view().y))
    view.panel.jump.setText("entity list")
    view.panel.seek(1)


def _related(window: "MainWindow", settle: Settle) -> None:
    """Find an event and stand on it, so that its card and its relatives are shown."""
    view = _fresh(window, settle)
    view.canvas.set_view(View((19_900.0, 20_454.0), view.current_view().y))
    settle(window)
    for _ in range(4):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QCoreApplication.sendEvent(view.canvas, press)


def _reading(window: "MainWindow", settle: Settle) -> None:
    """Show what stands there while a base is read that takes more than a blink."""
    view = _fresh(window, settle)
    assert view.workspace.base is not None
    view.waiting.begin(view.workspace.base.path.name)
    view.stack.setCurrentWidget(view.waiting)


ZOOM_PREFIX = "timeline-zoom-"
_ZOOMS = (
    ("01-two-centuries", date(1900, 1, 1), date(2100, 1, 1)),
    ("02-50-years", date(1990, 1, 1), date(2040, 1, 1)),
    ("03-20-years", date(2010, 1, 1), date(2030, 1, 1)),
    ("04-8-years", date(2019, 1, 1), date(2027, 1, 1)),
    ("05-3-years", date(2023, 7, 1), date(2026, 7, 1)),
    ("06-18-months", date(2024, 10, 1), date(2026, 4, 1)),
    ("07-7-months", date(2025, 3, 1), date(2025, 10, 1)),
    ("08-quarter", date(2025, 4, 1), date(2025, 7, 1)),
    ("09-month", date(2025, 5, 1), date(2025, 6, 1)),
    ("10-fortnight", date(2025, 5, 10), date(2025, 5, 24)),
    ("11-4-days", date(2025, 5, 12), date(2025, 5, 16)),
    ("12-day", date(2025, 5, 13), date(2025, 5, 14)),
)


def shown_in(name: str, look: "Look") -> bool:
    """Say whether a screen is shown in a look: the many zooms are in two that differ in everything but their size."""
    return not name.startswith(ZOOM_PREFIX) or (
        (look.theme, look.language) in (("light", "en"), ("dark", "fr")) and look.width < 2000
    )


def _zoomed(by: str, first: date, last: date, window: "MainWindow", *, settle: Settle) -> None:
    view = _fresh(window, settle, Choices(by))
    view.canvas.set_view(View((float(day_number(first)), float(day_number(last))), view.current_view().y))


def _zoom_screens(settle: Settle) -> dict[str, Callable[["MainWindow"], None]]:
    """Return the timeline at every zoom, by every grouping of its lanes."""
    return {
        f"{ZOOM_PREFIX}{name}-{by}": partial(_zoomed, by, first, last, settle=settle)
        for by in LANES
        for name, first, last in _ZOOMS
    }


def timeline_screens(settle: Settle) -> dict[str, Callable[["MainWindow"], None]]:
    """Return the screens by name; *settle* waits until a window is calm."""
    ranges = {
        "two-centuries": (date(1900, 1, 1), date(2100, 1, 1)),
        "years": (date(2019, 1, 1), date(2027, 1, 1)),
        "year": (date(2025, 1, 1), date(2026, 1, 1)),
        "quarter": (date(2025, 4, 1), date(2025, 7, 1)),
        "month": (date(2025, 5, 1), date(2025, 6, 1)),
        "day": (date(2025, 5, 13), date(2025, 5, 14)),
    }
    made: dict[str, Callable[[MainWindow], None]] = {
        f"timeline-{name}": partial(_between, first, last, settle=settle) for name, (first, last) in ranges.items()
    }
    others = {
        "lanes": _lanes, "rules": _rules, "add": _add, "table": _table, "found": _found, "related": _related,
        "reading": _reading,
    }  # fmt: skip
    made |= {f"timeline-{name}": partial(show, settle=settle) for name, show in others.items()}
    return made | _zoom_screens(settle)


def _by(choices: Choices, window: "MainWindow", *, settle: Settle) -> None:
    _fresh(window, settle, choices)


def _pointed(window: "MainWindow", *, settle: Settle) -> None:
    """Stand on an event, so that its arrows light up."""
    view = _fresh(window, settle)
    drawing = view.canvas.drawing()
    assert drawing is not None
    place = next(each for each in reading_order(drawing) if "Export rule" in each.ref.title)
    at = QPointF(place.x, place.y)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, view.canvas.viewport().mapToGlobal(at), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QCoreApplication.sendEvent(view.canvas.viewport(), moved)


def _folded(window: "MainWindow", *, settle: Settle) -> None:
    view = _fresh(window, settle)
    spec = view.current_spec()
    assert spec is not None
    keys = [key for key, _title in spec.known_lanes]
    view.panel.choose_wishes(Wishes((), frozenset(keys[2:3]), frozenset(keys[1:2])))


def _dropping(window: "MainWindow", *, settle: Settle) -> None:
    """Drag a lane by its name, half-way."""
    view = _fresh(window, settle)
    room = part(view.canvas.drawing(), "headers")
    assert room is not None
    view.headers.begin(room.x + 30, room.y + 20)
    view.headers.move(room.x + 30, room.y + room.height * 0.68)


def _moving(window: "MainWindow", *, settle: Settle) -> None:
    """Drag an event by months, with Shift held."""
    view = _fresh(window, settle, Choices())
    spec = view.current_spec()
    assert spec is not None
    view.panel.snap_wanted.emit("quarter")
    id_ = spec.id_of(list(spec.titles).index("Rule on cut-down example chips"))
    view.workspace.select(Selection("record", id_))
    settle(window)
    drawing = view.canvas.drawing()
    assert drawing is not None
    place = next(each for each in reading_order(drawing) if each.ref.ids == (id_,))
    view.editing.begin(place.x, place.y)
    view.editing.move(place.x + 90, place.y)


def _presenting(window: "MainWindow", *, settle: Settle) -> None:
    view = _fresh(window, settle)
    view.panel.editing.setChecked(False)


def _snapping(window: "MainWindow", *, settle: Settle) -> None:
    view = _fresh(window, settle)
    view.panel.snapping.open()


def _whole_table(window: "MainWindow", *, settle: Settle) -> None:
    _fresh(window, settle).show_table(True)


def _no_match(window: "MainWindow", *, settle: Settle) -> None:
    _fresh(window, settle)
    window.workspace.change_filters(countries=frozenset({"FR"}))


def teaching_screens(settle: Settle) -> dict[str, Callable[["MainWindow"], None]]:
    """Return the screens of the teaching base by name: kinds of dates, rival dates, arrows, states of the timeline."""
    shown: dict[str, Callable[..., None]] = {
        "dates": partial(_by, Choices(arrows=False)),
        "no-match": _no_match,
        "arrows": partial(_by, Choices()),
        "arrow-lit": _pointed,
        **{f"by-{name}": partial(_by, Choices(name, every_lane=name == "country")) for name in LANES[1:]},
        "records": partial(_by, Choices(show=("events", "policies"))),
        "folded": _folded,
        "dropping": _dropping,
        "moving": _moving,
        "snapping": _snapping,
        "presenting": _presenting,
        "table": _whole_table,
    }
    return {f"timeline-teaching-{name}": partial(show, settle=settle) for name, show in shown.items()}
