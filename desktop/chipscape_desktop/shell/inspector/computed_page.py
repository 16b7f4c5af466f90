"""Computed values in the inspector: each with the tree of what it was computed from, and conversions."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from chipscape_db.choice import Chosen, choose
from chipscape_db.conversions import RULE_LABELS, convert
from chipscape_db.derived import DERIVED, SPARSITY_UNSAID, Derivation, achieved_share, derive_all
from chipscape_db.metrics import METRICS
from chipscape_db.queries.claims import MetricValue
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.figures.readings.quantities import Quantity, quantity
from chipscape_desktop.figures.readings.words import amount, with_unit
from chipscape_desktop.i18n import _, number

SHOW_ALL = "computed:"
_FIRST = ("fp16", "bf16", "fp8", "int8", "fp32")
_INDENT = "&nbsp;&nbsp;&nbsp;"


def computed(values: Sequence[MetricValue], palette: Palette, *, everything: bool) -> str:
    """Return what is computed from the chosen values, empty where nothing can be.

    Of a family, such as compute per watt, one number format is shown unless *everything* is asked for.
    """
    chosen = {value.metric: value.chosen for value in values if value.chosen is not None}
    found = {**derive_all(chosen), **_shares(values, chosen)}
    shown = found if everything else _one_of_each(found)
    parts = [_tree(quantity(key), one, palette) for key, one in shown.items()]
    parts += [_converted(*one) for one in _conversions(values)]
    if len(shown) < len(found):
        text = escape(_("Show all {count}").format(count=number(len(found))))
        parts.append(f"<p><a href='{SHOW_ALL}'>{text}</a></p>")
    return "".join(parts)


def _shares(values: Sequence[MetricValue], chosen: Mapping[str, Chosen]) -> dict[str, Derivation]:
    found = {}
    for value in values:
        if value.achieved and value.metric in chosen:
            best = choose([value.achieved[0].fact()], METRICS[value.metric], rule="measured-first")
            key = f"share.{value.metric}"
            made = None if best is None else achieved_share(key, best, chosen[value.metric])
            if made is not None:
                found[key] = made
    return found


def _one_of_each(found: Mapping[str, Derivation]) -> dict[str, Derivation]:
    """Return of each family the number format that comes first."""
    families: dict[str, list[str]] = {}
    for key in found:
        precision = key.rpartition(".")[2]
        family = key.removesuffix(f".{precision}") if quantity(key).metric is not None else key
        families.setdefault("share" if key.startswith("share.") else family, []).append(key)
    picked = {}
    for keys in families.values():
        rank = {key: _FIRST.index(end) if (end := key.rpartition(".")[2]) in _FIRST else 99 for key in keys}
        best = min(keys, key=lambda key: rank[key])
        picked[best] = found[best]
    return picked


def _tree(what: Quantity, made: Derivation, palette: Palette) -> str:
    told = f"<b>{escape(with_unit(made.value, what))}</b> {escape(_range(made))}".rstrip()
    head = f"{told} · {escape(what.name)}"
    lines = list(_lines(what, made))
    if SPARSITY_UNSAID in made.caveats:
        lines.append(escape(_("an input does not say whether it is dense")))
    body = "".join(f"<br>{_INDENT}{line}" for line in lines)
    return f"<p>{head}<span class='note' style='color: {palette.ink_soft}'>{body}</span></p>"


def _lines(what: Quantity, made: Derivation) -> Iterator[str]:
    """Yield the formula with its source, then each input: a link that opens its claims."""
    if made.key in DERIVED:
        rule = DERIVED[made.key]
        yield escape(_("{formula} ({source})").format(formula=_(rule.formula), source=_(rule.source)))
    else:
        yield escape(_("measured over the peak, in percent"))
    for leaf in made.inputs:
        key = leaf.key if leaf.key in METRICS else what.inputs[0]
        one = quantity(leaf.key if leaf.key in DERIVED else key)
        name = _("{metric}, measured").format(metric=one.name) if leaf.key == "achieved" else one.name
        value = with_unit(leaf.value, one)
        bits = METRICS[key].bits
        times = ""
        if made.decisive is not None and bits is not None:
            product = number(round(leaf.value * bits))
            times = escape(" " + _("× {bits} bits = {product}").format(bits=bits, product=product))
        sign = "●" if leaf.key == made.decisive else "·"
        shown = f"{escape(value)} {escape(_range(leaf))}{times}".strip()
        yield f"{sign} <a href='claims:{key}'>{escape(name)}</a> {shown}"
        if leaf.inputs:
            yield from (f"{_INDENT}{line}" for line in _lines(one, leaf))


def _range(made: Derivation) -> str:
    if made.high <= made.low * 1.02 and not (made.open_low or made.open_high):
        return ""
    low, high = amount(made.low), amount(made.high)
    if made.open_high:
        return _("(at least {low})").format(low=low)
    if made.open_low:
        return _("(at most {high})").format(high=high)
    return f"({low}–{high})"


def _conversions(values: Sequence[MetricValue]) -> Iterator[tuple[str, float, float, tuple[str, ...]]]:
    """Yield metric, value as claimed, value as converted and rules where nobody gives the usual convention."""
    for value in values:
        metric = METRICS[value.metric]
        there = {group.convention for group in value.groups}
        for group in value.groups:
            if group.chosen is None or group.chosen.claim.value is None:
                continue
            found = convert(
                group.convention, metric, sparsity="dense" if metric.bits else None,
                direction="both" if metric.is_link else None, scopes=(None, "package"),
            )  # fmt: skip
            if found is not None and found.after not in there:
                claimed = group.chosen.value
                yield value.metric, claimed, claimed * found.factor, tuple(step.rule for step in found.steps)


def _converted(key: str, claimed: float, value: float, rules: tuple[str, ...]) -> str:
    what = quantity(key)
    told = "; ".join(_(RULE_LABELS[rule]) for rule in rules)
    line = _("{value}, converted from {claimed}: {rules}").format(
        value=with_unit(value, what), claimed=with_unit(claimed, what), rules=told
    )
    return f"<p>† <a href='claims:{key}'>{escape(what.name)}</a> <span class='note'>{escape(line)}</span></p>"
