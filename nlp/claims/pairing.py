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
SAME = re.compile(r"(?<!not )\b(?:did|does|doing|done)\s(?:exactly\s|much\s)?the same\b")
REACH = 4  # words between who did the same and that
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


def sharing_a_verb(claims: Sequence[Claim], sentence: Sentence) -> Iterator[Claim]:
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


def repeated(claims: Sequence[Claim], sentence: Sentence) -> Iterator[Claim]:
    """ "accuses X of training A on B, and Y of doing the same for C": what is said of X, said of Y."""
    text = sentence.document_text
    for match in SAME.finditer(text, sentence.start, sentence.end):
        before = [k for k in sentence.known if k[1] <= match.start()]
        if not before or len(text[before[-1][1] : match.start()].split()) > REACH:
            continue
        actor = before[-1][2][0]
        names = {r.id for _, _, found in before for r in found}
        told = [c for c in claims if {c.subject_id, c.object_id} <= names and c.subject_id != actor.id]
        first = next((c for c in told if _kind(c.subject_id, sentence) == actor.kind), None)
        if first is None or first.object_id == actor.id or any(_same(c, first, actor) for c in claims):
            continue
        yield structs.replace(first, subject_id=actor.id, subject_text=actor.text, quantity=None, qualifiers={})


def _kind(identity: str | None, sentence: Sentence) -> str:
    named = _named(identity, sentence)
    return named[2].kind if named is not None else ""


def _same(claim: Claim, other: Claim, actor: Referent) -> bool:
    return (claim.predicate, claim.object_id, claim.subject_id) == (other.predicate, other.object_id, actor.id)


def _named(identity: str | None, sentence: Sentence) -> tuple[int, int, Referent] | None:
    """Where the sentence names somebody first."""
    places = ((a, b, r) for a, b, found in sentence.known for r in found if r.id == identity)
    return next(places, None)
