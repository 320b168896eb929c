"""Using a model for something: to train another, or only to judge one."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lineage import (
    AIDING,
    BUILT,
    EVALUATED,
    LEARNERS,
    MODELS,
    TRAINED,
    UNNAMED,
    Words,
    gathered,
    is_evaluating,
    is_training,
    learners,
    of_accuser,
    pairs,
    purposes_of,
    role_of,
    sources,
    student_of,
)
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, by_agents, is_passive, is_verb, obliques, owners, patients, subjects
from distillwatch.nlp.parse import Token

NEW = frozenset({"new", "fresh", "different", "another", "other", "false"})
OWN_TESTS = frozenset({"benchmark", "test", "evaluate"})
NEAR = 10  # tokens between a verb and the "only" that belongs to it


def used(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "used X to train Y", "X was relied on by Y as a judge", "feeding X's outputs into Y's training"."""
    things = patients(verb) + [c for c in verb.children if c.dep_ in {"csubjpass", "csubj"} and is_passive(verb)]
    if not any(t.i in sentence.refs for t in things) or is_passive(verb):
        things = things + obliques(verb, frozenset({"on", "upon", "to", "from", "with"}))
    whom = [r for t in things for r in sources(t, sentence, words)]
    if not whom and verb.dep_ == "conj" and any(t.lower_ in {"them", "these", "those"} for t in things):
        whom = gathered(verb, sentence, words)
    doers = learners(agents(verb), sentence, words)
    whom = of_accuser(verb, things, doers, whom, sentence, words)
    if not whom:
        yield from _by_distillation(verb, things, doers, sentence, words)
        return
    who = [r for r in doers if r not in whom]
    role = role_of(verb, sentence)
    only = "yes" if _only(verb, words) else ""
    if _as_material(verb, role, sentence, words):
        students = [r for r in learners(into_of(verb), sentence, words) if r not in whom]
        yield from pairs(
            TRAINED, verb, who or students, whom, tuple(things), only=only, student=student_of(who, students)
        )
        return
    if role in words["bases"]:  # "used X as the base of Y"
        students = learners(into_of(verb), sentence, words)
        made = [r for r in (*students, *who) if r not in whom]
        bases = [r for r in whom if r.kind in MODELS]
        yield from pairs(BUILT, verb, [r for r in made if r.kind in MODELS] or made, bases, ())
        return
    if role in words.lexicon.words("judges") or role in words["teachers"]:
        predicate = EVALUATED if role in words.lexicon.words("judges") else TRAINED
        yield from pairs(predicate, verb, who, whom, tuple(things), only=only, role=role)
        return
    purposes = list(purposes_of(verb, sentence))
    yield from _for_training(verb, purposes, things, who, whom, only, sentence, words)
    evaluating = [p for p in purposes if is_evaluating(p, sentence, words)]
    unknown = not who and any(a.pos_ == "PRON" for a in agents(verb))  # "they": no subject beats a wrong one
    if evaluating and not unknown:
        tested = who or learners(patients(evaluating[0]), sentence, words)
        yield from pairs(EVALUATED, evaluating[0], tested, whom, tuple(things), only=only)


def into_of(verb: Token) -> list[Token]:
    """The nouns behind "for", "of" and "in" after a verb: "as training data for Y", "as the base of Y"."""
    return [
        o
        for p in verb.subtree
        if p.lower_ in {"for", "of", "in"} and p.i > verb.i
        for o in p.children
        if o.dep_ == "pobj"
    ]


def _by_distillation(
    verb: Token, things: list[Token], doers: list[Referent], sentence: Sentence, words: Words
) -> Iterator[Draft]:
    """ "used distillation to copy X"."""
    if not any(sentence.lemma(t) in words["nouns"] for t in things):
        return
    for purpose in purposes_of(verb, sentence):
        if is_verb(purpose) and sentence.lemma(purpose) in words["replicate"]:
            whom = [r for p in patients(purpose) for r in sources(p, sentence, words)]
            yield from pairs(TRAINED, purpose, [r for r in doers if r not in whom], whom, tuple(things))


def _as_material(verb: Token, role: str, sentence: Sentence, words: Words) -> bool:
    """ "used X's outputs as training data"."""
    if role not in words["material_roles"]:
        return False
    return any(sentence.lemma(t) in words["nouns"] for t in verb.subtree if t.i > verb.i) or role == "fodder"


