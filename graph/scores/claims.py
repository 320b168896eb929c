"""Scores of claims: found at all, with a firm for its model, with every slot right, and predicate by predicate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct

from distillwatch.graph.labels import LabelledClaim, LabelledPage
from distillwatch.graph.scores.known_names import KnownNames
from distillwatch.graph.scores.matching import SLOTS, align, same_core, same_sentence, same_slot
from distillwatch.graph.scores.pages import Pages
from distillwatch.graph.scores.rates import Rate, Share


class ClaimScores(Struct, frozen=True, kw_only=True):
    """All counts over claims."""

    core: Rate  # subject, predicate and object
    lenient: Rate  # a company for its model counts
    full: Rate  # every slot right
    sentence: Share  # matched claims that rest on the labelled sentence
    slots: dict[str, Share]
    predicates: dict[str, Rate]
    languages: dict[str, Rate]  # by the language that the labels give the page
    errors: dict[str, list[tuple[str, ...]]]


def score_claims(gold: Pages, found: Pages, names: KnownNames) -> ClaimScores:
    """Match page by page. A statement made twice in a page counts once, whichever side repeats it."""
    n: Counter[str] = Counter()
    slots: Counter[str] = Counter()
    predicates: dict[str, Counter[str]] = defaultdict(Counter)
    languages: dict[str, Counter[str]] = defaultdict(Counter)
    errors: dict[str, list[tuple[str, ...]]] = {"claim missed": [], "claim wrong": []}
    for key, page in gold.items():
        labelled, got = page.claims, found.get(key, LabelledPage(id="")).claims
        matched = align(labelled, got, names)
        hit = {i for i, _ in matched}
        used = {j for _, j in matched}
        missed = [c for i, c in enumerate(labelled) if i not in hit and not _repeats(c, labelled, hit, names)]
        wrong = [c for j, c in enumerate(got) if j not in used and not _repeats(c, labelled, hit, names)]
        total = len(matched) + len(missed)
        lenient = align(labelled, got, names, lenient=True)
        counted = {"core": len(matched), "found": len(matched) + len(wrong), "gold": total}
        n.update(counted, lenient=min(len(lenient), total))
        languages[page.lang or "?"].update(counted)
        for claim in [*(labelled[i] for i in hit), *missed]:
            predicates[claim.predicate]["gold"] += 1
        for claim in [*(got[j] for j in used), *wrong]:
            predicates[claim.predicate]["found"] += 1
        for i, j in matched:
            predicates[labelled[i].predicate]["core"] += 1
            right = [slot for slot in SLOTS if same_slot(slot, labelled[i], got[j], names)]
            slots.update(right)
            n["full"] += len(right) == len(SLOTS)
            n["sentence"] += same_sentence(labelled[i], got[j])
        errors["claim missed"] += [(key, _shown(c)) for c in missed]
        errors["claim wrong"] += [(key, _shown(c)) for c in wrong]
    return ClaimScores(
        core=Rate(n["core"], n["found"], n["gold"]),
        lenient=Rate(n["lenient"], n["found"], n["gold"]),
        full=Rate(n["full"], n["found"], n["gold"]),
        sentence=Share(n["sentence"], n["core"]),
        slots={slot: Share(slots[slot], n["core"]) for slot in SLOTS},
        predicates=_rates(predicates),
        languages=_rates(languages),
        errors=errors,
    )


def _rates(counts: Mapping[str, Counter[str]]) -> dict[str, Rate]:
    return {name: Rate(c["core"], c["found"], c["gold"]) for name, c in sorted(counts.items())}


def _repeats(claim: LabelledClaim, labelled: tuple[LabelledClaim, ...], hit: set[int], names: KnownNames) -> bool:
    return any(same_core(labelled[i], claim, names) for i in hit)


def _shown(claim: LabelledClaim) -> str:
    return f"{claim.subject} | {claim.predicate} | {claim.object} << {claim.evidence[:110]}"
