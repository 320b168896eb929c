"""Dates that know how precise they are, compared only as finely as both sides know.

A `DateRange` is an inclusive span of ISO days. The conventions of the vocabulary hold throughout: seasons are
March-May, June-August, September-November and December-February; early, mid and late are thirds of a year or month.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

Precision = Literal["day", "month", "quarter", "half", "year", "season", "range"]
Relation = Literal["same", "contains", "within", "overlaps", "disjoint"]
Bound = Literal["", "since", "until", "after", "before"]
Season = Literal["spring", "summer", "autumn", "winter"]
Part = Literal["early", "mid", "late"]

_FIRST_MONTH: dict[Season, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_THIRD: dict[Part, int] = {"early": 0, "mid": 1, "late": 2}
_EARLIEST, _LATEST = date.min.isoformat(), date.max.isoformat()


class DateRange(Struct, frozen=True):
    """An inclusive span of days; an open end is None ("since May" has no end, "by 2027" no start).

    Raises ValueError when an end is no ISO day or lies before the start.
    """

    start: str | None
    end: str | None
    precision: Precision = "day"

    def __post_init__(self) -> None:
        for end in (self.start, self.end):
            if end is not None and not is_day(end):
                raise ValueError(f"{end!r} is not a day written as YYYY-MM-DD")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"the range {self.start}..{self.end} ends before it starts")

    @property
    def known(self) -> bool:
        """Whether at least one end is known."""
        return self.start is not None or self.end is not None

    @property
    def days(self) -> int:
        """How many days the span has; an open end reaches as far as dates go."""
        return (_day(self.end or _LATEST) - _day(self.start or _EARLIEST)).days + 1

    def relation(self, other: DateRange) -> Relation:
        """How the two spans lie to each other; an open end reaches as far as dates go.

        A day in its month gives "within": calendar units nest, so this compares at the precision that both share.
        """
        low, high = self.start or _EARLIEST, self.end or _LATEST
        other_low, other_high = other.start or _EARLIEST, other.end or _LATEST
        if (low, high) == (other_low, other_high):
            return "same"
        if high < other_low or other_high < low:
            return "disjoint"
        if low <= other_low and other_high <= high:
            return "contains"
        return "within" if other_low <= low and high <= other_high else "overlaps"

    def disjoint(self, other: DateRange) -> bool:
        """Whether no day lies in both."""
        return self.relation(other) == "disjoint"

    def agrees(self, other: DateRange) -> bool:
        """Whether both can be true of one event: some day lies in both."""
        return not self.disjoint(other)

    def contains(self, other: DateRange) -> bool:
        """Whether every day of `other` lies in this span."""
        return self.relation(other) in ("same", "contains")

    def days_apart(self, other: DateRange) -> int:
        """Days from the end of the earlier span to the start of the later; 0 when they share a day.

        >>> day(2026, 2, 22).days_apart(day(2026, 2, 23))
        1
        """
        if self.agrees(other):
            return 0
        first, second = sorted((self, other), key=lambda r: r.start or _EARLIEST)
        return (_day(second.start or _LATEST) - _day(first.end or _EARLIEST)).days

    def shift(self, *, years: int = 0, months: int = 0, days: int = 0) -> DateRange:
        """The span moved; a span of whole months stays one, and 31 January plus a month is the last of February.

        Raises ValueError or OverflowError when that leaves the calendar (years 1 to 9999).
        """
        whole = self.end is not None and _is_month_end(_day(self.end)) and (self.start or "01").endswith("01")

        def move(iso: str | None, *, is_end: bool) -> str | None:
            if iso is None:
                return None
            moved = _add_months(_day(iso), 12 * years + months)
            if is_end and whole:
                moved = moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])
            return (moved + timedelta(days=days)).isoformat()

        return DateRange(move(self.start, is_end=False), move(self.end, is_end=True), self.precision)

    def bounded(self, bound: Bound) -> DateRange:
        """What "since", "until" (by), "after" or "before" this span leaves open.

        "After April" starts on 1 May and "before May" ends on 30 April; a deadline named by its day counts that day.

        >>> month(2023, 4).bounded("after").start
        '2023-05-01'
        """
        if bound == "since":
            return DateRange(self.start, None, self.precision)
        if bound == "until":
            return DateRange(None, self.end, self.precision)
        if bound == "after" and self.end is not None:
            return DateRange((_day(self.end) + timedelta(days=1)).isoformat(), None, self.precision)
        if bound == "before" and self.start is not None:
            last = _day(self.start) - timedelta(days=self.precision != "day")
            return DateRange(None, last.isoformat(), self.precision)
        return self


def span(first: date, last: date, precision: Precision = "range") -> DateRange:
    """The range from `first` to `last`, both included."""
    return DateRange(first.isoformat(), last.isoformat(), precision)


def between(first: DateRange, last: DateRange) -> DateRange:
    """From the start of one range to the end of another ("between March and May")."""
    return DateRange(first.start, last.end, "range")


def day(year_: int, month_: int, day_: int) -> DateRange:
    """One day; raises ValueError when the calendar has no such day."""
    only = date(year_, month_, day_)
    return span(only, only, "day")


def month(year_: int, month_: int) -> DateRange:
    """A calendar month, 1 to 12."""
    return _months(year_, month_, 1, "month")


def quarter(year_: int, number: int) -> DateRange:
    """A calendar quarter, 1 to 4."""
    return _months(year_, 3 * number - 2, 3, "quarter")


def half(year_: int, number: int) -> DateRange:
    """A half-year, 1 or 2."""
    return _months(year_, 6 * number - 5, 6, "half")


def year(year_: int) -> DateRange:
    """A calendar year."""
    return _months(year_, 1, 12, "year")


def season(year_: int, name: Season) -> DateRange:
    """A season of the north; the winter of a year is the one that begins in its December."""
    return _months(year_, _FIRST_MONTH[name], 3, "season")


def part(whole: DateRange, which: Part) -> DateRange:
    """The early, mid or late third of a year (four months) or month (from the 1st, 11th, 21st).

    Raises ValueError for a range with an open end.

    >>> part(year(2025), "late").start
    '2025-09-01'
    """
    if whole.start is None or whole.end is None:
        raise ValueError("only a range with both ends has thirds")
    first, third = _day(whole.start), _THIRD[which]
    if whole.precision == "year":
        return _months(first.year, 1 + 4 * third, 4, "range")
    last = _day(whole.end) if which == "late" else first + timedelta(days=10 * third + 9)
    return span(first + timedelta(days=10 * third), last)


def middle(whole: DateRange) -> DateRange:
    """The two months around the middle of a year ("around the middle of the year"), else the mid third."""
    if whole.precision == "year" and whole.start is not None:
        return _months(_day(whole.start).year, 6, 2, "range")
    return part(whole, "mid")


def week_of(any_day: date) -> DateRange:
    """The week, Monday to Sunday, that holds a day."""
    monday = any_day - timedelta(days=any_day.weekday())
    return span(monday, monday + timedelta(days=6))


def weekend_of(any_day: date) -> DateRange:
    """Saturday and Sunday of the week that holds a day."""
    saturday = any_day + timedelta(days=5 - any_day.weekday())
    return span(saturday, saturday + timedelta(days=1))


def last_day(whole: DateRange) -> DateRange:
    """The last day of a range ("the end of January")."""
    return DateRange(whole.end, whole.end, "day")


def _months(year_: int, first: int, count: int, precision: Precision) -> DateRange:
    start = date(year_, first, 1)
    return span(start, _add_months(start, count) - timedelta(days=1), precision)


def _add_months(start: date, months: int) -> date:
    years, month0 = divmod(start.month - 1 + months, 12)
    target = start.year + years
    if not 1 <= target <= 9999:
        raise ValueError(f"{start} and {months} months leave the calendar")
    return date(target, month0 + 1, min(start.day, calendar.monthrange(target, month0 + 1)[1]))


def _is_month_end(any_day: date) -> bool:
    return any_day.day == calendar.monthrange(any_day.year, any_day.month)[1]


def is_day(iso: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD."""
    try:
        return date.fromisoformat(iso).isoformat() == iso
    except ValueError:
        return False


def _day(iso: str) -> date:
    return date.fromisoformat(iso)
