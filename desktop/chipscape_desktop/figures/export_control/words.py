"""The words of the export-control figure: title, subtitle, notes, regions and the one line that each mark has."""

import math
from collections.abc import Sequence
from datetime import date

from chipscape_db.export_rules.classify import NOT_LEGAL_ADVICE, Basis, Classification, RuleDates
from chipscape_db.export_rules.explain import OUTCOME_WORDS
from chipscape_db.export_rules.quantities import Quantity
from chipscape_db.export_rules.rules import QUANTITY_LABELS, QUANTITY_TITLES, Outcome, Paragraph, QuantityKey, Regime
from chipscape_db.queries.export_control import ControlledChip, Descent, RuleSource
from chipscape_desktop.figures.performance.words import amount, spread
from chipscape_desktop.i18n import _, format_date, ngettext, typeset

_MOST_NAMES = 4


def title(regime: Regime | None, maker: str) -> str:
    """Return the title: what the plane compares."""
    if regime is not None and regime.axes[0] == "rate":
        if maker:
            return _("{maker} chips under the US export rule: transfer rate and performance").format(maker=maker)
        return _("AI chips under the US export rule: transfer rate and performance")
    if maker:
        return _("{maker} chips under the US export rule: performance and its density").format(maker=maker)
    return _("AI chips under the US export rule: performance and its density")


def subtitle(rule: RuleDates | None, day: date, *, known_then: bool, judged: date | None = None) -> str:
    """Return the rule, the day, and the convention; *judged* is the day of a rule that is not in force on the other."""
    parts = []
    if rule is not None:
        text = _("{rule}, in force since {date}")
        parts.append(text.format(rule=typeset(rule.name, "en"), date=format_date(rule.since)))
    else:
        parts.append(_("No rule by numbers in force"))
    parts.append((_("as known on {date}") if known_then else _("as of {date}")).format(date=format_date(day)))
    if judged is not None:
        parts.append(_("judged as on {date}").format(date=format_date(judged)))
    parts.append(_("dense, the largest over all precisions"))
    return " · ".join(parts)


def axis_title(key: QuantityKey) -> str:
    """Return the title of an axis with its unit."""
    return _("{title}, log scale").format(title=_(QUANTITY_TITLES[key]))


def region_lines(paragraph: Paragraph, outcome: Outcome, regime: Regime) -> tuple[str, ...]:
    """Return the name of a region and what it means."""
    key = paragraph.key if paragraph.key.count(".") < 2 else paragraph.key.rpartition(".")[0]
    if outcome == "controlled":
        return key, _("licence required")
    return key, _("licence exception {name}").format(name=regime.exception.partition(" ")[0])


def region_line(paragraph: Paragraph, outcome: Outcome) -> str:
    """Return what hovering over a region says."""
    lines = [
        (_("{quantity} from {low} to under {high}") if line.below is not None else _("{quantity} from {low}")).format(
            quantity=_(QUANTITY_LABELS[line.quantity]), low=amount(line.at_least), high=amount(line.below or 0.0)
        )
        for line in paragraph.lines
    ]
    return _("{paragraph}: {lines}: {outcome}").format(
        paragraph=paragraph.key, lines=", ".join(lines), outcome=_(OUTCOME_WORDS[outcome])
    )


def chip_line(chip: ControlledChip, answer: Classification) -> str:
    """Return what a mark says: name, outcome and why, and the quantities."""
    keys = answer.regime.axes if answer.regime is not None else ("tpp", "density")
    parts = [f"{_(QUANTITY_LABELS[key])} {_told(answer.quantity(key))}" for key in keys]
    if answer.basis in ("name", "letter") and answer.rule is not None:
        why = _("{outcome} by name ({rule})").format(
            outcome=_(OUTCOME_WORDS[answer.outcome]), rule=typeset(answer.rule.name, "en")
        )
    else:
        why = _(OUTCOME_WORDS[answer.outcome])
        paragraphs = [] if answer.outcome == "undetermined" else [one.key for one in answer.paragraphs]
        why = f"{why} ({', '.join(paragraphs)})" if paragraphs else why
    if answer.parent:
        parts.append(_("die area of {parent}").format(parent=answer.parent))
    return _("{name}: {why}; {quantities}").format(name=chip.brief.name, why=why, quantities=", ".join(parts))


