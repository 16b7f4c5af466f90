"""Adding, copying and deleting events on the timeline, and the menus that offer it."""

from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal

from chipscape_db.identity import new_id
from chipscape_db.vocabulary import EVENT_KINDS
from chipscape_desktop import event_steps, notices
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.timeline.arrange import lane_at
from chipscape_desktop.figures.timeline.snapping import at_day
from chipscape_desktop.figures.timeline.spec import Lane, TimelineSpec
from chipscape_desktop.i18n import _
from chipscape_desktop.views.canvas import FigureCanvas
from chipscape_desktop.views.timeline.adding import AddEvent, NewEvent
from chipscape_desktop.views.timeline.dragging import part
from chipscape_desktop.views.timeline.editing import EventEditing
from chipscape_desktop.views.timeline.menus import Entry, records_menu, show_menu
from chipscape_desktop.views.timeline.travel import Travel
from chipscape_desktop.workspace import Selection, Workspace


class EventMenus(QObject):
    """What can be done to events; `lane_menu_wanted` carries the point of the screen over a lane's name."""

    lane_menu_wanted = Signal(object)

    def __init__(
        self, workspace: Workspace, canvas: FigureCanvas, editing: EventEditing, travel: Travel, *, parent: Any
    ) -> None:
        super().__init__(parent)
        self._workspace, self._canvas, self._editing, self._travel = workspace, canvas, editing, travel
        self._window = parent
        self.spec: TimelineSpec | None = None
        self.form = AddEvent(canvas)
        self.form.added.connect(self._add)
        self._new_id = ""
        self._lane: Lane | None = None
        self._day = 0.0

    # Events

    def add_at(self, x: float, y: float) -> bool:
        """Ask for an event at an empty place of the lanes; False where there is none, or facts may not be changed."""
        drawing = self._canvas.drawing()
        if self.spec is None or drawing is None or not self._editing.can_edit or not drawing.plot.contains(x, y):
            return False
        day, _unit = self._canvas.to_data(x, y)
        lane = lane_at(self.spec, self._canvas.view(), drawing.plot, y)
        self._ask(day, lane, QPoint(round(x), round(y)))
        return True

    def add_in_view(self) -> None:
        """Ask for an event in the middle of the time in view, in the lane of what is selected, else the first."""
        drawing = self._canvas.drawing()
        if self.spec is None or drawing is None or not self._editing.can_edit or not self.spec.lanes:
            return
        low, high = self._travel.days_in_view()
        placed = self.spec.placements((self._editing.selected(),))
        lane = self.spec.lanes[int(self.spec.columns.lane[placed[0]])] if len(placed) else self.spec.lanes[0]
        plot = drawing.plot
        self._ask((low + high) / 2, lane, QPoint(round(plot.x + plot.width / 2), round(plot.y + plot.height / 3)))

    def duplicate(self) -> None:
        """Copy the selected event; the copy is selected."""
        id_ = self._editing.selected()
        if not id_ or not self._editing.can_edit or self.spec is None or self._editing.dates_of(id_)[0] != "event":
            return
        self._new_id = new_id()
        name = _("{title} (copy)").format(title=self.spec.titles[self.spec.place_of(id_)])
        self._workspace.run(event_steps.duplicating(id_, name, self._new_id), self._added)

    def delete(self) -> None:
        """Ask whether the selected event shall go, and delete it."""
        id_ = self._editing.selected()
        if not id_ or not self._editing.can_edit or self.spec is None:
            return
        title = self.spec.titles[self.spec.place_of(id_)]
        if notices.ask(
            _("Delete “{name}”?").format(name=title),
            detail=_("Its claims, relationships and citations go with it. Undo brings everything back."),
            yes=_("Delete it"), no=_("Keep it"), parent=self._window,
        ):  # fmt: skip
            self._workspace.select(None)
            self._workspace.run(event_steps.deleting(id_, take_along=True))

    # Menus

    def open_menu(self, ref: Ref | None, place: QPoint) -> None:
        """Open the menu of what lies there: an event, the members of a cluster, rules, a lane, or an empty place."""
        inside = self._canvas.viewport().mapFromGlobal(place)
        headers = part(self._canvas.drawing(), "headers")
        if headers is not None and headers.contains(inside.x(), inside.y()):
            self.lane_menu_wanted.emit(place)
        elif ref is not None and ref.kind == "record" and ref.ids:
            self._workspace.select(Selection("record", ref.ids[0]))
            self._event_menu(place)
        elif ref is not None and ref.kind == "cluster":
            self.list_members(ref, place)
        elif ref is not None and ref.kind == "band":
            records_menu(self._window, place, ref.ids, title=self._rule_title, choose=self._pick)
        else:
            self._place_menu(place, inside)

    def menu_of_selection(self) -> None:
        """Open the menu of what the keyboard stands on, else of what is selected."""
        standing = self._canvas.standing
        place = self._canvas.viewport().mapToGlobal(QPoint(60, 80))
        if standing is not None and standing.kind == "cluster":
            self.list_members(standing, place)
        elif standing is not None and standing.kind == "record":
            self._workspace.select(Selection("record", standing.ids[0]))
            self._event_menu(place)
        elif self._editing.selected():
            self._event_menu(place)

    def list_members(self, ref: Ref, place: QPoint) -> None:
        """List the members of a cluster, to choose one."""
        if self.spec is not None:
            records_menu(self._window, place, ref.ids, title=self.spec.title_of, choose=self._pick)

    def _event_menu(self, place: QPoint) -> None:
        id_ = self._editing.selected()
        editable = bool(id_) and self._editing.can_edit
        event = bool(id_) and self._editing.dates_of(id_)[0] == "event"
        entries: list[Entry | None] = [
            (_("Come closer (F)"), self._fit, bool(id_)),
            None,
            (_("Add an event here…"), self.add_in_view, self._editing.can_edit),
            (_("Duplicate (Ctrl+D)"), self.duplicate, editable and event),
            (_("Earlier (Ctrl+←)"), self._earlier, editable),
            (_("Later (Ctrl+→)"), self._later, editable),
            None,
            (_("Delete… (Del)"), self.delete, editable),
        ]
        show_menu(self._window, place, entries)

    def _place_menu(self, place: QPoint, inside: QPoint) -> None:
        drawing = self._canvas.drawing()
        if drawing is None or self.spec is None or not drawing.plot.contains(inside.x(), inside.y()):
            return
        self._lane = lane_at(self.spec, self._canvas.view(), drawing.plot, inside.y())
        self._day = self._canvas.to_data(inside.x(), inside.y())[0]
        entries: list[Entry | None] = [
            (_("Add an event here…"), self._add_there, self._editing.can_edit),
            (_("Show everything (0)"), self._canvas.go_home, True),
        ]
        show_menu(self._window, place, entries)

    # How it is done

    def _ask(self, day: float, lane: Lane | None, at: QPoint) -> None:
        kind = lane.key if lane is not None and lane.key in EVENT_KINDS else "chip-launch"
        known = self.spec is not None and lane is not None and lane.id and lane.id in self.spec.kin.common
        actor = (lane.id, lane.title) if lane is not None and known else ("", "")
        date = at_day(day, self._editing.unit())
        self.form.ask(self._canvas.viewport().mapToGlobal(at), date=date, kind=kind, actor=actor)

    def _add(self, new: NewEvent) -> None:
        self._new_id = new_id()
        self._workspace.run(event_steps.adding(new.fields, new.actor_id, self._new_id), self._added)

    def _added(self, summary: object) -> None:
        if summary is not None:
            self._workspace.select(Selection("record", self._new_id))

    def _add_there(self) -> None:
        inside = self._canvas.viewport().mapFromGlobal(self._canvas.cursor().pos())
        self._ask(self._day, self._lane, inside)

    def _rule_title(self, id_: str) -> str:
        return dict(self.spec.known_rules).get(id_, "") if self.spec is not None else ""

    def _pick(self, id_: str) -> None:
        self._workspace.select(Selection("record", id_))

    def _fit(self) -> None:
        self._travel.zoom_to((self._editing.selected(),), anyway=True)

    def _earlier(self) -> None:
        self._editing.step(-1)

    def _later(self) -> None:
        self._editing.step(1)
