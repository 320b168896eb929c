"""Several told of in one clause: "A and B scored 71 and 68 percent, respectively", "A was trained on X, and B on Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.amounts import Amount, parse_quantity
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.records import Claim

LINK = re.compile(r"\b(on|from|to|over|against|with)\s(?:[\w'’-]+\s){0,3}$")
NEXT = re.compile(r"(?:,? and|;| while|,? but|,) $")
SEVERAL = 2


def in_order(claims: Sequence[Claim], sentence: Sentence) -> list[Claim]:
    """Of "respectively" the claims that go together: the first subject with the first object or figure, and so on."""
    text = sentence.document_text[sentence.start : sentence.end]
    if "respectively" not in text:
        return list(claims)
    kept: list[Claim] = []
    for predicate in dict.fromkeys(c.predicate for c in claims):
        told = [c for c in claims if c.predicate == predicate]
        order = _order({c.subject_id for c in told}, sentence)
        things = _order({c.object_id for c in told}, sentence)
        figures = _figures(told, sentence)
        if len(order) >= SEVERAL and len(order) == len(things):
            told = [c for c in told if order.index(c.subject_id or "") == things.index(c.object_id or "")]
        if len(order) >= SEVERAL and len(order) == len(figures):
            first = {c.subject_id: c for c in reversed(told)}
            told = [structs.replace(first[s], quantity=figures[i].quantity) for i, s in enumerate(order) if s in first]
        kept += told
    return kept


def _order(ids: set[str | None], sentence: Sentence) -> list[str]:
    """The ids in the order in which the sentence names them; [] where it does not name them all."""
    found = [r.id for _, _, referents in sentence.known for r in referents if r.id in ids]
    order = list(dict.fromkeys(found))
    return order if set(order) == ids else []


def _figures(told: Sequence[Claim], sentence: Sentence) -> list[Amount]:
    """The figures of a sentence that are in the unit of some claims, a bare one in front of another counted with it."""
    units = {c.quantity.unit for c in told if c.quantity is not None}
    amounts = [a for _, a in sorted(sentence.amounts.items())]
    if len(units) != 1:
        return []
    unit = next(iter(units))
    found: list[Amount] = []
    for amount in amounts:
        if amount.quantity.unit == unit:
            found.append(amount)
        elif not amount.quantity.unit:
            quantity = parse_quantity(amount.text, language="en", unit=unit)
            if quantity is not None:
                found.append(structs.replace(amount, quantity=quantity))
    return found


def gapped(claims: Sequence[Claim], sentence: Sentence) -> Iterator[Claim]:
    """ "A was trained on X, and B on Y": what the clause says of A and X, said of B and Y."""
    text = sentence.document_text
    pairs = {(c.predicate, c.subject_id, c.object_id) for c in claims}
    for claim in claims:
        subject, thing = _named(claim.subject_id, sentence), _named(claim.object_id, sentence)
        if subject is None or thing is None or subject[1] > thing[0]:
            continue
        link = LINK.search(text, subject[1], thing[0])
        if link is None:
            continue
        for (start, end, one), (begin, _, other) in zip(sentence.known, sentence.known[1:], strict=False):
            behind = start >= thing[1] and NEXT.search(text, thing[1], start) is not None
            if not behind or not re.fullmatch(rf"\s{link[1]}\s(?:the\s|answers\s(?:of|from)\s)?", text[end:begin]):
                continue
            if (one[0].kind, other[0].kind) != (subject[2].kind, thing[2].kind):
                continue
            if (claim.predicate, one[0].id, other[0].id) in pairs:
                continue
            pairs.add((claim.predicate, one[0].id, other[0].id))
            yield structs.replace(
                claim,
                subject_id=one[0].id,
                subject_text=one[0].text,
                object_id=other[0].id,
                object_text=other[0].text,
                quantity=None,
                qualifiers={},
            )


def _named(identity: str | None, sentence: Sentence) -> tuple[int, int, Referent] | None:
    """Where the sentence names somebody first."""
    places = ((a, b, r) for a, b, found in sentence.known for r in found if r.id == identity)
    return next(places, None)
