"""Figures as somebody set them up: saved under a name, and the places that records were given on a map."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chipscape_db.identity import new_id
from chipscape_db.models.base import Base


class SavedFigure(Base):
    """A named figure; `figure` is its name in the catalogue, `content` the rest as JSON (see `figure_content`)."""

    __tablename__ = "saved_figure"
    __table_args__ = (CheckConstraint("length(name) > 0", name="name_not_empty"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    figure: Mapped[str]
    content: Mapped[str]


class MapPlace(Base):
    """Where somebody put a record on the map, in the units of the arrangement of that name."""

    __tablename__ = "map_place"

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    arrangement: Mapped[str] = mapped_column(primary_key=True)
    x: Mapped[float]
    y: Mapped[float]
