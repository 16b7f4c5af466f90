"""Rival claims side by side, under the figure: one column a claim, one row a thing to compare."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import ClaimRow
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.performance import words
from chipscape_desktop.i18n import _, format_date, language, ngettext, typeset
from chipscape_desktop.icons import icon
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.one_line import OneLine
from chipscape_desktop.words import word
from chipscape_desktop.workspace import Selection, Workspace

if TYPE_CHECKING:
    from chipscape_db.queries import Reader

_HEIGHT, _ROW, _WIDEST, _NARROWEST = 178, 21, 190, 120
_SOURCE = Qt.ItemDataRole.UserRole


class Wanted(NamedTuple):
    """Which claims are shown: of which record, by id, the chosen one first."""

    record_id: str
    claim_ids: tuple[str, ...]


class RivalClaims(QFrame):
    """Shows the claims behind a mark that were known on the as-of date; `source_wanted` carries a source's id."""

    source_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._wanted: Wanted | None = None
        self._rows: Sequence[ClaimRow] = ()
        self.setFixedHeight(_HEIGHT)
        self._head = OneLine(self)
        set_role(self._head, "strong")
        self._close = QToolButton(self)
        self._close.setIcon(icon("x"))
        self._close.clicked.connect(self.put_away)
        self.table = QTableWidget(self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(False)
        self.table.verticalHeader().setMinimumSectionSize(_ROW)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.horizontalHeader().setFixedHeight(_ROW + 3)
        set_role(self.table, "dense")
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.cellActivated.connect(self._activated)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 8, 6)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.hide()
        workspace.changed.connect(self._changed)

    def show_ref(self, ref: Ref) -> bool:
        """Show the claims behind a mark and say so, where there are several: of a claim, those about the same value."""
        if ref.kind == "claim" and len(ref.ids) > 1:
            wanted = Wanted(ref.ids[1], ref.ids[:1])
        elif ref.kind == "record" and len(ref.ids) > 2:
            wanted = Wanted(ref.ids[0], ref.ids[1:])
        else:
            return False
        self._wanted, self._rows = wanted, ()
        self._ask()
        return True

    def put_away(self) -> None:
        """Hide the claims."""
        self._wanted, self._rows = None, ()
        self.hide()

    def follow(self, selection: Selection | None) -> None:
        """Put the claims away when something else is selected than their record, one of them or a source of theirs."""
        if self._wanted is None or selection is None:
            return
        about = {self._wanted.record_id, *self._wanted.claim_ids}
        about.update(id_ for row in self._rows for id_ in (row.id, row.source_id))
        if selection.id not in about:
            self.put_away()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the claims away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._wanted is not None:
            self._ask()

    def _ask(self) -> None:
        wanted = self._wanted
        if wanted is not None and self._workspace.base is not None:
            read = partial(_read, wanted=wanted, language=language(), as_of=self._workspace.filters.as_of)
            self._workspace.query(read, self._fill, key="rival-claims")

    def _changed(self, summary: object) -> None:
        if self.isVisible() and {"claim", "source", "record"} & getattr(summary, "tables", set()):
            self._ask()

    def _fill(self, answer: "tuple[str, list[ClaimRow]]") -> None:
        name, rows = answer
        if self._wanted is None or len({row.value for row in rows}) < 2:  # those that agree are no rivals
            self.hide()
            return
        self._rows = rows
        metrics = dict.fromkeys(words.metric_name(METRICS[row.metric]) for row in rows)
        count = ngettext("{count} claim side by side", "{count} claims side by side", len(rows)).format(count=len(rows))
        self._head.say(f"{name} · {', '.join(metrics)} · {count}")
        self.table.setAccessibleName(self._head.whole())
        self._close.setToolTip(_("Close the claims (Esc)"))
        self._close.setAccessibleName(_("Close the claims (Esc)"))
        heads, cells = side_by_side(rows)
        self.table.setRowCount(len(cells))
        self.table.setColumnCount(len(rows))
        self.table.setVerticalHeaderLabels([head for head, _line in cells])
        self.table.setHorizontalHeaderLabels(heads)
        for line, (_head, texts) in enumerate(cells):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(_SOURCE, rows[column].source_id)
                if line == 0:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(line, column, item)
        self.table.resizeColumnsToContents()
        for column in range(len(rows)):
            self.table.setColumnWidth(column, max(_NARROWEST, min(self.table.columnWidth(column), _WIDEST)))
        self.show()

    def _activated(self, row: int, column: int) -> None:
        item = self.table.item(row, column)
        if item is not None:
            self.source_wanted.emit(item.data(_SOURCE))


def side_by_side(rows: Sequence[ClaimRow]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the heads of the columns, and for each thing to compare its name and what each claim says of it.

    Lines on which no claim says anything are left out; sources with one origin carry one letter.
    """
    letters: dict[str, str] = {}
    for row in rows:
        letters.setdefault(row.root_id, chr(ord("A") + len(letters)) if len(letters) < 26 else "*")
    several = len({row.metric for row in rows}) > 1
    heads = [row.publisher or row.source_name for row in rows]
    lines: list[tuple[str, list[str]]] = [
        (_("Value"), [_value(row, named=several) for row in rows]),
        (_("Convention"), [words.convention_words(row) for row in rows]),
        (_("Who says it"), [words.stance_words(row.stance) for row in rows]),
        (_("Kind of source"), [word(row.source_kind) for row in rows]),
        (_("Origin"), [letters[row.root_id] for row in rows]),
        (_("Published"), [format_date(row.published_on, "short") if row.published_on else "" for row in rows]),
        (_("Source"), [typeset(row.source_name, "en") for row in rows]),
        (_("Where"), [row.locator or "" for row in rows]),
        (_("Rank"), [_rank(row) for row in rows]),
        (_("Note"), [row.note or "" for row in rows]),
    ]
    return heads, [(head, texts) for head, texts in lines if any(texts)]


def _value(row: ClaimRow, *, named: bool) -> str:
    metric = METRICS[row.metric]
    value = words.with_unit(row.number, metric) if row.number is not None else row.value
    return f"{words.metric_name(metric)}: {value}" if named else value


def _rank(row: ClaimRow) -> str:
    if row.rank == "normal":
        return ""
    return ": ".join(filter(None, (word(row.rank), row.rank_reason)))


def _read(session: "Reader", *, wanted: Wanted, language: str, as_of: date | None) -> "tuple[str, list[ClaimRow]]":
    """Return the record's name and its claims: those wanted, in that order; of a single one all about its value.

    Claims that were not known on *as_of* are left out.
    """
    from chipscape_db.queries.briefs import briefs_but_events
    from chipscape_db.queries.claims import claims_of

    rows = claims_of(session, wanted.record_id, language=language, as_of=as_of)
    brief = briefs_but_events(session, language=language).get(wanted.record_id)
    by_id = {row.id: row for row in rows}
    first = [by_id[id_] for id_ in wanted.claim_ids if id_ in by_id]
    if len(wanted.claim_ids) == 1 and first:
        first += [row for row in rows if row.metric == first[0].metric and row.id != first[0].id and row.is_live]
    return ("" if brief is None else brief.name), first
