"""Whom "it", "them" and a bare "the company" mean as the object of a verb that says what sort of thing its object is.

A court fines a company, a company breaks a rule, and a model is trained on a model: the pronoun is the one of its sort
that its sentence or the one before names, other than whoever does it.
"""

from __future__ import annotations

from collections.abc import Iterable

from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_verb, patients
from distillwatch.nlp.parse import Token

STRIKING = frozenset(
    "sue fine ban bar accuse blame charge investigate probe blacklist sanction suspect penalise penalize prosecute cut "
    "suspend block".split()
)
BREAKING = frozenset({"violate", "breach", "break", "infringe", "contravene", "flout", "violation", "infringement"})
KEEPING = {"comply": "with", "keep": "to", "abide": "by", "adhere": "to", "stick": "to", "conform": "to"}
BARE = frozenset({"company", "firm", "lab", "laboratory", "startup"})
SHARES = frozenset({"third", "half", "quarter", "share", "stake", "percent", "majority", "part", "all"})
OWNING = frozenset({"own", "hold", "buy", "acquire", "control"})
HOUSE, RULE, MODEL = frozenset({"company"}), frozenset({"policy"}), frozenset({"model"})
NOBODY: frozenset[str] = frozenset()


def thing_before(token: Token, sentence: Sentence, before: Sentence | None, lexicon: Lexicon) -> Referent | None:
    """Who an object pronoun is; `before` is the sentence that it goes on from, None where it opens the page."""
    kinds = _asked(token, sentence, lexicon)
    if not kinds:
        return None
    verb = next((a for a in token.ancestors if is_verb(a)), None)
    doers = _ids(r for a in (agents(verb) if verb is not None else ()) for r in sentence.refs.get(a.i, ()))
    if kinds == MODEL and verb is not None:
        doers |= _ids(r for p in patients(verb) for r in sentence.refs.get(p.i, ()))
    here = [r for i, found in sentence.refs.items() if i < token.i for r in found]
    for named in (here, [r for found in before.refs.values() for r in found] if before is not None else []):
        fitting = {r.id: r for r in named if r.kind in kinds and r.id not in doers}
        if fitting:
            return next(iter(fitting.values())) if len(fitting) == 1 else None
    return None


def _asked(token: Token, sentence: Sentence, lexicon: Lexicon) -> frozenset[str]:
    """The kinds that the place of a pronoun asks for, none where it asks for nothing."""
    word, head = token.lower_, token.head
    lemma = sentence.lemma(head)
    if word in BARE:  # "X, which has accused the company"
        bare = [c.lower_ for c in token.children if c.dep_ not in {"case", "punct"}] == ["the"]
        return HOUSE if bare and token.dep_ == "dobj" and lemma in STRIKING else NOBODY
    if token.dep_ == "dobj" and is_verb(head):
        if lemma in BREAKING:
            return RULE
        if word == "it" and lemma in lexicon.words("copy_a_model"):
            return MODEL
        return HOUSE if word == "it" and lemma in STRIKING else NOBODY
    if token.dep_ != "pobj":
        return NOBODY
    above = sentence.lemma(head.head)
    if word == "it" and head.lower_ == "of" and above in SHARES and sentence.lemma(head.head.head) in OWNING:
        return HOUSE
    if KEEPING.get(above) == head.lower_ or (head.lower_ == "of" and above in BREAKING):
        return RULE
    learning = lexicon.words("teach_a_model") | {"learn"}
    return MODEL if word == "it" and head.lower_ in {"on", "from"} and above in learning else NOBODY


def _ids(referents: Iterable[Referent]) -> set[str]:
    return {r.id for r in referents}
