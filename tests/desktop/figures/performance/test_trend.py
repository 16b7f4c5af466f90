"""Doubling times, beside scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from chipscape_desktop.figures.performance.trend import fit, student_quantile


@pytest.mark.parametrize("freedom", [1, 2, 3, 5, 10, 40, 170])
def test_quantiles_are_those_of_scipy(freedom: int) -> None:
    assert student_quantile(0.975, freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-7)


@pytest.mark.parametrize("seed", range(5))
def test_a_fit_is_that_of_scipy(seed: int) -> None:
    rng = np.random.default_rng(seed)
    days = np.sort(rng.uniform(16_000, 20_000, 9))
    values = np.maximum.accumulate(2.0 ** ((days - 16_000) / 700 + rng.normal(0, 0.6, 9)))
    trend = fit(days, values)
    line = stats.linregress(days, np.log2(values))
    reach = stats.t.ppf(0.975, 7) * line.stderr
    month = 365.2425 / 12
    assert trend is not None
    assert trend.n == 9
    assert trend.months == pytest.approx(1 / line.slope / month)
    assert trend.least == pytest.approx(1 / (line.slope + reach) / month)
    slow = line.slope - reach
    assert trend.most == pytest.approx(1 / slow / month if slow > 0 else math.inf)
    assert np.allclose(trend.value(days), 2.0 ** (line.intercept + line.slope * days))


def test_an_exact_doubling_every_two_years_is_found_without_doubt() -> None:
    days = np.arange(5) * 365.2425 * 2
    trend = fit(days, 2.0 ** np.arange(5))
    assert trend is not None
    assert (trend.months, trend.least, trend.most) == pytest.approx((24, 24, 24))


def test_a_fall_has_a_halving_time() -> None:
    trend = fit(np.arange(4) * 365.2425, 2.0 ** -np.arange(4.0))
    assert trend is not None
    assert not trend.grows
    assert trend.months == pytest.approx(12)


def test_too_few_or_simultaneous_values_say_nothing() -> None:
    assert fit(np.arange(3.0), np.arange(1.0, 4.0)) is None
    assert fit(np.zeros(5), np.arange(1.0, 6.0)) is None


def test_growth_that_may_be_none_has_no_longest_time() -> None:
    trend = fit(np.arange(4.0) * 100, np.array([1.0, 8.0, 1.0, 9.0]))
    assert trend is not None
    assert trend.most == math.inf
