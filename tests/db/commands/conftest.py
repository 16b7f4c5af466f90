import pytest
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.models import Base, Change, Changeset

_JOURNAL = (Change.__tablename__, Changeset.__tablename__)


@pytest.fixture
def engine(starter_copy):
    base = open_base(starter_copy)
    yield base.engine
    base.close()


@pytest.fixture
def id_of(engine):
    """A function from the slug of a record or relationship to its id."""

    def look_up(slug):
        with engine.connect() as connection:
            found = connection.exec_driver_sql(
                "SELECT id FROM record WHERE slug = ? UNION ALL SELECT id FROM relationship WHERE slug = ?",
                (slug, slug),
            ).scalar()
        assert found, slug
        return found

    return look_up


@pytest.fixture
def rows(engine):
    """A function that returns every row of every table but the journal, as SQLite stores them."""

    def read():
        out = {}
        with engine.connect() as connection:
            for table in Base.metadata.tables:
                if table not in _JOURNAL:
                    out[table] = sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()))
            out["search"] = sorted(
                map(repr, connection.exec_driver_sql("SELECT record_id, names, words FROM search_entry").all())
            )
        return out

    return read


@pytest.fixture
def read(engine):
    """A function that runs a query of `chipscape_db.queries` and returns its rows."""

    def run(query, *args, **kwargs):
        with Session(engine) as session:
            return query(session, *args, **kwargs)

    return run
