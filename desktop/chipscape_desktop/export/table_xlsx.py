"""A figure's data as a workbook: sheets Data, Sources and About, written as the few parts a workbook needs.

The parts are those of ECMA-376, part 1, SpreadsheetML; texts are kept in the cells themselves. The same table gives the
same bytes.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Final

from chipscape_desktop.export.provenance import Capsule
from chipscape_desktop.export.table_csv import cells, plain
from chipscape_desktop.export.xml_text import escaped
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say, for the same bytes again
_PLAIN, _BOLD = 0, 1
_LONGEST = 32_767  # letters in one cell
_WIDEST, _NARROWEST = 60, 8

Cell = str | float | None
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def render_xlsx(table: Table, caption: Caption, capsule: Capsule) -> bytes:
    """Return the workbook; numbers are numbers, sources have their addresses, About says what it was made from."""
    data: list[Sequence[Cell]] = [table.columns]
    data += [
        [text if number is None else number for text, number in cells(table, row)] for row in range(len(table.rows))
    ]
    sources: list[Sequence[Cell]] = [(_("Number"), _("Source"), _("Address"))]
    sources += [(float(source.number), source.text, source.url) for source in caption.sources]
    about: list[Sequence[Cell]] = [(caption.title, ""), (caption.subtitle, "")]
    about += [(note, "") for note in caption.notes]
    about += [("", ""), (capsule.application, capsule.to_json())]
    sheets = [(_("Data"), _sheet(data)), (_("Sources"), _sheet(sources)), (_("About"), _sheet(about, head=False))]
    return _archive(sheets)


def _sheet(rows: Sequence[Sequence[Cell]], *, head: bool = True) -> str:
    width = max((len(row) for row in rows), default=0)
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{_width(rows, place - 1)}" customWidth="1"/>'
        for place in range(1, width + 1)
    )
    pane = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
    )
    lines = "".join(
        f'<row r="{line}">{"".join(_cells(row, line, _BOLD if head and line == 1 else _PLAIN))}</row>'
        for line, row in enumerate(rows, 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{pane if head else ""}<cols>{columns}</cols>'
        f"<sheetData>{lines}</sheetData></worksheet>"
    )


def _width(rows: Sequence[Sequence[Cell]], place: int) -> int:
    longest = max((len(str(row[place])) for row in rows if place < len(row)), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _cells(row: Sequence[Cell], line: int, style: int) -> Iterator[str]:
    for place, value in enumerate(row):
        name = f"{_letters(place)}{line}"
        if isinstance(value, float):
            yield f'<c r="{name}" s="{style}"><v>{plain(value)}</v></c>'
        elif value:
            text = escaped(value[:_LONGEST])
            yield f'<c r="{name}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(place: int) -> str:
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _archive(sheets: Sequence[tuple[str, str]]) -> bytes:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in numbers
    )
    listed = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _xml) in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    styles = f'<Relationship Id="rId{len(sheets) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/>'
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{links}{styles}</Relationships>'
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(_entry(name), _HEAD + xml)
        archive.writestr(_entry("xl/styles.xml"), _STYLES)
        for number, (_name, xml) in enumerate(sheets, 1):
            archive.writestr(_entry(f"xl/worksheets/sheet{number}.xml"), xml)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
