"""The words around the timeline: title, subtitle, legend, notes and sources, of all of it or of what is in view."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from chipscape_db.queries.timeline import TimelineRows
from chipscape_desktop import i18n
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.drawing import Floats, Ints
from chipscape_desktop.figures.layout.swatches import link_swatch
from chipscape_desktop.figures.palette import country_colour
from chipscape_desktop.figures.spec import Caption, LegendEntry, SourceNote
from chipscape_desktop.figures.time_scale import day_of
from chipscape_desktop.figures.timeline.lanes import Lanes
from chipscape_desktop.figures.timeline.spans import reach, span_of
from chipscape_desktop.figures.timeline.spec import GLYPH_NAMES, GLYPHS, TimelineSpec
from chipscape_desktop.i18n import _, ngettext
from chipscape_desktop.words import country_name, kind_word, word

_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Shown:
    """What a layout found room for: labels hidden, items in counted clusters, rules drawn and named, arrows drawn and
    left out."""

    hidden: int = 0
    clustered: int = 0
    rules_drawn: int = 0
    rules_named: int = 0
    rules_known: int = 0
    dense: bool = False
    lanes_below: int = 0
    arrows: int = 0
    arrows_left: int = 0


@dataclass(frozen=True, slots=True)
class Encodings:
    """What of colours, glyphs and styles is used."""

    colours: frozenset[str]
    glyphs: frozenset[str]
    vague: bool
    rivals: bool


def whole(
    rows: TimelineRows, request: Request, placed: Lanes, *, by: str, every: bool, notes: tuple[SourceNote, ...]
) -> Caption:
    """Return the caption of everything that the rows hold."""
    spans = [span_of(item.starts_on, item.ends_on) for item in rows.items]
    low, high = np.array([span.low for span in spans]), np.array([span.high for span in spans])
    said = Encodings(
        frozenset(country_colour(item.countries[0] if item.countries else None) for item in rows.items),
        frozenset(item.subkind if item.kind == "event" else f"record:{item.kind}" for item in rows.items),
        vague=any(not span.exact and not span.lasting for span in spans),
        rivals=any(item.rivals for item in rows.items),
    )
    only_events = all(item.kind == "event" for item in rows.items)
    words = subtitle(len(rows.items), rows, request, by=by, only_events=only_events)
    title = titled_all(subject(rows, request), low, high)
    return Caption(title, words, legend(said), lane_notes(placed.hidden, by, every), notes)


def titled_all(about: str, low: Floats, high: Floats) -> str:
    """Return the title for everything that begins and ends on these days; open ends do not count."""
    starts, ends = reach(low) or (), reach(high) or ()
    known = [*starts, *(end - 1 for end in ends)]
    return titled(about, min(known), max(known)) if known else titled(about)


def subject(rows: TimelineRows, request: Request) -> str:
    """Return what the title names: up to two organizations that are filtered by, else AI hardware."""
    names = sorted(rows.names[id_] for id_ in request.filters.organizations if id_ in rows.names)
    if len(names) == 1 and len(request.filters.organizations) == 1:
        return names[0]
    if len(names) == 2 and len(request.filters.organizations) == 2:
        return _("{one} and {other}").format(one=names[0], other=names[1])
    return _("AI hardware")


def titled(about: str, low: float | None = None, high: float | None = None) -> str:
    """Return the title for the days *low* to *high*: in years, or in months or days where those are few."""
    if low is None or high is None:
        return _("Timeline of {subject}").format(subject=about)
    first, last = day_of(low), day_of(max(high, low))
    if high - low > 1.5 * _YEAR:
        start, end = str(first.year), str(last.year)
    elif high - low > 62:
        start, end = i18n.format_date(first.isoformat()[:7]), i18n.format_date(last.isoformat()[:7])
    else:
        start, end = i18n.format_date(first), i18n.format_date(last)
    if start == end:
        return _("Timeline of {subject}, {date}").format(subject=about, date=start)
    joint = "–" if high - low > 1.5 * _YEAR else " – "
    return _("Timeline of {subject}, {start}{dash}{end}").format(subject=about, start=start, dash=joint, end=end)


def in_view(spec: TimelineSpec, days: tuple[float, float], *, sources: Ints, shown: Shown) -> Caption:
    """Return the caption of the part in view: its dates, its sources numbered from 1, and what found no room."""
    low, high = max(days[0], spec.extent[0]), min(days[1], spec.extent[1]) - 1
    title = titled(spec.subject, low, max(low, high)) if high > low - 1 else titled(spec.subject, days[0], days[1] - 1)
    listed = tuple(_numbered(spec, at, number) for number, at in enumerate(sources.tolist(), 1))
    legend = spec.caption.legend
    if shown.rules_drawn:
        legend = (*legend, LegendEntry("band", "amber", _("rule in force")))
    if shown.dense:
        legend = (*legend, LegendEntry("density", "ink_soft", _("many events")))
    if shown.arrows:
        legend = (*legend, LegendEntry(link_swatch("triangle"), "ink_soft", _("leads to")))
    return replace(
        spec.caption, title=title, legend=legend, notes=(*spec.caption.notes, *counted(shown)), sources=listed
    )


def _numbered(spec: TimelineSpec, at: int, number: int) -> SourceNote:
    """Return a source under the number that it has in a view; kept, for most keep theirs from one view to the next."""
    kept: dict[tuple[int, int], SourceNote] = spec.memo.setdefault("notes", {})
    note = kept.get((at, number))
    if note is None:
        own = spec.sources.notes[at]
        note = kept[(at, number)] = SourceNote(number, own.id, own.text, own.url)
    return note


def counted(shown: Shown) -> tuple[str, ...]:
    """Return the sentences that say what found no room."""
    out = []
    if shown.hidden:
        out.append(
            ngettext(
                "{count} label is hidden for lack of room.", "{count} labels are hidden for lack of room.", shown.hidden
            ).format(count=i18n.number(shown.hidden))
        )
    if shown.clustered:
        out.append(
            ngettext(
                "{count} event stands in a circle with the number of events at that place.",
                "{count} events stand in circles with the number of events at that place.",
                shown.clustered,
            ).format(count=i18n.number(shown.clustered))
        )
    if shown.lanes_below:
        out.append(
            ngettext(
                "{count} more lane lies below the lower edge.",
                "{count} more lanes lie below the lower edge.",
                shown.lanes_below,
            ).format(count=shown.lanes_below)
        )
    if shown.dense:
        out.append(_("Shaded stretches show how many events there are; zoom in to see each."))
        out.append(_("Sources are those of the events with a sign; those of all others are in the table."))
    if shown.arrows_left:
        out.append(
            ngettext(
                "{count} more arrow from a cause to an effect is left out; zoom in.",
                "{count} more arrows from causes to effects are left out; zoom in.",
                shown.arrows_left,
            ).format(count=i18n.number(shown.arrows_left))
        )
    if shown.rules_drawn:
        sentence = _(
            "Bands: the {drawn} of {known} rules in this time that important events name and that restrict most"
        ).format(drawn=shown.rules_drawn, known=shown.rules_known)
        if shown.rules_drawn == shown.rules_known:
            sentence = _("Bands: all rules in this time")
        unnamed = shown.rules_drawn - shown.rules_named
        if unnamed:
            sentence += ngettext(
                "; {count} of them is not labelled", "; {count} of them are not labelled", unnamed
            ).format(count=unnamed)
        out.append(sentence + ".")
    return tuple(out)


def subtitle(count: int, rows: TimelineRows, request: Request, *, by: str, only_events: bool) -> str:
    """Return what is shown in words: how many records, in which lanes, under which filters."""
    said = (
        ngettext("{count} event", "{count} events", count)
        if only_events
        else ngettext("{count} record", "{count} records", count)
    ).format(count=i18n.number(count))
    lanes = {
        "organization": _("lanes by leading organization"),
        "kind": _("lanes by kind of event"),
        "country": _("lanes by country of the leading organization"),
        "sector": _("lanes by sector served"),
        "none": _("one lane"),
    }
    parts = [said, lanes[by], *filter_words(rows, request)]
    if request.filters.as_of:
        parts.append(_("as known on {date}").format(date=i18n.format_date(request.filters.as_of)))
    return " · ".join(parts)


def filter_words(rows: TimelineRows, request: Request) -> list[str]:
    """Return the filters in force in words."""
    filters = request.filters
    parts = []
    if filters.kinds:
        parts.append(_listed([kind_word(kind, plural=True) for kind in sorted(filters.kinds)]))
    if filters.countries:
        parts.append(_listed(sorted(country_name(code) for code in filters.countries)))
    for ids in (filters.organizations, filters.sectors):
        if ids:
            parts.append(_listed(sorted(rows.names.get(id_, "") for id_ in ids)))
    if filters.certainties:
        parts.append(_listed([word(each) for each in sorted(filters.certainties)]))
    if filters.start or filters.end:
        start = filters.start.isoformat() if filters.start else ".."
        end = filters.end.isoformat() if filters.end else ".."
        parts.append(i18n.format_date(f"{start}/{end}"))
    return [_("only {what}").format(what=part) for part in parts if part]


def _listed(names: Sequence[str]) -> str:
    named = [name for name in names if name]
    if len(named) > 4:
        return _("{list} and {count} more").format(list=", ".join(named[:3]), count=len(named) - 3)
    return ", ".join(named)


def legend(used: Encodings) -> tuple[LegendEntry, ...]:
    """Return an entry for each colour, shape and style that is used."""
    meanings = {
        "china": _("China"),
        "us": _("United States"),
        "europe": _("Europe"),
        "east-asia": _("Taiwan, Korea, Japan"),
        "other": _("elsewhere or unknown"),
    }
    out = [LegendEntry("range", name, meaning) for name, meaning in meanings.items() if name in used.colours]
    for name in GLYPH_NAMES:
        if name in used.glyphs:
            label = kind_word(name[7:]) if name.startswith("record:") else word(name)
            out.append(LegendEntry(GLYPHS[name].shape, "ink_soft", label, GLYPHS[name].hollow))
    if used.vague:
        out.append(LegendEntry("fade", "ink_soft", _("some time in this stretch")))
    if used.rivals:
        out.append(LegendEntry("rival", "ink_soft", _("another date that a source gives")))
    return tuple(out)


def lane_notes(hidden: int, by: str, every: bool) -> tuple[str, ...]:
    """Return what must be said of signs and lanes."""
    out = [_("Larger signs are more important events.")]
    if by == "sector":
        out.append(_("A record stands in the lane of every sector that its organizations serve."))
    elif every and by in ("organization", "country"):
        out.append(_("A record stands in the lane of every participant."))
    if hidden:
        out.append(ngettext("{count} lane is hidden.", "{count} lanes are hidden.", hidden).format(count=hidden))
    return tuple(out)
