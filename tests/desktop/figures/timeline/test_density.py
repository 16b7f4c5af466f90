import numpy as np
import pytest

from chipscape_desktop.benchmarks.timeline import synthetic_spec
from chipscape_desktop.figures.catalog import View
from chipscape_desktop.figures.hit import hit
from chipscape_desktop.figures.palette import LIGHT
from chipscape_desktop.figures.text import default_measure
from chipscape_desktop.figures.time_scale import TimeScale
from chipscape_desktop.figures.timeline.arrange import home, lay_out
from chipscape_desktop.figures.timeline.density import density_rows, places_in_shades
from chipscape_desktop.figures.timeline.spec import TimelineSpec

WIDTH = 1000.0


@pytest.fixture(scope="module")
def spec() -> TimelineSpec:
    return synthetic_spec(30_000)


def middles(x: float, width: float, cells: int, scale: TimeScale) -> np.ndarray:
    """The days in which the middles of the cells lie."""
    return scale.low + (x + (np.arange(cells) + 0.5) * width / cells - scale.start) * (scale.high - scale.low) / WIDTH


@pytest.mark.parametrize("days", [2.3, 12.0, 90.0, 400.0])
def test_a_cell_shorter_than_a_day_shows_its_day_as_all_others_of_that_day_do(spec: TimelineSpec, days: float) -> None:
    scale = TimeScale(17_000.4, 17_000.4 + days, 0.0, WIDTH)
    columns = spec.columns
    for lane, raster in enumerate(density_rows(spec, [(0, 10, 20), (1, 30, 40), (2, 50, 60)], scale, palette=LIGHT)):
        cells = raster.cells[0]
        on = np.floor(middles(raster.rect.x, raster.rect.width, len(cells), scale))
        for day in np.unique(on):
            here = (columns.lane == lane) & (columns.low < day + 1) & (columns.high > day)
            shades = np.unique(cells[on == day])
            assert len(shades) == 1
            assert (shades[0] > 0) == here.any()
        at = len(cells) // 2
        ref = raster.refs[at]
        alive = (columns.lane == lane) & (columns.low < on[at] + 1) & (columns.high > on[at])
        assert ref.title.startswith(f"{np.count_nonzero(alive)} event")


def test_rows_keep_their_cells_while_the_view_moves_and_when_it_is_asked_anew(spec: TimelineSpec) -> None:
    for span in (9.0, 4_000.0):
        shown: dict[int, int] = {}
        for step in range(60):
            low = 17_000.0 + step * span / 70
            scale = TimeScale(low, low + span, 0.0, WIDTH)
            (raster,) = density_rows(spec, [(3, 0, 10)], scale, palette=LIGHT)
            days = middles(raster.rect.x, raster.rect.width, raster.cells.shape[1], scale)
            numbers = np.rint(days * WIDTH / span / 2 - 0.5).astype(int).tolist()
            for number, shade in zip(numbers, raster.cells[0].tolist(), strict=True):
                # The fullest cell in sight decides how dark the others are, in steps of two.
                assert abs(shown.setdefault(number, shade) - shade) <= 3


@pytest.mark.parametrize("days", [300.0, 900.0, 5_000.0])
def test_a_record_in_a_crowd_is_where_the_shade_under_it_counts_it(spec: TimelineSpec, days: float) -> None:
    view = View((18_000.0, 18_000.0 + days), home(spec).y)
    drawing = lay_out(spec, size=(1300.0, 700.0), palette=LIGHT, measure=default_measure(), view=view)
    columns = spec.columns
    inside = np.flatnonzero((columns.low >= view.x[0]) & (columns.high <= view.x[1]))
    found = 0
    for at in inside[:: max(len(inside) // 40, 1)].tolist():
        id_ = spec.id_of(int(columns.item[at]))
        for x, y in places_in_shades(spec, drawing, view, frozenset({id_})):
            ref = hit(drawing, x, y)
            assert ref is not None
            if ref.kind == "cluster" and len(ref.ids) < 200:  # a shade names so many of those it counts at most
                assert id_ in ref.ids
                found += 1
    assert found > 10
    assert places_in_shades(spec, drawing, view, frozenset({"nothing of this timeline"})) == []
