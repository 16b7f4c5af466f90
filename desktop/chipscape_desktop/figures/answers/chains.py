"""The answer to "how does one record depend on another?": the chains, written out and cited."""

from datetime import date

from chipscape_db.network.graph import Network
from chipscape_db.network.paths import Chain, Paths
from chipscape_desktop import i18n
from chipscape_desktop.figures.answers.answer import (
    Answer,
    Role,
    Row,
    Sources,
    Statement,
    link_ref,
    name_of,
    numbers_text,
    sentence,
    span,
    table_of_rows,
)
from chipscape_desktop.figures.answers.scope import scope_words
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import link_word


def chains_answer(network: Network, found: Paths, *, as_of: date | None = None, every: bool = False) -> Answer:
    """Return the answer as words, table and marks."""
    sources = Sources(network)
    rows: list[Row] = []
    statements: list[Statement] = []
    for number, chain in enumerate(found.chains, 1):
        statements.append(_written(network, chain, sources, number=number if len(found.chains) > 1 else 0))
        for place, step in enumerate(chain.steps, 1):
            for link in step.links:
                cited = sources.of(link.sources)
                cells = (
                    str(number), str(place), name_of(network, step.start),
                    link_word(link.kind, inverse=link.subject != step.start), name_of(network, step.end), span(link),
                    numbers_text(cited),
                )  # fmt: skip
                rows.append(Row(cells, (number, place, None, None, None, None, None), link_ref(network, link)))
    roles: dict[str, Role] = {id_: "through" for chain in found.chains for id_ in chain.records}
    roles |= {found.start: "origin", found.end: "goal"}
    notes = []
    if found.sense == "any":
        notes.append(_("Records are only tied here: that does not mean that one needs the other."))
    if found.more:
        notes.append(
            _("More chains exist; the {count} shortest are listed.").format(count=i18n.number(len(found.chains)))
        )
    columns = (
        _("Chain"), _("Step"), _("From"), _("Relationship"), _("To"), _("When"), _("Sources"),
    )  # fmt: skip
    subtitle = scope_words(
        ngettext("{count} chain", "{count} chains", len(found.chains)).format(count=i18n.number(len(found.chains))),
        _("every chain, the shortest first") if every else _("the shortest chains"),
        as_of=as_of,
    )
    links = frozenset(link.id for chain in found.chains for step in chain.steps for link in step.links)
    return Answer(
        Caption(_title(network, found), subtitle, (), tuple(notes), sources.notes()), tuple(statements),
        table_of_rows(columns, rows), roles, links,
    )  # fmt: skip


def _title(network: Network, found: Paths) -> str:
    start, end = name_of(network, found.start), name_of(network, found.end)
    if found.sense == "none":
        return _("Nothing ties {start} to {end}").format(start=start, end=end)
    steps = len(found.chains[0].steps)
    templates = {
        "needs": ngettext(
            "{start} depends on {end}, {count} step away", "{start} depends on {end}, {count} steps away", steps
        ),
        "feeds": ngettext(
            "{start} does not depend on {end}; {end} depends on it, {count} step away",
            "{start} does not depend on {end}; {end} depends on it, {count} steps away",
            steps,
        ),
        "any": ngettext(
            "{start} does not depend on {end}; they are tied, {count} step apart",
            "{start} does not depend on {end}; they are tied, {count} steps apart",
            steps,
        ),
    }
    return templates[found.sense].format(start=start, end=end, count=i18n.number(steps))


def _written(network: Network, chain: Chain, sources: Sources, *, number: int) -> Statement:
    """Return one chain as a sentence: each relationship as it is told, with its own citations."""
    parts = []
    for step in chain.steps:
        for link in step.links:
            text = sentence(network, link, link.subject)
            cited = numbers_text(sources.of(link.sources))
            parts.append(f"{text} [{cited}]" if cited else _("{statement} [no source]").format(statement=text))
    text = "; ".join(parts) + "."
    return Statement(f"{number}. {text}" if number else text)
