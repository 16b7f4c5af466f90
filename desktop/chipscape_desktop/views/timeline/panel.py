"""The control row over the timeline: lanes, what to show, jump to a date, zoom."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from chipscape_db.errors import FactsError
from chipscape_db.partial_date import PartialDate
from chipscape_db.spoken_date import understand
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _, language
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_state

LANES = ("organization", "kind", "country", "sector", "none")
SHOW = ("events", "chips", "models", "software", "policies")
RULES = ("important", "all", "none")


@dataclass(frozen=True, slots=True)
class Choices:
    """What the row asks for, in the words of the figure's options."""

    lanes: str = "organization"
    show: tuple[str, ...] = ("events",)
    every_lane: bool = False
    rules: str = "important"

    def options(self) -> dict[str, str]:
        """Return the options of a request."""
        out = {"lanes": self.lanes, "show": ",".join(self.show), "rules": self.rules}
        return out | ({"every_lane": "yes"} if self.every_lane else {})


class TimelinePanel(QWidget):
    """The row; `changed` (Choices), `jumped` (PartialDate), `fitted`, `zoomed` (a factor; under 1 comes closer)."""

    changed = Signal(object)
    jumped = Signal(object)
    fitted = Signal()
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._lanes_label = QLabel(self)
        self.lanes = QComboBox(self)
        for name in LANES:
            self.lanes.addItem("", name)
        self._lanes_label.setBuddy(self.lanes)
        self.show_button = QPushButton(self)
        self._menu = QMenu(self.show_button)
        self._show: dict[str, QAction] = {name: self._checked(name) for name in SHOW}
        self._menu.addSeparator()
        self._every = self._checked("every_lane")
        self._menu.addSeparator()
        self._rules_group = QActionGroup(self)
        self._rules: dict[str, QAction] = {name: self._checked(name) for name in RULES}
        for action in self._rules.values():
            self._rules_group.addAction(action)
        self.show_button.setMenu(self._menu)
        self.compare = QPushButton(self)
        self.jump = QLineEdit(self)
        self.jump.setFixedWidth(150)
        self.jump.setClearButtonEnabled(True)
        self.zoom_out, self.zoom_in, self.fit = (self._button(name) for name in ("zoom-out", "zoom-in", "maximize"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        left: tuple[QWidget, ...] = (self._lanes_label, self.lanes, self.show_button, self.compare)
        right: tuple[QWidget, ...] = (self.jump, self.zoom_out, self.zoom_in, self.fit)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        self._tick()
        self.retranslate()
        self.lanes.currentIndexChanged.connect(self._read)
        self._menu.triggered.connect(self._read)
        self.jump.returnPressed.connect(self._jump)
        self.jump.textEdited.connect(self._typing)
        self.zoom_out.clicked.connect(self._farther)
        self.zoom_in.clicked.connect(self._closer)
        self.fit.clicked.connect(self.fitted)

    def choices(self) -> Choices:
        """Return what is asked for."""
        return self._choices

    def choose(self, choices: Choices) -> None:
        """Ask for something else."""
        if choices != self._choices:
            self._choices = choices
            self._tick()
            self.changed.emit(choices)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in force."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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
        self.jump.setPlaceholderText(_("Go to a date"))
        self.jump.setAccessibleName(_("Go to a date"))
        self.jump.setToolTip(_("A year, a month or a day: 2023, June 2025, 2025-06-30"))
        for button, text in (
            (self.zoom_out, _("Zoom out (−)")),
            (self.zoom_in, _("Zoom in (+)")),
            (self.fit, _("Show everything (Home)")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

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
            action.setChecked(name == self._choices.rules)

    def _read(self, _: Any = None) -> None:
        show = tuple(name for name, action in self._show.items() if action.isChecked())
        rules = next((name for name, action in self._rules.items() if action.isChecked()), "important")
        lanes = LANES[max(self.lanes.currentIndex(), 0)]
        before = self._choices
        # Something has to stand on the timeline: the last kind that is shown stays.
        self.choose(Choices(lanes, show or before.show, self._every.isChecked(), rules))
        self._tick()

    def _jump(self) -> None:
        text = self.jump.text().strip()
        if not text:
            return
        try:
            date: PartialDate = understand(text, language())
        except FactsError as error:
            self.jump.setToolTip(error_text(error))
            set_state(self.jump, "error")
            return
        self._typing("")
        self.jumped.emit(date)

    def _typing(self, _text: str) -> None:
        set_state(self.jump, "")

    def _farther(self) -> None:
        self.zoomed.emit(1.5)

    def _closer(self) -> None:
        self.zoomed.emit(1 / 1.5)
