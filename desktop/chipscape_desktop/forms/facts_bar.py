"""What stands above and beside the table of facts: which table, which words, and what can be done."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from chipscape_db.queries.tables import MOST_EVENTS, TABLES, FactTable
from chipscape_desktop.field_words import table_label
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.i18n import _, number
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role

_KEY = Qt.ItemDataRole.UserRole
_ICONS = {"relationship": "link", "claim": "scale", "policy": "landmark"}


class KindList(QListWidget):
    """The tables, one below the other, each with its number of rows; `chosen` carries a key."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self.setIconSize(QSize(16, 16))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key in TABLES:
            item = QListWidgetItem(icon(_ICONS.get(key, key)), "", self)
            item.setData(_KEY, key)
            item.setSizeHint(QSize(0, 32))
        self.setMaximumWidth(260)
        self.retranslate()
        self.currentItemChanged.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Return the room that the longest name takes."""
        widest = max(self.fontMetrics().horizontalAdvance(self.item(row).text()) for row in range(self.count()))
        return QSize(widest + 56, 400)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each table has."""
        self._counts = counts
        self.retranslate()

    def mark(self, key: str) -> None:
        """Mark the table that is shown."""
        before = self.blockSignals(True)
        self.setCurrentRow(TABLES.index(key))
        self.blockSignals(before)

    def retranslate(self) -> None:
        """Write the names in the language in force."""
        self.setAccessibleName(_("Kinds of facts"))
        for row, key in enumerate(TABLES):
            self.item(row).setText(_name(key, self._counts))
        self.setMinimumWidth(self.sizeHint().width())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _tell(self, item: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_KEY))


