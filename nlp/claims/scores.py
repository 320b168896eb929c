"""Figures that models reach on benchmarks."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.figure_words import Figures, thing_of
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_verb, obliques, patients, prepositions, subjects
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity

ON = frozenset({"on", "in", "at"})
MARGINS = frozenset(
    {"more", "less", "fewer", "higher", "lower", "better", "worse", "above", "below", "ahead", "behind"}
)
VERSUS = frozenset({"against", "versus", "vs", "to", "with", "than"})


def share_of_tasks(sentence: Sentence, words: Figures) -> Iterator[Draft]:
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
        yield from score(token, amount, sentence, words)
        return


def score(token: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    if any(t.lower_ in {"up", "down"} for t in token.doc[max(token.i - 2, 0) : token.i]):  # "57 percent, up from 27"
        return
    if any(t.lower_ in MARGINS for t in token.doc[token.i + 1 : token.i + 4]) and "point" in amount.quantity.unit:
        return  # "88 percent, four points more than Y": a lead, no score
    if _second_of_pair(token):  # "X beat Y on the test, 74.8 to 71.2"
        yield from _loser(token, amount, sentence, words)
        return
    for host in token.ancestors:
        lemma = host.lemma_.lower()
        if is_verb(host):
            noun = any(w.lemma_.lower() in words.sets["score_nouns"] for w in host.subtree)
            other = _other_runner(token, sentence)
            if other:  # "against 69 percent for Y"
                verb = next((a for a in token.ancestors if is_verb(a) and obliques(a, ON)), host)
                yield from _scored(verb, other, obliques(verb, ON), amount, sentence, words)
                return
            if lemma == "give" and noun:  # "the test gives X a score of 0.89"
                yield from _marked(host, amount, sentence, words)
                return
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
            of_test = [s for s in subjects(host) if s.lemma_.lower() in words.sets["score_nouns"]]
            tests += [c for s in of_test for c in s.children if c.dep_ in {"compound", "nmod"}]  # "X's B score is"
            if not tests and host.dep_ == "relcl" and any(c.lower_ == "where" for c in host.children):
                tests = [host.head]
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
            lists = [p for p in patients(verb) if p.lemma_.lower() in words.sets["benchmarks"]]
            tests = tests or [p for p in patients(verb) if p.i in sentence.refs]  # "topped B with 81 percent"
            tests = tests or [c for p in lists for c in p.children if c.dep_ in {"compound", "nmod"}] + lists
            if is_verb(verb):
                who = [
                    r
                    for s in agents(verb)
                    for r in entities(s, sentence, words.lexicon)
                    if r.kind in {"model", "product"}
                ]
                yield from _scored(verb, who, tests, amount, sentence, words)
            return


def _second_of_pair(token: Token) -> bool:
    return token.i > 1 and token.nbor(-1).lower_ == "to" and token.nbor(-2).like_num


def _loser(token: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    """The second figure of a result is the second model's, where two are named."""
    models = {r.id: r for _, found in sorted(sentence.refs.items()) for r in found if r.kind == "model"}
    verb = next((a for a in token.ancestors if is_verb(a)), None)
    if verb is not None and len(models) == 2:
        yield from _scored(verb, list(models.values())[1:], obliques(verb, ON), amount, sentence, words)


def _other_runner(token: Token, sentence: Sentence) -> list[Referent]:
    """Whose figure stands in "against 69.8 percent for X", "versus X's 69.8"."""
    host = token.head if token.head.lower_ in VERSUS else token.head.head
    if host.lower_ not in VERSUS and not any(t.lower_ in VERSUS for t in token.doc[max(token.i - 2, 0) : token.i]):
        return []
    behind = token.doc[token.i + 1 : token.i + 4]
    for preposition in behind:
        if preposition.lower_ == "for" and preposition.i + 1 < len(token.doc):
            return [r for r in sentence.refs.get(preposition.i + 1, ()) if r.kind == "model"]
    return []


def _marked(verb: Token, amount: Amount, sentence: Sentence, words: Figures) -> Iterator[Draft]:
    given = [c for c in verb.children if c.dep_ == "dative"]
    who = [r for g in given for r in entities(g, sentence, words.lexicon) if r.kind == "model"]
    scores = [p for p in patients(verb) if p.lemma_.lower() in words.sets["score_nouns"]]
    tests = [c for s in scores for c in s.children if c.dep_ in {"compound", "nmod"}]
    yield from _scored(verb, who, [*tests, *obliques(verb, ON), *subjects(verb)], amount, sentence, words)


def _scored(
    trigger: Token, who: list[Referent], tests: list[Token], amount: Amount, sentence: Sentence, words: Figures
) -> Iterator[Draft]:
    inner = [o for t in tests for p in prepositions(t) if p.lower_ in {"in", "of", "on", "from"} for o in p.children]
    for test in (*tests, *inner):
        named = [r for r in sentence.refs.get(test.i, ()) if r.kind == "product"]
        literal = "" if named or test.lemma_.lower() not in words.sets["benchmarks"] else thing_of(test, sentence)
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
