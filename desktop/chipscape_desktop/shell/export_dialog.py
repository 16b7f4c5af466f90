"""The dialog that asks how a figure is to leave: format, size, colours, where to."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import N_
from chipscape_desktop import notices
from chipscape_desktop.export.events import event_suffixes_of
from chipscape_desktop.export.formats import FORMATS, TABLE_FORMATS, suffixes_of
from chipscape_desktop.figures import catalog
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role

_FORMAT_NAMES = {
    ".png": N_("PNG picture"),
    ".svg": N_("SVG drawing"),
    ".pdf": N_("PDF page"),
    ".pptx": N_("PowerPoint slide"),
    ".csv": N_("CSV table of the data"),
    ".xlsx": N_("Excel workbook of the data"),
    ".ics": N_("iCalendar of the events"),
    ".json": N_("TimelineJS of the events"),
}
_SIZES = (
    (N_("As on the screen"), None),
    (N_("Slide, 16:9"), (1600.0, 900.0)),
    (N_("Slide, 4:3"), (1200.0, 900.0)),
    (N_("Page, A4 across"), (1123.0, 794.0)),
    (N_("Large, 2560 x 1440"), (2560.0, 1440.0)),
)
_MOST_PAGES = 60
_THEMES = (("print", N_("For print: white ground")), ("light", N_("Light")), ("dark", N_("Dark")))


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """How the figure is to leave; no size means that of the screen.

    `everything`: all of it, not the part in view; `pages` is over how many pages side by side a print goes.
    """

    path: Path
    size: tuple[float, float] | None
    theme: str
    everything: bool = False
    pages: int = 1


class ExportDialog(QDialog):
    """One column: format, size, colours, file."""

    def __init__(self, parent: QWidget, figure: str, size: tuple[float, float], folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export figure"))
        self._agreed: Path | None = None
        self._format, self._size, self._theme = QComboBox(self), QComboBox(self), QComboBox(self)
        shown = catalog.figure(figure)
        self._suffixes = (*suffixes_of(shown), *event_suffixes_of(shown))
        self._extent, self._pages = QComboBox(self), QSpinBox(self)
        for text in (N_("The part in view"), N_("Everything")):
            self._extent.addItem(_(text))
        self._pages.setRange(1, _MOST_PAGES)
        self._can_page = hasattr(shown, "pages")
        for suffix in self._suffixes:
            self._format.addItem(f"{_(_FORMAT_NAMES[suffix])} ({suffix})", suffix)
        for text, wanted in _SIZES:
            width, height = wanted or size
            self._size.addItem(f"{_(text)} ({width:.0f} × {height:.0f})", wanted)
        for theme, text in _THEMES:
            self._theme.addItem(_(text), theme)
        self._path = QLineEdit(str(folder / f"{figure}{self._format.currentData()}"), self)
        self._path.setMinimumWidth(380)
        browse = QPushButton(_("Choose…"), self)
        browse.clicked.connect(self._browse)
        self._format.currentIndexChanged.connect(self._follow_format)
        place = QHBoxLayout()
        place.addWidget(self._path, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(12)
        for text, field in (
            (_("Format"), self._format), (_("Size in pixels"), self._size), (_("Colours"), self._theme),
        ):  # fmt: skip
            form.addRow(text, field)
        form.addRow(_("Extent"), self._extent)
        self._pages.setVisible(self._can_page)
        if self._can_page:
            form.addRow(_("Pages side by side"), self._pages)
        form.addRow(_("File"), place)
        note = QLabel(_("Title, legend, notes and numbered sources go with it."), self)
        set_role(note, "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal, self)
        export = buttons.addButton(_("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(export, "primary")
        buttons.accepted.connect(self._export)
        buttons.rejected.connect(self.reject)
        self._follow_format()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def answer(self) -> ExportAnswer:
        """Return what was chosen."""
        return ExportAnswer(
            Path(self._path.text()).expanduser(), self._size.currentData(), self._theme.currentData(),
            self._extent.currentIndex() == 1, self._pages.value() if self._pages.isEnabled() else 1,
        )  # fmt: skip

    def _export(self) -> None:
        """Go on, unless there is a file of that name that the person wants to keep."""
        path = self.answer().path
        if (
            not path.exists()
            or path == self._agreed
            or notices.ask(
                _("{file} exists already. Replace it?").format(file=path.name),
                yes=_("Replace"),
                no=_("Keep it"),
                parent=self,
            )
        ):
            self.accept()

    def _follow_format(self) -> None:
        self._path.setText(str(Path(self._path.text()).with_suffix(self._format.currentData())))
        suffix = self._format.currentData()
        is_picture = suffix in FORMATS
        self._extent.setEnabled(suffix not in TABLE_FORMATS)
        self._pages.setEnabled(self._can_page and suffix == ".pdf")
        self._size.setEnabled(is_picture)
        self._theme.setEnabled(is_picture)

    def _browse(self) -> None:
        pattern = ";;".join(f"{_(_FORMAT_NAMES[suffix])} (*{suffix})" for suffix in self._suffixes)
        name, _chosen = QFileDialog.getSaveFileName(self, _("Export figure"), self._path.text(), pattern)
        if name:
            self._agreed = Path(name)  # the file dialog has asked already
            self._path.setText(name)
            at = self._format.findData(Path(name).suffix.lower())
            if at >= 0:
                self._format.setCurrentIndex(at)


def ask_export(parent: QWidget, figure: str, size: tuple[float, float], folder: Path) -> ExportAnswer | None:
    """Ask how the figure is to leave; None when the person changed their mind."""
    dialog = ExportDialog(parent, figure, size, folder)
    said = dialog.exec()
    answer = dialog.answer()
    dialog.deleteLater()
    return answer if said == QDialog.DialogCode.Accepted else None
