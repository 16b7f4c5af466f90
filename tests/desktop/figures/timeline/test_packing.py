"""Rows in a lane: whatever the blocks, nothing overlaps and nothing is lost."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from chipscape_desktop.figures.timeline.packing import CLUSTER, GAP, Block, Packing, pack

BLOCKS = st.lists(
    st.builds(
        lambda eighths, width, importance: Block(eighths / 8, eighths / 8 + width, importance),
        st.integers(0, 16_000),
        st.sampled_from([7.0, 8.0, 10.0, 14.0, 60.0, 400.0]),
        st.integers(1, 5),
    ),
    max_size=60,
)


def spans(blocks: list[Block], packing: Packing) -> dict[int, list[tuple[float, float]]]:
    rows: dict[int, list[tuple[float, float]]] = {}
    for block, row, room in zip(blocks, packing.rows, packing.room, strict=True):
        if row >= 0:
            rows.setdefault(row, []).append((block.left, block.right + (GAP + room if room else 0.0)))
    for cluster in packing.clusters:
        rows.setdefault(cluster.row, []).append((cluster.x - CLUSTER / 2, cluster.x + CLUSTER / 2))
    return rows


@given(BLOCKS, st.integers(1, 6))
def test_nothing_overlaps_in_a_row(blocks, count):
    packing = pack(blocks, count, lambda i: 40.0 + 11 * (i % 13))
    for row, taken in spans(blocks, packing).items():
        assert 0 <= row < count
        taken.sort()
        for (_, right), (left, _) in itertools.pairwise(taken):
            assert right <= left + 1e-6


@given(BLOCKS, st.integers(1, 6))
def test_every_block_is_in_a_row_or_in_one_cluster(blocks, count):
    packing = pack(blocks, count, lambda _: 80.0)
    clustered = [member for cluster in packing.clusters for member in cluster.members]
    assert sorted(clustered) == [i for i, row in enumerate(packing.rows) if row < 0]
    for cluster in packing.clusters:
        stretch = blocks[cluster.members[0]]
        assert len(cluster.members) > 1 or stretch.left <= cluster.x <= stretch.right


def test_a_vague_stretch_leaves_the_signs_in_it_where_they_are():
    signs = [Block(100.0 * n, 100.0 * n + 14, 5) for n in range(10)]
    stretch = Block(0.0, 1000.0, 3)
    packing = pack([*signs, stretch], 1, lambda _: 40.0)
    assert packing.rows[:10] == (0,) * 10
    (cluster,) = packing.clusters
    assert cluster.members == (10,)
    assert 400 < cluster.x < 600
    assert packing.room[:10] == (40.0,) * 10


def test_two_stretches_share_a_disc():
    packing = pack([Block(40, 54, 5), Block(0, 300, 3), Block(10, 290, 3)], 1, lambda _: 30.0)
    assert packing.rows[0] == 0
    assert [cluster.members for cluster in packing.clusters] == [(1, 2)]


@given(BLOCKS, st.integers(1, 4), st.integers(-3, 3))
def test_the_same_blocks_elsewhere_are_packed_alike(blocks, count, steps):
    shift = steps * 256.0  # exact in binary, as a pan by whole pixels is
    moved = [Block(block.left + shift, block.right + shift, block.importance) for block in blocks]
    here, there = pack(blocks, count, lambda _: 90.0), pack(moved, count, lambda _: 90.0)
    assert here.rows == there.rows


def test_the_important_get_the_room():
    blocks = [Block(0, 10, 1), Block(4, 18, 5), Block(2, 12, 2)]
    packing = pack(blocks, 2, lambda _: 100.0)
    assert packing.rows[1] == 0
    assert packing.room[1] == 100.0


def test_without_clusters_what_has_no_room_is_left_out():
    packing = pack([Block(0, 10, 3)] * 5, 2, lambda _: 0.0, cluster=False)
    assert sorted(packing.rows) == [-1, -1, -1, 0, 1]
    assert packing.clusters == ()


def test_signs_are_spread_over_free_rows_for_more_labels():
    blocks = [Block(0, 10, 2), Block(40, 50, 2), Block(80, 90, 2)]
    packing = pack(blocks, 3, lambda _: 120.0)
    assert packing.rows == (0, 1, 2)
    assert packing.room == (120.0, 120.0, 120.0)
    crowded = pack(blocks, 2, lambda _: 120.0)
    assert -1 not in crowded.rows
    assert not crowded.clusters


@given(BLOCKS, st.integers(2, 6))
def test_spreading_costs_no_sign_its_place(blocks, count):
    unlabelled = pack(blocks, count, lambda _: 0.0)
    labelled = pack(blocks, count, lambda _: 90.0)
    if not unlabelled.clusters and all(block.importance < 4 for block in blocks):
        assert -1 not in labelled.rows


def test_a_day_that_is_wide_takes_the_place_of_a_label():
    packing = pack([Block(0, 60, 5), Block(120, 180, 3)], 1, lambda _: 200.0)
    assert packing.rows == (0, 0)
    assert packing.clusters == ()
    assert packing.room[0] < 60
