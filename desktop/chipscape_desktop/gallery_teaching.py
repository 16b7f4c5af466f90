"""A small fact base for the gallery, about makers that do not exist: every kind of date, rivals, causes and effects.

What the starter facts do not hold is shown with it; it is written through the commands, as a person would.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipscape_db.identity import new_id

if TYPE_CHECKING:
    from sqlalchemy import Engine

_AUTHOR = "Gallery"
_MAKERS = (
    ("Example Silicon", "company", "CN"), ("Sample Devices", "company", "US"), ("Muster Halbleiter", "company", "DE"),
    ("Demo Foundry", "foundry", "TW"), ("Ministry of Examples", "government", "US"),
)  # fmt: skip
_SECTORS = (("Example banks", ("Example Silicon", "Sample Devices")), ("Example clinics", ("Muster Halbleiter",)))
_EVENTS = (
    # Name, kind, start, end, importance, who acts, who else takes part
    ("Sample Devices announces the S1", "chip-launch", "2021-03-18", "", "5", "Sample Devices", ()),
    ("Example Silicon starts its E1 project", "research", "2021", "", "3", "Example Silicon", ()),
    ("Muster Halbleiter opens a laboratory", "research", "2021-34", "", "3", "Muster Halbleiter", ()),
    ("Demo Foundry prepares its 5 nm line", "supply", "2021-05/2022-02", "", "4", "Demo Foundry", ("Sample Devices",)),
    ("Export rule on fast example chips", "policy", "2022-06-01", "", "5", "Ministry of Examples", ("Sample Devices",)),
    ("Sample Devices cuts down the S1 for export", "chip-launch", "2022-09", "", "4", "Sample Devices", ()),
    ("Example Silicon stocks up on S1 chips", "supply", "2022-06-05", "2022-12", "4", "Example Silicon",
     ("Sample Devices",)),
    ("Rule on cut-down example chips", "policy", "2023-02-14", "", "4", "Ministry of Examples", ("Sample Devices",)),
    ("Example Silicon launches the E1", "chip-launch", "2023-05~", "", "5", "Example Silicon", ()),
    ("Demo Foundry is said to make the E1", "incident", "2023-07?", "", "4", "Demo Foundry", ("Example Silicon",)),
    ("Muster Halbleiter and Demo Foundry build a fab", "partnership", "2022-11/..", "", "4", "Muster Halbleiter",
     ("Demo Foundry",)),
    ("Example Silicon opens its E1 model", "open-sourcing", "2023-09-20", "", "3", "Example Silicon", ()),
    ("Sample Devices reports lower sales", "financial", "2023-10", "", "3", "Sample Devices", ()),
    ("Licence talks with the ministry", "policy", "2023-03", "2023-08~", "2", "Sample Devices",
     ("Ministry of Examples",)),
    ("Muster Halbleiter raises money", "investment", "2024-33", "", "3", "Muster Halbleiter", ()),
    ("The export rule is relaxed", "policy", "2024-04-02", "", "5", "Ministry of Examples", ("Sample Devices",)),
    ("Sample Devices sells the S2 abroad", "supply", "2024-05", "2024-11-15", "4", "Sample Devices", ()),
    ("Example Silicon plans the E2", "chip-launch", "2024", "", "3", "Example Silicon", ()),
)  # fmt: skip
_LEADS = (
    (4, 5), (4, 6), (5, 7), (1, 8), (4, 8), (9, 7), (8, 11), (7, 12), (12, 15), (15, 16), (0, 4), (3, 9), (13, 15),
)  # fmt: skip
_RIVALS = (
    (8, "date.starts-on", "2023-08-29"), (0, "date.starts-on", "2021-04"), (6, "date.ends-on", "2023-02"),
    (16, "date.ends-on", "2025-01"),
)  # fmt: skip
_RULES = (("Rule on fast example chips", "2022-06-01", "2024-04-02"), ("Rule on cut-down example chips", "2023-02", ""))


def make_teaching_base(path: Path) -> None:
    """Write the base to *path*."""
    from chipscape_db.base_file import create_base, open_base

    create_base(path, starter=False)
    base = open_base(path)
    try:
        _fill(base.engine)
    finally:
        base.close()


def _fill(engine: "Engine") -> None:
    from chipscape_db.commands.citations import NewCitation, add_citation
    from chipscape_db.commands.claims import add_claim
    from chipscape_db.commands.events import add_event
    from chipscape_db.commands.records import add_record
    from chipscape_db.commands.relationships import add_participant, add_relationship

    add = partial(_add, add_record, engine)
    news = add("source", {"name": "Invented news of example chips", "source_kind": "press", "publisher": "The Example"})
    other = add("source", {"name": "Another invented report", "source_kind": "analysis", "publisher": "Sample Notes"})
    cited = NewCitation(news)
    makers = {
        name: add("organization", {"name": name, "org_kind": kind, "country": country}, cited)
        for name, kind, country in _MAKERS
    }
    for name, served in _SECTORS:
        sector = add("sector", {"name": name}, cited)
        for maker in served:
            fields = {"subject_id": makers[maker], "kind": "serves", "object_id": sector}
            add_relationship(engine, author=_AUTHOR, fields=fields, citation=cited)
    for name, start, end in _RULES:
        status = "superseded" if end else "in-force"
        fields = {"name": name, "status": status, "effective_on": start, "ended_on": end}
        add("policy", fields | {"authority_id": makers["Ministry of Examples"]}, cited)
    events = []
    for name, kind, start, end, importance, actor, others in _EVENTS:
        fields = {"name": name, "event_kind": kind, "starts_on": start, "ends_on": end, "importance": importance}
        events.append(new_id())
        add_event(engine, author=_AUTHOR, fields=fields, actor_id=makers[actor], event_id=events[-1])
        add_citation(engine, author=_AUTHOR, citation=cited, record_id=events[-1])
        for maker in others:
            add_participant(engine, author=_AUTHOR, event_id=events[-1], record_id=makers[maker], role="affected")
    for cause, effect in _LEADS:
        fields = {"subject_id": events[cause], "kind": "leads-to", "object_id": events[effect]}
        add_relationship(engine, author=_AUTHOR, fields=fields, citation=NewCitation(other))
    for event, metric, date in _RIVALS:
        values = {"metric": metric, "value": date, "stance": "reported", "source_id": other}
        add_claim(engine, author=_AUTHOR, subject_id=events[event], values=values)


def _add(command: Any, engine: "Engine", kind: str, fields: dict[str, str], citation: Any = None) -> str:
    identity = new_id()
    command(engine, author=_AUTHOR, kind=kind, fields=fields, citation=citation, record_id=identity)
    return identity
