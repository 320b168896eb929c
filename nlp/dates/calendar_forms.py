"""Expressions that name their place in the calendar: days, months, quarters, seasons, years and their parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from distillwatch import dates
from distillwatch.dates import DateRange
from distillwatch.nlp.dates.choice import calendar_day, pick, start, years
from distillwatch.nlp.dates.reading import Reader


def _day(r: Reader) -> DateRange | None:
    month, day, year = r.month(), r.number("day"), r.year()
    if month is None or day is None:
        return None
    if year is not None:
        return dates.day(year, month, day)
    weekday = r.get("weekday")
    options = [option for y in years(r) if (option := calendar_day(y, month, day))]
    if weekday:
        wanted = r.lexicon.value("weekday", weekday)
        options = [o for o in options if date.fromisoformat(o.start or "").weekday() == wanted] or options
    return pick(r, options)


def _days(r: Reader) -> DateRange | None:
    first_month, last_month = r.month() or r.month("2"), r.month("2") or r.month()
    first, last, year = r.number("day"), r.number("day2"), r.year()
    if None in (first_month, last_month, first, last):
        return None
    pairs = [
        dates.span(date(y, first_month, first), date(y + (last_month < first_month), last_month, last))  # type: ignore[operator,arg-type] # checked above
        for y in ([year] if year is not None else years(r))
    ]
    return pick(r, pairs) if year is None else pairs[0]


def _day_of_month(r: Reader) -> DateRange | None:
    day, published = r.number("day"), r.around.published
    if day is None or published is None:
        return None
    months = [dates.month(published.year, published.month).shift(months=m) for m in (-2, -1, 0, 1)]
    if r.step is not None:
        months = [months[2 + r.step]]
    starts = [date.fromisoformat(m.start or "") for m in months]
    options = [option for s in starts if (option := calendar_day(s.year, s.month, day))]
    if r.around.tense != "future" and r.step is None:  # "30日" in a report is the last such day
        tomorrow = (published + timedelta(days=1)).isoformat()
        options = [o for o in options if start(o) <= tomorrow]
        return max(options, key=start, default=None)
    return pick(r, options)


def _month(r: Reader) -> DateRange | None:
    month, year = r.month(), r.year()
    if month is None:
        return None
    return dates.month(year, month) if year is not None else pick(r, [dates.month(y, month) for y in years(r)])


def _months(r: Reader) -> DateRange | None:
    first, last, year = r.month(), r.month("2"), r.year("2") or r.year()
    if first is None or last is None:
        return None
    begun = int(r.get("year") or 0)  # a year before the first month; one behind the last dates both
    spans = [
        dates.between(dates.month(begun or y - (first > last), first), dates.month(y, last))
        for y in ([year] if year is not None else years(r))
    ]
    return spans[0] if year is not None else pick(r, spans)


def _part_month(r: Reader) -> DateRange | None:
    whole = _month(r)
    return None if whole is None else _part(whole, r.part())


def _part_this_month(r: Reader) -> DateRange | None:
    published = r.around.published
    return None if published is None else _part(dates.month(published.year, published.month), r.part())


def _week_of_month(r: Reader) -> DateRange | None:
    whole, number = _month(r), _ordinal(r)
    if whole is None or whole.start is None or number is None:
        return None
    first = date.fromisoformat(whole.start) + timedelta(days=7 * (number - 1))
    return dates.span(first, first + timedelta(days=6))


def _months_to(r: Reader) -> DateRange | None:
    last, count = _month(r), r.number("n")
    return None if last is None or count is None else dates.between(last.shift(months=1 - count), last)


def _part_year(r: Reader) -> DateRange | None:
    year = r.year()
    if year is None and r.around.published is not None:
        year = r.around.published.year
    return None if year is None else _part(dates.year(year), r.part())


def _part(whole: DateRange, part: str) -> DateRange:
    if part == "end":
        return dates.last_day(whole)
    if part == "middle":
        return dates.middle(whole)
    return dates.part(whole, part)  # type: ignore[arg-type] # the lexicon's other parts are the three thirds


def _quarter(r: Reader) -> DateRange | None:
    return _fraction(r, dates.quarter, r.number("q") or _ordinal(r))


def _half(r: Reader) -> DateRange | None:
    words = r.get("half")
    return _fraction(r, dates.half, r.lexicon.value("half", words) if words else r.number("q") or _ordinal(r))


def _ordinal(r: Reader) -> int | None:
    words = r.get("ordinal")
    return int(r.lexicon.value("ordinal", words)) if words else None


def _fraction(r: Reader, make: Callable[[int, int], DateRange], number: int | None) -> DateRange | None:
    year = r.year()
    if number is None or (make is dates.half and number > 2):
        return None
    return make(year, number) if year is not None else pick(r, [make(y, number) for y in years(r)])


def _season(r: Reader) -> DateRange | None:
    words, year = r.get("season"), r.year()
    if words is None:
        return None
    name = r.lexicon.value("season", words)
    return dates.season(year, name) if year is not None else pick(r, [dates.season(y, name) for y in years(r)])


def _year(r: Reader) -> DateRange | None:
    year = r.year()
    return None if year is None else dates.year(year)


def _years_span(r: Reader) -> DateRange | None:
    first, last = r.year(), r.year("2")
    return None if first is None or last is None else dates.between(dates.year(first), dates.year(last))


def _decade(r: Reader) -> DateRange | None:
    year = r.year()
    return dates.between(dates.year(year), dates.year(year + 9)) if year is not None and year % 10 == 0 else None


def _year_of_text(r: Reader) -> DateRange | None:
    return None if r.around.published is None else dates.year(r.around.published.year)


FORMS: dict[str, Callable[[Reader], DateRange | None]] = {
    "day": _day,
    "days": _days,
    "day_of_month": _day_of_month,
    "month": _month,
    "months": _months,
    "part_month": _part_month,
    "part_this_month": _part_this_month,
    "part_year": _part_year,
    "week_of_month": _week_of_month,
    "months_to": _months_to,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "year": _year,
    "years": _years_span,
    "decade": _decade,
    "year_of_text": _year_of_text,
}
