"""Python's cyclic garbage collector, kept off the worker threads.

Left alone it runs on whichever thread allocates, and would destroy Qt objects outside the GUI thread. So it is off,
and a single-shot timer collects a little after the application was active; an idle application is never woken.
"""

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer


class Collector(QObject):
    """Collects cycles on the GUI thread when the counts call for it; `restore` gives Python its own way back."""

    def __init__(self, parent: QObject | None = None, *, delay_ms: int = 1000) -> None:
        """Switch the automatic collector off and look at the counts whenever the event loop has worked."""
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._aside = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self.collect_if_due)
        self._loop = QAbstractEventDispatcher.instance()
        self._loop.aboutToBlock.connect(self.work_done)

    def work_done(self) -> None:
        """Arm the timer, once, when the work since the last collection makes one due."""
        if not self._timer.isActive() and self._due() is not None:
            self._timer.start()

    def is_armed(self) -> bool:
        """Say whether a collection is waiting to happen."""
        return self._timer.isActive()

    def _due(self) -> int | None:
        """Return the oldest generation whose count passes its threshold, None where nothing is due."""
        counts = zip(gc.get_count(), self._thresholds, strict=True)
        due = [age for age, (count, most) in enumerate(counts) if 0 < most < count]
        return max(due, default=None)

    def collect_if_due(self) -> int:
        """Collect the generation that is due; return how many objects were found unreachable."""
        generation = self._due()
        return 0 if generation is None else gc.collect(generation)

    def set_aside(self, _base: object = None) -> None:
        """Take what there is now for good: modules and screens stay, and no collection need look through them again."""
        if not self._aside:
            self._aside = True
            gc.freeze()

    def restore(self) -> None:
        """Stop watching, and give the automatic collector back its former state."""
        self._timer.stop()
        if self._aside:
            gc.unfreeze()
        self._loop.aboutToBlock.disconnect(self.work_done)
        if self._was_enabled:
            gc.enable()
