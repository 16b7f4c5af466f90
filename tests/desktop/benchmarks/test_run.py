"""The measurements: every row is there, judged against its budget and beside its baseline."""

from typing import Any

import pytest

from chipscape_db.errors import Invalid
from chipscape_desktop.benchmarks.run import JOBS, judged, run_benchmarks

ROWS = {
    "start_first_paint", "start_view_complete", "cli_info", "load_starter", "search_starter", "search_large",
    "timeline_10000_all", "timeline_10000_thousandth", "timeline_10000_events_300", "timeline_10000_zoom",
    "timeline_10000_window_all", "timeline_10000_window_zoom",
    "open_2000_first", "open_2000_again", "performance_2000",
    "ecosystem_300_moving", "ecosystem_300_at_rest",
    "force_layout_500", "betweenness_300_100_starts", "cut_300", "paint_100k_marks",
    "export_2k_marks_svg", "export_2k_marks_png", "export_2k_marks_pdf",
    "export_svg", "export_png", "export_pdf", "export_pptx", "edit", "undo_import", "memory", "idle",
    "stack_layout_starter",
}  # fmt: skip


def assert_told(row: dict[str, Any]) -> None:
    assert {"measured", "baseline", "baseline_name", "unit", "budget", "ratio", "within"} <= row.keys()


def test_a_job_runs_in_a_process_of_its_own_and_is_judged() -> None:
    (row,) = run_benchmarks(["undo"], quick=True).values()
    assert_told(row)
    assert row["rows"] == 200


def test_what_is_over_its_budget_or_its_ratio_is_said() -> None:
    row = {"measured": 0.4, "baseline": 0.1, "unit": "s", "budget": 0.5}
    assert judged(row) == row | {"ratio": 4.0, "within": True}
    assert not judged(row | {"most_ratio": 2.5})["within"]
    assert not judged(row | {"budget": 0.3})["within"]
    assert judged(row | {"baseline": None})["ratio"] is None


def test_a_name_that_is_no_measurement_is_said() -> None:
    with pytest.raises(Invalid, match="no measurement nothing; there are start"):
        run_benchmarks(["nothing"])


@pytest.mark.slow
def test_every_row_is_measured() -> None:
    rows = run_benchmarks(quick=True)
    assert rows.keys() >= ROWS
    for row in rows.values():
        assert_told(row)
    assert len(JOBS) <= len(rows)
