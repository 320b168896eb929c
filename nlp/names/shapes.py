"""Unregistered names in scripts without capitals or word borders: patterns vote, and enough votes make a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from distillwatch.nlp.names.lexicon import Shape
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.spans import Spans
from distillwatch.nlp.names.unknown import Decided

BELIEVED = 2.0
REPEATED = 0.5  # what a second sighting of one pattern is worth
# Characters of grammar that no name of a firm or a model holds.
GRAMMAR = re.compile(
    r"[的了是在和与與对對被把从從到为為以及等这這那其该該某个個们們我你他她它不也都就将將已曾会會能可要上下内外前后後年月日时時]"
)
GENERIC = re.compile(
    r"(?:公司|企业|企業|模型|集团|集團|机构|機構|团队|團隊|双方|雙方|美国|美國|中国|中國|多家|两家|三家|一家|几家|知情人士|发言人|發言人|研究|人士|员工|員工"
    r"|消息|媒体|媒體|报道|報道|部分|所有|另一|这家|该|自己|对方|大量|北京|上海|深圳|杭州|香港|人工智能|科技公司|初创)"
)


def decide_by_shape(
    text: str, passages: Sequence[Passage], taken: Sequence[tuple[int, int]], shapes: Sequence[Shape]
) -> Iterator[Decided]:
    """The names that shapes agree on, in the order in which they first stand; `taken` spans hold names already."""
    holes = Spans(taken)
    votes: dict[str, defaultdict[str, float]] = {}
    seen: set[tuple[str, str]] = set()
    reasons: dict[str, list[str]] = {}
    for passage in passages:
        for shape in shapes:
            for match in shape.pattern.finditer(text, passage.start, passage.end):
                start, end = match.span("name")
                name = match["name"].strip()
                if not _usable(name, shape.kind) or holes.overlaps(start, end):
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


def _usable(name: str, kind: str) -> bool:
    if len(name) < 2:
        return False
    return kind == "person" or not (GRAMMAR.search(name) or GENERIC.match(name))


def _without_parts(votes: dict[str, defaultdict[str, float]]) -> dict[str, defaultdict[str, float]]:
    """Without names that only differ from a shorter, better attested one by what stands around it."""
    kept: dict[str, defaultdict[str, float]] = {}
    for name, kinds in votes.items():
        inner = [other for other in votes if other != name and other in name and sum(votes[other].values()) >= BELIEVED]
        if not inner or sum(kinds.values()) >= BELIEVED:
            kept[name] = kinds
    return kept
