"""What tooltips and tables say of items and rules, and the sources behind them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from chipscape_db.queries.footnotes import FootnoteSource
from chipscape_db.queries.timeline import RivalDate, TimelineItem, TimelineRows
from chipscape_desktop import i18n
from chipscape_desktop.figures.references import source_text
from chipscape_desktop.figures.timeline.spec import Card
from chipscape_desktop.words import kind_word, word


def cards_of_rules(rows: TimelineRows) -> dict[str, Card]:
    """Return what the tooltips of rules say."""
    return {
        rule.id: Card(
            kind_word("policy"), stretch(rule.starts_on, rule.ends_on), (),
            tuple(source_text(rows.sources[id_]) for id_ in rule.sources if id_ in rows.sources),
        )
        for rule in rows.rules
    }  # fmt: skip


def texts_of(sources: Mapping[str, FootnoteSource]) -> dict[str, str]:
    """Return the short references of sources, by id."""
    return {id_: source_text(source) for id_, source in sources.items()}


def card_of(item: TimelineItem, told: Mapping[str, str]) -> Card:
    """Return what is said of an item; *told* holds the short references of sources."""

    people = tuple((name, word(role)) for name, role in item.participants)
    sources = tuple(told[id_] for id_ in item.sources if id_ in told)
    rivals = rivals_in_words(item.rivals, told)
    return Card(kind_of(item), stretch(item.starts_on, item.ends_on), people, sources, rivals)


def rivals_in_words(rivals: Iterable[RivalDate], told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return rival dates with who gives them."""
    return tuple(
        (stretch(each.starts_on, each.ends_on), ", ".join(told[id_] for id_ in each.sources if id_ in told))
        for each in rivals
    )


def kind_of(item: TimelineItem) -> str:
    """Return the kind of an item in words."""
    return word(item.subkind) if item.kind == "event" else kind_word(item.kind)


def sources_of_links(rows: TimelineRows) -> dict[str, list[str]]:
    """Return the sources that say what led to each event, by its id."""
    leading: dict[str, list[str]] = defaultdict(list)
    for link in rows.links:
        leading[link.effect] += link.sources
    return leading


def cited_for(item: TimelineItem) -> tuple[str, ...]:
    """Return the sources of an item and of its rival dates, each once."""
    if not item.rivals:
        return item.sources
    return tuple(dict.fromkeys((*item.sources, *(id_ for rival in item.rivals for id_ in rival.sources))))


def stretch(starts_on: str, ends_on: str) -> str:
    """Return a date, or from when to when, in words."""
    return i18n.format_date(f"{starts_on}/{ends_on}" if ends_on and "/" not in starts_on else starts_on)
