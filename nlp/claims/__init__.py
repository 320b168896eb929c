"""Claims: who did what to whom, who says so, how firmly, and where it stands in the text.

Two readers: `english.EnglishReader` works on the parse of each sentence, in two steps with the parser between them, so
that the sentences of many documents are parsed together; `multilingual.MultilingualReader` on patterns, in one.

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
