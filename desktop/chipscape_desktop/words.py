"""The words of the facts' closed lists as people read them, in the language of the display."""

from functools import cache

from chipscape_db.errors import N_
from chipscape_desktop.i18n import _, language

_KINDS = {
    "organization": (N_("organization"), N_("Organizations")),
    "chip": (N_("chip"), N_("Chips")),
    "model": (N_("model"), N_("Models")),
    "software": (N_("software"), N_("Software")),
    "policy": (N_("policy"), N_("Policies")),
    "sector": (N_("sector"), N_("Sectors")),
    "event": (N_("event"), N_("Events")),
    "source": (N_("source"), N_("Sources")),
}
_WORDS = {
    "company": N_("company"), "government": N_("government"), "lab": N_("laboratory"), "foundry": N_("foundry"),
    "university": N_("university"), "consortium": N_("consortium"),
    "announced": N_("announced"), "shipping": N_("shipping"), "discontinued": N_("discontinued"),
    "cancelled": N_("cancelled"), "reported": N_("reported"),
    "open-source": N_("open source"), "open-weights": N_("open weights"), "api": N_("by API only"),
    "closed": N_("closed"),
    "text": N_("text"), "multimodal": N_("multimodal"), "image": N_("image"), "weather": N_("weather"),
    "framework": N_("framework"), "compiler": N_("compiler"), "runtime": N_("runtime"), "library": N_("library"),
    "platform": N_("platform"), "serving": N_("serving"),
    "in-force": N_("in force"), "superseded": N_("superseded"), "rescinded": N_("rescinded"),
    "proposed": N_("proposed"),
    "policy": N_("policy"), "chip-launch": N_("chip launch"), "model-release": N_("model release"),
    "open-sourcing": N_("open-sourcing"), "partnership": N_("partnership"), "supply": N_("supply"),
    "investment": N_("investment"), "financial": N_("financial"), "research": N_("research"),
    "incident": N_("incident"),
    "actor": N_("actor"), "target": N_("target"), "subject": N_("subject"), "partner": N_("partner"),
    "beneficiary": N_("beneficiary"), "affected": N_("affected"),
    "stated": N_("stated by the maker"), "measured": N_("measured"), "estimated": N_("estimated"),
    "rumoured": N_("rumoured"),
    "official": N_("official"), "regulation": N_("regulation"), "press": N_("press"), "analysis": N_("analysis"),
    "academic": N_("academic"), "reference": N_("reference"), "community": N_("community"),
    "dense": N_("dense"), "sparse": N_("sparse"), "matrix": N_("matrix engine"), "vector": N_("vector engine"),
    "die": N_("per die"), "package": N_("per package"), "gpu": N_("per GPU"), "board": N_("per board"),
    "node": N_("per node"), "rack": N_("per rack"), "cluster": N_("per cluster"),
    "both": N_("both directions"), "one": N_("one direction"), "unsaid": N_("direction not said"),
    "about": N_("about"), "at-least": N_("at least"), "at-most": N_("at most"), "low": N_("low end"),
    "high": N_("high end"),
    "preferred": N_("preferred"), "normal": N_("normal"), "deprecated": N_("deprecated"),
    "supported": N_("supported"), "contested": N_("contested"), "unsupported": N_("unsupported"),
    "corroborated": N_("two or more independent sources"), "single": N_("one source only"),
}  # fmt: skip
_LINKS = {
    "designs": (N_("designs"), N_("designed by")),
    "manufactures": (N_("manufactures"), N_("manufactured by")),
    "develops": (N_("develops"), N_("developed by")),
    "supplies": (N_("supplies"), N_("supplied by")),
    "buys-from": (N_("buys from"), N_("sells to")),
    "runs-on": (N_("runs on"), N_("runs")),
    "trained-on": (N_("trained on"), N_("used to train")),
    "supports": (N_("supports"), N_("supported by")),
    "partners-with": (N_("partners with"), N_("partners with")),
    "invests-in": (N_("invests in"), N_("has as investor")),
    "owns": (N_("owns"), N_("owned by")),
    "competes-with": (N_("competes with"), N_("competes with")),
    "restricts": (N_("restricts"), N_("restricted by")),
    "serves": (N_("serves"), N_("served by")),
    "succeeds": (N_("succeeds"), N_("succeeded by")),
    "based-on": (N_("based on"), N_("is the base of")),
    "part-of": (N_("part of"), N_("contains")),
    "variant-of": (N_("variant of"), N_("has as variant")),
    "leads-to": (N_("leads to"), N_("follows from")),
}

_UNITS = {
    "1e9": N_("billion"), "1e12": N_("trillion"), "percent": "%", "mm2": "mm²", "GB": N_("GB"), "GB/s": N_("GB/s"),
    "tokens": N_("tokens"), "units/year": N_("units a year"),
}  # fmt: skip


def unit_word(unit: str) -> str:
    """Return a unit of the metrics as people read it: `1e9` is billion, `GB` in French Go."""
    return _(_UNITS[unit]) if unit in _UNITS else unit


def kind_word(kind: str, *, plural: bool = False) -> str:
    """Return the name of a kind of record: `chip`, or as a heading `Chips`."""
    return _(_KINDS[kind][plural])


def word(value: str) -> str:
    """Return a word of the closed lists as people read it; a word that is not listed is returned as it is."""
    return _(_WORDS[value]) if value in _WORDS else value


def trust_word(value: str) -> str:
    """Return how far a source is trusted, as people read it (the bound `high` of a claim is another word)."""
    return {"high": _("high trust"), "medium": _("medium trust"), "low": _("low trust")}.get(value, value)


def link_word(kind: str, *, inverse: bool = False) -> str:
    """Return what a relationship says, read from its subject, or from its object with *inverse*."""
    return _(_LINKS[kind][inverse])


@cache
def _territories(code: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(code).territories)


def country_name(code: str) -> str:
    """Return the name of a country by its ISO 3166-1 alpha-2 code; an empty code is an unknown country."""
    if not code:
        return _("Country unknown")
    return _territories(language()).get(code, code)


def country_cell(code: str) -> str:
    """Return the name of a country as a cell of a table has it: empty where the country is unknown."""
    return country_name(code) if code else ""
