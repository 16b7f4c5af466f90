"""How the rows of citations.csv are told from one another, in this file and in those that speak of them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from chipscape_db.identity import id_of


def numbered(rows: Iterable[list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row, with a number behind them where the row comes again."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        cells = tuple(row)
        yield (*cells, str(seen[cells])) if seen[cells] else cells
        seen[cells] += 1


def citation_fingerprints(rows: Iterable[list[str]]) -> list[str]:
    """Return the fingerprint of each row of citations.csv, the same in every fact base; a repeated one is numbered."""
    return [id_of("citation", *cells) for cells in numbered(rows)]
