"""Claims: who did what to whom, who says so, how firmly, and where it stands in the text.

Each language module of this package offers one function with this signature, and `distillwatch.nlp.extract` calls it:

    def claims_in(
        document: Document,
        names: Names,                      # mentions and proposed entities of `nlp.names.NameFinder.find(document)`
        dates: Sequence[DateMention],      # offsets into document.text
        amounts: Sequence[Amount],         # offsets into document.text
        *,
        topic: Topic,                      # entities, predicates, lexicons
        nlp: Language,                     # the English pipeline; languages without a parser leave it alone
    ) -> Reading

A `Reading` holds the claims and the entities that reading them brought up (a group such as "A, B and C", a contract
known only as "A's terms of service"); its claims may point at those by id. Claims come in text order, each with
`document.text[claim.start:claim.end] == claim.evidence`; repeats are left in, the extractor keeps the fullest.
"""

from __future__ import annotations

from msgspec import Struct

from distillwatch.records import Claim, Entity


class Reading(Struct, frozen=True, kw_only=True):
    """What one language module read out of one document."""

    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()  # proposed by the reading itself, on top of those of the name finder
