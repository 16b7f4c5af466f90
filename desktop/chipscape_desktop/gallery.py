"""The gallery: every screen, in a real window without a display, and every figure, as pictures to look at.

`python -m chipscape_desktop.gallery FOLDER [--only PATTERN] [--jobs N]` renders them in the themes, languages and sizes
there are, and writes an `index.html` over them. Exit code 1 when anything could not be rendered, one line for each.
"""

import argparse
import faulthandler
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from html import escape
from itertools import product
from pathlib import Path
from types import TracebackType

THEMES = ("light", "dark")
LANGUAGES = ("en", "fr")
SIZES = ((1366, 768), (2560, 1440))
FIGURE_THEMES = ("print", "light", "dark")


@dataclass(frozen=True, slots=True)
class Look:
    """In which theme, language and size something is shown."""

    theme: str
    language: str
    width: int
    height: int

    def __str__(self) -> str:
        """Return the look as a part of a file name."""
        return f"{self.theme}-{self.language}-{self.width}x{self.height}"

    @classmethod
    def parse(cls, text: str) -> "Look":
        """Return the look that *text*, made by `str`, stands for."""
        theme, language, size = text.split("-")
        width, height = size.split("x")
        return cls(theme, language, int(width), int(height))


def looks(themes: Sequence[str]) -> list[Look]:
    """Return every look in these themes."""
    return [
        Look(theme, language, *size) for theme, language, size in product(themes, LANGUAGES, SIZES)
    ]  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Render the gallery, or the part of it that another process asked for; return the exit code."""
    asked = _parse(arguments)
    if asked.screens or asked.figures:
        return _render_part(asked)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="chipscape-gallery-") as home:
        bases = _make_bases(Path(home))
        parts = [("--screens", str(look)) for look in looks(THEMES)]
        parts += [("--figures", str(look)) for look in looks(FIGURE_THEMES)]
        with ThreadPoolExecutor(asked.jobs) as pool:
            failures = list(pool.map(lambda part: _in_a_process(asked, bases, part), parts))
    told = [line for lines in failures for line in lines]
    count = _write_index(asked.folder)
    sys.stdout.write(f"{count} pictures; open {asked.folder / 'index.html'}\n")
    sys.stderr.writelines(f"{line}\n" for line in told)
    return 1 if told else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chipscape_desktop.gallery", description="Render every screen and figure.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="only pictures of such names, like *timeline*")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes at a time")
    parser.add_argument("--screens", type=Look.parse, help=argparse.SUPPRESS)
    parser.add_argument("--figures", type=Look.parse, help=argparse.SUPPRESS)
    parser.add_argument("--bases", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _make_bases(home: Path) -> Path:
    """Make the fact bases that are shown, and return their folder."""
    from chipscape_db.base_file import create_base
    from chipscape_desktop.gallery_teaching import make_teaching_base

    folder = home / "bases"
    folder.mkdir()
    create_base(folder / "starter.chipscape", starter=True)
    create_base(folder / "empty.chipscape", starter=False)
    make_teaching_base(folder / "teaching.chipscape")
    shutil.copy(folder / "starter.chipscape", folder / "protected.chipscape")
    (folder / "protected.chipscape").chmod(0o444)
    return folder


def _in_a_process(asked: argparse.Namespace, bases: Path, part: tuple[str, str]) -> list[str]:
    """Render one part in a process of its own, for windows share their theme and language; return its failures."""
    with tempfile.TemporaryDirectory(prefix="chipscape-gallery-") as home:
        # Copies of its own: only one process at a time may open a base for writing.
        bases = Path(shutil.copytree(bases, Path(home) / "bases"))
        environment = os.environ | {"CHIPSCAPE_HOME": home}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, "-m", "chipscape_desktop.gallery", str(asked.folder), "--only", asked.only]
        done = subprocess.run(
            [*command, "--bases", str(bases), *part], env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode == 0:
        return []
    lines = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]
    return lines if done.returncode == 1 else [*lines, f"{' '.join(part)}: ended with {done.returncode}"]


def _render_part(asked: argparse.Namespace) -> int:
    render = _screens if asked.screens else _figures
    failures = list(render(asked.screens or asked.figures, asked.bases, asked.folder, asked.only))
    sys.stderr.writelines(f"{line}\n" for line in failures)
    # Threads and windows of a screen that failed may hold up the way out; all is written by now.
    sys.stderr.flush()
    os._exit(1 if failures else 0)


def _screens(look: Look, bases: Path, folder: Path, only: str) -> Iterator[str]:
    """Render the screens in one look; yield a line for each that failed."""
    from PySide6.QtWidgets import QApplication

    from chipscape_desktop.app import dress
    from chipscape_desktop.collector import Collector
    from chipscape_desktop.gallery_screens import SCREENS_BY_BASE, picture, put_away, settle
    from chipscape_desktop.gallery_timeline import shown_in
    from chipscape_desktop.settings import Settings
    from chipscape_desktop.shell.main_window import MainWindow
    from chipscape_desktop.workspace import Workspace

    faulthandler.enable()
    app = QApplication(["chipscape"])
    collector = Collector(app)
    settings = Settings(language=look.language, theme=look.theme, author="Ann", reduced_motion=True)
    dress(app, settings)
    raised: list[str] = []

    def keep(_kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        raised.append(_place_of(error, trace))

    sys.excepthook = keep
    for base, screens in SCREENS_BY_BASE.items():
        files = {name: folder / f"screen-{name}-{look}.png" for name in screens}
        wanted = [name for name, file in files.items() if fnmatch(file.name, only) and shown_in(name, look)]
        if not wanted:
            continue
        workspace = Workspace("Ann")
        window = MainWindow(workspace, settings)
        window.resize(look.width, look.height)
        window.show()
        for name in wanted:
            try:
                if base != "none" and workspace.base is None:
                    workspace.open(bases / f"{base}.chipscape")
                    settle(window)
                screens[name](window)
                settle(window)
                if not picture(window).save(str(files[name])):
                    raised.append("not written")
                put_away(window)
            except Exception as error:
                raised.append(_place_of(error, error.__traceback__))
            yield from (f"{files[name].name}: {line}" for line in raised)
            raised.clear()
        window.deleteLater()
        workspace.close()
        app.processEvents()
    collector.restore()


def _figures(look: Look, bases: Path, folder: Path, only: str) -> Iterator[str]:
    """Export the figures in one look to every format, and render the drawings; yield a line for each that failed."""
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import open_base
    from chipscape_db.filters import Filters
    from chipscape_db.queries.properties import base_state
    from chipscape_desktop import i18n
    from chipscape_desktop.export.formats import FORMATS
    from chipscape_desktop.export.jobs import ExportJob, export_figure
    from chipscape_desktop.figures import catalog

    i18n.set_language(look.language)
    base = open_base(bases / "starter.chipscape", write=False)
    with Session(base.engine) as session:
        state = base_state(session)
        for name in catalog.names():
            stem = f"figure-{name}-{look}"
            wanted = [suffix for suffix in FORMATS if fnmatch(f"{stem}{suffix}", only)]
            if not wanted:
                continue
            try:
                figure, request = catalog.figure(name), catalog.Request(Filters(), look.language, {})
                spec = figure.build(figure.read(session, request), request)
                size = (float(look.width), float(look.height))
                job = ExportJob(name, request, size, look.theme, base.path.name, state.base_id, state.changeset)
                for suffix in wanted:
                    export_figure(job, spec, folder / f"{stem}{suffix}")
                if ".svg" in wanted:
                    _render_svg(folder / f"{stem}.svg", look)
            except Exception as error:
                yield f"{stem}: {_place_of(error, error.__traceback__)}"
    base.close()


def _render_svg(path: Path, look: Look) -> None:
    """Render an SVG beside it as a picture, as a browser that has our face would show it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from chipscape_desktop.export.qt_application import ensure_application
    from chipscape_desktop.fonts import install_fonts

    ensure_application()
    install_fonts()
    image = QImage(look.width, look.height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    # WORKAROUND: QtSvg takes a list of faces for the name of one and sets everything in a fallback.
    drawn = re.sub('font-family="[^"]*"', 'font-family="Inter"', path.read_text(encoding="utf-8"))
    QSvgRenderer(drawn.encode()).render(painter)
    painter.end()
    image.save(str(path.with_suffix(".svg.png")))


def _place_of(error: BaseException, trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}".replace("\n", " ")


def _write_index(folder: Path) -> int:
    """Write a page that shows every picture of *folder*, and return how many there are."""
    pictures = sorted(path.name for path in folder.glob("*.png"))
    rows = [
        f'<figure><a href="{escape(name)}"><img loading="lazy" src="{escape(name)}" alt=""></a>'
        f"<figcaption>{escape(name)}</figcaption></figure>"
        for name in pictures
    ]
    others = [
        f'<li><a href="{escape(path.name)}">{escape(path.name)}</a></li>' for path in sorted(folder.glob("*.pdf"))
    ]
    folder.joinpath("index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Chipscape gallery</title>\n'
        "<style>body{font:13px sans-serif;margin:24px;background:#ddd}figure{display:inline-block;margin:0 16px 24px 0}"
        "img{width:480px;display:block;border:1px solid #888}figcaption{padding-top:4px}</style>\n"
        f"<h1>{len(pictures)} pictures</h1>\n" + "\n".join(rows) + f"\n<ul>{''.join(others)}</ul></html>\n",
        encoding="utf-8",
    )
    return len(pictures)


if __name__ == "__main__":
    sys.exit(main())
