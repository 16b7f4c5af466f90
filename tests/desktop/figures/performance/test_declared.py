"""What the figure says of itself: its options, its table, its doubling times."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from chipscape_db.errors import Invalid
from chipscape_desktop.figures.catalog import checked_options, idle_options, options_of, table_of
from chipscape_desktop.figures.performance import FIGURE
from chipscape_desktop.figures.performance.options import CHOICES
from chipscape_desktop.figures.performance.spec import PerformanceSpec

Builds = Callable[..., PerformanceSpec]


def test_every_option_is_declared_with_all_its_words() -> None:
    declared = {option.name: option for option in options_of(FIGURE)}
    assert set(declared) == {*CHOICES, "metric", "baseline"}
    for name, words in CHOICES.items():
        assert tuple(word for word, _label in declared[name].choices) == words
        assert declared[name].default == words[0]


def test_only_known_options_that_differ_are_kept() -> None:
    assert checked_options(FIGURE, {"scale": "log", "colour": "vendor"}) == {"colour": "vendor"}
    with pytest.raises(Invalid, match="no option"):
        checked_options(FIGURE, {"shape": "round"})
    with pytest.raises(Invalid, match="cannot be"):
        checked_options(FIGURE, {"scale": "round"})


def test_options_that_mean_nothing_for_a_metric_are_idle() -> None:
    assert idle_options(FIGURE, {}) == {"direction"}
    assert {"sparsity", "engine", "direction"} <= idle_options(FIGURE, {"metric": "memory.capacity"})
    assert "direction" not in idle_options(FIGURE, {"metric": "interconnect.bandwidth"})
    assert "scope" in idle_options(FIGURE, {"metric": "model.parameters"})


@pytest.mark.parametrize("metric", ["compute.fp16", "memory.capacity", "interconnect.bandwidth", "model.parameters"])
def test_the_table_holds_what_is_shown_and_what_is_missing(spec_of: Builds, metric: str) -> None:
    spec = spec_of(metric=metric)
    table = table_of(FIGURE, spec)
    assert table is not None
    assert len(table.rows) == len(table.numbers) == len(table.refs) >= len(spec.points.x) + len(spec.absent.x)
    assert {len(row) for row in (*table.rows, *table.numbers)} == {len(table.columns)}
    values = {ref.ids[0]: row[4] for ref, row in zip(table.refs, table.numbers, strict=True)}
    for ref, value in zip(spec.points.refs, spec.points.value.tolist(), strict=True):
        assert values[ref.ids[0]] == value
    missing = {ref.ids[0] for ref in spec.absent.refs}
    for ref, row in zip(table.refs, table.rows, strict=True):
        assert (ref.ids[0] in missing) == row[-1].startswith("missing:")
    listed = {str(source.number) for source in spec.caption.sources}
    assert all(set(row[10].split(", ")) <= listed for row in table.rows if row[10])


def test_doubling_times_are_those_of_scipy_on_the_running_best_of_the_table(spec_of: Builds) -> None:
    spec = spec_of(trend="line", colour="vendor")
    line = next(one for one in spec.trends if one.label.startswith("Nvidia:"))
    own = np.flatnonzero((spec.points.colour == line.colour) & (spec.points.limit == 0))
    order = own[np.lexsort((-spec.points.value[own], spec.points.x[own]))]
    best = np.maximum.accumulate(spec.points.value[order])
    leading = np.concatenate([[True], best[1:] > best[:-1]])
    found = stats.linregress(spec.points.x[order][leading], np.log2(best[leading]))
    months = 1 / found.slope / (365.2425 / 12)
    assert line.label.startswith(f"Nvidia: doubles in {months:.0f} months")
    assert line.label.endswith(f"n = {leading.sum()})")
    assert any("Fitted doubling" in note and f"Nvidia {months:.0f} months" in note for note in spec.caption.notes)


def test_no_trend_is_told_where_it_is_not_wanted_or_means_nothing(spec_of: Builds) -> None:
    assert not any("Fitted" in note for note in spec_of(trend="off").caption.notes)
    assert spec_of().trends == ()
