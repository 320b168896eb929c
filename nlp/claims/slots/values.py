"""What a rule gives a claim besides its parties: a literal object."""

from __future__ import annotations

from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.candidates import clause_of
from distillwatch.nlp.claims.slots.rules import Rule
from distillwatch.nlp.clauses import is_passive, is_verb
from distillwatch.nlp.parse import Token

OPENING = frozenset({"det", "amod", "compound", "poss", "nummod", "aux", "nsubj"})
LEAST = 3  # tokens that conduct takes: "forbids it" says nothing


def literal(rule: Rule, word: Token, sentence: Sentence) -> str:
    """The noun that is the object, with what describes it, in the words of the page."""
    if rule.conduct:
        return _conduct(word, sentence)
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


def _conduct(verb: Token, sentence: Sentence) -> str:
    """What a verb forbids: its subject in the passive, else what follows it up to a comma."""
    if is_passive(verb):
        doers = [c for c in verb.children if c.dep_ in {"nsubjpass", "csubjpass"}]
        deeds = [c for c in verb.children if c.dep_ == "xcomp"]
        deed = (deeds or doers or [verb])[0]
        first = min(c.i for c in (deed, *deed.children) if c is deed or c.dep_ in OPENING)
        whole = [t for t in deed.subtree if t.i >= first]
    else:
        whole = [t for t in verb.subtree if t.i > verb.i]
    stop = next(
        (t.i for t in whole if t.text in {",", ";", ":"} or (t.dep_ == "cc" and t.head == verb)), len(sentence.doc)
    )
    kept = [t for t in whole if t.i < stop and not t.is_punct and t is not verb]
    return sentence.words(kept[0], kept[-1]) if len(kept) >= LEAST else ""
