"""The command line's jobs on figures: list, export, measure."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from chipscape_desktop.cli_arguments import size_of
from chipscape_desktop.cli_facts import opened, record_id, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.filters import Filters
    from chipscape_desktop.export.jobs import ExportJob
    from chipscape_desktop.export.sizes import Size
    from chipscape_desktop.figures.catalog import Figure
    from chipscape_desktop.figures.drawing import Drawing

_SAVED = "saved:"


def add_shapes(parser: ArgumentParser) -> None:
    """Add the option that leaves a chart on a slide as shapes."""
    parser.add_argument(
        "--shapes", action="store_true", help="a chart as .pptx of shapes, as on the screen, instead of an editable one"
    )


def figures(asked: Namespace) -> int:
    """List the figures."""
    from chipscape_desktop.figures import catalog

    listed = {name: catalog.figure(name).title for name in catalog.names()}
    say(asked, listed, [f"{name:<24} {title}" for name, title in listed.items()])
    return 0


def export(asked: Namespace) -> int:
    """Write a figure, or a saved one (`saved:NAME`), to a file; Qt is needed for PNG and PDF only."""
    from sqlalchemy.orm import Session

    from chipscape_db.figure_content import FigureContent
    from chipscape_db.queries.figures import saved_figure
    from chipscape_db.queries.properties import base_state
    from chipscape_desktop import i18n
    from chipscape_desktop.export.formats import check_figure_suffix
    from chipscape_desktop.export.jobs import ExportJob, export_figure, linked
    from chipscape_desktop.export.sizes import Size, preset
    from chipscape_desktop.figures import catalog
    from chipscape_desktop.figures.annotations import entitled

    i18n.set_language(asked.lang)
    if not asked.figure.startswith(_SAVED) and not _is_event_file(asked.figure, asked.out):
        check_figure_suffix(catalog.figure(asked.figure), asked.out)
    with opened(asked.file) as base, Session(base.engine) as session:
        if asked.figure.startswith(_SAVED):
            content = saved_figure(session, asked.figure.removeprefix(_SAVED)).content
        else:
            content = FigureContent(asked.figure, filters=_filters(asked, session))
        figure = catalog.figure(content.figure)
        events = _is_event_file(figure.name, asked.out)
        if not events:
            check_figure_suffix(figure, asked.out)
        request = catalog.Request(content.filters, asked.lang, {**content.options, **dict(asked.option)})
        state = base_state(session)
        usual = preset("slide").size(figure) if asked.out.suffix.lower() == ".pptx" else Size(1600.0, 900.0)
        size = size_of(asked, figure, usual)
        view = content.view and catalog.View(content.view[:2], content.view[2:])
        job = ExportJob(
            figure.name, request, size.pixels, asked.theme, base.path.name, state.base_id, state.changeset, view,
            content.annotations, asked.pages, text=size.text_factor, native=not asked.shapes, title=content.title,
        )  # fmt: skip
        rows = figure.read(session, request)
        if events:
            _write_events(session, job, figure, rows, asked.out)
            return 0
        spec = entitled(figure.build(rows, request), content.title)
        if asked.out.suffix.lower() == ".pptx":
            job = linked(job, spec, session)
        drawing = export_figure(job, spec, asked.out)  # of a large base it asks on for what it lacks
    if drawing is not None:
        _say_size(size, drawing)
    return 0


def _say_size(size: "Size", drawing: "Drawing") -> None:
    from chipscape_desktop.export.size_words import size_words, warning_words

    if size.unit != "px":
        print(size_words(size, drawing))
    if warning := warning_words(drawing):
        print(warning, file=sys.stderr)


def _is_event_file(name: str, path: Path) -> bool:
    from chipscape_desktop.export.events import event_suffixes_of
    from chipscape_desktop.figures import catalog

    return path.suffix.lower() in event_suffixes_of(catalog.figure(name))


def _write_events(session: "Session", job: "ExportJob", figure: "Figure", rows: object, path: Path) -> None:
    from chipscape_desktop.export.events import export_events, ids_in_view

    spec = figure.build(rows, job.request)
    export_events(session, job, ids_in_view(figure, spec, job.view), title=spec.caption.title, path=path)


def _filters(asked: Namespace, session: "Session") -> "Filters":
    from chipscape_db.filters import Filters

    return Filters(
        kinds=frozenset(asked.kind),
        countries=frozenset(asked.country),
        organizations=frozenset(record_id(session, slug) for slug in asked.organization),
        sectors=frozenset(record_id(session, slug) for slug in asked.sector),
        start=asked.start,
        end=asked.end,
        as_of=asked.as_of,
    )


def bench(asked: Namespace) -> int:
    """Measure and print JSON."""
    from chipscape_desktop.benchmarks.run import run_benchmarks

    print(json.dumps(run_benchmarks(asked.only), indent=2))
    return 0
