"""The sources behind very many events: those of the events in view, or of a whole stretch of time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.spec import SourceNote
from chipscape_desktop.figures.timeline.details import Reach
from chipscape_desktop.figures.timeline.large_bulk import Bulk

if TYPE_CHECKING:
    from chipscape_desktop.figures.timeline.large import Ids


_MOST, _LONG = 24, 150  # notes that fill the room for sources, and the letters of a long one


@dataclass(frozen=True, slots=True, eq=False)
class LargeSources:
    """Which sources stand behind which item; the same questions as of `SourceTable`."""

    reach: Reach
    ids: "Ids"
    bulk: Bulk
    any_cited: bool

    def through(self, reach: Reach) -> "LargeSources":
        """Return the same by another way to what is known."""
        return replace(self, reach=reach)

    @property
    def notes(self) -> Sequence[SourceNote]:
        """The sources that are known so far, in the order in which they became known."""
        return self.reach.details.notes

    @property
    def version(self) -> int:
        """What changes whenever more is known."""
        return self.reach.details.version

    def of(self, items: Ints) -> Ints:
        """Return the numbers of the sources behind these items, each once, first those of the first items."""
        told = self.reach.told([self.ids[at] for at in items.tolist()])
        numbers = dict.fromkeys(number for each in told if each is not None for number in each.sources)
        return np.array(list(numbers), dtype=np.int64)

    def of_many(self, items: Ints) -> Ints:
        """Return the same for very many items."""
        return self.of(items) if self.reach.waits else self.bulk.sources(items)

    def samples(self) -> tuple[SourceNote, ...]:
        """Return notes that need no less room than those of any view: which these are is not known before."""
        return tuple(SourceNote(at, "", "m" * _LONG, "") for at in range(_MOST)) if self.any_cited else ()
