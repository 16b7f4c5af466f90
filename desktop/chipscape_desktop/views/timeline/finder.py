"""Finding events by words: the next and the previous match, from where one is."""

from functools import partial

from PySide6.QtCore import QObject

from chipscape_db.columns.packed import MOST_FOUND
from chipscape_desktop.figures.timeline.finding import matches
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.views.timeline.panel import TimelinePanel
from chipscape_desktop.views.timeline.travel import Travel
from chipscape_desktop.workspace import Job, Selection, Workspace

_MANY = 20_000


class Finder(QObject):
    """Walks through the matches of what is typed, selects each and brings it into view."""

    def __init__(self, workspace: Workspace, travel: Travel, panel: TimelinePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._travel, self._panel = workspace, travel, panel
        self._spec: TimelineSpec | None = None
        self._text = ""
        self._found: list[int] = []
        self._at = -1
        self._step = 1
        panel.sought.connect(self.seek)

    @property
    def spec(self) -> TimelineSpec | None:
        """What is searched."""
        return self._spec

    @spec.setter
    def spec(self, spec: TimelineSpec) -> None:
        self._spec, self._text = spec, ""

    def seek(self, text: str, step: int) -> None:
        """Go to the next (1) or previous (-1) match; of new words, to the first that is not before the view.

        Very many events are searched in the background.
        """
        spec = self._spec
        if spec is None:
            return
        self._step = step
        if text == self._text:
            self._go_on(spec)
        elif len(spec.ids) > _MANY:
            self._workspace.compute(partial(_search, spec, text), self._searched, key="timeline-find", text=text)
        else:
            self._searched(_search(spec, text))

    def _searched(self, answer: tuple[TimelineSpec, str, list[int]]) -> None:
        if answer[0] is not self._spec:
            return
        spec, self._text, self._found = answer
        self._at = self._before_view(spec) if self._step > 0 else self._before_view(spec) + 1
        self._go_on(spec)

    def _go_on(self, spec: TimelineSpec) -> None:
        if not self._found:
            self._panel.say_found(0, 0)
            return
        self._at = (self._at + self._step) % len(self._found)
        id_ = spec.id_of(self._found[self._at])
        self._travel.bring(id_)
        self._workspace.select(Selection("record", id_))
        self._panel.say_found(self._at + 1, len(self._found), more=len(self._found) >= MOST_FOUND)

    def _before_view(self, spec: TimelineSpec) -> int:
        """Return the place of the last match that begins before the view, -1 where there is none."""
        left = self._travel.days_in_view()[0]
        return int(spec.lows()[self._found].searchsorted(left)) - 1


def _search(spec: TimelineSpec, text: str, _job: Job | None = None) -> tuple[TimelineSpec, str, list[int]]:
    return spec, text, matches(spec, text)
