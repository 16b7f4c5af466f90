"""Nodes move to their new places, unless motion is reduced."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from chipscape_desktop.benchmarks.ecosystem import synthetic_spec
from chipscape_desktop.theme import set_reduced_motion
from chipscape_desktop.views.ecosystem.motion import Motion


@pytest.fixture
def effects(qapp) -> Iterator[None]:
    before = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, True)
    yield
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, before)
    set_reduced_motion(False)


def test_nodes_pass_between_both_places_and_arrive(qtbot, effects):
    before = synthetic_spec(40)
    after = replace(before, xy=before.xy + np.array([3.0, 0.0]))
    parent = QObject()
    motion = Motion(parent)
    seen = []
    motion.stepped.connect(lambda: seen.append(float(motion.at(after).xy[0, 0] - before.xy[0, 0])))
    motion.begin(before, after)
    assert motion.moving
    assert np.array_equal(motion.at(before).xy, before.xy)
    qtbot.waitUntil(lambda: not motion.moving, timeout=5_000)
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(3.0)
    assert motion.at(after) is after
    parent.deleteLater()


def test_reduced_motion_is_no_motion(qtbot, effects):
    set_reduced_motion(True)
    before = synthetic_spec(40)
    parent = QObject()
    motion = Motion(parent)
    motion.begin(before, replace(before, xy=before.xy + 1.0))
    assert not motion.moving
    parent.deleteLater()
