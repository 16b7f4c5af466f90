"""What the inspector says while nothing is selected, and the style that it shares with the pages of records."""

from html import escape

from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.i18n import _


def empty_page(palette: Palette) -> str:
    """Return what the inspector says while nothing is selected."""
    title = escape(_("Nothing is selected"))
    text = escape(
        _(
            "Click any mark, or walk to it with Shift and the arrow keys and press Enter: its values, rival claims, "
            "sources and history appear here."
        )
    )
    return f"{sheet(palette)}<p class='name'>{title}</p><p class='soft'>{text}</p>"


def sheet(palette: Palette) -> str:
    """Return the style of every page."""
    return f"""<style>
.name {{ font-size: 20px; font-weight: 600; margin: 0; }}
.section {{ font-size: 11px; font-weight: 600; color: {palette.ink_soft}; margin: 8px 0 4px 0; }}
p {{ margin: 2px 0 6px 0; }}
.soft {{ color: {palette.ink_soft}; }} .note {{ color: {palette.ink_soft}; font-size: 11px; }}
.contested {{ color: {palette.amber}; font-weight: 600; }}
a {{ color: {palette.accent}; text-decoration: none; }}
td {{ padding: 2px 0 2px 0; }}
</style>"""
