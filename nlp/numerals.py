"""Numbers written in Han numerals, alone or mixed with digits ("2.4万", "1億3700万", "数十万")."""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SOME = (2.0, 9.0)  # 数 and 几: two to nine
_VAGUE = frozenset("数几幾")
AND_MORE = frozenset("余餘多")  # inside a number, before a large one: 2100余万 is more than 21 million
_PIECE = re.compile(r"\d[\d,]*(?:\.\d+)?|.")

# A lone 十, 百 or 千 counts only before a measure word: 十分 is "very", 百度 and 千问 are names.
HAN_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[〇零一二两兩三四五六七八九]"
    r"|[十百千](?=[十百千万萬亿億一二三四五六七八九余多个名家条次位人件項社])|[数几幾](?=[十百千万萬亿億兆]))"
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[〇零一二两兩三四五六七八九十百千万萬亿億兆]|[余多餘](?=[万萬亿億]))*"
)


def small_number(words: str) -> int | None:
    """The value of ASCII digits or Han numerals below ten thousand, None for anything else.

    >>> small_number("十二"), small_number("30"), small_number("三百二十一"), small_number("seven")
    (12, 30, 321, None)
    """
    if words.isascii():
        return int(words) if words.isdigit() else None
    if not all(c in _DIGITS or c in _SMALL for c in words):
        return None
    return int(han_value(words)[0])


def han_value(words: str) -> tuple[float, float]:
    """Least and greatest value of a number; they differ only where it says "several".

    >>> han_value("1億3700万"), han_value("1.2万亿"), han_value("数十万")
    ((137000000.0, 137000000.0), (1200000000000.0, 1200000000000.0), (200000.0, 900000.0))
    """
    total = section = digit = (0.0, 0.0)
    for piece in _PIECE.findall(words):
        if piece in _SMALL:
            section = _plus(section, _times(_or_one(digit), _SMALL[piece]))
            digit = (0.0, 0.0)
        elif piece in _LARGE:
            amount = _plus(section, digit)
            if amount == (0.0, 0.0) and total != (0.0, 0.0):  # 万亿: the second multiplies the first
                total = _times(total, _LARGE[piece])
            else:
                total = _plus(total, _times(_or_one(amount), _LARGE[piece]))
            section = digit = (0.0, 0.0)
        elif piece in _VAGUE:
            digit = _SOME
        elif piece in AND_MORE:
            continue
        elif piece in _DIGITS:
            digit = (float(_DIGITS[piece]), float(_DIGITS[piece]))
        else:
            value = float(piece.replace(",", ""))
            digit = (value, value)
    return _plus(total, _plus(section, digit))


def _or_one(value: tuple[float, float]) -> tuple[float, float]:
    return (1.0, 1.0) if value == (0.0, 0.0) else value


def _plus(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    return a[0] + b[0], a[1] + b[1]


def _times(a: tuple[float, float], factor: int) -> tuple[float, float]:
    return _exact(a[0], factor), _exact(a[1], factor)


def _exact(value: float, factor: int) -> float:
    # 2.4 x 10000 in binary is 24000.000000000004 no more than 24000: multiply decimal digits instead.
    return float(f"{value * factor:.12g}")
