"""What the fields, columns and tables of the facts are called, in the language of the display."""

from functools import cache
from typing import Final

from chipscape_db.errors import N_
from chipscape_db.metrics import METRICS
from chipscape_db.vocabulary import RECORD_KINDS
from chipscape_desktop.i18n import _, language
from chipscape_desktop.words import kind_word

_LABELS: Final = {
    "name": N_("Name"),
    "name_native": N_("Name in its own script"),
    "org_kind": N_("Kind"),
    "country": N_("Country"),
    "parent_id": N_("Belongs to"),
    "founded_on": N_("Founded"),
    "website": N_("Website"),
    "designer_id": N_("Designer"),
    "family": N_("Family"),
    "architecture": N_("Architecture"),
    "foundry_id": N_("Foundry"),
    "announced_on": N_("Announced"),
    "released_on": N_("Released"),
    "status": N_("Status"),
    "form_factor": N_("Form factor"),
    "developer_id": N_("Developer"),
    "openness": N_("Openness"),
    "licence": N_("Licence"),
    "modality": N_("Modality"),
    "layer": N_("Layer"),
    "authority_id": N_("Authority"),
    "effective_on": N_("In effect"),
    "ended_on": N_("Ended"),
    "event_kind": N_("Kind"),
    "starts_on": N_("Starts"),
    "ends_on": N_("Ends"),
    "importance": N_("Importance"),
    "source_kind": N_("Kind"),
    "publisher": N_("Publisher"),
    "author": N_("Author"),
    "published_on": N_("Published"),
    "url": N_("Address"),
    "doi": N_("DOI"),
    "reliability": N_("Reliability"),
    "quote": N_("Words of the source"),
    "file": N_("File"),
    "taken_on": N_("Read on"),
    "media_type": N_("Kind of file"),
    "sha256": N_("Hash (SHA-256)"),
    "size": N_("Size in bytes"),
    "language": N_("Language"),
    "relays_id": N_("Repeats the source"),
    "note": N_("Note"),
    "slug": N_("Short name in files"),
    "citations": N_("Sources"),
    "cited": N_("Cited"),
    "claims": N_("Claims"),
    "subject_id": N_("Subject"),
    "kind": N_("Relationship"),
    "record_kind": N_("Kind of record"),
    "object_id": N_("Object"),
    "metric": N_("Metric"),
    "value": N_("Value"),
    "unit": N_("Unit"),
    "bound": N_("Limit"),
    "sparsity": N_("Sparsity"),
    "engine": N_("Engine"),
    "scope": N_("Scope"),
    "scope_count": N_("Count in the scope"),
    "direction": N_("Direction"),
    "period": N_("Period"),
    "condition": N_("Condition"),
    "stance": N_("Stance"),
    "source_id": N_("Source"),
    "locator": N_("Place in the source"),
    "asserted_on": N_("Said on"),
    "repeats_id": N_("Repeats the claim"),
    "rank": N_("Rank"),
    "rank_reason": N_("Reason"),
    "record_id": N_("Record"),
    "role": N_("Role"),
    "alias": N_("Other name"),
    "aliases": N_("Other names"),
    "text": N_("Text"),
    "field": N_("Cited for"),
    "event_id": N_("Event"),
    "relationship_id": N_("Relationship"),
    "number": N_("Number"),
    "verdict": N_("Verdict"),
    "position": N_("Position"),
}
_TEXTS: Final = {"name": N_("Name in {language}"), "summary": N_("Summary in {language}")}
_TABLES: Final = {"relationship": N_("Relationships"), "claim": N_("Claims")}
_STORED: Final = {
    "record": N_("record"),
    "record_text": N_("text of a record"),
    "relationship": N_("relationship"),
    "relationship_text": N_("text of a relationship"),
    "participant": N_("part in an event"),
    "claim": N_("claim"),
    "citation": N_("citation"),
    "statement": N_("statement"),
    "statement_text": N_("text of a statement"),
    "statement_source": N_("source of a statement"),
    "snapshot": N_("snapshot of a source"),
    "review_mark": N_("mark of review"),
    "dismissal": N_("settled finding"),
    "former_slug": N_("former short name"),
    "table_view": N_("view of a table"),
    "saved_figure": N_("figure"),
    "map_place": N_("place on the map"),
    "participants": N_("participants"),
}


def field_label(name: str) -> str:
    """Return what a field or column is called; texts by language are named `summary_fr`."""
    if name in _LABELS:
        return _(_LABELS[name])
    stem, underscore, code = name.rpartition("_")
    if underscore and stem in _TEXTS:
        return _(_TEXTS[stem]).format(language=language_name(code))
    return _("Summary") if name == "summary" else name


def english_label(name: str) -> str:
    """Return what a field or column is called in English, as a spreadsheet from elsewhere may head it."""
    return _LABELS.get(name, name)


def stored_label(name: str) -> str:
    """Return what a stored field or table is called, as the history and the checks name them."""
    if name in _STORED:
        return _(_STORED[name])
    if name in METRICS:
        return _(METRICS[name].label)
    return kind_word(name) if name in RECORD_KINDS else field_label(name)


def table_label(key: str) -> str:
    """Return the heading of one of the tables of the facts screen."""
    return _(_TABLES[key]) if key in _TABLES else kind_word(key, plural=True)


@cache
def _languages(code: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(code).languages)


def language_name(code: str) -> str:
    """Return the name of a language by its ISO 639-1 code."""
    return _languages(language()).get(code, code)
