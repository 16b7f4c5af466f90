"""What holds for every test: a person's settings stay untouched, and nothing is left behind or logged unexpectedly.

Nothing here imports Qt or the database at the top; a test pays for what it uses.
"""

import gc
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_HOME = Path(tempfile.mkdtemp(prefix="chipscape-tests-"))
_SETTINGS_FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
}
# Before Qt or platformdirs read them: no display, no person's folders, one language and one clock.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update({name: str(_HOME / folder) for name, folder in _SETTINGS_FOLDERS.items()})
os.environ.pop("CHIPSCAPE_HOME", None)
os.environ.update({"LC_ALL": "C.UTF-8", "LANGUAGE": "en", "TZ": "UTC"})

import pytest  # noqa: E402 - the environment above must stand before any plugin starts Qt
from hypothesis import settings  # noqa: E402

settings.register_profile("here", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

THREAD_GRACE_SECONDS = 2.0
MANY_OBJECTS = 200_000


def pytest_collection_finish() -> None:
    """Sets aside what the imports made, so that the collection after each test has little to look through."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Removes the session's own settings folder."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    """Speak English again after a test that spoke another language."""
    yield
    i18n = sys.modules.get("chipscape_desktop.i18n")
    if i18n is not None and i18n.language() != "en":
        i18n.set_language("en")


@pytest.fixture(autouse=True, scope="module")
def _set_aside_what_a_module_leaves() -> Iterator[None]:
    """Let later collections pass over what is there to stay, such as modules and the bases of the session."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _collect_on_this_thread_only(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect cycles here, never on a worker thread, where destroying a Qt object crashes.

    A test without widgets leaves nothing that has to go at once, and is collected after only once much has piled up.
    """
    gc.disable()
    yield
    if _has_widgets(request) or gc.get_count()[0] > MANY_OBJECTS:
        gc.collect()


def _has_widgets(request: pytest.FixtureRequest) -> bool:
    return "qapp" in request.fixturenames


class _Warnings(logging.Handler):
    """Keeps every record of WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _warnings_logged() -> Iterator[_Warnings]:
    """Fails a test during which a warning was logged that it did not announce with ``expect_log``."""
    handler = _Warnings()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    messages = [f"{record.name} {record.levelname}: {record.getMessage()}" for record in handler.records]
    unexpected = [message for message in messages if not any(known.search(message) for known in handler.expected)]
    missed = [known.pattern for known in handler.expected if not any(known.search(message) for message in messages)]
    assert not unexpected, f"logged unexpectedly: {unexpected}"
    assert not missed, f"expected in the log and not found: {missed}"


@pytest.fixture
def expect_log(_warnings_logged: _Warnings) -> Callable[[str], None]:
    """A function that announces a warning or an error: a regular expression over ``logger LEVEL: message``."""

    def announce(pattern: str) -> None:
        _warnings_logged.expected.append(re.compile(pattern))

    return announce


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fails a test that leaves a thread of ours running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + THREAD_GRACE_SECONDS
    left = []
    for thread in set(threading.enumerate()) - before:
        # Qt's own threads that once called into Python show up as dummies, and end when Qt pleases.
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
            left += [thread.name] if thread.is_alive() else []
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def _no_window_left(_collect_on_this_thread_only: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test that leaves a top-level window; ``qtbot.addWidget`` closes one at its end."""
    yield
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    if _has_widgets(request):
        gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # Windows with a parent fall with it; the one tooltip label is Qt's own and lives on.
    windows = [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]
    left = [widget for widget in windows if widget.metaObject().className() != "QTipLabel"]
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not names, f"windows left: {names}"


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with the starter facts, built once per worker; read it, and write only to ``starter_copy``."""
    from chipscape_db.base_file import create_base

    path = tmp_path_factory.mktemp("starter") / "starter.chipscape"
    create_base(path, starter=True)
    return path


@pytest.fixture
def starter_copy(starter: Path, tmp_path: Path) -> Path:
    """A fresh copy of the base with the starter facts."""
    return Path(shutil.copy(starter, tmp_path / "facts.chipscape"))
