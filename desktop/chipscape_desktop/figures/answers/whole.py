"""The answers about the map as a whole: chokepoints and communities."""

from datetime import date

from chipscape_db.network.chokepoints import Chokepoints
from chipscape_db.network.communities import Communities
from chipscape_db.network.graph import Network
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
    table_of_rows,
)
from chipscape_desktop.figures.answers.scope import scope_words
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import country_cell, kind_word

_MARKED = 12
_MEMBERS = 8


def chokepoints_answer(network: Network, found: Chokepoints, *, as_of: date | None = None) -> Answer:
    """Return the answer as words, table and marks: the narrowest places stand out."""
    sources = Sources(network)
    rows = []
    for rank, point in enumerate(found.points, 1):
        node = network.nodes[point.record]
        cited = sources.of(node.sources) if rank <= _MARKED else ()
        cells = (
            str(rank), node.name, kind_word(node.kind), country_cell(node.country),
            i18n.number(100 * point.betweenness, 2), i18n.number(point.degree),
            _("yes") if point.articulation else _("no"), i18n.number(point.cut_off), numbers_text(cited),
        )  # fmt: skip
        numbers = (rank, None, None, None, 100 * point.betweenness, point.degree, None, point.cut_off, None)
        rows.append(Row(cells, numbers, record_ref(network, point.record)))
    columns = (
        _("Rank"), _("Record"), _("Kind"), _("Country"), _("On shortest ways [%]"), _("Neighbours"),
        _("Map falls apart"), _("Records cut off"), _("Sources"),
    )  # fmt: skip
    first = [name_of(network, point.record) for point in found.points[:3] if point.betweenness > 0]
    title = (
        _("The narrowest places of the map: {names}").format(names=", ".join(first))
        if first
        else _("The map has no narrow place")
    )
    notes = [
        _("“On shortest ways”: share of the pairs of other records between which it lies (betweenness)."),
        _("“Map falls apart”: without it some records are no longer joined to the rest (articulation point)."),
    ]
    if found.sampled:
        notes.append(
            _("Estimated from {count} starting points out of {total}.").format(
                count=i18n.number(found.sampled), total=i18n.number(found.records)
            )
        )
    apart = sum(point.articulation for point in found.points)
    said = Statement(
        ngettext(
            "The map falls apart without any of {count} record.",
            "The map falls apart without any one of {count} records.",
            apart,
        ).format(count=i18n.number(apart))
    )  # fmt: skip
    roles: dict[str, Role] = {
        point.record: "lost" if point.articulation else "group"
        for point in found.points[:_MARKED]
        if point.betweenness > 0
    }
    links = frozenset(row.id for row in network.links if row.subject in roles and row.object in roles)
    pieces = ngettext("{count} piece", "{count} pieces", found.pieces).format(count=i18n.number(found.pieces))
    records = ngettext("{count} record", "{count} records", found.records).format(count=i18n.number(found.records))
    subtitle = scope_words(records, pieces, as_of=as_of)
    return Answer(
        Caption(title, subtitle, (), tuple(notes), sources.notes()), (said,), table_of_rows(columns, rows), roles,
        links, {"lost": _("the map falls apart without it")},
    )  # fmt: skip


def communities_answer(network: Network, found: Communities, *, as_of: date | None = None) -> Answer:
    """Return the answer as words, table and marks; a row for each member, those of one community together."""
    sources = Sources(network)
    rows = []
    for number, group in enumerate(found.groups, 1):
        for id_ in group.records:
            node = network.nodes[id_]
            cells = (
                str(number), name_of(network, group.leader), i18n.number(len(group.records)), node.name,
                kind_word(node.kind), country_cell(node.country),
                numbers_text(sources.of(node.sources[:1])),
            )  # fmt: skip
            numbers = (number, None, len(group.records), None, None, None, None)
            rows.append(Row(cells, numbers, record_ref(network, id_)))
    columns = (
        _("Community"), _("Around"), _("Members"), _("Record"), _("Kind"), _("Country"), _("Sources"),
    )  # fmt: skip
    statements = tuple(
        Statement(
            ngettext(
                "{number}. Around {name}, {count} record: {list}.",
                "{number}. Around {name}, {count} records: {list}.",
                len(group.records),
            ).format(
                number=number, name=name_of(network, group.leader), count=i18n.number(len(group.records)),
                list=_some(network, group.records),
            )
        )
        for number, group in enumerate(found.groups, 1)
    )  # fmt: skip
    title = ngettext(
        "{count} community is tied more within itself than to others",
        "{count} communities are tied more within themselves than to each other",
        len(found.groups),
    ).format(count=i18n.number(len(found.groups)))
    notes = (
        _("Found by the Louvain method; modularity {value}.").format(value=i18n.number(found.modularity, 2)),
    )  # fmt: skip
    group_of = {id_: number for number, group in enumerate(found.groups) for id_ in group.records}
    roles: dict[str, Role] = dict.fromkeys(group_of, "group")
    roles |= {group.leader: "goal" for group in found.groups}
    links = frozenset(
        row.id for row in network.links if group_of.get(row.subject, -1) == group_of.get(row.object, -2)
    )  # fmt: skip
    return Answer(
        Caption(title, scope_words(as_of=as_of), (), notes, sources.notes()), statements,
        table_of_rows(columns, rows), roles, links,
    )  # fmt: skip


def _some(network: Network, ids: tuple[str, ...]) -> str:
    names = ", ".join(name_of(network, id_) for id_ in ids[:_MEMBERS])
    left = len(ids) - _MEMBERS
    return _("{list} and {count} more").format(list=names, count=i18n.number(left)) if left > 0 else names
