import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from chipscape_db.base_file import create_base, open_base
from chipscape_db.commands.bibliography import ImportedSources, import_sources
from chipscape_db.errors import FileFault
from chipscape_db.identifiers import normal_url
from chipscape_db.queries.bibliography import bibliography
from chipscape_db.reverting import undo
from chipscape_db.transfer.bibliography import Entry, clean, format_of, read_bibliography, write_bibliography
from chipscape_db.transfer.bibliography_bibtex import escaped, plain
from chipscape_db.vocabulary import RELIABILITIES, SOURCE_KINDS

FORMATS = ("csl", "bibtex", "ris")
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=30)
TEXT = st.text(st.one_of(st.characters(exclude_categories=("Cs", "Cc", "Cn")), st.just("\n")), max_size=60)
DATES = st.sampled_from(
    ("", "2025", "2025-06", "2025-06-30", "2025~", "2025-37", "2024/2026", "2025-06-30?", "../2025", "201X", "2025-21")
)
ENTRIES = st.builds(
    Entry,
    slug=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True),
    name=st.one_of(
        LINE.filter(str.strip), st.sampled_from(("A {B} \\c", "50 % & more_#1 ~ ^ $", "x" * 300, "TY  - x"))
    ),
    source_kind=st.sampled_from(SOURCE_KINDS),
    publisher=LINE,
    author=st.one_of(LINE, st.just("Ren, Wei; Li and Sons; {Huawei}; \u4efb\u6b63\u975e")),
    url=st.sampled_from(("", "https://example.org/a_b%20c?q=1&r=2#s", "http://example.org/{x}~y\\z")),
    doi=st.sampled_from(("", "10.1000/abc_(1)<2>"[:-3], "10.48550/arxiv.2501.00001")),
    published_on=DATES,
    language=st.sampled_from(("", "en", "fr", "zh")),
    reliability=st.sampled_from(("", *RELIABILITIES)),
    relays=st.sampled_from(("", "other-source")),
    note=st.one_of(
        TEXT, st.just("First.\n\n  indented\nvolume: 12\nRight to left: \u05e9\u05dc\u05d5\u05dd \U0001f600")
    ),
    id=st.sampled_from(("", "5f0e9a3c-0000-4000-8000-000000000001")),
).map(clean)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=150, deadline=None)
@given(entries=st.lists(ENTRIES, max_size=3, unique_by=lambda entry: entry.slug))
def test_nothing_is_lost_on_the_way_there_and_back(form, entries):
    text = write_bibliography(entries, form)
    assert read_bibliography(text, form) == entries
    assert write_bibliography(read_bibliography(text, form), form) == text


@given(TEXT)
def test_what_tex_escapes_comes_back(text):
    assert " ".join(plain(" ".join(escaped(text).split(" "))).split()) == " ".join(text.split())


@pytest.mark.parametrize("form", FORMATS)
def test_the_starter_facts_come_back_from_every_format(starter, tmp_path, form):
    base = open_base(starter, write=False)
    with Session(base.engine) as session:
        there = bibliography(session)
    base.close()
    create_base(tmp_path / "new.chipscape", starter=False)
    new = open_base(tmp_path / "new.chipscape")
    told = ImportedSources()
    entries = read_bibliography(write_bibliography(there, form), form)
    import_sources(new.engine, author="Ada", entries=entries, name="all", told=told)
    assert (told.added, told.changed) == (len(there), 0)
    with Session(new.engine) as session:
        assert bibliography(session) == [replace(entry, url=normal_url(entry.url)) for entry in there]
    assert import_sources(new.engine, author="Ada", entries=entries, name="all") is None
    undo(new.engine, author="Ada")
    with Session(new.engine) as session:
        assert bibliography(session) == []
    new.close()


def test_a_field_changed_by_another_program_wins_over_what_we_wrote():
    entry = clean(Entry("a", "Old title", "press", note="One\nTwo", published_on="2025~"))
    item = json.loads(write_bibliography([entry], "csl"))
    item[0]["title"], item[0]["issued"] = "New title", {"date-parts": [[2026, 1]]}
    (read,) = read_bibliography(json.dumps(item), "csl")
    assert (read.name, read.published_on, read.source_kind, read.note) == ("New title", "2026-01", "press", "One\nTwo")


