"""The map as a drawing: edges under nodes under names, with the words of the figure around them."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.drawing import Drawing, Ints, Item, Layer, Marks, Pen, Rect, Text
from chipscape_desktop.figures.ecosystem import caption as words
from chipscape_desktop.figures.ecosystem.answered import role_signs
from chipscape_desktop.figures.ecosystem.backdrop import backdrop, box_of, notes, titles
from chipscape_desktop.figures.ecosystem.edges import LARGE, edge_items
from chipscape_desktop.figures.ecosystem.grouping import GROUP
from chipscape_desktop.figures.ecosystem.legend import in_view
from chipscape_desktop.figures.ecosystem.naming import names
from chipscape_desktop.figures.ecosystem.projection import Projected, project
from chipscape_desktop.figures.ecosystem.spec import CHANGES, SHAPES, EcosystemSpec
from chipscape_desktop.figures.layout.frame import Frame, compose
from chipscape_desktop.figures.palette import Palette, mix
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.figures.text import Measure
from chipscape_desktop.i18n import _

_DIMMED = 0.8
_EDGE = 8.0  # the plot reaches nearly to the sides: a map has no axes
_KEPT = 12
_SOURCE_ROWS = (3, 6)  # of a low figure and others: a map has hundreds of sources, files list them all
_LOW = 720.0
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of nodes, (kind of record, colour name), and the number of each node's."""

    names: tuple[tuple[str, str], ...]
    number: Ints

    @staticmethod
    def of(spec: EcosystemSpec) -> "Styles":
        """Return the styles of a map's nodes."""
        own = [(node.kind, colour) for node, colour in zip(spec.nodes, spec.colour, strict=True)]
        names = tuple(sorted(set(own)))
        numbers = {name: number for number, name in enumerate(names)}
        return Styles(names, np.array([numbers[name] for name in own], dtype=np.int64))


class Layouts:
    """Draws maps, and keeps the words around the last few while only the view moves."""

    def __init__(self) -> None:
        self._frames: OrderedDict[tuple[Caption, tuple[float, float], str], Frame] = OrderedDict()
        self._styles: tuple[EcosystemSpec, Styles] | None = None

    def draw(
        self, spec: EcosystemSpec, size: tuple[float, float], *, palette: Palette, measure: Measure, view: View
    ) -> Drawing:
        """Return the drawing of *spec* for that size and view."""
        # Room is kept for the longest note there can be, so that the plot stays while names come and go.
        many = len(spec.edges.rows) if len(spec.edges.rows) > LARGE else 0
        most = words.with_hidden(spec.caption, len(spec.nodes), many)
        plot = self._frame(most, size, palette, measure).plot
        plot = Rect(_EDGE, plot.y, max(size[0] - 2 * _EDGE, 1.0), max(plot.height, 1.0))
        at = project(spec, plot, view)
        edges = edge_items(spec, at, palette)
        headed = titles(spec, at, palette, measure)
        areas, remarks = notes(spec, at, palette)
        taken = [box_of(one, measure) for one in (*headed, *remarks)]
        named = names(spec, at, palette, measure, taken=taken)
        caption = words.with_hidden(
            _caption_in_view(spec, self._styles_of(spec), at, edges.shown), named.hidden, edges.left_out
        )
        frame = self._frame(caption, size, palette, measure)
        layers = (
            Layer("ground", (*backdrop(spec, at, palette), *areas), plot),
            Layer("edges", edges.lines, plot),
            Layer("heads", edges.heads, plot),
            Layer("nodes", _nodes(spec, self._styles_of(spec), at, palette), plot),
            Layer("titles", (*headed, *remarks), plot),
            Layer("roles", role_signs(spec, at, palette), plot),
            Layer("names", named.texts or _nothing(spec, plot, palette), plot),
        )
        return Drawing(
            size[0], size[1], palette.ground, plot, (*(layer for layer in layers if layer.items), *frame.layers),
            title=caption.title, summary=_summary(spec), dropped=named.hidden, caption=caption,
        )  # fmt: skip

    def _styles_of(self, spec: EcosystemSpec) -> Styles:
        """Return the styles of the nodes, kept while only positions, focus or view change."""
        kept = self._styles
        if kept is not None and kept[0].nodes is spec.nodes and kept[0].colour is spec.colour:
            return kept[1]
        styles = Styles.of(spec)
        self._styles = (spec, styles)
        return styles

    def _frame(self, caption: Caption, size: tuple[float, float], palette: Palette, measure: Measure) -> Frame:
        key = (caption, size, palette.name)
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = compose(
                caption, size, palette, measure, source_rows=_SOURCE_ROWS[0 if size[1] < _LOW else 1]
            )
            while len(self._frames) > _KEPT:
                self._frames.popitem(last=False)
        return frame


