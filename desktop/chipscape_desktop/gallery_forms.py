"""The screens of the gallery on which facts are entered: claims, sources, copies, new records inside a form."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow

_PAGE = b"<html><body><h1>Ascend 910B</h1><p>320 TFLOPS of FP16, 64 GB of HBM2e.</p></body></html>"


def settle(window: "MainWindow") -> None:
    """Wait until the window has nothing more to do."""
    from chipscape_desktop import gallery_screens

    gallery_screens.settle(window)


def reset_forms(window: "MainWindow") -> None:
    """Give up what a picture left in a form: nobody is there to be asked about it."""
    screen: Any = window._screens.get("facts")
    if screen is not None:
        for panel in screen.form.panels():
            panel.close_editor()
        screen.form.clear()


def _form(window: "MainWindow", slug: str, tab: str) -> Any:
    from chipscape_desktop.gallery_screens import _record_id
    from chipscape_desktop.workspace import Selection

    window.show_screen("facts")
    settle(window)
    window.workspace.select(Selection("record", _record_id(window, slug)))
    settle(window)
    form = window.current().form
    form.show_tab(tab)
    settle(window)
    return form


def claims(window: "MainWindow") -> None:
    """Show rival claims, how they lie and why one is chosen."""
    panel = _form(window, "ascend-910b", "claims").claims
    claim = next(row for row in panel._sheet.claims if row.metric == "compute.fp16")
    panel.go_to(claim.id)


def claim_editor(window: "MainWindow") -> None:
    """Show a claim being typed, with words around its value."""
    panel = _form(window, "ascend-910b", "claims").claims
    panel.do("add", "")
    editor = panel.editor
    editor.fields["metric"].choose("compute.fp16")
    editor.fields["value"].line.setText("about 376 TFLOPS dense")


def resting(window: "MainWindow") -> None:
    """Show what rests on a source."""
    base = window.workspace.base
    assert base is not None
    with base.engine.connect() as connection:
        slug = connection.exec_driver_sql(
            "SELECT slug FROM claim JOIN record ON record.id = source_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        ).scalar_one()
    _form(window, slug, "resting")


def copies(window: "MainWindow") -> None:
    """Show the copies of a source."""
    from chipscape_db.commands.snapshots import add_snapshot
    from chipscape_desktop.gallery_screens import _record_id

    keep = partial(
        add_snapshot, source_id=_record_id(window, "seed-note"), name="note.html", content=_PAGE,
        taken_on=date(2025, 6, 30).isoformat(),
    )  # fmt: skip
    window.workspace.run(keep)
    settle(window)
    panel = _form(window, "seed-note", "copies").copies
    window.notice.dismiss()
    row = next(iter(panel._copies))
    panel.go_to(row)
    panel.do("edit", row)
    settle(window)


def new_record(window: "MainWindow") -> None:
    """Show a new organization being added inside the form of a new chip."""
    window.add_record("chip")
    settle(window)
    fields = window.current().form.fields._fields
    fields["name"].line.setText("Ascend 960")
    fields["designer_id"].add_new("organization", "HiSilicon Shanghai")


def source_form(window: "MainWindow") -> None:
    """Show the form of a new source that is in the base already."""
    window.add_record("source")
    settle(window)
    form = window.current().form.fields
    form._fields["url"].line.setText("https://doi.org/10.1145/3579371.3589350")
    base = window.workspace.base
    assert base is not None
    with base.engine.connect() as connection:
        url = connection.exec_driver_sql(
            "SELECT url FROM source WHERE url IS NOT NULL ORDER BY id LIMIT 1"
        ).scalar_one()
    form._fields["url"].line.setText(str(url))
    form.same.look()
    settle(window)
    form.ensureWidgetVisible(form.same)


def author(window: "MainWindow") -> None:
    """Show who is asked for."""
    window.show_screen("facts")
    settle(window)
    window.files.ask_author()


FORMS = {
    "form-claims": claims,
    "form-claim": claim_editor,
    "form-resting": resting,
    "form-copies": copies,
    "form-new-inside": new_record,
    "form-source": source_form,
    "author": author,
}
