"""A chart as workbooks have it made fit for slides: what readers else guess is said, in the order of the standard.

ECMA-376, part 1, chapter 21.2: an element of a truth value that is left out counts as false for some readers and as
true for others, so that each is written.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from chipscape_desktop.font_names import INTER_FAMILY

CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SHOWN: Final = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def fit(root: Any, *, sides: Sequence[Mapping[int, str]], size: int) -> None:
    """Change a chart in place; *sides* as in `ChartObject`, *size* of letters in hundredths of a point."""
    from pptx.oxml import parse_xml

    for each in root.findall(_c("printSettings")):
        root.remove(each)
    _after(root, ("lang",), "roundedCorners")
    root.append(
        parse_xml(
            f'<c:txPr xmlns:c="{CHART}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:bodyPr/>'
            f'<a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}"><a:latin typeface="{INTER_FAMILY}"/></a:defRPr></a:pPr>'
            '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
        )
    )
    for name in ("catAx", "valAx"):
        for axis in root.iter(_c(name)):
            _after(axis, ("scaling",), "delete")
    for title in root.iter(_c("title")):
        _after(title, ("tx", "layout"), "overlay")
    for legend in root.iter(_c("legend")):
        _after(legend, ("legendPos", "legendEntry", "layout"), "overlay")
    for chart in root.findall(_c("chart")):
        _after(chart, ("plotVisOnly",), "dispBlanksAs", "gap")
    for kind, before in (("scatterChart", ("scatterStyle",)), ("barChart", ("barDir", "grouping"))):
        for chart in root.iter(_c(kind)):
            _after(chart, before, "varyColors")
    for bars in root.iter(_c("errBars")):
        _after(bars, ("errDir", "errBarType", "errValType"), "noEndCap")
    for element, own in zip(root.iter(_c("ser")), sides, strict=True):
        if element.getparent().tag == _c("scatterChart"):
            _after(element, ("xVal", "yVal"), "smooth")
        else:
            _after(element, ("idx", "order", "tx", "spPr"), "invertIfNegative")
        for labels in element.iter(_c("dLbls")):
            _say_what_is_shown(labels)
        for label in element.iter(_c("dLbl")):
            if label.find(_c("delete")) is None:
                _say_what_is_shown(label)
                _put_side(label, own.get(int(label.find(_c("idx")).get("val"))))


def _c(name: str) -> str:
    return f"{{{CHART}}}{name}"


def _after(parent: Any, before: Sequence[str], name: str, value: str = "0") -> None:
    """Add an element of a value behind the last of *before*, unless it is there."""
    if parent.find(_c(name)) is not None:
        return
    tags = {_c(one) for one in before}
    place = max((number for number, one in enumerate(parent) if one.tag in tags), default=-1)
    parent.insert(place + 1, parent.makeelement(_c(name), {"val": value}))


def _say_what_is_shown(labels: Any) -> None:
    """Say of each part of a label whether it is shown; those that are there keep what they say."""
    there = {name: labels.find(_c(name)) for name in _SHOWN}
    last = next((one for one in labels if one.tag in (_c("separator"), _c("showLeaderLines"), _c("extLst"))), None)
    for name in _SHOWN:
        element = there[name] if there[name] is not None else labels.makeelement(_c(name), {"val": "0"})
        if last is None:
            labels.append(element)
        else:
            last.addprevious(element)


def _put_side(label: Any, side: str | None) -> None:
    if side is None:
        return
    where = label.find(_c("dLblPos"))
    if where is None:
        where = label.makeelement(_c("dLblPos"), {})
        label.find(_c("showLegendKey")).addprevious(where)
    where.set("val", side)
