"""Start-up: the one place where the parts are put together."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from chipscape_desktop import i18n
from chipscape_desktop.collector import Collector
from chipscape_desktop.fonts import install_fonts
from chipscape_desktop.icons import app_icon
from chipscape_desktop.language import apply_language
from chipscape_desktop.logs import start_log, stop_log
from chipscape_desktop.notices import install_hooks, remove_hooks
from chipscape_desktop.paths import data_folder, made
from chipscape_desktop.plain_imports import import_plainly
from chipscape_desktop.settings import Settings, load_settings
from chipscape_desktop.shell.main_window import INSPECTOR, SCREENS, MainWindow
from chipscape_desktop.theme import apply_theme, set_reduced_motion, theme_choice
from chipscape_desktop.workspace import Workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, then the fact base; return the exit code."""
    import_plainly()
    asked = _parse(sys.argv[1:] if arguments is None else arguments)
    settings = load_settings()
    log = start_log()
    app = QApplication.instance() or QApplication(["chipscape"])
    assert isinstance(app, QApplication)
    dress(app, settings)
    install_hooks(app)
    collector = Collector(app)
    workspace = Workspace(settings.signature or _user())
    window = MainWindow(workspace, settings)
    workspace.opened.connect(collector.set_aside)  # after the window, which makes its first screen of the base
    window.show()
    start = Start(window, asked.file)
    QTimer.singleShot(0, start.open)
    code = app.exec()
    window.deleteLater()
    workspace.close()
    collector.restore()
    remove_hooks()
    stop_log(log)
    return code


def dress(app: QApplication, settings: Settings) -> None:
    """Give the application its name, icon, fonts, colours and language."""
    app.setApplicationName("Chipscape")
    app.setDesktopFileName("chipscape")
    app.setWindowIcon(app_icon())
    install_fonts()
    set_reduced_motion(settings.reduced_motion)
    apply_theme(app, theme_choice(settings.theme))
    apply_language(app, i18n.choose_language(settings.language))


class Start:
    """Opens the fact base once the window is there: the one asked for, the last one, or the starter facts."""

    def __init__(self, window: MainWindow, file: Path | None) -> None:
        self._window = window
        self._file = file

    def open(self) -> None:
        """Open it in the background."""
        last = self._window.settings.last_file
        first = partial(_import_screen, self._window.settings.last_screen)
        if self._file is not None:
            self._window.workspace.open(self._file, first=first)
        elif last and Path(last).exists():
            self._window.workspace.open(Path(last), first=first)
        else:
            path = made(data_folder()) / "AI hardware.chipscape"
            self._window.workspace.open(path, create=not path.exists(), first=first)


def _import_screen(name: str) -> None:
    import_module(SCREENS[name][0])
    import_module(INSPECTOR)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chipscape", description="Timelines, charts and maps over sourced facts.")
    parser.add_argument("file", nargs="?", type=Path, help="the fact base to open")
    return parser.parse_args(arguments)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
