"""The bundled faces: Inter for everything, with a fallback for Chinese, Japanese and Korean."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from chipscape_desktop.font_names import CJK_FAMILY, CJK_FILE, INTER_FAMILY, INTER_FILES
from chipscape_resources import resource

_WEIGHTS = {
    400: QFont.Weight.Normal,
    500: QFont.Weight.Medium,
    600: QFont.Weight.DemiBold,
    700: QFont.Weight.Bold,
}
_TABULAR = QFont.Tag.fromString("tnum")
_CONTEXT = QFont.Tag.fromString("calt")


@cache
def install_fonts() -> None:
    """Make the bundled faces known to Qt; needs a QGuiApplication, and works where no font is installed."""
    for name in (*INTER_FILES.values(), CJK_FILE):
        path = resource("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"Qt cannot read the bundled font {path}")
    QFont.insertSubstitution(INTER_FAMILY, CJK_FAMILY)


def interface_font(size: int = 13, weight: int = 400, *, tabular: bool = False) -> QFont:
    """Return the interface face at *size* pixels; *tabular* gives every digit the same width."""
    install_fonts()
    font = QFont([INTER_FAMILY, CJK_FAMILY])
    font.setPixelSize(size)
    font.setWeight(_WEIGHTS[weight])
    if tabular:
        font.setFeature(_TABULAR, 1)
    return font


def figure_font(size: int, weight: int = 400) -> QFont:
    """Return the face as figures are set in it: no kerning, no contextual forms, no hinting.

    So its advances are those of the table that layout measured with. Qt has faces at whole pixels only: a painter
    that needs a fraction takes the next size and scales.
    """
    font = interface_font(size, weight)
    font.setKerning(False)
    font.setFeature(_CONTEXT, 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
