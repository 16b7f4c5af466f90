"""The command line's frames: the map of many days as pictures or slides."""

import argparse
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from chipscape_desktop.cli_facts import opened, say


def register(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = command("frames", frames, "Write the map of many days, as pictures or as slides.")
    parser.add_argument("out", type=Path, metavar="OUT", help="a file that ends in .pptx, or a folder for PNG")
    parser.add_argument("--first", type=_day, required=True, metavar="DATE", help="the day of the first frame")
    parser.add_argument("--last", type=_day, metavar="DATE", help="the day of the last frame (today)")
    parser.add_argument("--every", choices=("month", "quarter", "year"), default="quarter")
    parser.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="in pixels (1280x720)")
    parser.add_argument("--theme", choices=("print", "light", "dark", "contrast"), default="print")
    parser.add_argument("--lang", choices=("en", "fr"), default="en")
    parser.add_argument(
        "--option", type=_option, action="append", default=[], metavar="NAME=VALUE", help="an option of the map"
    )


def frames(asked: Namespace) -> int:
    """Write the map of many days."""
    from sqlalchemy.orm import Session

    from chipscape_db.queries.properties import base_state
    from chipscape_desktop import i18n
    from chipscape_desktop.export.frames import days, read_frames, write_frames
    from chipscape_desktop.export.jobs import ExportJob
    from chipscape_desktop.figures.catalog import Request

    i18n.set_language(asked.lang)
    moments = days(asked.first, asked.last or date.today(), asked.every)
    request = Request(language=asked.lang, options=dict(asked.option))
    with opened(asked.file) as base, Session(base.engine) as session:
        state = base_state(session)
        rows = read_frames(request, moments, session)
        job = ExportJob(
            "ecosystem", request, asked.size, asked.theme, base.path.name, state.base_id, state.changeset
        )  # fmt: skip
    count = write_frames(rows, job, asked.out)
    say(asked, {"frames": count, "out": str(asked.out)}, [f"{count} frames: {asked.out}"])
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2025-06-30") from error


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 20_000 and 150 <= int(height) <= 20_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size; write it as 1280x720, at least 200x150")
    return int(width), int(height)


def _option(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not an option; write it as name=value")
    return name, value
