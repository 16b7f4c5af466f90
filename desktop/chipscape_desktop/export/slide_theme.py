"""The theme of a deck: the palette's colours and the face of figures, so that what is added later looks alike."""

import re
from typing import TYPE_CHECKING, Final

from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.font_names import INTER_FAMILY

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_COLOURS: Final = re.compile(rb"<a:clrScheme .*?</a:clrScheme>", re.DOTALL)
_FACES: Final = re.compile(rb'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*')
_ACCENTS: Final = 6


def dress(deck: "Presentation", palette: Palette) -> None:
    """Give the deck the colours of the palette, by meaning, and its face; links have the colour of small print."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    named = {
        "dk1": palette.ink, "lt1": palette.ground, "dk2": palette.ink_soft, "lt2": palette.surface,
        **{f"accent{place}": palette.colour(f"cat-{place}") for place in range(1, _ACCENTS + 1)},
        "hlink": palette.ink_soft, "folHlink": palette.ink_soft,
    }  # fmt: skip
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:7].upper()}"/></a:{name}>' for name, colour in named.items()
    )
    scheme = f'<a:clrScheme name="Chipscape">{colours}</a:clrScheme>'.encode()
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    # The library hands a theme through as bytes.
    blob = _COLOURS.sub(lambda _found: scheme, part.blob)
    part._blob = _FACES.sub(lambda found: found.group(1) + INTER_FAMILY.encode(), blob)
