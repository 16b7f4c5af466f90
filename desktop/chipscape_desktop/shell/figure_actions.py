"""What can be done with the figure on the screen: export it to a file, copy it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from chipscape_desktop.figures.titles import CHART_TITLES
from chipscape_desktop.i18n import _
from chipscape_desktop.icons import icon
from chipscape_desktop.shell.since_actions import SinceActions
from chipscape_desktop.theme import current_palette

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.queries.properties import BaseState
    from chipscape_desktop.export.jobs import ExportJob
    from chipscape_desktop.export.sizes import Size
    from chipscape_desktop.shell.export_dialog import ExportAnswer, ExportDialog
    from chipscape_desktop.shell.main_window import MainWindow
    from chipscape_desktop.workspace import Job


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for when the figure on the screen is to leave: all but its base, what it shows, and where to."""

    job: "ExportJob"
    spec: Any
    path: Path | None


class FigureActions:
    """The figure actions of one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.since = SinceActions(window)
        self._charts: dict[str, QAction] = {}

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        return self.since.handlers() | {
            "export": self.export, "copy-figure": self.copy, "reset-timeline": self.reset_timeline,
            "reset-options": self.reset_options,
        }  # fmt: skip

    def doable(self) -> list[QAction]:
        """Return the actions that can be done now, and one for each chart of the catalogue, for the palette."""
        found = self._window.actions_.doable()
        if self._window.workspace.base is None:
            return found
        for name, title in CHART_TITLES.items():
            if name not in self._charts:
                self._charts[name] = QAction(icon("chart-scatter"), "", self._window)
                self._charts[name].triggered.connect(partial(self.show_chart, name))
            self._charts[name].setText(_("Chart: {title}").format(title=_(title)))
        return [*found, *self._charts.values()]

    def show_chart(self, name: str, _checked: bool = False) -> None:
        """Show a chart of the catalogue on its screen."""
        self._window.show_screen("performance")
        if self._window.screen_name() == "performance":
            self._window.current().show_figure(name)

    def export_dialog(self) -> "ExportDialog | None":
        """Return the dialog that asks how the figure on the screen is to leave, None where there is none."""
        from chipscape_desktop.shell.export_dialog import ExportDialog

        screen, base = self._window.current(), self._window.workspace.base
        if base is None or screen is None:
            return None
        return ExportDialog(
            self._window, screen.figure_name, screen.current_size(), base.path.parent,
            remembered=self._window.settings.export_size, native=self._window.settings.export_native,
            ask=self._come_out,
        )  # fmt: skip

    def export(self) -> None:
        """Ask how and where to, and write the figure with its sources."""
        from chipscape_desktop.shell.export_dialog import answer_of

        dialog = self.export_dialog()
        answer = None if dialog is None else answer_of(dialog)
        if answer is not None:
            self._window.remember(export_size=answer.remembered, export_native=answer.native)
            self.write(answer)

    def write(self, answer: "ExportAnswer") -> None:
        """Write the figure on the screen as was answered, in the background."""
        spec = self._window.current().current_spec()
        self._start(None if spec is None else self._answered(answer, spec), spec, answer.path)

    def _come_out(self, answer: "ExportAnswer", then: Callable[[str, str], None]) -> None:
        """Lay the figure out for an answer, beside the window, and tell how large its letters come out."""
        screen = self._window.current()
        spec = None if screen is None else screen.current_spec()
        if spec is None:
            return
        job = self._answered(answer, spec)
        self._then = then
        self._window.workspace.compute(partial(_size_words, job, spec, answer.size), self._came_out, key="export-size")

    def _came_out(self, words: tuple[str, str]) -> None:
        self._then(*words)

    def copy(self) -> None:
        """Put the figure on the clipboard, as a picture and as SVG, as it is on the screen."""
        screen = self._window.current()
        if screen is not None:
            spec = screen.current_spec()
            job = None if spec is None else self._shown(screen.current_size(), current_palette().name)
            self._start(job, spec, None)

    def reset_options(self) -> None:
        """Show the chart on the performance screen with the options that it has at first."""
        self._window.show_screen("performance")
        screen = self._window.current()
        if screen is not None:
            screen.controls.reset()

    def reset_timeline(self) -> None:
        """Show the timeline as a new fact base has it: its lanes, bands and editing as at first."""
        self._window.show_screen("timeline")
        screen = self._window.current()
        if screen is not None:
            screen.timeline.reset_choices()

    def _shown(self, size: tuple[float, float], theme: str) -> "ExportJob":
        """Return the job of the figure on the screen as it is there, but for its base."""
        from chipscape_desktop.export.jobs import ExportJob

        screen = self._window.current()
        return ExportJob(
            screen.figure_name, screen.current_request(), size, theme, "", view=screen.current_view(),
            annotations=getattr(screen, "annotations", ()),
            title=screen.content().title if hasattr(screen, "content") else "",
        )  # fmt: skip

    def _answered(self, answer: "ExportAnswer", spec: Any) -> "ExportJob":
        """Return the job of the figure on the screen with what was answered."""
        from chipscape_desktop.figures import catalog

        job = self._shown(answer.size.pixels, answer.theme)
        view = catalog.figure(job.figure).home(spec) if answer.everything else job.view
        return replace(job, view=view, pages=answer.pages, text=answer.size.text_factor, native=answer.native)

    def _start(self, job: "ExportJob | None", spec: Any, path: Path | None) -> None:
        if job is None:
            self._window.notice.tell(_("The figure is not there yet; try again in a moment."))
            return
        self._wanted = _Wanted(job, spec, path)
        self._window.workspace.query(_state, self._go_on)

    def _go_on(self, state: "BaseState") -> None:
        from chipscape_desktop.export.events import event_suffixes_of
        from chipscape_desktop.figures import catalog

        wanted, base = self._wanted, self._window.workspace.base
        if base is None:
            return
        job = replace(wanted.job, base_name=base.path.name, base_id=state.base_id, changeset=state.changeset)
        if wanted.path is not None and wanted.path.suffix.lower() in event_suffixes_of(catalog.figure(job.figure)):
            self._window.workspace.query(
                partial(_write_events, job=job, spec=wanted.spec, path=wanted.path), self._written
            )
            return
        if wanted.path is not None and wanted.path.suffix.lower() == ".pptx":
            self._window.workspace.query(partial(_linked, job=job, spec=wanted.spec), self._write)
        else:
            self._write(job)

    def _write(self, job: "ExportJob") -> None:
        wanted, compute = self._wanted, self._window.workspace.compute
        if wanted.path is not None:
            compute(partial(_write, job, wanted.spec, wanted.path), self._written, text=_("Exporting the figure"))
        else:
            compute(partial(_render, job, wanted.spec), self._copied, text=_("Copying the figure"))

    def _written(self, path: Path) -> None:
        text = _("The figure was written to {file} in {folder}.").format(file=path.name, folder=path.parent)
        self._window.notice.tell(text, action=(_("Show folder"), partial(_show, path.parent)))

    def _copied(self, files: tuple[bytes, bytes]) -> None:
        from PySide6.QtCore import QMimeData
        from PySide6.QtGui import QGuiApplication, QImage

        png, svg = files
        data = QMimeData()
        data.setImageData(QImage.fromData(png))
        data.setData("image/svg+xml", svg)
        data.setData("image/png", png)
        QGuiApplication.clipboard().setMimeData(data)
        self._window.notice.tell(_("The figure is on the clipboard, as a picture and as SVG."))


def _state(session: "Session") -> "BaseState":
    from chipscape_db.queries.properties import base_state

    return base_state(session)


def _size_words(job: "ExportJob", spec: Any, size: "Size", _running: "Job") -> tuple[str, str]:
    from chipscape_desktop.export.jobs import lay_out
    from chipscape_desktop.export.size_words import size_words, warning_words

    drawing = lay_out(job, spec)
    return size_words(size, drawing), warning_words(drawing)


def _linked(session: "Session", *, job: "ExportJob", spec: Any) -> "ExportJob":
    from chipscape_desktop.export.jobs import linked

    return linked(job, spec, session)


def _write(job: "ExportJob", spec: Any, path: Path, _running: "Job") -> Path:
    from chipscape_desktop.export.jobs import export_figure

    export_figure(job, spec, path)
    return path


def _write_events(session: "Session", *, job: "ExportJob", spec: Any, path: Path) -> Path:
    from chipscape_desktop.export.events import export_events, ids_in_view
    from chipscape_desktop.figures import catalog

    ids = ids_in_view(catalog.figure(job.figure), spec, job.view)
    export_events(session, job, ids, title=spec.caption.title, path=path)
    return path


def _render(job: "ExportJob", spec: Any, _running: "Job") -> tuple[bytes, bytes]:
    from tempfile import TemporaryDirectory

    from chipscape_desktop.export.jobs import export_figure

    with TemporaryDirectory() as folder:
        png, svg = Path(folder) / "figure.png", Path(folder) / "figure.svg"
        export_figure(job, spec, png)
        export_figure(job, spec, svg)
        return png.read_bytes(), svg.read_bytes()


def _show(folder: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
