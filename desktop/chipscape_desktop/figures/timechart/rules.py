"""Rules as milestones of a chart over time, and their sources after those of the chart."""

from collections.abc import Iterable, Mapping, Sequence

from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_db.queries.rule_days import RuleDay
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.references import source_text
from chipscape_desktop.figures.spec import SourceNote
from chipscape_desktop.figures.timechart.spec import Milestone
from chipscape_desktop.i18n import _, format_date, typeset

MOST = 7


def milestones(rules: Sequence[RuleDay], days: tuple[float, float], *, most: int = MOST) -> tuple[Milestone, ...]:
    """Return the weightiest rules within the *days*, the weightiest first."""
    inside = [one for one in rules if days[0] <= one.day <= days[1]][:most]
    return tuple(
        Milestone(
            one.day,
            typeset(one.name),
            Ref(
                "record",
                (one.id,),
                _("{name}: in force since {date}").format(name=one.name, date=format_date(one.date)),
            ),
        )
        for one in inside
    )


def source_notes(ids: Iterable[str], sources: Mapping[str, FootnoteSource]) -> tuple[SourceNote, ...]:
    """Return the references of the sources with these ids, each once, numbered in this order."""
    found = [sources[id_] for id_ in dict.fromkeys(ids) if id_ in sources]
    return tuple(SourceNote(place, one.id, source_text(one), one.url) for place, one in enumerate(found, 1))
