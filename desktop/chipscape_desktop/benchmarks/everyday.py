"""What a day's work costs: one edit, taking back an import, exporting a figure, memory, and being left alone."""

import resource
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from chipscape_desktop.shell.main_window import MainWindow

_SIZE = (1600.0, 900.0)
_IDLE_SECONDS = 2.0
_MARKS, _LABELS = 300, 40  # as many as the figure has on the starter facts
_EXPORT_BUDGETS = {".svg": 0.3, ".png": 0.5, ".pdf": 0.5, ".pptx": 1.0}


def bench_edit(runs: int = 7) -> dict[str, Any]:
    """Return how long a rename takes from the command until every part of the window has been refreshed."""
    from chipscape_db.commands.records import rename_record

    with TemporaryDirectory() as folder:
        window, app = _window(Path(folder), "starter")
        window.show_screen("timeline")
        _settle(window, app)
        id_ = _id_of(window, "huawei")
        times = []
        for number in range(runs):
            start = perf_counter()
            window.workspace.run(partial(rename_record, record_id=id_, name=f"Huawei {number}"))
            _work(window, app)
            times.append((perf_counter() - start) * 1e3)
        raw = _raw_update(Path(folder, "starter.chipscape"), runs)
        _close(window, app)
    return {
        "edit": {
            "measured": round(median(times), 1), "baseline": round(raw, 2), "unit": "ms", "budget": 60,
            "baseline_name": "the same UPDATE by sqlite3 alone",
        }
    }  # fmt: skip


def bench_undo_import(count: int = 5_000) -> dict[str, Any]:
    """Return how long it takes to take back an import of *count* rows, beside deleting them by SQLite alone."""
    from chipscape_db import reverting
    from chipscape_db.base_file import create_base
    from chipscape_db.engine import open_engine
    from chipscape_db.history import record
    from chipscape_db.identity import new_id
    from chipscape_db.models import Alias, Sector

    with TemporaryDirectory() as folder:
        path = Path(folder, "facts.chipscape")
        create_base(path, starter=False)
        engine = open_engine(path)
        with record(engine, "add", "x", author="") as (session, _):
            session.add(Sector(id="owner", slug="owner", name="Owner"))
        rows = [{"id": new_id(), "record_id": "owner", "alias": f"Name {n}", "language": ""} for n in range(count)]
        with record(engine, "load", "x", author="") as (session, _):
            session.insert_rows(Alias, rows)
        start = perf_counter()
        reverting.undo(engine, author="")
        ours = perf_counter() - start
        reverting.redo(engine, author="")
        engine.dispose()
        connection = sqlite3.connect(path, isolation_level=None)
        start = perf_counter()
        connection.execute("BEGIN")
        connection.executemany("DELETE FROM alias WHERE id = ?", [(row["id"],) for row in rows])
        connection.execute("COMMIT")
        raw = perf_counter() - start
        connection.close()
    return {
        "undo_import": {
            "measured": round(ours, 3), "baseline": round(raw, 3), "unit": "s", "budget": 1.0, "rows": count,
            "baseline_name": "the same DELETEs by sqlite3 alone",
        }
    }  # fmt: skip


def bench_exports(runs: int = 3) -> dict[str, Any]:
    """Return the seconds to export the performance figure to each format, beside matplotlib with as many marks."""
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import create_base, open_base
    from chipscape_desktop.export.jobs import ExportJob, export_figure
    from chipscape_desktop.figures import catalog

    with TemporaryDirectory() as folder:
        path = Path(folder, "facts.chipscape")
        create_base(path)
        base = open_base(path)
        figure, request = catalog.figure("performance-over-time"), catalog.Request()
        with Session(base.engine) as session:
            spec = figure.build(figure.read(session, request), request)
        base.close()
        job = ExportJob(figure.name, request, _SIZE, "print", path.name)
        out = {}
        for suffix, budget in _EXPORT_BUDGETS.items():
            baseline, name = _BASELINES.get(suffix, (_matplotlib, "matplotlib savefig of 300 marks and 40 labels"))
            export_figure(job, spec, Path(folder, f"warm{suffix}"))
            times = [_seconds(partial(export_figure, job, spec, Path(folder, f"ours{suffix}"))) for _run in range(runs)]
            out[f"export_{suffix[1:]}"] = {
                "measured": round(median(times), 3),
                "baseline": baseline(Path(folder, f"theirs{suffix}"), runs),
                "baseline_name": name,
                "unit": "s",
                "budget": budget,
            }
    return out


def bench_memory() -> dict[str, Any]:
    """Return the memory after every screen was opened on the starter facts, beside that of a bare window."""
    from chipscape_desktop.shell.main_window import SCREENS

    bare = _bare_window()
    with TemporaryDirectory() as folder:
        window, app = _window(Path(folder), "starter")
        for name in SCREENS:
            window.show_screen(name)
            _settle(window, app)
        used = _mebibytes()
        _close(window, app)
    return {
        "memory": {
            "measured": used, "baseline": bare, "baseline_name": "bare PySide6 window", "unit": "MiB", "budget": 350,
        }
    }  # fmt: skip


