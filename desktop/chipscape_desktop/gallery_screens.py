"""The screens of the gallery: how each is brought about in a real window, and its picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QPoint, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from chipscape_db.errors import N_, FileFault
from chipscape_db.filters import Filters
from chipscape_desktop import gallery_curation, notices
from chipscape_desktop.gallery_charts import charts
from chipscape_desktop.gallery_chips import chip_chart_screens
from chipscape_desktop.gallery_forms import FORMS, reset_forms
from chipscape_desktop.gallery_maps import MAPS, reset_map, show_map
from chipscape_desktop.gallery_timeline import teaching_screens, timeline_screens
from chipscape_desktop.shell.main_window import SCREENS, MainWindow
from chipscape_desktop.views.ecosystem.question import Asked
from chipscape_desktop.views.performance.view import PerformanceView
from chipscape_desktop.views.timeline.screen import TimelineScreen
from chipscape_desktop.workspace import Selection

_PATIENCE_MS = 60_000
_CALM_MS = 120
_SHADE = QColor(0, 0, 0, 70)


_FOREIGN = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="directed" timeformat="date">
<attributes class="node"><attribute id="0" title="Category" type="string"/>
<attribute id="1" title="Employees" type="integer"/></attributes>
<nodes><node id="1" label="TSMC"><attvalues><attvalue for="0" value="Company"/></attvalues></node>
<node id="2" label="Zeiss SMT"><attvalues><attvalue for="0" value="Optics"/><attvalue for="1" value="5000"/></attvalues>
</node><node id="3" label="Wafer 7"><attvalues><attvalue for="0" value="Chip"/></attvalues></node></nodes>
<edges><edge source="2" target="1" label="supplies"><spells><spell start="1999-01-01"/></spells></edge>
<edge source="1" target="3" label="etches"/></edges></graph></gexf>
"""
_TABLE = """Hardware name,Manufacturer,Release date,Memory size (GB),Memory bandwidth (byte/s),TDP (W),\
Tensor FP16 (FLOP/s),Link,Notes
Ascend 910B,Huawei,2023-08-01,64,1.6e12,400,3.2e14,https://example.org/910b.pdf,"Seen at a fair;
figures for one card."
NVIDIA H100 SXM5 80GB,NVIDIA,2022-09-20,80,3.35e12,700,9.895e14,https://example.org/h100.pdf,
Ascent 310,Huawei,2018-10,8,5.1e10,8,,https://example.org/310.pdf,
Orion X1,Nobody Known,2026-02,96,4e12,600,1.2e15,https://example.org/x1.pdf,
Orion X2,NVIDIA,soon,lots,4e12,=2*300,1.2e15,,
"""


class NotCalm(RuntimeError):
    """A window that goes on working when nothing is asked of it any more."""


def settle(window: MainWindow) -> None:
    """Run the event loop until every question was answered and nothing new was asked for a moment."""
    patience, calm = QDeadlineTimer(_PATIENCE_MS), QDeadlineTimer(_CALM_MS)
    while not calm.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if not window.workspace.idle():
            calm = QDeadlineTimer(_CALM_MS)
        if patience.hasExpired():
            raise NotCalm(f"still at work after {_PATIENCE_MS} ms")


def picture(window: MainWindow) -> QImage:
    """Return what a person sees: the window, and what lies over it in windows of its own."""
    image = window.grab().toImage()
    above = [
        widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window
    ]  # fmt: skip
    if above:
        painter = QPainter(image)
        for widget in above:
            if isinstance(widget, QDialog):
                painter.fillRect(image.rect(), _SHADE)
            painter.drawPixmap(_place_of(widget, window), widget.grab())
        painter.end()
    return image


def put_away(window: MainWindow) -> None:
    """Close what a screen opened, and select and filter nothing, so that the next one begins afresh."""
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.hide()
            if isinstance(widget, QDialog):
                widget.deleteLater()
    window.palette_panel.hide()
    if window.workspace.base is not None:
        window.notice.dismiss()
        reset_forms(window)
        window.workspace.select(None)
        window.workspace.set_filters(Filters())
        reset_map(window)
        for screen in window.findChildren(TimelineScreen):
            screen.leave_comparison()
        for chart in window.findChildren(PerformanceView):
            chart.show_table(False)