def _for_training(
    verb: Token,
    purposes: list[Token],
    things: list[Token],
    who: list[Referent],
    whom: list[Referent],
    only: str,
    sentence: Sentence,
    words: Words,
) -> Iterator[Draft]:
    training = [p for p in purposes if is_training(p, sentence, words)]
    nouns = [n for p in training for n in (*patients(p), *(owners(p) if not is_verb(p) else []))]
    students = [s for s in learners(nouns, sentence, words) if s not in whom]
    into = obliques(verb, frozenset({"into"}))
    flows = learners(into, sentence, words)
    corpus = words["corpus_nouns"] | words["nouns"]
    flowing = any(sentence.lemma(t) in corpus for t in obliques(verb, frozenset({"into", "in"})))
    if not training and not (sentence.lemma(verb) in {"feed", "put"} and (flows or flowing)):
        return
    who = who or students or flows or [r for t in into for r in learners(owners(t), sentence, words)]
    who = who or ([UNNAMED] if is_passive(verb) and not by_agents(verb) else [])
    trigger = training[0] if training else verb
    if trigger.dep_ in {"xcomp", "ccomp"} and trigger.head.lemma_ in AIDING:
        trigger = trigger.head  # "to help train": what was helped was done
    yield from pairs(TRAINED, trigger, who, whom, tuple(things), only=only, student=student_of(who, students))


def asked(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "asked X to grade its drafts", "had X mark the tests"."""
    whom = [r for p in patients(verb) for r in sources(p, sentence, words) if r.kind in MODELS]
    tasks = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and sentence.lemma(c) in words["graded"]]
    who = [r for r in learners(agents(verb), sentence, words) if r not in whom]
    if tasks:
        yield from pairs(EVALUATED, verb, who, whom, tuple(patients(verb)))


def served(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "X served Y as a judge", "X acted as the teacher of Y's model", "X served as the base for Y"."""
    role = role_of(verb, sentence)
    judge = role in words.lexicon.words("judges")
    predicate = (
        EVALUATED if judge else TRAINED if role in words["teachers"] else BUILT if role in words["bases"] else ""
    )
    if not predicate:
        return
    whom = [r for s in subjects(verb) for r in sources(s, sentence, words)]
    tokens = [*patients(verb), *obliques(verb, frozenset({"for", "at"}))]
    nouns = [o for t in obliques(verb, frozenset({"as"})) for o in owners(t)]
    who = learners(tokens, sentence, words) or learners(nouns, sentence, words)
    yield from pairs(predicate, verb, who, whom, (), role=role)


def renamed(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "Y is X under another name", "Y is little more than X with a fresh coat of paint"."""
    covers = [o for p in verb.subtree if p.lower_ in {"under", "with", "in"} for o in p.children if o.dep_ == "pobj"]
    new = [o for o in covers if any(c.lower_ in NEW for c in o.children)]
    if not any(sentence.lemma(t) in words["disguises"] for o in new for t in o.subtree):
        return
    about = [c for c in verb.children if c.dep_ == "attr"]
    about += [o for c in verb.children for p in c.subtree if p.lower_ == "than" for o in p.children if o.dep_ == "pobj"]
    whom = [r for t in about for r in sentence.refs.get(t.i, ()) if r.kind in MODELS]
    who = [r for s in subjects(verb) for r in sentence.refs.get(s.i, ()) if r.kind in MODELS]
    yield from pairs(BUILT, verb, who, whom, ())


def measured(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "benchmarked Y against X", "stood its models next to X", "graded by X"; not "Y, compared to X, is weak"."""
    caused = verb.head.head if verb.dep_ == "acl" and verb.head.dep_ == "dobj" else None
    if caused is not None and caused.lemma_ in {"have", "get"} and sentence.lemma(verb) in words["graded"]:
        graders = [r for t in by_agents(verb) for r in sources(t, sentence, words) if r.kind in MODELS]
        who = [r for r in learners(agents(caused), sentence, words) if r not in graders]
        yield from pairs(EVALUATED, verb, who, graders, tuple(by_agents(verb)))
        return
    if verb.dep_ in {"prep", "acl", "amod"} or (is_passive(verb) and sentence.lemma(verb) not in words["graded"]):
        return
    placed = sentence.lemma(verb) in words["placing"]
    things = obliques(verb, words["beside"] if placed else words["against"])
    things += [o for c in verb.children if c.lower_ == "next" for o in obliques(c, frozenset({"to"}))]
    whom = [r for t in things for r in sources(t, sentence, words) if r.kind in MODELS]
    makers = [r for r in learners(agents(verb), sentence, words) if r not in whom and r.kind != "person"]
    tested = [
        r
        for p in patients(verb)
        for r in entities(p, sentence, words.lexicon, "students", "outputs", "staff")
        if r.kind in LEARNERS
    ]
    models = words.lexicon.words("students")
    open_ = not patients(verb) and sentence.lemma(verb) in OWN_TESTS  # "X benchmarked against Y": its own models
    if makers and not tested and not open_ and not any(sentence.lemma(p) in models for p in patients(verb)):
        return  # "X tested its plan against Y"
    who = [r for r in makers or tested if r not in whom]
    yield from pairs(EVALUATED, verb, who, whom, tuple(things))


def _only(verb: Token, words: Words) -> bool:
    near = [c for c in verb.subtree if c.dep_ in {"advmod", "amod", "cc", "preconj"} and abs(c.i - verb.i) < NEAR]
    return any(c.lower_ in words["only"] for c in near)
