"""The same base read as columns and read row by row gives the same timeline, whatever it holds and is asked for."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from sqlalchemy.orm import Session

from chipscape_db.base_file import create_base, open_base
from chipscape_db.filters import Filters
from chipscape_db.partial_date import PartialDate, day_number
from chipscape_db.vocabulary import EVENT_KINDS, PARTICIPANT_ROLES, SOURCE_KINDS
from chipscape_desktop.export.describe import describe
from chipscape_desktop.figures.catalog import Request, Table, View
from chipscape_desktop.figures.drawing import Ints
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.spec import SourceNote
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.timeline import FIGURE
from chipscape_desktop.figures.timeline.arrange import caption_for, home
from chipscape_desktop.figures.timeline.finding import matches
from chipscape_desktop.figures.timeline.lanes import LANES
from chipscape_desktop.figures.timeline.spec import Sources, TimelineSpec
from chipscape_desktop.figures.timeline.table import table_of_view
from chipscape_desktop.widgets.table_model import TableModel

STARTS = (
    "2019", "2020-05", "2020-05-17", "2021-11-30", "2021~", "2022-03?", "2022-03-04%", "2019-06/2020-02", "2020/..",
    "2023-01-01/2023-01-09", "2023-07", "2024-02-29", "202X", "2024-02-29",
)  # fmt: skip
ENDS = ("", "", "", "2024", "2024-06", "2024-06-30", "2025~", "2030-01", "2025/..")


class _Writer:
    """Writes records at random."""

    def __init__(self, path: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("BEGIN")

    def id_(self) -> str:
        return str(UUID(int=self.dice.getrandbits(128), version=4))

    def put(self, table: str, **values: object) -> None:
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))

    def record(self, kind: str, name: str) -> str:
        id_ = self.id_()
        self.put("record", id=id_, kind=kind, slug=f"{kind}-{id_[:18]}", name=name)
        if self.dice.random() < 0.2:
            self.put("record_text", record_id=id_, field="name", language="fr", text=f"{name} en français")
        return id_

    def dated(self, name: str, text: str | None) -> dict[str, object]:
        if not text:
            return {name: None, f"{name}_from": None, f"{name}_to": None}
        meant = PartialDate.parse(text)
        days = [None if day is None else day_number(day) for day in (meant.earliest, meant.latest)]
        return {name: text, f"{name}_from": days[0], f"{name}_to": days[1]}

    def maybe(self, values: list[str] | tuple[str, ...], chance: float = 0.7) -> str | None:
        return self.dice.choice(values) if values and self.dice.random() < chance else None


def fill_at_random(path: Path, seed: int, *, events: int) -> None:
    writer = _Writer(path, seed)
    dice, put = writer.dice, writer.put
    sectors = [writer.record("sector", f"Sector {at}") for at in range(3)]
    for id_ in sectors:
        put("sector", id=id_)
    makers = [writer.record("organization", f"Maker {at}") for at in range(dice.randint(1, 15))]
    for at, id_ in enumerate(makers):
        put("organization", id=id_, org_kind="company", country=writer.maybe(("CN", "US", "FR", "TW", "BR")))
        if dice.random() < 0.4:
            put("relationship", id=writer.id_(), slug=f"serves-{at}", subject_id=id_, kind="serves",
                object_id=dice.choice(sectors))  # fmt: skip
    things = []
    for at in range(4):
        chip = writer.record("chip", f"Chip {at}")
        put("chip", id=chip, designer_id=writer.maybe(makers), **writer.dated("announced_on", writer.maybe(STARTS)),
            **writer.dated("released_on", writer.maybe(STARTS)))  # fmt: skip
        model = writer.record("model", f"Model {at}")
        put("model", id=model, developer_id=writer.maybe(makers), **writer.dated("released_on", writer.maybe(STARTS)))
        policy = writer.record("policy", f"Rule {at}")
        put("policy", id=policy, authority_id=writer.maybe(makers), status=dice.choice(("in-force", "rescinded")),
            **writer.dated("announced_on", "2018-02"), **writer.dated("effective_on", writer.maybe(STARTS)),
            **writer.dated("ended_on", writer.maybe(("2024-05", "2031"), 0.3)))  # fmt: skip
        software = writer.record("software", f"Software {at}")
        put("software", id=software, layer="runtime", developer_id=writer.maybe(makers),
            **writer.dated("released_on", writer.maybe(STARTS)))  # fmt: skip
        things += [chip, model, policy, software]
    sources: list[str] = []
    for at in range(6):
        id_ = writer.record("source", f"Source {at}")
        put("source", id=id_, source_kind=dice.choice(SOURCE_KINDS), publisher=writer.maybe(("The Paper", "A House")),
            relays_id=writer.maybe(sources, 0.3), published_on=writer.maybe(("2023", "2024-05-06")))  # fmt: skip
        sources.append(id_)
    happened = []
    for at in range(events):
        id_ = writer.record("event", f"Event {at % 7} of {at}")
        start = dice.choice(STARTS)
        put("event", id=id_, event_kind=dice.choice(EVENT_KINDS[:6]), importance=dice.randint(1, 5),
            **writer.dated("starts_on", start),
            **writer.dated("ends_on", "" if "/" in start else dice.choice(ENDS)))  # fmt: skip
        roles = {(dice.choice(makers + things), dice.choice(PARTICIPANT_ROLES)) for _ in range(dice.randint(0, 4))}
        for record, role in sorted(roles):
            put("participant", event_id=id_, record_id=record, role=role)
        happened.append(id_)
    metrics = ("date.starts-on", "date.ends-on", "date.released-on", "date.announced-on", "date.effective-on",
               "date.ended-on")  # fmt: skip
    for id_ in happened + things:
        for source in dice.sample(sources, dice.choice((0, 1, 1, 2, 4))):
            put("citation", id=writer.id_(), record_id=id_, source_id=source)
        for _ in range(dice.choice((0, 0, 0, 1, 3))):
            metric = dice.choice(metrics[:2] if id_ in happened else metrics[2:])
            put("claim", id=writer.id_(), subject_id=id_, metric=metric, value=dice.choice(STARTS[:9]), stance="stated",
                source_id=dice.choice(sources), rank=dice.choice(("normal", "normal", "deprecated")),
                rank_reason="because")  # fmt: skip
    for at in range(events // 4):
        cause, effect = dice.sample(happened, 2)
        link = writer.id_()
        put("relationship", id=link, slug=f"leads-{at}", subject_id=cause, kind="leads-to", object_id=effect)
        put("citation", id=writer.id_(), relationship_id=link, source_id=dice.choice(sources))
    writer.connection.execute("COMMIT")
    writer.connection.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.chipscape"
    create_base(path, starter=False)
    return path


@pytest.fixture(scope="module")
def fresh(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Returns fresh copies of an empty base."""
    folder = tmp_path_factory.mktemp("random")
    numbers = count()

    def copy() -> Path:
        return Path(shutil.copy(empty, folder / f"facts-{next(numbers)}.chipscape"))

    return copy


