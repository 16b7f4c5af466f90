"""How the window looks: Fusion, our colours, one quiet stylesheet; light, dark, contrast, or as the system says."""

from functools import cache
from string import Template
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from chipscape_desktop.figures.palette import CONTRAST, DARK, LIGHT, Palette, contrast, mix
from chipscape_desktop.fonts import interface_font
from chipscape_resources import resource

ThemeChoice: TypeAlias = Literal["light", "dark", "contrast", "system"]
CHOICES: tuple[ThemeChoice, ...] = ("light", "dark", "contrast", "system")
_BY_CHOICE = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


class Theme(QObject):
    """The theme in force; `changed` carries the new `Palette` so that figures lay out and paint again."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start light; `apply_theme` sets what was chosen."""
        super().__init__(parent)
        self.choice: ThemeChoice = "light"
        self.palette = LIGHT
        self.reduced_motion = False
        self.app: QApplication | None = None

    def follow(self, _: object = None) -> None:
        """Take the system's colours again, when the system changed and the choice is to follow it."""
        if self.choice == "system" and self.app is not None:
            _set(self.app, self, _system_palette())


@cache
def theme() -> Theme:
    """Return the one theme of the process."""
    return Theme()


def current_palette() -> Palette:
    """Return the colours in force on the screen."""
    return theme().palette


def theme_choice(name: str) -> ThemeChoice:
    """Return the choice that a stored name means; the system's for a name that no version knows."""
    choices: tuple[ThemeChoice, ...] = ("light", "dark", "contrast")
    return next((choice for choice in choices if choice == name), "system")


def apply_theme(app: QApplication, choice: ThemeChoice) -> None:
    """Give *app* the fonts, style and colours of a choice; `system` follows the system from now on."""
    this = theme()
    hints = app.styleHints()
    first = this.app is not app
    if first:
        this.app = app
        app.setStyle("Fusion")
        app.setFont(interface_font(13))
        hints.colorSchemeChanged.connect(this.follow)
        hints.accessibility().contrastPreferenceChanged.connect(this.follow)
    this.choice = choice
    if choice == "system":
        hints.unsetColorScheme()
        palette = _system_palette()
    else:
        hints.setColorScheme(Qt.ColorScheme.Light if choice == "light" else Qt.ColorScheme.Dark)
        palette = _BY_CHOICE[choice]
    _set(app, this, palette, again=first)


def _system_palette() -> Palette:
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _set(app: QApplication, this: Theme, palette: Palette, *, again: bool = False) -> None:
    if palette is this.palette and app.styleSheet() and not again:
        return
    this.palette = palette
    app.setPalette(qt_palette(palette))
    app.setStyleSheet(stylesheet(palette))
    this.changed.emit(palette)


def frame_colours(palette: Palette) -> dict[str, str]:
    """Return the colours of the frame by the names that the stylesheet uses, derived from a palette."""
    ground, ink, accent = palette.surface, palette.ink, palette.accent
    strong = palette is CONTRAST
    return {
        "ground": palette.ground,
        "surface": palette.surface,
        "ink": ink,
        "ink_soft": palette.ink_soft,
        "rule": palette.rule,
        "accent": accent,
        "accent_ink": palette.accent_ink,
        "accent_hover": mix(accent, ink, 0.15),
        "accent_pressed": mix(accent, ink, 0.3),
        "accent_kind": "dark" if contrast(accent, "#ffffff") > contrast(accent, "#10131a") else "bright",
        "hover": mix(ground, ink, 0.16 if strong else 0.05),
        "pressed": mix(ground, ink, 0.3 if strong else 0.12),
        "stripe": mix(ground, ink, 0.025),
        "field": ink if strong else mix(ground, ink, 0.28),
        "mark": mix(ground, ink, 0.6),
        "thumb": mix(ground, ink, 0.7 if strong else 0.25),
        "select": mix(ground, accent, 0.35 if strong else 0.16),
        "disabled": mix(ground, ink, 0.45),
        "amber": palette.amber,
        "error": palette.error,
        "tip": ink if not strong else palette.ground,
        "tip_ink": palette.ground if not strong else ink,
        "themes": resource("themes").as_posix(),
    }


def stylesheet(palette: Palette) -> str:
    """Return the stylesheet of the frame in the colours of a palette."""
    text = resource("themes", "frame.qss").read_text(encoding="utf-8")
    return Template(text).substitute(frame_colours(palette))


def qt_palette(palette: Palette) -> QPalette:
    """Return the Qt palette of ours, for what the style paints itself."""
    frame = {name: QColor(colour) for name, colour in frame_colours(palette).items() if colour.startswith("#")}
    role = QPalette.ColorRole
    colours = {
        role.Window: "ground",
        role.WindowText: "ink",
        role.Base: "surface",
        role.AlternateBase: "stripe",
        role.Text: "ink",
        role.Button: "surface",
        role.ButtonText: "ink",
        role.BrightText: "error",
        role.Highlight: "accent",
        role.HighlightedText: "accent_ink",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "tip",
        role.ToolTipText: "tip_ink",
        role.PlaceholderText: "ink_soft",
        role.Light: "surface",
        role.Midlight: "hover",
        role.Mid: "field",
        role.Dark: "mark",
        role.Shadow: "ink",
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, frame[colour])
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, name, frame["disabled"])
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, frame["pressed"])
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part in the stylesheet, for example `primary`, `heading`, `note`; may change at any time."""
    set_state(widget, role, name="role")


def set_state(widget: QWidget, state: str, *, name: str = "state") -> None:
    """Mark a field as `error`, `changed` or plain (empty), and restyle it."""
    if widget.property(name) == state:
        return
    widget.setProperty(name, state)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def inset_spin_box(box: QAbstractSpinBox) -> None:
    """Give the text of a spin box the inset that other fields have; stylesheets do not reach the line edit inside."""
    box.lineEdit().setTextMargins(6, 0, 0, 0)


def set_reduced_motion(wanted: bool) -> None:
    """Remember whether the person asked the application for no motion."""
    theme().reduced_motion = wanted


def reduced_motion() -> bool:
    """Say whether motion is off, by the settings or because the system animates nothing."""
    return theme().reduced_motion or not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
