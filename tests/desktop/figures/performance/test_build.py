"""From rows to the spec: like for like on the real facts."""

from collections.abc import Callable

import numpy as np
import pytest

from chipscape_db.errors import Invalid, NotFound
from chipscape_db.queries.performance import PerformanceRows
from chipscape_desktop.figures.catalog import Request
from chipscape_desktop.figures.performance import FIGURE
from chipscape_desktop.figures.performance.compare import compare
from chipscape_desktop.figures.performance.options import CHOICES, parse, plotted_metrics
from chipscape_desktop.figures.performance.spec import PerformanceSpec
from chipscape_desktop.figures.readings.claim_marks import MEASURED

Builds = Callable[..., PerformanceSpec]
Reads = Callable[[str], PerformanceRows]


def names(spec: PerformanceSpec) -> list[str]:
    return [ref.title.partition(":")[0] for ref in spec.points.refs]


def at(spec: PerformanceSpec, name: str) -> int:
    return names(spec).index(name)


def test_the_910b_shows_a_range_with_ticks(spec_of: Builds) -> None:
    spec = spec_of()
    i = at(spec, "Ascend 910B")
    assert spec.points.contested[i]
    assert spec.points.hollow[i]
    assert (spec.points.low[i], spec.points.high[i]) == (256, 320)
    own = spec.ticks.point == i
    claimed = sorted([float(spec.points.value[i]), *spec.ticks.value[own & (spec.ticks.style != MEASURED)].tolist()])
    assert claimed == [256, 280, 320]
    ref = spec.points.refs[i]
    assert ref.kind == "record"
    assert len(ref.ids) == 5  # itself, three rival claims and a measured one
    assert ref.title == "Ascend 910B: 280\u00a0TFLOPS (256–320), 3 claims, 3 independent sources"


def test_every_value_and_tick_is_among_the_numbered_sources(spec_of: Builds, rows_of: Reads) -> None:
    spec = spec_of()
    source_of = {row.id: row.source_id for rows in rows_of("compute.fp16").claims.values() for row in rows}
    listed = {source.id for source in spec.caption.sources}
    assert [source.number for source in spec.caption.sources] == list(range(1, len(listed) + 1))
    for ref in spec.points.refs:
        assert {source_of[id_] for id_ in ref.ids[1:]} <= listed
    assert {source_of[ref.ids[0]] for ref in spec.ticks.refs} <= listed


def test_a_label_carries_the_number_of_its_chosen_source(spec_of: Builds, rows_of: Reads) -> None:
    spec = spec_of()
    source_of = {row.id: row.source_id for rows in rows_of("compute.fp16").claims.values() for row in rows}
    number_of = {source.id: source.number for source in spec.caption.sources}
    plain = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    for name, label, ref in zip(names(spec), spec.points.labels, spec.points.refs, strict=True):
        assert label.removeprefix(name).translate(plain) == str(number_of[source_of[ref.ids[1]]])


def test_dense_only_is_strict(spec_of: Builds, rows_of: Reads) -> None:
    spec = spec_of(sparsity="dense")
    sparsity = {row.id: row.sparsity for rows in rows_of("compute.fp16").claims.values() for row in rows}
    assert not spec.points.hollow.any()
    assert {sparsity[id_] for ref in spec.points.refs for id_ in ref.ids[1:]} == {"dense"}
    assert spec.points.value[at(spec, "Nvidia A100 80GB SXM")] == 312
    assert "Ascend 910B" not in names(spec)


@pytest.mark.parametrize("sparsity", CHOICES["sparsity"])
def test_one_mark_never_mixes_sparsities(spec_of: Builds, rows_of: Reads, sparsity: str) -> None:
    told = {row.id: row.sparsity for rows in rows_of("compute.fp16").claims.values() for row in rows}
    for ref in spec_of(sparsity=sparsity).points.refs:
        assert len({told[id_] for id_ in ref.ids[1:]}) == 1 or any(
            "measured" in tick.title for tick in spec_of(sparsity=sparsity).ticks.refs if tick.ids[1] == ref.ids[0]
        )


def test_hollow_marks_are_those_whose_source_does_not_say(spec_of: Builds, rows_of: Reads) -> None:
    spec = spec_of()
    told = {row.id: row.sparsity for rows in rows_of("compute.fp16").claims.values() for row in rows}
    for hollow, ref in zip(spec.points.hollow.tolist(), spec.points.refs, strict=True):
        assert told[ref.ids[1]] == (None if hollow else "dense")


