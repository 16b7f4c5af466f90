"""The inspector's pages as rich text: every row is a link to what it names.

Links: `record:ID`, `relationship:ID`, `metric:KEY` (fold its claims in or out), `claims:KEY` (unfold and go to them),
`history:`, `edit:`, web addresses.
"""

from datetime import date
from html import escape

from chipscape_db.queries.claims import ClaimRow, MetricValue
from chipscape_db.queries.dossier import CitationRow, Dossier, LinkRow
from chipscape_desktop import fact_words as say
from chipscape_desktop.change_words import change_sentence
from chipscape_desktop.figures.palette import Palette
from chipscape_desktop.i18n import _, format_date, number, pgettext
from chipscape_desktop.shell.inspector.computed_page import computed
from chipscape_desktop.shell.inspector.empty_page import sheet
from chipscape_desktop.words import country_name, kind_word, link_word, word

_DATES = ("_on", "_since")
_MOST_RELATIONS = 12
_WORD_FIELDS = {"org_kind", "status", "openness", "modality", "layer", "event_kind", "source_kind"}


def page(
    dossier: Dossier, palette: Palette, unfolded: frozenset[str], *, plots: frozenset[str], all_links: bool, width: int,
    all_computed: bool = False, as_of: date | None = None,
) -> str:  # fmt: skip
    """Return the page of a record or relationship.

    Where the page leaves out what was not known on *as_of*, it says so. Claims are shown for the metrics
    in *unfolded*, with a picture `plot:KEY`, *width* wide, for those in *plots*.
    """
    parts = [_head(dossier, palette)]
    if as_of is not None and dossier.kind != "relationship":
        known = _("as known on {date}").format(date=format_date(as_of))
        parts.append(f"<p class='contested'>{escape(known)}</p>")
    if dossier.values:
        parts.append(_section(_("Values"), _values(dossier, palette, unfolded, plots, width), palette))
    if from_values := computed(dossier.values, palette, everything=all_computed):
        parts.append(_section(_("Computed values"), from_values, palette))
    if dossier.fields:
        parts.append(_section(_("Details"), _fields(dossier, palette), palette))
    if dossier.parts:
        title = f"{_('Participants')} ({number(len(dossier.parts))})"
        parts.append(_section(title, _parts(dossier), palette))
    if dossier.links:
        title = f"{_('Relationships')} ({number(len(dossier.links))})"
        parts.append(_section(title, _links(dossier.links, palette, all_links=all_links), palette))
    if dossier.events:
        parts.append(_section(f"{_('Timeline')} ({number(len(dossier.events))})", _events(dossier, palette), palette))
    if dossier.rests:
        title = f"{_('What rests on this source')} ({number(len(dossier.rests))})"
        parts.append(_section(title, _rests(dossier, palette), palette))
    if dossier.citations:
        title = f"{_('Sources')} ({number(len(dossier.citations))})"
        parts.append(_section(title, "".join(_citation(row, palette) for row in dossier.citations), palette))
    elif dossier.kind not in ("source",):
        parts.append(_section(_("Sources"), _soft(_("Nobody cited a source for this yet."), palette), palette))
    parts.append(_section(_("History"), _history(dossier, palette), palette))
    return sheet(palette) + "".join(parts)


def metric_anchor(metric: str) -> str:
    """Return the name of the place on a page where a metric stands."""
    return f"at-{metric}"


def _link(target: str, text: str) -> str:
    return f"<a href='{escape(target, quote=True)}'>{escape(text)}</a>"


def _soft(text: str, palette: Palette) -> str:
    return f"<span style='color: {palette.ink_soft}'>{escape(text)}</span>"


def _section(title: str, body: str, palette: Palette) -> str:
    return f"<hr style='background-color: {palette.rule}' width='100%'><p class='section'>{escape(title)}</p>{body}"


def _head(dossier: Dossier, palette: Palette) -> str:
    kind = _("relationship") if dossier.kind == "relationship" else kind_word(dossier.kind)
    told = [kind, country_name(dossier.country) if dossier.country else "", dossier.native]
    lines = [f"<p class='name'>{escape(dossier.name)}</p><p class='soft'>{escape(' · '.join(filter(None, told)))}</p>"]
    if dossier.summary:
        lines.append(f"<p>{escape(dossier.summary)}</p>")
    if dossier.aliases:
        lines.append(
            f"<p class='note'>{escape(_('Also called: {names}').format(names=', '.join(dossier.aliases)))}</p>"
        )
    if dossier.kind != "relationship":
        lines.append(f"<p>{_link('edit:', _('Edit (F2)'))}</p>")
    return "".join(lines)


def _values(dossier: Dossier, palette: Palette, unfolded: frozenset[str], plots: frozenset[str], width: int) -> str:
    rows = []
    for value in dossier.values:
        is_open = value.metric in unfolded
        sign = "▾" if is_open else "▸"
        name = _link(f"metric:{value.metric}", f"{sign} {say.metric_name(value.metric)}")
        name = f"<a name='{metric_anchor(value.metric)}'></a>{name}"
        shown = f"<b>{escape(say.chosen_text(value))}</b>"
        rows.append(f"<tr><td>{name}</td><td align='right'>{shown}</td></tr>")
        contested = (
            f" <span class='contested'>{escape(pgettext('value', 'contested'))}</span>" if value.contested else ""
        )
        rows.append(f"<tr><td colspan='2' class='note'>{escape(say.spread_text(value))}{contested}</td></tr>")
        if is_open:
            rows.append(f"<tr><td colspan='2'>{_claims(value, width if value.metric in plots else 0)}</td></tr>")
    return f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>"


