"""Whole numbers written in digits or in Han numerals."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}


def small_number(words: str) -> int | None:
    """The value of ASCII digits or Han numerals below ten thousand, None for anything else.

    >>> small_number("十二"), small_number("30"), small_number("三百二十一"), small_number("seven")
    (12, 30, 321, None)
    """
    if words.isascii():
        return int(words) if words.isdigit() else None
    total, digit = 0, 0
    for character in words:
        if character in _SMALL:
            total += (digit or 1) * _SMALL[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + digit
