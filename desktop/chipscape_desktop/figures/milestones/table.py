"""The milestones as a table: one row for each that somebody reached, with the lag behind the first."""

from collections.abc import Mapping

from chipscape_db.metrics import METRICS
from chipscape_db.queries.milestones import Reached, lag_months
from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.milestones import words
from chipscape_desktop.figures.milestones.spec import Side
from chipscape_desktop.i18n import _, format_date, number


def table_of(sides: tuple[Side, ...], reached: list[Reached], numbers: Mapping[str, int]) -> Table:
    """Return the table; lags are months behind whoever reached the milestone first."""
    columns = (
        _("Milestone"), _("Organization"), _("Name"), _("Date"), _("Value"), _("Unit"), _("Months behind the first"),
        _("Least"), _("Most"), _("Sources"), _("Note"),
    )  # fmt: skip
    names = {side.id: side.title for side in sides}
    first: dict[str, Reached] = {}
    for one in reached:
        before = first.get(one.milestone)
        if before is None or one.middle < before.middle:
            first[one.milestone] = one
    rows, values, refs = [], [], []
    for one in reached:
        leader = first[one.milestone]
        lag = lag_months(leader, one)
        told = [] if leader is one else [round(each, 1) for each in lag]
        notes = [
            text
            for text, holds in (
                (_("announced, release date not given"), one.announced_only),
                (_("claims lie on both sides of the threshold"), one.contested),
            )
            if holds
        ]
        unit = METRICS[one.metric].unit if one.metric else ""
        cited = sorted(numbers[id_] for id_ in one.sources if id_ in numbers)
        rows.append(
            (
                words.label_of(one.milestone), names[one.organization_id], one.name, format_date(one.date),
                "" if one.value is None else number(one.value), unit,
                *([number(each, 1) for each in told] or ["", "", ""]), ", ".join(map(str, cited)), "; ".join(notes),
            )
        )  # fmt: skip
        numeric: list[float | None] = [*told] or [None, None, None]
        values.append((None, None, None, one.middle, one.value, None, *numeric, None, None))
        refs.append(Ref("record", (one.record_id, *one.claim_ids), one.name))
    return Table(columns, tuple(rows), tuple(values), tuple(refs), frozenset({3}))
