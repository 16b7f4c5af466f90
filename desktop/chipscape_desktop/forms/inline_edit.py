"""An edit in a cell of the table as the command that the form would run."""

from functools import partial

from chipscape_db.commands.claims import edit_claim
from chipscape_db.commands.records import edit_record
from chipscape_db.commands.relationships import edit_relationship
from chipscape_db.queries.forms import RecordState
from chipscape_db.queries.tables import FactTable
from chipscape_db.spoken_date import understand
from chipscape_desktop.workspace import Command


def inline_command(table: FactTable, row_id: str, *, column: str, text: str, lang: str) -> Command:
    """Return the command that stores *text* in a cell, and refuses where the cell is no longer as it was shown.

    A name that is shown in *lang* is edited in it. Raises `NotADate` for a date that is not understood.
    """
    place = table.column(column)
    row = table.ids.index(row_id)
    before = (table.refers.get(column) or table.cells[place])[row]
    if table.columns[place].form == "date" and text.strip():
        text = str(understand(text, lang))
    if table.key == "relationship":
        return partial(edit_relationship, relationship_id=row_id, fields={column: text}, expected={column: before})
    if table.key == "claim":
        return partial(edit_claim, claim_id=row_id, values={column: text}, expected={column: before}, lang=lang)
    if column == "name" and row_id in table.translated:
        key = ("name", lang)
        expected = RecordState(row_id, "", table.key, {}, {key: before}, ())
        return partial(edit_record, record_id=row_id, texts={key: text}, expected=expected)
    expected = RecordState(row_id, "", table.key, {column: before}, {}, ())
    return partial(edit_record, record_id=row_id, fields={column: text}, expected=expected)
