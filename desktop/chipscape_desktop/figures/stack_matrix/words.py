"""The words of the stack matrix."""

from collections.abc import Sequence
from datetime import date

from chipscape_db.queries.stack import Joint, Layer, Linked, StackPart
from chipscape_desktop.figures.stack_matrix.spec import Row, Score, Standing
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.words import link_word

_MOST_TOLD = 6


def title(rows: Sequence[Row]) -> str:
    """Return the title: how many organizations, or which."""
    if len(rows) <= 3:
        return _("Whose is each layer of the stack? {names}").format(names=", ".join(row.name for row in rows))
    return _("Whose is each layer of the AI stack? {count} organizations").format(count=number(len(rows)))


def subtitle(as_of: date | None) -> str:
    """Return the formula of the score, and the as-of date."""
    return " · ".join(
        (
            _("integration: own layer 1, a partner's ½, a rival's 0, of 8"),
            _("as known on {date}").format(date=format_date(as_of)) if as_of else _("latest known"),
        )
    )


def layer_name(layer: Layer) -> str:
    """Return what a layer is called."""
    return {
        "foundry": _("Foundry"),
        "memory": _("Memory"),
        "chip": _("Chip"),
        "runtime": _("Runtime, compiler"),
        "framework": _("Framework"),
        "model": _("Model"),
        "cloud": _("Cloud"),
        "sector": _("Sector"),
    }[layer]


def standing_words(standing: Standing) -> str:
    """Return whose a part is."""
    return {
        "own": _("own"),
        "partner": _("a partner's"),
        "rival": _("a rival's"),
        "unknown": _("unknown"),
    }[standing]


def points(score: Score) -> str:
    """Return a score: "6.5", or "5–6.5" where unknown layers leave it open."""
    if score.best > score.points:
        return f"{number(score.points)}–{number(score.best)}"
    return number(score.points)


def row_line(name: str, members: Sequence[str], score: Score) -> str:
    """Return what the name of an organization says."""
    line = _("{name}: integration {points} of {layers}").format(
        name=name, points=points(score), layers=number(score.layers)
    )
    return _("{line}; with {members}").format(line=line, members=", ".join(members)) if members else line


def part_line(part: StackPart) -> str:
    """Return what one part says in the list of a cell."""
    if part.whose == "own" or part.owner in ("", part.name):
        return _("{name}: {whose}").format(name=part.name, whose=standing_words(part.whose))
    return _("{name}: {whose}, {owner}").format(name=part.name, whose=standing_words(part.whose), owner=part.owner)


def cell_line(name: str, layer: Layer, parts: Sequence[StackPart]) -> str:
    """Return what a cell says."""
    if not parts:
        return _("{name}, {layer}: nothing in the base says whose").format(name=name, layer=layer_name(layer).lower())
    told = ", ".join(f"{part.name} ({standing_words(part.whose)})" for part in parts[:_MOST_TOLD])
    left = len(parts) - _MOST_TOLD
    if left > 0:
        told = ngettext("{names} and {count} more", "{names} and {count} more", left).format(names=told, count=left)
    return _("{name}, {layer}: {parts}").format(name=name, layer=layer_name(layer).lower(), parts=told)


def link_line(link: Linked) -> str:
    """Return what a link says."""
    return f"{link.subject} {link_word(link.kind)} {link.object}"


def tie_line(name: str, joint: Joint, count: int) -> str:
    """Return what the tie between two layers says."""
    text = ngettext(
        "{name}: {lower} and {upper} joined by {count} link",
        "{name}: {lower} and {upper} joined by {count} links",
        count,
    )
    return text.format(
        name=name, lower=layer_name(joint.lower).lower(), upper=layer_name(joint.upper).lower(), count=count
    )


def notes(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return how the score is made, whose a part is, and what is missing."""
    unknown = sum(cell.standing == "unknown" for row in rows for cell in row.cells)
    lines = [
        _(
            "The best part of a layer counts. It is a rival's where a recorded rivalry joins the two groups, their "
            "models or their software, else a partner's. An organization speaks for those it owns."
        )
    ]
    if unknown:
        lines.append(
            ngettext(
                "{count} layer is unknown: the score counts it 0, and 1 at most.",
                "{count} layers are unknown: the score counts them 0, and 1 at most.",
                unknown,
            ).format(count=unknown)
        )
    return tuple(lines)


def summary(rows: Sequence[Row]) -> str:
    """Return in words what is shown."""
    told = (f"{row.name} {points(row.score)}" for row in rows)
    return _("Integration, of 8 layers: {scores}.").format(scores="; ".join(told))
