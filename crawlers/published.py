"""When a page was published, how precisely the page says so, and where it says it.

The order is the measured one: what a page states for machines is right most often, then its feed (unless the date
printed beside the headline is the same day in local time), then the printed date, then the address; htmldate (Barbaresi
2020, doi:10.21105/joss.02439) looks last, and for the original date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import htmldate
from msgspec import Struct

from distillwatch.crawlers.calendar_words import printed_dates
from distillwatch.crawlers.dom import Element
from distillwatch.crawlers.page_words import pattern, word_list
from distillwatch.crawlers.structured import Statement

_META = word_list("meta", "published")
_META_MODIFIED = word_list("meta", "modified")
_ISO = re.compile(
    r"^((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:?\d\d)?)?)?)?$"
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T?(\d\d)(\d\d)(\d\d)Z?$")
_CHANGED = pattern("calendar", "changed", after=r"(?:\s+(?:on|am|le|el))?\s*[:\uff1a]?\s*$")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_NAME_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")


class Published(Struct, frozen=True):
    """A date of publication: ISO day or time, its precision, and where it was found; empty where nothing was."""

    value: str = ""
    precision: str = ""
    found: str = ""


def published(
    root: Element, *, stated: Statement, tags: Mapping[str, str], hint: str, head: Iterable[str], url: str
) -> Published:
    """The best date of a page. `head` are the lines near the headline, `hint` what the feed said ("" without one)."""
    for found, value in (("jsonld", stated.published), *(("meta", tags.get(name, "")) for name in _META)):
        date = iso(value)
        if date.value:
            return Published(date.value, date.precision, found)
    printed = _finer(visible(head), _timed(root))
    fed = iso(hint)
    if fed.value and not (printed.precision in ("time", "day") and _near(printed.value, fed.value)):
        return Published(fed.value, fed.precision, "feed")
    for date in (printed, in_address(url)):
        if date.value:
            return date
    return _searched(root, url)


def modified(stated: Statement, tags: Mapping[str, str]) -> str:
    """The date of the last change as the page states it, "" where it does not."""
    return next(filter(None, (iso(v).value for v in (stated.modified, *(tags.get(n, "") for n in _META_MODIFIED)))), "")


def iso(value: str) -> Published:
    """An ISO date or time, or a printed date, as (value, precision); empty when it is neither."""
    match = _ISO.match(_COMPACT.sub(r"\1-\2-\3T\4:\5:\6Z", value.strip()))
    if match is None:
        printed = next(printed_dates(value), None)
        return Published(printed.value, printed.precision) if printed else Published()
    year, month, day, clock, seconds, zone = match.groups()
    if not month:
        return Published(f"{year}-01-01", "year")
    if not day:
        return Published(f"{year}-{month}-01", "month") if 1 <= int(month) <= 12 else Published()
    if next(printed_dates(f"{year}-{month}-{day}"), None) is None:
        return Published()
    if not clock:
        return Published(f"{year}-{month}-{day}", "day")
    zone = zone if not zone or ":" in zone or zone == "Z" else f"{zone[:3]}:{zone[3:]}"
    midnight = clock == "00:00" and (seconds or ":00") == ":00"  # a day that a program padded
    return Published(f"{year}-{month}-{day}T{clock}{seconds or ':00'}{zone or ''}", "day" if midnight else "time")


def visible(lines: Iterable[str]) -> Published:
    """The first printed date that is not said to be that of a change; a full date goes before a month."""
    months = Published()
    for line in lines:
        for date in printed_dates(line):
            if _CHANGED.search(line[: date.start]):
                continue
            if date.precision != "month":
                return Published(date.value, date.precision, "visible")
            months = months if months.value else Published(date.value, date.precision, "visible")
    return months


def in_name(name: str) -> Published:
    """A day in a file's name."""
    match = _NAME_DAY.search(name)
    day = iso("-".join(match.groups())).value if match else ""
    return Published(day, "day", "filename") if day else Published()


def in_address(url: str) -> Published:
    """A day in the path of an address, as many outlets put it."""
    match = _URL_DAY.search(url)
    day = iso(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}").value if match else ""
    return Published(day, "day", "url") if day else Published()


def _timed(root: Element) -> Published:
    """The first `<time>` near the head of the page that is not marked as a change."""
    for element in root.iter("time"):
        classes = (
            f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.getparent().get('class') or ''}"
        )
        before = f"{element.getparent().text or ''} {element.text or ''}"
        if any(word in classes.lower() for word in ("modif", "update")) or _CHANGED.search(
            before.split(element.text or "\0")[0]
        ):
            continue
        date = iso(element.get("datetime") or element.text_content())
        if date.value:
            return Published(date.value, date.precision, "visible")
    return Published()


def _finer(printed: Published, timed: Published) -> Published:
    """The date printed beside the headline; a `<time>` element's where none is, or to the minute where it agrees."""
    same_day = timed.value[:10] == printed.value[:10] and timed.precision == "time"
    return timed if timed.value and (same_day or not printed.value) else printed


def _near(one: str, other: str) -> bool:
    """Whether two dates are at most a day apart: a feed in UTC and a page in local time may differ by that."""
    return abs((dt.date.fromisoformat(one[:10]) - dt.date.fromisoformat(other[:10])).days) <= 1


def _searched(root: Element, url: str) -> Published:
    try:
        day = htmldate.find_date(root, original_date=True, extensive_search=False, url=url or None)
    except (ValueError, TypeError, OverflowError):  # raised on some malformed dates inside the library
        return Published()
    return Published(day, "day", "htmldate") if day else Published()
