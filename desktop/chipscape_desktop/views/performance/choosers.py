"""The fields that choose an option of a figure: a word, a metric, a record, several records."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.metrics import GROUP_LABELS, METRICS
from chipscape_desktop.figures.catalog import Option
from chipscape_desktop.figures.readings.quantities import quantity
from chipscape_desktop.i18n import _, ngettext, pgettext

_FIELD_EXTRA = 46  # a field's borders, insets and arrow
_RECORD_WIDTH, _LIST_HEIGHT = 180, 280
_SLUG = Qt.ItemDataRole.UserRole

Named = tuple[str, str]
"""The slug of a record and its name."""


class WordBox(QComboBox):
    """Chooses one of the words of an option; `picked` carries it."""

    picked = Signal(object)

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(20)
        self._fill(option)
        self.activated.connect(self._chosen)

    def show_word(self, word: str) -> None:
        """Show a word as the chosen one."""
        self.setCurrentIndex(self.findData(word))
        # As wide as the longest word where there is room; in a small window only what is chosen has to be read.
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.currentText()) + _FIELD_EXTRA)

    def _fill(self, option: Option) -> None:
        for word, label in option.choices:
            self.addItem(_(label), word)

    def _chosen(self, index: int) -> None:
        word = self.itemData(index)
        if word is not None:
            self.picked.emit(word)


class MetricBox(WordBox):
    """Chooses a metric, under the heads of their groups; all metrics of numbers unless the option names some."""

    def _fill(self, option: Option) -> None:
        self.setMaxVisibleItems(30)
        model = QStandardItemModel(self)
        group = ""
        keys = [key for key, _label in option.choices] or [key for key, one in METRICS.items() if one.kind == "number"]
        for key in keys:
            if _group_of(key) != group:
                group = _group_of(key)
                head = QStandardItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                model.appendRow(head)
            item = QStandardItem(_name_of(key))
            item.setData(key, _SLUG)
            model.appendRow(item)
        self.setModel(model)


def _group_of(key: str) -> str:
    """Return the head under which a metric, or what is computed or was measured of one, stands."""
    if key in METRICS:
        return _(GROUP_LABELS[METRICS[key].group])
    return _("Computed") if quantity(key).kind == "derived" else _("Measured")


def _name_of(key: str) -> str:
    return _(METRICS[key].label) if key in METRICS else quantity(key).name


class RecordBox(QComboBox):
    """Chooses one record, or none: open the list, or type a part of a name; `picked` carries the slug."""

    picked = Signal(object)

    def __init__(self, _option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(20)
        self.setMinimumContentsLength(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._slug = ""
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._line().editingFinished.connect(self._take)
        self.activated.connect(self._chosen)

    def set_records(self, records: Sequence[Named]) -> None:
        """Offer these records."""
        slug = self._slug
        self.clear()
        self.addItem(pgettext("record", "None"), "")
        for each, name in records:
            self.addItem(name, each)
        self._names.setStringList([self.itemText(row) for row in range(self.count())])
        self.show_word(slug)

    def show_word(self, slug: str) -> None:
        """Show a record as the chosen one."""
        self._slug = slug
        self.setCurrentIndex(self.findData(slug))
        if self.currentIndex() < 0:
            self.setEditText(slug)
        self._line().setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say again what is chosen, when what was typed is nothing."""
        super().focusOutEvent(event)
        if not self.view().isVisible():
            self.show_word(self._slug)

    def _line(self) -> QLineEdit:
        line = self.lineEdit()
        assert line is not None
        return line

    def _take(self) -> None:
        wanted = self.currentText().strip().casefold()
        for row in range(self.count()):
            if self.itemText(row).casefold() == wanted:
                self._chosen(row)
                return

    def _chosen(self, row: int) -> None:
        slug = str(self.itemData(row) or "")
        if slug != self._slug:
            self.show_word(slug)
            self.picked.emit(slug)


class RecordsButton(QToolButton):
    """Chooses several records from a list with a search line; `picked` carries their slugs, with commas."""

    picked = Signal(object)

    def __init__(self, _option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: list[Named] = []
        self._slugs: list[str] = []
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setFrameShape(QFrame.Shape.StyledPanel)
        self._search = QLineEdit(self._popup)
        self._search.setClearButtonEnabled(True)
        self._search.setPlaceholderText(_("Part of a name"))
        self._search.setAccessibleName(_("Part of a name"))
        self._list = QListWidget(self._popup)
        self._list.setMinimumSize(_RECORD_WIDTH + 80, _LIST_HEIGHT)
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._search)
        column.addWidget(self._list)
        self.clicked.connect(self._open)
        self._search.textChanged.connect(self._narrow)
        self._list.itemChanged.connect(self._changed)
        self._say()

    def set_records(self, records: Sequence[Named]) -> None:
        """Offer these records."""
        self._records = list(records)
        self._list.blockSignals(True)
        self._list.clear()
        for slug, name in sorted(records, key=self._unchosen_last):
            item = QListWidgetItem(name, self._list)
            item.setData(_SLUG, slug)
            item.setCheckState(Qt.CheckState.Checked if slug in self._slugs else Qt.CheckState.Unchecked)
        self._list.blockSignals(False)
        self._say()

    def show_word(self, slugs: str) -> None:
        """Show records as the chosen ones."""
        wanted = [slug for slug in slugs.split(",") if slug]
        if wanted != self._slugs:
            self._slugs = wanted
            self.set_records(self._records)

    def _unchosen_last(self, record: Named) -> tuple[bool, str]:
        return record[0] not in self._slugs, record[1].casefold()

    def _say(self) -> None:
        names = dict(self._records)
        chosen = [names.get(slug, slug) for slug in self._slugs]
        text = _("Choose…")
        if len(chosen) == 1:
            text = chosen[0]
        elif chosen:
            text = ngettext("{count} chosen", "{count} chosen", len(chosen)).format(count=len(chosen))
        self.setText(f"{text}  ▾")
        self.setToolTip("\n".join(chosen))

    def _open(self) -> None:
        self.set_records(self._records)
        self._search.clear()
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        self._search.setFocus()

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(wanted not in item.text().casefold())

    def _changed(self, item: QListWidgetItem) -> None:
        slug = str(item.data(_SLUG))
        self._slugs = [one for one in self._slugs if one != slug]
        if item.checkState() == Qt.CheckState.Checked:
            self._slugs.append(slug)
        self._say()
        self.picked.emit(",".join(self._slugs))


class MetricsButton(RecordsButton):
    """Chooses several metrics, in the order in which they are ticked; `picked` carries their keys, with commas."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.set_records([(key, _name_of(key)) for key, _label in option.choices])

    def _unchosen_last(self, record: Named) -> tuple[bool, str]:
        chosen = record[0] in self._slugs
        return not chosen, f"{self._slugs.index(record[0]):03}" if chosen else ""


Chooser = WordBox | RecordBox | RecordsButton


def chooser(option: Option, parent: QWidget) -> Chooser:
    """Return the field for an option."""
    kinds: dict[str, type[WordBox] | type[RecordBox] | type[RecordsButton]] = {
        "choice": WordBox, "metric": MetricBox, "record": RecordBox, "records": RecordsButton,
        "metrics": MetricsButton,
    }  # fmt: skip
    return kinds[option.kind](option, parent)
