"""What a figure shows, mark by mark in words, and how it differs from what it showed before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from chipscape_desktop.figures.catalog import Table
from chipscape_desktop.figures.drawing import Ref
from chipscape_desktop.figures.spec import Caption
from chipscape_desktop.i18n import _

_MOST_NAMED = 2  # leading cells that name a row of a table whose records have several


@dataclass(frozen=True, slots=True)
class ShownMark:
    """One row of a figure's table, or one mark of a figure without; `cells` are (head, text), `ref` opens it."""

    name: str
    cells: tuple[tuple[str, str], ...]
    ref: Ref


@dataclass(frozen=True, slots=True)
class Difference:
    """A mark that appeared, went or changed; `fields` are (head, before, after), `ref` opens its record."""

    fate: Literal["appeared", "went", "changed"]
    name: str
    fields: tuple[tuple[str, str, str], ...]
    ref: Ref


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a figure shows, row by row or mark by mark, and the ids behind its marks by the record of each."""

    marks: tuple[ShownMark, ...]
    behind: dict[str, frozenset[str]] = field(default_factory=dict)
    by_rows: bool = True


def shown_of(table: Table | None, caption: Caption, refs: Iterable[Ref]) -> Shown:
    """Return what a figure shows: the rows of its table, else its marks; *refs* are those of its drawing."""
    drawn = list(refs)
    behind: dict[str, set[str]] = defaultdict(set)
    for ref in drawn:
        if ref.ids:
            behind[ref.ids[0]].update(ref.ids[1:])
    ids = {id_: frozenset(found) for id_, found in behind.items()}
    if table is None:
        each = {(ref.kind, ref.ids[0]): ref for ref in drawn if ref.ids and ref.kind in ("record", "relationship")}
        marks = tuple(ShownMark(_name_of(ref.title), ((_("Says"), ref.title),), ref) for ref in each.values())
        return Shown(marks, ids, by_rows=False)
    sources = {str(source.number): source.text for source in caption.sources}
    several = len({ref.ids[0] for ref in table.refs if ref.ids}) < len(table.rows)
    rows = []
    for texts, ref in zip(table.rows, table.refs, strict=True):
        cells = tuple(
            (head, _sources(text, sources) if head == _("Sources") else text)
            for head, text in zip(table.columns, texts, strict=True)
        )
        first = [text for text in texts[:_MOST_NAMED] if text] if several else []
        rows.append(ShownMark(", ".join(first) or ref.title or texts[0], cells, ref))
    return Shown(tuple(rows), ids)


def differences(before: Sequence[ShownMark], after: Sequence[ShownMark]) -> tuple[Difference, ...]:
    """Return what came, changed and went, in the order of what is shown now and then of what was."""
    old, new = _by_record(before), _by_record(after)
    pairs: dict[int, ShownMark] = {}
    gone: list[ShownMark] = []
    for key, marks in old.items():
        left = list(new.get(key, ()))
        rest = []
        for mark in marks:
            same = next((one for one in left if one.cells == mark.cells), None)
            if same is None:
                rest.append(mark)
            else:
                left.remove(same)
                pairs[id(same)] = mark
        for mark in rest:
            like = max(left, key=lambda one: _alike(one, mark), default=None)
            if like is not None and (len(marks) == 1 or _alike(like, mark)):
                left.remove(like)
                pairs[id(like)] = mark
            else:
                gone.append(mark)
    out: list[Difference] = []
    for mark in after:
        was = pairs.get(id(mark))
        if was is None:
            out.append(Difference("appeared", mark.name, _plain(mark, after=True), mark.ref))
        elif was.cells != mark.cells:
            out.append(Difference("changed", mark.name, _changed(was, mark), mark.ref))
    out += [Difference("went", mark.name, _plain(mark, after=False), mark.ref) for mark in gone]
    return tuple(out)


def _by_record(marks: Sequence[ShownMark]) -> dict[tuple[str, str], list[ShownMark]]:
    out: dict[tuple[str, str], list[ShownMark]] = defaultdict(list)
    for mark in marks:
        out[mark.ref.kind, mark.ref.ids[0] if mark.ref.ids else mark.name].append(mark)
    return out


def _alike(one: ShownMark, other: ShownMark) -> int:
    """Return how many of the cells agree that say something."""
    return sum(bool(a[1]) and a == b for a, b in zip(one.cells, other.cells, strict=False))


def _changed(before: ShownMark, after: ShownMark) -> tuple[tuple[str, str, str], ...]:
    was, now = dict(before.cells), dict(after.cells)
    heads = dict.fromkeys((*was, *now))
    return tuple((head, was.get(head, ""), now.get(head, "")) for head in heads if was.get(head) != now.get(head))


def _plain(mark: ShownMark, *, after: bool) -> tuple[tuple[str, str, str], ...]:
    return tuple((head, "", text) if after else (head, text, "") for head, text in mark.cells if text)


def _sources(text: str, sources: dict[str, str]) -> str:
    """Return the sources by name: their numbers move when one comes in before them."""
    return "; ".join(sorted(sources.get(number, number) for number in text.split(", "))) if text else ""


def _name_of(title: str) -> str:
    return title.partition(":")[0]
