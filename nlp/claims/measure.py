"""Figures that a claim carries: by the parse and by a unit that its predicate can carry."""

from __future__ import annotations

from msgspec import structs

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.clauses import is_verb
from distillwatch.nlp.parse import Token

RANKINGS = frozenset({"outperforms", "matches"})


def with_figures(draft: Draft, sentence: Sentence, lexicon: Lexicon) -> list[Draft]:
    """The draft with its figure; once for each where its clause gives several ("24,000 accounts and 16m exchanges")."""
    units = lexicon.tables["carried"].get(draft.predicate)
    if draft.quantity is not None or not units or not sentence.amounts:
        return [draft]
    fitting = [
        amount
        for index, amount in sorted(sentence.amounts.items())
        if _unit(amount) in units
        and _belongs(sentence.doc[index], draft.trigger)
        and not (draft.predicate in RANKINGS and _score(sentence.doc[index], draft.trigger))
    ]
    return [structs.replace(draft, quantity=amount.quantity) for amount in fitting] or [draft]


def _score(figure: Token, trigger: Token) -> bool:
    """A score for itself: "beats X with 45 percent against 42", "scoring 45"; not the lead "by nine points"."""
    clause = next((a for a in figure.ancestors if is_verb(a)), None)
    if clause is not None and clause.i != trigger.i and clause.dep_ == "advcl":
        return True
    over = (figure.head, figure.head.head)
    if any(t.lemma_ == "point" for t in (figure, *over)):
        return False
    return not any(t.dep_ == "prep" and t.lower_ == "by" for t in over)


def _unit(amount: Amount) -> str:
    """The unit without its rate: calls for "calls per month"."""
    return amount.quantity.unit.partition(" per ")[0]


def _belongs(figure: Token, trigger: Token) -> bool:
    """Whether the figure hangs on the trigger with no other clause between, or the trigger on the figure's noun."""
    for ancestor in figure.ancestors:
        if ancestor.i == trigger.i:
            return True
        if is_verb(ancestor):
            return _serves(ancestor, trigger)
    return any(a.i == figure.head.i for a in trigger.ancestors)


def _serves(verb: Token, trigger: Token) -> bool:
    """A verb that helps to tell of the trigger's event: "used 5,000 answers to train"."""
    if trigger.head == verb and trigger.dep_ in {"xcomp", "advcl", "dobj", "attr", "nsubj", "nsubjpass", "prep"}:
        return True
    if trigger.pos_ == "NOUN" and any(a.i == verb.i for a in trigger.ancestors):
        return not any(is_verb(a) and a.i != verb.i for a in _until(trigger, verb))
    return verb.head == trigger and verb.dep_ in {"xcomp", "advcl"}


def _until(token: Token, stop: Token) -> list[Token]:
    found = []
    for ancestor in token.ancestors:
        if ancestor.i == stop.i:
            break
        found.append(ancestor)
    return found
