"""What hosting any figure takes: reading its rows, laying it out with its remarks, comparing views."""

from typing import TYPE_CHECKING, Any

from chipscape_db.figure_content import Annotation
from chipscape_db.queries.performance import PerformanceRows, SeveralRows
from chipscape_desktop.export.jobs import lay_out_annotated
from chipscape_desktop.figures.catalog import Figure, Request, View, figure
from chipscape_desktop.figures.drawing import Drawing, Ref
from chipscape_desktop.theme import current_palette
from chipscape_desktop.workspace import Selection

if TYPE_CHECKING:
    from chipscape_db.queries import Reader


def read_figure(session: "Reader", *, name: str, request: Request) -> tuple[str, Any]:
    """Return the name of a figure and its rows; runs on the database worker."""
    return name, figure(name).read(session, request)


def selection_of(ref: Ref) -> Selection | None:
    """Return what opening a mark selects: the relationship, or the record, of a claim the one that it is about."""
    if ref.kind == "relationship":
        return Selection("relationship", ref.ids[0])
    if ref.kind in ("record", "claim"):
        return Selection("record", ref.ids[1] if ref.kind == "claim" and len(ref.ids) > 1 else ref.ids[0])
    return None


def metric_of(rows: Any, ref: Ref) -> str:
    """Return the metric that a mark of a figure of chips is about, empty where it is not known or there are several."""
    if isinstance(rows, PerformanceRows):
        return rows.metric.key
    record, claims = (
        (ref.ids[1], ref.ids[:1]) if ref.kind == "claim" and len(ref.ids) > 1 else (ref.ids[0], ref.ids[1:])
    )
    if not isinstance(rows, SeveralRows) or not claims:
        return ""
    found = [key for key, own in rows.claims.get(record, {}).items() if any(row.id in claims for row in own)]
    return found[0] if len(found) == 1 else ""


def same_view(one: View, other: View) -> bool:
    """Say whether two views are the same but for rounding."""
    pairs = zip((*one.x, *one.y), (*other.x, *other.y), strict=True)
    return all(abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1.0) for a, b in pairs)


def lay_out(
    shown: Figure, spec: Any, annotations: tuple[Annotation, ...], view: View, size: tuple[float, float]
) -> Drawing:
    """Return the drawing for a view and size, with the remarks over it."""
    return lay_out_annotated(shown, spec, annotations, size=size, palette=current_palette(), view=view)
