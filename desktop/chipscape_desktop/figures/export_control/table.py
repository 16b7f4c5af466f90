"""The export-control figure as a table: what the rule says of every chip, with the quantities it looks at."""

import math
from collections.abc import Mapping, Sequence

from chipscape_db.export_rules.classify import Classification
from chipscape_db.export_rules.explain import OUTCOME_WORDS
from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.rules import QUANTITY_LABELS, QUANTITY_TITLES, QuantityKey
from chipscape_db.queries.export_control import ControlledChip, ExportFacts
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.export_control import words
from chipscape_desktop.figures.performance.words import amount
from chipscape_desktop.i18n import _, typeset
from chipscape_desktop.words import country_cell

_KEYS: tuple[QuantityKey, ...] = ("tpp", "area", "density", "rate", "dram")


def table_of(
    shown: Sequence[tuple[ControlledChip, Classification]],
    cut_down: Mapping[str, Sequence[str]],
    facts: ExportFacts,
    numbers: Mapping[str, int],
) -> Table:
    """Return the table of the chips in their order; *cut_down* names those that each is a lesser variant of."""
    heads = [_("Name"), _("Maker"), _("Country"), _("Outcome"), _("Decided by"), _("Paragraphs"), _("By numbers alone")]
    for key in _KEYS:
        title = _(QUANTITY_TITLES[key])
        heads += [title, _("{quantity}: least").format(quantity=_(QUANTITY_LABELS[key])),
                  _("{quantity}: most").format(quantity=_(QUANTITY_LABELS[key]))]  # fmt: skip
    heads += [_("Missing"), _("Cut down from"), _("Rule"), _("Sources")]
    rows, values, refs = [], [], []
    for chip, answer in shown:
        measured = facts.measured(chip.brief.id)
        texts = [
            chip.brief.name, chip.maker_name, country_cell(chip.brief.country), _(OUTCOME_WORDS[answer.outcome]),
            words.basis_words(answer.basis), ", ".join(one.key for one in answer.paragraphs),
            _(OUTCOME_WORDS[answer.by_numbers]),
        ]  # fmt: skip
        cells: list[float | None] = [None] * len(texts)
        for key in _KEYS:
            told, numbers_of = _quantity(measured[key])
            texts += told
            cells += numbers_of
        behind = set(answer.claim_ids)
        cited = sorted(
            {numbers[row.source_id] for id_, row in facts.rows_behind(chip.brief.id).items()
             if id_ in behind and row.source_id in numbers}
        )  # fmt: skip
        rule = "" if answer.rule is None else typeset(answer.rule.name, "en")
        missing = ", ".join(_(QUANTITY_LABELS[key]) for key in answer.missing)
        texts += [missing, ", ".join(cut_down.get(chip.brief.id, ())), rule, ", ".join(map(str, cited))]
        cells += [None] * 4
        rows.append(tuple(texts))
        values.append(tuple(cells))
        refs.append(Ref("record", (chip.brief.id, *answer.claim_ids), words.chip_line(chip, answer)))
    return Table(tuple(heads), tuple(rows), tuple(values), tuple(refs))


def _quantity(one: Quantity) -> tuple[list[str], list[float | None]]:
    """Return value, least and most, empty where nothing bounds them."""
    ends = [one.value, one.low if one.low > 0 else None, one.high if math.isfinite(one.high) else None]
    return ["" if end is None else amount(end) for end in ends], ends
