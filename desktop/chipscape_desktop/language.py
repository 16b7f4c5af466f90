"""Switching the language of the running window: our texts, Qt's own dialogs, and Qt's locale."""

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from chipscape_desktop import i18n

_OURS = "chipscape-language"


def apply_language(app: QCoreApplication, code: str) -> None:
    """Speak *code* from now on: every widget gets a LanguageChange event and sets its texts again."""
    i18n.set_language(code)
    for old in app.findChildren(QTranslator, _OURS):
        app.removeTranslator(old)
        old.deleteLater()
    code = i18n.language()
    QLocale.setDefault(QLocale(code))
    translator = QTranslator(app)
    translator.setObjectName(_OURS)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != i18n.SOURCE_LANGUAGE and translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)  # posts the LanguageChange itself
    else:
        translator.deleteLater()
    QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)  # so that the texts are set on return
