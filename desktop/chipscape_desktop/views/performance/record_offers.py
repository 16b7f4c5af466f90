"""The records that the fields over a figure offer: their names, read again when those change."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chipscape_desktop.i18n import language
from chipscape_desktop.views.performance.choosers import Chooser, Named, RecordBox, RecordsButton
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from chipscape_db.history import ChangeSummary
    from chipscape_db.queries import Reader


class RecordOffers(QObject):
    """Fills the fields in which records are chosen with the records of their kind."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._fields: list[tuple[RecordBox | RecordsButton, str]] = []
        workspace.changed.connect(self._changed)

    def fill(self, boxes: Sequence[tuple[Chooser, str]]) -> None:
        """Offer in these fields from now on, each given with the kind of its records (empty: it takes none)."""
        self._fields = [(box, kind) for box, kind in boxes if kind and isinstance(box, RecordBox | RecordsButton)]
        self._ask()

    def _changed(self, summary: "ChangeSummary") -> None:
        if {"record", "record_text", "relationship"} & summary.tables:
            self._ask()

    def _ask(self) -> None:
        kinds = frozenset(kind for _box, kind in self._fields)
        if kinds and self._workspace.base is not None:
            read = partial(_records, kinds=kinds, language=language())
            self._workspace.query(read, self._offer, key="figure-records")

    def _offer(self, records: Mapping[str, list[Named]]) -> None:
        for box, kind in self._fields:
            box.set_records(records.get(kind, []))


def _records(session: "Reader", *, kinds: Collection[str], language: str) -> dict[str, list[Named]]:
    from chipscape_db.queries.briefs import briefs_but_events

    found: dict[str, list[Named]] = {kind: [] for kind in kinds}
    for brief in briefs_but_events(session, language=language).values():
        if brief.kind in found:
            found[brief.kind].append((brief.slug, brief.name))
    return {kind: sorted(records, key=_by_name) for kind, records in found.items()}


def _by_name(record: Named) -> str:
    return record[1].casefold()
