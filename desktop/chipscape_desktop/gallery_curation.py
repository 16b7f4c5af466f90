"""The screens of the gallery on which facts are curated: tables, pasting, deleting, review, merging."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chipscape_desktop.shell.main_window import MainWindow

_PASTED = """Name\tKind\tStarts\tImportance\tRemark
Huawei opens its toolkit\topen-sourcing\tAugust 2025\t4\tx
Huawei opens its toolkit\topen-sourcing\tAugust 2025\t4\t
A release in spring\tmodel-release\tspring 2026\t2\t
A rule of nobody\trule\tsomeday\t9\t"""


def settle(window: "MainWindow") -> None:
    """Wait until the window has nothing more to do."""
    from chipscape_desktop import gallery_screens

    gallery_screens.settle(window)


def _facts(window: "MainWindow", key: str) -> Any:
    window.show_screen("facts")
    settle(window)
    view: Any = window.current()
    view.show_table(key)
    settle(window)
    return view


def tables(window: "MainWindow") -> None:
    """Show a table sorted by two columns and filtered by one."""
    view = _facts(window, "chip")
    table = view.table.facts.table
    status, released = table.column("status"), table.column("released_on")
    view.table.head.set_open(True)
    view.table.head.set_filters({released: "2022..2025"})
    view.table.sort_by(((status, False), (released, True)))
    settle(window)


def untangle(window: "MainWindow") -> None:
    """Set the tables up as at first."""
    from chipscape_desktop.forms.table_setup import TableSetup

    view: Any = window.current()
    view.table.set_setup("chip", TableSetup())
    view.table.head.set_open(False)


def pasting(window: "MainWindow") -> None:
    """Show what pasting four events would do."""
    view = _facts(window, "event")
    view.edits.paste(_PASTED)
    settle(window)


def changing(window: "MainWindow") -> None:
    """Ask for the value of one field in three rows."""
    view = _facts(window, "chip")
    for row in range(3):
        view.table.selectRow(row)
    view.table.selectAll()
    view.edits.change_rows()
    settle(window)


def review(window: "MainWindow") -> None:
    """Show the review queue with a contested value in the form."""
    window.show_review()
    settle(window)
    view: Any = window.current()
    panel = view.reviewing.panel
    panel.checks.setCurrentIndex(panel.checks.findData("contested"))
    panel.table.selectRow(0)
    settle(window)


def close_review(window: "MainWindow") -> None:
    """Bring the tables back."""
    view: Any = window.current()
    view.reviewing.close()


def merging(window: "MainWindow") -> None:
    """Compare two records."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from chipscape_db.models import Record

    view = _facts(window, "organization")
    base = window.workspace.base
    assert base is not None
    with Session(base.engine) as session:
        ids = [session.scalars(select(Record.id).where(Record.slug == slug)).one() for slug in ("huawei", "cambricon")]
    view.reviewing.merge(*ids)
    settle(window)


def deleting(window: "MainWindow") -> None:
    """Ask before three records are deleted."""
    from chipscape_desktop.i18n import _
    from chipscape_desktop.widgets.reason_dialog import ReasonDialog

    view = _facts(window, "organization")
    ReasonDialog(
        _("Delete {count} records?").format(count=3),
        detail=_("Nothing else refers to it. Undo brings it back."),
        yes=_("Delete them"), no=_("Keep it"), parent=view,
    ).show()  # fmt: skip
