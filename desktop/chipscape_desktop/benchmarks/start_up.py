"""From the command to a window that is painted, to a view that is complete; and the command line beside bare Python."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import clock_gettime
from typing import Any

# The clock of the whole system: the child's readings can be held against the parent's.
_CLOCK = 1
_RUNS = 5
_PAINTED = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            print("painted", time.clock_gettime(1), flush=True)
            QTimer.singleShot(0, QApplication.quit)
        return done

app = QApplication([])
window = Window()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 768)
window.show()
app.exec()
"""
_OURS = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from chipscape_desktop import app

class Window(app.MainWindow):
    told = False
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self.told:
            self.told = True
            print("painted", time.clock_gettime(1), flush=True)
            self.looking = QTimer(self, interval=5)
            self.looking.timeout.connect(self.look)
            self.looking.start()
        return done
    def look(self):
        if self.workspace.base is not None and self.current() is not None and self.workspace.idle():
            print("complete", time.clock_gettime(1), flush=True)
            QApplication.quit()

app.MainWindow = Window
app.main([sys.argv[1]])
"""


def bench_start(runs: int = _RUNS) -> dict[str, Any]:
    """Return the medians of *runs* cold starts, files cached, in turn with those of a bare window."""
    from chipscape_db.base_file import create_base

    with TemporaryDirectory() as folder:
        path = Path(folder, "starter.chipscape")
        create_base(path)
        environment = os.environ | {"CHIPSCAPE_HOME": folder}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a start with cached files has compiled ones
        _told(["-c", _OURS, str(path)], environment)  # fills the cache of files
        bare, ours = [], []
        for _run in range(runs):
            bare.append(_told(["-c", _PAINTED], environment))
            ours.append(_told(["-c", _OURS, str(path)], environment))
        info = [_ended(["-m", "chipscape_desktop.cli", "info", str(path)], environment) for _run in range(runs)]
        python = [_ended(["-c", "pass"], environment) for _run in range(runs)]
    painted = {"baseline": median(times["painted"] for times in bare), "baseline_name": "bare PySide6 window"}
    return {
        "start_first_paint": painted
        | {"measured": median(times["painted"] for times in ours), "unit": "s", "budget": 0.45, "most_ratio": 2.5},
        "start_view_complete": painted
        | {"measured": median(times["complete"] for times in ours), "unit": "s", "budget": 1.0},
        "cli_info": {
            "measured": median(info), "baseline": median(python), "baseline_name": "python -c pass", "unit": "s",
            "budget": 0.25,
        },
    }  # fmt: skip


def _told(arguments: Sequence[str], environment: dict[str, str]) -> dict[str, float]:
    """Run Python and return how long after its start it told each thing."""
    start = clock_gettime(_CLOCK)
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    lines = (line.split() for line in done.stdout.splitlines())
    return {line[0]: float(line[1]) - start for line in lines if len(line) == 2}


def _ended(arguments: Sequence[str], environment: dict[str, str]) -> float:
    start = clock_gettime(_CLOCK)
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True, timeout=120)
    return clock_gettime(_CLOCK) - start
