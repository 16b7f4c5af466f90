"""The identifiers of sources: DOIs and addresses in one form each, and the key by which two of them are the same."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_BEFORE_DOI: Final = re.compile(r"^(?:https?://(?:dx\.)?(?:www\.)?doi\.org/|doi:\s*|doi\s+)", re.IGNORECASE)
_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi|ref_src|cmpid")
_PORTS: Final = {"http": "80", "https": "443"}


def normal_doi(text: str) -> str | None:
    """Return a DOI as it is stored - bare and in small letters, for case means nothing in it - or None for none."""
    bare = _BEFORE_DOI.sub("", text.strip()).rstrip(".,;")
    return bare.casefold() if _DOI.fullmatch(bare) else None


def doi_in(url: str) -> str | None:
    """Return the DOI that an address of doi.org leads to."""
    return normal_doi(url) if _BEFORE_DOI.match(url.strip()) else None


def normal_url(text: str) -> str:
    """Return an address as it is stored: host in small letters, no usual port, no marks of who spread the link.

    What cannot be taken apart is returned as it is.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return text.strip()
    if not parts.hostname:
        return text.strip()
    scheme = parts.scheme.lower()
    user, at, _host = parts.netloc.rpartition("@")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown_port = "" if port is None or str(port) == _PORTS.get(scheme) else f":{port}"
    query = parts.query
    if query:
        kept = [part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0].lower())]
        query = "&".join(kept)
    return urlunsplit((scheme, f"{user}{at}{host}{shown_port}", parts.path, query, parts.fragment))


def url_key(url: str) -> str:
    """Return what two addresses of one page share: no scheme, no `www.`, no fragment, the query in order."""
    try:
        parts = urlsplit(normal_url(url))
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = re.sub(r"/(?:index\.html?)?$", "", parts.path)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{path}?{query}" if query else f"{host}{path}"
