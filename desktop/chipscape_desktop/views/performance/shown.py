"""The figure on the performance screen: which one, asked for what, read from the base, built and laid on the canvas."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

from PySide6.QtCore import QObject, Signal

from chipscape_db.choice import Rule
from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_desktop.figures.catalog import (
    Figure,
    Request,
    View,
    figure,
    options_of,
    reads_anew,
    takes_focus,
    zoom_axes,
)
from chipscape_desktop.i18n import _, language
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.performance.building import Building, Built
from chipscape_desktop.views.performance.hosting import lay_out, read_figure, same_view
from chipscape_desktop.views.performance.panel import ControlRow
from chipscape_desktop.workspace import Workspace

_FIRST: Final = "performance-over-time"
_USUAL_RULE: Final[Rule] = "written"


class ShownFigure(QObject):
    """Holds one figure of the catalogue with its rows and spec; `built` tells that there is a new spec.

    Each figure keeps the options it had last, but for the choosing rule: that is one for all figures and the inspector.
    """

    built = Signal(object)

    def __init__(
        self, workspace: Workspace, controls: ControlRow, *, canvas: FigureCanvas, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._controls, self._canvas = workspace, controls, canvas
        self.figure: Figure = figure(_FIRST)
        self.rows: Any = None
        self._rows_of = ""
        self.spec: Any = None
        self._built_for: Request | None = None
        self.rule: Rule = _USUAL_RULE
        self.title = ""
        self.annotations: tuple[Annotation, ...] = ()
        self.home: View | None = None
        self._go_home = True
        self._follows_home = False
        self._place: View | None = None
        self._remembered: dict[str, dict[str, str]] = {}
        self._building = Building(workspace, "performance-building", self)
        self._building.done.connect(self._show)

    @property
    def name(self) -> str:
        """The name of the figure."""
        return self.figure.name

    def choose(self, name: str, options: Mapping[str, str] | None) -> None:
        """Go over to a figure, with *options* or those it had last; raises `NotFound` and `Invalid`."""
        wanted = figure(name)
        self._remembered[self.name] = self._controls.options()
        self.figure = wanted
        self.spec = None
        self._building.forget()
        self.forget_place()
        self.set_controls(options)

    def set_controls(self, options: Mapping[str, str] | None = None) -> None:
        """Offer the options of the figure, set to these or to those it had last, under the rule that holds for all."""
        given = dict(self._remembered.get(self.name, {}) if options is None else options)
        if options is None and self._has_rule():
            given.pop("rule", None)
            if self.rule != _USUAL_RULE:
                given["rule"] = self.rule
        self._controls.show_figure(self.figure, given)
        self._remembered[self.name] = self._controls.options()
        if options is not None:
            self._share_rule(given)

    def content(self, view: View) -> FigureContent:
        """Return what is shown, as it is saved: with the part in view, unless that is everything."""
        whole = self.home is None or same_view(view, self.home)
        return FigureContent(
            self.name, self._controls.options(), self._workspace.filters, None if whole else (*view.x, *view.y),
            self.title, self.annotations,
        )  # fmt: skip

    def take(self, content: FigureContent) -> None:
        """Go over to what was saved, but for its filters."""
        self.title, self.annotations = content.title, content.annotations
        self._place = None if content.view is None else View(content.view[:2], content.view[2:])
        self._remembered[self.name] = self._controls.options()
        self.figure = figure(content.figure)
        self._building.forget()
        self._go_home = True
        self.set_controls(content.options)

    def plain(self) -> None:
        """Forget the title and the remarks."""
        self.title, self.annotations = "", ()

    def usual_title(self) -> str:
        """Return the title that is shown, empty while there is none."""
        return self.title or ("" if self.spec is None else str(self.spec.caption.title))

    def forget_place(self) -> None:
        """Show everything when the figure is built next."""
        self._go_home = True

    def forget_rows(self) -> None:
        """Let the rows go: another base is open."""
        self.plain()
        self._building.forget()
        self.rows = None
        self._go_home = True

    def request(self) -> Request:
        """Return what the figure is asked for."""
        options = self._controls.options()
        selection = self._workspace.selection
        if takes_focus(self.figure) and selection is not None and selection.kind == "record":
            options["focus"] = selection.id
        return Request(self._workspace.filters, language(), options)

    def shown_request(self) -> Request:
        """Return what the spec was built for: while another is being built, not what is asked for by now."""
        return self.request() if self.spec is None or self._built_for is None else self._built_for

    def read(self) -> None:
        """Ask for the rows, then build; what is being built from older ones is let go."""
        self._building.forget()
        asked = partial(read_figure, name=self.name, request=self.request())
        self._workspace.query(asked, self._got, key="performance")

    def options_changed(self, options: Mapping[str, str]) -> bool:
        """Follow the controls; say whether rows must be read for it."""
        before = self._remembered.get(self.name, {})
        names = {name for name in (*before, *options) if before.get(name) != options.get(name)}
        self._remembered[self.name] = dict(options)
        self._share_rule(options)
        if self.rows is None or reads_anew(self.figure, names):
            self._go_home = True
            return True
        self._follows_home = True
        self.rebuild()
        return False

    def rebuild(self) -> None:
        """Have the spec built from the rows, and lay it on the canvas when it is there."""
        if self.rows is not None and self._rows_of == self.name:  # else rows of the figure chosen last are on their way
            self._building.ask(self.figure, self.rows, request=self.request(), title=self.title)

    def follow_selection(self) -> None:
        """Build again where what is selected is named first."""
        if takes_focus(self.figure):
            self.rebuild()

    def default_name(self) -> str:
        """Return under which name the figure is saved when nobody gave one."""
        return self.title or _(self.figure.title)

    def _got(self, answer: tuple[str, Any]) -> None:
        self._rows_of, self.rows = answer
        self.rebuild()

    def _show(self, built: Built) -> None:
        """Lay what was built on the canvas."""
        if built.error is not None:
            self._workspace.failed.emit(built.error)
            return
        self.spec, self._built_for = built.spec, built.request
        home, old = self.figure.home(self.spec), self.home
        # What moves the data moves the view along, unless the reader looks at a part and only the facts changed.
        self._go_home = self._go_home or (home != old and old is not None and same_view(self._canvas.view(), old))
        self.home = home
        self._canvas.set_layout(partial(lay_out, self.figure, self.spec, self.annotations), home=home)
        if self._go_home or not zoom_axes(self.figure):
            self._go_home = False
            self._canvas.set_view(self._place or home)
            self._place = None
        follows, self._follows_home = self._follows_home, False
        self.built.emit(self.spec)
        if follows and home != old:
            self._canvas.go_home()

    def _has_rule(self) -> bool:
        return any(option.name == "rule" for option in options_of(self.figure))

    def _share_rule(self, options: Mapping[str, str]) -> None:
        if self._has_rule():
            self.rule = cast("Rule", options.get("rule", _USUAL_RULE))
            selection = self._workspace.selection
            if selection is not None and selection.rule != self.rule:
                self._workspace.select(replace(selection, rule=self.rule))
