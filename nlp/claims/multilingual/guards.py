"""Words around a verb that make what it says no statement: not done, only wished for, forbidden, denied, left open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from distillwatch.nlp.claims.multilingual.lexicon import Frame, Lexicon
from distillwatch.nlp.claims.multilingual.marking import Line
from distillwatch.nlp.claims.multilingual.speech import Saying
from distillwatch.topic import Predicate

_ENDING = 8  # characters of a Japanese verb's ending


def unanswered(match: re.Match[str], line: Line, low: int, words: Lexicon) -> bool:
    """Whether an answer is one that was not given ("has not denied it")."""
    end = match.end("V")
    behind = line.text[end : end + _ENDING] if words.subject_behind is not None else ""
    return any(words.negation.search(part) for part in (line.text[low : match.start("V")], match["V"], behind))


def unwilled(frame: Frame, match: re.Match[str], line: Line, low: int, predicate: Predicate, words: Lexicon) -> bool:
    """Whether the act is only wished for or asked for, or its object only what a text is about."""
    if predicate.object == "response" or frame.scheduled:
        return False
    if predicate.milestone == "publication" and match.groupdict().get("O"):
        named = {m["O"] for m in words.about.finditer(line.text)}
        if match["O"] in named:
            return True
    if predicate.milestone == "sending" or not (
        predicate.milestone or predicate.accusation or predicate.name == "owns"
    ):
        return False
    if words.wanted.search(line.text[low : match.start("V")]) is not None:
        return words.predicts.search(line.text[low : match.end()]) is None  # a plan is told as one
    return words.wanted_behind is not None and words.wanted_behind.search(line.text[match.end("V") :]) is not None


def barred(line: Line, low: int, verb: int, words: Lexicon) -> bool:
    """Whether the verb's clause tells of something forbidden, attempted or due instead of something done."""
    if words.barred is not None and words.barred.search(line.text[low:verb]) is not None:
        return True
    return words.barred_behind is not None and words.barred_behind.search(line.text[verb:]) is not None


def denied(line: Line, verb: int, sayings: Sequence[Saying], words: Lexicon) -> bool:
    """Whether the words of the clause are denied by somebody whom no attribution names: nothing is told then."""
    if any(s.act == "denies" and s.covers(verb) for s in sayings):
        return False
    if words.subject_behind is not None:  # its verbs stand at the end
        return words.denying.search(line.text, verb) is not None
    return (
        words.denying.search(line.text, max(line.text.rfind(mark, 0, verb) for mark in ";；:：") + 1, verb) is not None
    )
