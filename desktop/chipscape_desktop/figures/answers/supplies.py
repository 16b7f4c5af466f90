"""The answer to "how domestic is a supply chain?": what a record depends on, by distance and country."""

from collections import Counter
from datetime import date

from chipscape_db.network.graph import Network
from chipscape_db.network.supply import SupplyChain
from chipscape_desktop import i18n
from chipscape_desktop.figures.answers.answer import (
    Answer,
    Role,
    Row,
    Sources,
    Statement,
    name_of,
    numbers_text,
    record_ref,
    sentence,
    table_of_rows,
)
from chipscape_desktop.figures.answers.scope import scope_words
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import country_cell, country_name, kind_word


def supply_answer(network: Network, chain: SupplyChain, *, as_of: date | None = None) -> Answer:
    """Return the answer as words, table and marks: foreign records stand out as lost, domestic ones as spared."""
    links = {link.id: link for link in network.links}
    sources = Sources(network)
    rows = []
    roles: dict[str, Role] = {}
    for one in chain.members:
        node = network.nodes[one.record]
        own = [links[id_] for id_ in one.links]
        home = {True: _("yes"), False: _("no"), None: _("unknown")}[one.home]
        said = "; ".join(dict.fromkeys(sentence(network, link, one.through) for link in own))
        cells = (
            i18n.number(one.steps), node.name, kind_word(node.kind),
            country_cell(node.country), home, said,
            numbers_text(sources.of_links(own)),
        )  # fmt: skip
        rows.append(Row(cells, (one.steps, None, None, None, None, None, None), record_ref(network, one.record)))
        roles[one.record] = "through" if one.home is None else "spared" if one.home else "lost"
    roles[chain.record] = "origin"
    name, country = name_of(network, chain.record), country_name(chain.country) if chain.country else ""
    share = chain.share()
    if not chain.members:
        title = _("Nothing on record supplies {name}").format(name=name)
    elif share is None:
        title = _("No country is known in the supply chain of {name}").format(name=name)
    else:
        title = _("{share} % of the supply chain of {name} is domestic ({country})").format(
            share=i18n.number(100 * share, 0), name=name, country=country
        )
    columns = (
        _("Steps"), _("Record"), _("Kind"), _("Country"), _("Domestic"), _("Needed because"), _("Sources"),
    )  # fmt: skip
    notes = (_("The share counts records whose country is known, each once, however far away."),)
    return Answer(
        Caption(title, scope_words(as_of=as_of), (), notes if chain.members else (), sources.notes()),
        _statements(chain), table_of_rows(columns, rows), roles,
        frozenset(id_ for one in chain.members for id_ in one.links),
        {"lost": _("foreign"), "spared": _("domestic")},
    )  # fmt: skip


def _statements(chain: SupplyChain) -> tuple[Statement, ...]:
    """Return for each distance how many are domestic, then how many come from each other country."""
    out = []
    for steps in sorted({one.steps for one in chain.members}):
        here = [one for one in chain.members if one.steps == steps]
        domestic, known = sum(one.home is True for one in here), sum(one.home is not None for one in here)
        out.append(
            Statement(
                ngettext(
                    "{count} step away: {domestic} of {known} domestic, {unknown} of unknown country.",
                    "{count} steps away: {domestic} of {known} domestic, {unknown} of unknown country.",
                    steps,
                ).format(count=steps, domestic=domestic, known=known, unknown=len(here) - known)
            )
        )
    abroad = Counter(one.country for one in chain.members if one.home is False)
    if abroad:
        listed = ", ".join(f"{country_name(code)} {count}" for code, count in abroad.most_common())
        out.append(Statement(_("From abroad: {list}.").format(list=listed)))
    return tuple(out)
