"""Exporting one figure: from its spec to a file with its sources, the same for the window and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_db.figure_content import Annotation, FigureContent
from chipscape_db.filters import Filters
from chipscape_db.queries import Reader
from chipscape_db.queries.footnotes import source_addresses
from chipscape_desktop.export.chart_book import Look
from chipscape_desktop.export.describe import drawn_refs
from chipscape_desktop.export.formats import (
    TABLE_FORMATS,
    check_figure_suffix,
    export_drawing,
    export_pages,
    export_slide,
    export_table,
)
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.scaling import scaled
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.annotations import Between, annotate
from chipscape_desktop.figures.catalog import Figure, Request, View
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.layout.frame import compose
from chipscape_desktop.figures.native import charts_of
from chipscape_desktop.figures.palette import PALETTES, Palette
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import default_measure

if TYPE_CHECKING:
    from chipscape_desktop.export.slides import Page


@dataclass(frozen=True, slots=True)
class ExportJob:
    """What is exported: a figure, what it was asked for, the view, the size in pixels, the theme and the base.

    `pages` is over how many pages side by side a print of it goes; `links` leads from ids to the addresses of sources,
    for formats whose marks can be followed (see `linked`); `text` is how much larger than usual text is set,
    `native` makes slides of charts that stay editable where the figure can be one,
    `title` is one of its own.
    """

    figure: str
    request: Request
    size: tuple[float, float]
    theme: str
    base_name: str
    base_id: str = ""
    changeset: str = ""
    view: View | None = None
    annotations: tuple[Annotation, ...] = ()
    pages: int = 1
    links: Mapping[str, str] = field(default_factory=dict)
    text: float = 1.0
    native: bool = False
    title: str = ""

    @property
    def layout_size(self) -> tuple[float, float]:
        """The size that the figure is laid out for, with text of its usual size."""
        return self.size[0] / self.text, self.size[1] / self.text


def linked(job: ExportJob, spec: Any, session: Reader) -> ExportJob:
    """Return the job with the addresses of the sources behind everything that it shows."""
    ids = {id_ for ref in drawn_refs(lay_out(job, spec)) for id_ in ref.ids}
    return replace(job, links=source_addresses(session, ids))


def lay_out(job: ExportJob, spec: Any) -> Drawing:
    """Return the drawing that the job paints; the screen shows the same one for the same view, size and theme."""
    drawing = lay_out_annotated(
        catalog.figure(job.figure), spec, job.annotations, size=job.layout_size, palette=PALETTES[job.theme],
        view=job.view,
    )  # fmt: skip
    return scaled(drawing, job.text)


def lay_out_annotated(
    figure: Figure, spec: Any, annotations: tuple[Annotation, ...], *, size: tuple[float, float], palette: Palette,
    view: View | None,
) -> Drawing:  # fmt: skip
    """Return the drawing of a figure with the annotations over it; one for the screen and for files."""
    measure = default_measure()
    drawing = figure.layout(spec, size=size, palette=palette, measure=measure, view=view)
    if not annotations:
        return drawing
    growth, difference = (
        None if words is None else partial(words, spec)
        for words in (getattr(figure, "growth_words", None), getattr(figure, "difference_words", None))
    )  # fmt: skip
    between = Between(growth, difference, getattr(figure, "value_axis", "y"))
    shown = view or figure.home(spec)
    return annotate(drawing, annotations, shown, palette=palette, measure=measure, between=between)


def page_drawings(job: ExportJob, figure: Any, spec: Any) -> list[Drawing]:
    """Return the drawings of a print over several pages: `job.pages` stretches side by side, lanes below each other."""
    palette, measure = PALETTES[job.theme], default_measure()
    whole = job.view or figure.home(spec)
    views = figure.pages(spec, whole, size=job.layout_size, across=job.pages, palette=palette, measure=measure)
    return [lay_out(replace(job, view=view), spec) for view in views]


def export_figure(job: ExportJob, spec: Any, path: Path) -> Drawing | None:
    """Write the figure to *path*, whose suffix names the format; return its drawing, None for its data.

    Raises `Invalid` or `FileFault`.
    """
    figure = catalog.figure(job.figure)
    check_figure_suffix(figure, path)
    drawing = None if path.suffix.lower() in TABLE_FORMATS else lay_out(job, spec)
    caption = _caption(job, figure, spec) if drawing is None else drawing.caption or spec.caption
    capsule = capsule_of(job, caption)
    if drawing is not None and job.pages > 1 and path.suffix.lower() == ".pdf" and hasattr(figure, "pages"):
        export_pages(page_drawings(job, figure, spec), _caption(job, figure, spec), capsule, path)
        return drawing
    if drawing is not None and path.suffix.lower() == ".pptx":
        export_slide(_page(job, figure, spec, drawing, caption), capsule, path)
        return drawing
    if drawing is not None:
        export_drawing(drawing, caption, capsule, path)
        return drawing
    table = catalog.table_of(figure, spec, job.view)
    assert table is not None
    export_table(table, caption, capsule, path, charts=charts_of(figure, spec, job.view), text=job.text)
    return None


def capsule_of(job: ExportJob, caption: Caption) -> Capsule:
    """Return what a file of the job carries of it, with the sources of the words that stand on it."""
    return Capsule(
        figure=job.figure,
        options=tuple(sorted(_options(job).items())),
        base_name=job.base_name,
        base_id=job.base_id,
        changeset=job.changeset,
        version=version("chipscape"),
        content=_content(job).to_json(),
        sources=caption.sources,
    )


def _caption(job: ExportJob, figure: Any, spec: Any) -> Caption:
    """Return the words around the table that a job exports: of the part in view where the table is of that."""
    caption: Caption = figure.caption(spec, job.view) if catalog.tables_follow_view(figure) else spec.caption
    return caption


def _page(job: ExportJob, figure: Any, spec: Any, drawing: Drawing, caption: Caption) -> "Page":
    """Return the slide of a figure: its drawing, or its words around charts that stay editable."""
    from chipscape_desktop.export.slides import Page

    charts = charts_of(figure, spec, job.view) if job.native else ()
    if not charts:
        return Page(drawing, caption, job.links)
    from chipscape_desktop.export.native_slides import chart_objects, native_caption

    palette = PALETTES[job.theme]
    words = native_caption(caption, charts, [one.text for one in job.annotations if one.text])
    frame = compose(words, job.layout_size, palette, default_measure())
    bare = Drawing(
        *job.layout_size, palette.ground, frame.plot, frame.layers, drawing.title, drawing.summary, caption=words
    )
    made = scaled(bare, job.text)
    objects = chart_objects(
        charts, made.plot, Look(palette, job.text), table=catalog.table_of(figure, spec, job.view), caption=words,
        summary=drawing.summary or words.subtitle,
    )  # fmt: skip
    return Page(made, words, job.links, objects)


def _content(job: ExportJob) -> FigureContent:
    """Return the figure as a saved one would hold it."""
    view = None if job.view is None else (*job.view.x, *job.view.y)
    return FigureContent(
        job.figure, dict(job.request.options), job.request.filters, view, job.title, tuple(job.annotations)
    )


def _options(job: ExportJob) -> dict[str, str]:
    """Return everything that shaped the figure, as words."""
    width, height = job.size
    options = dict(job.request.options) | {
        "size": f"{width:g}x{height:g}",
        "theme": job.theme,
        "language": job.request.language,
    }
    if job.text != 1:
        options["text"] = f"{job.text:g}"
    if job.pages > 1:
        options["pages"] = str(job.pages)
    if job.annotations:
        options["annotations"] = "; ".join(f"{one.kind} {one.text}".strip() for one in job.annotations)
    if job.view is not None:
        options["view"] = f"{job.view.x[0]:g}..{job.view.x[1]:g}, {job.view.y[0]:g}..{job.view.y[1]:g}"
    return options | _filter_words(job.request.filters)


def _filter_words(filters: Filters) -> dict[str, str]:
    words = {}
    for name in Filters.__slots__:
        value = getattr(filters, name)
        if isinstance(value, date):
            words[name] = value.isoformat()
        elif value:
            words[name] = ", ".join(sorted(value))
    return words
