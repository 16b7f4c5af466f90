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


# Tuned so that the eight stay apart (CIEDE2000 of 11 and more) in normal, protan, deutan and tritan sight.
_ON_WHITE = {
    "china": "#b85521",
    "us": "#004086",
    "europe": "#00795a",
    "east-asia": "#9a4f86",
    "other": "#888b91",
    "cat-1": "#004086",
    "cat-2": "#b85521",
    "cat-3": "#00795a",
    "cat-4": "#9a4f86",
    "cat-5": "#d17a00",
    "cat-6": "#0a91ba",
    "cat-7": "#504600",
    "cat-8": "#45484b",
}
_ON_DARK = {
    "china": "#e26e57",
    "us": "#889ce2",
    "europe": "#39b688",
    "east-asia": "#b16c9d",
    "other": "#bcbfc5",
    "cat-1": "#889ce2",
    "cat-2": "#e26e57",
    "cat-3": "#39b688",
    "cat-4": "#b16c9d",
    "cat-5": "#dbac05",
    "cat-6": "#8dd9fc",
    "cat-7": "#edf171",
    "cat-8": "#c8cace",
}

LIGHT = Palette(
    "light",
    "#fbfbfa",
    "#ffffff",
    "#1c2127",
    "#59626e",
    "#e2e4e6",
    "#2454d6",
    "#ffffff",
    "#9a6200",
    "#f6ead0",
    "#b3261e",
    _ON_WHITE,
)
DARK = Palette(
    "dark",
    "#17191c",
    "#202327",
    "#eceef0",
    "#a6adb6",
    "#383d43",
    "#8ab0ff",
    "#10131a",
    "#e0a94a",
    "#3a2f1a",
    "#ff9a8f",
    _ON_DARK,
)
PRINT = Palette(
    "print",
    "#ffffff",
    "#ffffff",
    "#14181d",
    "#4d5661",
    "#dcdfe2",
    "#2454d6",
    "#ffffff",
    "#8f5a00",
    "#f7edd8",
    "#b3261e",
    _ON_WHITE,
)
CONTRAST = Palette(
    "contrast",
    "#000000",
    "#000000",
    "#ffffff",
    "#e6e6e6",
    "#8c8c8c",
    "#ffe14d",
    "#000000",
    "#ffc23d",
    "#332600",
    "#ff8a80",
    _ON_DARK,
)
PALETTES = {palette.name: palette for palette in (LIGHT, DARK, PRINT, CONTRAST)}

# Cividis (Nunez, Anderton and Renslow, PLOS ONE 2018), perceptually even, also for colour-blind readers.
_CIVIDIS = (
    "#00224e", "#002e6a", "#1a386f", "#32436d", "#434e6c", "#535a6d", "#61656f", "#6f7073", "#7d7c78",
    "#8c8878", "#9b9476", "#aba072", "#bcae6c", "#cdbb63", "#dec958", "#f0d846", "#fee838",
)  # fmt: skip


def mix(colour: str, other: str, share: float) -> str:
    """Return *colour* with *share* (0 to 1) of *other* in it, both `#rrggbb`, mixed in sRGB."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def sequential(position: float) -> str:
    """Return the colour at *position* (0 dark to 1 bright, clipped) of the map for ordered data, cividis."""
    place = min(max(position, 0.0), 1.0) * (len(_CIVIDIS) - 1)
    low = min(int(place), len(_CIVIDIS) - 2)
    return mix(_CIVIDIS[low], _CIVIDIS[low + 1], place - low)


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    bright, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (part / 255 for part in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