class FactsBar(QWidget):
    """The line above the table: the tables as a list where room is short, a filter, columns, new, delete."""

    kind_chosen = Signal(object)
    filter_changed = Signal(object)
    left_downwards = Signal()
    new_wanted = Signal()
    delete_wanted = Signal()
    columns_wanted = Signal()
    views_wanted = Signal()
    filters_wanted = Signal()
    change_wanted = Signal()
    paste_wanted = Signal()
    merge_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[str, int] = {}
        self._shown = (0, 0, False)
        self.combo = CalmCombo(self)
        self.combo.setMinimumContentsLength(16)
        for key in TABLES:
            self.combo.addItem(icon(_ICONS.get(key, key)), "", key)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.count = QLabel(self)
        set_role(self.count, "note")
        names = ("funnel", "columns", "list", "clipboard-paste", "pencil", "git-merge", "trash", "flag")
        tools = [QToolButton(self) for _name in names]
        for tool, name in zip(tools, names, strict=True):
            tool.setIcon(icon(name))
        self.filters, self.columns, self.views, self.paste, self.change, self.merge, self.delete_button, self.review = (
            tools
        )
        self.new_button = QPushButton(self)
        self.new_button.setIcon(icon("plus"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.combo)
        row.addWidget(self.filter, 1)
        for widget in (self.count, *tools, self.new_button):
            row.addWidget(widget)
        self.combo.activated.connect(self._chosen)
        self.filter.textChanged.connect(self._typed)
        self.columns.clicked.connect(self.columns_wanted)
        self.views.clicked.connect(self.views_wanted)
        self.filters.clicked.connect(self.filters_wanted)
        self.change.clicked.connect(self.change_wanted)
        self.paste.clicked.connect(self.paste_wanted)
        self.merge.clicked.connect(self.merge_wanted)
        self.review.clicked.connect(self.review_wanted)
        self.delete_button.clicked.connect(self.delete_wanted)
        self.new_button.clicked.connect(self.new_wanted)
        self.retranslate()

    def filter_text(self) -> str:
        """Return the words typed."""
        return self.filter.text()

    def clear_filter(self) -> None:
        """Show all rows again, without telling."""
        before = self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(before)

    def focus_filter(self) -> None:
        """Put the keyboard on the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def show_kinds(self, shown: bool) -> None:
        """Show or hide the list of tables."""
        self.combo.setVisible(shown)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many rows each table has."""
        self._counts = counts
        for place, key in enumerate(TABLES):
            self.combo.setItemText(place, _name(key, counts))

    def mark(self, key: str) -> None:
        """Mark the table that is shown."""
        self.combo.setCurrentIndex(TABLES.index(key))

    def show_count(self, shown: int, total: int, *, partial: bool = False) -> None:
        """Say how many rows of how many are shown; *partial* where a table has more than it holds."""
        self._shown = (shown, total, partial)
        most = _(
            "There are so many events that the table holds only the {count} most important ones of those that pass the "
            "filters and have the words in their names."
        )
        self.count.setToolTip(most.format(count=number(MOST_EVENTS)) if partial else "")
        text = _("{shown} of {total}").format(shown=number(shown), total=number(total))
        self.count.setText(text if shown != total else "")

    def set_enabled(self, *, new: bool, delete: bool, paste: bool) -> None:
        """Enable what can be done."""
        self.new_button.setEnabled(new)
        self.delete_button.setEnabled(delete)
        self.change.setEnabled(delete)
        self.merge.setEnabled(delete)
        self.paste.setEnabled(paste)

    def set_filter(self, words: str) -> None:
        """Show other words typed, and tell."""
        if words != self.filter.text():
            self.filter.setText(words)

    def pop_up(self, menu: QMenu, under: QToolButton | None = None) -> None:
        """Open a menu under a button, that for columns unless another is named."""
        button = under or self.columns
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Let the arrow down go from the filter into the table, and Escape clear the filter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left_downwards.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return False

    def retranslate(self) -> None:
        """Write the texts in the language in force."""
        self.filter.setPlaceholderText(_("Filter the rows"))
        self.filter.setAccessibleName(_("Filter the rows"))
        self.filter.setToolTip(_("Show only rows that hold these words (Ctrl+F)"))
        self.combo.setAccessibleName(_("Kinds of facts"))
        self.columns.setToolTip(_("Choose columns"))
        self.columns.setAccessibleName(_("Choose columns"))
        for button, name, keys in (
            (self.filters, _("Filter each column"), "Ctrl+Shift+F"),
            (self.views, _("Saved views"), "Ctrl+Shift+V"),
            (self.paste, _("Paste rows from a spreadsheet"), "Ctrl+V"),
            (self.change, _("Change the selected rows"), "Alt+Enter"),
            (self.merge, _("Merge two records that are one"), "Ctrl+M"),
            (self.delete_button, _("Delete the selected rows"), "Del"),
            (self.review, _("Review: what to look at"), "Ctrl+R"),
        ):
            button.setToolTip(_("{what} ({keys})").format(what=name, keys=keys))
            button.setAccessibleName(name)
        self.new_button.setText(_("New…"))
        self.new_button.setToolTip(_("Add to this table (Ctrl+I)"))
        self.show_counts(self._counts)
        self.show_count(*self._shown[:2], partial=self._shown[2])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _typed(self, text: str) -> None:
        self.filter_changed.emit(text)

    def _chosen(self, place: int) -> None:
        self.kind_chosen.emit(TABLES[place])


def empty_text(table: FactTable, words: str) -> str:
    """Return what stands in the place of a table that shows no rows, and what to do about it."""
    name = table_label(table.key)
    if table.total == 0:
        return _("{table}: there are none yet. Add the first one with “New…”.").format(table=name)
    if not table.ids:
        return _("{table}: none pass the filters at the top of the window. Clear some of them.").format(table=name)
    return _("{table}: none hold “{words}”. Try fewer letters.").format(table=name, words=words)


def _name(key: str, counts: dict[str, int]) -> str:
    label = table_label(key)
    return _("{table} ({count})").format(table=label, count=number(counts[key])) if key in counts else label
