"""Number expressions as values: digits with separators and scale, number words, shares, Han numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from msgspec import Struct

from distillwatch.nlp.figures.lexicon import WITHOUT_SPACES, Lexicon, lexicon
from distillwatch.nlp.numerals import HAN_NUMBER, han_value

_SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
# Not glued to a word, a decimal point, a clock time or an identifier: "GPT-4", "3.5.1", "09:40", "2026-07".
_NOT_BEFORE = r"(?<![\w#@_])(?<!\w[-–./:’'])(?<!\d,)"
_NOT_BEHIND = r"(?![\w@_])(?!:\d)(?!\.\d)"


class Number(Struct, frozen=True):
    """A number expression: `text[start:end]`, its least and greatest value, and how it was written."""

    start: int
    end: int
    low: float
    high: float
    scaled: bool = False  # a scale word or suffix stands with it
    suffix: str = ""  # the suffix letter, where that was the scale
    spelled: bool = False  # in words
    grouped: bool = False  # with thousands separators or a decimal
    share: bool = False  # "half of its …", in percent

    def times(self, factor: float) -> Number:
        """The same expression read in a larger unit ("5" in "5 to 8 million")."""
        return Number(self.start, self.end, _product(self.low, factor), _product(self.high, factor), scaled=True)


class Grammar(Struct, frozen=True):
    """The expressions that find one language's numbers."""

    free: re.Pattern[str]  # anywhere in a text
    joined: re.Pattern[str]  # right behind the connector of a range


def numbers(text: str, language: str) -> Iterator[Number]:
    """All number expressions of a text, left to right."""
    words = lexicon(language)
    for match in _grammar(language).free.finditer(text):
        yield _number(match, words)


def number_at(text: str, position: int, language: str) -> Number | None:
    """The number expression that begins exactly at a position."""
    match = _grammar(language).joined.match(text, position)
    return None if match is None else _number(match, lexicon(language))


@cache
def _grammar(language: str) -> Grammar:
    words = lexicon(language)
    symbol = "|".join(f"(?:{expression})" for _, expression in words.symbols)
    if language in WITHOUT_SPACES:
        body = rf"(?P<symbol>{symbol})?\s?(?:(?P<share>{_alternatives(words.shares)})|(?P<han>{HAN_NUMBER}))"
        return Grammar(
            re.compile(rf"(?<![A-Za-z\d_#@])(?<![A-Za-z\d][-–./:])(?:{body})(?!:\d)(?!\.\d)"), re.compile(body)
        )
    separators = f"(?:[{re.escape(words.groups)}]|{_SPACE})"
    decimal = re.escape(words.decimal)
    # A point is also read as a decimal one before one or two digits ("1.5 Mio.").
    digits = rf"\d{{1,3}}(?:{separators}\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+|\.\d{{1,2}}(?!\d))?"
    scale = _alternatives(words.scales)
    suffix = _alternatives(words.suffixes)
    scales = rf"(?P<scales>(?i:(?:(?:{_SPACE}|-)(?:{scale})\b)+))"
    figure = rf"(?P<digits>{digits})(?:{_SPACE}?(?P<suffix>{suffix})(?!\w)\.?|{scales})?"
    word = _alternatives(words.values)
    spelled = rf"(?P<spelled>(?:{word})(?:[ -](?:(?:and|und|et|y)[ -])?(?:{scale}|{word})\b)*)"
    share = rf"(?P<share>{_alternatives(words.shares)})(?={words.share_of.pattern})"
    body = rf"(?:(?P<symbol>{symbol}){_SPACE}?)?(?:{figure}|(?i:{share})|(?i:{spelled}))"
    return Grammar(re.compile(f"{_NOT_BEFORE}(?:{body}){_NOT_BEHIND}"), re.compile(body + _NOT_BEHIND))


def _alternatives(table: dict[str, float] | dict[str, tuple[float, float]]) -> str:
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True)) or "(?!x)x"


def _number(match: re.Match[str], words: Lexicon) -> Number:
    found = match.groupdict()
    if found.get("han"):
        low, high = han_value(found["han"])
        ascii_only = found["han"].isascii()
        return Number(
            *match.span(),
            low,
            high,
            scaled=any(c in found["han"] for c in "万萬亿億兆"),
            spelled=not any(c.isdigit() and c.isascii() for c in found["han"]),
            grouped=ascii_only and ("," in found["han"] or "." in found["han"]),
        )
    if found["share"]:
        percent = words.shares[re.sub(r"\s+", " ", found["share"].lower())]
        return Number(*match.span(), percent, percent, spelled=True, share=True)
    if found["spelled"]:
        low, high, scaled = _spelled(found["spelled"].lower(), words)
        return Number(*match.span(), low, high, scaled=scaled, spelled=True)
    value = _digits(found["digits"], words)
    factor = words.suffixes[found["suffix"]] if found["suffix"] else _scale(found["scales"], words)
    return Number(
        *match.span(),
        _product(value, factor),
        _product(value, factor),
        scaled=factor != 1,
        suffix=found["suffix"] or "",
        grouped=not found["digits"].isdigit(),
    )


def _digits(written: str, words: Lexicon) -> float:
    if written.isdecimal():
        return float(written)
    if re.fullmatch(r"\d{1,15}\.\d{1,2}", written):
        return float(written)
    plain = re.sub(rf"[{re.escape(words.groups)}]|{_SPACE}", "", written)
    return float(plain.replace(words.decimal, "."))


def _scale(written: str | None, words: Lexicon) -> float:
    factor = 1.0
    rest = re.sub(r"[-\s]+", " ", (written or "").strip(" -").lower())
    while rest:
        word = next(w for w in sorted(words.scales, key=len, reverse=True) if rest == w or rest.startswith(w + " "))
        factor = _product(factor, words.scales[word])
        rest = rest[len(word) :].strip()
    return factor


def _spelled(written: str, words: Lexicon) -> tuple[float, float, bool]:
    """Value of a phrase of number words: units add up, hundreds and larger words multiply what stands before them."""
    total, current, scaled = (0.0, 0.0), (0.0, 0.0), False
    vocabulary = _longest_first(words.language)
    rest = re.sub(r"\s+", " ", written)
    while rest:
        word = next((w for w in vocabulary if rest.startswith(w)), None)
        if word is None:
            rest = re.sub(r"^(?:and|und|et|y)?[ -]*", "", rest) if re.match(r"(?:and|und|et|y)?[ -]", rest) else ""
            continue
        rest = rest[len(word) :].lstrip(" -")
        if word in words.scales:
            factor, scaled = words.scales[word], True
            current = (current[0] or 1.0, current[1] or 1.0)
            current = (_product(current[0], factor), _product(current[1], factor))
            if factor >= 1000:
                total, current = (total[0] + current[0], total[1] + current[1]), (0.0, 0.0)
        else:
            low, high = words.values[word]
            scaled = scaled or (high >= 20 and low != high)
            current = (current[0] + low, current[1] + high)
    return total[0] + current[0], total[1] + current[1], scaled


@cache
def _longest_first(language: str) -> tuple[str, ...]:
    """The number words and scales of a language."""
    words = lexicon(language)
    return tuple(sorted([*words.values, *words.scales], key=len, reverse=True))


def _product(value: float, factor: float) -> float:
    # Decimal, so that 5.576 million is 5576000 and not 5575999.9999.
    return float(Decimal(repr(value)) * Decimal(repr(factor)))
