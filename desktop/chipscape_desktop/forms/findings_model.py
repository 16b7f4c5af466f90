"""The findings of the review as Qt asks for them, and what they are called."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from chipscape_db.errors import N_, FactsError
from chipscape_db.queries.review.findings import CHECKS, Finding
from chipscape_desktop.error_text import error_text
from chipscape_desktop.i18n import _, format_date, pgettext
from chipscape_desktop.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole

_CHECKS: Final = {
    "damage": N_("Broken rules"),
    "impossible": N_("Impossible"),
    "uncited": N_("Uncited"),
    "contested": N_("Contested"),
    "duplicate": N_("Suspected duplicates"),
    "stale-single": N_("Old and single-sourced"),
    "mixed-conventions": N_("Mixed conventions"),
    "single-source": N_("Single-sourced"),
    "stale": N_("Stale"),
    "missing": N_("Incomplete"),
}
_WEIGHTS: Final = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}
_SIGNS: Final = {"error": "circle-x", "warning": "triangle-alert", "note": "info"}
_COLOURS: Final = {"error": "error", "warning": "amber", "note": "ink"}


def check_label(code: str) -> str:
    """Return what a check is called."""
    return _(_CHECKS[code])


def finding_text(finding: Finding) -> str:
    """Return a finding as a sentence in the language in force, with why it was settled."""
    told = FactsError(finding.template)
    told.params = dict(finding.params)
    text = error_text(told)
    text = text[:1].upper() + text[1:]
    if finding.settled is None:
        return text
    return _("{text} Settled by {who} on {day}: {reason}").format(
        text=text, who=finding.settled.author or _("nobody named"), reason=finding.settled.reason,
        day=format_date(finding.settled.at[:10], "short"),
    )  # fmt: skip


class FindingsModel(QAbstractTableModel):
    """Some findings: how much each matters, which check, what it is about, what it says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: Sequence[Finding] = ()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        self.beginResetModel()
        self.findings = findings
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many findings are shown."""
        return 0 if parent.isValid() else len(self.findings)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 3

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Return what Qt asks for of a cell."""
        if not index.isValid():
            return None
        finding = self.findings[index.row()]
        if role == _Role.DisplayRole:
            return (check_label(finding.code), finding.name, finding_text(finding))[index.column()]
        if role == _Role.ToolTipRole:
            return f"{finding.name}\n{finding_text(finding)}"
        if role == _Role.DecorationRole and index.column() == 0:
            return icon(_SIGNS[finding.severity], colour=_COLOURS[finding.severity])
        if role == _Role.AccessibleTextRole and index.column() == 0:
            return f"{_(_WEIGHTS[finding.severity])}: {check_label(finding.code)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        return (_("Check"), pgettext("finding", "About"), _("Finding"))[section]


def checks() -> tuple[str, ...]:
    """Return the checks in the order of their weight."""
    return tuple(CHECKS)