ZOTERO = """
@article{jouppi_tpu_2023,
  title = {{TPU} v4: {An} {Optically} {Reconfigurable} {Supercomputer} {\\'e}tude},
  volume = {50}, journal = {ISCA}, pages = {1--14},
  doi = {10.1145/3579371.3589350},
  url = {https://dl.acm.org/doi/10.1145/3579371.3589350},
  author = {Jouppi, Norman P. and {Google LLC} and M\\"uller, J{\\o}rg},
  month = jun, year = {2023}, file = {/home/a/x.pdf}, keywords = {tpu, ml},
}
"""


def test_an_entry_of_another_program_is_read_and_keeps_what_we_have_no_field_for():
    (entry,) = read_bibliography(ZOTERO, "bibtex")
    assert entry.name == "TPU v4: An Optically Reconfigurable Supercomputer \u00e9tude"
    assert entry.author == "Jouppi, Norman P.; Google LLC; M\u00fcller, J\u00f8rg"
    assert (entry.published_on, entry.source_kind, entry.doi) == ("2023-06", "academic", "10.1145/3579371.3589350")
    assert "volume: 50" in entry.note
    again = write_bibliography([entry], "bibtex")
    for kept in ("volume = {50}", "journal = {ISCA}", "file = {/home/a/x.pdf}", "keywords = {tpu, ml}"):
        assert kept in again
    assert read_bibliography(again, "bibtex") == [entry]
    (item,) = json.loads(write_bibliography([entry], "csl"))
    assert (item["volume"], item["container-title"], item["issued"]) == ("50", "ISCA", {"date-parts": [[2023, 6]]})


RIS = """TY  - JOUR
TI  - Trends in AI supercomputers
AU  - Pilz, Konstantin
AU  - Sanders, James
JO  - arXiv
VL  - 3
SP  - 1
EP  - 40
DA  - 2025/04/22/
DO  - 10.48550/arXiv.2504.16026
UR  - https://arxiv.org/abs/2504.16026
N1  - Read twice.
ER  -

"""


def test_ris_of_another_program_is_read():
    (entry,) = read_bibliography(RIS, "ris")
    assert (entry.name, entry.author) == ("Trends in AI supercomputers", "Pilz, Konstantin; Sanders, James")
    assert (entry.published_on, entry.doi) == ("2025-04-22", "10.48550/arxiv.2504.16026")
    assert entry.note.splitlines()[0] == "Read twice."
    again = write_bibliography([entry], "ris")
    for line in ("SP  - 1", "EP  - 40", "VL  - 3", "T2  - arXiv", "DA  - 2025/04/22/"):
        assert line in again.splitlines()
    assert read_bibliography(again, "ris") == [entry]


def test_a_known_source_is_completed_never_overwritten(engine_of_two):
    engine, first = engine_of_two
    told = ImportedSources()
    entry = Entry("other-key", "Another title", "analysis", "Its publisher", doi="10.1000/abc", language="fr")
    import_sources(engine, author="Ada", entries=[entry], name="x.bib", told=told)
    assert (told.added, told.changed, told.known) == (0, 1, 0)
    with Session(engine) as session:
        (row,) = bibliography(session, [first])
    assert (row.name, row.source_kind, row.publisher, row.language) == ("First", "press", "Its publisher", "fr")


@pytest.fixture
def engine_of_two(tmp_path):
    create_base(tmp_path / "two.chipscape", starter=False)
    base = open_base(tmp_path / "two.chipscape")
    entry = clean(Entry("first", "First", "press", doi="10.1000/abc", id="one"))
    import_sources(base.engine, author="Ada", entries=[entry], name="first")
    yield base.engine, "one"
    base.close()


@pytest.mark.parametrize(
    ("text", "form"),
    [("{", "csl"), ("3", "csl"), ("[1]", "csl"), ("@article{a, title = {x", "bibtex"), ("hello", "ris")],
)
def test_what_is_no_bibliography_is_refused_in_words(text, form):
    with pytest.raises(FileFault, match="cannot be read as"):
        read_bibliography(text, form)


def test_the_suffix_names_the_format(tmp_path):
    assert [format_of(tmp_path / name) for name in ("a.json", "b.BIB", "c.ris")] == list(FORMATS)
    with pytest.raises(FileFault, match="bibliography"):
        format_of(tmp_path / "d.txt")
