"""Scores of flags: contradictions found, with the right kind, and look-alikes that were left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from distillwatch.graph.labels import LabelledClaim, LabelledPair, Labels
from distillwatch.graph.scores.matching import same_sentence
from distillwatch.graph.scores.rates import Share
from distillwatch.graph.scores.text import overlap

Ref = tuple[str, str]


class PairScores(Struct, frozen=True, kw_only=True):
    """All counts over judged pairs."""

    found: Share  # labelled contradictions that were flagged
    kind_right: int  # of those, with the labelled kind
    look_alikes: Share  # labelled compatible pairs that were flagged: `right` counts the wrong flags
    unjudged: Share  # flags that no label speaks of
    kinds: dict[str, dict[str, int]]
    errors: dict[str, list[tuple[str, ...]]]

    @property
    def precision(self) -> float:
        """Of the flags that labels judge, the share that is right."""
        judged = self.found.right + self.look_alikes.right
        return self.found.right / judged if judged else 0.0


def score_pairs(gold: Labels, found: Labels) -> PairScores:
    """Compare flags with labelled pairs by page and sentence; a copy stands for its original."""
    known = _Known(gold, found)
    flags = [pair for pair in found.pairs if pair.label == "contradiction"]
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    used: set[int] = set()
    justified: set[int] = set()
    errors: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    # contradictions first: one sentence may serve in a pair of each label, and then the flag is right
    for label in sorted(gold.pairs, key=lambda p: p.label != "contradiction"):
        true = label.label == "contradiction"
        match = [i for i, flag in enumerate(flags) if known.hits(label, flag) and (true or i not in justified)]
        used.update(match)
        count = kinds[f"{label.label}/{label.kind}"]
        count["gold"] += 1
        count.update({"flagged": 1} if match else {})
        if true:
            justified.update(match)
            counts["found"] += bool(match)
            counts["kind"] += any(flags[i].kind == label.kind for i in match)
        else:
            counts["false"] += bool(match)
        for name, row in _errors(label, [flags[i].kind for i in match]):
            errors[name].append(row)
    for flag in (flag for i, flag in enumerate(flags) if i not in used):
        errors["flag not judged"].append(known.shown(flag))
    true_pairs = sum(p.label == "contradiction" for p in gold.pairs)
    return PairScores(
        found=Share(counts["found"], true_pairs),
        kind_right=counts["kind"],
        look_alikes=Share(counts["false"], len(gold.pairs) - true_pairs),
        unjudged=Share(len(flags) - len(used), len(flags)),
        kinds={name: dict(count) for name, count in sorted(kinds.items())},
        errors=dict(errors),
    )


def _errors(label: LabelledPair, raised: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is wrong with the kinds of flag that were raised for a label: (sort of error, row)."""
    places = (":".join(label.a), ":".join(label.b), label.kind)
    true = label.label == "contradiction"
    if true and raised and label.kind not in raised:
        yield "kind wrong", (*places, " ".join(sorted(set(raised))))
    if true != bool(raised):
        yield "contradiction missed" if true else "look-alike flagged", (*places, label.why[:100])


class _Known:
    """The claims of both sides, and which of them stand for each other."""

    def __init__(self, gold: Labels, found: Labels) -> None:
        self._original = {page: group[0] for group in gold.groups.copies for page in group}
        self._labelled, self._got = _claims(gold), _claims(found)
        self._told: dict[str, list[LabelledClaim]] = defaultdict(list)
        for (page, _), claim in self._labelled.items():
            self._told[self._page(page)].append(claim)

    def hits(self, label: LabelledPair, flag: LabelledPair) -> bool:
        """Whether a flag is on the two sentences of a label, whichever way round."""
        a, b = self._labelled.get(label.a), self._labelled.get(label.b)
        x, y = self._got.get(flag.a), self._got.get(flag.b)
        if a is None or b is None or x is None or y is None:
            return False
        near = label.label != "contradiction"  # a look-alike is flagged only where no other sentence is nearer
        return (self._same(label.a, a, flag.a, x, near) and self._same(label.b, b, flag.b, y, near)) or (
            self._same(label.a, a, flag.b, y, near) and self._same(label.b, b, flag.a, x, near)
        )

    def shown(self, flag: LabelledPair) -> tuple[str, ...]:
        """A flag with the beginnings of its sentences."""
        a, b = (self._got[ref].evidence[:90] if ref in self._got else "" for ref in (flag.a, flag.b))
        return flag.kind, flag.a[0], a, flag.b[0], b

    def _page(self, page: str) -> str:
        return self._original.get(page, page)

    def _same(self, one: Ref, claim: LabelledClaim, other: Ref, found: LabelledClaim, nearest: bool) -> bool:
        if self._page(one[0]) != self._page(other[0]) or not same_sentence(claim, found):
            return False
        return not (nearest and self._elsewhere(one, claim, found))

    def _elsewhere(self, one: Ref, claim: LabelledClaim, found: LabelledClaim) -> bool:
        """Whether another labelled sentence of the page, or of a copy that changed it, is nearer."""
        here = overlap(claim.evidence, found.evidence)
        return any(overlap(other.evidence, found.evidence) > here for other in self._told[self._page(one[0])])


def _claims(labels: Labels) -> Mapping[Ref, LabelledClaim]:
    found: dict[Ref, LabelledClaim] = {}
    for page in {page.id: page for page in labels.pages}.values():
        for claim in page.claims:
            found.setdefault((page.id, claim.id), claim)
    return found
