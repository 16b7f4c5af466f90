"""What a column of a table may mean, in words: the choices of the import window, and the sentence for one choice."""

from dataclasses import dataclass, replace

from chipscape_db.commands.fields import RECORD_FIELDS
from chipscape_db.metrics import METRICS, metrics_of
from chipscape_db.transfer.tables.mapping import Column
from chipscape_desktop.field_words import field_label
from chipscape_desktop.i18n import _, pgettext
from chipscape_desktop.words import unit_word, word


@dataclass(frozen=True, slots=True)
class Meaning:
    """One choice: its key, its name, and the column with that meaning."""

    key: str
    text: str
    column: Column


def meanings(kind: str, column: Column) -> list[Meaning]:
    """Return everything that a column may mean in a table of records of that kind, the plainest first."""
    bare = Column(column.name)
    out = [
        Meaning("skip", pgettext("column", "Left out"), bare),
        Meaning("name", _("Name of the record"), replace(bare, role="name")),
        Meaning("key", _("Id of the record"), replace(bare, role="key")),
        Meaning("alias", _("Other names"), replace(bare, role="alias")),
        Meaning("source", _("Links to sources"), replace(bare, role="source")),
        Meaning("note", _("Words kept as the quote of the citation"), replace(bare, role="note")),
        Meaning("summary-en", _("Summary in English"), replace(bare, role="summary", language="en")),
        Meaning("summary-fr", _("Summary in French"), replace(bare, role="summary", language="fr")),
    ]
    for field in RECORD_FIELDS[kind]:
        if field.name != "name":
            text = _("Field: {name}").format(name=field_label(field.name))
            out.append(Meaning(f"field-{field.name}", text, replace(bare, role="field", field=field.name)))
    for metric in metrics_of(kind):
        text = _("Claim: {name}").format(name=_(metric.label))
        direction = "unsaid" if metric.is_link else ""
        made = replace(bare, role="claim", metric=metric.key, unit=metric.unit, direction=direction)
        out.append(Meaning(f"claim-{metric.key}", text, made))
    return out


def meaning_key(column: Column) -> str:
    """Return the key of what a column means now."""
    if column.role == "summary":
        return f"summary-{column.language or 'en'}"
    detail = {"field": column.field, "claim": column.metric}.get(column.role, "")
    return f"{column.role}-{detail}" if detail else column.role


def meaning_text(kind: str, column: Column) -> str:
    """Return what a column means, in a few words."""
    key = meaning_key(column)
    return next((one.text for one in meanings(kind, column) if one.key == key), key)


def detail_text(column: Column) -> str:
    """Return the unit and the conventions of a column of claims, and what else is said of a column, in one line."""
    parts = []
    if column.role == "claim":
        unit = column.unit or METRICS[column.metric].unit
        parts.append(unit_word(unit) if unit in {one.unit for one in METRICS.values()} else unit)
        parts += [word(one) for one in (column.sparsity, column.engine, column.scope, column.bound) if one]
        parts += [_("direction: {word}").format(word=word(column.direction))] if column.direction else []
        parts += [_("source: {column}").format(column=column.source)] if column.source else []
    if column.missing == "add":
        parts.append(_("what is missing is added"))
    return ", ".join(filter(None, parts))
