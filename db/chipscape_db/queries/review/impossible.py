"""What cannot be: dates in the wrong order, successors older than what they succeed, values beyond all measure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from chipscape_db.checks import DATE_ORDERS
from chipscape_db.errors import N_, FieldNames
from chipscape_db.metrics import METRICS
from chipscape_db.models import Base, Chip
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries.claims import ClaimRow
from chipscape_db.queries.review.findings import Finding, Ground, key_of
from chipscape_db.transfer.csv_contract import USED_BEFORE_ANNOUNCED

_SYSTEMS: Final = (
    "rack", "pod", "cluster", "server", "host", "machine", "node", "tile", "board", "wafer", "pair",
)  # fmt: skip
"""Words of a form factor that is more than one chip, or a whole wafer of them."""

_LIMITS: Final[Mapping[tuple[str, str], tuple[float, float]]] = {
    ("power.tdp", "chip"): (0.5, 3_000),
    ("power.tdp", "board"): (5, 10_000),
    ("power.tdp", "node"): (50, 100_000),
    ("power.tdp", "rack"): (500, 2_000_000),
    ("memory.capacity", "chip"): (0.001, 4_000),
    ("memory.bandwidth", "chip"): (1, 200_000),
    ("interconnect.bandwidth", "chip"): (0.1, 50_000),
    ("compute", "chip"): (0.01, 500_000),
    ("die.area", "die"): (1, 900),
    ("die.area", "chip"): (1, 20_000),
    ("die.transistors", "chip"): (0.001, 2_000),
    ("process.node", ""): (0.5, 500),
    ("price", "chip"): (1, 1_000_000),
    ("org.market-share", ""): (0, 100),
    ("org.revenue", ""): (0, 5e12),
    ("production.volume", ""): (0, 1e9),
    ("model.parameters", ""): (0.0001, 1_000_000),
    ("model.active-parameters", ""): (0.0001, 1_000_000),
    ("model.training-tokens", ""): (0.000_001, 10_000),
    ("model.training-compute", ""): (1e12, 1e30),
    ("model.context", ""): (16, 1e9),
}
"""The widest that is believable, in the unit of the metric, by what it is counted for; `chip` is one chip or package.

About five times what the most extreme product of 2026 has, so that only slips of units and noughts are caught: one
chip draws at most 2.3 kW, reaches 80 TB/s on the die and fills a reticle of 858 mm2 per die.
"""


def impossible(ground: Ground) -> Iterator[Finding]:
    """Find what cannot be."""
    yield from _date_orders(ground)
    yield from _successors(ground)
    yield from _values(ground)
    yield from _parameters(ground)


def _date_orders(ground: Ground) -> Iterator[Finding]:
    template = N_("{second} ({later}) lies before {first} ({earlier}); mend one of the two.")
    for table, first, second in DATE_ORDERS:
        own = Base.metadata.tables[table].c
        query = select(own.id, own[first], own[second]).where(own[f"{second}_to"] < own[f"{first}_from"])
        for id_, earlier, later in ground.session.execute(query):
            params: dict[str, Any] = {
                "first": FieldNames(first), "second": FieldNames(second), "earlier": PartialDate.parse(earlier),
                "later": PartialDate.parse(later),
            }  # fmt: skip
            if table == "relationship":
                finding = ground.of_link("impossible", ground.links[id_], where=second, template=template, **params)
            elif ground.slugs[id_] in USED_BEFORE_ANNOUNCED:
                continue
            else:
                finding = ground.of_record("impossible", id_, where=second, template=template, **params)
            yield replace(finding, key=key_of("impossible", id_, first, earlier, later))


def _successors(ground: Ground) -> Iterator[Finding]:
    """Find chips released wholly before the one that they are said to succeed, and the same of models."""
    from chipscape_db.models import Model

    released: dict[str, tuple[str, int | None, int | None]] = {}
    for model in (Chip, Model):
        own = model.__table__.c
        for id_, said, low, high in ground.session.execute(
            select(own.id, own.released_on, own.released_on_from, own.released_on_to).where(
                own.released_on.is_not(None)
            )
        ):
            released[id_] = (said, low, high)
    for link in ground.links.values():
        if link.kind != "succeeds" or link.subject_id not in released or link.object_id not in released:
            continue
        (younger, _, last), (older, first, _) = released[link.subject_id], released[link.object_id]
        if last is not None and first is not None and last < first:
            finding = ground.of_link(
                "impossible", link, where="links", younger=ground.names[link.subject_id],
                older=ground.names[link.object_id], first=PartialDate.parse(younger), second=PartialDate.parse(older),
                template=N_(
                    "“{younger}” succeeds “{older}” but was released before it ({first}, {second}); turn the "
                    "relationship round or mend a date."
                ),
            )  # fmt: skip
            yield replace(finding, key=key_of("impossible", link.id, younger, older))


def _values(ground: Ground) -> Iterator[Finding]:
    forms: dict[str, str] = {
        id_: (form or "").casefold() for id_, form in ground.session.execute(select(Chip.id, Chip.form_factor))
    }
    for record_id, by_metric in ground.claims.items():
        for metric, rows in by_metric.items():
            for row in rows:
                limits = _limits(row, forms.get(record_id))
                if row.is_live and row.number is not None and limits and not limits[0] <= row.number <= limits[1]:
                    yield _of_claim(
                        ground, row, metric=FieldNames(metric), value=row.number, unit=METRICS[metric].unit,
                        low=limits[0], high=limits[1],
                        template=N_(
                            "{metric} is {value} {unit}; believable is {low} to {high} {unit}. Look at the unit, the "
                            "noughts, and what it is counted for."
                        ),
                    )  # fmt: skip


def _limits(row: ClaimRow, form: str | None) -> tuple[float, float] | None:
    """Return the widest believable value for a claim; None where there is no such limit."""
    stem = row.metric.partition(".")[0]
    scope = row.scope or ""
    if scope in ("", "die", "package", "gpu") and form is not None:
        if not scope and any(word in form for word in _SYSTEMS):
            return None
        exact = _LIMITS.get((row.metric, scope)) or _LIMITS.get((row.metric, "chip")) or _LIMITS.get((stem, "chip"))
        if exact is not None:
            return exact
    return _LIMITS.get((row.metric, scope)) or (_LIMITS.get((row.metric, "")) if not scope else None)


def _parameters(ground: Ground) -> Iterator[Finding]:
    """Find models of which more parameters are active than there are."""
    for by_metric in ground.claims.values():
        whole = [row.number for row in by_metric.get("model.parameters", ()) if row.is_live and row.number]
        for row in by_metric.get("model.active-parameters", ()):
            if row.is_live and row.number and whole and row.number > max(whole):
                yield _of_claim(
                    ground, row, active=row.number, total=max(whole),
                    template=N_(
                        "{active} billion parameters are active of {total} billion in all; mend one of the two."
                    ),
                )  # fmt: skip


def _of_claim(ground: Ground, row: ClaimRow, *, template: str, **params: Any) -> Finding:
    return Finding(
        "impossible", "claim", row.id, ground.names[row.subject_id], ground.slugs[row.subject_id], "claims", template,
        params, (row.subject_id,), key_of("impossible", row.id, row.value, row.scope or ""),
    )  # fmt: skip
