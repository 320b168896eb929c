"""What a rule gives a claim besides its parties: a literal object."""

from __future__ import annotations

from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.candidates import clause_of
from distillwatch.nlp.claims.slots.rules import Rule
from distillwatch.nlp.clauses import is_verb
from distillwatch.nlp.parse import Token


def literal(rule: Rule, word: Token, sentence: Sentence) -> str:
    """The noun that is the object, with what describes it, in the words of the page."""
    if not rule.literal:
        return rule.says
    clause = clause_of(word)
    found = [
        t for t in sentence.doc if sentence.lemma(t) in rule.literal and not is_verb(t) and t.i not in sentence.refs
    ]
    near = [t for t in found if clause_of(t) == clause] or found
    if not near:
        return ""
    before = [c for c in near[0].children if c.dep_ in {"amod", "compound", "nummod"} and c.i < near[0].i]
    described = all(t.i not in sentence.refs for t in before)
    return sentence.words(before[0] if before and described else near[0], near[0])
