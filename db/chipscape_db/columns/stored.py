"""What is kept of every event: its dates, weight and kind as numbers, its names, and who and what stands behind it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipscape_db.columns.packed import Ids, Numbers, PackedTexts

OPEN = 10**8
"""The day that stands for an open side, with its sign."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredColumns:
    """The events of a base, a position each, in no language; days since 1970 are those that the written dates allow.

    `first` and `last` are of the start. `kind` counts `EVENT_KINDS`. `odd` are the positions of the starts that are
    not simply the day, month or year from `first` to `last`, `odd_texts` how those are written; `ended` the positions
    of the events with an end, `end_first`, `end_last` and `end_texts` theirs. The rest are pairs: `took_event` and
    `took_record` (a position in `took`) with `took_role` (counting `PARTICIPANT_ROLES`), the actors of an event first;
    `cited_event` and `cited_source` (in `cited`) in the order of the citations; and names in other languages.
    """

    ids: Ids
    names: PackedTexts
    first: Numbers
    last: Numbers
    importance: NDArray[np.int8]
    kind: NDArray[np.int8]
    odd: Numbers
    odd_texts: PackedTexts
    ended: Numbers
    end_first: Numbers
    end_last: Numbers
    end_texts: PackedTexts
    took_event: Numbers
    took_record: Numbers
    took_role: NDArray[np.int8]
    took: Ids
    cited_event: Numbers
    cited_source: Numbers
    cited: Ids
    named_event: Numbers
    named_language: Numbers
    named: PackedTexts
    languages: PackedTexts

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.first)

    def is_whole(self) -> bool:
        """Say whether the parts fit together: what is read from a file may be anything."""
        count = len(self.first)
        aligned = (
            (self.ids, count), (self.names, count), (self.odd_texts, len(self.odd)), (self.end_texts, len(self.ended)),
            (self.named, len(self.named_event)), (self.took, len(self.took)), (self.cited, len(self.cited)),
            (self.languages, len(self.languages)),
        )  # fmt: skip
        lengths: tuple[tuple[int, tuple[NDArray[Any], ...]], ...] = (
            (count, (self.last, self.importance, self.kind)),
            (len(self.ended), (self.end_first, self.end_last)),
            (len(self.took_event), (self.took_record, self.took_role)),
            (len(self.cited_event), (self.cited_source,)),
            (len(self.named_event), (self.named_language,)),
        )
        within = (
            (count, self.odd, self.ended, self.took_event, self.cited_event, self.named_event),
            (len(self.took), self.took_record),
            (len(self.cited), self.cited_source),
            (len(self.languages), self.named_language),
        )
        return (
            all(texts.is_whole(number) for texts, number in aligned)
            and all(len(each) == number for number, arrays in lengths for each in arrays)
            and all(_is_within(each, limit) for limit, *arrays in within for each in arrays)
            and all(bool(np.all(np.diff(each) > 0)) for each in (self.odd, self.ended))
        )


def _is_within(values: Numbers, limit: int) -> bool:
    return not len(values) or (int(values.min()) >= 0 and int(values.max()) < limit)
