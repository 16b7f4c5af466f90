"""How a source is named under a figure."""

from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_desktop import i18n


def source_text(source: FootnoteSource) -> str:
    """Return the short reference of a source: publisher, title, date."""
    parts = [source.publisher, source.title]
    if source.published_on:
        parts.append(i18n.format_date(source.published_on, "short"))
    return i18n.typeset(", ".join(part for part in parts if part))
