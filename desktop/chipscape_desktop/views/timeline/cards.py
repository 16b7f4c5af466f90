"""What the card beside a mark says, as rich text."""

from html import escape

from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.timeline.spec import TimelineSpec
from chipscape_desktop.i18n import _, ngettext

_PEOPLE, _SOURCES, _MEMBERS = 4, 3, 6


def card(spec: TimelineSpec, ref: Ref) -> str:
    """Return the card of a mark: title, kind and date, participants, sources; of a cluster its first members."""
    if ref.kind == "cluster":
        return _cluster(spec, ref)
    said = spec.cards.get(ref.ids[0]) if ref.ids else None
    if said is None:
        return f"<b>{escape(ref.title)}</b>"
    lines = []
    if ref.kind == "band":
        for id_ in ref.ids[:_MEMBERS]:
            rule = spec.cards.get(id_)
            title = next((rule.title for rule in spec.rules if rule.id == id_), "")
            lines.append(f"<b>{escape(title)}</b><br>{escape(rule.date if rule else '')}")
        lines += _more(len(ref.ids) - _MEMBERS)
        return "<br>".join(lines)
    lines = [f"<b>{escape(ref.title)}</b>", escape(f"{said.kind} · {said.date}")]
    lines += [escape(f"{name} ({role})") for name, role in said.participants[:_PEOPLE]]
    lines += _more(len(said.participants) - _PEOPLE)
    for date, who in said.rivals:
        lines.append(escape(_("Another date: {date} ({sources})").format(date=date, sources=who)))
    if said.sources:
        heading = ngettext("{count} source", "{count} sources", len(said.sources)).format(count=len(said.sources))
        lines.append(f"<span style='font-size:11px'>{escape(heading)}: ")
        lines[-1] += escape("; ".join(said.sources[:_SOURCES]))
        lines[-1] += ("; …" if len(said.sources) > _SOURCES else "") + "</span>"
    elif said.sources_known:
        lines.append(_("No source is cited."))
    else:
        lines.append(_("The sources are being looked up…"))
    return "<br>".join(lines)


def _cluster(spec: TimelineSpec, ref: Ref) -> str:
    lines = [f"<b>{escape(ref.title)}</b>"]
    lines += [escape(spec.titles[spec.place_of(id_)]) for id_ in ref.ids[:_MEMBERS]]
    lines += _more(len(ref.ids) - _MEMBERS)
    lines.append(f"<i>{escape(_('Click to come closer.'))}</i>")
    return "<br>".join(lines)


def _more(count: int) -> list[str]:
    if count <= 0:
        return []
    return [escape(ngettext("and {count} more", "and {count} more", count).format(count=count))]
