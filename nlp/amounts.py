"""Every quantity that a text gives: figure, unit, and whether it is exact, about, over, up to or a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.dates.scan import Hit
from distillwatch.nlp.dates.scan import scan as scan_dates
from distillwatch.nlp.figures.lexicon import DROPPED, LANGUAGES, WITHOUT_SPACES, Lexicon, lexicon
from distillwatch.nlp.figures.numbers import Number, number_at, numbers
from distillwatch.nlp.figures.units import Unit, symbol_currency, unit_of
from distillwatch.nlp.numerals import AND_MORE
from distillwatch.nlp.spans import Spans
from distillwatch.quantities import Approx, Quantity

_FALLBACK = "en"
_REACH = 40  # characters in front of a figure in which its approximator stands
_PERCENT = re.compile(r"\s?[%％]")
_YEAR = re.compile(r"(?:19|20)\d\d")


class Amount(Struct, frozen=True):
    """A quantity in a text: `text` is what stands at `start`:`end`, approximator and unit included."""

    start: int
    end: int
    text: str
    quantity: Quantity


def find_quantities(
    text: str, *, language: str, skip: Sequence[tuple[int, int]] = (), dates: Sequence[Hit] | None = None
) -> list[Amount]:
    """The quantities of any text, in order, with offsets into it.

    Dates, clock times, durations, ordinals, version numbers and numbering ("Table 3") are not quantities; spans of
    `skip` (names of models, say) hold none. A small bare number counts only with a known unit, an approximator, or
    when it is the whole text (a table cell); its unit is then "". "Nearly N" has no low, "more than N" no high.
    `dates` is what scanning the text for dates gave, where the caller has it already.
    """
    dates = scan_dates(text, language, skip) if dates is None else dates
    known = language if language in LANGUAGES else _FALLBACK
    words = lexicon(known)
    taken = Spans([*skip, *((hit.start, hit.end) for hit in dates)])
    found: list[Amount] = []
    for amount in _amounts(text, words, taken):
        if not found or amount.start >= found[-1].end:
            found.append(amount)
    return found


def parse_quantity(text: str, *, language: str, unit: str = "") -> Quantity | None:
    """The one quantity that a short text such as a table cell is; `unit` (of the column head) where it names none."""
    amounts = find_quantities(text.strip(), language=language)
    if len(amounts) != 1:
        return None
    quantity = amounts[0].quantity
    return Quantity(quantity.low, quantity.high, quantity.unit or unit, quantity.approx)


def _amounts(text: str, words: Lexicon, taken: Spans) -> Iterator[Amount]:
    position = 0
    for first in numbers(text, words.language):
        if first.start < position or taken.touches(first.start, first.end):
            continue
        last = _other_end(text, first, words)
        if last is not None and taken.touches(last.start, last.end):
            last = None
        unit = unit_of(text, first if last is None else last, words)
        start, end, approx = _approximation(text, first, last or first, unit, words)
        position = max(end, (last or first).end)
        if _counts(text, first, last, unit, approx, words):
            name = "percent" if first.share else unit.name
            per = f" per {unit.per}" if unit.per else ""
            currency = symbol_currency(text, first, words)
            quantity = _quantity(first, last, f"{currency or name}{per}", approx)
            yield Amount(start, end, text[start:end], quantity)


def _other_end(text: str, first: Number, words: Lexicon) -> Number | None:
    """The second number of a range, or None where the figure stands alone."""
    after_between = words.between.search(text, max(0, first.start - _REACH), first.start)
    behind = _PERCENT.match(text, first.end)
    position = first.end if behind is None else behind.end()
    connector = (words.connectors_between if after_between else words.connectors).match(text, position)
    if connector is None or first.share:
        return None
    last = number_at(text, connector.end(), words.language)
    if last is None or last.share or (last.spelled and not last.scaled):
        return None
    return last if _ends(first, last)[0] < _ends(first, last)[1] else None


def _ends(first: Number, last: Number) -> tuple[float, float]:
    """Both ends in one scale: "5 to 8 million" starts at five million."""
    if last.scaled and not first.scaled and first.low < 1000:
        for factor in (1e12, 1e9, 1e6, 1e4, 1e3):
            if last.high >= factor and first.times(factor).low < last.high:
                return first.times(factor).low, last.high
    return first.low, last.high


def _approximation(
    text: str, first: Number, last: Number, unit: Unit, words: Lexicon
) -> tuple[int, int, Approx | None]:
    """Offsets of the whole expression, and the approximator beside it, None where there is none."""
    start, end = first.start, unit.end
    before = words.approx_before.search(text[max(0, start - _REACH) : start])
    if before is not None and before.lastgroup:
        return max(0, start - _REACH) + before.start(), end, before.lastgroup  # type: ignore[return-value] # groups are named by approximator
    if words.language in WITHOUT_SPACES and AND_MORE & set(text[start : last.end]):
        return start, end, "over"
    # "2万4000件以上のアカウント": one measure word may stand before the approximator.
    measured = last.end + (words.language in WITHOUT_SPACES)
    for position in dict.fromkeys((last.end, measured, unit.end)):
        behind = words.approx_behind.match(text, position)
        if behind is not None and behind.lastgroup and behind.end() > position:
            return start, max(end, behind.end()), behind.lastgroup  # type: ignore[return-value] # as above
    return start, end, None


def _quantity(first: Number, last: Number | None, unit: str, approx: Approx | None) -> Quantity:
    low, high = (first.low, first.high) if last is None else _ends(first, last)
    if low != high:
        return Quantity(low, high, unit, "range")
    if approx == "over":
        return Quantity(low, None, unit, "over")
    if approx in ("under", "up_to", "nearly"):
        return Quantity(None, high, unit, approx)
    return Quantity(low, high, unit, approx or "exact")


def _counts(text: str, first: Number, last: Number | None, unit: Unit, approx: Approx | None, words: Lexicon) -> bool:
    """Whether a number is a quantity and not a version, a year, a numbering, a duration or a mere word."""
    if words.dimensions.get(unit.name) in DROPPED or words.numbering.search(
        text[max(0, first.start - 20) : first.start]
    ):
        return False
    money = bool(symbol_currency(text, first, words)) or unit.currency
    if first.share or money:
        return True
    if _is_version(text, first, unit, approx, words):
        return False
    if first.spelled:
        return bool(unit.name and first.high > 1) or first.scaled
    if not (first.scaled or first.grouped) and _YEAR.fullmatch(text[first.start : first.end]) and not unit.name:
        return False
    if unit.name or first.scaled or first.grouped or first.low >= 1000 or (last is not None and last.scaled):
        return True
    whole = not text[: first.start].strip() and not text[(last or first).end :].strip()
    return whole or (last is None and bool(approx))


def _is_version(text: str, number: Number, unit: Unit, approx: Approx | None, words: Lexicon) -> bool:
    """Whether a name stands right before a small number: "Claude 3.5", "Gemma 3 27B"."""
    if approx or number.spelled or (number.low >= 1000 and number.suffix not in ("B", "b")):
        return False
    if unit.name == "percent" or (unit.name == "points" and number.grouped):
        return False  # "im Test X erreichten Läufe 62,7 Prozent": no version is counted so
    if (
        number.suffix in ("B", "b")
        and unit.name
        and re.match(r"[A-Z]?\d", text[max(0, number.start - 2) : number.start]) is None
    ):
        return False
    before = re.search(r"([\w.’'-]{1,40})[ \N{NO-BREAK SPACE}-]$", text[max(0, number.start - _REACH) : number.start])
    if before is None or before[1].lower() in words.breakers:
        return False
    name = before[1]
    named = name[0].isupper() or (any(c.isdigit() for c in name) and number.suffix in ("B", "b"))
    return named and not (unit.name and number.low >= 100)
