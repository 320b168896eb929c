"""Date ranges: the vocabulary's conventions, comparison at the shared precision, arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from distillwatch import dates
from distillwatch.dates import DateRange

YEARS = st.integers(1900, 2100)
UNITS = st.one_of(
    st.builds(dates.year, YEARS),
    st.builds(dates.half, YEARS, st.integers(1, 2)),
    st.builds(dates.quarter, YEARS, st.integers(1, 4)),
    st.builds(dates.month, YEARS, st.integers(1, 12)),
    st.builds(lambda d: dates.span(d, d, "day"), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
)


@pytest.mark.parametrize(
    ("made", "start", "end", "precision"),
    [
        (dates.day(2026, 2, 24), "2026-02-24", "2026-02-24", "day"),
        (dates.month(2024, 2), "2024-02-01", "2024-02-29", "month"),  # a leap year
        (dates.quarter(2025, 3), "2025-07-01", "2025-09-30", "quarter"),
        (dates.half(2026, 2), "2026-07-01", "2026-12-31", "half"),
        (dates.year(2027), "2027-01-01", "2027-12-31", "year"),
        (dates.season(2024, "autumn"), "2024-09-01", "2024-11-30", "season"),
        (dates.season(2025, "winter"), "2025-12-01", "2026-02-28", "season"),  # crosses the year
        (dates.part(dates.year(2025), "early"), "2025-01-01", "2025-04-30", "range"),
        (dates.part(dates.year(2025), "mid"), "2025-05-01", "2025-08-31", "range"),
        (dates.part(dates.year(2025), "late"), "2025-09-01", "2025-12-31", "range"),
        (dates.part(dates.month(2025, 7), "early"), "2025-07-01", "2025-07-10", "range"),
        (dates.part(dates.month(2025, 7), "late"), "2025-07-21", "2025-07-31", "range"),
        (dates.middle(dates.year(2023)), "2023-06-01", "2023-07-31", "range"),
        (dates.week_of(date(2025, 12, 12)), "2025-12-08", "2025-12-14", "range"),
        (dates.weekend_of(date(2025, 7, 6)), "2025-07-05", "2025-07-06", "range"),
        (dates.last_day(dates.month(2026, 1)), "2026-01-31", "2026-01-31", "day"),
        (dates.between(dates.month(2025, 3), dates.month(2025, 5)), "2025-03-01", "2025-05-31", "range"),
    ],
)
def test_constructors(made: DateRange, start: str, end: str, precision: str) -> None:
    assert made == DateRange(start, end, precision)  # type: ignore[arg-type] # the table holds plain words


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (dates.month(2026, 4), dates.day(2026, 4, 23), "contains"),
        (dates.day(2026, 4, 23), dates.month(2026, 4), "within"),
        (dates.day(2026, 4, 24), dates.day(2026, 4, 25), "disjoint"),
        (dates.season(2024, "autumn"), dates.quarter(2024, 4), "overlaps"),
        (dates.month(2026, 4).bounded("until"), dates.month(2026, 5).bounded("since"), "disjoint"),
        (dates.year(2024), DateRange("2024-01-01", "2024-12-31", "range"), "same"),
        (DateRange(None, None), dates.year(2024), "contains"),
    ],
)
def test_relation(a: DateRange, b: DateRange, relation: str) -> None:
    assert a.relation(b) == relation


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("since", ("2025-06-01", None)),
        ("until", (None, "2025-06-30")),
        ("after", ("2025-07-01", None)),
        ("before", (None, "2025-05-31")),
        ("", ("2025-06-01", "2025-06-30")),
    ],
)
def test_bounds(bound: dates.Bound, expected: tuple[str | None, str | None]) -> None:
    made = dates.month(2025, 6).bounded(bound)
    assert (made.start, made.end) == expected


def test_a_deadline_named_by_its_day_counts_that_day() -> None:
    assert dates.day(2027, 3, 16).bounded("before").end == "2027-03-16"


@pytest.mark.parametrize(("start", "end"), [("2025-13-01", None), ("2025", None), ("2025-02-02", "2025-02-01")])
def test_impossible_ranges_are_refused(start: str, end: str | None) -> None:
    with pytest.raises(ValueError, match="2025"):
        DateRange(start, end)


def test_thirds_need_both_ends() -> None:
    with pytest.raises(ValueError, match="both ends"):
        dates.part(dates.year(2025).bounded("since"), "mid")


def test_shift_keeps_whole_months_whole() -> None:
    assert dates.month(2026, 2).shift(years=-1) == dates.month(2025, 2)
    assert dates.month(2024, 2).shift(months=1) == dates.month(2024, 3)
    assert dates.day(2026, 1, 31).shift(months=1).start == "2026-02-28"
    assert dates.year(2024).shift(years=1) == dates.year(2025)


@given(UNITS, UNITS)
def test_relations_mirror(a: DateRange, b: DateRange) -> None:
    mirror = {"contains": "within", "within": "contains"}
    assert b.relation(a) == mirror.get(a.relation(b), a.relation(b))
    assert a.agrees(b) != a.disjoint(b)


@given(UNITS, UNITS)
def test_days_apart_is_the_gap(a: DateRange, b: DateRange) -> None:
    gap = a.days_apart(b)
    assert gap == b.days_apart(a)
    assert (gap > 0) == a.disjoint(b)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), UNITS)
def test_a_day_agrees_exactly_with_the_units_that_hold_it(day: date, unit: DateRange) -> None:
    assert unit.start is not None and unit.end is not None
    inside = date.fromisoformat(unit.start) <= day <= date.fromisoformat(unit.end)
    assert unit.agrees(dates.span(day, day, "day")) == inside


@given(YEARS, st.sampled_from(["year", "month"]), st.integers(1, 12))
def test_thirds_tile_the_whole(year: int, kind: str, month: int) -> None:
    whole = dates.year(year) if kind == "year" else dates.month(year, month)
    early, mid, late = (dates.part(whole, which) for which in ("early", "mid", "late"))
    assert (early.start, late.end) == (whole.start, whole.end)
    assert early.days_apart(mid) == mid.days_apart(late) == 1


@given(UNITS, st.integers(-40, 40))
def test_shift_by_days_returns(unit: DateRange, days: int) -> None:
    moved = unit.shift(days=days)
    assert moved.shift(days=-days) == unit
    assert unit.start is not None and moved.start is not None
    assert date.fromisoformat(moved.start) - date.fromisoformat(unit.start) == timedelta(days=days)


@given(YEARS, st.integers(1, 12), st.integers(-30, 30))
def test_shift_by_months_gives_months(year: int, month: int, months: int) -> None:
    total = year * 12 + month - 1 + months
    assert dates.month(year, month).shift(months=months) == dates.month(total // 12, total % 12 + 1)
