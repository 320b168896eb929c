"""One quotation, different words: kept as a note with the words that differ, never as a flag.

Papers cut and translate; what matters of a difference (a figure, a "not", another speaker) is for the other rules.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement, fold
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "quotation"
VERSION = "1"
RULE = "quotation"
_QUOTED = re.compile(r"[“\"«„]([^”\"»“]{20,400})[”\"»“]")
_LEAST_WORDS = 5
_ALIKE = 0.6  # below, they are two quotations


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare the quoted words of one speaker's statement in two texts."""
    if a.predicate != b.predicate or a.text.id == b.text.id or a.text.language != b.text.language:
        return None
    if not (a.speaker and b.speaker and world.speak_for_one(a.speaker, b.speaker)) or not _quotes(a) or not _quotes(b):
        return None
    if not gates.one_proposition(a, b, world) or gates.matter(a, b, world):
        return None
    x, y = _closest(_quotes(a), _quotes(b))
    if x == y or SequenceMatcher(None, x, y).ratio() < _ALIKE:
        return None
    reason = Reason("cannot_compare", KIND, f"one quotation of {a.speaker.name} in different words: {difference(x, y)}")
    return halt(a, b, reason, rule=RULE, version=VERSION)


def _quotes(statement: Statement) -> list[list[str]]:
    found = (fold(quote).strip(" .,;:!?").split() for quote in _QUOTED.findall(statement.evidence))
    return [words for words in found if len(words) >= _LEAST_WORDS]


def _closest(one: list[list[str]], other: list[list[str]]) -> tuple[list[str], list[str]]:
    return max(((x, y) for x in one for y in other), key=lambda pair: SequenceMatcher(None, *pair).ratio())


def difference(one: list[str], other: list[str]) -> str:
    """The words that differ: "[huge → large] amounts".

    >>> difference("we saw huge amounts".split(), "we saw large amounts of it".split())
    '… [huge → large] … [+ of it]'
    """
    parts = []
    for action, i, j, k, m in SequenceMatcher(None, one, other).get_opcodes():
        left, right = " ".join(one[i:j]), " ".join(other[k:m])
        shown = {"equal": "…", "replace": f"[{left} → {right}]", "delete": f"[− {left}]", "insert": f"[+ {right}]"}
        parts.append(shown[action])
    return " ".join(parts)
