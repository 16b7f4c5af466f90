"""Fonts, icons, translations and help that ship with the application."""

from pathlib import Path

ROOT = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, for example `resource("fonts", "Inter-Regular.ttf")`."""
    return ROOT.joinpath(*parts)
