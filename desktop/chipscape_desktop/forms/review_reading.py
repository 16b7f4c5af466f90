"""Looking through the facts for the review: on a worker that no other question waits for, and that can be stopped."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chipscape_db.errors import FactsError
from chipscape_db.filters import Filters
from chipscape_db.progress import Stopped
from chipscape_db.queries.review.findings import Finding
from chipscape_db.queries.review.queue import Workday, open_counts, review, workdays
from chipscape_desktop.forms.findings_model import check_label, finding_text
from chipscape_desktop.forms.table_index import folded
from chipscape_desktop.i18n import _, language
from chipscape_desktop.workspace import Job, Workspace

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Queue:
    """The findings that pass the shared filters, each with its words, and what was done on which day.

    `counts` are those that nobody has settled, by check; of these at most `MOST` a check are listed.
    """

    findings: tuple[Finding, ...]
    words: tuple[str, ...]
    days: tuple[Workday, ...]
    counts: Mapping[str, int]


NOTHING = Queue((), (), (), {})


class ReviewReading(QObject):
    """Reads the queue again when asked; `done` carries it, or None where there is none: it was cancelled, or failed."""

    done = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._key = f"review-{id(self)}"
        self.running = False

    def begin(self) -> None:
        """Look through the facts; what an earlier reading found is no longer wanted."""
        base = self._workspace.base
        if base is not None:
            self.running = True
            work = partial(_read, engine=base.engine, filters=self._workspace.filters, lang=language())
            self._workspace.compute(work, self._read, key=self._key, text=_("Looking through the facts"))

    def _read(self, answer: Queue | FactsError) -> None:
        self.running = False
        if isinstance(answer, FactsError) and not isinstance(answer, Stopped):
            self._workspace.failed.emit(answer)
        self.done.emit(answer if isinstance(answer, Queue) else None)


def _read(job: Job, *, engine: "Engine", filters: Filters, lang: str) -> Queue | FactsError:
    """Return the findings about what passes the shared filters, and who did what by day; else why not."""
    from sqlalchemy.orm import Session

    from chipscape_db.faults import explained

    progress = job.progress()
    try:
        with explained(), Session(engine) as session:
            findings = review(session, language=lang, progress=progress.part(0.0, 0.95))
            if filters.active or filters.as_of is not None:
                from chipscape_db.queries.briefs import briefs

                passing = briefs(session, filters, language=lang)
                findings = [one for one in findings if any(owner in passing for owner in one.owners)]
            progress.at(0.97)
            days = workdays(session)
    except FactsError as fault:
        return fault
    counts, taken = open_counts(findings), Counter[str]()
    listed = []
    for one in findings:
        taken[one.code] += one.settled is None
        if one.settled is not None or taken[one.code] <= MOST:
            listed.append(one)
    words = tuple(folded(f"{one.name} {one.slug} {finding_text(one)} {check_label(one.code)}") for one in listed)
    return Queue(tuple(listed), words, tuple(days), counts)
