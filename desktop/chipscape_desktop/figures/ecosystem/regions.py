"""Where the countries are on the map by country, and what their clusters are called."""

from typing import Final

from chipscape_desktop.i18n import _
from chipscape_desktop.words import country_name

# Degrees east and north of the middle of each country, or of its capital where the country is vast.
_HOMES: Final = {
    "US": (-98, 39), "CA": (-98, 57), "MX": (-102, 23), "BR": (-52, -10), "AR": (-64, -34), "CL": (-71, -33),
    "GB": (-2, 54), "IE": (-8, 53), "FR": (2, 47), "DE": (10, 51), "NL": (5, 52), "BE": (4, 50), "CH": (8, 47),
    "AT": (14, 47), "IT": (12, 42), "ES": (-4, 40), "PT": (-8, 39), "PL": (19, 52), "CZ": (15, 50), "SE": (16, 62),
    "NO": (9, 61), "FI": (26, 63), "DK": (10, 56), "EE": (25, 59), "UA": (31, 49), "RU": (50, 58), "TR": (35, 39),
    "IL": (35, 31), "AE": (54, 24), "SA": (45, 24), "QA": (51, 25), "EG": (30, 27), "MA": (-6, 32), "NG": (8, 9),
    "KE": (38, 0), "ZA": (25, -29), "IN": (79, 22), "PK": (70, 30), "KZ": (67, 48), "TH": (101, 15), "VN": (106, 16),
    "MY": (102, 4), "SG": (104, 1), "ID": (118, -3), "PH": (122, 12), "CN": (104, 36), "HK": (114, 22),
    "TW": (121, 24), "KR": (128, 36), "JP": (138, 37), "AU": (134, -25), "NZ": (172, -41), "EU": (10, 50),
}  # fmt: skip
_NOWHERE: Final = (20.0, -45.0)


def home_of_country(code: str) -> tuple[float, float]:
    """Return where a country is, x to the east and y to the south in degrees; one that is not known is far south."""
    east, north = _HOMES.get(code, _NOWHERE)
    return float(east), -1.6 * north


def region_name(code: str) -> str:
    """Return what the cluster of a country is called."""
    return country_name(code) if code else _("country unknown or none")
