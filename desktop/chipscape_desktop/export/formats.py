"""Every format that a drawing can be written in, by its suffix; and writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.svg import render_svg
from chipscape_desktop.figures.catalog import Figure, Table
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.spec import Caption

if TYPE_CHECKING:
    from chipscape_desktop.export.slides import Page
    from chipscape_desktop.figures.native import NativeChart

Render = Callable[[Drawing, Caption, Capsule], bytes]


@dataclass(frozen=True, slots=True)
class Writer:
    """One format: its name for people, and the function that makes a file's bytes."""

    name: str
    render: Render


def _png(drawing: Drawing, caption: Caption, capsule: Capsule) -> bytes:
    from chipscape_desktop.export.png import render_png

    return render_png(drawing, caption, capsule)


def _pdf(drawing: Drawing, caption: Caption, capsule: Capsule) -> bytes:
    from chipscape_desktop.export.pdf import render_pdf

    return render_pdf(drawing, caption, capsule)


def _pptx(drawing: Drawing, caption: Caption, capsule: Capsule) -> bytes:
    from chipscape_desktop.export.slides import Page, render_slides

    return render_slides([Page(drawing, caption)], capsule, behind=caption)


FORMATS: dict[str, Writer] = {
    ".svg": Writer("SVG", render_svg),
    ".png": Writer("PNG", _png),
    ".pdf": Writer("PDF", _pdf),
    ".pptx": Writer("PPTX", _pptx),
}


RenderTable = Callable[[Table, Caption, Capsule], bytes]


@dataclass(frozen=True, slots=True)
class TableWriter:
    """One format for the data of a figure."""

    name: str
    render: RenderTable


def _csv(table: Table, caption: Caption, capsule: Capsule) -> bytes:
    from chipscape_desktop.export.table_csv import render_csv

    return render_csv(table, caption, capsule)


def _xlsx(table: Table, caption: Caption, capsule: Capsule) -> bytes:
    from chipscape_desktop.export.table_xlsx import render_xlsx

    return render_xlsx(table, caption, capsule)


TABLE_FORMATS: dict[str, TableWriter] = {
    ".csv": TableWriter("CSV", _csv),
    ".xlsx": TableWriter("XLSX", _xlsx),
}
"""The formats that hold the data of a figure, for figures that have a table."""


def suffixes_of(figure: Figure) -> tuple[str, ...]:
    """Return the endings of the files that a figure can be written to: pictures, and its data where it has a table."""
    return (*FORMATS, *(TABLE_FORMATS if hasattr(figure, "table") else ()))


def check_figure_suffix(figure: Figure, path: Path) -> None:
    """Raise Invalid, with the list of what there is, where a figure cannot be written to a file of that ending."""
    possible = suffixes_of(figure)
    if path.suffix.lower() not in possible:
        raise Invalid(
            N_("A figure cannot be written as “{name}”: the ending of the file must be one of {endings}."),
            field="path",
            name=path.name,
            endings=", ".join(possible),
        )


def table_suffix(path: Path) -> str:
    """Return the ending of a file for a table; Invalid, with the list of what there is, for any other."""
    suffix = path.suffix.lower()
    if suffix not in TABLE_FORMATS:
        raise Invalid(
            N_("A table cannot be written as “{name}”: the ending of the file must be one of {endings}."),
            field="path",
            name=path.name,
            endings=", ".join(TABLE_FORMATS),
        )
    return suffix


def export_table(
    table: Table, caption: Caption, capsule: Capsule, path: Path, *, charts: "tuple[NativeChart, ...]" = (),
    text: float = 1.0,
) -> None:  # fmt: skip
    """Write the data to *path* in the format that its suffix names, whole or not at all; raises FileFault.

    A workbook has *charts* too, their letters *text* times as large as usual.
    """
    if charts and path.suffix.lower() == ".xlsx":
        from chipscape_desktop.export.table_xlsx import render_xlsx

        write_whole(path, render_xlsx(table, caption, capsule, charts=charts, text=text))
        return
    write_whole(path, TABLE_FORMATS[path.suffix.lower()].render(table, caption, capsule))


def check_suffix(path: Path) -> Writer:
    """Return the writer that the suffix of *path* names; Invalid, with the list of what there is, for any other."""
    writer = FORMATS.get(path.suffix.lower())
    if writer is None:
        raise Invalid(
            N_("A figure cannot be written as “{name}”: the ending of the file must be one of {endings}."),
            field="path",
            name=path.name,
            endings=", ".join(FORMATS),
        )
    return writer


def export_drawing(drawing: Drawing, caption: Caption, capsule: Capsule, path: Path) -> None:
    """Write the drawing to *path* in the format that its suffix names; the full sources go into the capsule.

    The file appears whole or stays as it was; raises Invalid for an unknown suffix and FileFault where it cannot be
    written.
    """
    writer = check_suffix(path)
    write_whole(path, writer.render(drawing, caption, replace(capsule, sources=caption.sources)))


def export_pages(drawings: Sequence[Drawing], caption: Caption, capsule: Capsule, path: Path) -> None:
    """Write drawings as the pages of a PDF at *path*, whole or not at all; raises FileFault."""
    from chipscape_desktop.export.pdf import render_pages

    write_whole(path, render_pages(drawings, caption, replace(capsule, sources=caption.sources)))


def export_slide(page: "Page", capsule: Capsule, path: Path) -> None:
    """Write a slide, with slides for the sources that have no room on it; raises `FileFault`."""
    from chipscape_desktop.export.slides import render_slides

    capsule = replace(capsule, sources=page.caption.sources)
    write_whole(path, render_slides([page], capsule, behind=page.caption))


def write_whole(path: Path, content: bytes) -> None:
    """Put *content* at *path*, in one step, through a file beside it; raises FileFault and leaves nothing behind."""
    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.stem[:80]}-", suffix=path.suffix, dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).chmod(_mode_for(path))
        Path(beside).replace(path)
    except OSError as error:
        if beside is not None:
            with suppress(OSError):
                Path(beside).unlink()
        raise FileFault(
            N_("“{path}” cannot be written: {reason}. Choose another folder or make room there; nothing was changed."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def _mode_for(path: Path) -> int:
    """Return the rights that the file has, or a new one would have."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
