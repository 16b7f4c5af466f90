"""The sources of an import: the table itself, and the pages that its cells link to."""

from urllib.parse import unquote, urlsplit

from chipscape_db.models.base import with_bounds
from chipscape_db.transfer.tables.cells import address_key
from chipscape_db.transfer.tables.mapping import Mapping
from chipscape_db.transfer.tables.plan import Writes
from chipscape_db.transfer.tables.stored import Stored


class RowSources:
    """Finds sources, or notes new ones to be written, each once."""

    def __init__(self, stored: Stored, mapping: Mapping, file: str, writes: Writes) -> None:
        self._stored, self._mapping, self._writes = stored, mapping, writes
        self.title = mapping.title or file
        self._table_id = ""

    def table(self) -> str:
        """Return the id of the source that the table itself is."""
        if not self._table_id:
            self._table_id = self._known_table() or self._add(
                self.title, self._mapping.url, self._mapping.publisher, self._mapping.source_kind
            )
        return self._table_id

    def page(self, link: str, *, kind: str = "") -> str:
        """Return the id of the source at an address."""
        key = address_key(link)
        known = self._stored.sources_by_address.get(key)
        if known is None:
            host, _, path = key.partition("/")
            last = unquote(urlsplit(link).path.rstrip("/").rpartition("/")[2])
            title = f"{host}: {last}"[:200] if path and last else host
            registered = ".".join(host.split(".")[-2:])
            official = any(one == host or one.endswith(registered) for one in self._stored.official_hosts)
            known = self._add(title, link, host, kind or ("official" if official else "reference"))
            self._stored.sources_by_address[key] = known
        return known

    def _known_table(self) -> str | None:
        if self._mapping.url:
            return self._stored.sources_by_address.get(address_key(self._mapping.url))
        match = self._stored.matcher("source").best(self.title)
        return match.record_id if match is not None and match.why in ("name", "alias", "slug") else None

    def _add(self, title: str, url: str, publisher: str, kind: str) -> str:
        slug = self._stored.new_slug(title)
        identity = self._stored.new_id("source", slug)
        self._stored.names[identity], self._stored.slugs[identity] = title, slug
        self._writes.insert("record", {"id": identity, "kind": "source", "slug": slug, "name": title})
        detail = {
            "id": identity, "publisher": publisher or None, "author": None, "url": url or None, "published_on": None,
            "source_kind": kind, "language": None, "relays_id": None, "note": None, "doi": None, "reliability": None,
        }  # fmt: skip
        self._writes.insert("source", with_bounds(detail, "published_on"))
        return identity
