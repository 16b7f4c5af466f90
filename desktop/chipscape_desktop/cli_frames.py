"""The command line's frames: the map of many days as pictures or slides."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chipscape_desktop.cli_arguments import add_sizes, day, option, size_of
from chipscape_desktop.cli_facts import opened, say


def register(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command("frames", frames, "Write the map of many days, as pictures or as slides.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a file that ends in .pptx, or a folder for PNG")
    parser.add_argument("--first", type=day, required=True, metavar="DATE", help="the day of the first frame")
    parser.add_argument("--last", type=day, metavar="DATE", help="the day of the last frame (today)")
    parser.add_argument("--every", choices=("month", "quarter", "year"), default="quarter")
    add_sizes(parser)
    parser.add_argument("--theme", choices=("print", "light", "dark", "contrast"), default="print")
    parser.add_argument("--lang", choices=("en", "fr"), default="en")
    parser.add_argument(
        "--option", type=option, action="append", default=[], metavar="NAME=VALUE", help="an option of the map"
    )


def frames(asked: Namespace) -> int:
    """Write the map of many days."""
    from sqlalchemy.orm import Session

    from chipscape_db.queries.properties import base_state
    from chipscape_desktop import i18n
    from chipscape_desktop.export.frames import days, read_frames, write_frames
    from chipscape_desktop.export.jobs import ExportJob
    from chipscape_desktop.export.sizes import Size
    from chipscape_desktop.figures.catalog import Request
    from chipscape_desktop.figures.ecosystem import FIGURE

    i18n.set_language(asked.lang)
    moments = days(asked.first, asked.last or date.today(), asked.every)
    size = size_of(asked, FIGURE, Size(1280.0, 720.0))
    request = Request(language=asked.lang, options=dict(asked.option))
    with opened(asked.file) as base, Session(base.engine) as session:
        state = base_state(session)
        rows = read_frames(request, moments, session)
        job = ExportJob(
            "ecosystem", request, size.pixels, asked.theme, base.path.name, state.base_id, state.changeset,
            text=size.text_factor,
        )  # fmt: skip
    count = write_frames(rows, job, asked.out)
    say(asked, {"frames": count, "out": str(asked.out)}, [f"{count} frames: {asked.out}"])
    return 0
