"""Readings as the rows of a table: value, range, convention, derivation, claims, sources."""

from collections.abc import Mapping

from chipscape_desktop.figures.performance.options import Options
from chipscape_desktop.figures.readings import words
from chipscape_desktop.figures.readings.quantities import Quantity
from chipscape_desktop.figures.readings.reading import Reading
from chipscape_desktop.i18n import _, number

Cells = tuple[list[str], list[float | None]]


def value_heads(what: Quantity | None) -> tuple[str, ...]:
    """Return the heads of the columns that `value_cells` fills; with the name and unit of one quantity, or of any."""
    value = _("Value")
    if what is not None:
        value = _("{metric} ({unit})").format(metric=what.name, unit=what.unit_words) if what.unit else what.name
    return (
        value, _("Least claimed"), _("Most claimed"), _("Convention"), _("Derivation"), _("Claims"),
        _("Independent sources"), _("Sources"), _("Note"),
    )  # fmt: skip


def value_cells(reading: Reading, numbers: Mapping[str, int], options: Options) -> Cells:
    """Return the cells of a reading as texts and as numbers."""
    if reading.value is None:
        note = _("missing: {why}").format(why=words.why(reading, options))
        return ["", "", "", "", "", "", "", "", note], [None] * 9
    amounts: list[float | None] = [reading.value, reading.low, reading.high]
    counts = (len(reading.rows), reading.sources)
    cited = sorted({numbers[row.source_id] for row in (*reading.rows, *reading.measured) if row.source_id in numbers})
    convention = "; ".join(dict.fromkeys(words.convention_words(row) for row in reading.chosen_rows))
    notes = [
        text
        for holds, text in (
            (reading.unsaid, _("convention not said")),
            (reading.converted, _("converted by rule")),
            (reading.estimated, _("estimate or rumour")),
            (reading.special, _("under a condition of its own")),
            (reading.limit < 0, _("upper limit only")),
            (reading.limit > 0, _("lower limit only")),
        )
        if holds
    ]
    texts = ["" if one is None else words.amount(one) for one in amounts]
    texts += [convention, words.derivation(reading), *(number(one) for one in counts)]
    texts += [", ".join(map(str, cited)), "; ".join(notes)]
    return texts, [*amounts, None, None, *(float(one) for one in counts), None, None]
