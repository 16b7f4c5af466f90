import itertools

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox

from chipscape_desktop import theme as themes
from chipscape_desktop.figures.palette import CONTRAST, DARK, LIGHT, contrast
from chipscape_desktop.icons import app_icon, icon, icon_names
from chipscape_desktop.theme import (
    apply_theme,
    current_palette,
    frame_colours,
    inset_spin_box,
    reduced_motion,
    set_reduced_motion,
    set_role,
    set_state,
    theme,
)
from chipscape_resources import resource


@pytest.fixture(autouse=True)
def light_again(qapp):
    apply_theme(qapp, "light")
    yield
    set_reduced_motion(False)
    apply_theme(qapp, "light")


@pytest.mark.parametrize(("choice", "palette"), [("light", LIGHT), ("dark", DARK), ("contrast", CONTRAST)])
def test_a_choice_colours_the_application_and_tells_the_figures(qapp, qtbot, choice, palette):
    apply_theme(qapp, "dark" if choice == "light" else "light")
    with qtbot.waitSignal(theme().changed) as told:
        apply_theme(qapp, choice)
    assert told.args == [palette]
    assert current_palette() is palette
    assert QApplication.palette().window().color() == QColor(palette.ground)
    assert qapp.font().family() == "Inter"
    assert qapp.font().pixelSize() == 13


def test_the_same_choice_again_repaints_nothing(qapp, qtbot):
    apply_theme(qapp, "dark")
    with qtbot.assertNotEmitted(theme().changed):
        apply_theme(qapp, "dark")


def test_the_system_is_followed_live_and_only_when_chosen(qapp, monkeypatch):
    apply_theme(qapp, "system")
    monkeypatch.setattr(themes, "_system_palette", lambda: DARK)
    theme().follow()
    assert current_palette() is DARK
    apply_theme(qapp, "light")
    theme().follow()
    assert current_palette() is LIGHT


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST], ids=lambda palette: palette.name)
def test_frame_text_is_readable_on_every_frame_ground(palette):
    frame = frame_colours(palette)
    for text, ground in itertools.product(("ink",), ("hover", "pressed", "select", "stripe", "surface", "ground")):
        assert contrast(frame[text], frame[ground]) >= 4.5, (text, ground)
    for ground in ("accent", "accent_hover", "accent_pressed"):
        assert contrast(frame["accent_ink"], frame[ground]) >= 4.5, ground
    assert contrast(frame["tip_ink"], frame["tip"]) >= 4.5
    assert contrast(frame["mark"], frame["surface"]) >= 3


def test_a_field_shows_its_state(qapp, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    plain = field.grab().toImage()
    set_state(field, "error")
    assert field.grab().toImage() != plain
    set_state(field, "")
    assert field.grab().toImage() == plain


def test_a_primary_button_is_filled_with_the_accent(qapp, qtbot):
    button = QPushButton("Save")
    set_role(button, "primary")
    qtbot.addWidget(button)
    button.show()
    image = button.grab().toImage()
    assert image.pixelColor(6, image.height() // 2) == QColor(LIGHT.accent)


def test_the_text_of_a_spin_box_is_inset(qapp, qtbot):
    box = QSpinBox()
    qtbot.addWidget(box)
    inset_spin_box(box)
    assert box.lineEdit().textMargins().left() == 6


def test_motion_is_off_when_the_person_says_so(qapp):
    set_reduced_motion(True)
    assert reduced_motion()


def inked(name, **state):
    image = icon(name, **state).pixmap(QSize(20, 20)).toImage()
    points = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
    return max(points, key=lambda colour: colour.alpha())


def test_every_icon_draws(qapp):
    blank = [name for name in sorted(icon_names()) if inked(name).alpha() < 150]
    assert blank == []
    assert {"timeline", "performance", "ecosystem", "facts", "briefings", "undo", "redo"} <= icon_names()


def test_an_icon_follows_the_theme_without_being_set_again(qapp):
    kept = icon("search")
    light = kept.pixmap(QSize(20, 20)).toImage()
    apply_theme(qapp, "dark")
    assert kept.pixmap(QSize(20, 20)).toImage() != light


def test_an_icon_tells_its_state(qapp):
    made = icon("pin")
    pictures = [
        made.pixmap(QSize(20, 20), mode, state).toImage()
        for mode, state in (
            (QIcon.Mode.Normal, QIcon.State.Off),
            (QIcon.Mode.Normal, QIcon.State.On),
            (QIcon.Mode.Disabled, QIcon.State.Off),
            (QIcon.Mode.Active, QIcon.State.Off),
        )
    ]
    assert all(one != two for one, two in itertools.combinations(pictures, 2))


def test_icons_survive_copying_and_dropping(qapp):
    for _ in range(300):
        copies = [QIcon(icon("search")) for _ in range(4)]
        assert not copies[-1].isNull()


def test_an_unknown_icon_is_a_bug(qapp):
    with pytest.raises(KeyError, match="no icon"):
        icon("no-such-icon")


def test_the_application_has_its_icon_in_every_size(qapp):
    assert {size.width() for size in app_icon().availableSizes()} == {16, 24, 32, 48, 64, 128, 256}


def test_the_icon_licence_ships():
    assert "ISC License" in resource("icons", "LICENSE.txt").read_text(encoding="utf-8")
