"""The maps of the gallery: the starter map and Huawei's neighbourhood in every layout, and what else a map can show."""

from collections.abc import Mapping
from typing import Any, Final

from chipscape_desktop.figures.ecosystem.options import CHOICES
from chipscape_desktop.shell.main_window import MainWindow

MAPS: Final[Mapping[str, Mapping[str, str]]] = {
    **{f"map-{layout}": {"layout": layout} for layout in CHOICES["layout"]},
    **{f"map-huawei-{layout}": {"layout": layout, "center": "huawei"} for layout in CHOICES["layout"]},
    "map-by-community": {"colour": "community"},
    "map-organizations": {"group": "parent"},
    "map-countries": {"group": "country"},
    "map-memory": {"layout": "stack", "center": "nvidia", "size": "memory.capacity"},
    "map-changed": {"layout": "stack", "center": "huawei", "since": "2024-01-01"},
    "map-known": {"center": "huawei", "clock": "both"},
}
"""The options of the map by the name of the picture."""


def show_map(options: Mapping[str, str], window: MainWindow) -> None:
    """Show the map with these options."""
    window.show_screen("ecosystem")
    panel = _screen(window).panel
    panel.choose(**options)
    panel.time_button.setChecked("since" in options or "clock" in options)


def reset_map(window: MainWindow) -> None:
    """Show the map as it comes up, where it was shown at all."""
    screen = _screen(window)
    if hasattr(screen, "panel") and hasattr(screen, "arranging"):
        screen.asking.close()
        screen.drawer.empty()
        screen.tying.stop()
        screen.chosen.set(frozenset())
        screen.panel.choose(**dict.fromkeys(screen.panel.options(), ""))
        screen.panel.time_button.setChecked(False)


def _screen(window: MainWindow) -> Any:
    return window.current()
