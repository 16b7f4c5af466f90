from PySide6.QtWidgets import QWidget

from chipscape_desktop.views.deferring import Deferred


class Counting(QWidget):
    def __init__(self):
        super().__init__()
        self.times = 0

    def reload(self):
        self.times += 1


def test_a_hidden_view_reads_once_when_it_is_shown(qtbot):
    view = Counting()
    qtbot.addWidget(view)
    fresh = Deferred(view, view.reload)
    fresh.ask()
    fresh.ask()
    assert view.times == 0
    view.show()
    assert view.times == 1
    fresh.ask()
    assert view.times == 2
    view.hide()
    view.show()
    assert view.times == 2
