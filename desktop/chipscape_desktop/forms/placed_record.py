"""The small form for a record added from the map: kind, name, what its kind cannot be without, and a source."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from chipscape_db import vocabulary as words
from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.fields import Field
from chipscape_db.commands.records import add_record
from chipscape_db.errors import N_, FactsError
from chipscape_db.identity import new_id
from chipscape_db.queries.ecosystem import SHOWABLE
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import ChoiceField, PickerField, TextField, TickField
from chipscape_desktop.i18n import _
from chipscape_desktop.words import kind_word
from chipscape_desktop.workspace import Command, Workspace

_OF_KIND = {
    "organization": ("org_kind", words.ORGANIZATION_KINDS),
    "software": ("layer", words.SOFTWARE_LAYERS),
    "policy": ("status", words.POLICY_STATUSES),
}
"""What a record of a kind cannot be without, besides its name."""


class PlacedRecord(EditorPanel):
    """Adds a record at a place (arrangement, x, y) of the map; `record_id` is the id that it will have."""

    def __init__(
        self, workspace: Workspace, place: tuple[str, float, float], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        self.record_id = new_id()
        self._place = place
        self._kind = ChoiceField(Field("record_kind", "word", required=True), SHOWABLE, kind_word)
        self._of_kind = {
            kind: ChoiceField(Field(name, "word", required=True), listed) for kind, (name, listed) in _OF_KIND.items()
        }
        super().__init__(
            workspace,
            [
                self._kind,
                TextField(Field("name", required=True)),
                *self._of_kind.values(),
                PickerField(Field("source_id", "record", refers_to="source"), workspace),
                TextField(Field("locator")),
                TickField(Field("uncited"), N_("There is no source for this yet")),
            ],
            parent,
        )
        self._kind.open_with("organization")
        self._kind.changed.connect(self._follow_kind)
        self._follow_kind()

    def heading(self) -> str:
        """Return what this is for."""
        return _("Add a record to the map")

    def command(self) -> Command:
        """Return the command that adds it."""
        values = self.values()
        kind = values["record_kind"]
        fields: dict[str, Any] = {"name": values["name"]}
        if kind in _OF_KIND:
            name = _OF_KIND[kind][0]
            fields[name] = values[name]
        citation = NewCitation(values["source_id"], values["locator"]) if values["source_id"] else None
        return partial(
            add_record, kind=kind, fields=fields, citation=citation, uncited=bool(values["uncited"]),
            record_id=self.record_id, place=self._place,
        )  # fmt: skip

    def show_error(self, error: FactsError) -> None:
        """Say what is wrong beside the field that stands here for the one at fault."""
        if error.field == "citation":
            error.field = "source_id"
        super().show_error(error)

    def _follow_kind(self) -> None:
        for kind, box in self._of_kind.items():
            box.setVisible(kind == self._kind.value())
