import gc
import logging

import pytest
from PySide6.QtCore import QEvent, QTranslator
from PySide6.QtWidgets import QLabel

from chipscape_desktop import i18n, paths
from chipscape_desktop.collector import Collector
from chipscape_desktop.language import apply_language
from chipscape_desktop.logs import log_path, start_log, stop_log


def test_one_variable_moves_every_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path))
    folders = [paths.config_folder(), paths.data_folder(), paths.cache_folder(), paths.log_folder()]
    assert len(set(folders)) == 4
    assert all(folder.parent == tmp_path for folder in folders)
    assert paths.made(folders[0]).is_dir()


def test_without_it_the_system_says_where(monkeypatch):
    monkeypatch.delenv("CHIPSCAPE_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
    assert "chipscape" in paths.config_folder().parts
    assert len({paths.config_folder(), paths.data_folder(), paths.cache_folder(), paths.log_folder()}) >= 3


def test_the_log_is_written_and_closed(tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path))
    level = logging.getLogger().level
    handler = start_log()
    logging.getLogger("chipscape_desktop.test").info("opened %s", "盘古")
    stop_log(handler)
    logging.getLogger().setLevel(level)
    assert "opened 盘古" in log_path().read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch):
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("CHIPSCAPE_HOME", str(blocker))
    assert start_log() is None


@pytest.fixture
def collector(qapp):
    was_enabled = gc.isenabled()
    gc.enable()
    collector = Collector(delay_ms=20)
    yield collector
    collector.restore()
    assert gc.isenabled()
    if not was_enabled:
        gc.disable()


class Node:
    pass


def test_cycles_are_collected_after_work_on_the_gui_thread(collector, qtbot):
    import weakref

    assert not gc.isenabled()
    gc.collect()
    node = Node()
    node.itself = node
    gone = weakref.ref(node)
    del node
    kept = [[] for _ in range(2000)]
    qtbot.waitUntil(lambda: gone() is None)
    assert len(kept) == 2000


def test_what_was_there_at_the_start_is_looked_through_no_more(collector):
    gc.unfreeze()
    collector.set_aside()
    there = gc.get_freeze_count()
    assert there > 1000
    collector.set_aside()
    assert gc.get_freeze_count() == there
    collector.restore()
    assert gc.get_freeze_count() == 0
    gc.freeze()
    collector._loop.aboutToBlock.connect(collector.work_done)


def test_nothing_is_armed_when_nothing_is_due(collector, monkeypatch):
    monkeypatch.setattr(gc, "get_count", lambda: (5, 0, 0))
    collector.work_done()
    assert not collector.is_armed()
    monkeypatch.setattr(gc, "get_count", lambda: (100_000, 0, 0))
    collector.work_done()
    assert collector.is_armed()


class Texted(QLabel):
    def changeEvent(self, event):
        if event.type() == event.Type.LanguageChange:
            self.setText(i18n.language())
        super().changeEvent(event)


def test_every_widget_is_told_of_the_language(qapp, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("CHIPSCAPE_HOME", str(tmp_path))
    label = Texted()
    qtbot.addWidget(label)
    apply_language(qapp, "fr")
    assert label.text() == "fr"
    apply_language(qapp, "en")
    assert label.text() == "en"
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert qapp.findChildren(QTranslator, "chipscape-language") == []
