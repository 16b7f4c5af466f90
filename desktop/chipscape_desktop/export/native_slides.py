"""Figures as slides with native charts: the words of the figure around charts whose data PowerPoint can edit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from chipscape_desktop.export.chart_book import Look, chart_xml_and_book
from chipscape_desktop.export.chart_fitting import CHART, fit
from chipscape_desktop.export.chart_labels import arranged
from chipscape_desktop.export.xml_text import escaped
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Rect
from chipscape_desktop.figures.native import NativeChart
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _

if TYPE_CHECKING:
    from pptx.slide import Slide


@dataclass(frozen=True, slots=True)
class ChartObject:
    """A chart for a slide: its DrawingML, the workbook of its data, its room, and its name and alternative text.

    `sides` says for each series on which side of its mark the label of a point stands; `size` is that of its letters,
    in hundredths of a point.
    """

    xml: bytes
    workbook: bytes
    room: Rect
    name: str
    summary: str
    sides: tuple[Mapping[int, str], ...]
    size: int


def native_caption(caption: Caption, charts: Sequence[NativeChart], remarks: Sequence[str]) -> Caption:
    """Return the words around native charts: they have legends of their own, and whiskers are told in the notes."""
    points = [point for chart in charts for one in chart.series for point in one.points if point is not None]
    notes = []
    if any(point.y_range for point in points):
        notes.append(_("Whiskers: range of published claims."))
    if any(point.x_range for point in points) and any(chart.x.dates for chart in charts):
        notes.append(_("Pale bars across: date known roughly."))
    return replace(caption, legend=(), notes=(*notes, *remarks, *caption.notes))


def chart_objects(
    charts: Sequence[NativeChart], room: Rect, look: Look, *, table: Table | None,
    caption: Caption, summary: str,
) -> tuple[ChartObject, ...]:  # fmt: skip
    """Return the charts one below the other in *room*, each with its part of the height."""
    whole = sum(chart.share for chart in charts)
    tops = [0.0, *accumulate(chart.share / whole * room.height for chart in charts)]
    out = []
    for chart, top, bottom in zip(charts, tops, tops[1:], strict=False):
        area = Rect(room.x, room.y + top, room.width, bottom - top)
        placed = arranged(chart, (area.width, area.height), look.text)
        xml, workbook = chart_xml_and_book(placed, look, table=table, caption=caption)
        size = round(look.font()["size"] * 100)
        out.append(ChartObject(xml, workbook, area, chart.title or caption.title, summary, placed.sides, size))
    return tuple(out)


def put_chart(slide: "Slide", chart: ChartObject, shape_id: int) -> str:
    """Add the chart's parts to the package and return the frame that shows it."""
    from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.parts.chart import ChartPart

    from chipscape_desktop.export.slide_shapes import emu

    package = slide.part.package
    root = parse_xml(chart.xml)
    fit(root, sides=chart.sides, size=chart.size)
    part = ChartPart(package.next_partname(ChartPart.partname_template), CONTENT_TYPE.DML_CHART, package, root)
    part.chart_workbook.update_from_xlsx_blob(chart.workbook)
    where = slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    x, y, wide, high = (emu(side) for side in (chart.room.x, chart.room.y, chart.room.width, chart.room.height))
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{shape_id}" name="{escaped(chart.name)}" '
        f'descr="{escaped(chart.summary)}"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
        f'<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" r:id="{where}"/></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )
