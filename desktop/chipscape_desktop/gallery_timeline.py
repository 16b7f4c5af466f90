"""The timeline of the gallery: its zooms, its lists and forms, its table, and what belongs together."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent

from chipscape_db.partial_date import day_number
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.timeline.lanes import Wishes
from chipscape_desktop.views.timeline.choices import Choices

if TYPE_CHECKING:
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
    }  # fmt: skip
    return made | {f"timeline-{name}": partial(show, settle=settle) for name, show in others.items()}
