import ast
import string

import pytest

from chipscape_db import errors
from chipscape_desktop import catalogue
from chipscape_desktop.i18n import SOURCE_LANGUAGE, languages

OTHERS = [code for code in languages() if code != SOURCE_LANGUAGE]


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(message):
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return ids, texts


def unmarked(source):
    """Return the messages of the world's faults that no one can translate, for they are not marked."""
    kinds = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.FactsError)
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in kinds and node.args:
            first = node.args[0]
            if isinstance(first, ast.JoinedStr) or (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                yield node.lineno


def test_every_fault_can_be_told_in_another_language():
    assert list(unmarked("raise Invalid(N_('No'), field='a')")) == []
    assert list(unmarked("raise Invalid(\n    'No', field='a')")) == [1]
    found = [f"{path.name}:{line}" for path in catalogue.sources() for line in unmarked(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_the_code_is_translated(code):
    shipped = catalogue.read(code)
    missing = []
    for message in catalogue.extract():
        found = shipped.get(message.id, message.context)
        if message.id and (found is None or not all(forms(found)[1]) or found.fuzzy):
            missing.append(message.id)
    assert missing == []


@pytest.mark.parametrize("code", OTHERS)
def test_translations_have_the_fields_of_their_text(code):
    wrong = []
    for message in catalogue.read(code):
        if not message.id or not all(forms(message)[1]):
            continue
        ids, texts = forms(message)
        wanted = set.union(*map(fields, ids))
        # A singular may spell the number out; the form for many must say it.
        if fields(texts[-1]) != wanted or any(not fields(text) <= wanted for text in texts):
            wrong.append(message.id)
    assert wrong == []


def test_the_texts_of_the_code_are_found():
    texts = {message.id for message in catalogue.extract()}
    assert "Copy the report" in texts
    assert ("{count} claim", "{count} claims") in texts


def test_texts_inside_f_strings_are_found():
    source = 'f\'<b>{escape(_("One " "text").format(a=1))}</b> {ngettext("a", "many", n)} {_(variable)}\''
    assert sorted(texts for _sense, texts in catalogue.marked(source)) == [("One text",), ("a", "many")]


def test_texts_are_found_with_their_sense():
    source = 'P_("events", "None"); pgettext("rules", "None"); _("None")'
    assert list(catalogue.marked(source)) == [("events", ("None",)), ("rules", ("None",)), (None, ("None",))]
    found = {(message.context, message.id) for message in catalogue.extract()}
    assert {("events", "None"), ("rules", "None")} <= found


def test_updating_keeps_translations_and_drops_what_is_gone(tmp_path, monkeypatch):
    po = tmp_path / "chipscape.po"
    po.write_text(
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Copy the report"\nmsgstr "Copier le rapport"\n\nmsgid "Gone"\nmsgstr "Disparu"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogue, "po_path", lambda code: po)
    catalogue.update("fr")
    kept = catalogue.read("fr")
    assert kept.get("Copy the report").string == "Copier le rapport"
    assert kept.get("Dismiss").string == ""
    assert kept.get("Gone") is None
    assert "Disparu" not in po.read_text(encoding="utf-8")
