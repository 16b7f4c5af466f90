"""Saved figures: a figure of the catalogue as somebody set it up, under a name."""

from sqlalchemy import CheckConstraint
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
