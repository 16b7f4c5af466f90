"""The events of a timeline as a calendar or a TimelineJS file, with their dates as written and their sources."""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_desktop.export.formats import write_whole
from chipscape_desktop.figures.catalog import Figure, View
from chipscape_desktop.i18n import format_date

if TYPE_CHECKING:
    from chipscape_db.queries import Reader
    from chipscape_desktop.export.jobs import ExportJob

EVENT_FORMATS = (".ics", ".json")
"""iCalendar and TimelineJS."""


def event_suffixes_of(figure: Figure) -> tuple[str, ...]:
    """Return the endings of the event files that a figure can be written to: both for one that has dated records."""
    return EVENT_FORMATS if hasattr(figure, "record_ids") else ()


def ids_in_view(figure: Any, spec: Any, view: View | None) -> tuple[str, ...]:
    """Return the ids of the records that a figure shows in a view, all of them without one."""
    ids: tuple[str, ...] = figure.record_ids(spec, view)
    return ids


def export_events(session: "Reader", job: "ExportJob", ids: tuple[str, ...], *, title: str, path: Path) -> None:
    """Write the records with these ids to *path*, whose suffix names the format; raises `FileFault`."""
    from chipscape_db.queries.properties import newest_change
    from chipscape_db.transfer.calendars import write_calendar
    from chipscape_db.transfer.happenings import read_eras, read_happenings
    from chipscape_db.transfer.timelinejs import write_timelinejs

    language = job.request.language
    happenings = read_happenings(session, ids, language=language)
    if path.suffix.lower() == ".json":
        eras = read_eras(session, language=language)
        content = write_timelinejs(happenings, eras, title=title, language=language, say=format_date)
    else:
        content = write_calendar(
            happenings, title=title, language=language, at=newest_change(session),
            product=f"Chipscape {version('chipscape')}",
        )  # fmt: skip
    write_whole(path, content)
