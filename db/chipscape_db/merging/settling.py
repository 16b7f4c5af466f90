"""How conflicts are settled: one by one, or by a rule that gives the same facts whichever side merges."""

from collections.abc import Callable, Mapping

from chipscape_db.merging.plan import Conflict

Mark = tuple[str, str]
"""When something was done, and by whom."""


class Settler:
    """Gathers conflicts and answers them as far as there is an answer."""

    def __init__(self, rule: str, decisions: Mapping[str, str]) -> None:
        self._rule, self._decisions = rule, decisions
        self.conflicts: list[Conflict] = []

    def answer(self, key: str, mine: Mark, theirs: Mark, tie: Callable[[], bool]) -> str:
        """Return `mine`, `theirs` or nothing; *tie* says whether theirs wins where both were done at one moment."""
        if decided := self._decisions.get(key):
            return decided
        if self._rule == "newest":
            if mine[0] != theirs[0]:
                return "mine" if mine[0] > theirs[0] else "theirs"
            return "theirs" if tie() else "mine"
        return self._rule

    def add(self, conflict: Conflict) -> str:
        """Note a conflict and return how it is settled."""
        self.conflicts.append(conflict)
        return conflict.settled
