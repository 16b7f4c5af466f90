"""Claims by their number: who says 805,000, of what?"""

import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from chipscape_db.models import Claim, Record
from chipscape_db.queries import Reader

_TYPED = re.compile(r"\d[\d\s.,\u00a0\u202f]*")
_GROUPS = re.compile(r"[\s,\u00a0\u202f](?=\d{3}(?!\d))")
_NEAR = 0.005  # as a part of the number: "about 805 thousand" is found by 805,000
_LEAST_DIGITS = 3
_YEARS = range(1950, 2101)


@dataclass(frozen=True, slots=True)
class NumberHit:
    """A claim of a number: the record it is about, its metric, value and period, and its source by name."""

    claim_id: str
    subject_id: str
    subject: str
    kind: str
    metric: str
    value: float
    period: str
    source: str


def typed_number(text: str) -> float | None:
    """Return the number that somebody typed, thousands grouped or not; None for other texts, years, short numbers."""
    text = text.strip()
    if not _TYPED.fullmatch(text):
        return None
    plain = _GROUPS.sub("", text).replace(",", ".")
    if sum(letter.isdigit() for letter in plain) < _LEAST_DIGITS:
        return None
    try:
        number = float(plain)
    except ValueError:
        return None
    return None if plain == text and number in _YEARS else number


def claims_of_number(session: Reader, number: float, *, limit: int = 12) -> list[NumberHit]:
    """Return the claims whose number is this one, or very nearly, the nearest first; deprecated ones come last."""
    subject, source = aliased(Record), aliased(Record)
    query = (
        select(Claim.id, subject.id, subject.name, subject.kind, Claim.metric, Claim.number, Claim.period, source.name)
        .join(subject, subject.id == Claim.subject_id)
        .join(source, source.id == Claim.source_id)
        .where(Claim.number.between(number * (1 - _NEAR), number * (1 + _NEAR)))
        .order_by(Claim.rank == "deprecated", func.abs(Claim.number - number), subject.name, source.name)
        .limit(limit)
    )
    return [
        NumberHit(claim, id_, name, kind, metric, value or 0.0, period or "", said)
        for claim, id_, name, kind, metric, value, period, said in session.execute(query)
    ]
