"""Questions asked of the map: read the network, have it answered, show the answer beside the map and on it."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from chipscape_db.errors import N_, FactsError
from chipscape_desktop.error_text import error_text
from chipscape_desktop.figures.answers.answer import Answer
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.ecosystem.answered import answered
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.i18n import _, language
from chipscape_desktop.views.ecosystem.arranging import Arranging
from chipscape_desktop.views.ecosystem.offers import Offer, Offers
from chipscape_desktop.views.ecosystem.question import Asked, Question, asking, read_network
from chipscape_desktop.views.ecosystem.question_panel import QuestionPanel
from chipscape_desktop.workspace import Job, Selection, Workspace

if TYPE_CHECKING:
    from chipscape_db.network.graph import Network


class Asking(QObject):
    """Answers what is asked in the panel; `answered` says that the map is to be drawn anew.

    `export_wanted` carries the `Answer` whose table is to go to a file.
    """

    answered = Signal()
    export_wanted = Signal(object)

    def __init__(self, workspace: Workspace, panel: QuestionPanel, arranging: Arranging) -> None:
        super().__init__(panel)
        self._workspace, self.panel, self._arranging = workspace, panel, arranging
        self._question: Question | None = None
        self._answer: Answer | None = None
        self._shown: tuple[EcosystemSpec, Answer, EcosystemSpec] | None = None
        panel.asked.connect(self._ask)
        panel.closed.connect(self.close)
        panel.copy_wanted.connect(self._copy)
        panel.export_wanted.connect(self._export)
        panel.pane.picked.connect(self._picked)
        panel.hide()

    def add_to(self, offers: Offers) -> None:
        """Offer the questions over records and over the map."""
        offers.add(
            Offer("record", N_("What does it depend on…"), partial(self.ask, "path"), "Q", separated=True),
            Offer("record", N_("What if it is unavailable?"), partial(self.ask, "cut"), "X"),
            Offer("record", N_("How domestic is its supply chain?"), partial(self.ask, "supply")),
            Offer("map", N_("Ask a question…"), self.open, "Q", separated=True),
            Offer("map", N_("Where is the map narrow?"), partial(self.ask, "chokepoints")),
            Offer("map", N_("Which communities are there?"), partial(self.ask, "communities")),
        )

    def open(self, _id: str = "") -> None:
        """Show the panel as it was left, or else with the record that is selected."""
        selection = self._workspace.selection
        record_id = ""
        if selection is not None and selection.kind == "record" and not self.panel.start.record_id():
            record_id = selection.id if self._name(selection.id) else ""
        self.ask(self.panel.question().asked, record_id)

    def ask(self, asked: Asked, record_id: str = "") -> None:
        """Ask a question, of a record where one is named; where another is selected already, to that one."""
        self.panel.show()
        self._offer_countries()
        start = end = None
        if record_id:
            start = (record_id, self._name(record_id))
        self.panel.ask(asked, start=start, end=end)

    def close(self) -> None:
        """Put the panel and the answer away."""
        self.panel.hide()
        self._question = self._answer = None
        self.answered.emit()
        parent = self.panel.parentWidget()
        if parent is not None:
            parent.setFocus()

    def ask_again(self) -> None:
        """Ask the same again: facts, filters or language are others now."""
        if self._question is not None and self.panel.isVisible():
            self._offer_countries()
            self._ask(self._question)

    def forget(self) -> None:
        """Another base is open."""
        for picker in (self.panel.start, self.panel.end):
            picker.set_record("", "")
        self.panel.hide()
        self._question = self._answer = self._shown = None

    def on_map(self, spec: EcosystemSpec) -> EcosystemSpec:
        """Return the map with the answer on it, where there is one."""
        if self._answer is None:
            return spec
        if self._shown is None or self._shown[0] is not spec or self._shown[1] is not self._answer:
            self._shown = (spec, self._answer, answered(spec, self._answer))
        return self._shown[2]

    def option(self) -> dict[str, str]:
        """Return the question that is answered as an option of the figure, none where there is no answer."""
        question, spec = self._question, self._arranging.spec
        if question is None or self._answer is None or spec is None:
            return {}
        ends = (question.start, question.end)[: {"path": 2, "cut": 1, "supply": 1}.get(question.asked, 0)]
        slugs = [spec.nodes[number].slug for number in map(spec.number_of, ends) if number >= 0]
        return {"ask": ":".join((question.asked, *slugs))} if len(slugs) == len(ends) else {}

    def answer(self) -> Answer | None:
        """Return the answer that is shown."""
        return self._answer

    def _offer_countries(self) -> None:
        spec = self._arranging.spec
        codes = {node.country for node in spec.nodes if node.country} if spec is not None else set()
        self.panel.show_countries(sorted(codes))

    def _name(self, record_id: str) -> str:
        spec = self._arranging.spec
        number = -1 if spec is None else spec.number_of(record_id)
        return spec.nodes[number].name if spec is not None and number >= 0 else ""

    def _ask(self, question: Question) -> None:
        self._question = question
        self.panel.pane.show_message(_("Looking for the answer…"))
        read = partial(read_network, self._workspace.filters, language())
        self._workspace.query(read, self._read, key="ecosystem-question")

    def _read(self, network: "Network") -> None:
        if self._question is not None:
            work = partial(_tried, asking(self._question, network, self._workspace.filters))
            self._workspace.compute(work, self._answered, key="ecosystem-answer", text=_("Answering"))

    def _answered(self, found: "Answer | FactsError") -> None:
        if self._question is None:
            return
        if isinstance(found, FactsError):
            self._answer = None
            self.panel.pane.show_message(error_text(found))
        else:
            self._answer = found
            self.panel.pane.show_answer(found)
        self.answered.emit()

    def _picked(self, ref: Ref) -> None:
        if ref.ids and ref.kind in ("record", "relationship"):
            self._workspace.select(Selection(ref.kind, ref.ids[0]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.panel.pane.table.text(selected=False))

    def _export(self) -> None:
        if self._answer is not None:
            self.export_wanted.emit(self._answer)


def _tried(work: Any, job: Job) -> "Answer | FactsError":
    """Answer, or return the refusal: it is told in the panel."""
    try:
        answer: Answer = work(job)
    except FactsError as error:
        return error
    return answer
