"""The words around the map: title, subtitle, legend, notes and sources."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from chipscape_db.queries.ecosystem import EcosystemNode, EcosystemRows
from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.ecosystem.links import GROUPS, group_title
from chipscape_desktop.figures.ecosystem.options import Options
from chipscape_desktop.figures.ecosystem.spec import SHAPES, Edges
from chipscape_desktop.figures.layout.swatches import link_swatch
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.performance.colours import VENDOR_COLOURS
from chipscape_desktop.figures.references import source_text
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import country_name, kind_word, link_word, word

_COUNTRIES = ("china", "us", "europe", "east-asia", "other")


def whole(
    rows: EcosystemRows,
    request: Request,
    options: Options,
    *,
    nodes: Sequence[EcosystemNode],
    edges: Edges,
    hidden: int,
) -> Caption:
    """Return the words for the nodes and edges that are shown; *hidden* nodes had no relationship."""
    center = next((node.name for node in nodes if node.slug == options.center), "") if options.center else ""
    return Caption(
        _title(rows, request, options, center),
        _subtitle(rows, request, options, counts=(len(nodes), len(edges.rows))),
        _legend(nodes, edges, options),
        _notes(nodes, edges, hidden=hidden),
        _sources(rows.sources, edges) if edges.rows else _sources_of_nodes(rows.sources, nodes),
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
    as_of = request.filters.as_of
    parts.append(_("as of {date}").format(date=i18n.format_date(as_of)) if as_of else _("all dates"))
    return " · ".join(parts)


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


def _listed(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    if len(named) > 4:
        return _("{list} and {count} more").format(list=", ".join(named[:3]), count=len(named) - 3)
    return ", ".join(named)


def _legend(nodes: Sequence[EcosystemNode], edges: Edges, options: Options) -> tuple[LegendEntry, ...]:
    """Return an entry for each shape, colour and line that the map uses."""
    kinds = {node.kind for node in nodes}
    out = [LegendEntry(SHAPES[kind], "ink_soft", kind_word(kind)) for kind in SHAPES if kind in kinds]
    out += [LegendEntry("range", colour, meaning) for colour, meaning in _meanings(nodes, options.colour)]
    used = set(edges.group.tolist())
    out += [
        LegendEntry(link_swatch(group.head), group.colour, group_title(group.name), group.hollow)
        for number, group in enumerate(GROUPS)
        if number in used
    ]
    if edges.tentative.any():
        out.append(LegendEntry("dashed", "ink_soft", _("one unofficial source")))
    return tuple(out)


def _meanings(nodes: Sequence[EcosystemNode], by: str) -> list[tuple[str, str]]:
    if by == "vendor":
        names = {
            VENDOR_COLOURS[node.vendor_slug]: node.vendor_name for node in nodes if node.vendor_slug in VENDOR_COLOURS
        }
        found = [(colour, names[colour]) for colour in VENDOR_COLOURS.values() if colour in names]
        others = any(node.vendor_slug not in VENDOR_COLOURS for node in nodes)
        return [*found, ("other", _("others"))] if others else found
    words = {
        "china": _("China"),
        "us": _("United States"),
        "europe": _("Europe"),
        "east-asia": _("Taiwan, Korea, Japan"),
        "other": _("elsewhere or unknown"),
    }
    used = {country_colour(node.country) for node in nodes}
    return [(colour, words[colour]) for colour in _COUNTRIES if colour in used]


def _notes(nodes: Sequence[EcosystemNode], edges: Edges, *, hidden: int) -> tuple[str, ...]:
    out = []
    if edges.rows:
        out.append(_("Larger signs have more relationships on this map."))
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


def _sources(known: dict[str, FootnoteSource], edges: Edges) -> tuple[SourceNote, ...]:
    """Return the sources of the relationships shown, those that support most of them first."""
    supports = Counter(id_ for row in edges.rows for id_ in row.sources if id_ in known)
    return _numbered(known, supports)


def _sources_of_nodes(known: dict[str, FootnoteSource], nodes: Sequence[EcosystemNode]) -> tuple[SourceNote, ...]:
    return _numbered(known, Counter(id_ for node in nodes for id_ in node.sources if id_ in known))


def _numbered(known: dict[str, FootnoteSource], supports: Counter[str]) -> tuple[SourceNote, ...]:
    texts = {id_: source_text(known[id_]) for id_ in supports}
    order = sorted(supports, key=lambda id_: (-supports[id_], texts[id_], id_))
    return tuple(SourceNote(number, id_, texts[id_], known[id_].url) for number, id_ in enumerate(order, 1))
