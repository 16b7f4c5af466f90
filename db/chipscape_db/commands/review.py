"""Findings of the review: settle them with a reason, or open them again."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Engine

from chipscape_db.commands.fields import Field, stored
from chipscape_db.errors import N_, Invalid
from chipscape_db.history import ChangeSummary, moment, record
from chipscape_db.models import Dismissal
from chipscape_db.queries.review.findings import Finding

_REASON = Field("reason", "long")


def settle_findings(engine: Engine, *, author: str, findings: Sequence[Finding], reason: str) -> ChangeSummary | None:
    """Settle findings without a change of the facts, as one step; raises `Invalid` without a reason."""
    told = stored(_REASON, reason)
    if told is None:
        raise Invalid(N_("Say why, so that others can follow."), field="reason")
    with record(engine, "settle-findings", _subject(findings), author=author, reason=reason) as (session, out):
        for finding in findings:
            row = session.get(Dismissal, finding.key)
            if row is None:
                row = Dismissal(key=finding.key, record_id=finding.owners[0] if finding.owners else None)
                session.add(row)
            row.reason, row.author, row.at = str(told), author, moment()
    return out[0] if out else None


def reopen_findings(engine: Engine, *, author: str, findings: Iterable[Finding]) -> ChangeSummary | None:
    """Open settled findings again, as one step; None when none of them is settled."""
    findings = list(findings)
    with record(engine, "reopen-findings", _subject(findings), author=author) as (session, out):
        for finding in findings:
            row = session.get(Dismissal, finding.key)
            if row is not None:
                session.delete(row)
    return out[0] if out else None


def _subject(findings: Sequence[Finding]) -> str:
    names = list(dict.fromkeys(finding.name for finding in findings))
    return ", ".join(names[:3]) + (f" … ({len(findings)})" if len(names) > 3 else "")
