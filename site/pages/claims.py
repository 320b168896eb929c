"""The permalink of each claim: its words in their surroundings, every field, and what it was compared with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from distillwatch.site import linked, paths
from distillwatch.site.claims import show, words
from distillwatch.site.flags import load_flags
from distillwatch.site.marking import Span, around
from distillwatch.site.page import Context, Page, Sheaves
from distillwatch.site.queries import claims, contradictions, disputes
from distillwatch.site.queries.claims import ClaimRow, Passage
from distillwatch.site.queries.contradictions import PairRow
from distillwatch.site.queries.disputes import DisputeRow
from distillwatch.site.reader import Reader


def pages(reader: Reader) -> Iterator[Sheaves]:
    """A page for each claim that stands or that a comparison still points at, those of a document together."""
    yield Sheaves(kind="claims", of=reader.documents, key=reader.fingerprints.document, pages=partial(_pages, reader))


def _pages(reader: Reader, document: str) -> Iterator[Page]:
    for (identity,) in reader.bare(claims.IDS_OF_DOCUMENT, id=document):
        yield Page(
            path=paths.claim(identity),
            template="claim.html",
            title=f"Claim {identity}",
            section="incidents.html",
            context=partial(_claim, reader, identity),
        )


def _claim(reader: Reader, identity: str) -> Context:
    claim = show(reader, reader.rows(ClaimRow, claims.BY_ID, id=identity)[0])
    passage = reader.rows(Passage, claims.PASSAGE, id=identity)[0]
    mark = Span(claim.row.start, claim.row.end, "claim", identity)
    pairs = reader.rows(PairRow, contradictions.PAIRS_OF_CLAIM, id=identity)
    others = [p.claim_b if p.claim_a == identity else p.claim_a for p in pairs]
    shown = [show(reader, reader.rows(ClaimRow, claims.BY_ID, id=other)[0]) for other in others]
    return {
        "linked": linked.node(reader, "WebPage", name=claim.sentence, mainEntity=linked.claim(claim)),
        "claim": claim,
        "passage": passage,
        "context_pieces": around(passage.text, passage.before_start, passage.after_end, mark),
        "flags": load_flags(reader, contradictions.OF_CLAIM, id=identity),
        "disputes": reader.rows(DisputeRow, disputes.OF_CLAIM, id=identity),
        "pairs": list(zip(pairs, shown, strict=True)),
        "evidence_class": words()["evidence_class"].get(claim.row.evidence_class, claim.row.evidence_class),
    }
