"""A command whose refusal comes back to the form that asked, so that it is told beside the field and not elsewhere."""

from typing import TYPE_CHECKING

from chipscape_db.errors import FactsError, Reviewed

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from chipscape_db.history import ChangeSummary
    from chipscape_desktop.workspace import Command


class Attempt:
    """Run through `Workspace.run`; afterwards `error` is what the world said against it, or None."""

    def __init__(self, command: "Command") -> None:
        self._command = command
        self.error: FactsError | None = None

    def __call__(self, engine: "Engine", *, author: str) -> "ChangeSummary | None":
        """Do it; a refusal is kept."""
        self.error = None
        try:
            return self._command(engine, author=author)
        except Reviewed as error:
            # Asked about by the window, and tried again when the person agrees.
            self.error = error
            raise
        except FactsError as error:
            self.error = error
            return None
