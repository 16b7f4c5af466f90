"""What the words of a foreign network mean: one row for each attribute and each kind, with a choice beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from chipscape_db.queries.ecosystem import SHOWABLE
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.mapping import (
    EDGE_TARGETS,
    INVERSE,
    LEAVE_OUT,
    NODE_TARGETS,
    ImportMapping,
    words_of_edges,
    words_of_nodes,
)
from chipscape_db.vocabulary import RELATIONSHIP_KINDS
from chipscape_desktop.field_words import field_label
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.i18n import _
from chipscape_desktop.words import kind_word, link_word

_MOST_WORDS: Final = 60
_MEANING_WIDTH: Final = 250


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: the part of the mapping, the word of the file, what it may become (word, text), what it becomes."""

    part: str
    word: str
    choices: tuple[tuple[str, str], ...]
    meaning: str


class MappingTable(QTableWidget):
    """Shows a mapping and lets it be changed; `changed` carries the new `ImportMapping`."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._mapping = ImportMapping()
        self.setHorizontalHeaderLabels([_("In the file"), _("Word"), _("Becomes")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(2, _MEANING_WIDTH)
        self.setAccessibleName(_("What the words of the file mean"))

    def show_mapping(self, network: NetworkFile, mapping: ImportMapping) -> None:
        """Show what the words of a network mean."""
        self._mapping = mapping
        lines = _lines(network, mapping)
        self.setRowCount(len(lines))
        places = {
            "node_columns": _("attribute of nodes"), "edge_columns": _("attribute of edges"),
            "kinds": _("kind of node"), "links": _("kind of edge"),
        }  # fmt: skip
        for row, line in enumerate(lines):
            self.setItem(row, 0, QTableWidgetItem(places[line.part]))
            self.setItem(row, 1, QTableWidgetItem(line.word))
            box = CalmCombo(self)
            for meaning, text in line.choices:
                box.addItem(text, meaning)
            box.setCurrentIndex(max(box.findData(line.meaning), 0))
            box.setAccessibleName(f"{places[line.part]} {line.word}")
            box.activated.connect(partial(self._chosen, box, line))
            self.setCellWidget(row, 2, box)
        self.resizeColumnToContents(0)
        self.resizeRowsToContents()

    def _chosen(self, box: QComboBox, line: _Line, _place: int) -> None:
        now = dict(getattr(self._mapping, line.part))
        now[line.word] = box.currentData()
        changes: dict[str, Any] = {line.part: now}
        self._mapping = replace(self._mapping, **changes)
        self.changed.emit(self._mapping)


def _lines(network: NetworkFile, mapping: ImportMapping) -> list[_Line]:
    """Return a row for every attribute and the most frequent words for kinds."""
    left_out = ("", _("left out"))
    node_targets = (left_out, *((name, target_text(name)) for name in NODE_TARGETS))
    edge_targets = (left_out, *((name, target_text(name)) for name in EDGE_TARGETS))
    usual = ("", _("as those that say nothing"))
    out = (LEAVE_OUT, _("left out"))
    kinds = (usual, *((kind, kind_word(kind)) for kind in SHOWABLE), out)
    links = (usual, *link_choices_of_all(), out)
    rows: list[_Line] = []
    for part, words, choices in (
        ("kinds", words_of_nodes(network, mapping.node_columns)[:_MOST_WORDS], kinds),
        ("links", words_of_edges(network, mapping.edge_columns)[:_MOST_WORDS], links),
        ("node_columns", network.node_attributes(), node_targets),
        ("edge_columns", network.edge_attributes(), edge_targets),
    ):
        meanings = getattr(mapping, part)
        rows += [_Line(part, word, choices, meanings.get(word, "")) for word in words]
    return rows


def link_choices_of_all() -> Sequence[tuple[str, str]]:
    """Return every kind of relationship, also told from its object, with its words."""
    there = [(kind, link_word(kind)) for kind in RELATIONSHIP_KINDS]
    back = [
        (kind + INVERSE, link_word(kind, inverse=True))
        for kind in RELATIONSHIP_KINDS
        if link_word(kind, inverse=True) != link_word(kind)
    ]
    return there + back


def target_text(name: str) -> str:
    """Return what an attribute may become, in words."""
    own = {
        "kind": _("the kind"), "slug": _("the short name"), "uuid": _("the identity"), "alias": _("other names"),
        "sources": _("the sources, by short name"),
    }  # fmt: skip
    return own.get(name) or field_label(f"{name}_id" if name in _REFERENCES else name)


_REFERENCES: Final = ("parent", "designer", "foundry", "developer", "authority")
