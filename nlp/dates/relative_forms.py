"""Expressions that count from the day of publication or from the last date in the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from distillwatch import dates
from distillwatch.dates import DateRange
from distillwatch.nlp.dates.calendar_forms import FORMS as CALENDAR
from distillwatch.nlp.dates.choice import single
from distillwatch.nlp.dates.reading import Reader

_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_UNIT_DAYS = {"day": 1, "week": 7}


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
        return single(monday + timedelta(days=wanted))
    back = (published.weekday() - wanted) % 7
    if r.step == -1:
        return single(published - timedelta(days=back or 7))
    if r.step == 1:
        return single(published + timedelta(days=7 - back))
    return single(published + timedelta(days=-back if r.around.tense != "future" else (7 - back) % 7))


def _weekdays_ago(r: Reader) -> DateRange | None:
    published, words, count = r.around.published, r.get("weekday"), r.number("n")
    if published is None or words is None or count is None:
        return None
    back = (published.weekday() - r.lexicon.value("weekday", words)) % 7 or 7
    return single(published - timedelta(days=back + 7 * (count - 1)))


def _weekday_of_text(r: Reader) -> DateRange | None:
    anchor, words = r.around.previous, r.get("weekday")
    if anchor is None or words is None or anchor.start is None or anchor.start != anchor.end:
        return None
    day, wanted = date.fromisoformat(anchor.start), r.lexicon.value("weekday", words)
    if r.step == -1:
        return single(day - timedelta(days=(day.weekday() - wanted) % 7 or 7))
    return single(day + timedelta(days=(wanted - day.weekday()) % 7 or 7))


def _last_weekday_of_month(r: Reader) -> DateRange | None:
    month, words, anchor = r.month(), r.get("weekday"), r.around.previous
    if month is not None:
        whole = CALENDAR["month"](r)
    elif anchor is not None and anchor.start is not None:
        day = date.fromisoformat(anchor.start)
        whole = dates.month(day.year, day.month)
    else:
        published = r.around.published
        whole = None if published is None else dates.month(published.year, published.month)
    if whole is None or words is None:
        return None
    last = date.fromisoformat(whole.end or "")
    return single(last - timedelta(days=(last.weekday() - r.lexicon.value("weekday", words)) % 7))


def _ago(r: Reader) -> DateRange | None:
    return _counted(r, -1)


def _ahead(r: Reader) -> DateRange | None:
    return _counted(r, 1)


def _ahead_if_future(r: Reader) -> DateRange | None:
    """ "In five weeks" tells when something comes, or how long something took."""
    return _counted(r, 1) if r.around.tense == "future" else None


def _counted(r: Reader, sign: int) -> DateRange | None:
    """So many units from publication: days and weeks give a day, longer units give the unit that holds it."""
    published, count, unit = r.around.published, r.number("n"), r.unit()
    if published is None or count is None:
        return None
    if unit in _UNIT_DAYS:
        return single(published + timedelta(days=sign * count * _UNIT_DAYS[unit]))
    return _unit_of(published, unit).shift(months=sign * count * _UNIT_MONTHS[unit])


def _today(r: Reader) -> DateRange | None:
    published = r.around.published
    return None if published is None else single(published + timedelta(days=r.step or 0))


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


def _same(r: Reader) -> DateRange | None:
    """The day, week, month or year of the last date told; a rule with a step means publication where none was."""
    anchor, unit, published = r.around.previous, r.unit(), r.around.published
    if (
        published is not None
        and r.step is not None
        and (anchor is None or (anchor.start or "") > published.isoformat())
    ):
        return single(published)
    if anchor is None or anchor.start is None or anchor.start != anchor.end:
        return None
    day = date.fromisoformat(anchor.start)
    if unit in _UNIT_DAYS:
        return anchor if unit == "day" else dates.week_of(day)
    return _unit_of(day, unit)


def _unit_of(day: date, unit: str) -> DateRange:
    if unit == "month":
        return dates.month(day.year, day.month)
    return dates.quarter(day.year, (day.month + 2) // 3) if unit == "quarter" else dates.year(day.year)


FORMS: dict[str, Callable[[Reader], DateRange | None]] = {
    "period": _period,
    "weekend": _weekend,
    "weekday": _weekday,
    "weekdays_ago": _weekdays_ago,
    "weekday_of_text": _weekday_of_text,
    "last_weekday_of_month": _last_weekday_of_month,
    "ago": _ago,
    "ahead": _ahead,
    "ahead_if_future": _ahead_if_future,
    "today": _today,
    "shift": _shift,
    "same": _same,
}
