"""What a number counts: a unit noun near it, a currency beside it, a rate behind it."""

from __future__ import annotations

import re

from msgspec import Struct

from distillwatch.nlp.figures.lexicon import WITHOUT_SPACES, Lexicon
from distillwatch.nlp.figures.numbers import Number

_GAP_WORDS = 3  # "20,000 fraudulent Claude accounts"
_GAP_CHARACTERS = 12  # "1600万次与某模型的对话"
_LOOK_BACK = 24  # characters in front of a number in which its unit or rate stands
_WORD = re.compile(r"[^\W\d][\w’'-]*")
_SPACE = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}-]|[ ]?\N{NO-BREAK SPACE}")
_ELISION = re.compile(r"d[’']")
_MEASURE = "items"
_CLAUSE = re.compile(r"[，。,;；、:：！？!?()（）「」“”\d\n]")


class Unit(Struct, frozen=True):
    """The unit of a number: canonical name ("" for none), where the expression ends, "per" which period."""

    name: str
    end: int
    currency: bool = False
    per: str = ""


def unit_of(text: str, number: Number, words: Lexicon) -> Unit:
    """The unit of the number that ends where the given one does."""
    for code, pattern in words.currencies:
        money = pattern.match(text, number.end)
        if money is not None:
            return _with_rate(text, Unit(code, money.end(), currency=True), number, words)
    unspaced = words.language in WITHOUT_SPACES
    unit = _behind_unspaced(text, number, words) if unspaced else _behind(text, number, words)
    return _with_rate(text, unit or Unit("", number.end), number, words)


def symbol_currency(text: str, number: Number, words: Lexicon) -> str:
    """The currency whose sign stands before the number, "" without one."""
    if text[number.start].isdigit():
        return ""
    written = text[number.start : number.end]
    matches = [(m.end(), code) for code, expression in words.symbols if (m := re.match(expression, written))]
    return max(matches, default=(0, ""))[1]


def _behind(text: str, number: Number, words: Lexicon) -> Unit | None:
    """The unit noun within a few words behind: the nearest noun of the list, across adjectives and names."""
    position = number.end
    for gap in range(_GAP_WORDS + 2):
        space = _SPACE.match(text, position)
        position = space.end() if space is not None else position
        noun = _ELISION.match(text, position)
        at = noun.end() if noun is not None else position
        if words.any_unit.match(text, at) is not None and (space is not None or not gap):
            end, name = max((m.end(), name) for name, behind, _ in words.units if (m := behind.match(text, at)))
            return Unit(name, end)
        if number.suffix in ("B", "b") and gap == 0:
            model = words.model_behind.match(text, number.end)
            if model is not None:
                return Unit("parameters", model.end())
        word = _WORD.match(text, position)
        if word is None or space is None:
            return None
        linked = gap == 0 and word[0].lower() in ("of", "de", "von")
        after_link = gap == 1 and word[0].lower() in ("the", "its", "their", "our", "his", "her", "los", "las", "ses")
        if word[0].lower() in words.breakers and not linked and not after_link:
            return None
        position = word.end()
    return None


def _behind_unspaced(text: str, number: Number, words: Lexicon) -> Unit | None:
    """The unit behind or in front of a number in a script without spaces; the adjacent one wins."""
    stop = _CLAUSE.search(text, number.end)
    limit = min(number.end + _GAP_CHARACTERS, stop.start() if stop is not None else len(text))
    stem = _in_front(text, number, words)
    ahead = next((n for n, _, before in words.units if n != _MEASURE and before.search(stem)), None)
    nearest: Unit | None = None
    first = limit + 1
    for name, behind, _ in words.units:
        match = next((m for p in range(number.end, limit + 1) if (m := behind.match(text, p))), None)
        if match is None or (nearest is not None and name == _MEASURE):
            continue
        # A measure word ("件") stands between the number and what it counts: any noun behind it is the better unit.
        better = nearest is None or nearest.name == _MEASURE or (match.start(), -match.end()) < (first, -nearest.end)
        if better:
            nearest, first = Unit(name, match.end()), match.start()
    if ahead and (nearest is None or nearest.name in (_MEASURE, "duration") or first > number.end + 1):
        return Unit(ahead, nearest.end if nearest is not None and nearest.name == _MEASURE else number.end)
    return nearest


def _in_front(text: str, number: Number, words: Lexicon) -> str:
    """What stands right before a number and its approximator."""
    stem = text[max(0, number.start - _LOOK_BACK) : number.start]
    approximator = words.approx_before.search(stem)
    return stem if approximator is None else stem[: approximator.start()]


def _with_rate(text: str, unit: Unit, number: Number, words: Lexicon) -> Unit:
    per = words.per.match(text, unit.end)
    if per is not None and (unit.name or (number.start < number.end and not text[number.start].isalnum())):
        period = next(filter(None, per.groups()))
        return Unit(unit.name, per.end(), unit.currency, words.periods.get(period, period.lower()))
    before = words.per_before.search(_in_front(text, number, words))
    if before is not None and unit.name:
        period = next(filter(None, before.groups()), before[0][0])
        return Unit(unit.name, unit.end, unit.currency, words.periods.get(period, period))
    return unit
