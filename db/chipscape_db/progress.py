"""How far long work is, and whether somebody wants it to stop."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from chipscape_db.errors import N_, FactsError

T = TypeVar("T")
_STEPS = 200


class Stopped(FactsError):
    """Somebody cancelled the work; nothing was changed."""


def go_on() -> bool:
    """Say that nobody wants to stop."""
    return False


def silent(_fraction: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What long work tells and asks: *report* hears how far the whole is, from 0 to 1.

    `start` and `end` are the part of the whole that the work at hand makes up.
    """

    should_stop: Callable[[], bool] = go_on
    report: Callable[[float], None] = silent
    start: float = 0.0
    end: float = 1.0

    def at(self, fraction: float) -> None:
        """Tell that this much of the work at hand is done; raises `Stopped` when it was cancelled."""
        if self.should_stop():
            raise Stopped(N_("It was cancelled; nothing was changed."))
        self.report(self.start + (self.end - self.start) * min(fraction, 1.0))

    def part(self, start: float, end: float) -> "Progress":
        """Return the progress of a part of the work at hand, which goes from *start* to *end* of it."""
        span = self.end - self.start
        return replace(self, start=self.start + span * start, end=self.start + span * end)

    def over(self, items: Sequence[T]) -> Iterator[T]:
        """Yield *items*, telling now and then how many were done; raises `Stopped` when it was cancelled."""
        every = max(1, min(len(items) // _STEPS, 500))
        for index, item in enumerate(items):
            if index % every == 0:
                self.at(index / len(items))
            yield item


QUIET: Final = Progress()
"""The progress that nobody watches and nobody cancels."""
