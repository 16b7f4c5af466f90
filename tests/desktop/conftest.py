import shutil

import pytest

from chipscape_desktop import i18n
from chipscape_desktop.paths import config_folder
from chipscape_desktop.theme import apply_theme
from chipscape_desktop.workspace import Workspace


@pytest.fixture(autouse=True, scope="session")
def _the_application(request):
    """Make the application of the widgets before a painter makes one of its own, which could hold no widget."""
    request.getfixturevalue("qapp")


@pytest.fixture(autouse=True)
def _no_choices_of_other_tests():
    """Forget what was chosen for a fact base: every copy of the starter facts is the same base."""
    yield
    shutil.rmtree(config_folder() / "bases", ignore_errors=True)


@pytest.fixture
def workspace(qtbot, qapp, starter_copy):
    """A workspace over a fresh copy of the starter facts; `told` collects what the world said no to."""
    apply_theme(qapp, "light")
    workspace = Workspace("Ada")
    workspace.told = []
    workspace.failed.connect(workspace.told.append)
    with qtbot.waitSignal(workspace.opened):
        workspace.open(starter_copy)
    yield workspace
    workspace.close()
    i18n.set_language("en")


@pytest.fixture
def id_of(workspace):
    """A function from the slug of a record to its id."""

    def look_up(slug):
        with workspace.base.engine.connect() as connection:
            return connection.exec_driver_sql("SELECT id FROM record WHERE slug = ?", (slug,)).scalar_one()

    return look_up


@pytest.fixture
def stored(workspace):
    """A function that returns the one value that a statement finds."""

    def look_up(sql, *values):
        with workspace.base.engine.connect() as connection:
            return connection.exec_driver_sql(sql, values).scalar()

    return look_up
