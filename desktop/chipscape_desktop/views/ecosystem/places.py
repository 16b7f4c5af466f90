"""Where records were put on the map, by hand or by layout, remembered for as long as the screen lives."""

from chipscape_desktop.figures.ecosystem.arrange import places
from chipscape_desktop.figures.ecosystem.options import Options
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec

Place = tuple[float, float]


class Places:
    """Positions by record id, apart for the whole map and for each neighbourhood: they are different pictures."""

    def __init__(self) -> None:
        self._before: dict[tuple[str, int], dict[str, Place]] = {}
        self._pinned: dict[tuple[str, int], dict[str, Place]] = {}
        self._part = ("", 1)

    def turn_to(self, options: Options) -> bool:
        """Speak of the whole map or a neighbourhood from now on; say whether that is another one than before."""
        part = (options.center, options.depth if options.center else 1)
        another = part != self._part
        self._part = part
        return another

    @property
    def before(self) -> dict[str, Place]:
        """Where records stood, also those that the filters hide at present."""
        return dict(self._before.get(self._part, {}))

    @property
    def pinned(self) -> dict[str, Place]:
        """Where records were put by hand."""
        return dict(self._pinned.get(self._part, {}))

    def remember(self, spec: EcosystemSpec) -> None:
        """Keep where everything stands."""
        self._before.setdefault(self._part, {}).update(places(spec))

    def pin(self, record_id: str, place: Place) -> None:
        """Keep a record where it is."""
        self._pinned.setdefault(self._part, {})[record_id] = place
        self._before.setdefault(self._part, {})[record_id] = place

    def unpin(self, record_id: str) -> None:
        """Let a record go; it stays until the next layout moves it."""
        self._pinned.get(self._part, {}).pop(record_id, None)

    def forget(self) -> None:
        """Let everything go."""
        self._before.pop(self._part, None)
        self._pinned.pop(self._part, None)
