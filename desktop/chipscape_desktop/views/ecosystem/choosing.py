"""Choosing on the map: clicks, what a key is about, the neighbourhood of a record, a walk along relationships."""

from PySide6.QtCore import QObject

from chipscape_db.errors import N_
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.ecosystem.spec import NOWHERE
from chipscape_desktop.i18n import _
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.ecosystem.arranging import Arranging
from chipscape_desktop.views.ecosystem.finding import next_edge, nodes_of
from chipscape_desktop.views.ecosystem.offers import Offer, Offers, On
from chipscape_desktop.views.ecosystem.panel import EcosystemPanel
from chipscape_desktop.views.ecosystem.pointing import Pointing
from chipscape_desktop.workspace import Selection, Workspace


class Choosing(QObject):
    """Turns clicks and keys on the map into selections and neighbourhoods."""

    def __init__(
        self, workspace: Workspace, *, canvas: FigureCanvas, panel: EcosystemPanel, arranging: Arranging,
        pointing: Pointing,
    ) -> None:  # fmt: skip
        super().__init__(canvas)
        self._workspace, self._canvas, self._panel = workspace, canvas, panel
        self._arranging, self._pointing = arranging, pointing
        self._walked = NOWHERE
        canvas.activated.connect(self._activated)
        canvas.double_clicked.connect(self._double_clicked)
        panel.center_wanted.connect(self.center_on_selection)

    def add_to(self, offers: Offers) -> None:
        """Offer what every map offers."""
        offers.add(
            Offer("record", N_("Show its neighbourhood only"), self.center_on, "F"),
            Offer("record", N_("Show its neighbours too"), self._open, "G", self._can_open),
            Offer("record", N_("Leave out what hangs on it alone"), self._close, "Shift+G", self._can_close),
            Offer("record", N_("Show what hangs on it again"), self._close, "Shift+G", self._is_closed),
            Offer("record", self._pin_text, self._arranging.toggle_pin, "P"),
            Offer("record", "", self.next_relationship, "E", listed=False),
            Offer("relationship", "", self.next_relationship, "E", listed=False),
            Offer("map", N_("Whole map"), self._leave, "Esc", self._is_part),
            Offer("map", N_("Show everything"), self._go_home),
            Offer("map", N_("Pin everything where it is"), self._arranging.pin_all, "Shift+P"),
            Offer("map", N_("Let everything go"), self._arranging.release_all, "", self._has_pins),
        )

    def at_hand(self, on: On = "record") -> str:
        """Return the id of the record that is pointed at or stood on, else the selected one, else nothing."""
        if on == "record" and self._pointing.hovered is not None:
            return self._pointing.hovered.ids[0]
        selection = self._workspace.selection
        return selection.id if selection is not None and selection.kind == on else ""

    def center_on_selection(self) -> None:
        """Show the neighbourhood of the record that is selected, or else pointed at."""
        selection = self._workspace.selection
        self.center_on(selection.id if selection is not None and selection.kind == "record" else self.at_hand())

    def center_on(self, record_id: str) -> None:
        """Show the neighbourhood of a record only."""
        spec = self._arranging.spec
        number = NOWHERE if spec is None else spec.number_of(record_id)
        if spec is not None and number != NOWHERE:
            self._panel.choose(center=spec.nodes[number].slug)

    def next_relationship(self, _id: str = "") -> None:
        """Select the next relationship of the record at hand, or of the one whose relationship is selected."""
        spec, selection = self._arranging.spec, self._workspace.selection
        if spec is None:
            return
        ends = nodes_of(spec, selection)
        at = spec.edge_of(selection.id) if selection is not None and selection.kind == "relationship" else NOWHERE
        if at == NOWHERE:
            self._walked = spec.number_of(self.at_hand())
        elif self._walked not in ends:
            self._walked = ends[0]
        following = NOWHERE if self._walked == NOWHERE else next_edge(spec, self._walked, at)
        if following != NOWHERE:
            self._workspace.select(Selection("relationship", spec.edges.rows[following].id))

    def _activated(self, ref: Ref) -> None:
        if ref.ids and ref.kind in ("record", "relationship"):
            self._workspace.select(Selection(ref.kind, ref.ids[0]))
        elif ref.kind == "cluster":
            self._panel.toggle(ref.ids[0], opened=True)

    def _double_clicked(self, ref: Ref | None, _x: float, _y: float) -> None:
        if ref is None:
            self._canvas.go_home()
        elif ref.kind == "record" and self._can_let_go(ref.ids[0]):
            self._arranging.toggle_pin(ref.ids[0])
        elif ref.kind == "record":
            self.center_on(ref.ids[0])

    def _open(self, record_id: str) -> None:
        self._panel.toggle(self._slug(record_id), opened=True)

    def _close(self, record_id: str) -> None:
        self._panel.toggle(self._slug(record_id), opened=False)

    def _slug(self, record_id: str) -> str:
        spec = self._arranging.spec
        number = NOWHERE if spec is None else spec.number_of(record_id)
        return "" if spec is None or number == NOWHERE else spec.nodes[number].slug

    def _can_open(self, record_id: str) -> bool:
        """Say whether a record of a neighbourhood, or a group of an organization, may have more to show."""
        spec = self._arranging.spec
        if spec is None or self._slug(record_id) == "":
            return False
        grouped = spec.nodes[spec.number_of(record_id)].id in spec.members
        return grouped or (bool(spec.center_id) and record_id != spec.center_id)

    def _can_close(self, record_id: str) -> bool:
        spec = self._arranging.spec
        number = NOWHERE if spec is None else spec.number_of(record_id)
        if spec is None or number == NOWHERE or self._is_closed(record_id):
            return False
        near = spec.neighbours(number)
        return any(len(spec.neighbours(int(one))) == 1 for one in near)

    def _is_closed(self, record_id: str) -> bool:
        slug = self._slug(record_id)
        return bool(slug) and slug in self._panel.read().closed

    def _pin_text(self, record_id: str) -> str:
        return _("Let it go") if self._arranging.is_pinned(record_id) else _("Pin it here")

    def _can_let_go(self, record_id: str) -> bool:
        return self._arranging.is_pinned(record_id) and not self._is_by_hand("")

    def _is_by_hand(self, _id: str) -> bool:
        return self._panel.read().layout == "hand"

    def _has_pins(self, _id: str) -> bool:
        spec = self._arranging.spec
        return spec is not None and bool(spec.places)

    def _is_part(self, _id: str) -> bool:
        return bool(self._panel.read().center)

    def _leave(self, _id: str) -> None:
        self._panel.show_whole()

    def _go_home(self, _id: str) -> None:
        self._canvas.go_home()