def placements(spec: TimelineSpec) -> list[tuple[object, ...]]:
    """Returns what stands where, so that the order of positions does not matter."""
    columns = spec.columns
    days = ("low", "high", "fade_low", "fade_high")
    others = ("exact", "lasting", "soft", "lane", "importance", "colour", "glyph", "rival")
    return sorted(
        (
            spec.ids[int(columns.item[at])],
            *(round(float(getattr(columns, name)[at]), 6) for name in days),
            *(int(getattr(columns, name)[at]) for name in others),
        )
        for at in range(len(columns))
    )


def shown_ids(spec: TimelineSpec) -> list[str]:
    return [spec.ids[item] for item in np.unique(spec.columns.item).tolist()]


def links(spec: TimelineSpec) -> list[tuple[object, ...]]:
    return sorted((spec.ids[link.cause], spec.ids[link.effect], link.ref.ids, link.ref.title) for link in spec.links)


def order_by(table: Table, column: int) -> list[tuple[str, ...]]:
    """Returns the rows of a table as its twin on the screen sorts them by a column, downwards."""
    model = TableModel()
    model.show(table)
    model.sort(column, Qt.SortOrder.DescendingOrder)
    return model.lines(range(model.rowCount()))


REQUESTS = st.fixed_dictionaries(
    {
        "lanes": st.sampled_from(LANES),
        "show": st.sampled_from(("events", "events,chips", "events,models,policies,software", "chips,policies,events")),
        "every_lane": st.sampled_from(("", "yes")),
        "arrows": st.sampled_from(("all", "none")),
    }
)
DAYS = st.none() | st.sampled_from((date(2020, 6, 1), date(2021, 12, 31), date(2023, 1, 5), date(2024, 7, 1)))


