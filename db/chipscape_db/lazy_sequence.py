"""Sequences of very many whose items are made when they are asked for."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class LazySequence(Sequence[T]):
    """A sequence that makes each item in `made`; positions from the end, slices and the end itself are seen to here."""

    __slots__ = ()

    @abstractmethod
    def made(self, at: int) -> T:
        """Return the item at a position that is there, counted from the start."""

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """Return an item, or those of a slice as a list; raises `IndexError` beyond the ends."""
        if isinstance(at, slice):
            return [self.made(each) for each in range(*at.indices(len(self)))]
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError(at)
        return self.made(place)
