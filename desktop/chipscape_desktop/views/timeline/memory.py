"""What a person chose for the timeline of one fact base, as it is kept between starts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chipscape_desktop.base_choices import load_choices, save_choices
from chipscape_desktop.figures.timeline.lanes import Wishes
from chipscape_desktop.views.timeline.choices import LANES, RULES, SHOW, SNAPS, Choices

_PART = "timeline"


@dataclass(frozen=True, slots=True)
class Kept:
    """The choices, the wishes for the lanes of each grouping, the unit to which dates snap, and if one may edit."""

    choices: Choices = field(default_factory=Choices)
    wishes: Mapping[str, Wishes] = field(default_factory=dict)
    snap: str = ""
    editing: bool = True


def load(base_id: str) -> Kept:
    """Return what was kept for a base; what is missing or not understood takes its default.

    Ids and keys of lanes are taken as they are: the figure leaves out those of records that are gone.
    """
    stored = load_choices(base_id, _PART)
    lanes = _one_of(stored.get("lanes"), LANES, Choices().lanes)
    kept = stored.get("wishes")
    wishes = {
        name: Wishes(_texts(each.get("order")), frozenset(_texts(each.get("hidden"))),
                     frozenset(_texts(each.get("collapsed"))))
        for name, each in (kept if isinstance(kept, dict) else {}).items()
        if name in LANES and isinstance(each, dict)
    }  # fmt: skip
    choices = Choices(
        lanes,
        tuple(name for name in SHOW if name in _texts(stored.get("show"))) or Choices().show,
        stored.get("every_lane") is True,
        _one_of(stored.get("rules"), RULES, Choices().rules),
        wishes.get(lanes, Wishes()),
        _texts(stored.get("bands")),
        stored.get("arrows") is not False,
    )
    return Kept(choices, wishes, _one_of(stored.get("snap"), SNAPS, ""), stored.get("editing") is not False)


def save(base_id: str, kept: Kept) -> bool:
    """Keep what was chosen for a base, nothing where all is as at first; return whether it could be written."""
    wished = any(each != Wishes() for each in kept.wishes.values())
    if kept.choices == Choices() and not wished and not kept.snap and kept.editing:
        return save_choices(base_id, _PART, {})
    choices = kept.choices
    wishes = {**kept.wishes, choices.lanes: choices.wishes}
    stored: dict[str, Any] = {
        "lanes": choices.lanes,
        "show": list(choices.show),
        "every_lane": choices.every_lane,
        "rules": choices.rules,
        "bands": list(choices.bands),
        "arrows": choices.arrows,
        "snap": kept.snap,
        "editing": kept.editing,
        "wishes": {
            name: {"order": list(each.order), "hidden": sorted(each.hidden), "collapsed": sorted(each.collapsed)}
            for name, each in wishes.items()
            if each != Wishes()
        },
    }
    return save_choices(base_id, _PART, stored)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _one_of(value: object, possible: tuple[str, ...], default: str) -> str:
    return value if isinstance(value, str) and value in possible else default
