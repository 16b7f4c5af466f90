"""What may be kept as a copy of a source: PDF, HTML, images and text, known by their first bytes, up to a size."""

from pathlib import Path, PurePath
from typing import Final

from chipscape_db.errors import N_, FileFault, Invalid

LARGEST: Final = 25_000_000
"""The most bytes that one copy may have; larger ones belong beside the base, not in it."""

SUFFIXES: Final = {
    "application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "image/png": ".png", "image/jpeg": ".jpg",
    "image/gif": ".gif", "image/webp": ".webp",
}  # fmt: skip
_SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_HTML: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
_BEGINNING: Final = 4096


def media_type(content: bytes) -> str:
    """Return what *content* is, by what it holds and never by its name; raise `Invalid` for what may not be kept."""
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    start = content.removeprefix(b"\xef\xbb\xbf")[:_BEGINNING].lstrip().lower()
    if start.startswith(_HTML) or b"<html" in start:
        return "text/html"
    if content and b"\x00" not in content:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "text/plain"
    raise Invalid(
        N_("Only PDF, HTML, images (PNG, JPEG, GIF, WebP) and plain text in UTF-8 can be kept as a copy."), field="file"
    )


def read_snapshot(path: Path) -> bytes:
    """Return the bytes of a file to be kept; raise `FileFault` or `Invalid`, in words, where it cannot be."""
    try:
        size = path.stat().st_size
        check_size(size)
        return path.read_bytes()
    except OSError as error:
        raise FileFault(
            N_("{file} cannot be read: {reason}."), field="file", file=path.name, reason=error.strerror or "?"
        ) from error


def check_size(size: int) -> None:
    """Raise `Invalid` for a copy that is empty or too large."""
    if size == 0:
        raise Invalid(N_("The file is empty; there is nothing to keep."), field="file")
    if size > LARGEST:
        raise Invalid(
            N_("The file has {size} MB; at most {largest} MB are kept in a fact base. Keep a smaller one."),
            field="file",
            size=round(size / 1e6, 1),
            largest=round(LARGEST / 1e6),
        )


def safe_name(name: str, kind: str) -> str:
    """Return a file name for a copy: the last part of its own without signs that mean something, and a safe suffix."""
    stem = PurePath(name.replace("\\", "/")).name
    stem = "".join(sign for sign in stem if sign.isprintable() and sign not in '<>:"/|?*').strip(" .")
    suffix = SUFFIXES[kind]
    stem = stem[: -len(suffix)] if stem.lower().endswith(suffix) else stem
    return f"{stem[:80] or 'copy'}{suffix}"
