"""What changed in figures since somebody saw them: their marks then and now, and the steps that made the difference."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_db.errors import FactsError
from chipscape_db.figure_content import FigureContent
from chipscape_db.past import base_as_it_was
from chipscape_db.queries.properties import base_state
from chipscape_db.queries.since import Touch, last_saved, step_of, touches_since
from chipscape_desktop.change_words import change_sentence
from chipscape_desktop.error_text import error_text
from chipscape_desktop.export.describe import drawn_refs
from chipscape_desktop.figures import catalog
from chipscape_desktop.figures.palette import PRINT
from chipscape_desktop.figures.shown import Difference, Shown, differences, shown_of
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.history.reading import read_lines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SIZE = (1600.0, 900.0)
_MOST_CAUSES = 12
_MOST_ROWS = 5_000  # beyond which what is drawn is compared, not every row behind it
_OF_A_CLAIM = frozenset(("claim",))
_NOT_SHOWN = frozenset(("review_mark", "dismissal", "map_place", "snapshot", "former_slug"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure and the UUID of the change up to which its facts were seen; `figure_id` where it is a saved one."""

    name: str
    content: FigureContent
    seen: str
    figure_id: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """A step behind a difference: what it did in one sentence, by whom, when, why, and its changes in words."""

    changeset_id: int
    sentence: str
    author: str
    at: str
    reason: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A difference with the steps that made it; none where it rests on something else, such as the calendar."""

    difference: Difference
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """How a figure differs; `at` is when it was seen (ISO 8601), `problem` says in words why that cannot be told."""

    asked: Asked
    at: str = ""
    differences: tuple[Explained, ...] = ()
    problem: str = ""


def asked_of_saved(session: "Session", name: str = "") -> tuple[Asked, ...]:
    """Return the saved figures, or the one of a name; raises `NotFound`."""
    from chipscape_db.queries.figures import saved_figure, saved_figures

    rows = [saved_figure(session, name)] if name else saved_figures(session)
    return tuple(Asked(row.name, row.content, row.seen or last_saved(session, row.id), row.id) for row in rows)


def asked_of_file(path: Path) -> Asked:
    """Return the figure of an exported file; raises `FactsError` where there is none, or none that is known here."""
    from chipscape_desktop.export.capsules import content_of, read_capsule

    capsule = read_capsule(path)
    return Asked(path.name, content_of(capsule), capsule.changeset)


def read_since(session: "Session", asked: Sequence[Asked], language: str) -> tuple[Since, ...]:
    """Return how each figure differs from what it showed when its facts were seen."""
    now = base_state(session).changeset
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.seen].append(one)
    found: dict[int, Since] = {}
    for seen, figures in groups.items():
        step = step_of(session, seen) if seen else None
        at = step.at if step is not None else ""
        if seen == now:
            found |= {id(one): Since(one, at) for one in figures}
            continue
        try:
            with base_as_it_was(_engine(session), seen) as past:
                before = [_shown(past, one.content, language) for one in figures]
        except FactsError as error:
            found |= {id(one): Since(one, problem=error_text(error)) for one in figures}
            continue
        touches = touches_since(session, step.id if step is not None else 0)
        for one, old in zip(figures, before, strict=True):
            new = _shown(session, one.content, language, by_rows=old.by_rows)
            found[id(one)] = Since(one, at, _explained(session, old, new, touches, language))
    return tuple(found[id(one)] for one in asked)


def _engine(session: "Session") -> Any:
    bound = session.get_bind()
    return getattr(bound, "engine", bound)


def _shown(session: "Session", content: FigureContent, language: str, *, by_rows: bool | None = None) -> Shown:
    """Return what a figure shows: by the rows of its table, or by its marks where there are very many rows."""
    figure = catalog.figure(content.figure)
    request = catalog.Request(content.filters, language, content.options)
    spec = figure.build(figure.read(session, request), request)
    view = None if content.view is None else catalog.View(content.view[:2], content.view[2:])
    drawing = figure.layout(spec, size=_SIZE, palette=PRINT, measure=default_measure(), view=view)
    table = catalog.table_of(figure, spec, view)
    if by_rows is False or (by_rows is None and table is not None and len(table.rows) > _MOST_ROWS):
        table = None
    return shown_of(table, drawing.caption or spec.caption, drawn_refs(drawing))


def _explained(
    session: "Session", old: Shown, new: Shown, touches: Sequence[Touch], language: str
) -> tuple[Explained, ...]:
    told: dict[int, tuple[str, ...]] = {}
    return tuple(
        Explained(one, _causes(session, one, (old, new), touches, told, language))
        for one in differences(old.marks, new.marks)
    )


def _causes(
    session: "Session", one: Difference, both: tuple[Shown, Shown], touches: Sequence[Touch],
    told: dict[int, tuple[str, ...]], language: str,
) -> tuple[Cause, ...]:  # fmt: skip
    """Return the steps that changed what stands behind a mark: its claims and fields, else anything of its records."""
    owners = {one.ref.ids[0]} if one.ref.ids else set()
    behind = {id_ for shown in both for owner in owners for id_ in shown.behind.get(owner, ())} | set(one.ref.ids[1:])
    wanted = [touch for touch in touches if touch.table not in _NOT_SHOWN and _touches(touch, owners, behind)]
    if not wanted:
        wanted = [touch for touch in touches if touch.owner in behind or touch.row_id in behind]
    steps = {touch.changeset_id: touch for touch in wanted}
    out = []
    for changeset_id, touch in list(steps.items())[-_MOST_CAUSES:]:
        if changeset_id not in told:
            told[changeset_id] = _lines(session, changeset_id, language)
        out.append(
            Cause(changeset_id, change_sentence(touch), touch.author, touch.at, touch.reason, told[changeset_id])
        )
    return tuple(out)


def _touches(touch: Touch, owners: set[str], behind: set[str]) -> bool:
    if touch.table in _OF_A_CLAIM and behind:
        return touch.row_id in behind
    return touch.owner in owners or touch.row_id in behind


def _lines(session: "Session", changeset_id: int, language: str) -> tuple[str, ...]:
    """Return what a step did, field by field: "value: 400 → 500"."""
    _id, lines = read_lines(session, changeset_id, language)
    out = [
        f"{line.field}: {line.before} → {line.after}" if line.before and line.after else
        f"{line.field}: {line.before or line.after}"
        for line in lines if line.before or line.after
    ]  # fmt: skip
    return tuple(dict.fromkeys(out))[:_MOST_CAUSES]
