"""Saved and exported figures with what changed in them since they were seen; each row opens its record."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chipscape_desktop.figure_steps import seeing
from chipscape_desktop.history.since import Asked, Explained, Since, asked_of_saved, read_since
from chipscape_desktop.history.since_words import day, field_words, no_cause, sentence, sign, tally
from chipscape_desktop.i18n import _, language
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FIGURE: Final = Qt.ItemDataRole.UserRole
_REF: Final = Qt.ItemDataRole.UserRole + 1
_OPENED: Final = ("record", "relationship")
_FEW: Final = 12  # differences that are shown with their steps at once


class SinceWindow(QDialog):
    """Lists figures and their differences; *asked* are exported ones, None stands for all saved figures.

    `show_wanted` tells with its `Asked` which figure the person wants to see.
    """

    show_wanted = Signal(object)

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, *, asked: Sequence[Asked] | None = None,
        only: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.workspace = workspace
        self._asked, self._only = asked, only
        self._found: tuple[Since, ...] = ()
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        set_role(self.note, "soft")
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(4)
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.setColumnWidth(0, 260)
        self.tree.setColumnWidth(2, 140)
        self.tree.setColumnWidth(3, 140)
        self.show_button, self.seen_button, self.all_button = QPushButton(self), QPushButton(self), QPushButton(self)
        set_role(self.seen_button, "primary")
        row = QHBoxLayout()
        row.addWidget(self.show_button)
        row.addStretch(1)
        row.addWidget(self.all_button)
        row.addWidget(self.seen_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        self.tree.currentItemChanged.connect(self._follow)
        self.tree.itemActivated.connect(self.open_item)
        self.show_button.clicked.connect(self.show_figure)
        self.seen_button.clicked.connect(self.take_over)
        self.all_button.clicked.connect(self.take_over_all)
        workspace.changed.connect(self._reload)
        workspace.opened.connect(self._reload)
        self.retranslate()
        self.resize(980, 560)
        self._reload()

    def found(self) -> tuple[Since, ...]:
        """Return what is listed."""
        return self._found

    def current(self) -> Since | None:
        """Return the figure of the row that is current."""
        item = self.tree.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        number = None if item is None else item.data(0, _FIGURE)
        return self._found[number] if isinstance(number, int) and number < len(self._found) else None

    def show_figure(self) -> None:
        """Ask for the figure of the current row to be shown."""
        one = self.current()
        if one is not None:
            self.show_wanted.emit(one.asked)

    def take_over(self) -> None:
        """Remember of the figure of the current row that its facts were seen as they are now."""
        one = self.current()
        if one is not None and one.asked.figure_id:
            self.workspace.run(seeing([one.asked.figure_id]))

    def take_over_all(self) -> None:
        """Remember of all saved figures listed that their facts were seen as they are now."""
        ids = [one.asked.figure_id for one in self._found if one.asked.figure_id]
        if ids:
            self.workspace.run(seeing(ids))

    def open_item(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        """Select what a row is about, everywhere; the row of a figure shows the figure."""
        ref = item.data(0, _REF)
        if ref is not None:
            self.workspace.select(Selection(*ref))
        elif item.parent() is None:
            self.show_figure()

    def retranslate(self) -> None:
        """Write the texts of the window in the language in force."""
        self.setWindowTitle(_("What changed in figures"))
        self.tree.setAccessibleName(self.windowTitle())
        self.note.setText(
            _("Each figure is compared with what it showed when it was saved, exported or last taken over. "
              "Enter opens the record of a row.")
        )  # fmt: skip
        self.tree.setHeaderLabels([_("Figure, mark"), _("What changed"), _("By"), _("When")])
        self.show_button.setText(_("Show figure"))
        self.seen_button.setText(_("Take over as seen"))
        self.all_button.setText(_("Take over all"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._reload()
        super().changeEvent(event)

    def _reload(self, *_ignored: object) -> None:
        if self.workspace.base is not None:
            read = partial(_read, asked=self._asked, only=self._only, language=language())
            self.workspace.query(read, self._loaded, key=f"since-{id(self)}")

    def _loaded(self, found: tuple[Since, ...]) -> None:
        before = self.current()
        self._found = found
        self.tree.clear()
        chosen = None
        for number, one in enumerate(found):
            top = QTreeWidgetItem(self.tree, [one.asked.name, self._state(one), "", day(one.at)])
            top.setData(0, _FIGURE, number)
            for each in one.differences:
                self._add(top, each)
            top.setExpanded(0 < len(one.differences) <= _FEW)
            if before is not None and before.asked.name == one.asked.name:
                chosen = top
        if not found:
            QTreeWidgetItem(self.tree, [_("No figure is saved yet."), "", "", ""])
        chosen = chosen or self.tree.topLevelItem(0)
        if chosen is not None:
            self.tree.setCurrentItem(chosen)
        self._follow()

    def _state(self, one: Since) -> str:
        if one.problem:
            return one.problem
        return tally(one.differences) if one.differences else _("nothing changed")

    def _add(self, parent: QTreeWidgetItem, each: Explained) -> None:
        difference = each.difference
        whats = [field_words(*one) for one in difference.fields] if difference.fate == "changed" else []
        first, *more = whats or [sentence(difference)]
        item = QTreeWidgetItem(parent, [f"{sign(difference)} {difference.name}", first, "", ""])
        rows = [item, *(QTreeWidgetItem(item, ["", what, "", ""]) for what in more), *self._causes(item, each)]
        ref = difference.ref
        if ref.ids and ref.kind in _OPENED:
            for row in rows:
                row.setData(0, _REF, (ref.kind, ref.ids[0]))
        item.setToolTip(1, "\n".join([first, *more]))
        item.setExpanded(len(self._found[parent.data(0, _FIGURE)].differences) <= _FEW)

    def _causes(self, parent: QTreeWidgetItem, each: Explained) -> list[QTreeWidgetItem]:
        rows = []
        for cause in each.causes:
            told = f"{cause.sentence} – “{cause.reason}”" if cause.reason else cause.sentence
            row = QTreeWidgetItem(parent, ["", told, cause.author, day(cause.at)])
            row.setToolTip(1, "\n".join([told, *cause.lines]))
            rows.append(row)
            for line in cause.lines:
                rows.append(QTreeWidgetItem(row, ["", line, "", ""]))
        if not each.causes:
            rows.append(QTreeWidgetItem(parent, ["", no_cause(), "", ""]))
        return rows

    def _follow(self, *_ignored: object) -> None:
        one = self.current()
        base = self.workspace.base
        writable = base is not None and not base.read_only
        saved = [each for each in self._found if each.asked.figure_id]
        self.show_button.setEnabled(one is not None)
        self.seen_button.setEnabled(writable and one is not None and bool(one.asked.figure_id and one.differences))
        self.all_button.setVisible(len(saved) > 1)
        self.all_button.setEnabled(writable and any(each.differences for each in saved))


def _read(session: "Session", *, asked: Sequence[Asked] | None, only: str, language: str) -> tuple[Since, ...]:
    figures = asked_of_saved(session, only) if asked is None else asked
    return read_since(session, figures, language)
