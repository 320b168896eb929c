"""Phrases set against each other: "on books, not on X", "never on X", "not on X but on books".

The "not" belongs to one phrase and not to the verb, whatever word the parser hangs it on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.parse import Token
from distillwatch.records import Claim

LINKS = r"(?:on|from|with|by|through|against|at|in|out of|off)"
NO = r"(?:not|never|at no time)"
AGAINST = re.compile(
    rf"(?:,\s(?:(?:and|but)\s)?|\s(?:and|but)\s){NO}\s(?:(?:even|ever|once|certainly)\s)?(?={LINKS}\s)"
    rf"(?P<phrase>[^,.;:”\"]*)"
)
BUT = re.compile(rf"\bnot\s(?={LINKS}\s)(?P<phrase>[^.;:”\"]{{3,80}}?),?\sbut\s(?:rather\s)?{LINKS}\s")
BUT_RATHER = re.compile(
    rf"(?:\b(?:not|never)|n['’]t)\s(?!{LINKS}\s|only\b)[^.;:]{{0,120}}?\b(?P<link>{LINKS})\s[^.;:]{{2,60}}?,?\s"
    rf"but\s(?:(?:rather|only|instead)\s)?(?P=link)\s(?P<phrase>[^,.;:”\"]*)"
)


def affirmed(one: Referent, sentence: Sentence) -> bool:
    """ "Not trained on X but on Y": whether all that the sentence says of somebody stands behind such a "but"."""
    found = [m.span("phrase") for m in BUT_RATHER.finditer(sentence.document_text, sentence.start, sentence.end)]
    return bool(found) and _all_within(one, found, sentence)


def negated_phrases(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """(start, end) in the source of each phrase that a "not" of its own rules out."""
    text = sentence.document_text
    for pattern in (AGAINST, BUT):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            yield match.span("phrase")


def set_aside(one: Referent, sentence: Sentence) -> bool:
    """Whether all that the sentence says of somebody stands in such phrases."""
    phrases = list(negated_phrases(sentence))
    return bool(phrases) and _all_within(one, phrases, sentence)


def _all_within(one: Referent, phrases: Sequence[tuple[int, int]], sentence: Sentence) -> bool:
    places = [(a, b) for a, b, found in sentence.known if any(r.id == one.id for r in found)]
    return bool(places) and all(any(s <= a and b <= e for s, e in phrases) for a, b in places)


def opposites(claims: Sequence[Claim], sentence: Sentence) -> Iterator[Claim]:
    """In "on X, not on Y" what is said of Y, where the parse has left it out: the claim about X, denied."""
    text = sentence.document_text
    taken = {(c.predicate, c.object_id) for c in claims}
    for start, end in negated_phrases(sentence):
        link = text[start:end].split()[0]
        said = next((c for c in claims if _before(c, link, start, sentence)), None)
        one = next((k for k in sentence.known if start + len(link) + 1 == k[0]), None)
        if said is None or one is None or (said.predicate, one[2][0].id) in taken:
            continue
        if any(r.id == said.object_id and r.kind == one[2][0].kind for _, _, found in sentence.known for r in found):
            yield structs.replace(
                said,
                object_id=one[2][0].id,
                object_text=one[2][0].text,
                polarity="-" if said.polarity == "+" else "+",
                speech_act="asserts" if said.speech_act in {"alleges", "confirms"} else said.speech_act,
                quantity=None,
            )


def _before(claim: Claim, link: str, start: int, sentence: Sentence) -> bool:
    """Whether the object of a claim stands behind the same link in front of the phrase."""
    text = sentence.document_text
    for a, b, found in sentence.known:
        if b <= start and any(r.id == claim.object_id for r in found) and text[: a - 1].endswith(f" {link}"):
            return True
    return False


def of_phrase(negation: Token) -> bool:
    """Whether a "not" stands before such a phrase, so that it says nothing of the verb."""
    doc, at = negation.doc, negation.i
    if at + 2 < len(doc) and at and doc[at + 1].pos_ == "PROPN" and doc[at - 1].text == doc[at + 2].text == ",":
        return True  # "X, not Y, did it"
    if at + 1 >= len(doc) or doc[at + 1].pos_ != "ADP":
        return False
    if at and doc[at - 1].lower_ in {",", "and", "but"}:
        return True
    return any(t.lower_ == "but" and t.i + 1 < len(doc) and doc[t.i + 1].pos_ == "ADP" for t in doc[at + 2 :])
