"""The review on the facts screen: in the place of the tables, with the form of what it finds beside it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from chipscape_db.queries.review.findings import Finding
from chipscape_desktop.forms.facts_edits import NOT_RECORDS
from chipscape_desktop.forms.list_panel import ListPanel
from chipscape_desktop.forms.review_panel import ReviewPanel
from chipscape_desktop.i18n import _
from chipscape_desktop.notices import tell
from chipscape_desktop.workspace import Selection

if TYPE_CHECKING:
    from chipscape_desktop.forms.facts_view import FactsView

_TABS = ("claims", "sources", "links", "participants")


class Reviewing(QObject):
    """Shows the review on a facts screen, and goes from a finding to where it is mended."""

    def __init__(self, view: "FactsView") -> None:
        super().__init__(view)
        self._view = view
        self.panel: ReviewPanel | None = None
        self._wanted: Finding | None = None

    @property
    def is_open(self) -> bool:
        """Say whether the review stands in the place of the tables."""
        return self.panel is not None and self._view.pages.currentWidget() is self.panel

    def front(self, otherwise: QWidget) -> QWidget:
        """Return the page to show: the review while it is open."""
        return self.panel if self.is_open and self.panel is not None else otherwise

    def toggle(self) -> None:
        """Open the review, or go back to the tables."""
        if self.is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Put the review in the place of the tables."""
        view = self._view
        if self.panel is None:
            self.panel = ReviewPanel(view.workspace, view)
            self.panel.closed.connect(self.close)
            self.panel.mend_wanted.connect(self.mend)
            self.panel.merge_wanted.connect(self.merge)
            view.pages.addWidget(self.panel)
        view.bar.hide()
        view.pages.setCurrentWidget(self.panel)
        view.room.make_list()
        view.setFocusProxy(self.panel)
        self.panel.table.setFocus()

    def close(self) -> None:
        """Bring the tables back."""
        view = self._view
        view.bar.show()
        view.pages.setCurrentWidget(view.table)
        view.setFocusProxy(view.table)
        view.table.take_focus()

    def leave(self, *_ignored: object) -> None:
        """Bring the tables back when somebody chooses one."""
        if self.is_open:
            self.close()

    def mend(self, finding: Finding) -> None:
        """Go to the form, at the place where a finding is mended."""
        self._wanted = finding
        selection = Selection(finding.kind, finding.id)
        if self._view.workspace.selection != selection:
            self._view.workspace.select(selection)
        self.arrive()

    def arrive(self) -> None:
        """Put the keyboard where the finding wanted is mended, once its form is there."""
        finding, form = self._wanted, self._view.form
        if finding is None or not finding.owners or form.record_id != finding.owners[0]:
            return
        self._wanted = None
        tab = finding.field if finding.field in _TABS else "links" if finding.kind == "relationship" else "fields"
        if finding.kind == "relationship" and tab != "fields":
            tab = "links"
        form.show_tab(tab, finding.id if finding.kind != "record" else self._claim_of(finding))
        page = getattr(form, tab)
        if isinstance(page, ListPanel):
            (page.tree if page.tree.isVisible() else page).setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            form.fields.focus_field(finding.field)

    def _claim_of(self, finding: Finding) -> str:
        """Return the first claim of the metric that a finding is about, empty where it is about none."""
        metric = str(finding.params.get("metric") or finding.params.get("metrics") or "").partition(",")[0]
        sheet = self._view.form.sheet
        claims = sheet.claims if sheet is not None else ()
        return next((claim.id for claim in claims if claim.metric == metric), "")

    def merge(self, kept_id: str, lost_id: str = "") -> None:
        """Compare two records and make one of them."""
        from chipscape_desktop.forms.merge_dialog import MergeDialog

        MergeDialog(self._view.workspace, kept_id, lost_id, self._view).open()

    def merge_selected(self) -> None:
        """Merge the two selected rows; with one selected, ask for the other."""
        view = self._view
        ids = view.table.selected_ids()
        base = view.workspace.base
        if view.key in NOT_RECORDS or not ids or len(ids) > 2:
            tell(_("Select one or two records of a table to merge them."))
        elif base is not None and not base.read_only and view.form.may_leave():
            self.merge(*ids)
