"""The archive by month and a briefing for each week: what was published, and which texts cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from distillwatch.site.figures import day_words
from distillwatch.site.flags import load_flags
from distillwatch.site.page import Context, Page
from distillwatch.site.queries import archive
from distillwatch.site.queries.archive import PeriodRow
from distillwatch.site.queries.documents import ListedRow
from distillwatch.site.reader import Reader

DOCUMENTS, FLAGS = 250, 20


def pages(reader: Reader) -> Iterator[Page]:
    """An index of months and weeks, and a page for each."""
    months = reader.rows(PeriodRow, archive.MONTHS)
    weeks = reader.rows(PeriodRow, archive.WEEKS)
    yield Page(
        path="archive.html",
        template="archive.html",
        title="Archive",
        context=lambda: {
            "months": [(_month_path(m), day_words(m.period), m.documents) for m in months],
            "weeks": [(_week_path(w), week_words(w.period), w.documents) for w in weeks],
            "undated": reader.count(archive.UNDATED),
        },
    )
    for month in months:
        yield Page(
            path=_month_path(month),
            template="month.html",
            title=day_words(month.period),
            context=partial(_month, reader, month),
        )
    for week in weeks:
        yield Page(
            path=_week_path(week),
            template="briefing.html",
            title=f"Briefing, {week_words(week.period)}",
            context=partial(_week, reader, week),
        )


def _month_path(month: PeriodRow) -> str:
    return f"archive/{month.period}.html"


def _week_path(week: PeriodRow) -> str:
    return f"briefing/{week.period.lower()}.html"


def week_words(period: str) -> str:
    """ "2026-W19" → "4 to 10 May 2026"."""
    year, week = period.split("-W")
    first, last = (date.fromisocalendar(int(year), int(week), day) for day in (1, 7))
    if first.month == last.month:
        return f"{first.day} to {day_words(last.isoformat())}"
    start = day_words(first.isoformat())
    return f"{start if first.year != last.year else start.rsplit(' ', 1)[0]} to {day_words(last.isoformat())}"


def _month(reader: Reader, month: PeriodRow) -> Context:
    listed = reader.rows(ListedRow, archive.OF_MONTH, period=month.period)
    return {"documents": listed[:DOCUMENTS], "more": max(0, len(listed) - DOCUMENTS), "month": month.period}


def _week(reader: Reader, week: PeriodRow) -> Context:
    listed = reader.rows(ListedRow, archive.OF_WEEK, period=week.period)
    flags = load_flags(reader, archive.FLAGS_OF_WEEK, period=week.period)
    shown = [flag for flag in flags if flag.is_open]
    return {
        "week": week_words(week.period),
        "flags": shown[:FLAGS],
        "more_flags": max(0, len(shown) - FLAGS),
        "documents": listed[:DOCUMENTS],
        "more": max(0, len(listed) - DOCUMENTS),
    }
