"""What was done, in words: the sentence for a changeset, made from its action key and its subject."""

from typing import Final, Protocol

from chipscape_db.errors import N_
from chipscape_db.figure_content import MAP_NOTES
from chipscape_desktop.i18n import _

ACTIONS: Final = {
    "load": N_("Loaded facts: {subject}"),
    "import-events": N_("Imported events from {subject}"),
    "merge": N_("Merged the changes of {subject}"),
    "import": N_("Imported {subject}"),
    "edit-record": N_("Changed {subject}"),
    "rename-record": N_("Renamed {subject}"),
    "add-record": N_("Added {subject}"),
    "delete-record": N_("Deleted {subject}"),
    "add-claim": N_("Added a claim about {subject}"),
    "edit-claim": N_("Changed a claim about {subject}"),
    "prefer-claim": N_("Preferred a claim about {subject}"),
    "deprecate-claim": N_("Deprecated a claim about {subject}"),
    "unrank-claim": N_("Made a claim about {subject} normal again"),
    "delete-claim": N_("Deleted a claim about {subject}"),
    "add-relationship": N_("Added the relationship {subject}"),
    "edit-relationship": N_("Changed the relationship {subject}"),
    "delete-relationship": N_("Deleted the relationship {subject}"),
    "delete-claims": N_("Deleted {subject} claims"),
    "delete-relationships": N_("Deleted {subject} relationships"),
    "settle-findings": N_("Settled findings about {subject}"),
    "reopen-findings": N_("Opened findings about {subject} again"),
    "merge-records": N_("Merged {subject}"),
    "paste-rows": N_("Pasted {subject}"),
    "edit-rows": N_("Changed {subject}"),
    "save-table-view": N_("Saved the view {subject}"),
    "rename-table-view": N_("Renamed a view to {subject}"),
    "delete-table-view": N_("Deleted the view {subject}"),
    "add-citation": N_("Cited a source for {subject}"),
    "edit-citation": N_("Changed a citation of {subject}"),
    "deprecate-source": N_("Deprecated every claim that rests on {subject}"),
    "repeat-claim": N_("Said what a claim about {subject} repeats"),
    "mark-reviewed": N_("Marked {subject} as reviewed"),
    "unmark-reviewed": N_("Took the mark of review off {subject}"),
    "add-snapshot": N_("Kept a copy of {subject}"),
    "delete-snapshot": N_("Removed a copy of {subject}"),
    "import-sources": N_("Imported sources from {subject}"),
    "delete-citation": N_("Removed a citation of {subject}"),
    "add-participant": N_("Added a participant to {subject}"),
    "save-figure": N_("Saved the figure {subject}"),
    "edit-figure": N_("Changed the figure {subject}"),
    "see-figures": N_("Took over as seen: {subject}"),
    "rename-figure": N_("Renamed a figure to {subject}"),
    "duplicate-figure": N_("Saved a copy of a figure as {subject}"),
    "delete-figure": N_("Deleted the figure {subject}"),
    "place-record": N_("Put {subject} at a place on the map"),
    "place-records": N_("Put {subject} records at places on the map"),
    "release-record": N_("Let {subject} go from its place on the map"),
    "release-records": N_("Let records go from their places on the map"),
    "delete-participant": N_("Removed a participant from {subject}"),
    "import-network": N_("Brought in the network {subject}"),
}
"""The sentence of every action key that commands use; a test holds the two together."""

_KINDS: Final = {"undo": N_("Undone: {what}"), "redo": N_("Done again: {what}"), "revert": N_("Taken back: {what}")}


class Named(Protocol):
    """A changeset in brief: its summary, or its row in the history."""

    @property
    def kind(self) -> str:
        """How it came about: `edit`, `undo`, `redo`, `revert` or `starter`."""
        ...

    @property
    def action(self) -> str:
        """The key of the action."""
        ...

    @property
    def subject(self) -> str:
        """The name of what it was done to."""
        ...


def change_sentence(change: Named) -> str:
    """Return what a changeset did, in the language in force."""
    if change.kind == "starter":
        return _("Loaded the starter facts")
    template = ACTIONS.get(change.action)
    if change.subject.startswith(MAP_NOTES) and change.action in ("save-figure", "edit-figure"):
        template = N_("Changed the texts and areas on the map")
    what = _(template).format(subject=change.subject) if template else f"{change.action}: {change.subject}"
    said = _(_KINDS[change.kind]).format(what=what) if change.kind in _KINDS else what
    # Only rows of the history know whether what they changed had been reviewed.
    by = getattr(change, "reviewed_by", "")
    return _("{what}, after the review by {author}").format(what=said, author=by) if by else said
