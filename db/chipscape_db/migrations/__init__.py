"""The schema's history; `upgrade` brings a fact base to the newest revision."""

from typing import Any

from sqlalchemy import Engine

from chipscape_db.base_header import APPLICATION_ID, SCHEMA_VERSION


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to *revision* inside one transaction and mark the file as ours.

    Foreign keys rest meanwhile, because a table that is made anew is dropped under the rows that refer to it; they are
    all looked at again before the transaction ends.
    """
    from alembic import command

    with engine.execution_options(writing=True).connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")  # no transaction runs yet: inside one it would do nothing
        try:
            with connection.begin():
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise RuntimeError(f"the migration leaves {broken[0]} with a reference to nothing")
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def check(engine: Engine) -> None:
    """Raise when the models and the migrations disagree."""
    from alembic import command

    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.check(config)


def _config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "chipscape_db:migrations")
    config.set_main_option("path_separator", "os")
    return config
