"""The command line's jobs on figures: list, export, measure."""

import json
from argparse import Namespace

from chipscape_desktop.cli_facts import opened, record_id, say


def figures(asked: Namespace) -> int:
    """List the figures."""
    from chipscape_desktop.figures import catalog

    listed = {name: catalog.figure(name).title for name in catalog.names()}
    say(asked, listed, [f"{name:<24} {title}" for name, title in listed.items()])
    return 0


def export(asked: Namespace) -> int:
    """Write a figure to a file; Qt is needed for PNG and PDF only."""
    from sqlalchemy.orm import Session

    from chipscape_db.filters import Filters
    from chipscape_db.queries.properties import base_state
    from chipscape_desktop import i18n
    from chipscape_desktop.export.formats import check_figure_suffix
    from chipscape_desktop.export.jobs import ExportJob, export_figure
    from chipscape_desktop.figures import catalog

    figure = catalog.figure(asked.figure)
    check_figure_suffix(figure, asked.out)
    i18n.set_language(asked.lang)
    with opened(asked.file) as base, Session(base.engine) as session:
        filters = Filters(
            kinds=frozenset(asked.kind),
            countries=frozenset(asked.country),
            organizations=frozenset(record_id(session, slug) for slug in asked.organization),
            sectors=frozenset(record_id(session, slug) for slug in asked.sector),
            start=asked.start,
            end=asked.end,
            as_of=asked.as_of,
        )
        request = catalog.Request(filters, asked.lang, dict(asked.option))
        state = base_state(session)
        job = ExportJob(figure.name, request, asked.size, asked.theme, base.path.name, state.base_id, state.changeset)
        rows = figure.read(session, request)
    export_figure(job, figure.build(rows, request), asked.out)
    return 0


def bench(asked: Namespace) -> int:
    """Measure and print JSON."""
    from chipscape_desktop.benchmarks.run import run_benchmarks

    print(json.dumps(run_benchmarks(asked.only), indent=2))
    return 0
