"""The open fact base as the windows see it: rows come in, commands go out, nothing blocks.

One worker thread serialises the database, a second runs layouts and exports. Work is a pure function; only its ticket
and its answer cross the threads, and one slot of this object delivers the answer on the GUI side.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from chipscape_db.errors import N_, FactsError, FileFault, Reviewed
from chipscape_db.filters import Filters
from chipscape_desktop.background import Command as Command
from chipscape_desktop.background import Held as Held
from chipscape_desktop.background import Job as Job
from chipscape_desktop.background import LongCommand
from chipscape_desktop.shared_state import Activity as Activity
from chipscape_desktop.shared_state import Selection as Selection
from chipscape_desktop.shared_state import UndoState as UndoState

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from chipscape_db.base_file import FactBase
    from chipscape_db.history import ChangeSummary

T = TypeVar("T")


@dataclass(slots=True)
class _Waiting:
    then: "WeakMethod[Callable[[Any], None]] | None"
    key: str | None
    job: Job | None = None


class Workspace(QObject):
    """The state that all views share, and the only way to the fact base.

    `opened` (FactBase or None), `changed` (ChangeSummary), `selection_changed` (Selection or None), `filters_changed`
    (Filters), `undo_changed` (UndoState), `failed` (FactsError), `activity_changed` (Activity or None), `held` (Held):
    whoever hears it asks the person and calls `go_on` or `give_up`.
    """

    opened = Signal(object)
    changed = Signal(object)
    selection_changed = Signal(object)
    filters_changed = Signal(object)
    undo_changed = Signal(object)
    failed = Signal(object)
    activity_changed = Signal(object)
    held = Signal(object)
    _finished = Signal(object, object)
    _progressed = Signal(object, object)

    def __init__(self, author: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.author = author
        self.base: FactBase | None = None
        self.filters = Filters()
        self.selection: Selection | None = None
        self.undo_state = UndoState()
        self._back: list[Selection] = []
        self._forward: list[Selection] = []
        self._waiting: dict[int, _Waiting] = {}
        self._newest: dict[str, int] = {}
        self._tickets = count()
        self._database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._layouts = ThreadPoolExecutor(max_workers=1, thread_name_prefix="layouts")
        self._finished.connect(self._deliver)
        self._progressed.connect(self._show_progress)
        self._activities: dict[int, Activity] = {}
        self._after: dict[int, WeakMethod[Callable[[Any], None]]] = {}

    # The fact base

    def open(
        self, path: Path, *, create: bool = False, starter: bool = True, first: Callable[[], None] | None = None
    ) -> None:
        """Open the fact base at *path* in the background, created first when asked; `opened` tells when it is there.

        *first* is done on the worker before: to import what will show the base, so that the window stays at hand.
        The base that is open already stays as it is, unless it is read-only and might be had for writing by now.
        """
        base = self.base
        if base is not None and not base.read_only and not create and path.resolve() == base.path.resolve():
            return
        author = self.author

        def work() -> "FactBase":
            from chipscape_db.base_file import create_base, open_base

            if first is not None:
                first()
            if create:
                create_base(path, starter=starter, author=author)
            return open_base(path)

        self._submit(self._database, work, self._opened, key="open", activity=Activity(path.name))

    def save_copy(self, path: Path, then: Callable[[Path], None]) -> None:
        """Write a copy of the open base to *path*; *then* receives the path."""
        engine = self._engine()

        def work() -> Path:
            from chipscape_db.base_file import copy_base

            copy_base(engine, path)
            return path

        self._submit(self._database, work, then, activity=Activity(path.name))

    def close(self) -> None:
        """Cancel what can be cancelled, wait for the workers and let the file go."""
        for waiting in self._waiting.values():
            if waiting.job is not None:
                waiting.job.cancel()
        self._waiting.clear()
        self._layouts.shutdown(wait=True, cancel_futures=True)
        self._database.shutdown(wait=True)
        if self.base is not None:
            self.base.close()
            self.base = None

    # Reads and writes

    def query(self, read: "Callable[[Session], T]", then: Callable[[T], None], *, key: str | None = None) -> None:
        """Run *read* in the background and pass its rows to *then*, a bound method, on the GUI side.

        Of several queries with the same *key* only the newest is answered.
        """
        engine = self._engine()

        def work() -> T:
            from sqlalchemy.orm import Session

            from chipscape_db.faults import explained

            with explained(), Session(engine) as session:
                return read(session)

        self._submit(self._database, work, then, key=key)

    def run(self, command: Command, then: "Callable[[ChangeSummary | None], None] | None" = None) -> None:
        """Run one undoable command; `changed` follows when it changed anything, `failed` when the world said no.

        *then*, a bound method, receives the summary (None: nothing was changed) after `changed`.
        """
        self._run(command, None if then is None else WeakMethod(then), asks=True)

    def run_with_job(self, command: LongCommand, then: "Callable[[ChangeSummary | None], None]", *, text: str) -> Job:
        """Run a command that takes long, as `run` does; the status bar shows *text* and can cancel it."""
        job, tickets = self._job()
        activity = Activity(text, None, True)
        tickets += self._run(partial(command, job=job), WeakMethod(then), asks=True, activity=activity, job=job)
        return job

    def go_on(self, held: Held) -> None:
        """Run a command that was held, now that the person agreed."""
        self._run(held.command, held.then, asks=False)

    def give_up(self, held: Held) -> None:
        """Let a command go that was held; whoever waits for it learns that nothing was changed."""
        then = held.then() if held.then is not None else None
        if then is not None and _alive(then):
            then(None)

    def undo(self) -> None:
        """Take back the newest step."""
        self._step("undo")

    def redo(self) -> None:
        """Do again the step undone last."""
        self._step("redo")

    def compute(
        self, work: Callable[[Job], T], then: Callable[[T], None], *, key: str | None = None, text: str = ""
    ) -> Job:
        """Run a computation without the database on the second worker; *text* names it in the status bar."""
        job, tickets = self._job()
        activity = Activity(text, None, True) if text else None
        tickets.append(self._submit(self._layouts, lambda: work(job), then, key=key, activity=activity, job=job))
        return job

    def idle(self) -> bool:
        """Say whether every question asked so far was answered."""
        return not self._waiting

    def cancel_activity(self) -> None:
        """Cancel the background work that is shown in the status bar."""
        for ticket in self._activities:
            job = self._waiting[ticket].job
            if job is not None:
                job.cancel()

    # The shared state

    def select(self, selection: Selection | None) -> None:
        """Select something everywhere; the way back is remembered."""
        if selection == self.selection:
            return
        if self.selection is not None:
            self._back.append(self.selection)
        self._forward.clear()
        self.selection = selection
        self.selection_changed.emit(selection)

    def select_back(self) -> None:
        """Select what was selected before."""
        self._walk(self._back, self._forward)

    def select_forward(self) -> None:
        """Select again what `select_back` left."""
        self._walk(self._forward, self._back)

    def set_filters(self, filters: Filters) -> None:
        """Filter all views."""
        if filters != self.filters:
            self.filters = filters
            self.filters_changed.emit(filters)

    def change_filters(self, **changes: Any) -> None:
        """Change some of the filters, named as in `Filters`."""
        self.set_filters(replace(self.filters, **changes))

    # How it is done

    def _job(self) -> tuple[Job, list[int]]:
        """Return a job that reports how far it is once the list holds its ticket."""
        tickets: list[int] = []
        progressed = self._progressed

        def report(fraction: float) -> None:
            if tickets:
                progressed.emit(tickets[0], fraction)

        return Job(report), tickets

    def _run(
        self,
        command: Command,
        then: "WeakMethod[Callable[[Any], None]] | None",
        *,
        asks: bool,
        activity: Activity | None = None,
        job: Job | None = None,
    ) -> list[int]:
        """Queue a command and return its ticket, none where the base is read-only."""
        base, author = self._open_base(), self.author
        if base.read_only_because is not None:
            self.failed.emit(base.read_only_because)
            return []
        engine = base.engine.execution_options(asks_before_reviewed=True) if asks else base.engine

        def work() -> Any:
            try:
                summary = command(engine, author=author)
            except Reviewed as because:
                return Held(command, because, then), None
            return summary, _undo_state(engine)

        ticket = self._submit(self._database, work, self._did, activity=activity, job=job)
        if then is not None:
            self._after[ticket] = then
        return [ticket]

    def _walk(self, source: list[Selection], other: list[Selection]) -> None:
        if source:
            if self.selection is not None:
                other.append(self.selection)
            self.selection = source.pop()
            self.selection_changed.emit(self.selection)

    def _step(self, kind: str) -> None:
        def command(engine: "Engine", *, author: str) -> "ChangeSummary | None":
            from chipscape_db import reverting

            return (reverting.undo if kind == "undo" else reverting.redo)(engine, author=author)

        self.run(command)

    def _open_base(self) -> "FactBase":
        if self.base is None:
            raise FileFault(N_("No fact base is open."))
        return self.base

    def _engine(self) -> "Engine":
        return self._open_base().engine

    def _submit(
        self,
        executor: ThreadPoolExecutor,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        key: str | None = None,
        activity: Activity | None = None,
        job: Job | None = None,
    ) -> int:
        """Queue *work*; *then*, a bound method, stays on this side and is held weakly."""
        ticket = next(self._tickets)
        self._waiting[ticket] = _Waiting(WeakMethod(then), key, job)
        if key is not None:
            stale = self._waiting.get(self._newest.get(key, -1))
            if stale is not None and stale.job is not None:
                stale.job.cancel()
            self._newest[key] = ticket
        if activity is not None:
            self._activities[ticket] = activity
            self.activity_changed.emit(activity)
        finished = self._finished
        executor.submit(work).add_done_callback(lambda done: finished.emit(ticket, done))
        return ticket

    @Slot(object, object)
    def _deliver(self, ticket: int, future: "Future[Any]") -> None:
        waiting = self._waiting.pop(ticket, None)
        if self._activities.pop(ticket, None) is not None:
            self.activity_changed.emit(next(iter(self._activities.values()), None))
        if waiting is None or future.cancelled():
            return
        then = waiting.then() if waiting.then is not None else None
        after = self._after.pop(ticket, None)
        stale = waiting.key is not None and self._newest.get(waiting.key) != ticket
        error = future.exception()
        if error is not None:
            if isinstance(error, FactsError):
                if not stale:
                    self.failed.emit(error)
                return
            raise error
        if stale or then is None or not _alive(then):
            return
        answer = future.result()
        then(answer)
        if after is None or isinstance(answer[0], Held):
            return
        followed = after()
        if followed is not None and _alive(followed):
            followed(answer[0])

    @Slot(object, object)
    def _show_progress(self, ticket: int, fraction: float) -> None:
        activity = self._activities.get(ticket)
        if activity is not None:
            self._activities[ticket] = replace(activity, fraction=fraction)
            self.activity_changed.emit(self._activities[ticket])

    def _opened(self, base: "FactBase") -> None:
        if self.base is not None:
            self._database.submit(self.base.close)
        self.base = base
        self._back.clear()
        self._forward.clear()
        self.selection = None
        self.set_filters(Filters())
        self.opened.emit(base)
        self.selection_changed.emit(None)
        engine = base.engine
        self._submit(self._database, lambda: _undo_state(engine), self._set_undo_state)

    def _did(self, answer: "tuple[ChangeSummary | Held | None, UndoState]") -> None:
        summary, state = answer
        if isinstance(summary, Held):
            self.held.emit(summary)
            return
        self._set_undo_state(state)
        if summary is not None:
            self.changed.emit(summary)

    def _set_undo_state(self, state: UndoState) -> None:
        if state != self.undo_state:
            self.undo_state = state
            self.undo_changed.emit(state)


def _undo_state(engine: "Engine") -> UndoState:
    from chipscape_db.next_steps import next_redo, next_undo

    return UndoState(next_undo(engine) is not None, next_redo(engine) is not None)


def _alive(method: Callable[..., Any]) -> bool:
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
