"""What the window loads before it is painted: Qt, and little else."""

import subprocess
import sys

LOADED = "import sys, chipscape_desktop.app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    heavy = {"sqlalchemy", "alembic", "numpy", "pyqtgraph", "babel", "sqlite3", "email", "http", "ssl"}
    assert not heavy & set(done.stdout.split())
