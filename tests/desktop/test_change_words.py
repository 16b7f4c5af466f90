import re
from dataclasses import dataclass
from pathlib import Path

import chipscape_db.commands
from chipscape_desktop.change_words import ACTIONS, change_sentence


@dataclass
class Step:
    kind: str
    action: str
    subject: str


def test_every_action_of_the_commands_has_its_sentence():
    folder = Path(chipscape_db.commands.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    used = set(re.findall(r'record\(engine, "([a-z-]+)"', text)) | set(re.findall(r'"([a-z]+-claim)"', text))
    assert used
    assert used <= set(ACTIONS)


def test_undo_redo_and_revert_say_what_they_did():
    assert change_sentence(Step("edit", "edit-record", "X")) == "Changed X"
    assert change_sentence(Step("undo", "edit-record", "X")) == "Undone: Changed X"
    assert change_sentence(Step("redo", "add-claim", "X")) == "Done again: Added a claim about X"
    assert change_sentence(Step("revert", "delete-record", "X")) == "Taken back: Deleted X"
    assert change_sentence(Step("starter", "load", "Starter facts")) == "Loaded the starter facts"
    assert change_sentence(Step("edit", "unheard-of", "X")) == "unheard-of: X"


def test_texts_on_the_map_are_called_what_they_are():
    class Change:
        kind, action, subject = "undo", "save-figure", "map:force"

    assert change_sentence(Change()) == "Undone: Changed the texts and areas on the map"
