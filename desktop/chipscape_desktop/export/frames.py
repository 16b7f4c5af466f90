"""The map of many days, one after the other: as pictures in a folder, or as slides; every record keeps its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_db.queries import Reader
from chipscape_db.queries.ecosystem import EcosystemRows
from chipscape_desktop.export.formats import export_drawing, write_whole
from chipscape_desktop.export.jobs import ExportJob, lay_out
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.figures.catalog import Request, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.ecosystem import FIGURE
from chipscape_desktop.figures.ecosystem.arrange import Places, arrange, places
from chipscape_desktop.figures.ecosystem.build import draft
from chipscape_desktop.figures.ecosystem.spec import Ground, home_of
from chipscape_desktop.figures.spec import Caption

STEPS: Final = {"month": 1, "quarter": 3, "year": 12}
"""How many months lie between two frames, by the word for it."""
MOST: Final = 240


@dataclass(frozen=True, slots=True)
class FrameRows:
    """What the frames are drawn from: all that is on any of them, and the rows of each day."""

    everything: EcosystemRows
    frames: tuple[tuple[Request, EcosystemRows], ...]


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
    plain = {name: word for name, word in request.options.items() if name != "since"}
    whole = Request(replace(request.filters, as_of=None), request.language, plain)
    frames = []
    before: date | None = None
    for day in moments:
        options = plain if before is None or plain.get("clock") == "both" else plain | {"since": before.isoformat()}
        asked = Request(replace(request.filters, as_of=day), request.language, options)
        frames.append((asked, FIGURE.read(session, asked)))
        before = day
    return FrameRows(FIGURE.read(session, whole), tuple(frames))


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
    first = rows.frames[0][0]
    options = {name: word for name, word in first.options.items() if name != "since"}
    whole = Request(replace(first.filters, as_of=None), first.language, options)
    everything = arrange(draft(rows.everything, whole), previous=known, ground=ground, should_stop=should_stop)
    there, view = places(everything), home_of(everything)
    pages = []
    if not slides:
        _make(path)
    for number, (request, one) in enumerate(rows.frames):
        if should_stop():
            break
        spec = arrange(draft(one, request), previous=there, ground=everything.ground)
        page = replace(job, request=request, view=view)
        drawing = lay_out(page, spec)
        caption = drawing.caption or spec.caption
        if slides:
            pages.append((drawing, caption))
        else:
            _write(page, drawing, caption, path / f"{job.figure}-{request.filters.as_of}.png")
        progress((number + 1) / len(rows.frames) * (0.5 if slides else 1.0))
    if not slides:
        return number + 1 if not should_stop() else number
    return _write_slides(pages, job, path, should_stop=should_stop, progress=progress)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileFault(
            N_("The folder “{path}” cannot be made: {reason}. Choose another; nothing was written."),
            path=str(folder), reason=error.strerror or str(error),
        ) from error  # fmt: skip


def _write(job: ExportJob, drawing: Drawing, caption: Caption, path: Path) -> None:
    export_drawing(drawing, caption, _capsule(job, job.view), path)


def _write_slides(
    pages: Sequence[tuple[Drawing, Caption]], job: ExportJob, path: Path, *, should_stop: Callable[[], bool],
    progress: Callable[[float], None],
) -> int:  # fmt: skip
    from chipscape_desktop.export.slides import Page, render_slides

    def told(share: float) -> None:
        progress(0.5 + share / 2)

    if should_stop():
        return 0
    content = render_slides(
        [Page(*page) for page in pages], _capsule(job, None), should_stop=should_stop, progress=told
    )
    if should_stop():
        return 0
    write_whole(path, content)
    return len(pages)


def _capsule(job: ExportJob, view: View | None) -> Capsule:
    options = dict(job.request.options) | {"size": f"{job.size[0]:g}x{job.size[1]:g}", "theme": job.theme}
    if view is not None and job.request.filters.as_of is not None:
        options["as_of"] = job.request.filters.as_of.isoformat()
    return Capsule(
        job.figure, tuple(sorted(options.items())), job.base_name, job.base_id, job.changeset, version("chipscape")
    )
