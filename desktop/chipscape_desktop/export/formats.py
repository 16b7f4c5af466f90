"""Every format that a drawing can be written in, by its suffix; and writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from chipscape_db.errors import N_, FileFault, Invalid
from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.svg import render_svg
from chipscape_desktop.figures.drawing import Drawing
from chipscape_desktop.figures.spec import Caption

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


FORMATS: dict[str, Writer] = {
    ".svg": Writer("SVG", render_svg),
    ".png": Writer("PNG", _png),
    ".pdf": Writer("PDF", _pdf),
}


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
