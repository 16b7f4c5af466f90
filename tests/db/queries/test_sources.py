import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.records import add_record
from chipscape_db.queries.sources import resting_on, same_sources, source_duplicates


@pytest.fixture
def engine(starter_copy):
    base = open_base(starter_copy)
    yield base.engine
    base.close()


@pytest.fixture
def read(engine):
    def run(query, *args, **kwargs):
        with Session(engine) as session:
            return query(session, *args, **kwargs)

    return run


def add(engine, name, **fields):
    values = {"name": name, "source_kind": "press"} | fields
    add_record(engine, author="Ada", kind="source", fields=values, record_id=name)
    return name


def test_the_same_source_is_found_by_doi_address_and_title(engine, read):
    first = add(engine, "A study of one chip", url="https://example.org/study?utm_source=x", doi="10.1000/ABC")
    assert [same.id for same in read(same_sources, doi="https://doi.org/10.1000/abc")] == [first]
    assert [same.by for same in read(same_sources, url="http://www.example.org/study#intro")] == ["url"]
    assert [same.by for same in read(same_sources, title="a Study of ONE chip")] == ["title"]
    assert [same.by for same in read(same_sources, url="https://doi.org/10.1000/ABC")] == ["doi"]
    assert read(same_sources, url="https://example.org/other", exclude="") == ()
    assert read(same_sources, doi="10.1000/abc", exclude=first) == ()
    second = add(engine, "Other words", url="https://example.org/study")
    groups = read(source_duplicates)
    assert any({same.id for same in group} == {first, second} for group in groups)


def test_short_titles_are_no_reason(engine, read):
    add(engine, "Annual report")
    assert read(same_sources, title="Annual report") == ()


def test_what_rests_on_a_source_counts_claims_citations_and_relationships(engine, read):
    with engine.connect() as connection:
        source, claims = connection.exec_driver_sql(
            "SELECT source_id, count(*) FROM claim GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
        ).one()
        cited = connection.exec_driver_sql("SELECT count(*) FROM citation WHERE source_id = ?", (source,)).scalar()
    found = read(resting_on, source, language="en")
    assert sum(row.kind == "claim" for row in found) == claims
    assert sum(row.kind != "claim" for row in found) == cited
