"""The inspector panel: reads what is selected and shows its page; links lead on, and back again."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.i18n import _, language
from chipscape_desktop.shell.inspector.empty_page import empty_page
from chipscape_desktop.theme import current_palette, theme
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.queries.dossier import Dossier
    from chipscape_desktop.shell.main_window import MainWindow

_MARGIN = 16


class Inspector(QWidget):
    """Shows whatever is selected, wherever it was selected."""

    def __init__(self, workspace: Workspace, window: "MainWindow") -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._dossier: Dossier | None = None
        self._open_metrics: frozenset[str] = frozenset()
        self._all_links = False
        self._all_computed = False
        self._shown_for: Selection | None = None
        self._aim = ""  # the metric to be brought into sight
        self.setMinimumWidth(260)
        self.browser = QTextBrowser(self)
        self.browser.setOpenLinks(False)
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.setObjectName("inspector")
        self.browser.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser.document().setDocumentMargin(_MARGIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser)
        self.browser.anchorClicked.connect(self._follow)
        workspace.selection_changed.connect(self._selected)
        workspace.changed.connect(self._read)
        workspace.filters_changed.connect(self._read)
        theme().changed.connect(self._show)
        self._show()
        self._read()

    def dossier(self) -> "Dossier | None":
        """Return what is shown."""
        return self._dossier

    def unfold(self, metric: str) -> None:
        """Show the rival claims of a metric, and bring them into sight."""
        self._open_metrics |= {metric}
        self._aim = metric
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._read()
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures to the width."""
        super().resizeEvent(event)
        if self._open_metrics and event.size().width() != event.oldSize().width():
            self._show()

    def _selected(self, _selection: Selection | None) -> None:
        self._all_links = False
        self._read()

    def _read(self, _change: object = None) -> None:
        selection = self._workspace.selection
        if selection is None or self._workspace.base is None:
            self._got(None)
        else:
            read = partial(_dossier, selection=selection, language=language(), as_of=self._workspace.filters.as_of)
            self._workspace.query(read, self._got, key="dossier")

    def _got(self, dossier: "Dossier | None") -> None:
        if dossier is None and self._dossier is None:
            return  # it says already that nothing is selected
        is_other = dossier is None or self._dossier is None or dossier.id != self._dossier.id
        self._dossier = dossier
        if is_other and dossier is not None:
            contested = [value.metric for value in dossier.values if value.contested]
            self._open_metrics = frozenset(contested[:1])
            self._all_computed = False
        selection = self._workspace.selection
        if (
            selection is not None
            and dossier is not None
            and selection.id == dossier.id
            and selection != self._shown_for
        ):
            self._shown_for = selection
            self._aim = selection.metric
            self._open_metrics = frozenset((selection.metric,)) if selection.metric else self._open_metrics
        self._show(to_top=is_other)

    def _show(self, _change: object = None, *, to_top: bool = False) -> None:
        palette = current_palette()
        bar = self.browser.verticalScrollBar()
        kept = 0 if to_top else bar.value()
        width = max(self.browser.viewport().width() - 2 * _MARGIN - 4, 200)
        # Always there beside a record, so that unfolding a section doesn't move the text; never beside nothing.
        self.browser.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if self._dossier is None else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )
        self.browser.setHtml(
            empty_page(palette) if self._dossier is None else self._page(self._dossier, width, palette)
        )
        bar.setValue(kept)
        if self._aim:
            from chipscape_desktop.shell.inspector.pages import metric_anchor

            self.browser.scrollToAnchor(metric_anchor(self._aim))
            self._aim = ""
        name = self._dossier.name if self._dossier is not None else _("Nothing is selected")
        self.browser.setAccessibleName(_("Inspector: {name}").format(name=name))

    def _page(self, dossier: "Dossier", width: int, palette: Palette) -> str:
        from chipscape_desktop.shell.inspector.pages import page
        from chipscape_desktop.widgets.dot_plot import dot_plot

        plots = set()
        for value in dossier.values:
            if value.metric in self._open_metrics:
                image = dot_plot(value, width, palette)
                if image is not None:
                    url = QUrl(f"plot:{value.metric}")
                    self.browser.document().addResource(QTextDocument.ResourceType.ImageResource, url, image)
                    plots.add(value.metric)
        return page(
            dossier,
            palette,
            self._open_metrics,
            plots=frozenset(plots),
            all_links=self._all_links,
            width=width,
            all_computed=self._all_computed,
            as_of=self._workspace.filters.as_of,
        )

    def _follow(self, url: QUrl) -> None:
        kind, _colon, rest = url.toString().partition(":")
        if kind in ("record", "relationship"):
            self._workspace.select(Selection(kind, rest))
        elif kind == "metric":
            self._open_metrics ^= {rest}
            self._show()
        elif kind == "claims":
            self.unfold(rest)
        elif kind == "computed":
            self._all_computed = True
            self._show()
        elif kind == "links":
            self._all_links = True
            self._show()
        elif kind == "edit":
            self._window.edit_selected()
        elif kind in ("http", "https"):
            QDesktopServices.openUrl(url)


def _dossier(session: "Session", *, selection: Selection, language: str, as_of: date | None) -> "Dossier | None":
    # Imported on the worker, with what will show it: the window opens without, and stays at hand meanwhile.
    import chipscape_desktop.shell.inspector.pages
    import chipscape_desktop.widgets.dot_plot  # noqa: F401
    from chipscape_db.queries.dossier import record_dossier, relationship_dossier

    if selection.kind == "relationship":
        return relationship_dossier(session, relationship_id=selection.id, language=language)
    return record_dossier(session, record_id=selection.id, language=language, as_of=as_of, rule=selection.rule)
