"""Makes the font resources from the fonts as published; a developer's command, needs fonttools.

`python -m chipscape_desktop.font_build NotoSansCJK-Regular.ttc` cuts the fallback face for Chinese, Japanese and
Korean out of Noto Sans CJK and writes the table of advance widths that layout measures with.
"""

import argparse
import unicodedata
from array import array
from collections.abc import Sequence
from pathlib import Path

from chipscape_desktop.figures.text import TABLE_NAME, encode_table
from chipscape_desktop.font_names import CJK_FAMILY, CJK_FILE, INTER_FILES
from chipscape_resources import resource

_SIMPLIFIED_CHINESE = 2  # the place of the SC face in the published collection
_ASCENT, _DESCENT = 0.96875, 0.2412  # Inter's, so that a line keeps its height when a name is Chinese


def advance_table(folder: Path) -> bytes:
    """Return the table of Inter's advance widths, one row per character and one column per weight."""
    from fontTools.ttLib import TTFont

    fonts = {weight: TTFont(folder / name) for weight, name in INTER_FILES.items()}
    characters = {weight: font.getBestCmap() for weight, font in fonts.items()}
    shared = sorted(set.intersection(*(set(cmap) for cmap in characters.values())))
    columns = {
        weight: array("H", (font["hmtx"][characters[weight][code]][0] for code in shared))
        for weight, font in fonts.items()
    }
    return encode_table(fonts[400]["head"].unitsPerEm, array("I", shared), columns)


def cjk_characters() -> set[int]:
    """Return the characters of the fallback face.

    All Han of Unicode's first block, and the signs, kana and Hangul of GB 2312, Big5, JIS X 0208 and KS X 1001.
    """
    kept = set(range(0x4E00, 0x9FA6))
    ranges = {
        "gb2312": (range(0xA1, 0xF8), range(0xA1, 0xFF)),
        "big5": (range(0xA1, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))),
        "euc_jp": (range(0xA1, 0xD0), range(0xA1, 0xFF)),
        "euc_kr": (range(0xA1, 0xC9), range(0xA1, 0xFF)),
    }
    for codec, (leads, trails) in ranges.items():
        for lead in leads:
            text = b"".join(bytes((lead, trail)) for trail in trails).decode(codec, errors="ignore")
            kept.update(map(ord, text))
    return {code for code in kept if unicodedata.east_asian_width(chr(code)) in "WF"}


def cut_cjk(collection: Path, target: Path) -> None:
    """Write the fallback face, renamed so that it never meets an installed Noto, with Inter's line height."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection

    font = TTCollection(collection).fonts[_SIMPLIFIED_CHINESE]
    options = Options(
        layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 11, 13, 14], notdef_outline=True
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GPOS", "GSUB", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=cjk_characters())
    subsetter.subset(font)
    for identifier, text in {
        1: CJK_FAMILY, 2: "Regular", 3: f"{CJK_FAMILY} Regular", 4: CJK_FAMILY, 6: Path(CJK_FILE).stem,
    }.items():  # fmt: skip
        font["name"].removeNames(nameID=identifier)
        font["name"].setName(text, identifier, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = Path(CJK_FILE).stem
    cff.topDictIndex[0].FullName = CJK_FAMILY
    cff.topDictIndex[0].FamilyName = CJK_FAMILY
    em = font["head"].unitsPerEm
    for table, ascent, descent in (
        ("hhea", "ascent", "descent"),
        ("OS/2", "sTypoAscender", "sTypoDescender"),
    ):
        setattr(font[table], ascent, round(_ASCENT * em))
        setattr(font[table], descent, -round(_DESCENT * em))
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = round(_ASCENT * em), round(_DESCENT * em)
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = 0
    font.save(target)


def main(arguments: Sequence[str] | None = None) -> None:
    """Rebuild the fallback face when the collection is named, and the table of widths in any case."""
    parser = argparse.ArgumentParser(description="Rebuild the font resources.")
    parser.add_argument("collection", nargs="?", type=Path, help="NotoSansCJK-Regular.ttc, to cut the fallback again")
    wanted = parser.parse_args(arguments)
    folder = resource("fonts")
    if wanted.collection:
        cut_cjk(wanted.collection, folder / CJK_FILE)
    (folder / TABLE_NAME).write_bytes(advance_table(folder))


if __name__ == "__main__":
    main()
