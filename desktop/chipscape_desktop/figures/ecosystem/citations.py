"""The sources behind a map as columns, so that those of a part of it are counted at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.references import source_text
from chipscape_desktop.figures.spec import SourceNote


@dataclass(frozen=True, slots=True)
class Citations:
    """Who cites what: citation i is of `owner[i]`, a number of an edge or node, and of the source `source[i]`.

    The sources are in the order of their texts.
    """

    owner: Ints
    source: Ints
    notes: tuple[SourceNote, ...]

    @staticmethod
    def of(cited: Sequence[Sequence[str]], known: Mapping[str, FootnoteSource]) -> "Citations":
        """Return the citations from the ids of the sources that each edge (or node) cites."""
        texts = {id_: source_text(known[id_]) for ids in cited for id_ in ids if id_ in known}
        order = sorted(texts, key=lambda id_: (texts[id_], id_))
        place = {id_: number for number, id_ in enumerate(order)}
        pairs = [(number, place[id_]) for number, ids in enumerate(cited) for id_ in ids if id_ in place]
        columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        notes = tuple(SourceNote(0, id_, texts[id_], known[id_].url) for id_ in order)
        return Citations(columns[:, 0].copy(), columns[:, 1].copy(), notes)

    def numbered(self, wanted: NDArray[np.bool_] | None = None) -> tuple[SourceNote, ...]:
        """Return the sources of the *wanted* edges (or nodes), those that support most of them first, numbered."""
        some = self.source if wanted is None else self.source[wanted[self.owner]]
        supports = np.bincount(some, minlength=len(self.notes))
        order = np.argsort(-supports, kind="stable")
        there = order[supports[order] > 0].tolist()
        return tuple(
            SourceNote(number, note.id, note.text, note.url)
            for number, note in enumerate((self.notes[one] for one in there), 1)
        )
