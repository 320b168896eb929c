"""What a text says that a term means."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.attribution import speaker_of
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import is_verb, prepositions, subjects

SPEAKERS = frozenset({"company", "person", "agency", "group", "outlet", "policy"})


def drafts(sentence: Sentence, lexicon: Lexicon, author: Referent | None) -> Iterator[Draft]:
    """Definitions of the topic's terms; `author` defines where the sentence names nobody."""
    words = {k: frozenset(v) for k, v in lexicon.tables["definitions"].items()}
    for token in sentence.tokens():
        if not is_verb(token) or sentence.lemma(token) not in words["verbs"]:
            continue
        found = _definition(token, sentence, words)
        if found is None:
            continue
        term, meaning = found
        who = _definer(token, sentence, lexicon) or ([author] if author is not None else [])
        for subject in who[:1]:
            yield Draft(
                predicate="defines",
                trigger=token,
                subject=subject,
                object_text=meaning,
                undated=True,
                speech_act="asserts",
                qualifiers={"term": term},
            )
            return


def _term(token: Token, sentence: Sentence, words: dict[str, frozenset[str]]) -> str:
    """The term that a noun phrase names, "" when it is none: no possessor, no "this", nothing hung behind it."""
    lemma = sentence.rewordings.get(token.i, sentence.lemma(token)).lower()
    if lemma not in words["terms"] and token.lower_ not in words["terms"]:
        return ""
    if any(c.dep_ in {"poss", "relcl"} or (c.dep_ == "det" and c.lower_ != "a") for c in token.children):
        return ""
    if any(c.dep_ == "prep" and c.lower_ in {"of", "from", "by"} for c in token.children):
        return ""
    first = min([token, *(c for c in token.children if c.dep_ in {"amod", "compound"})], key=_index)
    return sentence.words(first, token)


def _index(token: Token) -> int:
    return token.i


def _definition(verb: Token, sentence: Sentence, words: dict[str, frozenset[str]]) -> tuple[str, str] | None:
    lemma = sentence.lemma(verb)
    if verb.tag_ in {"VBD", "VBN"} and lemma not in words["sure"] or any(c.dep_ == "neg" for c in verb.children):
        return None
    subject = next((s for s in subjects(verb)), None)
    for preposition in prepositions(verb):  # "By distillation we mean …"
        if lemma == "mean" and preposition.lower_ == "by":
            for noun in preposition.children:
                term = _term(noun, sentence, words)
                if term:
                    return term, _rest(verb, sentence, after=verb.i)
    if lemma == "define":  # "X defines distillation as …"
        for noun in (c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}):
            term = _term(noun, sentence, words)
            if term:
                return term, _rest(verb, sentence, after=next((p.i for p in prepositions(verb) if p.lower_ == "as"), verb.i))
        for child in verb.children:
            term = _term(child, sentence, words) if child.dep_ in {"nsubj", "dep"} else ""
            if term and child.i > verb.i:
                return term, _rest(verb, sentence, after=child.i)
    if subject is None or verb.dep_ not in {"ROOT", "ccomp", "conj", "parataxis"}:
        return None
    term = _term(subject, sentence, words)
    if not term or subject.i > verb.i:
        return None
    if lemma == "be" and not any(c.dep_ in {"attr", "csubj"} and any(d.dep_ in {"det", "prep", "relcl", "acl"} for d in c.children) for c in verb.children):
        return None
    if lemma not in words["sure"] and lemma != "be" and any(c.dep_ == "aux" for c in verb.children):
        return None
    keep = lemma not in words["sure"] and lemma != "be"
    return term, _rest(verb, sentence, after=subject.i if keep else verb.i)


def _rest(verb: Token, sentence: Sentence, after: int) -> str:
    """The words behind `after` up to the end of the clause, without the reporting tail and closing marks."""
    tokens = [t for t in verb.doc if t.i > after]
    cut = next((t.i for t in tokens if t.text in {"”", '"', ";"} and t.i > after + 1), len(verb.doc))
    body = [t for t in tokens if t.i < cut]
    while body and (body[-1].is_punct or body[-1].is_space):
        body.pop()
    while body and (body[0].is_punct or body[0].is_space or body[0].lower_ in {"as", "to", "of", "in", "that"}):
        body.pop(0)
    return sentence.words(body[0], body[-1]) if body else ""


def _definer(verb: Token, sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    """Whoever the sentence says means, defines or uses the term so."""
    candidates: list[Token] = []
    if sentence.lemma(verb) in {"define"}:
        candidates += [s for s in subjects(verb) if s.i < verb.i]
    for token in sentence.tokens():
        if is_verb(token) and (sentence.lemma(token) in lexicon.speech or sentence.lemma(token) in {"define", "use", "put", "call"}):
            candidates += [s for s in subjects(token) if s is not verb]
        elif token.lower_ == "according":
            candidates += [o for p in token.children for o in p.children if o.dep_ == "pobj"]
    for candidate in candidates:
        found = [r for r in (speaker_of(candidate, sentence, lexicon) or entities(candidate, sentence, lexicon)) if r.kind in SPEAKERS]
        persons = [r for r in found if r.kind == "person"]
        if found:
            return persons or found
    return []
