"""The schema's history; `upgrade` brings a fact base to the newest revision."""

from typing import Any

from sqlalchemy import Engine

from chipscape_db.base_header import APPLICATION_ID, SCHEMA_VERSION


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to *revision* inside one transaction and mark the file as ours."""
    from alembic import command

    with engine.execution_options(writing=True).begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


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
