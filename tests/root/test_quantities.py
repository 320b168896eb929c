"""Quantities: the interval that words leave open, and when two of them exclude each other."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch.quantities import Quantity, compare, disjoint, half_width, overlaps, significant_figures


def exact(value: float) -> Quantity:
    return Quantity(value, value, "u")


def over(value: float) -> Quantity:
    return Quantity(value, None, "u", "over")


def under(value: float) -> Quantity:
    return Quantity(None, value, "u", "under")


def nearly(value: float) -> Quantity:
    return Quantity(None, value, "u", "nearly")


def about(value: float) -> Quantity:
    return Quantity(value, value, "u", "about")


VALUES = st.floats(0.001, 1e13, allow_nan=False)
QUANTITIES = st.one_of(
    *(st.builds(make, VALUES) for make in (exact, over, under, nearly, about)),
    st.tuples(VALUES, VALUES).map(lambda v: Quantity(min(v), max(v), "u", "range")),
)


@pytest.mark.parametrize(
    ("quantity", "interval"),
    [
        (exact(24_000), (23_500, 24_500)),  # two figures
        (exact(16_543_000), (16_542_500, 16_543_500)),  # a count written out
        (exact(150_000), (145_000, 155_000)),  # one place more than the zeros tell
        (exact(9), (9, 9)),  # counted
        (exact(0.5), (0.495, 0.505)),
        (over(16e6), (16e6, inf)),
        (under(20), (-inf, 20)),
        (Quantity(None, 5, "u", "up_to"), (-inf, 5)),
        (nearly(25_000), (22_500, 25_000)),
        (about(24_000), (21_600, 26_400)),
        (Quantity(85, 95, "percent", "range"), (85, 95)),
    ],
)
def test_interval(quantity: Quantity, interval: tuple[float, float]) -> None:
    assert quantity.interval == pytest.approx(interval)


@pytest.mark.parametrize(
    ("a", "b", "overlap", "hard"),
    [
        (exact(5_576_000), exact(5_600_000), "rounding", False),
        (exact(5_576_000), exact(6_000_000), "rounding", False),  # "six million": one spoken figure
        (exact(72e9), exact(71.99e9), "rounding", False),
        (exact(117e9), about(120e9), "rounding", False),
        (over(16e6), exact(16_550_000), "bound", False),
        (over(150_000), exact(150_000), "bound", False),
        (about(24_000), over(24_000), "bound", False),
        (about(24_000), nearly(25_000), "rounding", False),
        (over(16e6), exact(30e6), "bound_far", False),
        (over(16e6), over(2e6), "bound", False),  # two open bounds never exclude each other
        (exact(24_000), exact(24_000), "equal", False),
        (about(24_000), exact(24_000), "equal", False),
        (exact(24_000), exact(25_000), "disjoint", False),  # the roundings only touch
        (exact(173e9), exact(137e9), "disjoint", True),
        (exact(16e6), exact(150_000), "disjoint", True),
        (exact(49), exact(51), "disjoint", False),
        (exact(0.927), exact(0.95), "disjoint", False),
        (exact(71.4), exact(62.4), "disjoint", True),
        (under(10_000), over(24_000), "disjoint", True),
        (exact(0), exact(3), "disjoint", True),
    ],
)
def test_compare(a: Quantity, b: Quantity, overlap: str, hard: bool) -> None:
    result = compare(a, b)
    assert (result.overlap, result.hard) == (overlap, hard)


@pytest.mark.parametrize(("low", "high"), [(None, None), (3, 2)])
def test_impossible_quantities_are_refused(low: float | None, high: float | None) -> None:
    with pytest.raises(ValueError, match=r"side|upside"):
        Quantity(low, high, "u")


@given(QUANTITIES, QUANTITIES)
def test_compare_is_symmetric(a: Quantity, b: Quantity) -> None:
    assert compare(a, b) == compare(b, a)
    assert overlaps(a, b) != disjoint(a, b)


@given(QUANTITIES)
def test_a_quantity_agrees_with_itself_and_holds_its_figure(quantity: Quantity) -> None:
    low, high = quantity.interval
    assert compare(quantity, quantity).overlap == "equal"
    assert low <= quantity.figure <= high


@given(VALUES, st.integers(1, 6))
def test_a_rounded_figure_agrees_with_what_it_was_rounded_from(value: float, figures: int) -> None:
    rounded = float(f"{value:.{max(figures, 2) - 1}e}")
    if rounded >= 100 or rounded != int(rounded):  # below, whole numbers are counts
        assert overlaps(exact(rounded), exact(value))


@given(st.integers(1, 10**12))
def test_half_width_is_half_of_a_power_of_ten(value: int) -> None:
    half = half_width(value)
    assert half == 0 or f"{half:e}".startswith("5.000000e")
    assert significant_figures(value) == len(str(value).rstrip("0"))