def test_no_engine_or_scope_is_mixed_in(spec_of: Builds, rows_of: Reads) -> None:
    spec = spec_of()
    rows = {row.id: row for rows in rows_of("compute.fp16").claims.values() for row in rows}
    for ref in spec.points.refs:
        assert {rows[id_].engine for id_ in ref.ids[1:]} <= {"matrix", None}
        assert {rows[id_].scope for id_ in ref.ids[1:]} <= {"package", None}
    assert "CloudMatrix 384" not in " ".join(names(spec))


def test_systems_have_their_own_scope(spec_of: Builds) -> None:
    assert any("CloudMatrix" in name for name in names(spec_of(scope="cluster")))
    assert "mixed conventions" in spec_of(scope="any").caption.subtitle
    assert "mixed conventions" not in spec_of().caption.subtitle


def test_the_missing_are_counted_and_shown(spec_of: Builds, rows_of: Reads) -> None:
    spec = spec_of(sparsity="dense")
    rows = rows_of("compute.fp16")
    options = parse({"sparsity": "dense"})
    missing = [
        one for one in (compare(s, rows.claims.get(s.brief.id, ()), options) for s in rows.subjects)
        if one.chosen is None and one.why != "system"
    ]  # fmt: skip
    assert spec.caption.notes[0].startswith(f"{len(missing)} are missing")
    assert len(spec.absent.x) == sum(one.subject.start is not None for one in missing)
    assert any(
        ref.title == "Ascend 910B: missing, only figures that do not say the sparsity" for ref in spec.absent.refs
    )


def test_measured_values_are_ticks_and_never_chosen(spec_of: Builds, rows_of: Reads) -> None:
    stance = {row.id: row.stance for rows in rows_of("compute.fp16").claims.values() for row in rows}
    spec = spec_of()
    assert all(stance[ref.ids[1]] != "measured" for ref in spec.points.refs)
    measured = spec_of(rule="measured-first")
    assert any(stance[ref.ids[1]] == "measured" for ref in measured.points.refs)


def test_rules_change_the_figure(spec_of: Builds) -> None:
    low, high = spec_of(rule="conservative"), spec_of(rule="optimistic")
    assert low.points.value[at(low, "Ascend 910B")] == 256
    assert high.points.value[at(high, "Ascend 910B")] == 320


def test_frontiers_rise_and_end_with_the_data(spec_of: Builds) -> None:
    spec = spec_of()
    assert spec.frontiers
    for line in spec.frontiers:
        assert np.all(np.diff(line.value) >= 0)
        assert np.all(np.diff(line.x) >= 0)
    assert not spec_of(frontier="off").frontiers


@pytest.mark.parametrize("metric", plotted_metrics())
@pytest.mark.parametrize("scale", CHOICES["scale"])
def test_every_metric_can_be_shown(spec_of: Builds, metric: str, scale: str) -> None:
    spec = spec_of(metric=metric, scale=scale)
    assert spec.caption.title
    assert spec.caption.subtitle
    points = spec.points
    assert np.all(points.low <= points.value) or np.all(points.limit[points.low > points.value] != 0)
    assert np.all(points.value <= points.high) or np.all(points.limit[points.value > points.high] != 0)
    home = FIGURE.home(spec)
    assert home.x[0] < home.x[1]
    assert home.y[0] < home.y[1]
    assert np.all((points.level >= home.y[0]) & (points.level <= home.y[1]))


def test_words_that_are_none_are_refused(rows_of: Reads) -> None:
    rows = rows_of("compute.fp16")
    for options in ({"scale": "cubic"}, {"colour": "mood"}, {"nonsense": "yes"}, {"metric": "memory.type"}):
        with pytest.raises(Invalid):
            FIGURE.build(rows, Request(options=options))
    with pytest.raises(NotFound):
        parse({"metric": "compute.fp12"})


def test_baseline_is_a_line_at_its_value(spec_of: Builds) -> None:
    spec = spec_of(baseline="nvidia-a100-80gb-sxm")
    assert spec.reference is not None
    assert spec.reference.value == 312
    assert "A100" in spec.reference.label


def test_what_was_converted_has_a_mark_of_its_own_and_says_by_which_rule(spec_of: Builds) -> None:
    strict, converted = spec_of(sparsity="dense"), spec_of(sparsity="dense", convert="on")
    assert converted.points.converted is not None
    marked = [ref for ref, yes in zip(converted.points.refs, converted.points.converted.tolist(), strict=True) if yes]
    assert len(marked) == len(converted.points.x) - len(strict.points.x) > 0
    for ref in marked:
        assert "converted from" in ref.title
        assert "2:1 sparsity" in ref.title
    assert any(entry.label == "converted by rule" for entry in converted.caption.legend)
    notes = [row[-1] for row in converted.table.rows]
    assert sum("2:1 sparsity" in note for note in notes) >= len(marked)
