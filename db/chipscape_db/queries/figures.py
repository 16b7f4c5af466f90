"""The saved figures of a fact base."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from chipscape_db.errors import N_, NotFound
from chipscape_db.figure_content import MAP_NOTES, FigureContent, seen_of
from chipscape_db.models import SavedFigure
from chipscape_db.queries import Reader


@dataclass(frozen=True, slots=True)
class SavedFigureRow:
    """A saved figure: its id, its name, what it holds, and up to which change (a UUID) its facts were seen."""

    id: str
    name: str
    content: FigureContent
    seen: str = ""


def saved_figures(session: Reader) -> list[SavedFigureRow]:
    """Return all saved figures by name; the texts and areas of maps are none, though they are kept like them."""
    query = select(SavedFigure.id, SavedFigure.name, SavedFigure.figure, SavedFigure.content)
    # To the letter: a map that somebody saved as "Map: ..." is a figure.
    begins = func.substr(SavedFigure.name, 1, len(MAP_NOTES)) == MAP_NOTES
    notes = and_(SavedFigure.figure == "ecosystem", begins)
    rows = session.execute(query.where(~notes).order_by(func.lower(SavedFigure.name)))
    return [
        SavedFigureRow(row.id, row.name, FigureContent.from_json(row.figure, row.content), seen_of(row.content))
        for row in rows
    ]


def saved_figure(session: Reader, name: str) -> SavedFigureRow:
    """Return the saved figure of a name; raises `NotFound` naming those there are."""
    there = saved_figures(session)
    found = next((row for row in there if row.name == name), None)
    if found is None:
        raise NotFound(
            N_("There is no saved figure {name}; there are: {names}."),
            name=name,
            names=", ".join(row.name for row in there) or "–",
        )
    return found
