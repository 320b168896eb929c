"""No regular expression takes more than its share of time, whatever a page consists of."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.nlp.expressions import compiled, fragments

SHORT, LONG = 1_000, 20_000
PATIENCE = 0.2e-3
"""Seconds for SHORT characters: what takes less can be no square of them (1,000² steps of a few nanoseconds)."""
GROWTH = 3.0
"""Times what LONG characters may cost beyond their share; a square costs 20 times it."""
LIMIT = 5.0
"""Seconds for all that is tried of one expression; it ends the search of one whose time has no bound."""


class TooLong(Exception):
    """An expression took more than its LIMIT."""


@contextmanager
def limited(limit: float) -> Iterator[None]:
    """Raise TooLong after that many seconds; a search asks for signals now and then."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(expression: re.Pattern[str], part: str, length: int) -> float:
    """CPU seconds to search a text of `part` again and again, with an end that belongs to nothing."""
    text = (part * (length // len(part) + 1))[:length] + "\x00"
    begun = time.process_time()
    for _ in expression.finditer(text):
        pass
    return time.process_time() - begun


def grows_too_fast(expression: re.Pattern[str], part: str) -> bool:
    """Whether time grows faster than the text, lest another program was to blame, at every look."""
    try:
        with limited(LIMIT):
            short = min(seconds(expression, part, SHORT) for _ in range(3))
            if short < PATIENCE:
                return False
            share = short * LONG / SHORT
            return all(seconds(expression, part, LONG) > GROWTH * share for _ in range(5))
    except TooLong:
        return True  # nothing linear takes seconds for a page of twenty thousand letters


def worst(expression: re.Pattern[str], parts: list[str]) -> str:
    """The part that costs most; the first that has no end."""
    costs: dict[str, float] = {}
    for part in parts:
        try:
            with limited(LIMIT):
                costs[part] = seconds(expression, part, SHORT)
        except TooLong:
            return part
    return max(costs, key=lambda part: costs[part])


def test_every_expression_of_the_reader_takes_time_in_proportion() -> None:
    found = compiled()
    assert len(found) > 1_500  # the lexicons of six languages are among them
    assert {where.split(":")[0].split("/")[1] for _, _, where in found if "/" in where} >= {"names", "dates", "claims"}
    slow = []
    for pattern, flags, where in found:
        expression = re.compile(pattern, flags)
        part = worst(expression, fragments(pattern, flags))
        if grows_too_fast(expression, part):
            slow.append(f"{where}: {pattern!r} on {part!r} again and again")
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("pattern", [r"\s+$", r"\w+x", r"(a+)+$", r"(\s*\s*)*x"])
def test_what_grows_too_fast_is_told(pattern: str) -> None:
    assert any(grows_too_fast(re.compile(pattern), part) for part in ("a", " "))
