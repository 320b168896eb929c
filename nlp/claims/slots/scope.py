"""Whether a negation, a modal or a rule stands over what the slots say without the parse hanging it clearly there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.rules import Rules
from distillwatch.nlp.clauses import is_verb
from distillwatch.nlp.parse import Token

ASIDE = frozenset({"relcl", "appos", "acl"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
NEGATIVE = frozenset({"no", "none", "nobody", "neither", "nor"})
REACH = 5  # tokens from "nothing" to its "but"


def doubtful(trigger: Token, slots: Sequence[int], sentence: Sentence, rules: Rules, *, spent: bool = False) -> bool:
    """Whether a doubtful word may reach the trigger or a slot; one that hangs on the trigger itself is read elsewhere.

    Where the rule has `spent` the negation in its clause, only modals and the like are doubtful.
    """
    involved = {trigger.i, *slots}
    for token in sentence.doc:
        if token.lower_ not in rules.words["doubts"] or token.i in sentence.refs:
            continue
        if token is trigger or (spent and token.lower_ in rules.words["negations"]):
            continue
        if _attached(token, trigger) or idle(token):
            continue
        verb = token if is_verb(token) and token.dep_ != "aux" else _verb_above(token)
        if any(t.i in involved for t in _reach(verb, sentence)):
            return True
    return False


def _reach(verb: Token, sentence: Sentence) -> Iterator[Token]:
    """What a doubt over a verb reaches: all below it but what is said of a name by the way ("X, which …, did not")."""
    waiting = [verb]
    while waiting:  # no recursion: a hostile sentence may be as deep as it is long
        token = waiting.pop()
        yield token
        named = token.i in sentence.refs
        waiting += [child for child in token.children if not (named and child.dep_ in ASIDE)]


def _verb_above(token: Token) -> Token:
    return next((a for a in token.ancestors if is_verb(a)), token)


def _attached(token: Token, trigger: Token) -> bool:
    """Whether the parse hangs it on the trigger or on what the trigger is said of, where the stance is read from."""
    if token.head is trigger and token.dep_ in {"neg", "aux"}:
        return True
    noun = token if token.dep_ in ARGUMENTS else token.head
    while noun.dep_ == "conj":  # "neither A nor B nor C"
        noun = noun.head
    negative = token is noun or token.dep_ in {"det", "preconj", "cc", "neg"}
    return negative and noun.dep_ in ARGUMENTS and noun.head is trigger and token.lower_ in NEGATIVE


def idle(token: Token) -> bool:
    """ "No, …" at the head of a sentence, "not only", "nothing but"."""
    behind = [t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + REACH]]
    if token.lower_ == "no" and token.dep_ == "intj":
        return True
    if token.lower_ == "not" and behind[:1] in (["only"], ["just"], ["merely"]):
        return True
    return token.lower_ == "nothing" and bool({"but", "else", "except", "other", "more"} & set(behind))
