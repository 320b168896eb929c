"""The evidence words of a rule in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.candidates import clause_of
from distillwatch.nlp.claims.slots.rules import Rule
from distillwatch.nlp.clauses import is_passive, is_verb
from distillwatch.nlp.parse import Token


def evidence(rule: Rule, sentence: Sentence) -> Iterator[Token]:
    """The words that evoke the rule, with what it asks of their clause beside them."""
    for token in sentence.doc:
        if token.i in sentence.refs or sentence.lemma(token) not in rule.evidence:
            continue
        if (rule.verbal or rule.voice) and not is_verb(token):
            continue
        if any(c.dep_ == "prt" and c.lower_ not in rule.particles for c in token.children):
            continue
        if rule.voice and is_passive(token) != (rule.voice == "passive"):
            continue
        if rule.also or rule.without:
            near = _around(token, sentence)
            if rule.without & {sentence.lemma(t) for t in near if t.i not in sentence.refs}:
                continue
            if rule.also and not any(sentence.lemma(t) in rule.also for t in near if t is not token):
                continue
        yield token


def _around(word: Token, sentence: Sentence) -> list[Token]:
    """The clause of a word and the clauses over it."""
    clauses = {clause_of(word), *(clause_of(a) for a in word.ancestors)}
    return [t for t in sentence.doc if clause_of(t) in clauses]
