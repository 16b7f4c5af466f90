"""What a merge would do: the rows it writes, the steps it takes over, and the conflicts that somebody has to settle."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from chipscape_db.errors import N_, Invalid
from chipscape_db.merging.journals import Key, Step
from chipscape_db.row_images import Image

RULES = ("mine", "theirs", "newest")
"""Ways to settle every conflict at once: what is here stays, what comes wins, or whatever was done last."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that both sides decided differently.

    `key` names it; `kind` is `field` (both changed it), `deleted-here` or `deleted-there` (one side deleted what the
    other went on with), or `together` (both changed what does not fit together). Values are texts; of a deletion they
    say what is lost. `settled` is `mine`, `theirs` or empty.
    """

    key: str
    kind: str
    table: str
    owner_id: str
    owner: str
    field: str
    ancestor: str
    mine: str
    theirs: str
    mine_by: tuple[str, str]
    theirs_by: tuple[str, str]
    settled: str = ""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that the merge changes here, before and after, and who did that when on the other side."""

    table: str
    owner_id: str
    owner: str
    field: str
    before: str
    after: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The whole of a merge before it is done. `renamed` are (old id, new id) of what both sides called alike."""

    name: str
    steps: tuple[Step, ...]
    returning: tuple[str, ...]
    writes: Mapping[Key, Image | None]
    differences: tuple[FieldDifference, ...]
    conflicts: tuple[Conflict, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    twins: Mapping[str, str] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Return the conflicts that nobody has settled."""
        return tuple(conflict for conflict in self.conflicts if not conflict.settled)

    @property
    def does_nothing(self) -> bool:
        """Say whether this side knows everything that the other did."""
        return not self.steps and not self.returning

    @property
    def counts(self) -> dict[str, int]:
        """Return how many steps are taken over, rows written and conflicts settled and open."""
        told = Counter("deleted" if image is None else "written" for image in self.writes.values())
        return {
            "steps": len(self.steps), "written": told["written"], "deleted": told["deleted"],
            "conflicts": len(self.conflicts), "open": len(self.open),
        }  # fmt: skip


def check_rule(rule: str, decisions: Mapping[str, str]) -> None:
    """Raise `Invalid` for a rule or an answer that there is not."""
    if rule and rule not in RULES:
        raise Invalid(N_("'{text}' is not one of {words}."), field="settle", text=rule, words=", ".join(RULES))
    for answer in decisions.values():
        if answer not in ("mine", "theirs"):
            raise Invalid(N_("'{text}' is not one of {words}."), field="settle", text=answer, words="mine, theirs")