def _caption_in_view(spec: EcosystemSpec, styles: Styles, at: Projected, shown: Ints) -> Caption:
    """Return the words with the legend and the sources of what is in view, a line with neither end in view left out."""
    lines = int(np.count_nonzero(spec.edges.leader == np.arange(len(spec.edges.leader))))
    if bool(at.visible.all()) and len(shown) == lines:
        return spec.caption
    there = np.zeros(len(spec.edges.rows), dtype=np.bool_)
    there[shown] = True
    looks = [styles.names[number] for number in np.flatnonzero(np.bincount(styles.number[at.visible])).tolist()]
    return in_view(
        spec, at.visible, edges=there[spec.edges.leader] & at.visible[spec.edges.ends].any(axis=1), looks=looks
    )


def _nodes(spec: EcosystemSpec, styles: Styles, at: Projected, palette: Palette) -> tuple[Item, ...]:
    """Return the nodes as marks, a batch for each shape and colour, small ones over large ones, the lit ones on top."""
    lit = spec.lit_nodes()
    if lit is None:
        lit = np.ones(len(spec.nodes), dtype=np.bool_)
        if spec.change is not None:
            lit = spec.change > 0
    hollow = np.zeros(len(spec.nodes), dtype=np.bool_)
    if spec.valued is not None:
        hollow |= ~spec.valued
    if spec.change is not None:
        hollow |= spec.change == CHANGES.index("gone")
    items: list[Item] = []
    for bright in (False, True):
        for empty in (False, True):
            shown = at.visible & (lit == bright) & (hollow == empty)
            for number, (kind, colour_name) in enumerate(styles.names):
                some = np.flatnonzero(shown & (styles.number == number))
                if not len(some):
                    continue
                some = some[np.argsort(-at.radius[some], kind="stable")]
                colour = palette.colour(colour_name)
                fill = colour if bright else mix(colour, palette.ground, _DIMMED)
                x, y, size = at.x[some], at.y[some], 2 * at.radius[some]
                pen = Pen(fill, 1.4, (2.0, 1.5)) if empty else Pen(palette.ground, 1.0)
                inside = palette.ground if empty else fill
                items.append(Marks(SHAPES[kind], x, y, size, inside, pen, refs=spec.refs, index=some))
                if kind == GROUP:
                    items.append(Marks("disc", x, y, size + 5.0, None, Pen(fill, 1.2)))
    return (*items, *_signs(spec, at, palette))


def _signs(spec: EcosystemSpec, at: Projected, palette: Palette) -> list[Item]:
    """Return what is drawn over nodes: a ring at the center, a dot where one is pinned, a plus or a cross."""
    items: list[Item] = []
    if spec.center >= 0 and at.visible[spec.center]:
        here = np.array([spec.center])
        items.append(Marks("disc", at.x[here], at.y[here], 2 * at.radius[here] + 8.0, None, Pen(palette.ink, 1.5)))
    held = np.array(sorted(number for number in spec.pinned if at.visible[number]), dtype=np.int64)
    if len(held) and spec.layout != "hand":
        size = np.clip(0.7 * at.radius[held], 3.0, 7.0)
        items.append(Marks("disc", at.x[held], at.y[held], size, palette.ground, Pen(palette.ink, 1.0)))
    if spec.change is None:
        return items
    for word, colour, turn in (("added", palette.ink, 45.0), ("gone", palette.error, 0.0)):
        some = np.flatnonzero(at.visible & (spec.change == CHANGES.index(word)))
        if len(some):
            x, y = at.x[some] + 0.75 * at.radius[some] + 2.0, at.y[some] - 0.75 * at.radius[some] - 2.0
            angle = np.full(len(some), turn)
            items.append(Marks("cross", x, y, 8.0, None, Pen(palette.ground, 4.0), angle))
            items.append(Marks("cross", x, y, 7.0, None, Pen(colour, 1.8), angle))
    return items


def _nothing(spec: EcosystemSpec, plot: Rect, palette: Palette) -> tuple[Text, ...]:
    """Return a sentence for a map without anything on it."""
    if spec.nodes:
        return ()
    said = _("No relationship between records passes the filters.")
    return (Text(plot.x + plot.width / 2, plot.y + plot.height / 2, said, 13, palette.ink_soft, anchor="middle"),)


def _summary(spec: EcosystemSpec) -> str:
    most = np.argsort(-spec.degree, kind="stable")[:_NAMED].tolist()
    named = [spec.nodes[number].name for number in most if spec.degree[number]]
    return words.summary(named, len(spec.nodes), len(spec.edges.rows))
