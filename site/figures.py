"""Dates and quantities in words, as precise as the text was and no more."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
APPROX = {
    "about": "about {}",
    "over": "more than {}",
    "under": "fewer than {}",
    "up_to": "up to {}",
    "nearly": "nearly {}",
}
MONEY = {"usd": "$", "eur": "€", "gbp": "£", "cny": "¥", "rmb": "¥", "jpy": "¥"}


def day_words(iso: str) -> str:
    """ "2026-02-24T09:00:00Z" → "24 February 2026"; "2026-02" → "February 2026"; an unreadable value as it is."""
    parts = iso[:10].split("-")
    if not all(p.isdigit() for p in parts) or not 1 <= len(parts) <= 3:
        return iso
    month = int(parts[1]) if len(parts) > 1 else 1
    if not 1 <= month <= 12:
        return iso
    names = [parts[0], MONTHS[month - 1], str(int(parts[2])) if len(parts) > 2 else ""]
    return " ".join(names[len(parts) - 1 :: -1])


@lru_cache(maxsize=4096)
def published_words(iso: str, precision: str) -> str:
    """A publication date no finer than its precision; "undated" where the page gave none."""
    if not iso:
        return "undated"
    return day_words({"month": iso[:7], "year": iso[:4]}.get(precision, iso[:10]))


@lru_cache(maxsize=4096)
def range_words(start: str, end: str, precision: str) -> str:
    """A period in words: "Q1 2026", "spring 2026", "since May 2026", "24 February 2026"; "" when both ends are open."""
    if not start or not end:
        known = start or end
        words = day_words(known if precision == "day" or precision == "range" else known[:7]) if known else ""
        return f"since {words}" if start else f"until {words}" if words else ""
    first, last = _day(start), _day(end)
    if first is None or last is None:
        return f"{start} to {end}" if start != end else start
    named = _named_period(first, last, precision)
    if named:
        return named
    if start == end:
        return day_words(start)
    return f"{_shortened(first, last)} to {day_words(end)}"


def _named_period(first: date, last: date, precision: str) -> str:
    """The name of a whole calendar period, only if the two days really span it."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if first.day != 1 or after.day != 1:
        return ""
    if precision == "month" and months == 1:
        return f"{MONTHS[first.month - 1]} {first.year}"
    if precision == "quarter" and months == 3 and first.month % 3 == 1:
        return f"Q{first.month // 3 + 1} {first.year}"
    if precision == "half" and months == 6 and first.month in (1, 7):
        return f"{'first' if first.month == 1 else 'second'} half of {first.year}"
    if precision == "season" and months == 3 and first.month in SEASONS:
        years = f"{first.year}" if first.year == last.year else f"{first.year}–{last.year % 100:02}"
        return f"{SEASONS[first.month]} {years}"
    if precision == "year" and months == 12 and first.month == 1:
        return str(first.year)
    return ""


def _shortened(first: date, last: date) -> str:
    """The start of a range without what the end repeats: "3" of "3 to 5 May 2026"."""
    if first.year != last.year:
        return day_words(first.isoformat())
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]}"
    return str(first.day)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def number_words(value: float) -> str:
    """24000 → "24,000", 16500000 → "16.5 million", 16543210 → "16,543,210"; no digit is lost or added."""
    for size, name in SCALES:
        scaled = value / size
        if abs(scaled) >= 1 and abs(scaled * 1000 - round(scaled * 1000)) < 1e-9 * abs(scaled * 1000):
            return f"{_plain(scaled)} {name}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def quantity_words(low: float | None, high: float | None, unit: str, approx: str) -> str:
    """An interval as a text says it: "more than 24,000 accounts", "about $6 million"; "" for none."""
    if low is not None and high is not None and low != high:
        return _with_unit(f"{number_words(low)} to {number_words(high)}", unit)
    value = low if low is not None else high
    if value is None:
        return ""
    if approx == "range":  # of which one end is open
        approx = "over" if high is None else "up_to"
    return APPROX.get(approx, "{}").format(_with_unit(number_words(value), unit))


def _with_unit(figure: str, unit: str) -> str:
    sign = MONEY.get(unit.lower())
    if sign:
        return f"{sign}{figure}" + (f" ({unit.upper()})" if sign == "¥" else "")
    if unit == "score":  # a bare figure: the benchmark stands in the sentence
        return figure
    return f"{figure} {unit.replace('_', ' ')}".strip()
