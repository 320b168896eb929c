"""What a rule gives a claim besides its parties: a literal object, a figure."""

from __future__ import annotations

from msgspec import structs

from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.candidates import clause_of
from distillwatch.nlp.claims.slots.rules import Rule
from distillwatch.nlp.clauses import is_verb
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity


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


def figure(rule: Rule, sentence: Sentence) -> Quantity | None:
    """The one figure in a unit of the rule; a bare one up to 1 is a score."""
    found = [a.quantity for _, a in sorted(sentence.amounts.items()) if _unit(a.quantity) in rule.units]
    if len(found) != 1:
        return None
    return found[0] if found[0].unit else structs.replace(found[0], unit="score")


def _unit(quantity: Quantity) -> str:
    low = quantity.low if quantity.low is not None else quantity.high
    if not quantity.unit and low is not None and low <= 1:
        return "score"
    return quantity.unit.partition(" per ")[0]
