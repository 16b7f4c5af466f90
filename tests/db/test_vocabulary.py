"""The word lists against the contract that lies beside the starter facts."""

import re
from importlib.resources import files

import pytest

from chipscape_db import vocabulary

CONTRACT = (files("chipscape_db") / "seed" / "README.md").read_text(encoding="utf-8")


def ticked(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def words_of_contract() -> dict[str, list[str]]:
    """The words of each column in the order of the contract."""
    found = {}
    text = CONTRACT[CONTRACT.index("## Vocabularies") :]
    for columns, words in re.findall(r"^- ((?:`\w+\.\w+`(?:, )?)+): (.+(?:\n  .+)*)", text, re.M):
        for column in ticked(columns):
            found[column] = ticked(words.split(". ")[0])
    return found


WORDS = {
    "sources.kind": vocabulary.SOURCE_KINDS,
    "organizations.kind": vocabulary.ORGANIZATION_KINDS,
    "chips.status": vocabulary.CHIP_STATUSES,
    "models.openness": vocabulary.OPENNESS,
    "software.openness": vocabulary.OPENNESS,
    "models.modality": vocabulary.MODALITIES,
    "software.layer": vocabulary.SOFTWARE_LAYERS,
    "policies.status": vocabulary.POLICY_STATUSES,
    "events.kind": vocabulary.EVENT_KINDS,
    "events.importance": tuple(map(str, vocabulary.IMPORTANCES)),
    "event_participants.role": vocabulary.PARTICIPANT_ROLES,
    "claims.stance": vocabulary.STANCES,
    "claims.sparsity": vocabulary.SPARSITIES,
    "claims.engine": vocabulary.ENGINES,
    "claims.scope": vocabulary.SCOPES,
    "claims.direction": vocabulary.DIRECTIONS,
    "claims.bound": vocabulary.BOUNDS,
    "seed_claims.verdict": vocabulary.VERDICTS,
}


def test_every_word_list_of_the_contract_is_here() -> None:
    assert set(WORDS) == set(words_of_contract())


@pytest.mark.parametrize("column", sorted(WORDS))
def test_the_words_are_those_of_the_contract(column: str) -> None:
    assert list(WORDS[column]) == words_of_contract()[column]


def test_the_relationships_are_those_of_the_contract() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| ([a-z ]+) \| ([a-z ]+) \|", CONTRACT, re.M)
    kind = vocabulary.KIND_OF_FILE
    expected = {
        name: vocabulary.Ends(
            tuple(kind[file] for file in subjects.split()), tuple(kind[file] for file in objects.split())
        )
        for name, subjects, objects in rows
    }
    assert dict(vocabulary.RELATIONSHIP_KINDS) == expected
    assert set(vocabulary.SYMMETRIC_RELATIONSHIPS) <= set(expected)


def test_every_file_of_records_holds_one_kind() -> None:
    stems = set(re.findall(r"^\| `(\w+)\.csv` \| `id,(?:name|title)", CONTRACT, re.M))
    assert set(vocabulary.KIND_OF_FILE) == stems
    assert set(vocabulary.KIND_OF_FILE.values()) == set(vocabulary.RECORD_KINDS)


def test_ends_allow_what_they_name() -> None:
    ends = vocabulary.RELATIONSHIP_KINDS["runs-on"]
    assert ends.allow("model", "chip")
    assert not ends.allow("chip", "model")
