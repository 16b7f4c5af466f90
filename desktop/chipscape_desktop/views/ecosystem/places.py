"""Where records stood in each arrangement of the map, remembered for as long as the screen lives."""

from chipscape_desktop.figures.ecosystem.arrange import places
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec, Ground

Place = tuple[float, float]


class Places:
    """Positions by record id, apart for each arrangement: the whole map and each neighbourhood, laid out in one way.

    What was put somewhere by hand is kept in the fact base; here is where it came from, so that it returns there when
    it is let go by an undo.
    """

    def __init__(self) -> None:
        self._before: dict[str, dict[str, Place]] = {}
        self._grounds: dict[str, Ground] = {}
        self._origins: dict[str, dict[str, Place]] = {}
        self._held: dict[str, frozenset[str]] = {}

    def before(self, spec: EcosystemSpec) -> dict[str, Place]:
        """Return where records of the arrangement of *spec* stood, also those that the filters hide at present.

        What was held before and no more goes back to where it was taken from.
        """
        kept = self._before.setdefault(spec.arrangement, {})
        origins = self._origins.get(spec.arrangement, {})
        for id_ in self._held.get(spec.arrangement, frozenset()) - spec.places.keys():
            if id_ in origins:
                kept[id_] = origins.pop(id_)
        return dict(kept)

    def ground(self, spec: EcosystemSpec) -> Ground | None:
        """Return the ground that the arrangement had, None the first time."""
        return self._grounds.get(spec.arrangement)

    def remember(self, spec: EcosystemSpec) -> None:
        """Keep where everything stands, and what is held."""
        self._before.setdefault(spec.arrangement, {}).update(places(spec))
        self._grounds[spec.arrangement] = spec.ground
        self._held[spec.arrangement] = frozenset(spec.places)

    def take(self, spec: EcosystemSpec, record_id: str, place: Place) -> None:
        """Keep that a record was taken to a place, and from where."""
        kept = self._before.setdefault(spec.arrangement, {})
        if record_id in kept and record_id not in spec.places:
            self._origins.setdefault(spec.arrangement, {}).setdefault(record_id, kept[record_id])
        kept[record_id] = place
        self._held[spec.arrangement] = self._held.get(spec.arrangement, frozenset()) | {record_id}

    def start_from(self, spec: EcosystemSpec, arrangement: str) -> None:
        """Let an arrangement that is not known yet begin with the places of another map."""
        if arrangement not in self._before:
            self._before[arrangement] = places(spec)

    def forget(self, arrangement: str) -> None:
        """Let everything go."""
        for kept in (self._before, self._grounds, self._origins, self._held):
            kept.pop(arrangement, None)
