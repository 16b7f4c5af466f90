"""What the card beside a node or an edge says, as rich text."""

from html import escape

from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.ecosystem.spec import EcosystemSpec
from chipscape_desktop.i18n import _, format_date, ngettext, number
from chipscape_desktop.words import country_name, kind_word, link_word, word

_KINDS = 6


def card(spec: EcosystemSpec, ref: Ref) -> str:
    """Return the card of a node or an edge, empty for what is not on the map."""
    if ref.kind == "relationship":
        edges = [edge for edge in map(spec.edge_of, ref.ids) if edge >= 0]
        return "<br>".join(_edge(spec, edge) for edge in edges[:_KINDS]) if edges else ""
    node = spec.number_of(ref.ids[0])
    if ref.kind == "cluster" and node >= 0:
        return "<br>".join((f"<b>{escape(ref.title)}</b>", _small(_("A click shows them one by one."))))
    return _node(spec, node) if node >= 0 else ""


def _node(spec: EcosystemSpec, number_of_node: int) -> str:
    node = spec.nodes[number_of_node]
    what = [word(node.subkind) if node.kind == "organization" and node.subkind else kind_word(node.kind)]
    if node.kind != "sector":
        what.append(country_name(node.country))
    if node.kind not in ("organization", "sector") and node.vendor_name:
        what.append(node.vendor_name)
    lines = [f"<b>{escape(node.name)}</b>", escape(" · ".join(what))]
    by_kind = spec.degree_by_kind(number_of_node)
    lines += [
        escape(f"{number(count)} × {link_word(kind, inverse=as_object)}") for kind, as_object, count in by_kind[:_KINDS]
    ]
    left = sum(count for *_rest, count in by_kind[_KINDS:])
    if left:
        lines.append(escape(ngettext("and {count} more", "and {count} more", left).format(count=left)))
    if not by_kind:
        lines.append(escape(_("No relationship on this map")))
    lines.append(_small(_sources(len(node.sources), node.certainty)))
    if number_of_node in spec.pinned:
        lines.append(_small(_("Pinned; P lets it go.")))
    return "<br>".join(lines)


def _edge(spec: EcosystemSpec, number_of_edge: int) -> str:
    row = spec.edges.rows[number_of_edge]
    subject, object_ = (spec.nodes[end].name for end in spec.edges.ends[number_of_edge].tolist())
    lines = [f"<b>{escape(f'{subject} {link_word(row.kind)} {object_}')}</b>"]
    if row.starts_on or row.ends_on:
        lines.append(escape(format_date(f"{row.starts_on}/{row.ends_on or '..'}")))
    else:
        lines.append(escape(_("since when is not known")))
    lines.append(_small(_sources(len(row.sources), row.certainty)))
    return "<br>".join(lines)


def _sources(count: int, certainty: str) -> str:
    if not count:
        return _("No source is cited.")
    said = ngettext("{count} source", "{count} sources", count).format(count=number(count))
    # One source is said once: by its number.
    return f"{said} · {word(certainty)}" if certainty and (certainty != "single" or count > 1) else said


def _small(text: str) -> str:
    return f"<span style='font-size:11px'>{escape(text)}</span>"
