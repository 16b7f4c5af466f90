"""All measurements, each against its budget and beside a baseline taken in the same run.

Every job runs in a process of its own, so that memory, caches and imports don't mix. `--quick` measures smaller things
fewer times: it proves that all is measured, not how fast it is.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Rows = dict[str, dict[str, Any]]
_PACKAGE = "chipscape_desktop.benchmarks"
_PATIENCE_S = 1800


@dataclass(frozen=True, slots=True)
class Job:
    """One function of the package, what it is called with when time is short, and how its answer becomes rows."""

    function: str
    quick: Mapping[str, Any]
    rows: Callable[[Any], Rows] = dict
    variable: tuple[str, Any] | None = None
    """A name in its module and the value it has when time is short."""
    widgets: bool = False
    """Whether an application for widgets must be there before it begins."""


def _row(measured: object, baseline: object, unit: str, budget: float, **more: object) -> dict[str, Any]:
    return {"measured": measured, "baseline": baseline, "unit": unit, "budget": budget, **more}


def _loading(told: dict[str, Any]) -> Rows:
    return {
        "load_starter": _row(
            told["load_starter_facts_s"], told["baseline_s"], "s", told["budget_s"], baseline_name=told["baseline"]
        )
    }


def _timeline(told: dict[str, Any]) -> Rows:
    rows = {}
    for count, made in told.items():
        budget = 8 if int(count) <= 1_000_000 else 16
        name = "pyqtgraph ScatterPlotItem"
        if made["baseline_of"] != int(count):
            name += f" of {made['baseline_of']:,} spots"
        for zoom in ("all", "thousandth", "events_300", "zoom"):
            scatter, items = made[f"scatter_plot_{zoom}"]["median_ms"], made[f"graphics_items_{zoom}"]["median_ms"]
            for way in ("", "window_"):
                ours = made[f"{way}{zoom}"]["median_ms"]
                rows[f"timeline_{count}_{way}{zoom}"] = _row(
                    ours, scatter, "ms", budget, p95=made[f"{way}{zoom}"]["p95_ms"], baseline_name=name,
                    graphics_items=items, times_quicker=round(scatter / max(ours, 1e-9), 1),
                    times_quicker_than_items=round(items / max(ours, 1e-9), 1),
                )  # fmt: skip
    return rows


def _performance(told: dict[str, Any]) -> Rows:
    baseline = told["baseline"]
    return {
        f"performance_{told['points']}": _row(
            told["frame_ms"], baseline["frame_ms"], "ms", 12, p95=told["frame_p95_ms"], baseline_name=baseline["name"]
        )
    }


def _questions(told: dict[str, Any]) -> Rows:
    """Return the rows; a cut says more than the baseline does: needs, other ways, and what depends on each."""
    size = told["nodes"]
    return {
        f"betweenness_{size}_100_starts": _row(
            told["betweenness_s"], told["betweenness_networkx_s"], "s", 2, baseline_name="networkx", edges=told["edges"]
        ),
        f"cut_{size}": _row(
            told["cut_s"], told["cut_networkx_s"], "s", 5, baseline_name="networkx.descendants", edges=told["edges"]
        ),
    }


def _ecosystem(told: dict[str, Any]) -> Rows:
    rows = {}
    for size, made in told.items():
        if isinstance(made, dict) and "baseline" in made:
            for state, budget in (("moving", 8), ("at_rest", 60)):
                # The baseline draws the same whether it moves or not.
                ours, baseline = made[f"{state}_ms"], made["baseline"]
                rows[f"ecosystem_{size}_{state}"] = _row(
                    ours["median"], baseline["moving_ms"]["median"], "ms", budget, p95=ours["p95"], edges=made["edges"],
                    baseline_name=baseline["name"],
                )  # fmt: skip
    return rows


def _layout(told: dict[str, Any]) -> Rows:
    budgets = {"500": 0.05, "10000": 0.5, "30000": 1.5}
    return {
        f"force_layout_{count}": _row(
            made["seconds"], made["baseline"]["seconds"], "s", budgets.get(count, 1.5), stress=made["stress"],
            baseline_name=made["baseline"]["name"], note=made["baseline"].get("note", ""),
            graphviz=made["graphviz"], with_signs=made["with_signs"],
        )
        for count, made in told.items()
    }  # fmt: skip


def _stack(told: dict[str, Any]) -> Rows:
    dot = told["graphviz"]
    return {
        "stack_layout_starter": _row(
            told["seconds"], dot["seconds"], "s", 0.5, baseline_name=dot["name"], note=dot.get("note", ""),
            crossings=told["crossings"], crossings_of_dot=dot["crossings"],
            crossings_of_networkx=told["networkx"].get("crossings"), crossings_unsorted=told["unsorted"]["crossings"],
        )
    }  # fmt: skip


def _painters(told: dict[str, Any]) -> Rows:
    rows = {
        "paint_100k_marks": _row(
            told["frame_100k_marks"], told["frame_100k_marks_pyqtgraph"], "ms", 12,
            baseline_name="pyqtgraph ScatterPlotItem",
        )
    }  # fmt: skip
    for suffix, budget in (("svg", 300), ("png", 500), ("pdf", 500)):
        rows[f"export_2k_marks_{suffix}"] = _row(
            told[f"export_2k_marks_{suffix}"], told[f"export_2k_marks_{suffix}_matplotlib"], "ms", budget,
            baseline_name="matplotlib savefig of the same marks",
        )  # fmt: skip
    return rows


JOBS: dict[str, Job] = {
    "start": Job("start_up.bench_start", {"runs": 1}),
    "loading": Job("loading.bench_loading", {}, _loading, ("_RUNS", 1)),
    "search": Job("searching.bench_search", {"many": 5_000}),
    "timeline": Job("timeline.bench_timeline", {}, _timeline, ("SIZES", (10_000,))),
    "opening": Job("opening.bench_opening", {"many": 2_000}, widgets=True),
    "performance": Job("performance.bench_performance", {"count": 2_000}, _performance),
    "ecosystem": Job("ecosystem.bench_ecosystem", {"count": 300}, _ecosystem),
    "layout": Job("graph_layout.bench_layout", {"sizes": (500,)}, _layout),
    "questions": Job("questions.bench_questions", {"nodes": 300}, _questions),
    "painters": Job("painters.bench_painters", {}, _painters, widgets=True),
    "exports": Job("everyday.bench_exports", {"runs": 1}),
    "edit": Job("everyday.bench_edit", {"runs": 2}),
    "tables": Job("tables.bench_tables", {"rows": 2_000}, widgets=True),
    "undo": Job("everyday.bench_undo_import", {"count": 200}),
    "memory": Job("everyday.bench_memory", {}),
    "idle": Job("everyday.bench_idle", {"seconds": 0.3}),
    "stack": Job("graph_layout.bench_stack", {}, _stack),
}


def run_benchmarks(only: Sequence[str] = (), *, quick: bool = False) -> Rows:
    """Measure the jobs named (all when none is), and return for each row what was measured.

    A row has `measured`, `baseline` (None where the library for it is absent), `unit`, `budget`, `within` and `ratio`
    (measured over baseline). Raises `Invalid` for a name that is no job.
    """
    from chipscape_db.errors import N_, Invalid

    unknown = sorted(set(only) - JOBS.keys())
    if unknown:
        raise Invalid(
            N_("There is no measurement {name}; there are {names}."), name=", ".join(unknown), names=", ".join(JOBS)
        )
    rows: Rows = {}
    for name in only or JOBS:
        rows |= {row: judged(told) for row, told in _in_a_process(name, quick=quick).items()}
    return rows


def judged(row: dict[str, Any]) -> dict[str, Any]:
    """Return *row* with its ratio to the baseline, and whether it keeps to its budget."""
    measured, baseline, most = row["measured"], row.get("baseline"), row.get("most_ratio")
    ratio = round(measured / baseline, 3) if baseline else None
    within = measured <= row["budget"] and (most is None or ratio is None or ratio <= most)
    return row | {"ratio": ratio, "within": within}


def _in_a_process(name: str, *, quick: bool) -> Rows:
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(
        [sys.executable, "-m", f"{_PACKAGE}.run", "--child", name, *(["--quick"] if quick else [])],
        env=environment, capture_output=True, text=True, timeout=_PATIENCE_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"The measurement {name} failed:\n{done.stderr}")
    rows: Rows = json.loads(done.stdout.splitlines()[-1])
    return rows


def _measure(name: str, *, quick: bool) -> Rows:
    job = JOBS[name]
    module_name, function = job.function.split(".")
    module = import_module(f"{_PACKAGE}.{module_name}")
    if quick and job.variable is not None:
        setattr(module, *job.variable)
    application = _application() if job.widgets else None
    rows = job.rows(getattr(module, function)(**(job.quick if quick else {})))
    del application
    return rows


def _application() -> object:
    from PySide6.QtWidgets import QApplication

    return QApplication(["chipscape"])


def _lines(rows: Rows) -> Iterator[str]:
    for name, row in rows.items():
        yield f"{'' if row['within'] else 'OVER '}{name}: {row['measured']} {row['unit']} of {row['budget']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements as JSON, and those over their budget on standard error."""
    parser = argparse.ArgumentParser(prog=f"{_PACKAGE}.run", description="Measure against the budgets.")
    parser.add_argument("only", nargs="*", metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="small and few: to see that everything is measured")
    parser.add_argument("--child", choices=JOBS, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        sys.stdout.write(json.dumps(_measure(asked.child, quick=asked.quick)) + "\n")
        sys.stdout.flush()
        # What Qt keeps for the end of a program is no part of the measurement.
        os._exit(0)
    rows = run_benchmarks(asked.only, quick=asked.quick)
    sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    sys.stderr.writelines(f"{line}\n" for line in _lines(rows) if line.startswith("OVER"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
