"""From an expression to a span of days.

A missing year or week is chosen by the tense of the clause: the latest such date on or before publication in a past
one, the next in a future one, the nearest where the clause does not tell. "A day earlier" counts from the last date
before it in the text. Each form gives None where the text leaves the date open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from distillwatch import dates
from distillwatch.dates import DateRange
from distillwatch.nlp.dates.context import Surroundings
from distillwatch.nlp.dates.lexicon import Lexicon
from distillwatch.nlp.dates.scan import Hit
from distillwatch.nlp.numerals import small_number

_CHRONICLE_DAYS = 183  # how far a story that names its year once may run on without naming it again
_STALE_DAYS, _SOON_DAYS = 300, 60  # a bare day ten months back is rather the coming one
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_UNIT_DAYS = {"day": 1, "week": 7}


class Reader:
    """The captured words of one expression, as values, beside its surroundings."""

    def __init__(self, hit: Hit, around: Surroundings, lexicon: Lexicon) -> None:
        self.hit, self.around, self.lexicon = hit, around, lexicon
        self.step = hit.rule.step

    def get(self, slot: str) -> str | None:
        """The words captured for a slot."""
        return self.hit.groups.get(slot)

    def number(self, slot: str) -> int | None:
        """A captured number, in digits or words."""
        words = self.get(slot)
        if words is None:
            return None
        value = small_number(words)
        return int(self.lexicon.value("n", words)) if value is None else value

    def month(self, which: str = "") -> int | None:
        """A captured month, by name or number."""
        name = self.get(f"month{which}")
        return self.lexicon.value("month", name) if name else self.number(f"month_number{which}")

    def part(self) -> str:
        """Which part of the period is meant."""
        words = self.get("part")
        return self.lexicon.value("part", words) if words else self.hit.rule.part

    def unit(self) -> str:
        """The calendar unit that is counted."""
        words = self.get("unit")
        return self.lexicon.value("unit", words) if words else self.hit.rule.unit

    def year(self, which: str = "") -> int | None:
        """A captured year, or one named relative to publication ("last year")."""
        words = self.get(f"year{which}")
        if words:
            return int(words)
        relative = self.get(f"relyear{which}")
        if relative and self.around.published:
            return self.around.published.year + int(self.lexicon.value("relyear", relative))
        return None

    @property
    def unplaced(self) -> bool:
        """Whether a year is named that cannot be placed for want of a publication date."""
        return bool(self.get("relyear")) and self.around.published is None


def resolve(hit: Hit, around: Surroundings, lexicon: Lexicon) -> DateRange | None:
    """The days that an expression names, or None where the text leaves them open."""
    reader = Reader(hit, around, lexicon)
    if reader.unplaced:
        return None
    try:
        return _FORMS[hit.rule.form](reader)
    except (ValueError, OverflowError):  # 31 February, or a shift beyond the calendar: not a date
        return None


def _day(r: Reader) -> DateRange | None:
    month, day, year = r.month(), r.number("day"), r.year()
    if month is None or day is None:
        return None
    if year is not None:
        return dates.day(year, month, day)
    weekday = r.get("weekday")
    options = [option for y in _years(r) if (option := _calendar_day(y, month, day))]
    if weekday:
        wanted = r.lexicon.value("weekday", weekday)
        options = [o for o in options if date.fromisoformat(o.start or "").weekday() == wanted] or options
    return _pick(r, options)


def _days(r: Reader) -> DateRange | None:
    first_month, last_month = r.month() or r.month("2"), r.month("2") or r.month()
    first, last, year = r.number("day"), r.number("day2"), r.year()
    if None in (first_month, last_month, first, last):
        return None
    pairs = [
        dates.span(date(y, first_month, first), date(y + (last_month < first_month), last_month, last))  # type: ignore[operator,arg-type] # checked above
        for y in ([year] if year is not None else _years(r))
    ]
    return _pick(r, pairs) if year is None else pairs[0]


def _day_of_month(r: Reader) -> DateRange | None:
    day, published = r.number("day"), r.around.published
    if day is None or published is None:
        return None
    months = [dates.month(published.year, published.month).shift(months=m) for m in (-2, -1, 0, 1)]
    if r.step is not None:
        months = [months[2 + r.step]]
    starts = [date.fromisoformat(m.start or "") for m in months]
    options = [option for s in starts if (option := _calendar_day(s.year, s.month, day))]
    if r.around.tense != "future" and r.step is None:  # "30日" in a report is the last such day
        tomorrow = (published + timedelta(days=1)).isoformat()
        options = [o for o in options if _start(o) <= tomorrow]
        return max(options, key=_start, default=None)
    return _pick(r, options)


def _month(r: Reader) -> DateRange | None:
    month, year = r.month(), r.year()
    if month is None:
        return None
    return dates.month(year, month) if year is not None else _pick(r, [dates.month(y, month) for y in _years(r)])


def _months(r: Reader) -> DateRange | None:
    first, last, year = r.month(), r.month("2"), r.year("2") or r.year()
    if first is None or last is None:
        return None
    spans = [
        dates.between(dates.month(r.year() or y - (first > last), first), dates.month(y, last))
        for y in ([year] if year is not None else _years(r))
    ]
    return spans[0] if year is not None else _pick(r, spans)


def _part_month(r: Reader) -> DateRange | None:
    whole = _month(r)
    return None if whole is None else _part(whole, r.part())


def _part_this_month(r: Reader) -> DateRange | None:
    published = r.around.published
    return None if published is None else dates.last_day(dates.month(published.year, published.month))


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
    return make(year, number) if year is not None else _pick(r, [make(y, number) for y in _years(r)])


def _season(r: Reader) -> DateRange | None:
    words, year = r.get("season"), r.year()
    if words is None:
        return None
    name = r.lexicon.value("season", words)
    return dates.season(year, name) if year is not None else _pick(r, [dates.season(y, name) for y in _years(r)])


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


def _period(r: Reader) -> DateRange | None:
    published, step, unit = r.around.published, r.step or 0, r.unit()
    if published is None or unit == "day":
        return None
    if unit == "week":
        return dates.week_of(published + timedelta(weeks=step))
    return _unit_of(published, unit).shift(months=step * _UNIT_MONTHS[unit])


def _weekend(r: Reader) -> DateRange | None:
    published = r.around.published
    if published is None:
        return None
    this = dates.weekend_of(published)
    if r.step == 1 or (r.step is None and r.around.tense == "future"):
        return this if r.step is None else this.shift(days=7)
    begun = published.weekday() >= 5
    return this if begun and r.step is None else this.shift(days=-7)


def _weekday(r: Reader) -> DateRange | None:
    published, words = r.around.published, r.get("weekday")
    if published is None or words is None:
        return None
    wanted = r.lexicon.value("weekday", words)
    if r.step in (-2, 2):  # that day of last or next week
        monday = date.fromisoformat(dates.week_of(published).start or "") + timedelta(days=7 * (r.step // 2))
        return _single(monday + timedelta(days=wanted))
    back = (published.weekday() - wanted) % 7
    if r.step == -1:
        return _single(published - timedelta(days=back or 7))
    if r.step == 1:
        return _single(published + timedelta(days=7 - back))
    return _single(published + timedelta(days=-back if r.around.tense != "future" else (7 - back) % 7))


def _weekdays_ago(r: Reader) -> DateRange | None:
    published, words, count = r.around.published, r.get("weekday"), r.number("n")
    if published is None or words is None or count is None:
        return None
    back = (published.weekday() - r.lexicon.value("weekday", words)) % 7 or 7
    return _single(published - timedelta(days=back + 7 * (count - 1)))


def _weekday_of_text(r: Reader) -> DateRange | None:
    anchor, words = r.around.previous, r.get("weekday")
    if anchor is None or words is None or anchor.start is None or anchor.start != anchor.end:
        return None
    day, wanted = date.fromisoformat(anchor.start), r.lexicon.value("weekday", words)
    if r.step == -1:
        return _single(day - timedelta(days=(day.weekday() - wanted) % 7 or 7))
    return _single(day + timedelta(days=(wanted - day.weekday()) % 7 or 7))


def _last_weekday_of_month(r: Reader) -> DateRange | None:
    month, words, anchor = r.month(), r.get("weekday"), r.around.previous
    if month is not None:
        whole = _month(r)
    elif anchor is not None and anchor.start is not None:
        day = date.fromisoformat(anchor.start)
        whole = dates.month(day.year, day.month)
    else:
        published = r.around.published
        whole = None if published is None else dates.month(published.year, published.month)
    if whole is None or words is None:
        return None
    last = date.fromisoformat(whole.end or "")
    return _single(last - timedelta(days=(last.weekday() - r.lexicon.value("weekday", words)) % 7))


def _ago(r: Reader) -> DateRange | None:
    return _counted(r, -1)


def _ahead(r: Reader) -> DateRange | None:
    return _counted(r, 1)


def _counted(r: Reader, sign: int) -> DateRange | None:
    """So many units from publication: days and weeks give a day, longer units give the unit that holds it."""
    published, count, unit = r.around.published, r.number("n"), r.unit()
    if published is None or count is None:
        return None
    if unit in _UNIT_DAYS:
        return _single(published + timedelta(days=sign * count * _UNIT_DAYS[unit]))
    return _unit_of(published, unit).shift(months=sign * count * _UNIT_MONTHS[unit])


def _today(r: Reader) -> DateRange | None:
    published = r.around.published
    return None if published is None else _single(published + timedelta(days=r.step or 0))


def _shift(r: Reader) -> DateRange | None:
    """So many units from the last date in the text; days from a month or year would claim too much."""
    anchor, unit, count = r.around.previous, r.unit(), r.number("n") or 1
    if anchor is None or (unit in _UNIT_DAYS and anchor.precision != "day"):
        return None
    steps = (r.step or 0) * count
    if unit in _UNIT_DAYS:
        return anchor.shift(days=steps * _UNIT_DAYS[unit])
    if unit == "month" and anchor.precision == "year":
        return None
    return anchor.shift(months=steps * _UNIT_MONTHS[unit])


def _single(day: date) -> DateRange:
    return dates.span(day, day, "day")


def _calendar_day(year: int, month: int, day: int) -> DateRange | None:
    try:
        return dates.day(year, month, day)
    except ValueError:  # 29 February of another year
        return None


def _unit_of(day: date, unit: str) -> DateRange:
    if unit == "month":
        return dates.month(day.year, day.month)
    return dates.quarter(day.year, (day.month + 2) // 3) if unit == "quarter" else dates.year(day.year)


def _years(r: Reader) -> Iterable[int]:
    """The years that an expression without one may mean, in order."""
    published, previous = r.around.published, r.around.previous
    if published is not None:
        middle = published.year
        early = middle - 1 if previous is None or previous.start is None else int(previous.start[:4])
        return range(min(early, middle - 1), middle + 2)
    if previous is not None and previous.start is not None:
        return range(int(previous.start[:4]), int(previous.start[:4]) + 2)
    return ()


def _pick(r: Reader, options: Sequence[DateRange]) -> DateRange | None:
    """The one of several years (or months) that is meant."""
    around, published = r.around, r.around.published
    if not options:
        return None
    told = _chronicle(r, options)
    if told is not None and r.step is None:
        return told
    if published is None:
        return None
    today = _single(published)
    # A day's grace: a paper east of the event may name the day after its own.
    past = [o for o in options if (o.start or "") <= (published + timedelta(days=1)).isoformat()]
    coming = [o for o in options if (o.end or "") >= today.start]  # type: ignore[operator] # today is closed
    if r.step == -1:
        return max((o for o in options if o.end and o.end < (today.start or "")), key=_start, default=None)
    if r.step == 1:
        return min((o for o in options if _start(o) > (today.start or "")), key=_start, default=None)
    if r.step == 0:  # "this autumn" is the one under way, else the one of this year
        this = [o for o in options if o.agrees(today)] or [o for o in options if _start(o)[:4] == str(published.year)]
        return min(this, key=_start, default=None)
    if around.tense == "future" and coming:
        return min(coming, key=_start)
    if around.tense == "past" and past:
        latest = max(past, key=_start)
        stale = latest.precision == "day" and latest.days_apart(today) > _STALE_DAYS
        soon = min(coming, key=_start, default=None)
        return soon if stale and soon and soon.days_apart(today) <= _SOON_DAYS else latest
    return min(options, key=lambda o: (o.days_apart(today), _start(o)))


def _chronicle(r: Reader, options: Sequence[DateRange]) -> DateRange | None:
    """In a story of an earlier year, "in December" after "in November 2023" is the next one told."""
    previous, published = r.around.previous, r.around.published
    if previous is None or previous.end is None or previous.precision == "year" or r.around.tense == "future":
        return None
    if published is not None and int(previous.end[:4]) >= published.year:
        return None
    follow = [o for o in options if _start(o) >= (previous.start or "") and o.days_apart(previous) <= _CHRONICLE_DAYS]
    told = min(follow, key=_start, default=None)
    return told if told and (published is None or _start(told) <= published.isoformat()) else None


def _start(option: DateRange) -> str:
    return option.start or ""


_FORMS: dict[str, Callable[[Reader], DateRange | None]] = {
    "day": _day,
    "days": _days,
    "day_of_month": _day_of_month,
    "month": _month,
    "months": _months,
    "part_month": _part_month,
    "part_this_month": _part_this_month,
    "part_year": _part_year,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "year": _year,
    "years": _years_span,
    "decade": _decade,
    "year_of_text": _year_of_text,
    "period": _period,
    "weekend": _weekend,
    "weekday": _weekday,
    "weekdays_ago": _weekdays_ago,
    "weekday_of_text": _weekday_of_text,
    "last_weekday_of_month": _last_weekday_of_month,
    "ago": _ago,
    "ahead": _ahead,
    "today": _today,
    "shift": _shift,
}
