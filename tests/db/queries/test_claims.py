"""Claims with their sources, and the values chosen of them, on the starter facts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from chipscape_db.base_file import open_base
from chipscape_db.commands.claims import set_rank
from chipscape_db.conventions import Convention
from chipscape_db.metrics import METRICS
from chipscape_db.models import Record, Source
from chipscape_db.partial_date import PartialDate
from chipscape_db.queries.claims import claims_by_metric, claims_of, value_of, values_of


@pytest.fixture
def session(starter: Path) -> Iterator[Session]:
    base = open_base(starter, write=False)
    with Session(base.engine) as opened:
        yield opened
    base.close()


def record_id(session: Session, slug: str) -> str:
    return str(session.scalars(select(Record.id).where(Record.slug == slug)).one())


def test_every_contested_figure_of_the_910b_leads_to_a_source(session: Session) -> None:
    rows = claims_of(session, record_id(session, "ascend-910b"), "compute.fp16")
    assert sorted(row.number or 0 for row in rows) == [256, 280, 313.182, 320]
    for row in rows:
        source = session.get_one(Source, row.source_id)
        assert (row.source_slug, row.source_name, row.url) == (source.slug, source.name, source.url)
        assert (row.publisher, row.published_on, row.source_kind) == (
            source.publisher, source.published_on, source.source_kind
        )  # fmt: skip
        assert row.unit == "TFLOPS"


def test_the_910b_has_a_range_and_its_measured_value_is_kept_apart(session: Session) -> None:
    (value,) = values_of(session, record_id(session, "ascend-910b"), "compute.fp16")
    assert value.chosen is not None
    assert value.contested
    assert (value.chosen.low, value.chosen.high) == (256, 320)
    assert value.chosen.value in (256, 280, 320)
    assert [row.number for row in value.achieved] == [313.182]
    assert value.chosen_claim is not None
    assert value.chosen_claim.id == value.chosen.claim.id
    assert {row.number for row in (value.chosen_claim, *value.rivals)} == {256, 280, 320}
    assert (value.claims, value.sources) == (4, 4)
    assert value.groups[0].convention == value.chosen.convention


def test_dense_fp16_of_the_a100_is_312(session: Session) -> None:
    (value,) = values_of(session, record_id(session, "nvidia-a100-80gb-sxm"), "compute.fp16")
    assert value.chosen is not None
    assert (value.chosen.value, value.chosen.convention.sparsity) == (312, "dense")


def test_dense_and_sparse_claims_are_never_in_one_group(session: Session) -> None:
    for rows in claims_by_metric(session, "compute.fp16").values():
        for group in value_of("compute.fp16", rows).groups:
            assert len({row.sparsity for row in group.claims}) == 1


def test_what_was_published_later_was_not_known(session: Session) -> None:
    chip = record_id(session, "ascend-910")
    everything = claims_of(session, chip, "compute.fp16")
    as_of = date(2019, 10, 31)
    known = claims_of(session, chip, "compute.fp16", as_of=as_of)
    assert 0 < len(known) < len(everything)
    for row in everything:
        told = row.asserted_on or row.published_on
        earliest = None if told is None else PartialDate.parse(told).earliest
        assert (row in known) == (earliest is None or earliest <= as_of)


def test_sources_that_relay_another_share_its_root(session: Session) -> None:
    relays = {one.id: one.relays_id for one in session.scalars(select(Source))}
    checked = 0
    for metric in ("compute.fp16", "production.volume", "memory.bandwidth"):
        for rows in claims_by_metric(session, metric).values():
            for row in rows:
                if relays[row.source_id] and row.repeats_id is None:
                    checked += 1
                    assert row.root_id != row.source_id
                    assert relays[row.root_id] is None
    assert checked > 10


def test_claims_come_in_the_order_of_the_registry(session: Session) -> None:
    known = list(METRICS)
    keys = [value.metric for value in values_of(session, record_id(session, "nvidia-h100-sxm"))]
    assert keys == sorted(keys, key=known.index)
    assert len(keys) > 5


def test_a_claim_repeats_its_convention(session: Session) -> None:
    rows = claims_of(session, record_id(session, "nvidia-a100-40gb-sxm"), "compute.fp16")
    assert {row.convention for row in rows} == {Convention(sparsity="dense"), Convention(sparsity="sparse")}
    assert all(row.fact().convention == row.convention for row in rows)


def test_deprecating_the_chosen_claim_chooses_another(starter_copy: Path) -> None:
    base = open_base(starter_copy)
    try:
        with Session(base.engine) as session:
            chip = record_id(session, "ascend-910b")
            (before,) = values_of(session, chip, "compute.fp16")
        assert before.chosen is not None
        set_rank(base.engine, author="test", claim_id=before.chosen.claim.id, rank="deprecated", reason="withdrawn")
        with Session(base.engine) as session:
            (after,) = values_of(session, chip, "compute.fp16")
        assert after.chosen is not None
        assert after.chosen.claim.id != before.chosen.claim.id
        assert after.chosen.claims == before.chosen.claims - 1
        assert before.chosen.claim.id in {row.id for group in after.groups for row in group.claims}
    finally:
        base.close()
