"""Forms for a relationship, seen from one of its ends, and for a part in an event."""

from functools import partial

from PySide6.QtWidgets import QWidget

from chipscape_db import vocabulary as words
from chipscape_db.commands.citations import NewCitation
from chipscape_db.commands.fields import Field
from chipscape_db.commands.relationships import add_participant, add_relationship, edit_relationship
from chipscape_db.errors import N_, FactsError
from chipscape_db.queries.forms import RelationshipState
from chipscape_desktop.forms.editor_panel import EditorPanel
from chipscape_desktop.forms.fields import ChoiceField, DateField, LongField, PickerField, TextField, TickField
from chipscape_desktop.i18n import _
from chipscape_desktop.words import link_word
from chipscape_desktop.workspace import Command, Workspace

_INVERSE = "<"
_PARTS = tuple(kind for kind in words.RECORD_KINDS if kind not in ("event", "source"))


def link_choices(kind: str) -> list[str]:
    """Return what a record of a kind can be in a relationship: its kind, marked where the record is the object."""
    there = [name for name, ends in words.RELATIONSHIP_KINDS.items() if kind in ends.subjects]
    back = [
        name + _INVERSE
        for name, ends in words.RELATIONSHIP_KINDS.items()
        if kind in ends.objects and not (kind in ends.subjects and name in words.SYMMETRIC_RELATIONSHIPS)
    ]
    return there + back


def _choice_word(choice: str) -> str:
    return link_word(choice.removesuffix(_INVERSE), inverse=choice.endswith(_INVERSE))


def _other_ends(choice: str) -> tuple[str, ...]:
    """Return the kinds of record that may stand at the other end; any where nothing is chosen."""
    ends = words.RELATIONSHIP_KINDS.get(choice.removesuffix(_INVERSE))
    return () if ends is None else ends.subjects if choice.endswith(_INVERSE) else ends.objects


class LinkEditor(EditorPanel):
    """Adds a relationship of a record, or edits one."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        record_id: str,
        kind: str,
        link: RelationshipState | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._record_id, self._link = record_id, link
        self._choices = link_choices(kind)
        self._choice = ChoiceField(Field("kind", "word", required=True), self._choices, _choice_word)
        self._other = PickerField(Field("record_id", "record", required=True), workspace)
        boxes = [
            self._choice,
            self._other,
            DateField(Field("starts_on", "date")),
            DateField(Field("ends_on", "date")),
        ]
        if link is None:
            boxes += [
                PickerField(Field("source_id", "record", refers_to="source"), workspace),
                TextField(Field("locator")),
                LongField(Field("quote", "long")),
                TickField(Field("uncited"), N_("There is no source for this yet")),
            ]
        boxes += [LongField(Field("summary_en", "long")), LongField(Field("summary_fr", "long"))]
        super().__init__(workspace, boxes, parent)
        if link is not None:
            inverse = link.fields["object_id"] == record_id
            other = link.fields["subject_id" if inverse else "object_id"]
            self._choice.open_with(link.fields["kind"] + (_INVERSE if inverse else ""))
            self._other.open_with_record(other, link.names.get(other, ""))
            for name in ("starts_on", "ends_on"):
                self.fields[name].open_with(link.fields[name])
            for language in ("en", "fr"):
                self.fields[f"summary_{language}"].open_with(link.texts.get(language, ""))
        self._choice.changed.connect(self._follow_choice)
        self._follow_choice()

    def aim_at(self, record_id: str, name: str, *, kind: str) -> None:
        """Tie to this record of a kind; only what the two can be to each other is offered."""
        fitting = [choice for choice in self._choices if kind in _other_ends(choice)]
        self._choice.set_words(fitting or self._choices)
        self._other.open_with_record(record_id, name)
        for language in ("en", "fr"):
            # Asked for in place: what the summary says can be told in the full form later.
            self.fields[f"summary_{language}"].hide()
        if len(fitting) == 1:
            self._choice.open_with(fitting[0])
        self._follow_choice()

    def heading(self) -> str:
        """Return what this is for."""
        return _("Add a relationship") if self._link is None else _("Edit a relationship")

    def command(self) -> Command:
        """Return the command that adds or edits."""
        values = self.values()
        choice, other = values["kind"], values["record_id"]
        ends = (other, self._record_id) if choice.endswith(_INVERSE) else (self._record_id, other)
        fields = {
            "subject_id": ends[0], "kind": choice.removesuffix(_INVERSE), "object_id": ends[1],
            "starts_on": values["starts_on"], "ends_on": values["ends_on"],
        }  # fmt: skip
        texts = {language: values[f"summary_{language}"] for language in ("en", "fr")}
        if self._link is None:
            citation = self._citation(values)
            return partial(
                add_relationship, fields=fields, texts=texts, citation=citation, uncited=bool(values["uncited"])
            )
        before = self._link
        expected = dict(before.fields) | {
            f"summary_{language}": before.texts.get(language, "") for language in ("en", "fr")
        }
        changed = {name: value for name, value in fields.items() if value != before.fields[name]}
        told = {language: text for language, text in texts.items() if text != before.texts.get(language, "")}
        return partial(edit_relationship, relationship_id=before.id, fields=changed, texts=told, expected=expected)

    def _citation(self, values: dict[str, str]) -> NewCitation | None:
        if not values["source_id"]:
            return None
        return NewCitation(values["source_id"], values["locator"], quote=values["quote"])

    def show_error(self, error: FactsError) -> None:
        """Say what is wrong beside the field that stands here for the one at fault."""
        error.field = {"object_id": "record_id", "subject_id": "record_id", "citation": "source_id"}.get(
            error.field or "", error.field
        )
        super().show_error(error)

    def _follow_choice(self) -> None:
        """Search only for records that may stand at the other end."""
        self._other.picker.kinds = _other_ends(self._choice.value())


class ParticipantEditor(EditorPanel):
    """Says that a record took part in an event."""

    def __init__(self, workspace: Workspace, *, event_id: str, parent: QWidget | None = None) -> None:
        self._event_id = event_id
        boxes = (
            PickerField(Field("record_id", "record", required=True), workspace, _PARTS),
            ChoiceField(Field("role", "word", words.PARTICIPANT_ROLES, required=True), words.PARTICIPANT_ROLES),
        )
        super().__init__(workspace, boxes, parent)

    def heading(self) -> str:
        """Return what this is for."""
        return _("Who took part?")

    def command(self) -> Command:
        """Return the command that adds the participant."""
        values = self.values()
        return partial(add_participant, event_id=self._event_id, record_id=values["record_id"], role=values["role"])
