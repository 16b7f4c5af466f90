"""Identities: UUIDs inside, slugs outside.

Facts that come with a slug get a UUID computed from it, so that two curators who both start from the starter facts
hold the same record under the same id, and a merge needs no guessing.
"""

import re
import unicodedata
from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("6f9cf7a0-5a0e-5f0b-9d51-2f3b8d1c7e10")


def new_id() -> str:
    """Return a fresh random UUID as text."""
    return str(uuid4())


def id_of(*parts: str) -> str:
    """Return the UUID that belongs to these parts, the same in every fact base."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def slug_of(name: str, taken: Callable[[str], bool]) -> str:
    """Return a slug for *name* (`a-z0-9` and hyphens) for which *taken* is false, numbered when need be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "record"
    slug, number = base, 2
    while taken(slug):
        slug, number = f"{base}-{number}", number + 1
    return slug
