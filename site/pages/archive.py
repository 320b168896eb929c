"""The archive by month and a briefing for each week: what was published, and which texts cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from distillwatch.ids import hash_id
from distillwatch.site.disputes import load_disputes
from distillwatch.site.figures import day_words
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import archive, disputes
from distillwatch.site.queries.archive import PeriodRow, WeekOfDispute
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.reader import Reader

DOCUMENTS, DISPUTES, WEEKS = 250, 12, 105


def pages(reader: Reader) -> Iterator[Page]:
    """An index of months and weeks, and a page for each."""
    months = reader.rows(PeriodRow, archive.MONTHS)
    weeks = reader.rows(PeriodRow, archive.WEEKS)
    disputed: dict[str, list[str]] = {}
    for row in reader.rows(WeekOfDispute, archive.WEEKS_OF_DISPUTES):
        disputed.setdefault(row.week, []).append(row.id)
    yield Page(
        path="archive.html",
        template="archive.html",
        title="Archive",
        context=lambda: {
            "months": [(_month_path(m), day_words(m.period), m.documents) for m in months],
            "weeks": [(_week_path(w), week_words(w.period), w.documents) for w in weeks[:WEEKS]],
            "more_weeks": max(0, len(weeks) - WEEKS),
            "undated": reader.count(archive.UNDATED),
        },
        key=lambda: hash_id(months, weeks, reader.count(archive.UNDATED)),
    )
    within = _weeks_of_months(weeks)
    for month in months:
        yield Page(
            path=_month_path(month),
            template="month.html",
            title=day_words(month.period),
            context=partial(_month, reader, month, within.get(month.period, [])),
            key=partial(_month_key, reader, month, within.get(month.period, [])),
        )
    for week in weeks:
        yield Page(
            path=_week_path(week),
            template="briefing.html",
            title=f"Briefing, {week_words(week.period)}",
            context=partial(_week, reader, week, disputed.get(week.period, [])),
            key=partial(_week_key, reader, week, disputed.get(week.period, [])),
        )


def _month_path(month: PeriodRow) -> str:
    return f"archive/{month.period}.html"


def _week_path(week: PeriodRow) -> str:
    return f"briefing/{week.period.lower()}.html"


def _monday(period: str) -> date:
    year, week = period.split("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def week_words(period: str) -> str:
    """ "2026-W19" → "4 to 10 May 2026"."""
    first = _monday(period)
    last = first + timedelta(days=6)
    if first.month == last.month:
        return f"{first.day} to {day_words(last.isoformat())}"
    start = day_words(first.isoformat())
    return f"{start if first.year != last.year else start.rsplit(' ', 1)[0]} to {day_words(last.isoformat())}"


def _weeks_of_months(weeks: Sequence[PeriodRow]) -> dict[str, list[PeriodRow]]:
    """Month → the weeks that begin or end in it, in their order."""
    found: dict[str, list[PeriodRow]] = {}
    for week in reversed(weeks):
        first = _monday(week.period)
        for month in dict.fromkeys(day.isoformat()[:7] for day in (first, first + timedelta(days=6))):
            found.setdefault(month, []).append(week)
    return found


def _month_key(reader: Reader, month: PeriodRow, weeks: Sequence[PeriodRow]) -> str:
    shown = [week.period for week in weeks]
    return hash_id(reader.fingerprints.published(month.period, f"{month.period}~"), shown)


def _month(reader: Reader, month: PeriodRow, weeks: Sequence[PeriodRow]) -> Context:
    listed = reader.rows(ListedRow, archive.OF_MONTH, period=month.period)
    return {
        "documents": listed[:DOCUMENTS],
        "more": max(0, len(listed) - DOCUMENTS),
        "month": month.period,
        "weeks": [(_week_path(week), week_words(week.period)) for week in weeks],
    }


def _days(week: PeriodRow) -> dict[str, str]:
    first = _monday(week.period)
    return {"period": week.period, "first": first.isoformat(), "next": (first + timedelta(days=7)).isoformat()}


def _week_key(reader: Reader, week: PeriodRow, disputed: Sequence[str]) -> str:
    shown = [reader.fingerprints.dispute(identity) for identity in disputed[:DISPUTES]]
    days = _days(week)
    return hash_id(reader.fingerprints.published(days["first"], days["next"]), len(disputed), *shown)


def _week(reader: Reader, week: PeriodRow, disputed: Sequence[str]) -> Context:
    listed = reader.rows(ListedRow, archive.OF_WEEK, **_days(week))
    return {
        "week": week_words(week.period),
        **_days(week),
        "disputes": [d for i in disputed[:DISPUTES] for d in load_disputes(reader, disputes.BY_ID, id=i)],
        "more_disputes": max(0, len(disputed) - DISPUTES),
        "documents": listed[:DOCUMENTS],
        "more": max(0, len(listed) - DOCUMENTS),
    }
