"""The quoted words of a sentence, as they are compared: folded, without the marks around them."""

from __future__ import annotations

import re

from distillwatch.graph.statements import fold

LEAST_WORDS = 5
"""Shorter quotations are names and catchwords."""
_QUOTED = re.compile(r"[“\"«„]([^”\"»“]{20,400})[”\"»“]")


def quotes(evidence: str) -> list[list[str]]:
    """The words of each quotation of some length.

    >>> quotes("She said: “We saw a large number of requests.”")
    [['we', 'saw', 'a', 'large', 'number', 'of', 'requests']]
    """
    found = (fold(quote).strip(" .,;:!?").split() for quote in _QUOTED.findall(evidence))
    return [words for words in found if len(words) >= LEAST_WORDS]
