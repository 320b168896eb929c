"""Figures of models: parameters, architecture, cost, benchmark scores; and the figures that other claims carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import structs

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import (
    agents,
    antecedent,
    attributes,
    is_verb,
    obliques,
    own_subjects,
    patients,
    prepositions,
    subjects,
)
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity

SIZED = frozenset({"model"})
PRICED = frozenset({"model", "company", "product", "group"})
CURRENCIES = frozenset({"USD", "EUR", "GBP", "CNY", "JPY", "KRW", "INR", "CHF", "CAD", "AUD", "HKD", "SGD", "TWD"})


class Figures:
    """The [figures] words, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["figures"]
        self.lexicon = lexicon
        self.sets: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in table.items() if isinstance(v, list)}
        self.architectures: Mapping[str, list[str]] = table["architectures"]
        self.built = re.compile("|".join(re.escape(s) for spellings in self.architectures.values() for s in spellings))


def drafts(sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """Sizes, builds, costs and scores in the sentence."""
    for index, amount in sentence.amounts.items():
        token = sentence.doc[index]
        unit = amount.quantity.unit
        if unit in words.sets["parameter_units"] or _of_parameters(token, amount):
            yield from _size(token, amount, sentence, words)
        elif unit in CURRENCIES:
            yield from _cost(token, amount, sentence, words)
        elif unit in words.sets["score_units"]:
            yield from _score(token, amount, sentence, words)
    yield from _architecture(sentence, words)
    yield from _share_of_tasks(sentence, words)


def _share_of_tasks(sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """ "finished 41 of the 50 sentences in the test", "scored 17 out of 50 in the test", "scored 39 on the test"."""
    for token in sentence.doc:
        if token.pos_ != "NUM" or token.i in sentence.amounts or not token.text.replace(".", "").isdigit():
            continue
        verb = next((a for a in token.ancestors if is_verb(a)), None)
        if verb is None or verb.lemma_.lower() not in words.sets["score_verbs"]:
            continue
        behind = [t.lower_ for t in sentence.doc[token.i + 1 : token.i + 5]]
        counted = "of" in behind[:2] and any(t.isdigit() for t in behind[1:])
        if not counted and token.dep_ != "dobj":
            continue
        unit = "points" if counted or float(token.text) > 1 else "score"
        amount = Amount(0, 0, token.text, Quantity(float(token.text), float(token.text), unit, "exact"))
        yield from _score(token, amount, sentence, words)
        return


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


def _hosts(token: Token) -> Iterator[Token]:
    """The nouns and verbs over a figure, nearest first."""
    yield from token.ancestors


def _named(token: Token, sentence: Sentence, words: Figures, kinds: frozenset[str]) -> list[Referent]:
    found = entities(token, sentence, words.lexicon, "students", "weights", "sizes")
    return [r for r in found if r.kind in kinds]


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
    return not any(t.like_num or t.lower_ == "total" for t in figure.doc[first + 1 : last] if t.i != figure.i)


def _sized(token: Token, sentence: Sentence, words: Figures) -> Iterator[tuple[Referent, Token]]:
    """Whose parameters they are, and the word whose stance holds: the noun that a figure describes or the clause."""
    below = token
    for host in _hosts(token):
        if host.i in sentence.refs:
            for who in (r for r in sentence.refs[host.i] if r.kind in SIZED):
                yield who, host
        if host.pos_ in {"NOUN", "PROPN"} and host.lemma_.lower() != "parameter":
            for who in _named(host, sentence, words, SIZED):
                yield who, host
            if host.dep_ == "appos":
                for who in _named(host.head, sentence, words, SIZED):
                    yield who, host
        if is_verb(host):
            given = [p for p in patients(host) if p.dep_ == "dative"] if host.lemma_ == "give" else []
            for who in [r for s in (*given, *subjects(host)) if s != below for r in _named(s, sentence, words, SIZED)]:
                yield who, host
            if host.lemma_ in {"give", "put", "credit", "list", "estimate", "say"}:
                for thing in (
                    *(c for c in host.children if c.dep_ in {"dative", "dobj"}),
                    *obliques(host, frozenset({"for", "of"})),
                ):
                    for who in _named(thing, sentence, words, SIZED):
                        yield who, host
            for thing in obliques(host, frozenset({"of"})):  # "of the parameters of X, 37 billion are active"
                for who in _named(thing, sentence, words, SIZED):
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
            for who in _named(host, sentence, words, SIZED):
                yield who, host
            if host.dep_ == "appos":
                for who in _named(host.head, sentence, words, SIZED):
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
                for who in [r for s in subjects(host) for r in _named(s, sentence, words, SIZED)]:
                    yield who, host
            return


def _cost(token: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    for host in _hosts(token):
        lemma = host.lemma_.lower()
        if host.pos_ == "NOUN" and lemma in words.sets["cost_nouns"]:
            yield from _bill(host, host, amount, sentence, words)
            return
        if not is_verb(host):
            continue
        if lemma == "be":
            for noun in (*own_subjects(host), *attributes(host)):
                if noun.lemma_.lower() in words.sets["cost_nouns"]:
                    yield from _bill(noun, host, amount, sentence, words)
                    return
            for clause in host.children:  # "six million is what it cost"
                if is_verb(clause) and clause.lemma_ in {"cost", "take"}:
                    yield from _spent(clause, own_subjects(clause), amount, sentence, words)
                    return
        bills = [s for s in subjects(host) if s.lemma_.lower() in words.sets["cost_nouns"]]
        if bills and lemma in {"run", "come", "amount", "total", "reach", "exceed"}:  # "the bill came to"
            yield from _bill(bills[0], host, amount, sentence, words)
            return
        if lemma in {"cost", "run", "come", "amount", "total", "sell", "go"}:
            clauses = [c for c in host.children if c.dep_ == "csubj"]  # "training V3 cost"
            yield from _spent(host, subjects(host) + clauses, amount, sentence, words)
            return
        if lemma in words.sets["made_for"] and any(p.lower_ in {"for", "at"} for p in token.ancestors if p.i > host.i):
            yield from _spent(host, patients(host), amount, sentence, words)  # "trained X for $11 million"
            return
        if lemma in words.sets["cost_verbs"]:
            bill = next((p for p in patients(host) if p.lemma_.lower() in words.sets["cost_nouns"]), None)
            if bill is not None and lemma in {"put", "estimate", "give", "price", "value", "place"}:
                yield from _bill(bill, host, amount, sentence, words)
            elif lemma in {"spend", "pay", "invest", "burn"}:
                things = obliques(host, frozenset({"on", "for", "in", "to", "into"}))
                if host.dep_ == "relcl" and not things:
                    things = [host.head]
                yield from _spent(host, things, amount, sentence, words)
            return
        if host.dep_ in {"ROOT"}:
            return


def _bill(noun: Token, trigger: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """ "the cost of the X training run is …"."""
    links = [
        o for p in prepositions(noun) if p.lower_ in {"of", "for"} for o in p.children if o.dep_ in {"pobj", "pcomp"}
    ]
    links += [c for c in noun.children if c.dep_ in {"poss", "compound"}]
    yield from _spent(trigger, links, amount, sentence, words)


def _spent(trigger: Token, things: list[Token], amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    for named in things:
        thing = antecedent(named) or named
        owner = next(iter(_payers(thing, sentence, words)), None)
        if owner is None:
            continue
        text = "training" if is_verb(thing) else _thing(thing, sentence)
        where = next(iter(obliques(trigger, frozenset({"for"}))), None) if thing.i in sentence.refs else None
        if where is not None and where.i not in sentence.amounts:
            text = sentence.words(where.left_edge, where)
        yield Draft(
            predicate="costs", trigger=trigger, subject=owner, object_text=text, quantity=amount.quantity, undated=True
        )
        return


def _payers(thing: Token, sentence: Sentence, words: Figures) -> list[Referent]:
    if is_verb(thing):  # "training V3 cost …"
        return [r for p in patients(thing) for r in _named(p, sentence, words, PRICED)]
    direct = [r for r in entities(thing, sentence, words.lexicon, "priced") if r.kind in PRICED]
    return direct


def _thing(thing: Token, sentence: Sentence) -> str:
    """The noun for what was paid for, without its owner: "servers", "final training run"."""
    if thing.i in sentence.refs:
        return "training"
    first = min(
        [thing, *(c for c in thing.children if c.dep_ in {"amod", "compound", "nummod"} and c.i not in sentence.refs)],
        key=_index,
    )
    return sentence.words(first, thing)


def _index(token: Token) -> int:
    return token.i


def _score(token: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    if any(t.lower_ in {"up", "down"} for t in token.doc[max(token.i - 2, 0) : token.i]):  # "57 percent, up from 27"
        return
    for host in _hosts(token):
        lemma = host.lemma_.lower()
        if is_verb(host):
            noun = any(w.lemma_.lower() in words.sets["score_nouns"] for w in host.subtree)
            if lemma not in words.sets["score_verbs"] and not (noun and lemma in {"be", "have"}):
                return
            who = [
                r
                for s in subjects(host)
                for r in entities(s, sentence, words.lexicon, "students", "score_nouns")
                if r.kind in {"model", "product"}
            ]
            tests = obliques(host, frozenset({"on", "in", "at", "of"}))
            tests += [
                o for s in subjects(host) for p in prepositions(s) if p.lower_ in {"on", "in"} for o in p.children
            ]
            if not tests and host.dep_ == "advcl" and is_verb(host.head):  # "beat X on B, scoring 69 percent"
                tests = obliques(host.head, frozenset({"on", "in", "at"}))
            before = token.i - 1  # "X scores 61 percent and Y 72 percent"
            if before in sentence.refs and sentence.refs[before][0].kind == "model":
                who = list(sentence.refs[before])
            yield from _scored(host, who, tests, amount, sentence, words)
            return
        if lemma in {"against", "to", "versus"} and host.head.head.lower_ == "with":  # "with 45 percent against 42"
            beaten = next((a for a in host.ancestors if is_verb(a)), None)
            if beaten is not None:
                who = [r for p in patients(beaten) for r in entities(p, sentence, words.lexicon) if r.kind == "model"]
                yield from _scored(beaten, who, obliques(beaten, frozenset({"on"})), amount, sentence, words)
            return
        if lemma == "with" and host.dep_ == "prep":  # "With 71 percent on B, X leaves …"
            tests = [
                o
                for t in token.ancestors
                if t.i >= host.i
                for p in prepositions(t)
                if p.lower_ == "on"
                for o in p.children
            ]
            tests += [o for p in prepositions(token.head) if p.lower_ == "on" for o in p.children if o.dep_ == "pobj"]
            verb = host.head
            tests = tests or obliques(verb, frozenset({"on"}))
            if is_verb(verb):
                who = [
                    r
                    for s in agents(verb)
                    for r in entities(s, sentence, words.lexicon)
                    if r.kind in {"model", "product"}
                ]
                yield from _scored(verb, who, tests, amount, sentence, words)
            return


def _scored(
    trigger: Token, who: list[Referent], tests: list[Token], amount: Amount, sentence: Sentence, words: Figures
) -> Iterator[Draft]:
    inner = [o for t in tests for p in prepositions(t) if p.lower_ in {"in", "of", "on", "from"} for o in p.children]
    for test in (*tests, *inner):
        named = [r for r in sentence.refs.get(test.i, ()) if r.kind == "product"]
        literal = "" if named or test.lemma_.lower() not in words.sets["benchmarks"] else _thing(test, sentence)
        if not named and not literal:
            continue
        for subject in who:
            if named and named[0].id == subject.id:
                continue
            quantity = amount.quantity
            if not quantity.unit:
                quantity = Quantity(quantity.low, quantity.high, "score", quantity.approx)
            yield Draft(
                predicate="scored",
                trigger=trigger,
                subject=subject,
                object=named[0] if named else None,
                object_text=literal,
                quantity=quantity,
                undated=True,
            )
        return
