"""What one side deleted and the other went on with: a record and all that hung on it stay, or go, as a whole."""

from collections.abc import Mapping
from typing import Final

from chipscape_db.merging.journals import Key, Touched
from chipscape_db.merging.plan import Conflict
from chipscape_db.merging.rows import Rows
from chipscape_db.merging.settling import Mark, Settler
from chipscape_db.merging.shapes import ids_in
from chipscape_db.merging.words import Words
from chipscape_db.row_images import Image

_ROOTS: Final = ("record", "relationship", "statement", "claim")
_NEVER: Final = ("", "")


class Deletions:
    """Settles deletions before anything else; `handled` are the rows about which nothing is left to say."""

    def __init__(
        self, theirs: dict[Key, Touched], mine: Mapping[Key, Touched], rows: Rows, settler: Settler, words: Words
    ) -> None:
        self._theirs, self._mine, self._rows, self._settler, self._words = theirs, mine, rows, settler, words
        self.handled: set[Key] = set()
        self.kept_cells: set[tuple[Key, str]] = set()

    def settle(self) -> None:
        """Go through what either side deleted."""
        there: dict[Key, Image] = {}
        for place, touched in self._theirs.items():
            stored = self._rows.stored(place)
            # What this side did not touch since, the other side knew as it is here.
            if touched.now is None and stored is not None and (touched.before or place not in self._mine):
                there[place] = touched.before if place in self._mine and touched.before is not None else stored
        here: dict[Key, Image] = {}
        for place, own in self._mine.items():
            told = self._theirs.get(place)
            image = own.before or (told.now if told is not None else None)
            if own.now is None and image is not None and self._rows.stored(place) is None:
                here[place] = image
        for gone, deleter in ((there, "theirs"), (here, "mine")):
            done: set[Key] = set()
            for place in sorted((one for one in gone if one[0] in _ROOTS), key=_order):
                if place in done:
                    continue
                unit = _unit(place, gone)
                both = all(one in there or one in self._theirs_gone() for one in unit) if deleter == "mine" else False
                done |= unit
                if not both:
                    self._one(place, unit, gone, deleter)

    def _theirs_gone(self) -> set[Key]:
        return {place for place, touched in self._theirs.items() if touched.now is None}

    def _one(self, root: Key, unit: set[Key], gone: Mapping[Key, Image], deleter: str) -> None:
        ids = {str(place[1][0]) for place in unit if place[0] in _ROOTS}
        other = self._went_on_here(unit, ids, gone) if deleter == "theirs" else self._went_on_there(unit, ids)
        if not other:
            return
        deleting = self._theirs if deleter == "theirs" else self._mine
        going = self._mine if deleter == "theirs" else self._theirs
        cut = max((deleting[place].last.get("", _NEVER) for place in unit if place in deleting), default=_NEVER)
        went = max((going[place].last.get("", _NEVER) for place in other if place in going), default=_NEVER)
        mine_by, theirs_by = (went, cut) if deleter == "theirs" else (cut, went)
        key = f"deleted:{root[0]}:{root[1][0]}"
        settled = self._settler.answer(key, mine_by, theirs_by, lambda: deleter == "mine")
        self._note(root, gone[root], deleter, key, settled, mine_by, theirs_by, len(other))
        if settled:
            (self._take_out if settled == deleter else self._keep)(unit, ids, gone, deleter)

    def _went_on_here(self, unit: set[Key], ids: set[str], gone: Mapping[Key, Image]) -> set[Key]:
        """Return the rows of this side that were changed since, or that refer to what the other side deleted."""
        out = {place for place in unit if self._rows.stored(place) != gone[place]}
        for place, column, _identity in self._rows.referring(ids):
            told = self._theirs.get(place)
            leaves = told is not None and (told.now is None or told.now[column] not in ids)
            if place not in unit and not leaves:
                out.add(place)
        return out

    def _went_on_there(self, unit: set[Key], ids: set[str]) -> set[Key]:
        """Return the rows of the other side that were changed since, or that newly refer to what was deleted here."""
        out = set()
        for place, touched in self._theirs.items():
            if touched.now is None:
                continue
            if place in unit or any(
                identity in ids and (touched.before is None or touched.before[column] != identity)
                for column, identity in ids_in(place[0], touched.now)
            ):
                out.add(place)
        return out

    def _take_out(self, unit: set[Key], _ids: set[str], _gone: Mapping[Key, Image], deleter: str) -> None:
        """Let the deletion stand; what refers to it goes or is emptied when the result is made whole."""
        self.handled |= unit
        if deleter == "theirs":
            self._rows.result |= dict.fromkeys(unit)

    def _keep(self, unit: set[Key], ids: set[str], gone: Mapping[Key, Image], deleter: str) -> None:
        """Undo the deletion: the rows stay or come back, and the cells that were emptied for it are filled again."""
        self.handled |= unit
        if deleter == "theirs":
            for place, touched in self._theirs.items():
                for column, identity in ids_in(place[0], touched.before) if touched.before else ():
                    if identity in ids and touched.now is not None and touched.now[column] is None:
                        self.kept_cells.add((place, column))
            return
        for place in unit:
            told = self._theirs.get(place)
            self._rows.result[place] = told.now if told is not None else gone[place]
        for place, own in self._mine.items():
            stored = self._rows.now(place)
            for column, identity in ids_in(place[0], own.before) if own.before else ():
                if identity in ids and stored is not None and stored[column] is None:
                    self._rows.result[place] = stored | {column: identity}

    def _note(
        self, root: Key, image: Image, deleter: str, key: str, settled: str, mine_by: Mark, theirs_by: Mark, count: int
    ) -> None:
        owner_id, owner = self._words.owner(root[0], image)
        shown = {"deleter": "", "other": str(count)}
        mine, theirs = ("other", "deleter") if deleter == "theirs" else ("deleter", "other")
        self._settler.add(
            Conflict(
                key, "deleted-there" if deleter == "theirs" else "deleted-here", root[0], owner_id, owner, "",
                self._words.line(root[0], image), shown[mine], shown[theirs], mine_by, theirs_by, settled,
            )
        )  # fmt: skip


def _unit(root: Key, gone: Mapping[Key, Image]) -> set[Key]:
    """Return what was deleted along with a row: whatever referred to it, and to that in turn."""
    unit, ids = {root}, {root[1][0]}
    while True:
        more = {
            place
            for place, row in gone.items()
            if place not in unit and any(identity in ids for _, identity in ids_in(place[0], row))
        }
        if not more:
            return unit
        unit |= more
        ids |= {place[1][0] for place in more if place[0] in _ROOTS}


def _order(place: Key) -> tuple[int, str]:
    return _ROOTS.index(place[0]), str(place[1][0])
