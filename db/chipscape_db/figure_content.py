"""What a saved figure holds: which figure, its options, filters, the part in view, a title of its own, annotations."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from chipscape_db.errors import N_, Invalid
from chipscape_db.filters import Filters

ANNOTATION_KINDS: Final = ("text", "arrow", "line-across", "line-down", "growth", "difference")
_POINTS: Final = {"text": 1, "arrow": 2, "line-across": 1, "line-down": 1, "growth": 2, "difference": 2}


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on a figure: its kind, the points it stands at in the units of the figure's view, and what it says.

    A `text` stands at one point; an `arrow` leads from its text at the first to the second; a `line-across` runs at
    the height of its point, a `line-down` at its x; `growth` leads from one value to another and says the difference
    and the factor between them; a `difference` leads along the axis of the values and says how far apart they are.
    """

    kind: str
    points: tuple[tuple[float, float], ...]
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that there is not, and points too few or too many."""
        wanted = 2 if self.kind == AREA else _POINTS.get(self.kind)
        if len(self.points) != wanted:
            raise Invalid(N_("There is no annotation {kind} of {count} points."), field="annotations", kind=self.kind,
                          count=len(self.points))  # fmt: skip


AREA: Final = "area"
"""The kind of a remark on a map: the rectangle between two corners, named by its text."""
MAP_NOTES: Final = "map:"
"""How the names begin under which the texts and areas of the ecosystem map are kept, like saved figures."""


@dataclass(frozen=True, slots=True)
class FigureContent:
    """A figure as it was saved; `view` is (left, right, bottom, top) in the units of its axes, None for everything."""

    figure: str
    options: Mapping[str, str] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)
    view: tuple[float, float, float, float] | None = None
    title: str = ""
    annotations: tuple[Annotation, ...] = ()

    def to_json(self, *, seen: str = "") -> str:
        """Return all but the figure's name as text, always the same for the same content.

        *seen* is the UUID of the change up to which somebody has seen the figure's facts (see `seen_of`).
        """
        plain: dict[str, Any] = {
            "options": dict(sorted(self.options.items())),
            "filters": _plain_filters(self.filters),
            "view": self.view,
            "title": self.title,
            "annotations": [{"kind": one.kind, "points": one.points, "text": one.text} for one in self.annotations],
        }
        if seen:
            plain["seen"] = seen
        return json.dumps(plain, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, figure: str, text: str) -> "FigureContent":
        """Return the content that `to_json` wrote."""
        plain = json.loads(text)
        view = plain["view"]
        notes = tuple(
            Annotation(one["kind"], tuple((float(x), float(y)) for x, y in one["points"]), one["text"])
            for one in plain["annotations"]
        )
        place = None if view is None else (float(view[0]), float(view[1]), float(view[2]), float(view[3]))
        return cls(figure, plain["options"], _filters(plain["filters"]), place, plain["title"], notes)


def seen_of(text: str) -> str:
    """Return the UUID of the change up to which the facts of a figure, stored as *text*, were seen; empty: not said."""
    return str(json.loads(text).get("seen", ""))


def _plain_filters(filters: Filters) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for one in fields(Filters):
        value = getattr(filters, one.name)
        if isinstance(value, date):
            words[one.name] = value.isoformat()
        elif value:
            words[one.name] = sorted(value)
    return words


def _filters(plain: Mapping[str, Any]) -> Filters:
    words: dict[str, Any] = {
        name: date.fromisoformat(value) if isinstance(value, str) else frozenset(value) for name, value in plain.items()
    }
    return Filters(**words)
