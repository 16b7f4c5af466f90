"""Which colour a chip has, and what the colour means."""

from typing import Final

from chipscape_db.queries.performance import Subject
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.options import ColourBy
from chipscape_desktop.i18n import _

VENDOR_COLOURS: Final = {
    "nvidia": "cat-1",
    "huawei": "cat-2",
    "google": "cat-3",
    "amd": "cat-4",
    "intel": "cat-5",
    "amazon": "cat-6",
    "cambricon": "cat-7",
}
"""Vendors with a colour of their own, for good; the rest share the neutral one."""


def colour_of(subject: Subject, by: ColourBy) -> str:
    """Return the colour name of a chip or model."""
    return VENDOR_COLOURS.get(subject.vendor_slug, "other") if by == "vendor" else country_colour(subject.brief.country)


def meanings(used: set[str], subjects: tuple[Subject, ...], by: ColourBy) -> list[tuple[str, str]]:
    """Return (colour name, its meaning) of the colours that are used, in their fixed order."""
    if by == "vendor":
        names = {VENDOR_COLOURS.get(one.vendor_slug, ""): one.vendor_name for one in subjects}
        found = [(colour, names[colour]) for colour in VENDOR_COLOURS.values() if colour in used and colour in names]
        return [*found, ("other", _("other makers"))] if "other" in used else found
    return [(colour, text) for colour, text in country_meanings().items() if colour in used]


def country_meanings() -> dict[str, str]:
    """Return what each colour of countries means, in their fixed order."""
    return {
        "china": _("China"),
        "us": _("United States"),
        "europe": _("Europe"),
        "east-asia": _("Taiwan, Korea, Japan"),
        "other": _("elsewhere or unknown"),
    }
