"""The timeline of the gallery: its zooms, its lists and forms, its table, and what belongs together."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent

from chipscape_db.partial_date import day_number
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.timeline.lanes import LANES, Wishes
from chipscape_desktop.views.timeline.choices import Choices

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
    }  # fmt: skip
    made |= {f"timeline-{name}": partial(show, settle=settle) for name, show in others.items()}
    return made | _zoom_screens(settle)