@given(
    seed=st.integers(0, 10**6), events=st.integers(4, 60), options=REQUESTS, language=st.sampled_from(("en", "fr")),
    as_of=DAYS, start=DAYS, end=DAYS, wish=st.integers(0, 3), countries=st.sampled_from(((), ("CN",), ("US", "FR"))),
    certainties=st.sampled_from(((), ("official",), ("single", "corroborated"))),
)  # fmt: skip
# A seed has no simpler form: nothing to shrink.
@settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_both_ways_give_the_same_timeline(
    fresh, seed, events, options, language, as_of, start, end, wish, countries, certainties
):
    path = fresh()
    fill_at_random(path, seed, events=events)
    filters = Filters(
        as_of=as_of, start=start, end=end, countries=frozenset(countries), certainties=frozenset(certainties)
    )
    base = open_base(path, write=False)
    try:
        with Session(base.engine) as session:
            request = Request(filters, language, {"today": "2026-07-15", **options})
            small, large = both(session, request)
            if wish and len(small.known_lanes) > 1:
                keys = [key for key, _title in small.known_lanes]
                wishes = {"hidden": keys[0], "collapsed": keys[-1], "order": f"{keys[-1]},{keys[0]}"}
                request = Request(filters, language, {**request.options, **dict(list(wishes.items())[:wish])})
                small, large = both(session, request)
            compare(small, large, seed)
    finally:
        base.close()


def both(session: Session, request: Request) -> tuple[TimelineSpec, TimelineSpec]:
    """Returns the timeline from rows and the one from columns."""
    small, large = (FIGURE.build(FIGURE.read(session, request, many=many), request) for many in (10**9, 0))
    assert large.is_large
    assert not small.is_large
    return small, large


@dataclass(frozen=True)
class SameRoom:
    """The sources of one timeline, with as much room below the figure as those of another take."""

    own: Sources
    other: Sources

    @property
    def notes(self) -> Sequence[SourceNote]:
        return self.own.notes

    @property
    def version(self) -> int:
        return self.own.version

    def of(self, items: Ints) -> Ints:
        return self.own.of(items)

    def of_many(self, items: Ints) -> Ints:
        return self.own.of_many(items)

    def samples(self) -> tuple[SourceNote, ...]:
        return self.other.samples()


def drawn(spec: TimelineSpec) -> tuple[object, ...]:
    """Returns what a picture shows, whatever the order of what lies beside each other."""
    drawing = FIGURE.layout(spec, size=(1310.0, 640.0), palette=LIGHT, measure=default_measure())
    said = describe(drawing)
    return said.counts, sorted(said.texts), sorted(said.titles), drawing.summary, drawing.caption


def compare(small: TimelineSpec, large: TimelineSpec, seed: int) -> None:
    assert large.lanes == small.lanes
    assert large.known_lanes == small.known_lanes
    assert placements(large) == placements(small)
    assert (large.extent, large.now, large.is_as_of) == (small.extent, small.now, small.is_as_of)
    assert (large.rules, large.rules_wanted, large.known_rules) == (small.rules, small.rules_wanted, small.known_rules)
    assert sorted(shown_ids(large)) == sorted(shown_ids(small))
    for id_ in shown_ids(small):
        assert large.title_of(id_) == small.title_of(id_)
        assert large.cards[id_] == small.cards[id_]
        assert large.written[large.place_of(id_)] == small.written[small.place_of(id_)]
        assert large.kin.of(id_) == small.kin.of(id_)
    everything = shown_ids(large)
    many = large.cards.bulk.cards([large.place_of(id_) for id_ in everything])
    assert many == [small.cards[id_] for id_ in everything]
    for rule in small.rules:
        assert large.cards[rule.id] == small.cards[rule.id]
    assert links(large) == links(small)
    assert large.kin.common == small.kin.common
    for record in small.kin.events:
        assert sorted(large.kin.events_of(record)) == sorted(small.kin.events_of(record))
    assert drawn(large) == drawn(replace(small, sources=SameRoom(small.sources, large.sources), memo={}))
    for text in ("event", "maker 1", "chip 2 of", "EVENT 3", "model maker", "rule", "nothing like it"):
        assert [large.ids[at] for at in matches(large, text)] == [small.ids[at] for at in matches(small, text)]
    whole = home(small)
    dice = random.Random(seed)
    low, high = sorted(dice.uniform(*whole.x) for _ in range(2))
    for view in (None, View((low, high + 1), whole.y), View((low, high + 1), (0.0, whole.y[1] / 2))):
        assert caption_for(large, view) == caption_for(small, view)
        assert caption_for(large, view, many=0) == caption_for(small, view)
        one, other = table_of_view(large, view), table_of_view(small, view)
        assert one.columns == other.columns
        assert list(one.rows) == list(other.rows)
        assert list(one.numbers) == list(other.numbers)
        assert list(one.refs) == list(other.refs)
        for column in range(len(one.columns)):
            assert order_by(one, column) == order_by(other, column)
