"""A drawing made larger or smaller as a whole: how text is set larger without another layout of its own."""

from dataclasses import replace

from chipscape_desktop.figures.drawing import (
    Box,
    Curves,
    Drawing,
    Item,
    Layer,
    Marks,
    Pen,
    Polyline,
    Raster,
    Rect,
    Segments,
    Text,
)


def scaled(drawing: Drawing, factor: float) -> Drawing:
    """Return the drawing with every place, length, pen and letter *factor* times as large."""
    if factor == 1.0:
        return drawing
    return replace(
        drawing,
        width=drawing.width * factor,
        height=drawing.height * factor,
        plot=_rect(drawing.plot, factor),
        panels=tuple(_rect(panel, factor) for panel in drawing.panels),
        layers=tuple(
            Layer(
                layer.name, tuple(_item(item, factor) for item in layer.items), layer.clip and _rect(layer.clip, factor)
            )
            for layer in drawing.layers
        ),
    )


def _item(item: Item, by: float) -> Item:
    match item:
        case Marks():
            return replace(item, x=item.x * by, y=item.y * by, size=item.size * by, pen=_pen(item.pen, by))
        case Segments():
            ends = {name: getattr(item, name) * by for name in ("x1", "y1", "x2", "y2")}
            return replace(item, **ends, pen=_thick(item.pen, by))
        case Curves():
            ends = {name: getattr(item, name) * by for name in ("x1", "y1", "cx", "cy", "x2", "y2")}
            return replace(item, **ends, pen=_thick(item.pen, by))
        case Polyline():
            return replace(item, x=item.x * by, y=item.y * by, pen=_pen(item.pen, by))
        case Box():
            fade = (item.fade[0] * by, item.fade[1] * by)
            rect, pen = _rect(item.rect, by), _pen(item.pen, by)
            return replace(item, rect=rect, pen=pen, radius=item.radius * by, fade=fade)
        case Text():
            return item._replace(x=item.x * by, y=item.y * by, size=item.size * by)
        case Raster():
            return replace(item, rect=_rect(item.rect, by))


def _rect(rect: Rect, by: float) -> Rect:
    return Rect(rect.x * by, rect.y * by, rect.width * by, rect.height * by)


def _pen(pen: Pen | None, by: float) -> Pen | None:
    return None if pen is None else _thick(pen, by)


def _thick(pen: Pen, by: float) -> Pen:
    return Pen(pen.colour, pen.width * by, tuple(length * by for length in pen.dash))
