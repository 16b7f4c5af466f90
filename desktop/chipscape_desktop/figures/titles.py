"""What the charts of the catalogue are called, without loading any: a list offers them before one is wanted."""

from typing import Final

from chipscape_db.errors import N_

CHART_TITLES: Final = {
    "performance-over-time": N_("Performance over time"),
    "ranking": N_("Ranking"),
    "comparison": N_("Comparison"),
    "efficiency": N_("Efficiency"),
    "roofline": N_("Roofline"),
    "spec-table": N_("Specifications"),
    "gap": N_("The gap"),
    "domestic-share": N_("Domestic share"),
    "openness": N_("Openness"),
    "output": N_("Output estimates"),
    "models-over-time": N_("Models over time"),
    "stack-matrix": N_("Stack matrix"),
    "export-control": N_("Export control"),
}
"""Their msgids, by name, in the order of the catalogue; a test holds them and the figures together."""
