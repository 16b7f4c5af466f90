"""The row of controls over the performance figure: metric, convention, scale, colour, labels."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from chipscape_db.metrics import GROUP_LABELS, METRICS
from chipscape_desktop.figures.performance import words
from chipscape_desktop.figures.performance.options import CHOICES, DEFAULT_METRIC, parse, plotted_metrics
from chipscape_desktop.i18n import _

_IN_ROW = ("sparsity", "direction", "scope", "scale", "colour")
_FIELD_EXTRA = 46  # a field's borders, insets and arrow
_IN_MENU = ("engine", "rule", "labels", "frontier")


class ControlRow(QWidget):
    """Chooses the options of the figure; `options_changed` carries them as a dict of words.

    Only what differs from the defaults is among the options.
    """

    options_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: dict[str, str] = {}
        self._metric = QComboBox(self)
        self._metric.setModel(QStandardItemModel(self._metric))
        self._metric.setMaxVisibleItems(30)
        self._boxes = {name: QComboBox(self) for name in _IN_ROW}
        self._labels = {name: QLabel(self) for name in ("metric", *_IN_ROW)}
        self._more = QToolButton(self)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 4)
        row.setSpacing(6)
        for name, box in (("metric", self._metric), *self._boxes.items()):
            label = self._labels[name]
            label.setBuddy(box)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            box.activated.connect(partial(self._chosen, name))
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(4)
        row.addWidget(self._more)
        row.addStretch(1)
        self.retranslate()

    def options(self) -> dict[str, str]:
        """Return the options that differ from the defaults."""
        return dict(self._options)

    def set_options(self, options: Mapping[str, str]) -> None:
        """Show these options; raises `Invalid` for words that are none."""
        parse(options)
        self._options = dict(options)
        self._show()

    def choose(self, name: str, word: str) -> None:
        """Set one option as if it had been chosen by hand."""
        default = DEFAULT_METRIC if name == "metric" else CHOICES[name][0] if name in CHOICES else ""
        changed = {key: value for key, value in self._options.items() if key != name}
        if word != default:
            changed[name] = word
        parse(changed)
        if changed != self._options:
            self._options = changed
            self._show()
            self.options_changed.emit(dict(changed))

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        texts = {
            "metric": _("&Metric"),
            "sparsity": _("&Sparsity"),
            "direction": _("&Direction"),
            "scope": _("&Per"),
            "scale": _("S&cale"),
            "colour": _("C&olour"),
        }
        for name, label in self._labels.items():
            label.setText(texts[name])
        self._metric.setAccessibleName(_("Metric"))
        self._fill_metrics()
        for name, box in self._boxes.items():
            box.clear()
            for word in CHOICES[name]:
                box.addItem(choice_words(name, word), word)
        self._more.setText(_("More"))
        self._more.setToolTip(_("Engine, choosing rule, labels, best-so-far lines"))
        self._fill_menu()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fill_metrics(self) -> None:
        model = self._metric.model()
        assert isinstance(model, QStandardItemModel)
        model.clear()
        group = ""
        for key in plotted_metrics():
            metric = METRICS[key]
            if metric.group != group:
                group = metric.group
                head = QStandardItem(_(GROUP_LABELS[group]))
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                model.appendRow(head)
            item = QStandardItem(words.metric_name(metric))
            item.setData(key, Qt.ItemDataRole.UserRole)
            model.appendRow(item)

    def _fill_menu(self) -> None:
        self._menu.clear()
        titles = {
            "engine": _("Engine"),
            "rule": _("Of rival claims show"),
            "labels": _("Labels"),
            "frontier": _("Best-so-far lines"),
        }
        for name in _IN_MENU:
            menu = self._menu.addMenu(titles[name])
            group = QActionGroup(menu)
            for word in CHOICES[name]:
                action = QAction(choice_words(name, word), menu)
                action.setCheckable(True)
                action.setData((name, word))
                action.triggered.connect(partial(self._picked, name, word))
                group.addAction(action)
                menu.addAction(action)

    def _show(self) -> None:
        options = parse(self._options)
        self._metric.setCurrentIndex(self._metric.findData(options.metric.key))
        for name, box in self._boxes.items():
            box.setCurrentIndex(box.findData(self._options.get(name, CHOICES[name][0])))
        for box in (self._metric, *self._boxes.values()):
            # As wide as the longest word where there is room; in a small window only what is chosen has to be read.
            box.setMinimumWidth(box.fontMetrics().horizontalAdvance(box.currentText()) + _FIELD_EXTRA)
        models = "model" in options.metric.applies_to
        shown = {"sparsity": options.has_sparsity, "direction": options.metric.is_link, "scope": not models}
        for name, box in self._boxes.items():
            box.setVisible(shown.get(name, True))
            self._labels[name].setVisible(shown.get(name, True))
        for action in self._menu.findChildren(QAction):
            data = action.data()
            if isinstance(data, tuple):
                name, word = data
                action.setChecked(self._options.get(name, CHOICES[name][0]) == word)

    def _chosen(self, name: str, index: int) -> None:
        box = self._metric if name == "metric" else self._boxes[name]
        word = box.itemData(index)
        if word:
            self.choose(name, word)

    def _picked(self, name: str, word: str, _checked: bool = False) -> None:
        self.choose(name, word)


def choice_words(option: str, word: str) -> str:
    """Return a word of an option as the controls show it."""
    return {
        ("sparsity", "dense-or-unsaid"): _("dense or not said"),
        ("sparsity", "dense"): _("dense only"),
        ("sparsity", "sparse"): _("sparse"),
        ("sparsity", "unsaid"): _("not said"),
        ("sparsity", "any"): _("any (mixed)"),
        ("direction", "both-or-unsaid"): _("both or not said"),
        ("direction", "both"): _("both only"),
        ("direction", "one"): _("one"),
        ("direction", "any"): _("any (mixed)"),
        ("scope", "chip"): _("chip"),
        ("scope", "die"): _("die"),
        ("scope", "gpu"): _("GPU of a system"),
        ("scope", "board"): _("board"),
        ("scope", "node"): _("node"),
        ("scope", "rack"): _("rack"),
        ("scope", "cluster"): _("cluster"),
        ("scope", "any"): _("any (mixed)"),
        ("scale", "log"): _("log"),
        ("scale", "linear"): _("linear"),
        ("colour", "country"): _("country"),
        ("colour", "vendor"): _("maker"),
        ("engine", "main"): _("The usual one of the format"),
        ("engine", "matrix"): _("Matrix engine"),
        ("engine", "vector"): _("Vector units"),
        ("engine", "any"): _("Any (mixed)"),
        ("rule", "written"): _("What the usual rule chooses"),
        ("rule", "maker"): _("The maker's word"),
        ("rule", "measured-first"): _("What was measured"),
        ("rule", "conservative"): _("The least favourable"),
        ("rule", "optimistic"): _("The most favourable"),
        ("labels", "auto"): _("The most important"),
        ("labels", "all"): _("All that fit"),
        ("labels", "none"): _("None"),
        ("frontier", "on"): _("Shown"),
        ("frontier", "off"): _("Hidden"),
    }[option, word]
