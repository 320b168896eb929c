"""The evidence words of a rule in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct, structs

from distillwatch.nlp.claims.measure import is_whole
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.candidates import heads_clause
from distillwatch.nlp.claims.slots.rules import Rule
from distillwatch.nlp.claims.slots.stuff import lead_of
from distillwatch.nlp.clauses import is_passive, is_verb
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity


class Evidence(Struct, frozen=True):
    """What evokes a rule: a word, or a figure with the word whose stance is its own."""

    word: Token
    trigger: Token
    quantity: Quantity | None = None


def evidence(rule: Rule, sentence: Sentence, speech: Collection[str]) -> Iterator[Evidence]:
    """What evokes the rule in a sentence, with all that the rule asks of the clause beside it.

    `speech` are the verbs that tell: what they tell of a figure is not their own doing.
    """
    words = [t for t in sentence.doc if t.i not in sentence.refs and {sentence.lemma(t), t.lower_} & rule.evidence]
    if rule.units:
        for at, amount in sorted(sentence.amounts.items()):
            token = sentence.doc[at]
            quantity = _in_unit(amount.quantity, rule)
            if quantity is None or is_whole(amount, sentence) or lead_of(token) == "by":  # "beat it by three points"
                continue
            near = _around(token)
            beside = [w for w in words if w in near]
            if beside and _stands(rule, token, near, sentence):
                yield Evidence(token, _stance(token, beside, sentence, speech), quantity)
        return
    for token in words:
        if (rule.verbal or rule.voice) and not is_verb(token):
            continue
        if any(c.dep_ == "prt" and c.lower_ not in rule.particles for c in token.children):
            continue
        if rule.voice and is_passive(token) != (rule.voice == "passive"):
            continue
        if _stands(rule, token, _around(token) if rule.also or rule.without else [], sentence):
            yield Evidence(token, token)


def _stance(figure: Token, words: Sequence[Token], sentence: Sentence, speech: Collection[str]) -> Token:
    """The verb that a figure hangs on; where that verb only tells it, the noun of what it tells."""
    verb = next((a for a in figure.ancestors if is_verb(a)), figure.head)
    return next((w for w in words if not is_verb(w)), figure.head) if sentence.lemma(verb) in speech else verb


def _stands(rule: Rule, token: Token, near: Sequence[Token], sentence: Sentence) -> bool:
    if rule.without & {sentence.lemma(t) for t in near if t.i not in sentence.refs}:
        return False
    return not rule.also or any(
        sentence.lemma(t) in rule.also for t in near if t is not token and t.dep_ not in {"aux", "auxpass"}
    )


def _in_unit(quantity: Quantity, rule: Rule) -> Quantity | None:
    """The quantity where its unit is one of the rule's; a bare one up to 1 is a score."""
    figure = quantity.low if quantity.low is not None else quantity.high
    if not quantity.unit and figure is not None and figure <= 1:
        quantity = structs.replace(quantity, unit="score")
    return quantity if quantity.unit.partition(" per ")[0] in rule.units else None


def _around(word: Token) -> list[Token]:
    """The clause of a word and the clauses over it, in no order."""
    above = [word, *word.ancestors]
    clauses = {t.i for t in above if heads_clause(t)}
    found, waiting = [], [above[-1]]
    while waiting:
        token = waiting.pop()
        found.append(token)
        waiting += [c for c in token.children if c.i in clauses or not heads_clause(c)]
    return found
