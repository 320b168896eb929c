"""Which of several years or months an expression without one means, by tense and by the story so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from distillwatch import dates
from distillwatch.dates import DateRange
from distillwatch.nlp.dates.reading import Reader

_CHRONICLE_DAYS = 183  # how far a story that names its year once may run on without naming it again
_JUST_GONE_DAYS = 14
_STALE_DAYS, _SOON_DAYS = 300, 60  # a bare day ten months back is rather the coming one


def single(day: date) -> DateRange:
    """One day as a range."""
    return dates.span(day, day, "day")


def calendar_day(year: int, month: int, day: int) -> DateRange | None:
    """That day, None where the calendar has no such day."""
    try:
        return dates.day(year, month, day)
    except ValueError:  # 29 February of another year
        return None


def years(r: Reader) -> Iterable[int]:
    """The years that an expression without one may mean, in order."""
    published, previous = r.around.published, r.around.previous
    if published is not None:
        middle = published.year
        early = middle - 1 if previous is None or previous.start is None else int(previous.start[:4])
        return range(min(early, middle - 1), middle + 2)
    if previous is not None and previous.start is not None:
        return range(int(previous.start[:4]), int(previous.start[:4]) + 2)
    return ()


def pick(r: Reader, options: Sequence[DateRange]) -> DateRange | None:
    """The one of several years (or months) that is meant."""
    around, published = r.around, r.around.published
    if not options:
        return None
    told = _chronicle(r, options)
    if told is not None and r.step is None:
        return told
    if published is None:
        return None
    today = single(published)
    # A day's grace: a paper east of the event may name the day after its own.
    past = [o for o in options if (o.start or "") <= (published + timedelta(days=1)).isoformat()]
    coming = [o for o in options if (o.end or "") >= today.start]  # type: ignore[operator] # today is closed
    if r.step == -1:
        return max((o for o in options if o.end and o.end < (today.start or "")), key=start, default=None)
    if r.step == 1:
        return min((o for o in options if start(o) > (today.start or "")), key=start, default=None)
    if r.step == 0:  # "this autumn" is the one under way, else the one of this year
        this = [o for o in options if o.agrees(today)] or [o for o in options if start(o)[:4] == str(published.year)]
        return min(this, key=start, default=None)
    if around.tense == "future" and coming:
        return _missed(past, coming, today) or min(_announced(r, coming) or coming, key=start)
    if around.tense == "past" and past:
        latest = max(past, key=start)
        stale = latest.precision == "day" and latest.days_apart(today) > _STALE_DAYS
        soon = min(coming, key=start, default=None)
        return soon if stale and soon and soon.days_apart(today) <= _SOON_DAYS else latest
    return min(options, key=lambda o: (o.days_apart(today), start(o)))


def _missed(past: Sequence[DateRange], coming: Sequence[DateRange], today: DateRange) -> DateRange | None:
    """A deadline that has just gone by, where the next of that name is most of a year away."""
    latest, following = max(past, key=start, default=None), min(coming, key=start)
    if latest is None or latest.precision != "day" or latest.days_apart(today) > _JUST_GONE_DAYS:
        return None
    return latest if latest.end and latest.end < start(today) and following.days_apart(today) > _STALE_DAYS else None


def _announced(r: Reader, options: Sequence[DateRange]) -> list[DateRange]:
    """In a plan for a coming year, "in May" after "next year" is that year's."""
    previous, published = r.around.previous, r.around.published
    if previous is None or published is None or previous.precision != "year":
        return []
    return [o for o in options if previous.agrees(o)] if int((previous.start or "0")[:4]) > published.year else []


def _chronicle(r: Reader, options: Sequence[DateRange]) -> DateRange | None:
    """In a story of an earlier year, "in December" after "in November 2023" is the next one told."""
    previous, published = r.around.previous, r.around.published
    if previous is None or previous.end is None or previous.precision == "year" or r.around.tense == "future":
        return None
    if published is not None and int(previous.end[:4]) >= published.year:
        return None
    follow = [o for o in options if start(o) >= (previous.start or "") and o.days_apart(previous) <= _CHRONICLE_DAYS]
    told = min(follow, key=start, default=None)
    return told if told and (published is None or start(told) <= published.isoformat()) else None


def start(option: DateRange) -> str:
    """The first day of a span that has one."""
    return option.start or ""
