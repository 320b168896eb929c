"""Hosts that are left alone for a while: they asked for it, or they failed again and again."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

_FIRST = 3600.0  # seconds that a host is left alone when it has failed five times in a row
_LONGEST = 7 * 86400.0  # seconds: what asks for more is asked again after a week
_DOUBLINGS = 5  # an hour, two, four … thirty-two


class Closure(Struct, frozen=True, kw_only=True):
    """A host that is not asked before `until` (ISO 8601 UTC); `closures` counts how often in a row it was closed."""

    host: str
    until: str
    closures: int
    reason: str


def closed(host: str, reason: str, now: str, *, wanted: float = 0.0, before: Closure | None = None) -> Closure:
    """The closure of a host at `now`, for `wanted` seconds or the usual pause, which doubles each time in a row.

    >>> closed("a.example", "it failed", "2026-03-01T00:00:00Z").until
    '2026-03-01T01:00:00Z'
    """
    count = before.closures + 1 if before is not None else 1
    seconds = min(max(wanted, _FIRST * 2.0 ** min(count - 1, _DOUBLINGS)), _LONGEST)
    until = dt.datetime.fromisoformat(now) + dt.timedelta(seconds=seconds)
    return Closure(host=host, until=until.strftime("%Y-%m-%dT%H:%M:%SZ"), closures=count, reason=reason)
