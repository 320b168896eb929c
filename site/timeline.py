"""A timeline as geometry for an inline SVG: when it was published above, what is said to have happened when below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from distillwatch.site.figures import MONTHS

WIDTH = 760.0
MARGIN = 14.0
DOT = 5.0
BAR_ROW = 30.0
MAX_BARS = 14
HIGHEST = 24  # dots above one another; a day with more texts would make the drawing taller than the page
NARROW, WIDE = 6.9, 13.0  # about what a letter takes, and one of Chinese, Japanese or Korean


class Event(Struct, frozen=True):
    """Something with a date: `end` equals `start` for a day."""

    start: date
    end: date
    label: str
    path: str
    style: str  # a class of the drawing
    who: str = ""  # the part of the label that names who says it


class Dot(Struct, frozen=True):
    """A publication, drawn as a circle."""

    x: float
    y: float
    event: Event


class Bar(Struct, frozen=True):
    """A period, drawn as a bar with its label above."""

    x: float
    y: float
    width: float
    label_x: float  # so far left that the label fits
    event: Event


class Tick(Struct, frozen=True):
    """A mark on the axis."""

    x: float
    label: str


class Timeline(Struct, frozen=True):
    """The drawing in user units; `axis` is the height of the line between dots and bars."""

    width: float
    height: float
    axis: float
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    left_out: int  # periods beyond MAX_BARS
    crowded_out: int  # publications beyond the HIGHEST of their days


def draw(published: Sequence[Event], happened: Sequence[Event]) -> Timeline | None:
    """The drawing, None when nothing has a date."""
    shown = sorted(happened, key=_when)[:MAX_BARS]
    events = [*published, *shown]
    if not events:
        return None
    first, last = min(e.start for e in events), max(e.end for e in events)
    days = (last - first).days + 1
    scale = (WIDTH - 2 * MARGIN) / days
    columns: dict[int, int] = {}
    dots: list[tuple[float, int, Event]] = []
    for event in sorted(published, key=_when):
        x = MARGIN + (event.start - first).days * scale
        column = int(x // (2 * DOT + 1))
        columns[column] = columns.get(column, 0) + 1
        dots.append((x, columns[column], event))
    drawn = [dot for dot in dots if dot[1] <= HIGHEST]
    axis = 12 + min(max(columns.values(), default=0), HIGHEST) * (2 * DOT + 2)
    bars = tuple(_bar(e, n, first, scale, axis) for n, e in enumerate(shown))
    return Timeline(
        width=WIDTH,
        height=axis + 26 + len(bars) * BAR_ROW + 4,
        axis=axis,
        dots=tuple(Dot(round(x, 1), axis - 2 - level * (2 * DOT + 2) + DOT, e) for x, level, e in drawn),
        bars=bars,
        ticks=tuple(_ticks(first, last, scale)),
        left_out=max(0, len(happened) - MAX_BARS),
        crowded_out=len(dots) - len(drawn),
    )


def _bar(event: Event, number: int, first: date, scale: float, axis: float) -> Bar:
    x = MARGIN + (event.start - first).days * scale
    width = max(((event.end - event.start).days + 1) * scale, 5.0)
    x = min(x, WIDTH - MARGIN - width)
    room = sum(WIDE if ord(c) > 0x2E7F else NARROW for c in event.label)
    return Bar(
        x=round(x, 1),
        y=round(axis + 26 + number * BAR_ROW + 16, 1),
        width=round(width, 1),
        label_x=round(max(0.0, min(x, WIDTH - room)), 1),
        event=event,
    )


def _ticks(first: date, last: date, scale: float) -> Iterable[Tick]:
    """Month beginnings, thinned so that labels do not touch; the first day stands before them."""
    months = [
        date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13) if first <= date(y, m, 1) <= last
    ]
    end = -1e9
    for day in [first, *months]:
        x = MARGIN + (day - first).days * scale
        label = f"{day.day if day.day > 1 else ''} {MONTHS[day.month - 1][:3]} {day.year}".strip()
        if x - end >= 78 and x < WIDTH - 50:
            end = x
            yield Tick(round(x, 1), label)


def _when(event: Event) -> tuple[date, date, str, str]:
    return (event.start, event.end, event.label, event.path)
