"""What the windows over one fact base share: what is selected, what can be undone, what is under way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chipscape_db.choice import Rule


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected, wherever it was selected: a `record`, `relationship` or `claim`, by id.

    `metric` is the one that was pointed at, and `rule` the choosing rule of the figure where that was.
    """

    kind: str
    id: str
    metric: str = ""
    rule: "Rule" = "written"


@dataclass(frozen=True, slots=True)
class Activity:
    """Background work under way: what it is, how far (0 to 1, None when unknown), and whether it can be cancelled."""

    text: str
    fraction: float | None = None
    cancellable: bool = False


@dataclass(frozen=True, slots=True)
class UndoState:
    """Whether there is something to undo and to redo."""

    can_undo: bool = False
    can_redo: bool = False
