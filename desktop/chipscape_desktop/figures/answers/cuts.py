"""The answer to "what if a record is unavailable?": who is hit, and for whom there is another way."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from chipscape_db.network.cut import Cut, Hit
from chipscape_db.network.graph import USUAL, Network
from chipscape_desktop import i18n
from chipscape_desktop.figures.answers.answer import (
    Answer,
    Role,
    Row,
    Sources,
    Statement,
    kinds_words,
    name_of,
    numbers_text,
    record_ref,
    table_of_rows,
)
from chipscape_desktop.figures.answers.scope import scope_words
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import country_cell, kind_word

_KINDS = ("organization", "chip", "model", "software", "sector", "policy")
_NAMED = 6


def cut_answer(
    network: Network, cut: Cut, *, kinds: Collection[str] = (), only_lost: bool = False, as_of: date | None = None
) -> Answer:
    """Return the answer as words, table and marks; with *only_lost* those left with another way are left out."""
    hits = [hit for hit in cut.hits if hit.lost or not only_lost]
    links = {link.id: link for link in network.links}
    sources = Sources(network)
    rows = [_row(network, hit, sources.of_links(links[id_] for id_ in hit.links), rank=rank)
            for rank, hit in enumerate(hits, 1)]  # fmt: skip
    roles: dict[str, Role] = {hit.record: "lost" if hit.lost else "spared" for hit in hits}
    roles[cut.record] = "origin"
    name = name_of(network, cut.record)
    lost = sum(hit.lost for hit in cut.hits)
    title = (
        ngettext(
            "Without {name}, {count} record is hit, {lost} of them with no other way on record",
            "Without {name}, {count} records are hit, {lost} of them with no other way on record",
            len(cut.hits),
        ).format(name=name, count=i18n.number(len(cut.hits)), lost=i18n.number(lost))
        if cut.hits
        else _("Nothing on record depends on {name}").format(name=name)
    )
    columns = (
        _("Rank"), _("Record"), _("Kind"), _("Country"), _("Steps"), _("Other ways"), _("Depends through"),
        _("Dependents"), _("Sources"),
    )  # fmt: skip
    notes = (
        _("“No other way” means that none is on record here, not that none exists."),
        _("A chip or model outlives the loss of its maker's supplier; rivals alone stand in for each other as "
          "suppliers."),
    )  # fmt: skip
    followed = "" if not kinds or frozenset(kinds) == USUAL else kinds_words(kinds)
    subtitle = scope_words(_("only without another way") if only_lost else "", followed, as_of=as_of)
    return Answer(
        Caption(title, subtitle, (), notes if cut.hits else (), sources.notes()), _statements(network, cut),
        table_of_rows(columns, rows), roles, frozenset(id_ for hit in hits for id_ in hit.links),
    )  # fmt: skip


def other_ways(network: Network, hit: Hit) -> str:
    """Return who can still provide what the cut took, as a cell."""
    if hit.lost:
        return _("none")
    names = sorted((name_of(network, id_) for id_ in hit.alternatives), key=str.casefold)
    if len(names) > _NAMED:
        return _("{list} and {count} more").format(list=", ".join(names[:_NAMED]), count=len(names) - _NAMED)
    return ", ".join(names)


def _row(network: Network, hit: Hit, cited: tuple[int, ...], *, rank: int) -> Row:
    node = network.nodes[hit.record]
    through = " → ".join(name_of(network, id_) for id_ in hit.chain[:-1])
    cells = (
        str(rank), node.name, kind_word(node.kind), country_cell(node.country),
        i18n.number(hit.steps), other_ways(network, hit), through, i18n.number(hit.downstream), numbers_text(cited),
    )  # fmt: skip
    numbers = (rank, None, None, None, hit.steps, None, None, hit.downstream, None)
    return Row(cells, numbers, record_ref(network, hit.record))


def _statements(network: Network, cut: Cut) -> tuple[Statement, ...]:
    """Return how many of each kind are hit."""
    total = Counter(network.nodes[hit.record].kind for hit in cut.hits)
    lost = Counter(network.nodes[hit.record].kind for hit in cut.hits if hit.lost)
    return tuple(
        Statement(
            _("{kind}: {count}, {lost} of them with no other way.").format(
                kind=kind_word(kind, plural=True), count=i18n.number(total[kind]), lost=i18n.number(lost[kind])
            )
        )
        for kind in _KINDS
        if total[kind]
    )
