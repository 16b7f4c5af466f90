"""The dialog that asks how a figure is to leave: format, size, colours, where to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
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
from shiboken6 import isValid

from chipscape_db.errors import N_
from chipscape_desktop import notices
from chipscape_desktop.export.events import event_suffixes_of
from chipscape_desktop.export.formats import FORMATS, TABLE_FORMATS, suffixes_of
from chipscape_desktop.export.sizes import Size
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.native import can_be_native
from chipscape_desktop.i18n import _
from chipscape_desktop.shell.size_fields import SizeFields
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
_MOST_PAGES = 60
_PAUSE_MS = 120
_THEMES = (("print", N_("For print: white ground")), ("light", N_("Light")), ("dark", N_("Dark")))


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """How the figure is to leave; `remembered` is its size as one word, for the next time, `native` a chart to edit.

    `everything`: all of it, not the part in view; `pages` is over how many pages side by side a print goes.
    """

    path: Path
    size: Size
    theme: str
    everything: bool = False
    pages: int = 1
    remembered: str = ""
    native: bool = False


Ask = Callable[[ExportAnswer, Callable[[str, str], None]], None]
"""Asked how a figure would come out, it calls back with what to tell of its size, and a warning or nothing."""


class ExportDialog(QDialog):
    """One column: format, size, colours, file."""

    def __init__(
        self, parent: QWidget, figure: str, size: tuple[float, float], folder: Path, *, remembered: str = "",
        native: bool = True,
        ask: Ask | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(_("Export figure"))
        self._agreed: Path | None = None
        self._format, self._theme = QComboBox(self), QComboBox(self)
        shown = catalog.figure(figure)
        self._size = SizeFields(shown, size, self)
        self._ask = ask
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        set_role(self._told, "soft")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self.ask_now)
        self._suffixes = (*suffixes_of(shown), *event_suffixes_of(shown))
        self._extent, self._pages = QComboBox(self), QSpinBox(self)
        for text in (N_("The part in view"), N_("Everything")):
            self._extent.addItem(_(text))
        self._pages.setRange(1, _MOST_PAGES)
        self._native = QCheckBox(_("As a chart that PowerPoint can edit, with its data"), self)
        self._native.setChecked(native)
        self._native.setVisible(can_be_native(shown))
        self._can_page = hasattr(shown, "pages")
        self._tables_follow = catalog.tables_follow_view(shown)
        for suffix in self._suffixes:
            self._format.addItem(f"{_(_FORMAT_NAMES[suffix])} ({suffix})", suffix)
        for theme, text in _THEMES:
            self._theme.addItem(_(text), theme)
        self._proposed = folder / figure
        self._path = QLineEdit(str(self._proposed), self)
        self._path.setMinimumWidth(380)
        browse = QPushButton(_("Choose…"), self)
        browse.clicked.connect(self._browse)
        self._format.currentIndexChanged.connect(self._follow_format)
        place = QHBoxLayout()
        place.addWidget(self._path, 1)
        place.addWidget(browse)
        sizes = QVBoxLayout()
        sizes.setSpacing(4)
        sizes.addWidget(self._size)
        sizes.addWidget(self._told)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(12)
        for text, field in (
            (_("Format"), self._format), (_("Size and text"), sizes),
            (_("Colours"), self._theme),
        ):  # fmt: skip
            form.addRow(text, field)
        form.addRow(self._native)
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
        if remembered:
            self._size.recall(remembered)
        self._size.changed.connect(self._wonder)
        self._extent.currentIndexChanged.connect(self._wonder)
        self._wonder()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def answer(self) -> ExportAnswer:
        """Return what was chosen."""
        return ExportAnswer(
            Path(self._path.text()).expanduser(), self._size.size_(), self._theme.currentData(),
            self._extent.currentIndex() == 1, self._pages.value() if self._pages.isEnabled() else 1,
            self._size.remembered(), self._native.isChecked(),
        )  # fmt: skip

    def _wonder(self) -> None:
        """Ask how it would come out, once nothing changes any more."""
        self._later.start()

    def ask_now(self) -> None:
        """Ask how large letters come out, and tell it when the answer is there."""
        if self._ask is not None and self._size.isEnabled():
            self._ask(self.answer(), self._tell)
        else:
            self._told.clear()

    def _tell(self, text: str, warning: str) -> None:
        if not isValid(self._told):
            return
        self._told.setText(f"{text}. {warning}" if warning else text)
        set_role(self._told, "error" if warning else "soft")

    def _export(self) -> None:
        """Go on, unless there is a file of that name that the person wants to keep."""
        path = self.answer().path
        if path == self._agreed or notices.may_write(path, self):
            self.accept()

    def _follow_format(self) -> None:
        suffix, path = self._format.currentData(), Path(self._path.text())
        self._path.setText(str((path if path.name else self._proposed).with_suffix(suffix)))
        is_picture = suffix in FORMATS
        self._extent.setEnabled(suffix not in TABLE_FORMATS or self._tables_follow)
        self._pages.setEnabled(self._can_page and suffix == ".pdf")
        self._native.setEnabled(suffix == ".pptx")
        self._size.suggest("slide" if suffix == ".pptx" else "screen")
        self._size.setEnabled(is_picture)
        self._theme.setEnabled(is_picture)
        self._wonder()

    def _browse(self) -> None:
        pattern = ";;".join(f"{_(_FORMAT_NAMES[suffix])} (*{suffix})" for suffix in self._suffixes)
        name, _chosen = QFileDialog.getSaveFileName(self, _("Export figure"), self._path.text(), pattern)
        if name:
            self._agreed = Path(name)  # the file dialog has asked already
            self._path.setText(name)
            at = self._format.findData(Path(name).suffix.lower())
            if at >= 0:
                self._format.setCurrentIndex(at)


def answer_of(dialog: ExportDialog) -> ExportAnswer | None:
    """Ask how the figure is to leave; None when the person changed their mind."""
    said = dialog.exec()
    answer = dialog.answer()
    dialog.deleteLater()
    return answer if said == QDialog.DialogCode.Accepted else None
