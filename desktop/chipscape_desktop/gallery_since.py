"""A saved figure in the gallery, and edits after it, so that there is something that changed since."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.commands.claims import set_rank
from chipscape_db.commands.figures import save_figure
from chipscape_db.figure_content import FigureContent
from chipscape_db.models import Claim, Record

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow


def see_and_edit(window: "MainWindow", content: FigureContent) -> None:
    """Save two figures in the base of the window, then let a curator prefer and deprecate claims of one of them."""
    base = window.workspace.base
    assert base is not None
    save_figure(base.engine, author="Ada Lovelace (AL)", name="Memory bandwidth", content=content)
    save_figure(base.engine, author="Ada Lovelace (AL)", name="Stacks", content=FigureContent("stack-matrix"))
    with Session(base.engine) as session:
        chip = session.scalars(select(Record.id).where(Record.slug == "ascend-910b")).one()
        of_chip = select(Claim.id).where(Claim.subject_id == chip, Claim.metric == "memory.bandwidth")
        preferred = session.scalars(of_chip.where(Claim.number == 1200)).first()
        other = select(Record.id).where(Record.slug == "nvidia-h20")
        only = session.scalars(
            select(Claim.id).where(Claim.subject_id == other.scalar_subquery(), Claim.metric == "memory.bandwidth")
        ).all()
    if preferred is not None:
        reason = "The maker's data sheet says so"
        set_rank(base.engine, author="Grace Hopper (GH)", claim_id=preferred, rank="preferred", reason=reason)
    for claim in only:
        set_rank(
            base.engine, author="Grace Hopper (GH)", claim_id=claim, rank="deprecated", reason="Copied from a forum"
        )
