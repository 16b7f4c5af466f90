"""What is wrong with an opened fact base: its file, and facts that say what cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from chipscape_db import search
from chipscape_db.errors import N_
from chipscape_db.metrics import METRICS
from chipscape_db.transfer.csv_cells import number_fault
from chipscape_db.transfer.csv_contract import USED_BEFORE_ANNOUNCED
from chipscape_db.vocabulary import RELATIONSHIP_KINDS


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: `record` is the slug of the record or relationship, empty for the file as a whole.

    `code` names the check; `template` is the English sentence with `{named}` fields that `params` fills.
    """

    code: str
    record: str
    template: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in English, behind whose it is."""
        sentence = self.template.format(**self.params)
        return f"{self.record}: {sentence}" if self.record else sentence


def check_base(session: Session) -> list[Finding]:
    """Return everything wrong with the base, in the order of the checks; a damaged file is checked no further."""
    connection = session.connection()
    damages = list(_damages(connection))
    if damages:
        return damages
    out: list[Finding] = []
    for check in (_references, _uncited, _date_orders, _claims, _ends, _relay_circles, _search_index, _event_columns):
        out.extend(check(connection))
    return out


def check_facts(connection: Connection) -> Iterator[Finding]:
    """Yield what is wrong with single facts, but for sources and dates, which the review looks at with more care."""
    for check in (_claims, _ends, _relay_circles):
        yield from (finding for finding in check(connection) if finding.record)


def _damages(connection: Connection) -> Iterator[Finding]:
    template = N_("the file is damaged ({detail}); open a backup, or dump what can still be read.")
    try:
        rows = connection.exec_driver_sql("PRAGMA quick_check(20)").all()
    except DatabaseError as error:
        yield Finding("damaged", "", template, {"detail": str(error.orig)})
        return
    for (detail,) in rows:
        if detail != "ok":
            yield Finding("damaged", "", template, {"detail": detail})


def _references(connection: Connection) -> Iterator[Finding]:
    for table, number, missing, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        template = N_(
            "row {number} of the table {table} refers to a row of {missing} that is gone; revert its last change."
        )
        yield Finding("dangling", "", template, {"number": number, "table": table, "missing": missing})


def _uncited(connection: Connection) -> Iterator[Finding]:
    rows = connection.exec_driver_sql(
        "SELECT slug FROM record WHERE kind <> 'source' "
        "AND id NOT IN (SELECT record_id FROM citation WHERE record_id IS NOT NULL) "
        "UNION ALL SELECT slug FROM relationship "
        "WHERE id NOT IN (SELECT relationship_id FROM citation WHERE relationship_id IS NOT NULL) ORDER BY 1"
    )
    for (slug,) in rows.all():
        yield Finding("uncited", slug, N_("no source is cited; add a citation."))


DATE_ORDERS = (
    ("chip", "announced_on", "released_on"),
    ("policy", "announced_on", "effective_on"),
    ("policy", "effective_on", "ended_on"),
    ("event", "starts_on", "ends_on"),
    ("relationship", "starts_on", "ends_on"),
)


def _date_orders(connection: Connection) -> Iterator[Finding]:
    for table, first, second in DATE_ORDERS:
        owner = "t" if table == "relationship" else "r"
        join = "" if table == "relationship" else "JOIN record r ON r.id = t.id "
        rows = connection.exec_driver_sql(
            f"SELECT {owner}.slug, t.{first}, t.{second} FROM {table} t {join}"
            f"WHERE t.{second}_to < t.{first}_from ORDER BY 1"
        )
        for slug, earlier, later in rows.all():
            if slug not in USED_BEFORE_ANNOUNCED:
                template = N_("{second} ({later}) lies before {first} ({earlier}); mend one of the two.")
                params: dict[str, object] = {"first": first, "second": second, "earlier": earlier, "later": later}
                yield Finding("date-order", slug, template, params)


def _claims(connection: Connection) -> Iterator[Finding]:
    """Check that metric, unit, value, number and conventions of each claim agree."""
    units: dict[str, str] = dict(connection.exec_driver_sql("SELECT key, unit FROM metric").all())
    for key, unit in sorted(units.items()):
        if key not in METRICS or METRICS[key].unit != unit:
            template = N_("the base counts {metric} in '{unit}', which the application does not know; update it.")
            yield Finding("metric-unit", "", template, {"metric": key, "unit": unit})
    rows = connection.exec_driver_sql(
        "SELECT r.slug, c.metric, c.value, c.number, c.sparsity, c.engine, c.direction, c.period "
        "FROM claim c JOIN record r ON r.id = c.subject_id ORDER BY 1, 2, 3"
    )
    for slug, key, value, number, sparsity, engine, direction, period in rows.all():
        metric = METRICS.get(key)
        if metric is None:
            continue
        said: dict[str, object] = {"metric": key, "value": value, "number": number}
        expected = None
        if metric.kind == "number":
            if number_fault(value) is not None:
                yield Finding(
                    "claim-value", slug, N_("{metric} is '{value}', which is no plain number; enter it again."), said
                )
                continue
            expected = float(value)
        if number != expected:
            template = N_("{metric} is written '{value}' but counted as {number}; enter it again.")
            yield Finding("claim-number", slug, template, said)
        taken = {"sparsity": metric.is_compute, "engine": metric.is_compute, "direction": metric.is_link}
        taken["period"] = metric.has_period
        for column, text in zip(taken, (sparsity, engine, direction, period), strict=True):
            if text and not taken[column]:
                template = N_("{metric} has no {column}; clear it.")
                yield Finding("claim-convention", slug, template, {"metric": key, "column": column})
        if metric.is_link and not direction:
            yield Finding("claim-convention", slug, N_("{metric} needs a direction; choose one."), {"metric": key})


def _ends(connection: Connection) -> Iterator[Finding]:
    rows = connection.exec_driver_sql(
        "SELECT l.slug, l.kind, s.kind, o.kind FROM relationship l "
        "JOIN record s ON s.id = l.subject_id JOIN record o ON o.id = l.object_id ORDER BY 1"
    )
    for slug, kind, subject, target in rows.all():
        if kind not in RELATIONSHIP_KINDS or not RELATIONSHIP_KINDS[kind].allow(subject, target):
            template = N_("'{kind}' cannot join a record of kind {subject} to one of kind {target}; choose another.")
            yield Finding("ends", slug, template, {"kind": kind, "subject": subject, "target": target})


def _relay_circles(connection: Connection) -> Iterator[Finding]:
    """Report each circle of sources that relay one another once, at its first slug."""
    rows = connection.exec_driver_sql(
        "SELECT a.slug, b.slug FROM source s JOIN record a ON a.id = s.id "
        "JOIN record b ON b.id = s.relays_id ORDER BY 1"
    )
    relays: dict[str, str] = dict(rows.all())
    settled: set[str] = set()
    for start in relays:
        chain: list[str] = []
        source: str | None = start
        while source is not None and source not in settled:
            settled.add(source)
            chain.append(source)
            source = relays.get(source)
        if source in chain:
            circle = chain[chain.index(source) :]
            template = N_("the sources relay one another in a circle: {circle}; clear one of them.")
            yield Finding("relay-circle", min(circle), template, {"circle": ", ".join(circle)})


def _search_index(connection: Connection) -> Iterator[Finding]:
    stale = search.out_of_step(connection)
    if stale:
        template = N_("the search index is out of step for {count} records; save any change to them, or dump and load.")
        yield Finding("search-index", "", template, {"count": len(stale)})


def _event_columns(connection: Connection) -> Iterator[Finding]:
    from chipscape_db.columns.keeping import out_of_step

    if out_of_step(connection):
        template = N_("the columns kept of its events are out of step with them; dump and load the base.")
        yield Finding("event-columns", "", template)
