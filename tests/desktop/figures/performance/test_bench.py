"""The measurement itself works, on few points."""

import pytest

from chipscape_desktop.benchmarks.performance import bench_performance


@pytest.mark.usefixtures("qapp")
def test_the_bench_gives_frame_times_beside_its_baseline() -> None:
    result = bench_performance(3_000)
    assert result["points"] == 3_000
    assert 0 < result["layout_ms"] <= result["frame_ms"] <= result["frame_p95_ms"]
    assert result["baseline"]["frame_ms"] > 0
