"""The words around the map: title, subtitle, legend, notes and sources."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chipscape_db.metrics import METRICS
from chipscape_db.queries.ecosystem import EcosystemNode, EcosystemRows
from chipscape_db.units import shown_unit
from chipscape_desktop import i18n
from chipscape_desktop.cell_text import metric_label
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem.grouping import GROUP
from chipscape_desktop.figures.ecosystem.links import GROUPS, group_title
from chipscape_desktop.figures.ecosystem.options import Options
from chipscape_desktop.figures.ecosystem.spec import Edges
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import country_name, kind_word, link_word, word


def whole(
    rows: EcosystemRows,
    request: Request,
    options: Options,
    *,
    nodes: Sequence[EcosystemNode],
    edges: Edges,
    hidden: int,
) -> Caption:
    """Return the words for the nodes and edges that are shown; *hidden* nodes had no relationship.

    Legend and sources are those of what is in view; see `legend`.
    """
    center = next((node.name for node in nodes if node.slug == options.center), "") if options.center else ""
    return Caption(
        _title(rows, request, options, center),
        _subtitle(rows, request, options, counts=(len(nodes), len(edges.rows))),
        (),
        _notes(rows, request, options, nodes=nodes, edges=edges, hidden=hidden),
    )


def with_hidden(caption: Caption, names: int, lines: int = 0) -> Caption:
    """Return the caption with notes that say how many names found no room, and how many lines were left out."""
    out = list(caption.notes)
    if lines:
        out.append(
            ngettext(
                "{count} long line in view is left out; zoom in to see it.",
                "{count} long lines in view are left out; zoom in to see them.",
                lines,
            ).format(count=i18n.number(lines))
        )
    if names:
        out.append(
            ngettext(
                "{count} name in view is hidden for lack of room; zoom in to read it.",
                "{count} names in view are hidden for lack of room; zoom in to read them.",
                names,
            ).format(count=i18n.number(names))
        )
    return replace(caption, notes=tuple(out))


def summary(names: Sequence[str], nodes: int, edges: int) -> str:
    """Return in words what is shown, for who cannot see it: how much, and who has most relationships."""
    said = _("A map of {records} and {relationships}.").format(
        records=_count_records(nodes), relationships=_count_relationships(edges)
    )
    if names:
        said += " " + _("Most relationships: {names}.").format(names=", ".join(names))
    return said


def _title(rows: EcosystemRows, request: Request, options: Options, center: str) -> str:
    plain = _plain_title(rows, request, options, center)
    if options.clock == "both":
        return _("{title}: what was known and what was true").format(title=plain)
    if options.since is not None:
        return _("{title}: what changed").format(title=plain)
    return plain


def _plain_title(rows: EcosystemRows, request: Request, options: Options, center: str) -> str:
    if center and options.depth == 1:
        return _("The ecosystem of {name}").format(name=center)
    if center:
        return ngettext(
            "The ecosystem of {name}, up to {count} step away",
            "The ecosystem of {name}, up to {count} steps away",
            options.depth,
        ).format(name=center, count=options.depth)
    names = sorted(rows.names[id_] for id_ in request.filters.organizations if id_ in rows.names)
    if len(names) in (1, 2) and len(names) == len(request.filters.organizations):
        about = names[0] if len(names) == 1 else _("{one} and {other}").format(one=names[0], other=names[1])
        return _("Records of {name} and how they belong together").format(name=about)
    return _("The AI-hardware ecosystem: who makes, supplies, uses and restricts what")


def _subtitle(rows: EcosystemRows, request: Request, options: Options, *, counts: tuple[int, int]) -> str:
    parts = [
        _("{records} and {relationships}").format(
            records=_count_records(counts[0]), relationships=_count_relationships(counts[1])
        ),
        *_filter_words(rows, request, options),
    ]
    parts.append(_moment_words(request, options))
    return " · ".join(parts)


def _moment_words(request: Request, options: Options) -> str:
    as_of = request.filters.as_of
    if options.since is not None and options.clock != "both":
        until = as_of or date.today()
        words = _("from {start} to {end}").format(start=i18n.format_date(options.since), end=i18n.format_date(until))
        return _("{when}, as it was known then").format(when=words) if options.clock == "known" else words
    if options.clock == "both":
        return _("on {date}").format(date=i18n.format_date(as_of or date.today()))
    words = _("as of {date}").format(date=i18n.format_date(as_of)) if as_of else _("all dates")
    return _("{when}, as it was known then").format(when=words) if options.clock == "known" and as_of else words


def _count_records(count: int) -> str:
    return ngettext("{count} record", "{count} records", count).format(count=i18n.number(count))


def _count_relationships(count: int) -> str:
    return ngettext("{count} relationship", "{count} relationships", count).format(count=i18n.number(count))


def _filter_words(rows: EcosystemRows, request: Request, options: Options) -> list[str]:
    filters = request.filters
    listed = []
    if filters.kinds:
        listed.append([kind_word(kind, plural=True) for kind in sorted(filters.kinds)])
    if options.kinds:
        whole_groups = [group for group in GROUPS if set(group.kinds) <= options.kinds]
        in_groups = {kind for group in whole_groups for kind in group.kinds}
        names = [group_title(group.name) for group in whole_groups]
        listed.append([*names, *(link_word(kind) for kind in sorted(options.kinds - in_groups))])
    if filters.countries:
        listed.append(sorted(country_name(code) for code in filters.countries))
    listed.extend(
        sorted(rows.names.get(id_, "") for id_ in ids) for ids in (filters.organizations, filters.sectors) if ids
    )
    if filters.certainties:
        listed.append([word(each) for each in sorted(filters.certainties)])
    if filters.start or filters.end:
        start = filters.start.isoformat() if filters.start else ".."
        end = filters.end.isoformat() if filters.end else ".."
        listed.append([i18n.format_date(f"{start}/{end}")])
    return [_("only {what}").format(what=_listed(names)) for names in listed if any(names)]


def _changed(rows: EcosystemRows, nodes: Sequence[EcosystemNode], edges: Edges, *, both: bool) -> str:
    ids = [*(node.id for node in nodes), *(row.id for row in edges.rows)]
    counted = Counter(rows.changes.get(id_, "") for id_ in ids)
    said = _("{added} records and relationships are new, {gone} are gone.")
    if both:
        said = _("{added} records and relationships were so before any dated source here said it, {gone} only later or "
                 "no more.")  # fmt: skip
    return said.format(added=i18n.number(counted["added"]), gone=i18n.number(counted["gone"]))


def _listed(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    if len(named) > 4:
        return _("{list} and {count} more").format(list=", ".join(named[:3]), count=len(named) - 3)
    return ", ".join(named)


def _notes(
    rows: EcosystemRows,
    request: Request,
    options: Options,
    *,
    nodes: Sequence[EcosystemNode],
    edges: Edges,
    hidden: int,
) -> tuple[str, ...]:
    out = []
    if options.metric:
        name, unit = metric_label(options.metric), shown_unit(METRICS[options.metric].unit)
        measured = f"{name} ({unit})" if unit else name
        out.append(_("The area of a sign is as its chosen value of {metric}.").format(metric=measured))
    elif edges.rows and options.size == "degree":
        out.append(_("Larger signs have more relationships on this map."))
    elif options.size == "betweenness":
        out.append(_("The area of a sign is as the share of the shortest paths on this map that lead through it."))
    if options.layout == "radial" and not options.center and nodes:
        out.append(_("The rings are drawn around the record with the most relationships."))
    if options.group != "none" and any(node.kind == GROUP for node in nodes):
        out.append(_("Records are drawn together; a click on a group opens it."))
    elif options.group == "parent":
        out.append(_("What an organization makes and owns is drawn as the organization."))
    if rows.compared:
        out.append(_changed(rows, nodes, edges, both=options.clock == "both"))
    elif options.clock == "known" and request.filters.as_of:
        out.append(_("Shown is what a source had said by that day; undated sources count as early."))
    if any(row.starts_on == "" for row in edges.rows):
        undated = sum(row.starts_on == "" for row in edges.rows)
        out.append(
            ngettext(
                "{count} relationship has no known start and is shown at every date at which both its ends exist.",
                "{count} relationships have no known start and are shown at every date at which both their ends exist.",
                undated,
            ).format(count=i18n.number(undated))
        )
    if hidden:
        out.append(
            ngettext(
                "{count} record without a relationship here is not shown.",
                "{count} records without a relationship here are not shown.",
                hidden,
            ).format(count=i18n.number(hidden))
        )
    return tuple(out)