def bench_idle(seconds: float = _IDLE_SECONDS) -> dict[str, Any]:
    """Return how often a window that nobody touches wakes up in a second; a bare one waits for ever."""
    from PySide6.QtCore import QAbstractEventDispatcher, QTimer

    with TemporaryDirectory() as folder:
        window, app = _window(Path(folder), "starter")
        window.show_screen("timeline")
        _settle(window, app)
        woken: list[None] = []
        loop = QAbstractEventDispatcher.instance()
        count: Callable[[], None] = partial(woken.append, None)
        loop.awake.connect(count)
        QTimer.singleShot(int(seconds * 1000), app.quit)
        app.exec()
        loop.awake.disconnect(count)
        _close(window, app)
    # Our own timer woke it to end the measurement, and the loop wakes as it is entered.
    rate = max(len(woken) - 2, 0) / seconds
    return {
        "idle": {
            "measured": round(rate, 2), "baseline": 0, "baseline_name": "bare PySide6 window",
            "unit": "wake-ups/s", "budget": 0,
        }
    }  # fmt: skip


def _window(folder: Path, name: str) -> "tuple[MainWindow, QApplication]":
    """Open the window on a fresh base in *folder*."""
    import os

    os.environ["CHIPSCAPE_HOME"] = str(folder)
    from PySide6.QtWidgets import QApplication

    from chipscape_db.base_file import create_base
    from chipscape_desktop.app import dress
    from chipscape_desktop.collector import Collector
    from chipscape_desktop.plain_imports import import_plainly
    from chipscape_desktop.settings import Settings
    from chipscape_desktop.shell.main_window import MainWindow
    from chipscape_desktop.workspace import Workspace

    import_plainly()
    application = QApplication.instance()
    app = application if isinstance(application, QApplication) else QApplication(["chipscape"])
    settings = Settings(language="en", theme="light", reduced_motion=True)
    dress(app, settings)
    Collector(app)
    path = folder / f"{name}.chipscape"
    create_base(path)
    workspace = Workspace("bench")
    window = MainWindow(workspace, settings)
    window.resize(1600, 900)
    window.show()
    workspace.open(path)
    _settle(window, app)
    return window, app


def _work(window: "MainWindow", app: "QApplication") -> None:
    """Run the event loop until every question was answered, asleep in between: the workers need the processor."""
    from PySide6.QtCore import QEventLoop

    while not window.workspace.idle():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()


def _settle(window: "MainWindow", app: "QApplication") -> None:
    for _round in range(5):
        _work(window, app)
        end = perf_counter() + 0.1
        while perf_counter() < end:
            app.processEvents()


def _close(window: "MainWindow", app: "QApplication") -> None:
    window.deleteLater()
    window.workspace.close()
    app.processEvents()


def _id_of(window: "MainWindow", slug: str) -> str:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from chipscape_db.models import Record

    base = window.workspace.base
    assert base is not None
    with Session(base.engine) as session:
        return session.scalars(select(Record.id).where(Record.slug == slug)).one()


def _raw_update(path: Path, runs: int) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    times = [
        _seconds(partial(connection.execute, "UPDATE record SET name = ? WHERE slug = 'huawei'", (f"H{number}",)))
        for number in range(runs)
    ]
    connection.close()
    return median(times) * 1e3


def _matplotlib(path: Path, runs: int) -> float | None:
    try:
        import matplotlib
    except ImportError:
        return None
    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    def export() -> None:
        figure = Figure(figsize=(16, 9), dpi=100)
        axes = figure.subplots()
        axes.scatter(range(_MARKS), range(1, _MARKS + 1))
        axes.set_yscale("log")
        for number in range(_LABELS):
            axes.annotate(f"Label {number}", (number * _MARKS / _LABELS, 1 + number * _MARKS / _LABELS))
        figure.savefig(path)

    export()
    return round(median(_seconds(export) for _run in range(runs)), 3)


def _python_pptx(path: Path, runs: int) -> float | None:
    from pptx import Presentation
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Pt

    def export() -> None:
        deck = Presentation()
        shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
        for number in range(_MARKS):
            shapes.add_shape(MSO_SHAPE.OVAL, Pt(number), Pt(number), Pt(6), Pt(6))
        for number in range(_LABELS):
            shapes.add_textbox(Pt(number), Pt(number), Pt(60), Pt(12)).text_frame.text = f"Label {number}"
        deck.save(str(path))

    export()
    return round(median(_seconds(export) for _run in range(runs)), 3)


_BASELINES = {".pptx": (_python_pptx, "python-pptx with 300 shapes and 40 text boxes")}


def _bare_window() -> int:
    import subprocess

    code = (
        "import resource; from PySide6.QtWidgets import QApplication, QMainWindow\n"
        "app = QApplication([]); window = QMainWindow(); window.resize(1600, 900); window.show(); app.processEvents()\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return _in_mebibytes(int(done.stdout))


def _mebibytes() -> int:
    return _in_mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _in_mebibytes(told: int) -> int:
    return told // (1 << 20) if sys.platform == "darwin" else told // 1024


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
