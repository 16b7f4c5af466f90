"""What the menus and the palette do with the map: questions, editing, and the network in files of other programs."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from chipscape_db.errors import N_
from chipscape_desktop.i18n import _, language, ngettext, number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from chipscape_db.filters import Filters
    from chipscape_db.transfer.networks.content import NetworkFile, Place
    from chipscape_db.transfer.networks.outcome import Plan
    from chipscape_desktop.figures.answers.answer import Answer
    from chipscape_desktop.shell.main_window import MainWindow
    from chipscape_desktop.workspace import Job

QUESTIONS = ("path", "cut", "supply", "chokepoints", "communities")
NETWORK_FORMATS: Mapping[str, str] = {
    ".graphml": N_("GraphML: yEd, Gephi, networkx"),
    ".gexf": N_("GEXF 1.3 with dates: Gephi"),
    ".kumu.json": N_("Kumu JSON"),
    ".cyjs": N_("Cytoscape.js JSON"),
    ".cx2": N_("CX2: Cytoscape, NDEx"),
}


class MapActions:
    """The actions of one window on its map."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        asked: dict[str, Callable[[], object]] = {f"ask-{name}": partial(self.ask, name) for name in QUESTIONS}
        return asked | {
            "draw-relationship": self.draw_relationship, "add-on-map": self.add_record,
            "export-network": self.export_network, "import-network": self.import_network,
        }  # fmt: skip

    def attach(self, screen: QWidget) -> None:
        """Give a map its forms, and take what it wants written."""
        from chipscape_desktop.shell.map_forms import MapForms

        view: Any = screen
        MapForms(self._window.workspace, view)
        view.asking.export_wanted.connect(self.export_answer)

    def ask(self, asked: str, _checked: bool = False) -> None:
        """Go to the map and ask, of the selected record where there is one."""
        self._window.show_screen("ecosystem")
        self._window.current().asking.ask(asked, self._selected())

    def draw_relationship(self) -> None:
        """Go to the map and draw a relationship from the selected record."""
        record_id = self._selected()
        if record_id:
            self._window.show_screen("ecosystem")
            self._window.current().tying.start_from(record_id)

    def add_record(self) -> None:
        """Go to the map and add a record."""
        self._window.show_screen("ecosystem")
        self._window.current().editing.add_record()

    def export_answer(self, answer: "Answer") -> None:
        """Ask where to and write the table of an answer with its sources."""
        base = self._window.workspace.base
        if base is None:
            return
        pattern = f"{_('CSV table of the data')} (*.csv);;{_('Excel workbook of the data')} (*.xlsx)"
        proposed = str(base.path.parent / f"{_('answer')}.csv")
        name, chosen = QFileDialog.getSaveFileName(self._window, _("Export the table"), proposed, pattern)
        if name:
            path = Path(name)
            if path.suffix.lower() not in (".csv", ".xlsx"):
                path = path.with_name(path.name + (".xlsx" if "xlsx" in chosen else ".csv"))
            self._window.workspace.compute(partial(_write_answer, answer, path, base.path.name), self._told)

    def export_network(self) -> None:
        """Ask how and where to, and write what the map shows for other programs."""
        base = self._window.workspace.base
        if base is None:
            return
        pattern = ";;".join(f"{_(text)} (*{ending})" for ending, text in NETWORK_FORMATS.items())
        proposed = str(base.path.with_suffix(".graphml"))
        name, chosen = QFileDialog.getSaveFileName(self._window, _("Export the network"), proposed, pattern)
        if name:
            self.write_network(_with_ending(Path(name), chosen))

    def write_network(self, path: Path) -> None:
        """Write what the map shows, where it puts it, to a file; all that passes the filters where it is not open."""
        workspace = self._window.workspace
        screen = self._window.current()
        spec = screen.current_spec() if self._window.screen_name() == "ecosystem" else None
        places: dict[str, Place] | None = None
        links: frozenset[str] | None = None
        if spec is not None:
            places = {node.id: (x, y) for node, (x, y) in zip(spec.nodes, spec.xy.tolist(), strict=True)}
            links = frozenset(row.id for row in spec.edges.rows)
        self._path = path
        read = partial(_read_network, workspace.filters, places, links, language())
        workspace.query(read, self._write, key="export-network")

    def import_network(self) -> None:
        """Ask for a file of another program, show what would come in, and bring it in."""
        base = self._window.workspace.base
        if base is None:
            return
        from chipscape_db.transfer.networks.formats import READABLE

        pattern = f"{_('Networks')} ({' '.join('*' + ending for ending in READABLE)})"
        name, _chosen = QFileDialog.getOpenFileName(
            self._window, _("Import a network"), str(base.path.parent), pattern
        )  # fmt: skip
        if name:
            self.show_import(Path(name))

    def show_import(self, path: Path) -> None:
        """Show what a file would bring in."""
        from chipscape_desktop.forms.network_import import NetworkImport

        dialog = NetworkImport(self._window.workspace, path, self._window)
        dialog.taken.connect(partial(self._taken, path.name))
        dialog.open()

    def _selected(self) -> str:
        selection = self._window.workspace.selection
        return selection.id if selection is not None and selection.kind == "record" else ""

    def _write(self, content: "NetworkFile") -> None:
        self._window.workspace.compute(partial(_put, content, self._path), self._told)

    def _taken(self, name: str, plan: "Plan") -> None:
        """Tell what came in; places of a file are kept in the layout by hand, which is offered."""
        text = ngettext(
            "{file} came in with {count} new record.", "{file} came in with {count} new records.", len(plan.records)
        ).format(file=name, count=number(len(plan.records)))
        if plan.places:
            self._window.notice.tell(text, action=(_("Show its places"), self._show_places))
        else:
            self._window.notice.tell(text)

    def _show_places(self) -> None:
        self._window.show_screen("ecosystem")
        self._window.current().panel.choose(layout="hand", hide="nothing")

    def _told(self, path: Path) -> None:
        self._window.notice.tell(_("{file} was written in {folder}.").format(file=path.name, folder=path.parent))


def _with_ending(path: Path, chosen: str) -> Path:
    """Return the path with an ending that is written: its own, else that of the format chosen."""
    if any(path.name.lower().endswith(ending) for ending in NETWORK_FORMATS):
        return path
    ending = next((each for each in NETWORK_FORMATS if f"(*{each})" in chosen), ".graphml")
    return path.with_name(path.name + ending)


def _read_network(
    filters: "Filters", places: "dict[str, Place] | None", links: frozenset[str] | None, language: str,
    session: "Session",
) -> Any:  # fmt: skip
    from chipscape_db.transfer.networks.reading import read_network

    return read_network(
        session, filters=filters, language=language, records=None if places is None else places.keys(), links=links,
        places=places,
    )  # fmt: skip


def _put(content: Any, path: Path, _job: "Job") -> Path:
    from chipscape_db.transfer.networks.formats import written
    from chipscape_desktop.export.formats import write_whole

    write_whole(path, written(content, path))
    return path


def _write_answer(answer: "Answer", path: Path, base_name: str, _job: "Job") -> Path:
    from importlib.metadata import version

    from chipscape_desktop.export.formats import export_table
    from chipscape_desktop.export.provenance import Capsule

    capsule = Capsule(
        figure="ecosystem", base_name=base_name, version=version("chipscape"), sources=answer.caption.sources
    )
    export_table(answer.table, answer.caption, capsule, path)
    return path
