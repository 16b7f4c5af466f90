"""Very many texts or ids in one block of bytes, each made when it is asked for."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from chipscape_db.lazy_sequence import LazySequence

SEPARATOR = "\x1f"
_MARK = ord(SEPARATOR)
_WIDTH = 16  # bytes of a UUID
_FEW = 20_000  # texts, up to which it pays to look at them one by one
MOST_FOUND = 10_000
"""How many texts a search gives at most, unless more are asked for: nobody walks through them."""
_SAMPLE = 200_000  # bytes
_HYPHENS = (8, 13, 18, 23)

Numbers: TypeAlias = NDArray[np.int32]
Places: TypeAlias = NDArray[np.int64]


class PackedTexts(LazySequence[str]):
    """Very many short texts in one block of bytes, a separator behind each."""

    __slots__ = ("_small", "block", "ends")

    def __init__(self, block: bytes, ends: Numbers) -> None:
        """Take the texts and where each of them ends."""
        self.block, self.ends = block, ends
        self._small: tuple[bytes, Numbers] | None = None

    @staticmethod
    def of(joined: str, count: int) -> "PackedTexts":
        """Cut *count* texts apart that are joined by separators."""
        block = f"{joined}{SEPARATOR}".encode() if count else b""
        return PackedTexts(block, _ends_in(block))

    @staticmethod
    def of_list(texts: Sequence[str]) -> "PackedTexts":
        """Pack a list of texts."""
        return PackedTexts.of(SEPARATOR.join(texts), len(texts))

    def is_whole(self, count: int) -> bool:
        """Say whether these are *count* texts: what is read from a file may be anything."""
        ends = self.ends
        if len(ends) != count or (int(ends[-1]) + 1 if count else 0) != len(self.block):
            return False
        data = np.frombuffer(self.block, dtype=np.uint8)
        return not count or (
            int(ends[0]) >= 0 and bool(np.all(np.diff(ends) > 0)) and bool(np.all(data[ends] == _MARK))
        )

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.ends)

    def made(self, at: int) -> str:
        """Return a text."""
        start = int(self.ends[at - 1]) + 1 if at else 0
        return self.block[start : int(self.ends[at])].decode()

    def __iter__(self) -> Iterator[str]:
        """Yield every text."""
        return iter(self.block.decode().split(SEPARATOR)[:-1])

    def lengths(self) -> Numbers:
        """Return how many bytes each text takes."""
        found: Numbers = np.diff(self.ends, prepend=self.ends.dtype.type(-1)) - self.ends.dtype.type(1)
        return found

    def holding(self, signs: str) -> Places:
        """Return the places of the texts that hold any of these (ASCII) signs, each once."""
        wanted = np.zeros(256, dtype=np.bool_)
        wanted[np.frombuffer(signs.encode(), dtype=np.uint8)] = True
        hits = np.flatnonzero(wanted[np.frombuffer(self.block, dtype=np.uint8)])
        found: Places = np.unique(np.searchsorted(self.ends, hits.astype(self.ends.dtype)))
        return found

    def joined(self, other: "PackedTexts | PackedIds") -> "PackedTexts":
        """Return these texts and the *other* ones behind them."""
        if not len(other):
            return self
        if isinstance(other, PackedIds):
            other = PackedTexts.of_list(list(other))
        return PackedTexts(self.block + other.block, np.append(self.ends, other.ends + np.int32(len(self.block))))

    def picked(self, places: Places) -> "PackedTexts":
        """Return the texts at these places, in that order; quick where long runs of neighbours are among them."""
        if not len(places):
            return PackedTexts(b"", np.zeros(0, dtype=np.int32))
        cuts = np.flatnonzero(np.diff(places) != 1) + 1
        starts = places[np.concatenate(([0], cuts))]
        stops = places[np.concatenate((cuts - 1, [len(places) - 1]))]
        from_ = np.where(starts > 0, self.ends[starts - 1] + 1, 0).tolist()
        parts = [self.block[a:b] for a, b in zip(from_, (self.ends[stops] + 1).tolist(), strict=True)]
        return PackedTexts(b"".join(parts), (np.cumsum(self.lengths()[places] + 1) - 1).astype(np.int32))

    def find(self, text: str) -> int:
        """Return the place of a text that is there, -1 for one that is not."""
        wanted = f"{text}{SEPARATOR}".encode()
        at = self.block.find(wanted)
        while at > 0 and self.block[at - 1] != _MARK:
            at = self.block.find(wanted, at + 1)
        return -1 if at < 0 else self._place(self.ends, at)

    def find_all(self, texts: Sequence[str]) -> list[int]:
        """Return the place of each text, -1 for one that is not there."""
        if len(texts) < 20:
            return [self.find(text) for text in texts]
        places = {text: place for place, text in enumerate(self)}
        return [places.get(text, -1) for text in texts]

    def matching(
        self, words: Sequence[str], *, among: NDArray[np.bool_] | None = None, most: int = MOST_FOUND
    ) -> list[int]:
        """Return the places of the first *most* texts that hold every one of these words in small letters.

        Only those that *among* says yes to are looked at, all without it.
        """
        if not words:
            return []
        block, ends = self._in_small_letters()
        sought = [word.encode() for word in words]
        if len(sought) > 1:  # where the rarest word stands, the others are looked for; a part tells which that is
            part = block[len(block) // 2 :][:_SAMPLE]
            sought.sort(key=lambda word: (part.count(word), -len(word)))
        first, *others = sought
        found: list[int] = []
        hits = re.finditer(re.escape(first), block)
        while len(found) < most and (starts := [hit.start() for hit in islice(hits, most)]):
            places = np.unique(np.searchsorted(ends, np.array(starts, dtype=ends.dtype)))
            for place in (places if among is None else places[among[places]]).tolist():
                if found and place == found[-1]:
                    continue
                text = self.folded(place) if others else b""
                if all(word in text for word in others):
                    found.append(place)
        return found[:most]

    def folded(self, at: int) -> bytes:
        """Return the bytes of a text in small letters."""
        block, ends = self._in_small_letters()
        return block[int(ends[at - 1]) + 1 if at else 0 : int(ends[at])]

    def _in_small_letters(self) -> tuple[bytes, Numbers]:
        """Return the texts folded, made at the first search and kept."""
        if self._small is None:
            small = PackedTexts(self.block.lower(), self.ends)
            data = np.frombuffer(self.block, dtype=np.uint8)
            beyond = data[:0] if self.block.isascii() else np.flatnonzero(data > 127)
            places = np.unique(np.searchsorted(self.ends, beyond.astype(self.ends.dtype)))
            if len(places) > _FEW:
                small = PackedTexts.of(self.block.decode().casefold().removesuffix(SEPARATOR), len(self))
            elif len(places):  # the others are in small letters already
                source = np.arange(len(self))
                source[places] = len(self) + np.arange(len(places))
                small = small.joined(PackedTexts.of_list([self[at].casefold() for at in places.tolist()])).picked(
                    source
                )
            self._small = small.block, small.ends
        return self._small

    @staticmethod
    def _place(ends: Numbers, at: int) -> int:
        return int(np.searchsorted(ends, ends.dtype.type(at)))


class PackedIds(LazySequence[str]):
    """Very many UUIDs, sixteen bytes each."""

    __slots__ = ("block",)

    def __init__(self, block: bytes) -> None:
        """Take their bytes one behind the other."""
        self.block = block

    @staticmethod
    def of(joined: str, count: int) -> "PackedIds | PackedTexts":
        """Cut *count* ids apart that are joined by separators; those that are not all UUIDs are kept as texts."""
        data = np.frombuffer(f"{joined}{SEPARATOR}".encode() if count else b"", dtype=np.uint8)
        if len(data) != count * 37:
            return PackedTexts.of(joined, count)
        table = data.reshape(count, 37)
        digits = np.delete(table[:, :36], _HYPHENS, axis=1)
        known = ((digits >= ord("0")) & (digits <= ord("9"))) | ((digits >= ord("a")) & (digits <= ord("f")))
        if not known.all() or not (table[:, _HYPHENS] == ord("-")).all() or not (table[:, 36] == _MARK).all():
            return PackedTexts.of(joined, count)
        return PackedIds(bytes.fromhex(digits.tobytes().decode()))

    @staticmethod
    def of_list(ids: Sequence[str]) -> "PackedIds | PackedTexts":
        """Pack a list of ids."""
        return PackedIds.of(SEPARATOR.join(ids), len(ids))

    def __len__(self) -> int:
        """Return the number of ids."""
        return len(self.block) // _WIDTH

    def made(self, at: int) -> str:
        """Return an id."""
        return _as_written(self.block[at * _WIDTH : (at + 1) * _WIDTH].hex())

    def __iter__(self) -> Iterator[str]:
        """Yield every id."""
        text = self.block.hex()
        return (_as_written(text[at : at + 2 * _WIDTH]) for at in range(0, len(text), 2 * _WIDTH))

    def is_whole(self, count: int) -> bool:
        """Say whether these are *count* ids."""
        return len(self.block) == count * _WIDTH

    def joined(self, other: "PackedIds | PackedTexts") -> "PackedIds | PackedTexts":
        """Return these ids and the *other* ones behind them."""
        if isinstance(other, PackedIds):
            return PackedIds(self.block + other.block) if len(other) else self
        return PackedTexts.of_list([*self, *other]) if len(other) else self

    def picked(self, places: Places) -> "PackedIds":
        """Return the ids at these places, in that order."""
        return PackedIds(self._rows()[places].tobytes())

    def find(self, id_: str) -> int:
        """Return the place of an id that is there, -1 for one that is not."""
        return self.find_all((id_,))[0]

    def find_all(self, ids: Sequence[str]) -> list[int]:
        """Return the place of each id, -1 for one that is not there."""
        wanted = [id_.replace("-", "") for id_ in ids]
        halves = np.array([int(text[:16] or "0", 16) if _is_plain(text) else 0 for text in wanted], dtype=np.uint64)
        firsts = self._rows().view(">u8")[:, 0]
        alike = firsts == halves[0] if len(halves) == 1 else np.isin(firsts, halves)
        places = {self[int(place)]: int(place) for place in np.flatnonzero(alike)}
        return [places.get(id_, -1) for id_ in ids]

    def halves(self) -> NDArray[np.uint64]:
        """Return the ids as two numbers each, which sort as they do."""
        found: NDArray[np.uint64] = self._rows().view(">u8")
        return found

    def _rows(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.block, dtype=np.uint8).reshape(-1, _WIDTH)


Ids: TypeAlias = PackedIds | PackedTexts


def _ends_in(block: bytes) -> Numbers:
    return np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == _MARK).astype(np.int32)


def _as_written(hex_: str) -> str:
    return f"{hex_[:8]}-{hex_[8:12]}-{hex_[12:16]}-{hex_[16:20]}-{hex_[20:]}"


def _is_plain(text: str) -> bool:
    return len(text) == 2 * _WIDTH and all(sign in "0123456789abcdef" for sign in text)
