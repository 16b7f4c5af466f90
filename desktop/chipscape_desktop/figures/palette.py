"""The colours of figures and of the window, by meaning; the same meaning has the same hue in every palette."""

from dataclasses import dataclass

COUNTRY_COLOURS = {"CN": "china", "US": "us", "TW": "east-asia", "KR": "east-asia", "JP": "east-asia"} | dict.fromkeys(
    ("FR", "DE", "GB", "NL", "IT", "ES", "CH", "SE", "BE", "AT", "IE", "FI", "DK", "NO", "PL", "PT"), "europe"
)


def country_colour(country: str | None) -> str:
    """Return the colour name for an ISO 3166-1 alpha-2 country code; unknown and the rest are `other`."""
    return COUNTRY_COLOURS.get(country or "", "other")


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours.

    `ground` is the paper, `surface` a panel on it, `ink` text, `ink_soft` secondary text, `rule` hairlines,
    `accent` selection and focus, `amber` regulation, `error` what is wrong. `named` maps colour names used by specs
    (`china`, `us`, `europe`, `east-asia`, `other`, `cat-1` ... `cat-8`) to colours.
    """

    name: str
    ground: str
    surface: str
    ink: str
    ink_soft: str
    rule: str
    accent: str
    accent_ink: str
    amber: str
    amber_soft: str
    error: str
    named: dict[str, str]

    def colour(self, name: str) -> str:
        """Return the colour of a name: one of `named` or a field of the palette."""
        return self.named.get(name) or str(getattr(self, name.replace("-", "_")))


_ON_WHITE = {
    "china": "#c8480a", "us": "#0a66a8", "europe": "#00795a", "east-asia": "#9a4f86", "other": "#6b7280",
    "cat-1": "#0a66a8", "cat-2": "#c8480a", "cat-3": "#00795a", "cat-4": "#9a4f86",
    "cat-5": "#a06a00", "cat-6": "#2f8fbf", "cat-7": "#7a6f00", "cat-8": "#4b5563",
}
_ON_DARK = {
    "china": "#f0763a", "us": "#58b0e8", "europe": "#33bd93", "east-asia": "#d88fc2", "other": "#9ca3af",
    "cat-1": "#58b0e8", "cat-2": "#f0763a", "cat-3": "#33bd93", "cat-4": "#d88fc2",
    "cat-5": "#e6a532", "cat-6": "#8fd0f5", "cat-7": "#e8de5a", "cat-8": "#c4cad3",
}

LIGHT = Palette("light", "#fbfbfa", "#ffffff", "#1c2127", "#59626e", "#e2e4e6", "#2454d6", "#ffffff", "#9a6200",
                "#f6ead0", "#b3261e", _ON_WHITE)
DARK = Palette("dark", "#17191c", "#202327", "#eceef0", "#a6adb6", "#383d43", "#8ab0ff", "#10131a", "#e0a94a",
               "#3a2f1a", "#ff9a8f", _ON_DARK)
PRINT = Palette("print", "#ffffff", "#ffffff", "#14181d", "#4d5661", "#dcdfe2", "#2454d6", "#ffffff", "#8f5a00",
                "#f7edd8", "#b3261e", _ON_WHITE)
CONTRAST = Palette("contrast", "#000000", "#000000", "#ffffff", "#e6e6e6", "#8c8c8c", "#ffe14d", "#000000", "#ffc23d",
                   "#332600", "#ff8a80", _ON_DARK)
PALETTES = {palette.name: palette for palette in (LIGHT, DARK, PRINT, CONTRAST)}
