"""One quotation, different words: kept as a note with the words that differ, never as a flag.

Papers cut and translate; what matters of a difference (a figure, a "not", another speaker) is for the other rules.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from distillwatch.graph import gates
from distillwatch.graph.gates import Reason
from distillwatch.graph.quotes import quotes
from distillwatch.graph.statements import Judged, Statement
from distillwatch.graph.wording import halt
from distillwatch.graph.world import World

KIND = "quotation"
VERSION = "2"
RULE = "quotation"
NOTES = True
"""The words that differ are told beside whatever else is found of the pair."""
_ALIKE = 0.6  # below, they are two quotations


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare the quoted words of one speaker's statement in two texts."""
    if a.predicate != b.predicate or a.text.id == b.text.id or a.text.language != b.text.language:
        return None
    one, other = quotes(a.evidence), quotes(b.evidence)
    if not (one and other and a.speaker and b.speaker and world.speak_for_one(a.speaker, b.speaker)):
        return None
    if not gates.one_proposition(a, b, world) or gates.matter(a, b, world):
        return None
    x, y = _closest(one, other)
    if x == y or SequenceMatcher(None, x, y).ratio() < _ALIKE:
        return None
    reason = Reason("cannot_compare", KIND, f"one quotation of {a.speaker.name} in different words: {difference(x, y)}")
    return halt(a, b, reason, rule=RULE, version=VERSION)


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
