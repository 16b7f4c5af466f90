"""The merge thought through: every row that the other side touched, compared field by field with ours."""

from collections.abc import Mapping

from sqlalchemy import Connection

from chipscape_db.merging.deletions import Deletions
from chipscape_db.merging.journals import Journal, Key, Touched, read_journal
from chipscape_db.merging.pack import check_reach
from chipscape_db.merging.plan import Conflict, FieldDifference, MergePlan, check_rule
from chipscape_db.merging.rows import Rows
from chipscape_db.merging.settling import Settler
from chipscape_db.merging.shapes import FIELDS, part
from chipscape_db.merging.twins import as_ours, find_twins, names_of, part_names
from chipscape_db.merging.words import Words
from chipscape_db.progress import QUIET, Progress
from chipscape_db.row_images import Image
from chipscape_db.row_sense import clashing

_NEVER = ("", "")


def plan_merge(
    connection: Connection, theirs: Journal, *, rule: str = "", decisions: Mapping[str, str] | None = None,
    progress: Progress = QUIET,
) -> MergePlan:  # fmt: skip
    """Return what merging *theirs* into the base would do; nothing is written.

    *decisions* settle conflicts by their keys (`mine` or `theirs`), *rule* (see `RULES`) all others. Each field has its
    own ancestor: what the one side has and the other does not know of is a change of its own; where only one side
    changed a field, it wins; where both did, and differently, it is a conflict. Raises `Invalid` for another rule,
    `Stopped` when it was cancelled.
    """
    check_rule(rule, decisions or {})
    mine = read_journal(connection, "", known=theirs.known, progress=progress.part(0.0, 0.15))
    known = mine.known
    check_reach(theirs, known)
    there = {step.uuid for step in mine.steps}
    steps = tuple(step for step in theirs.steps if step.kind != "starter" and step.uuid not in there)
    returning = tuple(step.uuid for step in theirs.steps if step.uuid in there and step.uuid not in known)
    if not steps and not returning:
        return MergePlan(theirs.name, (), (), {}, (), ())
    rows, settler = Rows(connection), Settler(rule, decisions or {})
    same = find_twins(theirs, mine.rows(), rows, progress=progress.part(0.15, 0.5))
    own = mine.touched(theirs.known, same)
    told = as_ours(theirs.touched(known, {ours: other for other, ours in same.items()}), same)
    renamed = part_names(told, rows)
    words = Words(connection, names_of(told))
    deletions = Deletions(told, own, rows, settler, words)
    deletions.settle()
    for place, touched in progress.part(0.55, 0.75).over(list(told.items())):
        if place not in deletions.handled:
            kept = {column for at, column in deletions.kept_cells if at == place}
            _row(place, touched, own.get(place), rows, settler, words, kept)
    rows.make_whole(deleted={place for side in (own, told) for place, one in side.items() if one.now is None})
    writes = rows.writes()
    progress.at(0.85)
    differences = _differences(writes, told, rows, words, progress.part(0.85, 1.0))
    return MergePlan(
        theirs.name, steps, returning, writes, differences, tuple(settler.conflicts),
        tuple(renamed), same,
    )  # fmt: skip


def _row(
    place: Key, theirs: Touched, mine: Touched | None, rows: Rows, settler: Settler, words: Words, kept: set[str]
) -> None:
    """Merge one row."""
    here = rows.now(place)
    if theirs.now is None:
        if here is not None:
            rows.result[place] = None
        return
    if here is None:
        if mine is None or mine.before is None:
            rows.result[place] = theirs.now
        return
    ours = mine or Touched(here, here, {})
    merged = dict(here)
    for group in FIELDS[place[0]]:
        value = _field(place, group, here, ours, theirs, settler, words, kept)
        merged.update(zip(group, value, strict=True))
    if merged not in (here, theirs.now) and (clash := clashing(place[0], merged)):
        key = f"together:{place[0]}:{'/'.join(map(str, place[1]))}"
        mine_by, theirs_by = ours.last.get("", _NEVER), theirs.last.get("", _NEVER)
        answer = settler.answer(key, mine_by, theirs_by, lambda: repr(theirs.now) > repr(here))
        owner_id, owner = words.owner(place[0], here)
        own, other = (", ".join(words.cell(place[0], name, row[name]) for name in clash) for row in (here, theirs.now))
        names = ", ".join(clash)
        settler.add(
            Conflict(key, "together", place[0], owner_id, owner, names, "", own, other, mine_by, theirs_by, answer)
        )
        merged = dict(theirs.now) if answer == "theirs" else here
    if merged != here:
        rows.result[place] = merged


def _field(
    place: Key, group: tuple[str, ...], here: Image, mine: Touched, theirs: Touched, settler: Settler, words: Words,
    kept: set[str],
) -> tuple[object, ...]:  # fmt: skip
    """Return the value of one field after the merge."""
    assert theirs.now is not None
    ours, coming = part(here, group), part(theirs.now, group)
    if ours == coming or group[0] in kept:
        return ours
    touched_here = any(name in mine.last for name in group)
    touched_there = any(name in theirs.last for name in group)
    if not (touched_here and touched_there):
        return coming if touched_there else ours
    before_here = part(mine.before, group) if mine.before is not None else None
    before_there = part(theirs.before, group) if theirs.before is not None else None
    changed_here, changed_there = ours != before_here, coming != before_there
    if changed_there and (not changed_here or ours == before_there):
        return coming
    if changed_here and (not changed_there or coming == before_here):
        return ours
    table = place[0]
    mine_by = max((mine.last.get(name, _NEVER) for name in group), default=_NEVER)
    theirs_by = max((theirs.last.get(name, _NEVER) for name in group), default=_NEVER)
    key = f"{table}:{'/'.join(map(str, place[1]))}:{group[0]}"
    answer = settler.answer(key, mine_by, theirs_by, lambda: repr(coming) > repr(ours))
    owner_id, owner = words.owner(table, here)
    shown = words.cell
    settler.add(
        Conflict(
            key, "field", table, owner_id, owner, group[0],
            shown(table, group[0], before_there[0] if before_there else None), shown(table, group[0], ours[0]),
            shown(table, group[0], coming[0]), mine_by, theirs_by, answer,
        )
    )  # fmt: skip
    return coming if answer == "theirs" else ours


def _differences(
    writes: Mapping[Key, Image | None], told: Mapping[Key, Touched], rows: Rows, words: Words, progress: Progress
) -> tuple[FieldDifference, ...]:
    out = []
    for place, after in progress.over(list(writes.items())):
        table, before = place[0], rows.stored(place)
        row = after or before
        assert row is not None
        owner_id, owner = words.owner(table, row)
        last = told[place].last if place in told else {}
        if before is None or after is None:
            at, author = last.get("", _NEVER)
            old, new = (words.line(table, one) if one is not None else "" for one in (before, after))
            out.append(FieldDifference(table, owner_id, owner, "", old, new, author, at))
            continue
        for group in FIELDS[table]:
            if part(before, group) != part(after, group):
                at, author = max((last.get(name, _NEVER) for name in group), default=_NEVER)
                old, new = (words.cell(table, group[0], one[group[0]]) for one in (before, after))
                out.append(FieldDifference(table, owner_id, owner, group[0], old, new, author, at))
    return tuple(sorted(out, key=lambda one: (one.owner.casefold(), one.owner_id, one.table, one.field, one.after)))
