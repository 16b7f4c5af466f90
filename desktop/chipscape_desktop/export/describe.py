"""The normal form of a drawing: what is shown, as plain values that can be compared; screen and files share it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chipscape_desktop.export.batches import ref_at, shown_lines, shown_marks
from chipscape_desktop.figures.drawing import Box, Curves, Drawing, Marks, Polyline, Raster, Ref, Segments, Text


@dataclass(frozen=True, slots=True)
class Description:
    """How many entries of each kind are painted, the texts in order, and the titles of what the entries stand for."""

    counts: dict[str, int]
    texts: tuple[str, ...]
    titles: tuple[str, ...]


def describe(drawing: Drawing) -> Description:
    """Return what every painter paints of *drawing*, clips applied."""
    counts: Counter[str] = Counter()
    texts: list[str] = []
    for layer in drawing.layers:
        for item in layer.items:
            match item:
                case Marks():
                    counts[item.shape] += len(shown_marks(item, layer.clip).places)
                case Segments() | Curves():
                    counts["curve" if isinstance(item, Curves) else "segment"] += len(shown_lines(item, layer.clip))
                case Text():
                    counts["text"] += 1
                    texts.append(item.text)
                case Box() | Polyline():
                    counts["box" if isinstance(item, Box) else "polyline"] += 1
                case Raster():
                    counts["raster"] += 1
    titles = tuple(ref.title for ref in drawn_refs(drawing))
    return Description({kind: count for kind, count in sorted(counts.items()) if count}, tuple(texts), titles)


def drawn_refs(drawing: Drawing) -> Iterator[Ref]:
    """Yield what the painted entries of *drawing* stand for, clips applied."""
    for layer in drawing.layers:
        for item in layer.items:
            match item:
                case Marks():
                    places = shown_marks(item, layer.clip).places.tolist() if item.refs else []
                    refs = [ref_at(item.refs, item.index, place) for place in places]
                case Segments() | Curves():
                    places = shown_lines(item, layer.clip).tolist() if item.refs else []
                    refs = [ref_at(item.refs, item.index, place) for place in places]
                case Text() | Box() | Polyline():
                    refs = [item.ref]
                case Raster():
                    refs = []
            yield from (ref for ref in refs if ref is not None)
