"""From the stacks of organizations to the spec of the matrix."""

from collections.abc import Mapping, Sequence

from chipscape_db.queries.stack import LAYERS, Layer, Stack, StackPart, StackRows
from chipscape_desktop.figures.catalog import Request, Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import meanings
from chipscape_desktop.figures.spec import Caption, LegendEntry
from chipscape_desktop.figures.stack_matrix import words
from chipscape_desktop.figures.stack_matrix.options import Options, parse
from chipscape_desktop.figures.stack_matrix.spec import POINTS, Cell, Row, Score, StackSpec, Standing, Tie
from chipscape_desktop.figures.timechart.rules import source_notes
from chipscape_desktop.i18n import _, number


def build(rows: StackRows, request: Request) -> StackSpec:
    """Return what is shown of *rows* under the options of the request; raises `Invalid` for an unknown option."""
    options = parse(request.options)
    inside: dict[Ref, tuple[Ref, ...]] = {}
    made = [_row(stack, rows, options, inside) for stack in rows.stacks]
    pairs = list(zip(made, rows.stacks, strict=True))
    if options.order == "score":
        pairs.sort(key=lambda pair: (-pair[0].score.points, -pair[0].score.best, pair[0].name))
    elif options.order == "name":
        pairs.sort(key=lambda pair: pair[0].name.casefold())
    shown = tuple(row for row, _stack in pairs)
    cited = [
        id_ for _row_, stack in pairs for layer in LAYERS for part in stack.parts[layer][:1] for id_ in part.sources[:1]
    ]
    cited += [
        id_ for _row_, stack in pairs for layer in LAYERS for part in stack.parts[layer] for id_ in part.sources
    ]  # those that stand for the cells come first
    caption = Caption(
        words.title(shown),
        words.subtitle(request.filters.as_of),
        _legend(shown),
        words.notes(shown),
        source_notes(cited, rows.sources),
    )
    numbers = {note.id: note.number for note in caption.sources}
    names = tuple(words.layer_name(layer) for layer in LAYERS)
    return StackSpec(caption, shown, names, words.summary(shown), inside, _table(pairs, rows, numbers))


def score_of(standings: Sequence[Standing]) -> Score:
    """Return the integration score: own 1, a partner's ½, a rival's 0; unknown 0 at least and 1 at most."""
    points = sum(POINTS[one] for one in standings)
    return Score(points, points + standings.count("unknown"), len(standings))


def standing_of(parts: Sequence[StackPart]) -> Standing:
    """Return whose the best part of a layer is."""
    return parts[0].whose if parts else "unknown"


def _row(stack: Stack, rows: StackRows, options: Options, inside: dict[Ref, tuple[Ref, ...]]) -> Row:
    name = stack.organization.name
    cells = tuple(_cell(stack, layer, rows, inside) for layer in LAYERS)
    ties = []
    for joint in stack.joints if options.joints else ():
        place = LAYERS.index(joint.lower)
        if LAYERS.index(joint.upper) == place + 1:
            opened = tuple(_link_ref(id_, rows) for id_ in joint.links)
            ref = Ref("cluster", joint.links, words.tie_line(name, joint, len(joint.links)))
            inside[ref] = opened
            ties.append(Tie(place, ref))
    score = score_of([cell.standing for cell in cells])
    ref = Ref("record", (stack.organization.id,), words.row_line(name, stack.members, score))
    return Row(name, country_colour(stack.organization.country), cells, tuple(ties), score, ref)


def _cell(stack: Stack, layer: Layer, rows: StackRows, inside: dict[Ref, tuple[Ref, ...]]) -> Cell:
    parts = stack.parts[layer]
    standing = standing_of(parts)
    best = [part for part in parts if part.whose == standing]
    prefix = "" if layer == "cloud" else f"{stack.organization.name} "  # a cloud without its maker's name is no name
    names = tuple(part.name.removeprefix(prefix) for part in best)
    others = len(parts) - len(best)
    ids = tuple(part.id for part in parts) or (f"{stack.organization.id}/{layer}",)  # an unknown part has no id
    ref = Ref("cluster", ids, words.cell_line(stack.organization.name, layer, parts))
    opened = []
    for part in parts:
        opened.append(Ref("record", (part.id,), words.part_line(part)))
        opened += [_link_ref(id_, rows) for id_ in part.links]
    inside[ref] = tuple(opened) or (Ref("record", (stack.organization.id,), stack.organization.name),)
    return Cell(layer, standing, names, others, ref)


def _link_ref(id_: str, rows: StackRows) -> Ref:
    return Ref("relationship", (id_,), words.link_line(rows.links[id_]))


def _legend(rows: Sequence[Row]) -> tuple[LegendEntry, ...]:
    used = {cell.standing for row in rows for cell in row.cells}
    looks: dict[Standing, tuple[str, bool]] = {
        "own": ("range", False), "partner": ("area", False), "rival": ("range", True), "unknown": ("rival", False),
    }  # fmt: skip
    entries = [
        LegendEntry(swatch, "ink_soft", words.standing_words(standing), hollow=hollow)
        for standing, (swatch, hollow) in looks.items()
        if standing in used
    ]
    if any(row.ties for row in rows):
        entries.append(LegendEntry("line", "ink", _("own layers joined by a recorded link")))
    colours = {row.colour for row in rows}
    return (*entries, *(LegendEntry("disc", colour, text) for colour, text in meanings(colours, (), "country")))


def _table(pairs: Sequence[tuple[Row, Stack]], rows: StackRows, numbers: Mapping[str, int]) -> Table:
    heads = (
        _("Organization"), _("Layer"), _("Whose"), _("Own"), _("Partners'"), _("Rivals'"), _("Points"),
        _("Integration"), _("Integration at most"), _("Joined to the next layer"), _("Sources"),
    )  # fmt: skip
    lines, values, refs = [], [], []
    for row, stack in pairs:
        tied = {tie.place for tie in row.ties}
        for place, cell in enumerate(row.cells):
            parts = stack.parts[cell.layer]
            by = [[part.name for part in parts if part.whose == whose] for whose in ("own", "partner", "rival")]
            cited = sorted({numbers[id_] for part in parts for id_ in part.sources if id_ in numbers})
            points = POINTS[cell.standing]
            lines.append(
                (
                    row.name, words.layer_name(cell.layer), words.standing_words(cell.standing),
                    *(", ".join(names) for names in by), number(points), number(row.score.points),
                    number(row.score.best), _("yes") if place in tied else "", ", ".join(map(str, cited)),
                )
            )  # fmt: skip
            values.append((*[None] * 6, points, row.score.points, row.score.best, None, None))
            refs.append(Ref("record", (row.ref.ids[0], *(part.id for part in parts)), cell.ref.title))
    return Table(heads, tuple(lines), tuple(values), tuple(refs))
