"""Pronouns and given names that the text alone leaves open and the parse settles.

"Norvane said that it was reviewing the claims": the subject of a clause that somebody says is, as a rule, that somebody.
"Ostra 2 was released by Norvane. It has 7 billion parameters": what a sentence is about is the subject of the one before
(centering: Grosz, Joshi and Weinstein, 1995). Only what is still open is settled here, and only by one candidate.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs
from spacy.tokens import Token

from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import is_verb, own_subjects

THINGS = frozenset({"it", "its"})
MANY = frozenset({"they", "their", "them"})
PEOPLE = frozenset({"he", "she", "his", "her", "him"})
CLAUSAL = frozenset({"ccomp", "advcl", "conj", "xcomp"})
EXPLETIVE = frozenset({"seem", "appear", "turn", "happen", "rain", "take", "follow", "matter"})


def settle(sentences: Sequence[Sentence]) -> None:
    """Add to every sentence's `refs` whom its open pronouns and given names mean."""
    named = {r.id: r for s in sentences for _, _, referents in s.known for r in referents if r.kind == "person"}
    before: Sentence | None = None
    for sentence in sentences:
        for token in sentence.tokens():
            if token.i in sentence.refs:
                continue
            found = _given_name(token, list(named.values())) or _within(token, sentence)
            if found is None and before is not None and before.segment.position == sentence.segment.position:
                found = _across(token, before)
            if found is not None:
                sentence.refs[token.i] = (structs.replace(found, text=token.text),)
        before = sentence


def _given_name(token: Token, people: Sequence[Referent]) -> Referent | None:
    """ "Odile" where the page names one Odile Frankenthal."""
    if token.pos_ != "PROPN" or len(token.text) < 3 or token.dep_ == "compound":
        return None
    found = [p for p in people if " " in p.name and token.text in (p.name.split()[0], p.name.split()[-1])]
    return found[0] if len(found) == 1 else None


def _fits(pronoun: str, referents: Sequence[Referent]) -> Referent | None:
    """The one referent that a pronoun may stand for."""
    if len(referents) != 1:
        return None
    one = referents[0]
    if pronoun in PEOPLE:
        return one if one.kind == "person" else None
    if pronoun in THINGS:
        return one if one.kind not in {"person", "group"} else None
    return one if pronoun in MANY and one.kind == "group" else None


def _subject(verb: Token, sentence: Sentence) -> list[Referent]:
    found = own_subjects(verb)
    return [r for s in found for r in sentence.refs.get(s.i, ())] if len(found) == 1 else []


def _within(token: Token, sentence: Sentence) -> Referent | None:
    """A subject pronoun of a subordinate or coordinated clause: the subject of the clause above."""
    if token.dep_ not in {"nsubj", "nsubjpass"} or token.lower_ not in THINGS | MANY | PEOPLE:
        return None
    clause = token.head
    if not is_verb(clause) or _expletive(token):
        return None
    while clause.dep_ in CLAUSAL and is_verb(clause.head):
        clause = clause.head
        found = _fits(token.lower_, _subject(clause, sentence))
        if found is not None:
            return found
        if own_subjects(clause):
            return None
    return None


def _across(token: Token, before: Sentence) -> Referent | None:
    """The pronoun that a sentence begins with: the subject of the sentence before."""
    opening = token.i <= 2 or all(t.dep_ in {"advmod", "cc", "punct"} for t in token.doc[: token.i])
    if not opening or token.lower_ not in THINGS | MANY | PEOPLE or _expletive(token):
        return None
    if token.dep_ not in {"nsubj", "nsubjpass", "poss"}:
        return None
    roots = [t for t in before.doc if t.dep_ == "ROOT"]
    return _fits(token.lower_, _subject(roots[-1], before)) if len(roots) == 1 else None


def _expletive(token: Token) -> bool:
    """ "It is unclear whether", "it was X that", "it seems that"."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ == "poss":
        return False
    if verb.lemma_ in EXPLETIVE:
        return True
    return verb.lemma_ == "be" and any(c.dep_ in {"ccomp", "xcomp", "csubj", "advcl"} for c in verb.children)
