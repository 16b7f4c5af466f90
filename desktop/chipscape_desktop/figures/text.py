"""How wide a text is, as layout needs to know it."""

from typing import Protocol


class Measure(Protocol):
    """Measures text in the bundled interface face."""

    def width(self, text: str, size: float, weight: int = 400) -> float:
        """Return the advance width in pixels of *text* set at *size* pixels."""
        ...