def _told(one: Quantity) -> str:
    if one.value is not None:
        value = amount(one.value)
        if one.low < one.high and math.isfinite(one.high):
            return _("{value} ({range})").format(value=value, range=spread(one.low, one.high))
        return value
    if not one.is_bounded:
        return _("not known")
    if math.isinf(one.high):
        return _("at least {value}").format(value=amount(one.low))
    if one.low == 0:
        return _("at most {value}").format(value=amount(one.high))
    return spread(one.low, one.high)


def trail_line(link: Descent, parent: str, child: str) -> str:
    """Return what an arrow says."""
    text = _("{child} succeeds {parent}") if link.kind == "succeeds" else _("{child} is a variant of {parent}")
    return text.format(child=child, parent=parent)


def notes(
    *,
    absent: dict[str, list[str]],
    beyond: Sequence[str],
    named: Sequence[str],
    inherited: Sequence[str],
    undetermined: int,
    asides: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return what must be known to read the figure, the most needed first; *absent* holds names by what is missing."""
    lines = [_(NOT_LEGAL_ADVICE)]
    lines += [_missing(what, names) for what, names in absent.items() if names]
    if beyond:
        lines.append(_("Beyond the right edge: {names}.").format(names=_listed(beyond)))
    if named:
        lines.append(_("Restricted by name, whatever the numbers: {names}.").format(names=_listed(named)))
    if inherited:
        lines.append(
            _("Die area taken from the chip of which it is a variant: {names}.").format(names=_listed(inherited))
        )
    if undetermined:
        lines.append(
            ngettext(
                "{count} chip is undetermined: its claims lie on both sides of a line, or one is missing.",
                "{count} chips are undetermined: their claims lie on both sides of a line, or one is missing.",
                undetermined,
            ).format(count=undetermined)
        )
    return (*lines, *(_(text) for text in asides))


def basis_words(basis: Basis) -> str:
    """Return what decided."""
    return {
        "threshold": _("numbers"),
        "name": _("name"),
        "letter": _("letter to its maker"),
        "none": _("no rule in force"),
    }[basis]


def _missing(what: str, names: Sequence[str]) -> str:
    """Return how many chips lack something, and where they are shown for it."""
    count = len(names)
    if what == "area":
        template = ngettext(
            "{count} chip without a die area stands at the foot: {names}.",
            "{count} chips without a die area stand at the foot: {names}.",
            count,
        )
    elif what == "rate":
        template = ngettext(
            "{count} chip without a transfer rate stands at the left: {names}.",
            "{count} chips without a transfer rate stand at the left: {names}.",
            count,
        )
    elif what == "performance":
        template = ngettext(
            "{count} chip without dense performance stands at the foot: {names}.",
            "{count} chips without dense performance stand at the foot: {names}.",
            count,
        )
    else:
        template = ngettext(
            "{count} chip without dense performance is not shown: {names}.",
            "{count} chips without dense performance are not shown: {names}.",
            count,
        )
    return template.format(count=count, names=_listed(names))


def legend_line(lines: tuple[str, ...]) -> str:
    """Return what a region means, in one line."""
    return _("{name}: {meaning}").format(name=lines[0], meaning=lines[-1])


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    left = len(names) - _MOST_NAMES
    if left <= 0:
        return shown
    return ngettext("{names} and {count} more", "{names} and {count} more", left).format(names=shown, count=left)


def summary(counts: dict[Outcome, int]) -> str:
    """Return in words how many chips are what."""
    parts = [f"{_(OUTCOME_WORDS[outcome])}: {count}" for outcome, count in counts.items() if count]
    return _("Chips by what the rule says of them: {counts}.").format(counts="; ".join(parts))


def rule_source_words(source: RuleSource) -> str:
    """Return the short reference of a rule's source."""
    dated = format_date(source.published_on, "short") if source.published_on else ""
    parts = (source.publisher, typeset(source.name, "en"), dated)
    return ", ".join(dict.fromkeys(part for part in parts if part))
