"""The control row over the timeline: lanes, what to show, find or go to a date, where one was, zoom, table, editing."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from chipscape_db.partial_date import NotADate, PartialDate
from chipscape_db.spoken_date import understand
from chipscape_desktop.figures.timeline.lanes import Wishes
from chipscape_desktop.i18n import _, language, number
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role, set_state
from chipscape_desktop.views.timeline.choices import LANES, RULES, SHOW, Choices
from chipscape_desktop.views.timeline.memory import Kept
from chipscape_desktop.views.timeline.snap_menu import SnapMenu

_FIND_WIDTH, _LEAST_FIND_WIDTH = 196, 104


class TimelinePanel(QWidget):
    """The row.

    `changed` (Choices), `jumped` (PartialDate), `sought` (a text, and 1 for the next or -1 for the one before), `left`
    (Escape in the field), `fitted`, `zoomed` (a factor; under 1 comes closer), `went` (1 forward, -1 back),
    `lanes_wanted`, `rules_wanted`, `table_wanted` (bool), `editing_wanted` (bool).
    """

    changed = Signal(object)
    left = Signal()
    jumped = Signal(object)
    sought = Signal(str, int)
    fitted = Signal()
    zoomed = Signal(float)
    went = Signal(int)
    lanes_wanted = Signal()
    rules_wanted = Signal()
    table_wanted = Signal(bool)
    editing_wanted = Signal(bool)
    snap_wanted = Signal(str)
    reset_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._wishes: dict[str, Wishes] = {}
        self._lanes_label = QLabel(self)
        self.lanes = QComboBox(self)
        self.lanes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # for every language
        for name in LANES:
            self.lanes.addItem("", name)
        self._lanes_label.setBuddy(self.lanes)
        self.lane_list = self._button("list")
        self.show_button = QPushButton(self)
        self._fill_menu()
        self.compare = QPushButton(self)
        self.jump = QLineEdit(self)
        self.jump.setMinimumWidth(_LEAST_FIND_WIDTH)
        self.jump.setMaximumWidth(_FIND_WIDTH)
        self.jump.setClearButtonEnabled(True)
        self.jump.installEventFilter(self)
        self.found = QLabel(self)
        set_role(self.found, "note")
        self.found.hide()
        self.back, self.forward = self._button("arrow-left"), self._button("arrow-right")
        self.zoom_out, self.zoom_in, self.fit = (self._button(name) for name in ("zoom-out", "zoom-in", "maximize"))
        self.table, self.editing = self._button("table"), self._button("pencil")
        for button in (self.table, self.editing):
            button.setCheckable(True)
        self.editing.setChecked(True)
        self.snapping = SnapMenu(self.editing, self)
        self._arrange()
        self._tick()
        self.retranslate()
        self._connect()

    def choices(self) -> Choices:
        """Return what is asked for."""
        return self._choices

    def kept(self) -> Kept:
        """Return everything that was chosen, as it is kept for the next start."""
        wishes = {**self._wishes, self._choices.lanes: self._choices.wishes}
        return Kept(self._choices, wishes, self.snapping.unit(), self.editing.isChecked())

    def take_up(self, kept: Kept) -> None:
        """Show what was chosen before; nothing is said of it but what editing is about."""
        self._choices, self._wishes = kept.choices, dict(kept.wishes)
        self._tick()
        self.snapping.choose(kept.snap)
        self.snap_wanted.emit(kept.snap)
        self.editing.setChecked(kept.editing)

    def choose(self, choices: Choices) -> None:
        """Ask for something else."""
        if choices != self._choices:
            self._choices = choices
            self._tick()
            self.changed.emit(choices)

    def choose_wishes(self, wishes: Wishes) -> None:
        """Ask for other lanes."""
        self.choose(replace(self._choices, wishes=wishes))

    def choose_bands(self, ids: tuple[str, ...]) -> None:
        """Ask for these rules alone as bands, for the usual ones when there are none."""
        self.choose(replace(self._choices, bands=ids))

    def say_found(self, at: int, count: int, *, more: bool = False) -> None:
        """Say which of how many matches is shown, and whether there are more; 0 of 0 for none."""
        text = _("{at} of {count} and more") if more else _("{at} of {count}")
        self.found.setText(text.format(at=number(at), count=number(count)))
        self.found.show()
        set_state(self.jump, "" if count else "error")
        none = _("Nothing on the timeline has the words “{text}”, and they are no date.").format(text=self.jump.text())
        self.jump.setToolTip(self._hint() if count else none)

    def seek(self, step: int) -> None:
        """Go to the date that is typed, or to the next (1) or previous (-1) match of the words."""
        text = self.jump.text().strip()
        if not text:
            return
        try:
            date: PartialDate = understand(text, language())
        except NotADate:
            self.sought.emit(text, step)
            return
        self._typing("")
        self.jumped.emit(date)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go to the match before with Shift+Enter, back to the figure with Escape."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.seek(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    def retranslate(self) -> None:
        """Set every text in the language in force."""
        self._lanes_label.setText(_("Lanes"))
        for place, text in enumerate(
            (_("By organization"), _("By kind"), _("By country"), _("By sector"), _("One lane for all"))
        ):
            self.lanes.setItemText(place, text)
        self.show_button.setText(_("Show"))
        self.show_button.setToolTip(_("Choose what stands on the timeline"))
        self.compare.setText(_("Compare…"))
        self.compare.setToolTip(
            _("Organizations mirrored around one axis, with the months between the same milestones")
        )
        texts = (_("Events"), _("Chips"), _("Models"), _("Software"), _("Policies"))
        for action, text in zip(self._show.values(), texts, strict=True):
            action.setText(text)
        self._every.setText(_("In the lane of every participant"))
        texts = (_("Important rules as bands"), _("All rules as bands"), _("No bands"))  # type: ignore[assignment]
        for action, text in zip(self._rules.values(), texts, strict=False):
            action.setText(text)
        self._pick_rules.setText(_("Choose rules…"))
        self._arrows.setText(_("Arrows from causes to effects"))
        self._reset.setText(_("Reset the timeline's choices"))
        self.snapping.retranslate()
        self.jump.setPlaceholderText(_("Find, or go to a date"))
        self.jump.setAccessibleName(_("Find, or go to a date"))
        self.jump.setToolTip(self._hint())
        for button, text in (
            (self.lane_list, _("Order, hide and collapse lanes (L)")),
            (self.back, _("Back to the time looked at before (Backspace)")),
            (self.forward, _("Forward again (Shift+Backspace)")),
            (self.zoom_out, _("Zoom out (−)")),
            (self.zoom_in, _("Zoom in (+)")),
            (self.fit, _("Show everything (0)")),
            (self.table, _("As a table (Ctrl+T)")),
            (self.editing, _("Edit here; switch off to present (E). Beside it: to what moved dates snap (S)")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

    @staticmethod
    def _hint() -> str:
        return _("Words find events, Enter goes on, Shift+Enter back. A date goes there: 2023, June 2025, 2025-06-30")

    def _fill_menu(self) -> None:
        self._menu = QMenu(self.show_button)
        self._show: dict[str, QAction] = {name: self._checked(name) for name in SHOW}
        self._menu.addSeparator()
        self._every = self._checked("every_lane")
        self._menu.addSeparator()
        self._rules_group = QActionGroup(self)
        self._rules: dict[str, QAction] = {name: self._checked(name) for name in RULES}
        for action in self._rules.values():
            self._rules_group.addAction(action)
        self._pick_rules = self._menu.addAction("")
        self._menu.addSeparator()
        self._arrows = self._checked("arrows")
        self._menu.addSeparator()
        self._reset = self._menu.addAction("")
        self.show_button.setMenu(self._menu)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        left: tuple[QWidget, ...] = (
            self._lanes_label, self.lanes, self.lane_list, self.show_button, self.compare,
        )  # fmt: skip
        right = (self.back, self.forward, self.zoom_out, self.zoom_in, self.fit, self.table, self.editing)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.jump, 100)  # as wide as may be before anything else is given room
        for widget in (self.found, *right):
            row.addWidget(widget)

    def _connect(self) -> None:
        self.lanes.currentIndexChanged.connect(self._read)
        self._menu.triggered.connect(self._picked)
        self.jump.textEdited.connect(self._typing)
        self.lane_list.clicked.connect(self.lanes_wanted)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_forward)
        self.zoom_out.clicked.connect(self._farther)
        self.zoom_in.clicked.connect(self._closer)
        self.fit.clicked.connect(self.fitted)
        self.table.toggled.connect(self.table_wanted)
        self.editing.toggled.connect(self.editing_wanted)
        self.snapping.chosen.connect(self.snap_wanted)

    def _checked(self, name: str) -> QAction:
        action = self._menu.addAction(name)
        action.setCheckable(True)
        return action

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setAutoRaise(True)
        return button

    def _tick(self) -> None:
        """Show the choices in the row."""
        self.lanes.blockSignals(True)
        self.lanes.setCurrentIndex(LANES.index(self._choices.lanes))
        self.lanes.blockSignals(False)
        for name, action in self._show.items():
            action.setChecked(name in self._choices.show)
        self._every.setChecked(self._choices.every_lane)
        self._every.setEnabled(self._choices.lanes in ("organization", "country"))
        for name, action in self._rules.items():
            action.setChecked(name == self._choices.rules and not self._choices.bands)
        self._arrows.setChecked(self._choices.arrows)

    def _picked(self, action: QAction) -> None:
        if action in (self._pick_rules, self._reset):
            (self.rules_wanted if action is self._pick_rules else self.reset_wanted).emit()
            return
        if action in self._rules.values():
            self._choices = replace(self._choices, bands=())
        self._read()

    def _read(self, _: Any = None) -> None:
        show = tuple(name for name, action in self._show.items() if action.isChecked())
        rules = next((name for name, action in self._rules.items() if action.isChecked()), self._choices.rules)
        lanes = LANES[max(self.lanes.currentIndex(), 0)]
        before = self._choices
        # Something has to stand on the timeline: the last kind that is shown stays.
        if lanes != before.lanes:
            # Lanes are wanted in one way by organization, in another by country: each grouping keeps its own.
            self._wishes[before.lanes] = before.wishes
            before = replace(before, wishes=self._wishes.get(lanes, Wishes()))
        wanted = replace(
            before, lanes=lanes, show=show or before.show, every_lane=self._every.isChecked(), rules=rules,
            arrows=self._arrows.isChecked(),
        )  # fmt: skip
        self._choices = wanted
        self._tick()
        self.changed.emit(wanted)

    def _typing(self, _text: str) -> None:
        set_state(self.jump, "")
        self.found.hide()

    def _go_back(self) -> None:
        self.went.emit(-1)

    def _go_forward(self) -> None:
        self.went.emit(1)

    def _farther(self) -> None:
        self.zoomed.emit(1.5)

    def _closer(self) -> None:
        self.zoomed.emit(1 / 1.5)
