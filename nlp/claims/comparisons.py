"""Better than, as good as, behind: rankings said with adjectives and adverbs."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import is_verb, own_subjects, prepositions, subjects
from distillwatch.nlp.parse import Token

PERFORMING = frozenset(
    "perform do work fare score code write reason function solve translate answer handle play run understand be".split()
)
RANKED = frozenset({"model", "product", "company"})

EVENTS = frozenset(
    "launch release debut hearing vote meeting deadline election summit publication announcement rollout trial".split()
)


def drafts(sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """Comparisons of two models or makers."""
    words = lexicon.comparisons
    for token in sentence.doc:
        if token.i in sentence.refs:
            continue
        lemma = token.lemma_.lower()
        if token.tag_ in {"JJR", "RBR"} or lemma in {"superior", "inferior", "ahead", "behind"}:
            better = lemma in words["better"] or token.lower_ in words["better"]
            worse = lemma in words["worse"] or token.lower_ in words["worse"]
            if better or worse:
                yield from _ranked(token, sentence, lexicon, "outperforms", swapped=worse)
        elif token.tag_ in {"JJ", "RB"} and token.i > 0 and token.nbor(-1).lower_ == "as":
            if lemma in words["better"] and not _besides(token):
                yield from _ranked(token, sentence, lexicon, "matches", swapped=False)
        elif lemma in words["equal"] or _close(token):
            yield from _ranked(token, sentence, lexicon, "matches", swapped=False)
        elif lemma in words["inverse_verbs"] and is_verb(token):
            if lemma != "fall" or any(c.lower_ in {"behind", "short"} for c in token.children):
                yield from _trailing(token, sentence, lexicon)
        elif lemma == "match" and token.pos_ == "NOUN" and any(c.lower_ == "no" for c in token.children):
            yield from _no_match(token, sentence, lexicon)


def _ranked(word: Token, sentence: Sentence, lexicon: Lexicon, predicate: str, *, swapped: bool) -> Iterator[Draft]:
    verb = next((a for a in word.ancestors if is_verb(a)), None)
    if verb is None or _before_event(word, sentence):
        return
    first = _all(subjects(verb), sentence, lexicon)
    if verb.lemma_ in {
        "put",
        "place",
        "make",
        "leave",
        "rank",
        "keep",
        "push",
        "rate",
    }:  # "a score that puts X ahead of Y"
        first = _all([c for c in verb.children if c.dep_ == "dobj"], sentence, lexicon) or first
    second = [r for r in _all(_standards(word, verb, sentence), sentence, lexicon) if r not in first]
    if swapped:
        first, second = second, first
    for one in first:
        for other in second:
            yield Draft(predicate=predicate, trigger=verb, subject=one, object=other, undated=True)


def _before_event(word: Token, sentence: Sentence) -> bool:
    """ "Ahead of the launch of X": earlier, not better."""
    if word.lower_ != "ahead":
        return False
    ends = [o for p in prepositions(word) if p.lower_ == "of" for o in p.children if o.dep_ == "pobj"]
    return any(o.lemma_.lower() in EVENTS for o in ends if o.i not in sentence.refs)


def _standards(word: Token, verb: Token, sentence: Sentence) -> list[Token]:
    """What is compared with: behind "than", "as", "with", "to", "of", or the subject of a "than" clause."""
    found: list[Token] = []
    hosts = [word, verb, word.head, *(c for c in word.children if c.dep_ in {"prep", "conj"})]
    hosts += [o for p in word.children if p.dep_ == "prep" for o in p.children]  # "better at coding than X"
    for host in hosts:
        for preposition in prepositions(host):
            if preposition.i > word.i and preposition.lower_ in {"than", "as", "with", "to", "of"}:
                found += [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"} and c.pos_ != "VERB"]
                found += [s for c in preposition.children if is_verb(c) for s in own_subjects(c)]
        for child in host.children:
            if child.dep_ in {"advcl", "ccomp"} and any(c.lower_ in {"than", "as"} for c in child.children):
                found += own_subjects(child)
    doc = word.doc
    for i in range(word.i + 1, min(word.i + 3, len(doc))):  # "as well as X", whatever the parser made of it
        if doc[i].lower_ == "as":
            found += [t for t in doc[i + 1 : i + 4] if t.i in sentence.refs][:1]
    return found


def _besides(word: Token) -> bool:
    """ "A as well as B" only adds B; "performs as well as B" compares."""
    if word.lower_ != "well":
        return False
    verb = next((a for a in word.ancestors if is_verb(a)), None)
    before = word.nbor(-2) if word.i > 1 else None
    done = verb is not None and verb.lemma_ in PERFORMING
    return not done or (before is not None and (before.pos_ in {"NOUN", "PROPN"} or before.text == ","))


def _close(word: Token) -> bool:
    """ "comes close to", "neck and neck with"."""
    if word.lemma_.lower() == "close":
        return word.head.lemma_ in {"come", "get"}
    return word.lower_ == "neck" and word.i > 0 and word.nbor(-1).lower_ == "and"


def _no_match(noun: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    """ "X is no match for Y": Y is better."""
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    ends = [o for p in prepositions(noun) if p.lower_ == "for" for o in p.children if o.dep_ == "pobj"]
    if verb is not None:
        for one in _all(ends, sentence, lexicon):
            for other in _all(subjects(verb), sentence, lexicon):
                yield Draft(
                    predicate="outperforms", trigger=noun, subject=one, object=other, undated=True, affirmed=True
                )


def _trailing(verb: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Draft]:
    hosts = [verb, *(c for c in verb.children if c.lower_ in {"behind", "short"})]
    links = [p for h in hosts for p in prepositions(h) if p.lower_ in {"behind", "to", "of"}]
    behind = [o for p in links for o in p.children if o.dep_ == "pobj"]
    direct = [c for c in verb.children if c.dep_ == "dobj"] if verb.lemma_ in {"trail", "underperform"} else []
    for one in _all([*behind, *direct], sentence, lexicon):
        for other in _all(subjects(verb), sentence, lexicon):
            if one.id != other.id:
                yield Draft(predicate="outperforms", trigger=verb, subject=one, object=other, undated=True)


def _all(tokens: list[Token], sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    return [r for t in tokens for r in entities(t, sentence, lexicon) if r.kind in RANKED]
