"""Unregistered names in scripts without capitals or word borders: patterns vote, and enough votes make a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from distillwatch.nlp.names.lexicon import NameWords, Shape
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.spans import Spans
from distillwatch.nlp.names.unknown import Decided

BELIEVED = 2.0
REPEATED = 0.5  # what a second sighting of one pattern is worth


def decide_by_shape(
    text: str, passages: Sequence[Passage], taken: Sequence[tuple[int, int]], shapes: Sequence[Shape], words: NameWords
) -> Iterator[Decided]:
    """The names that shapes agree on, in the order in which they first stand; `taken` spans hold names already."""
    grammar, generic = re.compile(words.forms["shape_grammar"]), re.compile(words.forms["shape_generic"])
    holes = Spans(taken)
    votes: dict[str, defaultdict[str, float]] = {}
    seen: set[tuple[str, str]] = set()
    reasons: dict[str, list[str]] = {}
    for passage in passages:
        for shape in shapes:
            for match in shape.pattern.finditer(text, passage.start, passage.end):
                start, end = match.span("name")
                name = match["name"].strip()
                free = shape.kind in ("person", "outlet") or not (grammar.search(name) or generic.match(name))
                if len(name) < 2 or not free or holes.overlaps(start, end):
                    continue
                again = (name, shape.why) in seen
                seen.add((name, shape.why))
                votes.setdefault(name, defaultdict(float))[shape.kind] += shape.votes * (REPEATED if again else 1.0)
                if not again:
                    reasons.setdefault(name, []).append(shape.why)
    for name, kinds in _without_parts(votes).items():
        kind, score = max(kinds.items(), key=_by_votes)
        if score >= BELIEVED and 2 * score > sum(kinds.values()) * 1.1:
            yield Decided(name, kind, "; ".join(reasons[name]), min(0.9, 0.5 + score / 12))


def _by_votes(item: tuple[str, float]) -> tuple[float, str]:
    return item[1], item[0]


def _without_parts(votes: dict[str, defaultdict[str, float]]) -> dict[str, defaultdict[str, float]]:
    """Without names that only differ from a shorter, better attested one by what stands around it."""
    kept: dict[str, defaultdict[str, float]] = {}
    for name, kinds in votes.items():
        inner = [other for other in votes if other != name and other in name and sum(votes[other].values()) >= BELIEVED]
        if not inner or sum(kinds.values()) >= BELIEVED:
            kept[name] = kinds
    return kept
