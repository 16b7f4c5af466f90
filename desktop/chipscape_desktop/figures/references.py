"""How a source is named under a figure."""

from functools import lru_cache

from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_desktop import i18n


def source_text(source: FootnoteSource) -> str:
    """Return the short reference of a source: publisher, title, date."""
    return _source_text(source, i18n.language())


@lru_cache(maxsize=8192)
def _source_text(source: FootnoteSource, _language: str) -> str:
    """Return the reference in the language in force: every figure names the same sources again after every edit."""
    parts = [source.publisher, source.title]
    if source.published_on:
        parts.append(i18n.format_date(source.published_on, "short"))
    return i18n.typeset(", ".join(part for part in parts if part))
