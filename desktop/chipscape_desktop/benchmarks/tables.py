"""A table of many rows: how long the window stands still while it is read, sorted, narrowed and selected."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_BUDGET_MS = 50
_BEAT_MS = 2
_PATIENCE_S = 60.0


def bench_tables(rows: int = 100_000) -> dict[str, dict[str, Any]]:
    """Return the longest time the window stood still for each thing done to a table of *rows* events, in ms.

    A timer beats every two milliseconds; what lies between two beats is what a person waits, whatever the reason.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from chipscape_db.base_file import create_base
    from chipscape_desktop.collector import Collector
    from chipscape_desktop.forms.facts_view import FactsView
    from chipscape_desktop.theme import apply_theme
    from chipscape_desktop.workspace import Workspace

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    collector = Collector(app)
    with TemporaryDirectory() as folder:
        path = Path(folder, "facts.chipscape")
        create_base(path, starter=False)
        fill_with_events(path, rows)
        workspace = Workspace("Ada")
        beats: list[float] = []
        timer = QTimer(app)
        timer.timeout.connect(lambda: beats.append(perf_counter()))
        workspace.open(path)
        _until(app, lambda: workspace.base is not None and workspace.idle())
        view = FactsView(workspace)
        view.resize(1310, 700)
        view.show()
        _until(app, workspace.idle)
        timer.start(_BEAT_MS)
        table = view.table

        def done() -> bool:
            return workspace.idle() and table.facts.table is not None and table.facts.table.key == "event"

        def measure(what: Callable[[], object]) -> dict[str, float]:
            for _each in range(20):
                app.processEvents()
            beats[:] = [perf_counter()]
            start = perf_counter()
            what()
            _until(app, done)
            for _each in range(20):
                app.processEvents()
            whole = perf_counter() - start
            gaps = [after - before for before, after in zip(beats, [*beats[1:], perf_counter()], strict=True)]
            return {"longest": round(max(gaps) * 1e3, 1), "whole": round(whole * 1e3, 1)}

        told = {"open": measure(lambda: view.show_table("event"))}
        columns = table.facts.table
        assert columns is not None
        starts, kind = columns.column("starts_on"), columns.column("event_kind")
        told["sort_by_text"] = measure(lambda: table.sort_by(((0, True),)))
        told["sort_by_two"] = measure(lambda: table.sort_by(((kind, False), (starts, True))))
        told["filter_words"] = measure(lambda: view.bar.filter.setText("event 99 policy"))
        told["filter_more"] = measure(lambda: view.bar.filter.setText("event 999 policy"))
        told["filter_none"] = measure(lambda: view.bar.filter.setText(""))
        table.head.set_filters({starts: "2020..2021"})
        told["filter_column"] = measure(table.arranged.emit)
        table.head.set_filters({})
        told["filter_no_column"] = measure(table.arranged.emit)
        told["select_all"] = measure(table.selectAll)
        told["copy_all"] = measure(table.copy)
        told["scroll"] = measure(lambda: table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2))
        told["sort_selected"] = measure(lambda: table.sort_by(((starts, False),)))
        timer.stop()
        view.close()
        view.deleteLater()
        workspace.close()
        app.processEvents()
    collector.restore()
    return {
        f"tables_{name}": {
            "measured": made["longest"], "baseline": made["whole"], "unit": "ms", "budget": _BUDGET_MS,
            "baseline_name": f"until it is done, {rows} rows",
        }
        for name, made in told.items()
    }  # fmt: skip


def fill_with_events(path: Path, count: int) -> None:
    """Fill an empty base with events, behind the history's back."""
    kinds = ("policy", "chip-launch", "model-release", "partnership", "supply")
    connection = sqlite3.connect(path)
    ids = [(f"{number:08}-0000-4000-8000-000000000000", number) for number in range(count)]
    connection.executemany(
        "INSERT INTO record (id, kind, slug, name) VALUES (?, 'event', ?, ?)",
        [(id_, f"event-{number}", f"Event {number * 7919 % count} of some length") for id_, number in ids],
    )
    connection.executemany(
        "INSERT INTO event (id, event_kind, starts_on, starts_on_from, starts_on_to, importance) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (id_, kinds[number % 5], f"20{10 + number % 16}-{1 + number % 12:02}-{1 + number % 28:02}",
             14_610 + number % 5_000, 14_610 + number % 5_000, 1 + number % 5)
            for id_, number in ids
        ],
    )  # fmt: skip
    connection.commit()
    connection.close()


def _until(app: "QApplication", done: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop

    end = perf_counter() + _PATIENCE_S
    while not done():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if perf_counter() > end:
            raise TimeoutError("the table is not there yet")
