"""The review queue: every finding of every check, with what was settled."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import case, func, select

from chipscape_db.checks import check_facts
from chipscape_db.errors import N_
from chipscape_db.models import Change, Changeset, Dismissal
from chipscape_db.progress import QUIET, Progress
from chipscape_db.queries import Reader
from chipscape_db.queries.duplicates import Likeness, lookalikes
from chipscape_db.queries.review.conflicts import contested, mixed_conventions
from chipscape_db.queries.review.findings import CHECKS, Finding, Ground, Settled, key_of
from chipscape_db.queries.review.impossible import impossible
from chipscape_db.queries.review.missing import missing
from chipscape_db.queries.review.sourcing import single_source, stale, uncited

_LIKE: Final[dict[Likeness, str]] = {
    "name": N_("may be the same as “{other}”: both are called “{shared}”."),
    "alias": N_("may be the same as “{other}”: “{shared}” is another name of one of them."),
    "native-name": N_("may be the same as “{other}”: both are called “{shared}” in their own script."),
    "transliteration": N_("may be the same as “{other}”: “{shared}” sounds the same in Latin letters."),
    "without-maker": N_("may be the same as “{other}”: without the maker's name both are “{shared}”."),
    "address": N_("may be the same as “{other}”: both have the address {shared}."),
    "title": N_("may be the same as “{other}”: title and publisher or day are the same."),
    "date-and-words": N_("may be the same as “{other}”: the same day, in much the same words."),
}


@dataclass(frozen=True, slots=True)
class Workday:
    """What one person did on one day: how many changes, and of these how many settled findings."""

    day: str
    author: str
    changes: int
    settled: int


def review(
    session: Reader, *, language: str = "en", today: date | None = None, progress: Progress = QUIET
) -> list[Finding]:
    """Return every finding, the weightiest checks first, those already settled among them (see `Finding.settled`).

    Raises `Stopped` when it was cancelled.
    """
    progress.at(0.0)
    ground = Ground(session, language=language, today=today or date.today())
    settled = {
        row.key: Settled(row.reason, row.author, row.at)
        for row in session.execute(select(Dismissal.key, Dismissal.reason, Dismissal.author, Dismissal.at))
    }
    order = {code: place for place, code in enumerate(CHECKS)}
    found = list(_findings(ground, progress.part(0.1, 0.9)))
    progress.at(0.9)
    found.sort(key=lambda one: (order[one.code], one.name.casefold(), one.key))
    return [replace(one, settled=settled[one.key]) if one.key in settled else one for one in found]


def _findings(ground: Ground, progress: Progress) -> Iterator[Finding]:
    for turn, (check, share) in enumerate(_CHECKS):
        start = sum(each for _check, each in _CHECKS[:turn])
        part = progress.part(start, start + share)
        part.at(0.0)
        for count, finding in enumerate(check(ground, part), 1):
            if count % _BETWEEN == 0:
                part.at(count / max(len(ground.names), count))
            yield finding


def _spoiled(ground: Ground) -> Iterator[Finding]:
    """Yield what the checks of the base say of single facts."""
    ids = {slug: id_ for id_, slug in ground.slugs.items()}
    links = {link.slug: link for link in ground.links.values()}
    for fault in check_facts(ground.session.connection()):
        if fault.record in links:
            finding = ground.of_link("damage", links[fault.record], where="kind", template=fault.template)
        elif fault.record in ids:
            where = "claims" if fault.code.startswith("claim") else "relays_id"
            finding = ground.of_record("damage", ids[fault.record], where=where, template=fault.template)
        else:
            continue
        key = key_of("damage", finding.id, fault.code, *map(str, fault.params.values()))
        yield replace(finding, params=fault.params, key=key)


def duplicates(ground: Ground, progress: Progress = QUIET) -> Iterator[Finding]:
    """Find records that may be one and the same."""
    for pair in lookalikes(ground.session, progress=progress):
        finding = ground.of_record(
            "duplicate", pair.first_id, where="duplicate", template=_LIKE[pair.because],
            other=ground.names[pair.second_id], shared=pair.shared,
        )  # fmt: skip
        key = f"duplicate/{pair.first_id}/{pair.second_id}"
        yield replace(finding, owners=(pair.first_id, pair.second_id), key=key)


def _plain(check: Callable[[Ground], Iterator[Finding]]) -> Callable[[Ground, Progress], Iterator[Finding]]:
    """Return a check that is watched from outside only."""
    return lambda ground, _progress: check(ground)


_CHECKS: Final = (
    (_plain(_spoiled), 0.05), (_plain(impossible), 0.05), (_plain(uncited), 0.1), (_plain(contested), 0.05),
    (duplicates, 0.4), (_plain(mixed_conventions), 0.05), (_plain(single_source), 0.1), (_plain(stale), 0.05),
    (_plain(missing), 0.15),
)  # fmt: skip
"""Every check, with the share of the time that it takes."""
_BETWEEN: Final = 2_000


def open_counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings of each check nobody has settled, in the order of the checks."""
    counted = Counter(one.code for one in findings if one.settled is None)
    return {code: counted[code] for code in CHECKS}


def workdays(session: Reader, *, limit: int = 60) -> list[Workday]:
    """Return who changed how much on which day, the newest first."""
    day = func.substr(Changeset.at, 1, 10)
    settles = (Change.table_name == "dismissal") & Change.after.is_not(None) & (Changeset.kind == "edit")
    query = (
        select(day, Changeset.author, func.count(Changeset.id.distinct()), func.count(case((settles, 1))))
        .outerjoin(Change, (Change.changeset_id == Changeset.id) & (Change.table_name == "dismissal"))
        .where(Changeset.kind != "starter", Changeset.part_of_id.is_(None))
        .group_by(day, Changeset.author)
        .order_by(day.desc(), Changeset.author)
        .limit(limit)
    )
    return [Workday(*row) for row in session.execute(query)]
