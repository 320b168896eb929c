"""Polarity, hedge and mood of a clause, read off the words around its verb."""

from __future__ import annotations

import re

from msgspec import Struct

from distillwatch.nlp.claims.multilingual.lexicon import Frame, Lexicon
from distillwatch.nlp.claims.multilingual.marking import Line
from distillwatch.nlp.claims.multilingual.subjects import clause_of
from distillwatch.records import Hedge, Polarity

_AT_ONCE = 5  # "n’interdit pas de …": the negation that stands between the verb and what it forbids


class Stance(Struct, frozen=True):
    """How a clause puts its statement, before it is known who speaks."""

    polarity: Polarity
    hedge: Hedge
    mood: str  # "supposes", "asks", "predicts" or ""


def stance_of(
    line: Line, frame: Frame, match: re.Match[str], start: int, told: int, words: Lexicon, *, event: bool
) -> Stance:
    """The stance of a match whose clause reaches from `start` (its subject) to a little behind the pattern.

    Hedges also count from `told`, where the words of saying begin that govern the clause ("judges it possible that").
    A condition elsewhere in the sentence makes an `event` supposed, but no lasting fact such as a size.
    """
    end = _clause_end(line.text, match.end(), words)
    first = min(start, match.start())
    low = clause_of(line, first, words)[0]
    first = low if "⟦" not in line.text[low:first] else first  # "no account of X was closed" is negated in front
    clause = line.text[first:end]
    # What is forbidden may be put negatively ("forbids training without a licence, and not only here").
    literal = match.start("L") if "L" in match.re.groupindex and match["L"] else -1
    stated = line.text[first : literal + _AT_ONCE] if literal > match.start("V") else clause
    negated = not frame.denial and words.negation.search(stated) is not None
    hedged = line.text[min(told, start, match.start()) : end]
    hedge: Hedge = "strong" if words.strong.search(hedged) else "weak" if words.weak.search(hedged) else "none"
    mood = ""
    if words.asks.search(line.text):
        mood = "asks"
    elif event and words.supposes.search(line.text):
        mood = "supposes"
    elif not frame.scheduled and words.predicts.search(clause):
        mood = "predicts"
    return Stance("-" if negated else "+", hedge, mood)


def _clause_end(text: str, end: int, words: Lexicon) -> int:
    limit = min(len(text), end + words.tail)
    border = words.border.search(text, end, limit)
    return border.start() if border is not None else limit
