"""Figures of models: parameters and architecture here, costs and benchmark scores by their own readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import structs

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.costs import cost
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.figure_words import Figures, named
from distillwatch.nlp.claims.scores import score, share_of_tasks
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import (
    is_verb,
    obliques,
    own_subjects,
    patients,
    subjects,
)
from distillwatch.nlp.parse import Token

SIZED = frozenset({"model"})
CURRENCIES = frozenset({"USD", "EUR", "GBP", "CNY", "JPY", "KRW", "INR", "CHF", "CAD", "AUD", "HKD", "SGD", "TWD"})


def _without_rate(amount: Amount) -> Amount:
    currency = amount.quantity.unit.partition(" per ")[0]
    return structs.replace(amount, quantity=structs.replace(amount.quantity, unit=currency))


def _priced(drafts_: Iterable[Draft], amount: Amount) -> Iterator[Draft]:
    """ "Costs $1.40 per million tokens": what is paid for is the million tokens."""
    rate = re.search(r"\b(?:per|a|an|for each|for every)\s(?P<thing>[\w ]+)$", amount.text)
    for draft in drafts_:
        if " per " in amount.quantity.unit and rate is not None:
            draft.object_text = rate["thing"]
        yield draft


def drafts(sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """Sizes, builds, costs and scores in the sentence."""
    for index, amount in sentence.amounts.items():
        token = sentence.doc[index]
        unit = amount.quantity.unit
        if unit in words.sets["parameter_units"] or _of_parameters(token, amount):
            yield from _size(token, amount, sentence, words)
        elif unit.partition(" per ")[0] in CURRENCIES:
            yield from _priced(cost(token, _without_rate(amount), sentence, words), amount)
        elif unit in words.sets["score_units"]:
            yield from score(token, amount, sentence, words)
    yield from _architecture(sentence, words)
    yield from share_of_tasks(sentence, words)


def _of_parameters(token: Token, amount: Amount) -> bool:
    """A figure without its unit: "parameters, of which 16 billion are active", "the parameter count is 72 billion"."""
    clause = next((a for a in token.ancestors if is_verb(a)), None)
    if clause is not None and not amount.quantity.unit:
        near = [*own_subjects(clause), *(c for c in clause.children if c.dep_ in {"dobj", "prep"})]
        if any(t.lemma_.lower() == "parameter" for c in near for t in c.subtree):
            return True
    return (
        amount.quantity.unit in {"", "active"}
        and clause is not None
        and any(t.lemma_ == "active" for t in clause.subtree)
        and any(t.lemma_.lower() == "parameter" for t in token.doc)
    )


def _size(token: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    quantity = amount.quantity
    clause = next((a for a in token.ancestors if is_verb(a)), None)
    shared = (
        not quantity.unit
        and clause is not None
        and any(t.lemma_ == "active" and _next_to(token, t) for t in clause.subtree)
    )
    active = "active" in quantity.unit or shared or _active(token)
    quantity = structs.replace(quantity, unit="active parameters" if active else "parameters")
    for who, trigger in _sized(token, sentence, words):
        yield Draft(predicate="has_parameters", trigger=trigger, subject=who, quantity=quantity, undated=True)
        return


def _active(token: Token) -> bool:
    """ "activates 22 billion parameters per token", "16 billion active parameters"."""
    near = [token.head, token.head.head, *token.head.children]
    return any(t.lemma_.lower() in {"active", "activate", "activated"} and _next_to(token, t) for t in near)


def _next_to(figure: Token, active: Token) -> bool:
    """No other figure between them, nor a "total" that says the figure is the whole."""
    first, last = sorted((figure.i, active.i))
    between = [t for t in figure.doc[first + 1 : last] if t.i != figure.i]
    if active.i < figure.i and any(t.lower_ in {"of", "out"} for t in between):  # "3 billion active out of 21"
        return False
    return not any(t.like_num or t.lower_ == "total" for t in between)


def _fronted(below: Token) -> Token | None:
    """The noun of "with its 90 billion parameters", in front of a clause whose "not" says nothing of it."""
    if below.lower_ != "with" or below.dep_ != "prep" or below.i > below.head.i:
        return None
    return next((c for c in below.children if c.dep_ == "pobj"), None)


def _sized(token: Token, sentence: Sentence, words: Figures) -> Iterator[tuple[Referent, Token]]:
    """Whose parameters they are, and the word whose stance holds: the noun that a figure describes or the clause."""
    below = token
    for host in token.ancestors:
        if host.i in sentence.refs:
            for who in (r for r in sentence.refs[host.i] if r.kind in SIZED):
                yield who, host
        if host.pos_ in {"NOUN", "PROPN"} and host.lemma_.lower() != "parameter":
            for who in named(host, sentence, words, SIZED):
                yield who, host
            if host.dep_ == "appos":
                for who in named(host.head, sentence, words, SIZED):
                    yield who, host
        if is_verb(host):
            given = [p for p in patients(host) if p.dep_ == "dative"] if host.lemma_ == "give" else []
            for who in [r for s in (*given, *subjects(host)) if s != below for r in named(s, sentence, words, SIZED)]:
                yield who, (_fronted(below) or host)
            if host.lemma_ in {"give", "put", "credit", "list", "estimate", "say"}:
                for thing in (
                    *(c for c in host.children if c.dep_ in {"dative", "dobj"}),
                    *obliques(host, frozenset({"for", "of"})),
                ):
                    for who in named(thing, sentence, words, SIZED):
                        yield who, host
            for thing in obliques(host, frozenset({"of"})):  # "of the parameters of X, 37 billion are active"
                for who in named(thing, sentence, words, SIZED):
                    yield who, host
            if host.dep_ not in {"relcl", "acl", "xcomp", "advcl", "conj", "ccomp"}:
                return
        below = host


def _architecture(sentence: Sentence, words: Figures) -> Iterator[Draft]:
    low = sentence.masked.text.lower()
    if words.built.search(low) is None:
        return
    for name, spellings in words.architectures.items():
        for spelling in spellings:
            match = re.search(rf"(?<![\w]){re.escape(spelling)}(?![\w])", low)
            if match is None:
                continue
            token = next((t for t in sentence.doc if t.idx <= match.end() - 1 < t.idx + len(t)), None)
            if token is None or token.i in sentence.refs:
                continue
            found = next(_built(token, sentence, words), None)
            if found is not None:
                who, trigger = found
                yield Draft(predicate="has_architecture", trigger=trigger, subject=who, object_text=name, undated=True)
                break


def _built(token: Token, sentence: Sentence, words: Figures) -> Iterator[tuple[Referent, Token]]:
    for host in [token, *token.ancestors]:
        if host.pos_ in {"NOUN", "PROPN"}:
            for who in named(host, sentence, words, SIZED):
                yield who, host
            if host.dep_ == "appos":
                for who in named(host.head, sentence, words, SIZED):
                    yield who, host
        if is_verb(host):
            if host.lemma_ in {
                "be",
                "use",
                "have",
                "adopt",
                "employ",
                "feature",
                "remain",
                "rely",
                "build",
                "base",
                "describe",
            }:
                for who in [r for s in subjects(host) for r in named(s, sentence, words, SIZED)]:
                    yield who, host
            return
