"""Charts over time in one or more panels: lines with bands, stacked bars, marks and dated rules on one time axis."""
