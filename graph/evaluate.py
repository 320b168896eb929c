"""Evaluate: what was found against a labelled set, as typed scores, as a table and as JSON."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from distillwatch.graph.labels import Labels
from distillwatch.graph.scores import pages
from distillwatch.graph.scores.claims import ClaimScores, score_claims
from distillwatch.graph.scores.groups import score_copies, score_incidents
from distillwatch.graph.scores.known_names import KnownNames
from distillwatch.graph.scores.matching import with_gold_ids
from distillwatch.graph.scores.pairs import PairScores, score_pairs
from distillwatch.graph.scores.rates import BCubed, Rate, Share


class Scores(Struct, frozen=True, kw_only=True):
    """Everything that is counted of one labelled set."""

    pages: int
    missing: tuple[str, ...]
    published: Share
    language: Share
    entities: dict[str, Rate]
    dates: Rate
    claims: ClaimScores
    pairs: PairScores
    copies: Rate
    incidents: BCubed
    errors: dict[str, list[tuple[str, ...]]]


def evaluate(gold: Labels, found: Labels, names: KnownNames) -> Scores:
    """Score what was found. Pages are matched by address, id or file stem; those not found count as empty."""
    matched = with_gold_ids(found, gold)
    wanted = {page.id: page for page in gold.pages}
    got = {page.id: page for page in matched.pages}
    claims, pairs = score_claims(wanted, got, names), score_pairs(gold, matched)
    return Scores(
        pages=len(wanted),
        missing=tuple(sorted(set(wanted) - set(got))),
        published=pages.published(wanted, got),
        language=pages.language(wanted, got),
        entities=pages.entities(wanted, got, names),
        dates=pages.dates(wanted, got),
        claims=claims,
        pairs=pairs,
        copies=score_copies(gold.groups.copies, matched.groups.copies, set(wanted)),
        incidents=score_incidents(gold.groups.incidents, matched.groups.incidents),
        errors={**pages.entity_errors(wanted, got, names), **claims.errors, **pairs.errors},
    )


def table(scores: Scores, *, errors: int = 0) -> str:
    """The scores as lines of text, with the first `errors` mistakes of each sort."""
    claims, pairs = scores.claims, scores.pairs
    lines = [
        f"{'pages':38s} {scores.pages - len(scores.missing)} of {scores.pages} found"
        + (f", missing {', '.join(scores.missing)}" if scores.missing else ""),
        _share("published date", scores.published),
        _share("language", scores.language),
        *(_rate(f"entities: {kind}", rate) for kind, rate in scores.entities.items()),
        _rate("dates", scores.dates),
        _rate("claims: subject, predicate, object", claims.core),
        _rate("claims: a company for its model", claims.lenient),
        _rate("claims: every slot", claims.full),
        _share("claims: right sentence", claims.sentence),
        *(_share(f"slot: {slot}", share) for slot, share in claims.slots.items()),
        *(_rate(f"  {name}", rate) for name, rate in claims.predicates.items()),
        *(_rate(f"  in {name}", rate) for name, rate in claims.languages.items()),
        f"{_share('contradictions found', pairs.found)}, kind right {pairs.kind_right}",
        _share("look-alikes wrongly flagged", pairs.look_alikes),
        f"{'flags on labelled pairs':38s} P {pairs.precision:.3f}",
        _share("flags that no label judges", pairs.unjudged),
        *(f"  {kind:36s} {_kind(count)}" for kind, count in pairs.kinds.items()),
        _rate("syndicated copies (pairs)", scores.copies),
        _rate("incidents (B-cubed)", scores.incidents),
    ]
    for name, rows in scores.errors.items() if errors else ():
        lines += ["", f"{name}: {len(rows)}", *("   " + "  ".join(row) for row in rows[:errors])]
    return "\n".join(lines)


def as_json(scores: Scores) -> dict[str, Any]:
    """The scores as plain data, under the names that the tables of labelled sets use."""
    claims, pairs = scores.claims, scores.pairs
    return {
        "pages": {"gold": scores.pages, "found": scores.pages - len(scores.missing), "missing": list(scores.missing)},
        "published date": _right(scores.published),
        "language": _right(scores.language),
        **{f"entities: {kind}": _plain(rate) for kind, rate in scores.entities.items()},
        "dates": _plain(scores.dates),
        "claims: subject+predicate+object": _plain(claims.core),
        "claims: company or its model": _plain(claims.lenient),
        "claims: every slot": _plain(claims.full),
        "claims: right sentence": _right(claims.sentence),
        **{f"slot: {slot}": _right(share) for slot, share in claims.slots.items()},
        "claims per predicate": {name: _plain(rate) for name, rate in claims.predicates.items()},
        "claims per language": {name: _plain(rate) for name, rate in claims.languages.items()},
        "contradictions found": {**_right(pairs.found), "kind right": pairs.kind_right},
        "look-alikes wrongly flagged": {"flagged": pairs.look_alikes.right, "of": pairs.look_alikes.of},
        "flags on labelled pairs, precision": {"p": pairs.precision},
        "flags that no label judges": {"count": pairs.unjudged.right, "of": pairs.unjudged.of},
        "contradictions per kind": pairs.kinds,
        "syndicated copies (pairs)": _plain(scores.copies),
        "incidents (B-cubed)": _plain(scores.incidents),
    }


def _plain(rate: Rate | BCubed) -> dict[str, float | int]:
    tp = rate.tp if isinstance(rate, Rate) else rate.items
    return {"p": rate.p, "r": rate.r, "f1": rate.f1, "tp": tp, "predicted": rate.predicted, "gold": rate.gold}


def _right(share: Share) -> dict[str, int]:
    return {"right": share.right, "of": share.of}


def _rate(name: str, rate: Rate | BCubed) -> str:
    tp = rate.tp if isinstance(rate, Rate) else rate.items
    return (
        f"{name:38s} P {rate.p:.3f}  R {rate.r:.3f}  F1 {rate.f1:.3f}   "
        f"({tp} right, {rate.predicted} found, {rate.gold} labelled)"
    )


def _share(name: str, share: Share) -> str:
    return f"{name:38s} {share.right} of {share.of}"


def _kind(count: dict[str, int]) -> str:
    return f"{count.get('flagged', 0)} flagged of {count['gold']}"