def _claims(value: MetricValue, width: int) -> str:
    parts = [f"<p><img src='plot:{value.metric}' width='{width}'></p>"] if width else []
    if value.chosen is not None:
        why = _("Why {value}? {reason}").format(
            value=say.chosen_text(value), reason=say.reason_sentence(value.chosen.reason)
        )
        parts.append(f"<p class='note'>{escape(why)}</p>")
    for group in value.groups:
        basis = say.convention_words(group.convention)
        agreed = say.group_text(group)
        if basis or len(value.groups) > 1:
            beside = f" · {escape(agreed)}" if agreed else ""
            parts.append(f"<p class='note'><b>{escape(basis or _('convention not said'))}</b>{beside}</p>")
        elif agreed:
            parts.append(f"<p class='note'>{escape(agreed)}</p>")
        parts.extend(_claim(row, value) for row in group.claims)
    return "".join(parts)


def _claim(row: ClaimRow, value: MetricValue) -> str:
    chosen = value.chosen_claim is not None and row.id == value.chosen_claim.id
    told = [word(row.stance), format_date(row.published_on, "short") if row.published_on else _("no date"), row.locator]
    if not row.is_live:
        told.append(_("deprecated: {reason}").format(reason=row.rank_reason or ""))
    if row.rank == "preferred":
        told.append(_("preferred: {reason}").format(reason=row.rank_reason or ""))
    if row.root_id != row.source_id:
        told.append(_("repeats another source"))
    if row.note:
        told.append(row.note)
    figure = escape(say.claim_value(row))
    figure = f"<b>{figure}</b> ●" if chosen else f"<s>{figure}</s>" if not row.is_live else figure
    source = row.publisher or row.source_name
    return (
        f"<p>{figure} &nbsp; {_link(f'record:{row.source_id}', source)}<br>"
        f"<span class='note'>{escape(' · '.join(filter(None, told)))}</span></p>"
    )


def _fields(dossier: Dossier, palette: Palette) -> str:
    rows = []
    for row in dossier.fields:
        text = row.value
        if row.record_id:
            shown = _link(f"record:{row.record_id}", text)
        elif row.field in ("url", "website"):
            shown = _link(text, text)
        elif row.field.endswith(_DATES):
            shown = escape(format_date(text))
        elif dossier.kind == "relationship" and row.field == "kind":
            shown = escape(link_word(text))
        elif row.field == "country":
            shown = escape(country_name(text))
        else:
            shown = escape(word(text) if row.field in _WORD_FIELDS else text)
        label = escape(say.field_word(row.field))
        rows.append(f"<tr><td class='soft' width='34%'>{label}</td><td>{shown}</td></tr>")
    return f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>"


def _links(links: tuple[LinkRow, ...], palette: Palette, *, all_links: bool) -> str:
    shown = links if all_links else links[:_MOST_RELATIONS]
    parts = []
    for link in shown:
        dates = say.since_until(link.starts_on, link.ends_on)
        doubt = _("one source only") if link.certainty == "single" else "" if link.certainty else _("no source")
        told = " · ".join(filter(None, (dates, doubt)))
        verb = _link(f"relationship:{link.id}", link_word(link.kind, inverse=link.inverse))
        note = f" <span class='note'>{escape(told)}</span>" if told else ""
        parts.append(f"<p>{verb} {_link(f'record:{link.other_id}', link.other_name)}{note}</p>")
    if len(shown) < len(links):
        parts.append(f"<p>{_link('links:', _('Show all {count}').format(count=number(len(links))))}</p>")
    return "".join(parts)


def _events(dossier: Dossier, palette: Palette) -> str:
    return "".join(
        f"<p><span class='note'>{escape(format_date(event.starts_on, 'short'))}</span> "
        f"{_link(f'record:{event.id}', event.name)}</p>"
        for event in dossier.events
    )


def _parts(dossier: Dossier) -> str:
    rows = [
        f"<tr><td class='soft' width='34%'>{escape(word(part.role))}</td>"
        f"<td>{_link(f'record:{part.id}', part.name)}</td></tr>"
        for part in dossier.parts
    ]
    return f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>"


def _rests(dossier: Dossier, palette: Palette) -> str:
    parts = []
    for row in dossier.rests:
        target = f"relationship:{row.id}" if row.kind == "relationship" else f"record:{row.record_id}"
        if row.kind == "claim":
            metric, found, value = row.detail.partition(" ")
            detail = f"{say.metric_name(metric)} {value}" if found else metric
        else:
            detail = link_word(row.detail) if row.kind == "relationship" else row.detail and say.field_word(row.detail)
        note = f" <span class='note'>{escape(detail)}</span>" if detail else ""
        parts.append(f"<p>{_link(target, row.name)}{note}</p>")
    return "".join(parts)


def _citation(row: CitationRow, palette: Palette) -> str:
    told = [row.publisher, format_date(row.published_on, "short") if row.published_on else "", word(row.source_kind)]
    told.append(row.locator)
    if row.field:
        told.append(_("for {field}").format(field=say.field_word(row.field)))
    note = escape(" · ".join(filter(None, told)))
    return f"<p>{_link(f'record:{row.source_id}', row.name)}<br><span class='note'>{note}</span></p>"


def _history(dossier: Dossier, palette: Palette) -> str:
    if not dossier.history:
        return _soft(_("No changes yet."), palette)
    return "".join(
        f"<p>{escape(change_sentence(step))}"
        f"<br><span class='note'>{escape(' · '.join(filter(None, (format_date(step.at[:10], 'short'), step.author))))}"
        f"{' · ' + escape(_('undone')) if step.undone else ''}</span></p>"
        for step in dossier.history
    )
