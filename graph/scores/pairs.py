"""Scores of flags: contradictions found, with the right kind, and look-alikes that were left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

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
    original = {page: group[0] for group in gold.groups.copies for page in group}
    labelled, got = _claims(gold), _claims(found)
    flags = [pair for pair in found.pairs if pair.label == "contradiction"]
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    used: set[int] = set()
    justified: set[int] = set()
    errors: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    told: dict[str, list[LabelledClaim]] = defaultdict(list)
    for (page, _), claim in labelled.items():
        told[original.get(page, page)].append(claim)

    def elsewhere(one: Ref, claim: LabelledClaim, found_claim: LabelledClaim) -> bool:
        """Whether another labelled sentence of the page, or of a copy that changed it, is nearer."""
        here = overlap(claim.evidence, found_claim.evidence)
        return any(overlap(other.evidence, found_claim.evidence) > here for other in told[original.get(one[0], one[0])])

    def hits(label: LabelledPair, flag: LabelledPair) -> bool:
        a, b, x, y = (labelled.get(label.a), labelled.get(label.b), got.get(flag.a), got.get(flag.b))
        if a is None or b is None or x is None or y is None:
            return False

        def same(one: Ref, claim: LabelledClaim, other: Ref, found_claim: LabelledClaim) -> bool:
            here = original.get(one[0], one[0]) == original.get(other[0], other[0])
            wrong = label.label != "contradiction" and elsewhere(one, claim, found_claim)
            return here and same_sentence(claim, found_claim) and not wrong

        return (same(label.a, a, flag.a, x) and same(label.b, b, flag.b, y)) or (
            same(label.a, a, flag.b, y) and same(label.b, b, flag.a, x)
        )

    # contradictions first: one sentence may serve in a pair of each label, and then the flag is right
    for label in sorted(gold.pairs, key=lambda p: p.label != "contradiction"):
        true = label.label == "contradiction"
        match = [i for i, flag in enumerate(flags) if hits(label, flag) and (true or i not in justified)]
        used.update(match)
        count = kinds[f"{label.label}/{label.kind}"]
        count["gold"] += 1
        if match:
            count["flagged"] += 1
        if true:
            justified.update(match)
            counts["found"] += bool(match)
            counts["kind"] += any(flags[i].kind == label.kind for i in match)
            raised = sorted({flags[i].kind for i in match})
            if match and label.kind not in raised:
                errors["kind wrong"].append((":".join(label.a), ":".join(label.b), label.kind, " ".join(raised)))
        else:
            counts["false"] += bool(match)
        if true != bool(match):
            name = "contradiction missed" if true else "look-alike flagged"
            errors[name].append((":".join(label.a), ":".join(label.b), label.kind, label.why[:100]))
    for i, flag in enumerate(flags):
        if i not in used:
            a, b = (got[ref].evidence[:90] if ref in got else "" for ref in (flag.a, flag.b))
            errors["flag not judged"].append((flag.kind, flag.a[0], a, flag.b[0], b))
    true_pairs = sum(p.label == "contradiction" for p in gold.pairs)
    return PairScores(
        found=Share(counts["found"], true_pairs),
        kind_right=counts["kind"],
        look_alikes=Share(counts["false"], len(gold.pairs) - true_pairs),
        unjudged=Share(len(flags) - len(used), len(flags)),
        kinds={name: dict(count) for name, count in sorted(kinds.items())},
        errors=dict(errors),
    )


def _claims(labels: Labels) -> Mapping[Ref, LabelledClaim]:
    found: dict[Ref, LabelledClaim] = {}
    for page in {page.id: page for page in labels.pages}.values():
        for claim in page.claims:
            found.setdefault((page.id, claim.id), claim)
    return found
