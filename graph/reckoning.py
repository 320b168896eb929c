"""Sentences that reckon: a part as a percentage of a whole, a rise from one figure to another, with all three figures.

The patterns stand in the `compare` lexicon with `{name}` where a figure stands and `{w}` where a few words may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from distillwatch.graph.marks import Reckoning
from distillwatch.nlp.amounts import find_quantities
from distillwatch.nlp.figures.lexicon import LANGUAGES
from distillwatch.nlp.figures.numbers import Number, numbers
from distillwatch.quantities import half_width

_FIGURE = re.compile(r"(?<![\w.,-])\d")
_WORDS = r"(?:\s[^\W\d]+){0,4}"
_MASKED = r"⟦(?P<{}>\d+)⟧"
_LOOSE = r"\d[\d.,\s]*(?:\s?\w+\.?)?"
"""Whatever may be a figure: a sentence that fits no pattern with it has none with its real figures."""
_OPEN = ("over", "under", "up_to", "nearly")
_SLACK = 0.05  # who reckons in a sentence rounds on the way


class Sum(Struct, frozen=True):
    """Three figures of one sentence that belong together, by the names of its pattern, and the words that say so."""

    figures: Mapping[str, Number]
    percent: bool
    words: str

    def interval(self, name: str) -> tuple[float, float]:
        """What a figure stands for, rounded as it is written; a whole percentage may be half a point off."""
        number = self.figures[name]
        low, high = number.low, number.high
        half = half_width((low + high) / 2)
        if name in ("p", "d") and self.percent:
            half = max(half, 0.5)
        return low - half, high + half

    def told(self, name: str) -> float:
        """The figure as it is written."""
        return (self.figures[name].low + self.figures[name].high) / 2


def sums(evidence: str, language: str, kind: str, patterns: tuple[Reckoning, ...]) -> Iterator[Sum]:
    """The sums of one kind in a sentence; none where a figure is only a bound ("more than …")."""
    known = language[:2] if language[:2] in LANGUAGES else ""
    if len(_FIGURE.findall(evidence)) < 3:
        return
    wanted = [p for p in patterns if p.kind == kind and p.language == known]
    wanted = [p for p in wanted if expression(p.pattern, _LOOSE).search(evidence)]
    if not wanted:
        return  # numbers are read only where they may matter
    found = [n for n in numbers(evidence, known) if not n.spelled]
    masked, at = "", 0
    for place, number in enumerate(found):
        masked += f"{evidence[at : number.start]}⟦{place}⟧"
        at = number.end
    masked += evidence[at:]
    bounds = [a for a in find_quantities(evidence, language=known) if a.quantity.approx in _OPEN]
    for pattern in wanted:
        for match in expression(pattern.pattern, _MASKED).finditer(masked):
            figures = {name: found[int(place)] for name, place in match.groupdict().items() if name != "percent"}
            if not any(a.start < n.end and n.start < a.end for a in bounds for n in figures.values()):
                first, last = min(n.start for n in figures.values()), max(n.end for n in figures.values())
                yield Sum(figures, bool(match["percent"]), evidence[first:last])


@cache
def expression(pattern: str, figure: str) -> re.Pattern[str]:
    """A pattern of the lexicon as an expression; `figure` is what stands for a figure of the name `{}`."""
    named = re.sub(r"\{([a-z])\}", lambda m: _WORDS if m[1] == "w" else figure.replace("{}", m[1]), pattern)
    return re.compile(named, re.IGNORECASE)


def fits(low: float, high: float, told: tuple[float, float]) -> bool:
    """Whether what comes out (`low` to `high`) and what is told meet, with some slack."""
    slack = _SLACK * max(abs(low), abs(high))
    return told[0] <= high + slack and low - slack <= told[1]
