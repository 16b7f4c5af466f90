import pytest

from chipscape_db.commands.citations import NewCitation, add_citation, edit_citation
from chipscape_db.errors import Conflict, Invalid
from chipscape_db.queries.forms import citations_of
from chipscape_db.reverting import undo


def cited(read, record_id):
    return read(citations_of, record_id=record_id, language="en")


def test_a_citation_keeps_the_words_of_its_source_and_is_edited(engine, id_of, rows, read):
    before = rows()
    chip, source = id_of("ascend-910b"), id_of("seed-note")
    add_citation(
        engine, author="Ada", record_id=chip, citation_id="c1",
        citation=NewCitation(source, "p. 3", "family", "Ascend\nis a family."),
    )  # fmt: skip
    row = next(row for row in cited(read, chip) if row.id == "c1")
    assert (row.locator, row.field, row.quote) == ("p. 3", "family", "Ascend\nis a family.")
    opened = {"source_id": source, "locator": "p. 3", "field": "family", "quote": "Ascend\nis a family."}
    changed = {"locator": "p. 4", "field": "", "quote": ""}
    assert edit_citation(engine, author="Ada", citation_id="c1", values=changed, expected=opened)
    row = next(row for row in cited(read, chip) if row.id == "c1")
    assert (row.locator, row.field, row.quote) == ("p. 4", "", "")
    assert edit_citation(engine, author="Ada", citation_id="c1", values=changed) is None
    with pytest.raises(Conflict):
        edit_citation(engine, author="Bob", citation_id="c1", values={"locator": "p. 9"}, expected=opened)
    with pytest.raises(Invalid, match="no field"):
        edit_citation(engine, author="Bob", citation_id="c1", values={"field": "shoe"})
    undo(engine, author="Ada")
    undo(engine, author="Ada")
    assert rows() == before
