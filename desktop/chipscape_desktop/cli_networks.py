"""The command line's jobs on the network of relationships: questions asked of it, and files of other programs."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from chipscape_desktop.cli_arguments import day
from chipscape_desktop.cli_facts import opened, reading, record_id, say
from chipscape_desktop.cli_progress import shown_progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipscape_db.network.graph import Network
    from chipscape_desktop.figures.answers.answer import Answer

Adding = Callable[..., ArgumentParser]


def register(command: Adding) -> None:
    """Add the commands of this module."""
    path = command("path", path_between, "Show how one record depends on another, with the chain and its sources.")
    path.add_argument("start", metavar="A", help="the record that depends, its slug")
    path.add_argument("end", metavar="B", help="the record it depends on, its slug")
    path.add_argument("--every", action="store_true", help="list longer chains too")
    path.add_argument("--any", action="store_true", help="follow any relationship, whoever depends on whom")
    cut = command("cut", dependency_cut, "Show what is hit when a record is unavailable, hardest first.")
    cut.add_argument("record", metavar="X", help="its slug, such as tsmc")
    cut.add_argument("--only-lost", action="store_true", help="leave out those that have another way")
    points = command("chokepoints", chokepoints, "List the records that most shortest ways pass, the narrowest first.")
    points.add_argument("--limit", type=int, default=20, help="how many at the most (20)")
    groups = command("communities", communities, "Divide the records into groups tied more within than without.")
    chain = command("supply", supply, "Show what a record depends on, by distance, and which share is domestic.")
    chain.add_argument("record", metavar="X", help="its slug, such as pangu-pro-moe")
    chain.add_argument("--country", default="", metavar="CODE", help="the country that counts as home (its own)")
    for made in (path, cut, chain):
        made.add_argument(
            "--kind", action="append", default=[], metavar="KIND", help="only by this relationship (repeatable)"
        )  # fmt: skip
    for made in (path, cut, points, groups, chain):
        made.add_argument("--as-of", type=day, metavar="DATE", help="the day on which relationships hold")
        made.add_argument("--lang", choices=("en", "fr"), default="en")
        made.add_argument("--out", metavar="OUT", help="write the answer as a table: .csv or .xlsx")
    out = command("network", write_network, "Write records and relationships for other programs.", json=False)
    out.add_argument("out", metavar="OUT", help=".graphml, .gexf, .kumu.json, .cyjs or .cx2")
    out.add_argument("--as-of", type=day, metavar="DATE", help="the day whose relationships are written")
    out.add_argument("--country", action="append", default=[], metavar="CODE", help="only this country (repeatable)")
    out.add_argument(
        "--kind", action="append", default=[], metavar="KIND", help="only this kind of record (repeatable)"
    )
    out.add_argument("--no-places", action="store_true", help="leave out where the map puts the records")
    bring = command("import-network", read_network, "Bring in GraphML, GEXF, Kumu or Cytoscape.js JSON as one step.")
    bring.add_argument("network", metavar="IN", help="the file of the other program")
    bring.add_argument("--dry-run", action="store_true", help="only say what would come in")
    bring.add_argument("--leave-out", action="store_true", help="leave out what cannot come in, instead of refusing")
    bring.add_argument("--update", action="store_true", help="change what is there already to what the file says")
    bring.add_argument("--no-places", action="store_true", help="do not take the places of the nodes")
    bring.add_argument("--kind", default="organization", help="what nodes that say nothing are (organization)")
    bring.add_argument("--link", default="partners-with", help="what edges that say nothing are (partners-with)")
    bring.add_argument("--map", action="append", default=[], metavar="WORD=MEANING",
                       help="what an attribute or word of the file is (repeatable; - leaves it out)")  # fmt: skip
    bring.add_argument("--source", default="", metavar="SLUG", help="cite this source for whatever is new")
    bring.add_argument("--author", default="", help="who does it, for the history")


# Questions


@contextmanager
def _network(asked: Namespace, *slugs: str) -> "Iterator[Network]":
    """Yield the network; a slug that no record has is refused with those that are near."""
    from chipscape_db.filters import Filters
    from chipscape_db.network.graph import Network
    from chipscape_db.queries.ecosystem import ecosystem
    from chipscape_desktop import i18n

    i18n.set_language(asked.lang)
    with reading(asked.file) as session:
        for slug in slugs:
            record_id(session, slug)
        yield Network.of(ecosystem(session, Filters(as_of=asked.as_of), language=asked.lang))


def path_between(asked: Namespace) -> int:
    """Show how one record depends on another."""
    from chipscape_db.network.paths import paths
    from chipscape_desktop.figures.answers.chains import chains_answer

    with _network(asked, asked.start, asked.end) as network:
        found = paths(
            network, asked.start, asked.end, kinds=asked.kind, sense="any" if asked.any else "needs", every=asked.every
        )
        answer = chains_answer(network, found, as_of=asked.as_of, every=asked.every)
    told = {"sense": found.sense, "chains": [list(_slugs(network, chain.records)) for chain in found.chains]}
    return _tell(asked, answer, told)


def dependency_cut(asked: Namespace) -> int:
    """Show what is hit when a record is unavailable."""
    from chipscape_db.network.cut import dependency_cut as cut_of
    from chipscape_desktop.figures.answers.cuts import cut_answer

    with _network(asked, asked.record) as network:
        cut = cut_of(network, asked.record, kinds=asked.kind)
        answer = cut_answer(network, cut, kinds=asked.kind, only_lost=asked.only_lost, as_of=asked.as_of)
    hits = [
        {
            "record": network.nodes[hit.record].slug, "kind": network.nodes[hit.record].kind, "steps": hit.steps,
            "lost": hit.lost, "chain": _slugs(network, hit.chain), "downstream": hit.downstream,
            "alternatives": _slugs(network, hit.alternatives),
        }
        for hit in cut.hits
        if hit.lost or not asked.only_lost
    ]  # fmt: skip
    return _tell(asked, answer, {"record": network.nodes[cut.record].slug, "hits": hits})


def chokepoints(asked: Namespace) -> int:
    """List the narrowest places."""
    from chipscape_db.network.chokepoints import chokepoints as points_of
    from chipscape_desktop.figures.answers.whole import chokepoints_answer

    with _network(asked) as network:
        found = points_of(network)
        answer = chokepoints_answer(network, found, as_of=asked.as_of)
    points = [
        {
            "record": network.nodes[point.record].slug, "betweenness": point.betweenness,
            "articulation": point.articulation, "cut_off": point.cut_off, "degree": point.degree,
        }
        for point in found.points[: asked.limit]
    ]  # fmt: skip
    told = {"records": found.records, "pieces": found.pieces, "sampled": found.sampled, "points": points}
    return _tell(asked, answer, told, limit=asked.limit)


def communities(asked: Namespace) -> int:
    """Divide the records into communities."""
    from chipscape_db.network.communities import communities as groups_of
    from chipscape_desktop.figures.answers.whole import communities_answer

    with _network(asked) as network:
        progress = shown_progress(asked.file.name)
        found = groups_of(network, progress=progress)
        progress.at(1.0)
        answer = communities_answer(network, found, as_of=asked.as_of)
    told = {"modularity": found.modularity, "groups": [_slugs(network, group.records) for group in found.groups]}
    return _tell(asked, answer, told, limit=0)


def supply(asked: Namespace) -> int:
    """Show what a record depends on, and which share is domestic."""
    from chipscape_db.network.supply import supply_chain
    from chipscape_desktop.figures.answers.supplies import supply_answer

    with _network(asked, asked.record) as network:
        found = supply_chain(network, asked.record, country=asked.country, kinds=asked.kind)
        answer = supply_answer(network, found, as_of=asked.as_of)
    members = [
        {"record": network.nodes[one.record].slug, "steps": one.steps, "country": one.country, "domestic": one.home}
        for one in found.members
    ]  # fmt: skip
    told = {"record": network.nodes[found.record].slug, "country": found.country, "share": found.share()}
    return _tell(asked, answer, told | {"members": members})


def _slugs(network: "Network", ids: tuple[str, ...]) -> list[str]:
    return [network.nodes[id_].slug for id_ in ids]


def _tell(asked: Namespace, answer: "Answer", told: dict[str, Any], *, limit: int | None = None) -> int:
    """Print an answer, or write it as a table where that is asked for."""
    if asked.out:
        return _write_answer(asked, answer)
    caption = answer.caption
    sources = [{"number": one.number, "text": one.text, "url": one.url} for one in caption.sources]
    statements = [one.cited() for one in answer.statements]
    rows = answer.table.rows if limit is None else answer.table.rows[:limit]
    lines = [caption.title, caption.subtitle, "", *statements]
    if rows:
        widths = [max(len(row[at]) for row in (answer.table.columns, *rows)) for at in range(len(rows[0]))]
        lines += ["", *(
            "  ".join(cell.ljust(min(width, 44)) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (answer.table.columns, *rows)
        )]  # fmt: skip
    lines += ["", *caption.notes, *(f"[{one.number}] {one.text} {one.url}".rstrip() for one in caption.sources)]
    say(asked, {"answer": caption.title, "statements": statements} | told | {"sources": sources}, lines)
    return 0


def _write_answer(asked: Namespace, answer: "Answer") -> int:
    from importlib.metadata import version
    from pathlib import Path

    from chipscape_desktop.export.formats import export_table, table_suffix
    from chipscape_desktop.export.provenance import Capsule

    path = Path(asked.out)
    table_suffix(path)
    capsule = Capsule(figure="ecosystem", base_name=asked.file.name, version=version("chipscape"),
                      sources=answer.caption.sources)  # fmt: skip
    export_table(answer.table, answer.caption, capsule, path)
    return 0


# Files of other programs


def write_network(asked: Namespace) -> int:
    """Write the network to a file, with the places that the map gives the records."""
    from pathlib import Path

    from sqlalchemy.orm import Session

    from chipscape_db.filters import Filters
    from chipscape_db.transfer.networks.formats import ending_of, written
    from chipscape_db.transfer.networks.reading import kept_places
    from chipscape_db.transfer.networks.reading import read_network as network_of
    from chipscape_desktop.export.formats import write_whole
    from chipscape_desktop.figures.catalog import Request
    from chipscape_desktop.figures.ecosystem import FIGURE
    from chipscape_desktop.figures.ecosystem.arrange import places

    path = Path(asked.out)
    ending_of(path)
    filters = Filters(kinds=frozenset(asked.kind), countries=frozenset(asked.country), as_of=asked.as_of)
    with opened(asked.file) as base, Session(base.engine) as session:
        placed = {}
        if not asked.no_places:
            request = Request(filters, "en", {"hide": "nothing"})
            placed = places(FIGURE.build(FIGURE.read(session, request), request)) | kept_places(session)
        network = network_of(session, filters=filters, places=placed, title=base.path.stem)
    write_whole(path, written(network, path))
    return 0


def read_network(asked: Namespace) -> int:
    """Bring a network in, or say what would come in."""
    from dataclasses import replace
    from functools import partial
    from pathlib import Path

    from sqlalchemy.orm import Session

    from chipscape_db.commands.networks import import_network
    from chipscape_db.transfer.networks.formats import read_file
    from chipscape_db.transfer.networks.mapping import mapped, propose
    from chipscape_db.transfer.networks.plan import plan_import
    from chipscape_desktop.cli_facts import say_change

    path = Path(asked.network)
    network = read_file(path)
    mapping = mapped(network, replace(propose(network), kind=asked.kind, link=asked.link), asked.map)
    with opened(asked.file, write=not asked.dry_run) as base:
        with Session(base.engine) as session:
            if asked.source:
                mapping = replace(mapping, source_id=record_id(session, asked.source))
            plan = plan_import(session, network, mapping, keep_places=not asked.no_places, update=asked.update)
        told = {
            "nodes": len(network.nodes), "edges": len(network.edges), "new_records": len(plan.records),
            "known_records": len(plan.known), "new_relationships": len(plan.links),
            "known_relationships": plan.same_links, "updated": len(plan.updates), "places": len(plan.places),
            "new_sources": len(plan.new_sources), "left_out_attributes": list(plan.left_out),
            "updates": [{"name": one.name, "changes": list(map(list, one.changes))} for one in plan.updates],
            "obstacles": [str(one) for one in plan.obstacles], "notes": list(network.notes),
        }  # fmt: skip
        lines = [f"{value:>7,}  {name.replace('_', ' ')}" for name, value in told.items() if isinstance(value, int)]
        if plan.left_out:
            lines.append(f"left out: {', '.join(plan.left_out)}")
        lines += [
            f"update {one.name} {field}: {before or '-'} -> {after}"
            for one in plan.updates for field, before, after in one.changes
        ]  # fmt: skip
        lines += [*network.notes, *(f"cannot come in: {one}" for one in plan.obstacles)]
        if asked.dry_run:
            say(asked, told, lines)
            return 1 if plan.obstacles and not asked.leave_out else 0
        bring = partial(import_network, network=network, mapping=mapping, name=path.name,
                        keep_places=not asked.no_places, leave_out=asked.leave_out, update=asked.update)  # fmt: skip
        summary = bring(base.engine, author=asked.author)
        say_change(asked, summary, "Nothing to bring in: the fact base holds all of it already.")
    return 0
