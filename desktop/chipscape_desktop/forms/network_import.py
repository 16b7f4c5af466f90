"""Bringing in a network of another program: what its words mean, what would come in, then one step."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from chipscape_db.errors import FactsError
from chipscape_db.queries.ecosystem import SHOWABLE
from chipscape_db.transfer.networks.content import NetworkFile
from chipscape_db.transfer.networks.mapping import ImportMapping, propose
from chipscape_db.transfer.networks.outcome import Obstacle, Plan
from chipscape_db.vocabulary import RECORD_KINDS, RELATIONSHIP_KINDS
from chipscape_desktop.error_text import error_text
from chipscape_desktop.field_words import stored_label
from chipscape_desktop.forms.calm_combo import CalmCombo
from chipscape_desktop.forms.network_mapping import MappingTable, link_choices_of_all
from chipscape_desktop.i18n import _, ngettext, number
from chipscape_desktop.theme import set_role
from chipscape_desktop.widgets.record_picker import RecordPicker
from chipscape_desktop.words import kind_word, link_word
from chipscape_desktop.workspace import Job, Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.history import ChangeSummary

_MOST_OBSTACLES = 200
_MOST_CHANGES = 1_000


class NetworkImport(QDialog):
    """Shows a file as it is understood and what it would bring; `taken` carries the plan that came in."""

    taken = Signal(object)

    def __init__(self, workspace: Workspace, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace, self._path = workspace, path
        self._network: NetworkFile | None = None
        self._mapping = ImportMapping()
        self._plan: Plan | None = None
        self.setWindowTitle(_("Import the network {file}").format(file=path.name))
        self.resize(820, 600)
        self.summary = QLabel(_("Reading the file…"), self)
        self.summary.setWordWrap(True)
        self.words = MappingTable(self)
        self.kind, self.link = CalmCombo(self), CalmCombo(self)
        for kind in SHOWABLE:
            self.kind.addItem(kind_word(kind), kind)
        for link, text in link_choices_of_all():
            self.link.addItem(text, link)
        self.source = RecordPicker(workspace, ("source",), self)
        self.source.setPlaceholderText(_("none: uncited for now"))
        self.places, self.leave_out = QCheckBox(_("Take the places of the nodes"), self), QCheckBox(self)
        self.places.setChecked(True)
        self.update_known = QCheckBox(_("Update what is there already"), self)
        self.update_known.setToolTip(_("Fields, dates and summaries that the file says otherwise take what it says"))
        self.changes = QListWidget(self)
        self.changes.setFixedHeight(104)
        self.changes.setAccessibleName(_("What would change"))
        self.obstacles = QListWidget(self)
        self.obstacles.setFixedHeight(84)
        self.obstacles.setAccessibleName(_("What cannot come in"))
        self._lay_out()
        self.words.changed.connect(self._remapped)
        for box in (self.kind, self.link):
            box.activated.connect(self._remap)
        self.source.picked.connect(self._remap)
        self.places.toggled.connect(self._ask)
        self.update_known.toggled.connect(self._ask)
        self.leave_out.toggled.connect(self._follow)
        workspace.compute(partial(_read, path), self._was_read, key="network-import", text=_("Reading the network"))

    def _lay_out(self) -> None:
        defaults, citing = QHBoxLayout(), QHBoxLayout()
        for row, text, box, stretch in (
            (defaults, _("Nodes that say nothing are"), self.kind, 0), (defaults, _("edges"), self.link, 0),
            (citing, _("Source of what is new"), self.source, 1),
        ):  # fmt: skip
            label = QLabel(text, self)
            label.setBuddy(box)
            row.setSpacing(8)
            row.addWidget(label)
            row.addWidget(box, stretch)
        defaults.addStretch(1)
        note = QLabel(_("It is one step, which undo takes back as a whole."), self)
        set_role(note, "soft")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal, self)
        self.take = buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_role(self.take, "primary")
        self.take.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.summary)
        column.addWidget(self.words, 1)
        column.addLayout(defaults)
        column.addLayout(citing)
        column.addWidget(self.places)
        column.addWidget(self.update_known)
        column.addWidget(self.changes)
        column.addWidget(self.obstacles)
        column.addWidget(self.leave_out)
        column.addWidget(note)
        column.addWidget(buttons)
        for widget in (self.obstacles, self.leave_out, self.changes):
            widget.hide()
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)

    def mapping(self) -> ImportMapping:
        """Return how the file is understood at present."""
        return self._mapping

    def plan(self) -> Plan | None:
        """Return what would come in, None while that is not known."""
        return self._plan

    def _was_read(self, found: "NetworkFile | FactsError") -> None:
        if isinstance(found, FactsError):
            self.summary.setText(error_text(found))
            return
        self._network = found
        self._mapping = propose(found)
        self.kind.setCurrentIndex(self.kind.findData(self._mapping.kind))
        self.link.setCurrentIndex(self.link.findData(self._mapping.link))
        self.words.show_mapping(found, self._mapping)
        self.places.setEnabled(any(node.place is not None for node in found.nodes))
        self._ask()

    def _remapped(self, mapping: ImportMapping) -> None:
        columns = mapping.node_columns, mapping.edge_columns
        kinds_moved = columns != (self._mapping.node_columns, self._mapping.edge_columns)
        self._mapping = mapping
        if kinds_moved and self._network is not None:
            # Another attribute may say the kinds now: then other words want a meaning.
            proposed = propose(self._network, columns)
            self._mapping = replace(mapping, kinds={**proposed.kinds, **mapping.kinds},
                                    links={**proposed.links, **mapping.links})  # fmt: skip
            self.words.show_mapping(self._network, self._mapping)
        self._ask()

    def _remap(self, _value: object = None) -> None:
        self._mapping = replace(
            self._mapping, kind=self.kind.currentData(), link=self.link.currentData(),
            source_id=self.source.record_id(),
        )  # fmt: skip
        self.words.show_mapping(self._network or NetworkFile((), ()), self._mapping)
        self._ask()

    def _ask(self, _value: object = None) -> None:
        """Find out what would come in."""
        self.take.setEnabled(False)
        if self._network is not None:
            read = partial(
                _plan, network=self._network, mapping=self._mapping, keep_places=self.places.isChecked(),
                update=self.update_known.isChecked(),
            )  # fmt: skip
            self._workspace.query(read, self._planned, key="network-plan")

    def _planned(self, plan: Plan) -> None:
        self._plan = plan
        network = self._network
        assert network is not None
        self.summary.setText(" ".join([_sentence(plan, network), *(_(note) for note in network.notes)]))
        self.changes.clear()
        lines = [_change(one.name, *change) for one in plan.updates for change in one.changes]
        self.changes.addItems(lines[:_MOST_CHANGES])
        if len(lines) > _MOST_CHANGES:
            self.changes.addItem(_("and {count} more").format(count=number(len(lines) - _MOST_CHANGES)))
        self.changes.setVisible(bool(lines))
        self.obstacles.clear()
        self.obstacles.addItems([_obstacle(one) for one in plan.obstacles[:_MOST_OBSTACLES]])
        self.obstacles.setVisible(bool(plan.obstacles))
        self.leave_out.setVisible(bool(plan.obstacles))
        self.leave_out.setText(
            ngettext(
                "Leave out {count} that cannot come in", "Leave out the {count} that cannot come in",
                len(plan.obstacles),
            ).format(count=number(len(plan.obstacles)))
        )  # fmt: skip
        self._follow()

    def _follow(self, _value: object = None) -> None:
        plan = self._plan
        possible = plan is not None and not plan.is_empty and (not plan.obstacles or self.leave_out.isChecked())
        self.take.setEnabled(possible)

    def _take(self) -> None:
        from chipscape_db.commands.networks import import_network

        assert self._network is not None
        self.take.setEnabled(False)
        command = partial(
            import_network, network=self._network, mapping=self._mapping, name=self._path.name,
            keep_places=self.places.isChecked(), leave_out=self.leave_out.isChecked(),
            update=self.update_known.isChecked(),
        )  # fmt: skip
        self._workspace.run(command, self._taken)

    def _taken(self, summary: "ChangeSummary | None") -> None:
        if summary is None:
            self._follow()  # somebody was asked about a reviewed record, and thought better of it
            return
        self.taken.emit(self._plan)
        self.accept()


def _sentence(plan: Plan, network: NetworkFile) -> str:
    records, links, known = len(plan.records), len(plan.links), len(plan.known)
    parts = [
        ngettext("{count} record is new", "{count} records are new", records).format(count=number(records)),
        ngettext("{count} is there already", "{count} are there already", known).format(count=number(known)),
        ngettext("{count} relationship is new", "{count} relationships are new", links).format(count=number(links)),
        ngettext("{count} is there already", "{count} are there already", plan.same_links).format(
            count=number(plan.same_links)
        ),
    ]
    if plan.updates:
        count = len(plan.updates)
        parts.append(ngettext("{count} is updated", "{count} are updated", count).format(count=number(count)))
    told = _("{nodes} nodes and {edges} edges: {list}.").format(
        nodes=number(len(network.nodes)), edges=number(len(network.edges)), list=", ".join(parts)
    )
    if plan.left_out:
        told += " " + _("Left out: {list}.").format(list=", ".join(plan.left_out[:12]))
    return told


def _change(name: str, field: str, before: str, after: str) -> str:
    """Return what would change of what is there: "TSMC, Founded: 1986 → 1987"."""
    return _("{name}, {field}: {before} → {after}").format(
        name=name, field=stored_label(field), before=before or _("nothing"), after=after
    )


def _obstacle(one: Obstacle) -> str:
    """Return where and why something cannot come in, with the words of the closed lists as people read them."""
    where = (_("Node {id}") if one.on == "node" else _("Edge {id}")).format(id=one.id)
    spoken = FactsError(one.reason.template)
    spoken.params = {name: _spoken(name, value) for name, value in one.reason.params.items()}
    return _("{where}: {reason}").format(where=where, reason=error_text(spoken))


def _spoken(name: str, value: object) -> object:
    if name == "link" and value in RELATIONSHIP_KINDS:
        return link_word(str(value))
    return kind_word(str(value)) if name in ("subject", "object") and value in RECORD_KINDS else value


def _read(path: Path, _job: Job) -> "NetworkFile | FactsError":
    from chipscape_db.transfer.networks.formats import read_file

    try:
        return read_file(path)
    except FactsError as error:
        return error


def _plan(session: "Session", *, network: NetworkFile, mapping: ImportMapping, keep_places: bool, update: bool) -> Plan:
    from chipscape_db.transfer.networks.plan import plan_import

    return plan_import(session, network, mapping, keep_places=keep_places, update=update)
