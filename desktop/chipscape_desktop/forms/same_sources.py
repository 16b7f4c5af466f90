"""A line that says, while a source is typed, that the fact base has it already."""

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from chipscape_db.errors import N_
from chipscape_db.queries.sources import Same, same_sources
from chipscape_desktop.i18n import _
from chipscape_desktop.theme import set_role
from chipscape_desktop.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_desktop.forms.fields import FieldBox

_WATCHED = ("name", "url", "doi")
_CALM_MS = 250
_BY = {"doi": N_("the same DOI"), "url": N_("the same address"), "title": N_("the same title")}


class SameSources(QLabel):
    """Watches the fields of a source; `chosen` carries the id and name of the one to take instead."""

    chosen = Signal(object, object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._fields: Mapping[str, FieldBox] = {}
        self._exclude = ""
        self._found: tuple[Same, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_CALM_MS)
        self._timer.timeout.connect(self.look)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        set_role(self, "error")
        self.linkActivated.connect(self._chosen)
        self.hide()

    def watch(self, fields: "Mapping[str, FieldBox]", exclude: str = "") -> None:
        """Compare these fields with what is there, but for the source *exclude* itself."""
        if self._fields is not fields:
            for name in _WATCHED:
                if name in fields:
                    fields[name].changed.connect(self._timer.start)
        self._fields, self._exclude = fields, exclude
        self._show(())

    def look(self) -> None:
        """Ask the fact base now."""
        told = {name: self._fields[name].value() for name in _WATCHED if name in self._fields}
        if self._workspace.base is None or not any(told.values()):
            self._show(())
            return
        read = partial(
            _same, url=told.get("url", ""), doi=told.get("doi", ""), title=told.get("name", ""), exclude=self._exclude
        )
        self._workspace.query(read, self._show, key=f"same-{id(self)}")

    def found(self) -> tuple[Same, ...]:
        """Return what is the same."""
        return self._found

    def _show(self, found: tuple[Same, ...]) -> None:
        self._found = found
        said = [
            f"<a href='{escape(same.id, quote=True)}'>{escape(same.name)}</a> ({escape(_(_BY[same.by]))})"
            for same in found[:3]
        ]
        self.setText(escape(_("Already in the fact base:")) + " " + "; ".join(said))
        self.setVisible(bool(found))

    def _chosen(self, record_id: str) -> None:
        name = next((same.name for same in self._found if same.id == record_id), "")
        self.chosen.emit(record_id, name)


def _same(session: "Session", url: str, doi: str, title: str, exclude: str) -> tuple[Same, ...]:
    return same_sources(session, url=url, doi=doi, title=title, exclude=exclude)
