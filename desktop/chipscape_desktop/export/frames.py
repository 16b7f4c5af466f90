"""The map of many days, one after the other: as pictures in a folder, or as slides; every record keeps its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_db.queries import Reader
from chipscape_db.queries.ecosystem import EcosystemRows
from chipscape_db.queries.footnotes import source_addresses
from chipscape_desktop.export.formats import export_drawing, write_whole
from chipscape_desktop.export.jobs import ExportJob, capsule_of, lay_out
from chipscape_desktop.export.slides import Page, render_slides
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import Places, arrange, places
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.spec import Ground, home_of
from chipscape_desktop.figures.spec import SourceNote

STEPS: Final = {"month": 1, "quarter": 3, "year": 12}
"""How many months lie between two frames, by the word for it."""
MOST: Final = 240


@dataclass(frozen=True, slots=True)
class FrameRows:
    """What the frames are drawn from: all that is on any of them, and the rows of each day.

    `links` leads from the ids of records and relationships to the addresses of their sources.
    """

    everything: EcosystemRows
    frames: tuple[tuple[Request, EcosystemRows], ...]
    links: Mapping[str, str]


def days(first: date, last: date, step: str) -> tuple[date, ...]:
    """Return the days of the frames, both ends included; raises `Invalid` where there is none or there are too many."""
    if last < first:
        raise Invalid(N_("The last day of the frames lies before the first; swap them."), field="to")
    out = [first]
    while True:
        months = out[0].month - 1 + STEPS[step] * len(out)
        following = date(out[0].year + months // 12, months % 12 + 1, min(first.day, 28))
        if following >= last:
            break
        out.append(following)
    if last > out[-1]:
        out.append(last)
    if len(out) > MOST:
        raise Invalid(
            N_("These are {count} frames; at most {most} are written. Choose a longer step or fewer years."),
            field="step", count=len(out), most=MOST,
        )  # fmt: skip
    return tuple(out)


def read_frames(request: Request, moments: Sequence[date], session: Reader) -> FrameRows:
    """Return the rows of every day; from the second on, what came and went since the day before is marked."""
    whole = _whole(request)
    plain = dict(whole.options)
    frames = []
    before: date | None = None
    for day in moments:
        options = plain if before is None or plain.get("clock") == "both" else plain | {"since": before.isoformat()}
        asked = Request(replace(request.filters, as_of=day), request.language, options)
        frames.append((asked, FIGURE.read(session, asked)))
        before = day
    everything = FIGURE.read(session, whole)
    links = source_addresses(session, {node.id for node in everything.nodes} | {edge.id for edge in everything.edges})
    return FrameRows(everything, tuple(frames), links)


def _whole(request: Request) -> Request:
    """Return the request for all that is on any frame: of no day, and compared with none."""
    options = {name: word for name, word in request.options.items() if name != "since"}
    return Request(replace(request.filters, as_of=None), request.language, options)


def write_frames(
    rows: FrameRows,
    job: ExportJob,
    path: Path,
    *,
    known: Places | None = None,
    ground: Ground | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
) -> int:
    """Write the frames to a PPTX, or as PNG to a folder (made where it is not there yet); return how many.

    *known* places, on their *ground*, are kept. Asked to stop, pictures written so far stay, slides are not written and
    0 is returned. Raises `FileFault` and `Invalid`.
    """
    slides = path.suffix.lower() == ".pptx"
    if path.suffix and not slides:
        raise Invalid(
            N_("Frames are written as slides to a file that ends in .pptx, or as pictures to a folder; not to "
               "“{name}”."),
            field="path", name=path.name,
        )  # fmt: skip
    whole = _whole(rows.frames[0][0])
    everything = arrange(draft(rows.everything, whole), previous=known, ground=ground, should_stop=should_stop)
    there, view = places(everything), home_of(everything)
    pages: list[Page] = []
    written = 0
    if not slides:
        _make(path)
    for request, one in rows.frames:
        if should_stop():
            break
        spec = arrange(draft(one, request), previous=there, ground=everything.ground)
        page = replace(job, request=request, view=view)
        drawing = lay_out(page, spec)
        caption = drawing.caption or spec.caption
        if slides:
            pages.append(Page(drawing, caption, rows.links))
        else:
            picture = path / f"{job.figure}-{request.filters.as_of}.png"
            export_drawing(drawing, caption, capsule_of(page, caption), picture)
        written += 1
        progress(written / len(rows.frames) * (0.5 if slides else 1.0))
    if not slides:
        return written
    return _write_slides(
        pages, replace(job, request=whole, view=view), path, should_stop=should_stop, progress=progress
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileFault(
            N_("The folder “{path}” cannot be made: {reason}. Choose another; nothing was written."),
            path=str(folder), reason=error.strerror or str(error),
        ) from error  # fmt: skip


def _write_slides(
    pages: Sequence[Page], job: ExportJob, path: Path, *, should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> int:  # fmt: skip
    def told(share: float) -> None:
        progress(0.5 + share / 2)

    if should_stop():
        return 0
    behind = replace(pages[0].caption, sources=_all_sources(pages))
    content = render_slides(pages, capsule_of(job, behind), behind=behind, should_stop=should_stop, progress=told)
    if should_stop():
        return 0
    write_whole(path, content)
    return len(pages)


def _all_sources(pages: Sequence[Page]) -> tuple[SourceNote, ...]:
    """Return the sources of all pages, each once; numbers on pages are their own."""
    found = {source.id: source for page in pages for source in page.caption.sources}
    return tuple(replace(source, number=number) for number, source in enumerate(found.values(), 1))
