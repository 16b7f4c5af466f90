"""Claims: add, edit, settle and delete what a source says of a metric."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from chipscape_db import vocabulary as words
from chipscape_db.commands.checks import check_unchanged, checked, found, record_kind, subject_of
from chipscape_db.commands.deletion import drop_claims
from chipscape_db.commands.fields import CLAIM_FIELDS, Field, Stored, stored
from chipscape_db.errors import N_, Invalid, NotFound
from chipscape_db.history import ChangeSummary, RecordedSession, record
from chipscape_db.identity import new_id
from chipscape_db.metrics import Metric, metric
from chipscape_db.models import Claim
from chipscape_db.partial_date import NotADate
from chipscape_db.queries.forms import claim_state
from chipscape_db.spoken_date import understand
from chipscape_db.units import canonical, parse_quantity

_GONE = N_("This claim is no longer there; someone deleted it meanwhile.")
_REASON = Field("rank_reason")


def add_claim(
    engine: Engine,
    *,
    author: str,
    subject_id: str,
    values: Mapping[str, str],
    lang: str = "en",
    claim_id: str | None = None,
) -> ChangeSummary | None:
    """Add what a source says of a metric of a record.

    *values* are texts by field name (see `fields.CLAIM_FIELDS`); `value` may be written with any unit of the metric, as
    the language *lang* writes numbers. Raises `Invalid` with the field at fault.
    """
    with record(engine, "add-claim", subject_of(engine, subject_id), author=author) as (session, out):
        put_claim(session, claim_id or new_id(), subject_id=subject_id, values=values, lang=lang)
    return out[0] if out else None


def put_claim(
    session: RecordedSession, claim_id: str, *, subject_id: str, values: Mapping[str, str], lang: str = "en"
) -> None:
    """Add a claim within the step that *session* records; as `add_claim`."""
    record_kind(session, subject_id)
    claim = Claim(id=claim_id, subject_id=subject_id, rank="normal")
    _put(session, claim, dict(values), lang)
    session.add(claim)
    session.flush()


def edit_claim(
    engine: Engine,
    *,
    author: str,
    claim_id: str,
    values: Mapping[str, str],
    expected: Mapping[str, str] | None = None,
    lang: str = "en",
) -> ChangeSummary | None:
    """Change the given fields of a claim; *expected* as in `edit_record`. None when nothing differs."""
    with record(engine, "edit-claim", subject_of(engine, claim_id), author=author) as (session, out):
        now = claim_state(session, claim_id)
        if expected is not None:
            check_unchanged(now, expected, values)
        put_claim_values(session, claim_id, now=now, values=values, lang=lang)
    return out[0] if out else None


def put_claim_values(
    session: RecordedSession, claim_id: str, *, now: Mapping[str, str], values: Mapping[str, str], lang: str = "en"
) -> None:
    """Set those values of a claim that differ from *now*, within the step that *session* records."""
    claim = found(session, Claim, claim_id, _GONE)
    whole = {field.name: now[field.name] for field in CLAIM_FIELDS} | dict(values)
    # What is stored is written as files write it, whatever the language of the form.
    _put(session, claim, whole, lang if values.get("value", now["value"]) != now["value"] else "en")
    session.flush()


def set_rank(
    engine: Engine, *, author: str, claim_id: str, rank: str, reason: str = "", expected: str | None = None
) -> ChangeSummary | None:
    """Prefer or deprecate a claim, with a reason, or make it normal again; the other claims keep their ranks.

    *expected* is the rank that the claim is thought to have; raises `Conflict` where it has another.
    """
    if rank not in words.RANKS:
        raise Invalid(N_("'{text}' is not one of {words}."), field="rank", text=rank, words=", ".join(words.RANKS))
    action = {"preferred": "prefer-claim", "deprecated": "deprecate-claim"}.get(rank, "unrank-claim")
    with record(engine, action, subject_of(engine, claim_id), author=author, reason=reason.strip()) as (session, out):
        claim = found(session, Claim, claim_id, _GONE)
        if expected is not None:
            check_unchanged({"rank": claim.rank}, {"rank": expected}, {"rank": rank})
        told = stored(_REASON, reason)
        if rank != "normal" and told is None:
            raise Invalid(N_("Say why, so that others can follow."), field="rank_reason")
        claim.rank = rank
        claim.rank_reason = str(told) if told is not None and rank != "normal" else None
    return out[0] if out else None


def deprecate_resting(engine: Engine, *, author: str, source_id: str, reason: str) -> ChangeSummary | None:
    """Deprecate, in one step, every live claim that rests on a source; None when there is none."""
    told = stored(_REASON, reason)
    if told is None:
        raise Invalid(N_("Say why, so that others can follow."), field="rank_reason")
    subject = subject_of(engine, source_id)
    with record(engine, "deprecate-source", subject, author=author, reason=str(told)) as (session, out):
        live = select(Claim).where(Claim.source_id == source_id, Claim.rank != "deprecated")
        for claim in session.scalars(live.order_by(Claim.id)):
            claim.rank, claim.rank_reason = "deprecated", str(told)
    return out[0] if out else None


def set_repeats(engine: Engine, *, author: str, claim_id: str, repeats_id: str) -> ChangeSummary | None:
    """Say that a claim only repeats another of the same metric and record (empty: that it stands for itself)."""
    with record(engine, "repeat-claim", subject_of(engine, claim_id), author=author) as (session, out):
        claim = found(session, Claim, claim_id, _GONE)
        _check_repeats(session, claim, repeats_id or None, metric(claim.metric))
        claim.repeats_id = repeats_id or None
    return out[0] if out else None


def delete_claim(engine: Engine, *, author: str, claim_id: str) -> ChangeSummary | None:
    """Delete a claim; claims that repeat it from now on stand for themselves."""
    with record(engine, "delete-claim", subject_of(engine, claim_id), author=author) as (session, out):
        found(session, Claim, claim_id, _GONE)
        drop_claims(session, Claim.id == claim_id)
    return out[0] if out else None


def _put(session: RecordedSession, claim: Claim, values: dict[str, str], lang: str) -> None:
    """Check the fields of a claim as a whole and set them."""
    known = {field.name for field in CLAIM_FIELDS}
    for unknown in values.keys() - known:
        raise Invalid(N_("A claim has no field '{name}'."), field=unknown, name=unknown)
    measure = _metric(session, claim.subject_id, values.get("metric", ""))
    _refuse_what_does_not_apply(values, measure)
    told: dict[str, Stored] = {
        field.name: checked(session, field, values.get(field.name, ""))
        for field in CLAIM_FIELDS
        if field.form != "quantity"
    }
    if told["scope_count"] is not None and told["scope"] is None:
        raise Invalid(N_("Say what is counted: choose a scope too."), field="scope")
    text, number = claim_value(values.get("value", ""), measure, lang=lang)
    _check_repeats(session, claim, told["repeats_id"], measure)
    for name, value in (told | {"value": text, "number": number}).items():
        if getattr(claim, name) != value:
            setattr(claim, name, value)


def claim_value(text: str, measure: Metric, *, lang: str) -> tuple[str, float | None]:
    """Return the value of a claim as files hold it, and as a number (None for a metric that is a text or a date).

    A date may be written as people write it in the language *lang*; it is held as a partial date.
    """
    if not text.strip():
        raise Invalid(N_("This must not be empty."), field="value")
    if measure.is_date:
        try:
            return str(understand(text, lang)), None
        except NotADate as fault:
            raise Invalid(fault.template, field="value", **fault.params) from None
    if measure.kind == "text":
        return str(stored(Field("value", required=True), text)), None
    exact = canonical(parse_quantity(text, measure, lang=lang))
    return exact, float(exact)


def _metric(session: RecordedSession, subject_id: str, key: str) -> Metric:
    if not key:
        raise Invalid(N_("Choose what is claimed."), field="metric")
    try:
        measure = metric(key)
    except NotFound as fault:
        raise Invalid(fault.template, field="metric", **fault.params) from None
    kind = record_kind(session, subject_id)
    if kind not in measure.applies_to:
        raise Invalid(N_("{metric} is not claimed of a {kind}; choose another."), field="metric", metric=key, kind=kind)
    return measure


def _refuse_what_does_not_apply(values: Mapping[str, str], measure: Metric) -> None:
    not_taken = (
        *(() if measure.is_compute else ("sparsity", "engine")),
        *(() if measure.is_link else ("direction",)),
        *(() if measure.has_period else ("period",)),
        *(("bound",) if measure.kind == "text" else ()),
    )
    for name in not_taken:
        if values.get(name):
            raise Invalid(
                N_("{metric} has no {name}; say it in the condition."), field=name, metric=measure.key, name=name
            )
    if measure.is_link and not values.get("direction"):
        raise Invalid(
            N_("A link needs its direction; choose “direction not said” where the source is silent."), field="direction"
        )


def _check_repeats(session: RecordedSession, claim: Claim, repeats_id: Stored, measure: Metric) -> None:
    """Refuse a claim that would repeat itself, in however many steps, or one of another metric or record."""
    if repeats_id is None:
        return
    original = session.get(Claim, str(repeats_id))
    if original is None:
        raise Invalid(N_("The claim that this repeats is not in the fact base."), field="repeats_id")
    if (original.metric, original.subject_id) != (measure.key, claim.subject_id):
        raise Invalid(N_("A claim repeats one of the same metric of the same record."), field="repeats_id")
    above: str | None = original.id
    while above is not None:
        if above == claim.id:
            raise Invalid(N_("This would go round in a circle; choose another."), field="repeats_id")
        above = session.scalar(select(Claim.repeats_id).where(Claim.id == above))
