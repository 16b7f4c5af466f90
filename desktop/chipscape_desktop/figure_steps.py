"""The undoable steps on figures and maps, as the workspace runs them: views ask for these, never for the commands."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chipscape_db.figure_content import FigureContent

if TYPE_CHECKING:
    from chipscape_desktop.workspace import Command


def saving(name: str, content: FigureContent, figure_id: str) -> "Command":
    """Return the step that saves a figure under a name."""
    from chipscape_db.commands.figures import save_figure

    return partial(save_figure, name=name, content=content, figure_id=figure_id)


def noting(name: str, content: FigureContent, figure_id: str) -> "Command":
    """Return the step that keeps the first texts and areas of a map under the name of its arrangement."""
    from chipscape_db.commands.figures import save_map_notes

    return partial(save_map_notes, name=name, content=content, figure_id=figure_id)


def editing(figure_id: str, content: FigureContent, expected: FigureContent) -> "Command":
    """Return the step that saves a figure anew, provided that it is as *expected*."""
    from chipscape_db.commands.figures import edit_figure

    return partial(edit_figure, figure_id=figure_id, content=content, expected=expected)


def seeing(figure_ids: Sequence[str]) -> "Command":
    """Return the step that remembers of saved figures that their facts were seen as they are now."""
    from chipscape_db.commands.figures import take_over_as_seen

    return partial(take_over_as_seen, figure_ids=tuple(figure_ids))


def renaming(figure_id: str, name: str) -> "Command":
    """Return the step that gives a saved figure another name."""
    from chipscape_db.commands.figures import rename_figure

    return partial(rename_figure, figure_id=figure_id, name=name)


def duplicating(figure_id: str, name: str, copy_id: str) -> "Command":
    """Return the step that saves a copy of a figure under another name."""
    from chipscape_db.commands.figures import duplicate_figure

    return partial(duplicate_figure, figure_id=figure_id, name=name, copy_id=copy_id)


def deleting(figure_id: str) -> "Command":
    """Return the step that deletes a saved figure."""
    from chipscape_db.commands.figures import delete_figure

    return partial(delete_figure, figure_id=figure_id)


def placing(arrangement: str, places: Mapping[str, tuple[float, float]]) -> "Command":
    """Return the step that puts records at places in an arrangement of the map."""
    from chipscape_db.commands.map_places import place_records

    return partial(place_records, arrangement=arrangement, places=places)


def releasing(arrangement: str, record_ids: Collection[str] | None) -> "Command":
    """Return the step that lets records of an arrangement go, all when None."""
    from chipscape_db.commands.map_places import release_records

    return partial(release_records, arrangement=arrangement, record_ids=record_ids)