def _place_of(widget: QWidget, window: MainWindow) -> QPoint:
    if isinstance(widget, QDialog):
        spare: QSize = window.size() - widget.size()
        return QPoint(max(spare.width() // 2, 0), max(spare.height() // 3, 0))
    return widget.pos() - window.pos()


def _record_id(window: MainWindow, slug: str) -> str:
    """Return the id of the record with that slug."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from chipscape_db.models import Record

    base = window.workspace.base
    assert base is not None
    with Session(base.engine) as session:
        return session.scalars(select(Record.id).where(Record.slug == slug)).one()


def _show(name: str, window: MainWindow) -> None:
    window.show_screen(name)


def _select(slug: str, screen: str, window: MainWindow) -> None:
    window.show_screen(screen)
    settle(window)
    window.workspace.select(Selection("record", _record_id(window, slug)))


def _edit(window: MainWindow) -> None:
    _select("ascend-910b", "facts", window)
    settle(window)
    window.edit_selected()


def _ask(asked: Asked, slugs: tuple[str, ...], window: MainWindow) -> None:
    """Ask the map a question, about records by their slugs."""
    window.show_screen("ecosystem")
    settle(window)
    screen = window.current()
    screen.asking.ask(asked, *(_record_id(window, slug) for slug in slugs[:1]))
    for slug in slugs[1:]:
        picker = screen.asking.panel.end
        picker.set_record(_record_id(window, slug), slug.upper())
        picker.picked.emit(picker.record_id())


def _tie(window: MainWindow) -> None:
    """Ask what one record of the map is to another."""
    window.show_screen("ecosystem")
    settle(window)
    view = window.current()
    view.editing.tie_wanted.emit(_record_id(window, "smic"), _record_id(window, "ascend-910d"))


def _draw(window: MainWindow) -> None:
    """Draw a relationship with several records chosen."""
    window.show_screen("ecosystem")
    settle(window)
    view = window.current()
    view.chosen.set(frozenset(_record_id(window, slug) for slug in ("nvidia", "tsmc", "huawei", "google")))
    view.tying.start_from(_record_id(window, "smic"))


def _place(window: MainWindow) -> None:
    """Ask for a record to be added to the map."""
    window.show_screen("ecosystem")
    settle(window)
    window.current().editing.record_wanted.emit(0.0, 0.0)


def _import_network(window: MainWindow) -> None:
    """Show what a network of another program would bring in."""
    from tempfile import mkdtemp

    window.show_screen("ecosystem")
    settle(window)
    path = Path(mkdtemp(prefix="chipscape-gallery-")) / "suppliers.gexf"
    path.write_text(_FOREIGN, encoding="utf-8")
    window.map.show_import(path)


def _palette(text: str, window: MainWindow) -> None:
    window.show_screen("timeline")
    settle(window)
    window.open_palette(text)


def _filter(window: MainWindow) -> None:
    from chipscape_desktop.shell.choice_popup import FilterChip

    window.show_screen("timeline")
    settle(window)
    window.top_bar.filters.findChildren(FilterChip)[1].open_list()


def _filtered(window: MainWindow) -> None:
    window.show_screen("timeline")
    window.workspace.change_filters(countries=frozenset({"CN"}), kinds=frozenset({"event", "chip"}))


def _compare(window: MainWindow) -> None:
    window.compare_organizations()


def _export(window: MainWindow) -> None:
    window.show_screen("performance")
    settle(window)
    dialog = window.figures.export_dialog()
    if dialog is not None:
        dialog.show()
        settle(window)
        dialog.ask_now()


def _since(window: MainWindow) -> None:
    from chipscape_db.figure_content import FigureContent
    from chipscape_desktop.gallery_since import see_and_edit

    window.show_screen("performance")
    settle(window)
    see_and_edit(window, FigureContent("performance-over-time", {"metric": "memory.bandwidth"}))
    settle(window)
    window.figures.since.show_saved()
    settle(window)


def _history(window: MainWindow) -> None:
    window.show_screen("timeline")
    settle(window)
    window.show_history()


def _import(page: str, window: MainWindow) -> None:
    """Show the import of a small table that has a bit of everything."""
    from tempfile import TemporaryDirectory

    from chipscape_desktop.forms.exchange.import_window import ImportWindow

    window.show_screen("facts")
    settle(window)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "accelerators.csv"
        path.write_text(_TABLE, encoding="utf-8")
        shown = window.exchange.show_import(path)
        settle(window)
    if page == "preview" and isinstance(shown, ImportWindow):
        shown.show_preview()
        settle(window)


def _merge(window: MainWindow) -> None:
    """Show the merge of a colleague's copy in which some facts differ, one of them against ours."""
    from functools import partial as bound
    from tempfile import TemporaryDirectory

    from chipscape_db.base_file import copy_base, open_base
    from chipscape_db.commands.records import edit_record

    base = window.workspace.base
    assert base is not None
    window.show_screen("facts")
    settle(window)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "from Chen.chipscape"
        copy_base(base.engine, path)
        theirs = open_base(path)
        chip = _record_id(window, "ascend-910b")
        for fields in ({"family": "Ascend 910"}, {"form_factor": "OAM"}, {"status": "discontinued"}):
            edit_record(theirs.engine, author="Chen", record_id=chip, fields=fields)
        theirs.close()
        window.workspace.run(bound(edit_record, record_id=chip, fields={"family": "Ascend 910 series"}))
        settle(window)
        window.exchange.show_merge(path)
        settle(window)
    window.workspace.undo()
    settle(window)


def _pack(window: MainWindow) -> None:
    window.show_screen("facts")
    settle(window)
    window.exchange.pack()


def _help(window: MainWindow) -> None:
    window.show_screen("timeline")
    settle(window)
    window.show_help()


def _shortcuts(window: MainWindow) -> None:
    window.show_screen("timeline")
    settle(window)
    window.show_shortcuts()


def _crash(window: MainWindow) -> None:
    window.show_screen("timeline")
    settle(window)
    report = "Chipscape\nPython\n\nTraceback (most recent call last):\n  ...\nValueError: an example"
    notices.CrashDialog(report, window).show()


def _fault(window: MainWindow) -> None:
    window.show_screen("timeline")
    settle(window)
    window.tell_error(FileFault(N_("The disk is full; nothing was changed. Free some room and try again.")))


def _offer(window: MainWindow) -> None:
    window.welcome.offer()


def _nothing(_window: MainWindow) -> None:
    """Show the window as it comes up."""


SCREENS_BY_BASE: dict[str, dict[str, Callable[[MainWindow], None]]] = {
    "none": {"loading": _nothing, "welcome": _offer},
    "starter": {
        **{name: partial(_show, name) for name in SCREENS},
        "inspector-chip": partial(_select, "ascend-910b", "performance"),
        "inspector-organization": partial(_select, "huawei", "ecosystem"),
        **charts(settle),
        "compare": _compare,
        **{name: partial(show_map, options) for name, options in MAPS.items()},
        "map-path": partial(_ask, "path", ("pangu-pro-moe", "tsmc")),
        "map-cut": partial(_ask, "cut", ("tsmc",)),
        "map-supply": partial(_ask, "supply", ("pangu-pro-moe",)),
        "map-chokepoints": partial(_ask, "chokepoints", ()),
        "map-communities": partial(_ask, "communities", ()),
        "map-tie": _tie,
        "map-draw": _draw,
        "map-add": _place,
        "network-import": _import_network,
        **chip_chart_screens(settle),
        "facts-form": _edit,
        **FORMS,
        "facts-tables": gallery_curation.tables,
        "facts-pasting": gallery_curation.pasting,
        "facts-changing": gallery_curation.changing,
        "facts-merging": gallery_curation.merging,
        "facts-deleting": gallery_curation.deleting,
        "facts-review": gallery_curation.review,
        "palette": partial(_palette, "pangu"),
        "palette-empty": partial(_palette, ""),
        "filter-list": _filter,
        "filtered": _filtered,
        "export-dialog": _export,
        "history": _history,
        "since": _since,
        "import-columns": partial(_import, "columns"),
        "import-preview": partial(_import, "preview"),
        "merge": _merge,
        "pack": _pack,
        "help": _help,
        "shortcuts": _shortcuts,
        "crash": _crash,
        "notice": _fault,
        **timeline_screens(settle),
    },
    "teaching": teaching_screens(settle),
    "protected": {"read-only": partial(_show, "timeline")},
    "empty": {f"empty-{name}": partial(_show, name) for name in SCREENS},
}
"""The screens by the fact base that they show: none, the starter facts, those write-protected, an empty one."""
