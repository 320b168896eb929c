"""What something cost, and whom: "cost $6 million to train", "the bill came to", "spent $6 million on"."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.figure_words import Figures, named, thing_of
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

PRICED = frozenset({"model", "company", "product", "group"})


def cost(token: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    for host in token.ancestors:
        lemma = host.lemma_.lower()
        if host.pos_ == "NOUN" and lemma in words.sets["cost_nouns"]:
            verb = host.head.head if host.dep_ == "pobj" and host.head.lower_ in {"at", "for"} else host
            if is_verb(verb) and _making(verb, words):  # "trained X at a cost of $6 million"
                yield from _spent(verb, [verb], amount, sentence, words)
            else:
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
        if lemma == "take" and any(_making(c, words) for c in host.subtree):  # "took $6 million to train"
            yield from _spent(host, subjects(host), amount, sentence, words)
            return
        if lemma in {"cost", "run", "come", "amount", "total", "sell", "go"} or _sets_back(host):
            clauses = [c for c in host.children if c.dep_ == "csubj"]  # "training V3 cost"
            acts = [s for s in own_subjects(host) if _act_upon(s, sentence, words)]
            if acts:  # "copying X cost Y a million": not the price of X
                yield from _clausal(host, acts, amount, sentence, words)
                return
            yield from _clausal(host, clauses, amount, sentence, words)
            made = [c for c in clauses if _making(c, words)] or (
                [c for c in host.subtree if _making(c, words) and patients(c)] if _dummy(host) else []
            )
            yield from _spent(host, subjects(host) + made, amount, sentence, words)
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
                made = [c for c in host.subtree if c != host and _making(c, words) and patients(c)]
                found = list(_spent(host, [*made, *things], amount, sentence, words))
                yield from found or _outlay(host, things, amount, sentence, words)
            return
        if host.dep_ in {"ROOT"}:
            return


def _making(verb: Token, words: Figures) -> bool:
    """ "train", "build", as the copy or the source has it."""
    return is_verb(verb) and (verb.lemma_.lower() in words.sets["made_for"])


def _act_upon(noun: Token, sentence: Sentence, words: Figures) -> bool:
    """ "Copying X", read as a compound: something done to X that does not make it."""
    acts = [c for c in noun.children if c.dep_ == "compound" and c.text.lower().endswith("ing") and c.i < noun.i]
    making = words.sets["made_for"] | {"training", "running", "using", "hosting", "serving", "fine-tuning"}
    return any(c.tag_ == "VBG" and sentence.lemma(c) not in making and c.lower_ not in making for c in acts)


def _sets_back(verb: Token) -> bool:
    return verb.lemma_ == "set" and any(c.lower_ == "back" for c in verb.children)


def _dummy(verb: Token) -> bool:
    """ "It cost $6 million to train X"."""
    return any(s.lower_ == "it" for s in subjects(verb))


def _clausal(verb: Token, clauses: list[Token], amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """ "Copying X cost Y $2 million": it cost Y, for what the clause says."""
    for clause in (c for c in clauses if not _making(c, words)):
        payers = [c for c in verb.children if c.dep_ in {"dative", "dobj"} and c.i in sentence.refs]
        for who in (r for p in payers for r in sentence.refs[p.i] if r.kind == "company"):
            text = sentence.words(clause.left_edge, clause.right_edge)
            yield Draft(
                predicate="costs", trigger=verb, subject=who, object_text=text, quantity=amount.quantity, undated=True
            )


def _outlay(verb: Token, things: list[Token], amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """ "X spent $500 million on chips": it cost X, for the chips."""
    if verb.lemma_ not in {"spend", "pay", "burn"}:
        return
    bought = next((t for t in things if t.pos_ == "NOUN" and t.i not in sentence.amounts), None)
    who = [r for a in agents(verb) for r in entities(a, sentence, words.lexicon) if r.kind == "company"]
    if bought is not None and bought.dep_ == "pobj" and bought.lemma_.lower() in words.lexicon.words("priced"):
        for one in who:
            yield Draft(
                predicate="costs",
                trigger=verb,
                subject=one,
                object_text=thing_of(bought, sentence),
                quantity=amount.quantity,
                undated=True,
            )


def _bill(noun: Token, trigger: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """ "the cost of the X training run is …"."""
    links = [
        o for p in prepositions(noun) if p.lower_ in {"of", "for"} for o in p.children if o.dep_ in {"pobj", "pcomp"}
    ]
    links += [c for c in noun.children if c.dep_ in {"poss", "compound"}]
    kinds = [c for c in noun.children if c.dep_ == "compound" and c.i not in sentence.refs]  # "server costs"
    for draft in _spent(trigger, links, amount, sentence, words):
        if kinds and not any(is_verb(link) for link in links):
            draft.object_text = sentence.words(kinds[0], kinds[-1])
        yield draft


def _spent(trigger: Token, things: list[Token], amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    for given in things:
        thing = _called(antecedent(given) or given, sentence)
        owner = next(iter(_payers(thing, sentence, words)), None)
        if owner is None:
            continue
        text = "training" if is_verb(thing) else thing_of(thing, sentence)
        where = next(iter(obliques(trigger, frozenset({"for"}))), None) if thing.i in sentence.refs else None
        if where is not None and not any(_money(t, sentence) for t in where.subtree):
            text = sentence.words(where.left_edge, where)
        yield Draft(
            predicate="costs", trigger=trigger, subject=owner, object_text=text, quantity=amount.quantity, undated=True
        )
        return


def _called(noun: Token, sentence: Sentence) -> Token:
    """Of "its predecessor, Ostra 2," the name."""
    names = (c for c in noun.children if c.dep_ == "appos" and c.i in sentence.refs and noun.i not in sentence.refs)
    return next(names, noun)


def _money(token: Token, sentence: Sentence) -> bool:
    amount = sentence.amounts.get(token.i)
    return amount is not None and amount.quantity.unit.isupper()


def _payers(thing: Token, sentence: Sentence, words: Figures) -> list[Referent]:
    if is_verb(thing):  # "training V3 cost …"
        return [r for p in patients(thing) for r in named(p, sentence, words, PRICED)]
    direct = [r for r in entities(thing, sentence, words.lexicon, "priced") if r.kind in PRICED]
    return direct
