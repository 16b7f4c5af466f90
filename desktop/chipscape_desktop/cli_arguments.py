"""Words of the command line as values, refused in words that say how to write them; sizes of figures as options."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from chipscape_db.errors import Invalid

if TYPE_CHECKING:
    from chipscape_desktop.export.sizes import Size
    from chipscape_desktop.figures.catalog import Figure


def day(text: str) -> date:
    """Return a day written as 2025-06-30."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2025-06-30") from error


def pages(text: str) -> int:
    """Return a number of pages."""
    if not text.isdecimal() or not 1 <= int(text) <= 60:
        raise ArgumentTypeError(f"{text!r} is not a number of pages; write 1 to 60")
    return int(text)


def option(text: str) -> tuple[str, str]:
    """Return name and value of an option."""
    name, found, value = text.partition("=")
    if not found or not name:
        raise ArgumentTypeError(f"{text!r} is not an option; write it as name=value")
    return name, value


def add_sizes(parser: ArgumentParser) -> None:
    """Add the options that say how large a figure is and how large its text is set; `size_of` reads them."""
    parser.add_argument("--size", type=_size, metavar="WxH", help="such as 1600x900 (pixels) or 85x140mm")
    parser.add_argument("--width", type=_length, metavar="LENGTH", help="such as 85mm, 3.5in; the height suits it")
    parser.add_argument("--height", type=_length, metavar="LENGTH", help="such as 140mm")
    parser.add_argument("--preset", metavar="NAME", help="a known size: slide, a4-landscape, column ...")
    parser.add_argument(
        "--text", default="", choices=("small", "normal", "large", "huge"), help="how large text is set (normal)"
    )


def size_of(asked: Namespace, figure: "Figure", usual: "Size") -> "Size":
    """Return the size that was asked for, the *usual* one where none was; raises `Invalid`."""
    from chipscape_desktop.export.sizes import preset, size_from

    if asked.width or asked.height:
        return size_from(figure, width=asked.width or "", height=asked.height or "", text=asked.text)
    made: Size = preset(asked.preset).size(figure) if asked.preset else asked.size or usual
    return replace(made, text=asked.text or made.text)


def _size(text: str) -> "Size":
    from chipscape_desktop.export.sizes import parse_size

    try:
        return parse_size(text)
    except Invalid as error:
        raise ArgumentTypeError(str(error)) from error


def _length(text: str) -> str:
    from chipscape_desktop.export.sizes import parse_length

    try:
        parse_length(text)
    except Invalid as error:
        raise ArgumentTypeError(str(error)) from error
    return text
