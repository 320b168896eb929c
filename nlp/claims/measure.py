"""Figures that a claim carries: by the parse and by a unit that its predicate can carry."""

from __future__ import annotations

import re

from msgspec import structs

from distillwatch.nlp.amounts import Amount, find_quantities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.gapping import figures_of_others
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.clauses import is_verb
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity

# "prompted X 3 million times" is three million prompts
COUNTED_BY = {"prompt": "prompts", "query": "queries"}
TIMES = re.compile(
    r"(?P<count>(?:\b(?:more than|over|nearly|about|almost|at least|some|around|roughly|approximately|up to)\s)?"
    r"\b\d[\d.,]{0,20}(?:\s?(?:million|thousand|billion|[mMkKbB]))?\+?)\s[Tt]imes\b"
)
WHOLE = re.compile(
    r"(?:^Of|\b[Oo]ut of)(?:\s(?:the|those|these|some|all|its|a total of|total|roughly|about|around))*\s$"
)
RANKINGS = frozenset({"outperforms", "matches"})


def with_figures(draft: Draft, sentence: Sentence, lexicon: Lexicon) -> list[Draft]:
    """The draft with its figure; once for each where its clause gives several ("24,000 accounts and 16m exchanges")."""
    units = lexicon.tables["carried"].get(draft.predicate)
    often = times(draft, sentence) if draft.predicate == "accessed" else None
    counted = [structs.replace(draft, quantity=often)] if often is not None else []
    if draft.quantity is not None or not units or not sentence.amounts:
        return counted or [draft]
    wholes = [a for a in sentence.amounts.values() if _unit(a) in units and is_whole(a, sentence)]
    part = _part(wholes, sentence)
    if part is not None:
        return [structs.replace(draft, quantity=part)]
    of_others = [a.start for a in figures_of_others(sentence).values()] if len(sentence.amounts) > 1 else []
    fitting = [
        amount
        for index, amount in sorted(sentence.amounts.items())
        if _unit(amount) in units
        and amount not in wholes
        and amount.start not in of_others
        and _belongs(sentence.doc[index], draft.trigger)
        and not (draft.predicate in RANKINGS and _score(sentence.doc[index], draft.trigger))
    ]
    return counted + [structs.replace(draft, quantity=amount.quantity) for amount in fitting] or [draft]


def at_most(draft: Draft) -> Draft | None:
    """ "Never held more than 400 accounts": a use of 400 at most, and no denial of use; None for any other draft."""
    given = draft.quantity
    if given is None or given.approx != "over" or draft.affirmed:
        return None
    if not any(c.dep_ == "neg" or c.lower_ == "never" for c in draft.trigger.children):
        return None
    return structs.replace(
        draft, quantity=structs.replace(given, low=None, high=given.low, approx="up_to"), affirmed=True
    )


def is_whole(amount: Amount, sentence: Sentence) -> bool:
    """ "Of the 5 million exchanges, X made 3.4 million": the five are not X's."""
    return WHOLE.search(sentence.document_text[sentence.start : amount.start]) is not None


def _part(wholes: list[Amount], sentence: Sentence) -> Quantity | None:
    """Of "of the 5 million exchanges 3.4 million" the second figure, in the unit of the first."""
    bare = [a for a in sentence.amounts.values() if not a.quantity.unit]
    if len(wholes) != 1 or len(bare) != 1:
        return None
    return structs.replace(bare[0].quantity, unit=wholes[0].quantity.unit)


def times(draft: Draft, sentence: Sentence) -> Quantity | None:
    """ "Prompted X three million times": as many prompts."""
    noun = COUNTED_BY.get(sentence.lemma(draft.trigger), "")
    if not noun or draft.quantity is not None:
        return None
    begin, _ = sentence.source(draft.trigger)
    match = TIMES.search(sentence.document_text, begin, sentence.end)
    found = find_quantities(f"{match['count']} {noun}", language="en") if match is not None else []
    return found[0].quantity if len(found) == 1 else None


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
