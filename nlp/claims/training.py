"""Who learned from whom: training and distilling, in every shape that English gives them."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lineage import (
    BUILT,
    EVALUATED,
    MAKERS,
    MODELS,
    TRAINED,
    UNNAMED,
    Words,
    gathered,
    is_evaluating,
    is_training,
    learners,
    named_companies,
    of_accuser,
    pairs,
    purposes_of,
    role_of,
    sources,
    student_of,
)
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.usage import asked, measured, renamed, served, used
from distillwatch.nlp.clauses import (
    agents,
    by_agents,
    charged,
    coordinated,
    is_passive,
    is_verb,
    obliques,
    owners,
    patients,
    prepositions,
    set_against,
    subjects,
)
from distillwatch.nlp.parse import Token

ASKING = frozenset({"ask", "have", "let", "get", "make"})
BEING = frozenset({"be"})
PARTS = frozenset({"draft", "version", "part", "stage", "bulk", "portion", "half"})  # "into early drafts of its data"
MEANS = frozenset({"using", "relying", "leveraging", "employing"})
ASSISTANCE = frozenset({"help", "aid", "assistance", "basis", "use"})


def drafts(sentence: Sentence, words: Words) -> Iterator[Draft]:
    """Every statement of the sentence about learning from, or being measured with, somebody's model."""
    for token in sentence.verbs:
        yield from _verb(token, sentence, words)
    for token in sentence.nouns:
        yield from _noun(token, sentence, words)


def _verb(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """The first reading of a verb that leads to anything."""
    lemma = sentence.lemma(verb)
    if lemma == "put" and any(c.lower_ == "together" for c in verb.children):
        lemma = "assemble"
    readings = (
        ((words["train"], words["surely"], words["label"]), _trained),
        ((words["extract"], words["surely_extract"]), _extracted),
        ((words["use"],), used),
        ((words["contain"],), _contained),
        ((ASKING,), asked),
        ((words["learn"],), _learned),
        ((words["flow"],), _flowed),
        ((words["serve"],), served),
        ((words["evaluate"],), measured),
        ((BEING,), renamed),
    )
    for classes, read in readings:
        if any(lemma in lemmas for lemmas in classes):
            found = list(read(verb, sentence, words))
            if found:
                yield from found
                return


def _means(verb: Token, words: Words) -> list[Token]:
    """The nouns and clauses that say on what something was trained: "on …", "using …", "with the help of …"."""
    found = obliques(verb, words["by_means"])
    for child in verb.children:
        if child.dep_ in {"advcl", "prep", "acl", "xcomp"} and child.lower_ in MEANS:
            found += [c for c in child.children if c.dep_ in {"dobj", "pobj"}]
            found += obliques(child, frozenset({"on", "upon", "from", "of"})) if child.pos_ == "VERB" else []
    if not found and verb.dep_ in {"xcomp", "pcomp"}:  # hung too high: "stopped short of training Y on X"
        governor = next((a for a in verb.ancestors if is_verb(a)), None)
        if governor is not None:
            found = [t for t in obliques(governor, frozenset({"on", "with", "from"})) if t.i > verb.i]
    passive = is_passive(verb)
    return [t for t in found if not (passive and t in by_agents(verb))]


def _trained(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    sure = sentence.lemma(verb) in words["surely"]
    outputs = words.lexicon.words("outputs")
    materials: list[Referent] = []
    bases: list[Referent] = []
    given = _means(verb, words)
    denied = [p for token in given for p in set_against(token)]
    means = [p for token in given for p in coordinated(token) if p not in denied]
    stuff = any(sentence.lemma(p) in outputs for p in means)
    stuffed = [p for p in denied if sentence.lemma(p) in outputs]
    first = min((p.i for p in means if sentence.lemma(p) in outputs), default=0)
    named = [
        p
        for p in means
        if p.i in sentence.refs
        and p.head.head == verb
        and (p.head.lower_ == "on" or (p.head.lower_ == "from" and p.i < first))
    ]
    for part in means:
        lemma = sentence.lemma(part)
        if stuff and part in named:  # "fine-tuned on X with answers from Y": X is what it started from
            bases += [r for r in sources(part, sentence, words) if r.kind in MODELS]
            continue
        own = part.head.head == verb and not stuff  # not "on answers from X"
        if own and part.head.lower_ == "from" and sure and part.i in sentence.refs:  # "fine-tuned from X": its weights
            bases += [r for r in sources(part, sentence, words) if r.kind in MODELS]
        elif (
            part.lower_ in {"them", "these", "those"} and verb.dep_ == "conj"
        ):  # "collected X's answers and trained Y on them"
            materials += gathered(verb, sentence, words)
        elif (
            sure
            or (part.i not in sentence.refs and not is_verb(part) and lemma in outputs)
            or (lemma in ASSISTANCE and any(sentence.lemma(o) in outputs for o in owners(part)))
        ):
            links = owners(part) if lemma in ASSISTANCE else [part]
            if part.head != verb and part.dep_ == "dobj" and lemma in outputs:  # "using outputs from X"
                links = [part, *obliques(part.head, frozenset({"from", "of"}))]
            materials += [r for link in links for r in sources(link, sentence, words)]
    if (
        not sure
        and sentence.lemma(verb) in words["label"]
        and any(
            sentence.lemma(p) in words["material_roles"] and any(sentence.lemma(t) in words["nouns"] for t in p.subtree)
            for p in patients(verb)
        )
    ):  # "generated its training data with X"
        materials += [r for p in means for r in sources(p, sentence, words)]
    students = learners(patients(verb), sentence, words)
    doers = learners(agents(verb), sentence, words)
    makers = [r for r in doers if r.kind in MAKERS]
    who = makers or students
    parts = tuple(t for t in given if t not in denied)
    materials = of_accuser(verb, means, who, materials, sentence, words)
    yield from pairs(TRAINED, verb, who, materials, parts, student=student_of(who, students))
    yield from pairs(BUILT, verb, students or makers, bases, parts)
    others = [r for p in denied for r in sources(p, sentence, words) if r not in materials and (sure or p in stuffed)]
    for draft in pairs(TRAINED, verb, who, others, parts, student=student_of(who, students)):
        draft.negated = True
        yield draft
    taught = [s for s in students if s.kind in MODELS]
    teachers = [r for r in doers if r.kind in MODELS]
    if sure and taught and teachers and not materials and not bases:  # "X taught Y to write poems"
        yield from pairs(TRAINED, verb, taught, teachers, parts)


def _extracted(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "distilled X's models", "distilled knowledge out of X", "extracted X's skills to train Y"."""
    how = obliques(verb, frozenset({"by", "through", "via", "using", "with"}))
    sure = sentence.lemma(verb) in words["surely_extract"] or any(sentence.lemma(h) in words["copying"] for h in how)
    skills = (
        any(sentence.lemma(p) in words["skills"] for p in patients(verb)) and sentence.lemma(verb) in words["takes"]
    )
    if any(sentence.lemma(p) in words.lexicon.words("weights") for p in patients(verb)):
        return  # "copied the code of X": no learning
    if not (sure or skills or any(is_training(p, sentence, words) for p in purposes_of(verb, sentence))):
        return
    origin = [
        r for o in [*obliques(verb, frozenset({"from", "of"})), *_out_of(verb)] for r in sources(o, sentence, words)
    ]
    whom = [r for p in patients(verb) for r in sources(p, sentence, words)]
    if sure:
        whom += [r for p in patients(verb) for r in named_companies(p, sentence) if r not in whom]
    whom = whom or origin
    students = learners(obliques(verb, frozenset({"into"})), sentence, words)
    who = [r for r in learners(agents(verb), sentence, words) if r not in whom] or students
    if is_passive(verb) and sure and origin:  # "R2 was distilled from X"
        who, whom = learners(patients(verb), sentence, words), origin
    elif sure and not agents(verb):
        return
    whom = of_accuser(verb, patients(verb), who, whom, sentence, words)
    yield from pairs(TRAINED, verb, who, whom, tuple(patients(verb)), student=student_of(who, students))


def _out_of(verb: Token) -> list[Token]:
    """The noun of "out of X", which is two prepositions."""
    outs = [p for p in prepositions(verb) if p.lower_ == "out"]
    return [o for p in outs for of in p.children if of.dep_ == "prep" for o in of.children if o.dep_ == "pobj"]


def _learned(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "learned from X's models", "imitates X's answers"."""
    things = obliques(verb, frozenset({"from", "off"}))
    if any(sentence.lemma(p) in words.lexicon.words("weights") for p in patients(verb)):
        return
    if sentence.lemma(verb) in words["imitate"]:
        things = things + patients(verb)
    whom = [r for t in things for r in sources(t, sentence, words)]
    yield from pairs(TRAINED, verb, learners(agents(verb), sentence, words), whom, tuple(things))


def _contained(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "X's training data included answers from Y"."""
    hosts = [s for s in subjects(verb) if any(sentence.lemma(t) in {"training", *words["nouns"]} for t in s.subtree)]
    outputs = words.lexicon.words("outputs")
    things = [p for t in patients(verb) for p in coordinated(t) if any(sentence.lemma(w) in outputs for w in p.subtree)]
    whom = [r for t in (*things, *_sources_behind(verb, things)) for r in sources(t, sentence, words)]
    who = learners([o for h in hosts for o in owners(h)], sentence, words)
    yield from pairs(TRAINED, verb, [r for r in who if r not in whom], whom, tuple(things))


def _sources_behind(verb: Token, things: list[Token]) -> list[Token]:
    return obliques(verb, frozenset({"from", "by", "of"})) if things else []


def _flowed(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "output of X has gone into the model", "X's answers flowing into the training of Y"."""
    outputs = words.lexicon.words("outputs")
    flowing = [
        s
        for s in subjects(verb)
        if any(sentence.lemma(t) in outputs for t in s.subtree) or _written(s, sentence, words)
    ]
    whom = [r for s in flowing for r in sources(s, sentence, words)]
    hosts = [verb, *(c for c in verb.children if c.lemma_ in {"way", "up"})]
    ends = [t for h in hosts for o in obliques(h, frozenset({"into", "in"})) for t in coordinated(o)]
    ends += [o for t in ends if sentence.lemma(t) in PARTS for o in owners(t) if o.i not in sentence.refs]
    corpus = words["corpus_nouns"] | words["nouns"]
    students = words.lexicon.words("students")
    into = [o for t in ends if sentence.lemma(t) in students for o in owners(t)]  # "into early versions of X"
    if not whom or not any(sentence.lemma(t) in corpus or t.i in sentence.refs for t in (*ends, *into)):
        return
    who = learners(ends, sentence, words) or learners([o for t in ends for o in owners(t)], sentence, words)
    yield from pairs(TRAINED, verb, who or [UNNAMED], whom, tuple(subjects(verb)))


def _written(noun: Token, sentence: Sentence, words: Words) -> bool:
    """ "Nothing that X wrote", "anything it generated": material by what its clause says."""
    clauses = [c for c in noun.children if c.dep_ in {"relcl", "acl"}]
    return any(sentence.lemma(c) in words["label"] for c in clauses)


def _noun(noun: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "X's distillation of Y", "the training of X on Y's answers", "X is a distilled version of Y"."""
    lemma, copying = sentence.lemma(noun), words["copying"]
    behind = {p.lower_: [c for c in p.children if c.dep_ in {"pobj", "pcomp"}] for p in prepositions(noun)}
    poss = [c for c in noun.children if c.dep_ == "poss"]
    of = behind.get("of", [])
    if lemma in words["nouns"] and lemma not in copying and any(c.lemma_ in copying for c in noun.children):
        return  # "distillation training": told below
    if lemma in copying or (lemma in words["deeds"] and _of_copying(noun, sentence, words)):
        found = list(_copying(noun, behind, sentence, words))
        if found:
            yield from found
            return
    if lemma in words["nouns"]:
        if lemma in copying:
            whom = [r for t in of for r in (*sources(t, sentence, words), *named_companies(t, sentence))]
            whom = whom or [r for t in behind.get("from", []) for r in sources(t, sentence, words)]
            who = learners(poss or behind.get("by", []), sentence, words)
        else:
            on = [t for w in ("on", "with", "from", "using") for t in behind.get(w, [])]
            whom = [r for t in on for r in sources(t, sentence, words)]
            who = learners(poss or behind.get("by", []) or of or charged(noun), sentence, words)
        if not who and noun.dep_ == "attr" and lemma in copying:  # "X is a distillation of Y"
            who = learners(subjects(noun.head), sentence, words)
        yield from pairs(TRAINED, noun, who, list(dict.fromkeys(whom)), ())
        return
    if lemma in words["using"]:
        yield from _use(noun, poss or behind.get("by", []), [*of, *behind.get("on", [])], sentence, words)
        return
    bearers = subjects(noun.head) if noun.dep_ == "attr" else [noun.head] if noun.dep_ == "appos" else []
    if any(c.dep_ == "amod" and sentence.lemma(c) in words["surely_extract"] for c in noun.children):
        whom = [r for t in of for r in sources(t, sentence, words)]
        yield from pairs(TRAINED, noun, learners(bearers, sentence, words), whom, ())
    elif lemma in words["teachers"] and bearers:
        whom = [r for b in bearers for r in sources(b, sentence, words)]
        taught = learners(poss or of or behind.get("for", []), sentence, words)
        yield from pairs(TRAINED, noun, [r for r in taught if r.kind in MODELS], whom, ())


def _of_copying(deed: Token, sentence: Sentence, words: Words) -> bool:
    """ "distillation attacks", "attacks by distillation", "a campaign of distillation"."""
    nouns = [c for c in deed.children if c.dep_ in {"compound", "amod", "nmod"}]
    nouns += [o for p in prepositions(deed) if p.lower_ in {"of", "by"} for o in p.children]
    return any(sentence.lemma(n) in words["copying"] for n in nouns)


def _copying(deed: Token, behind: dict[str, list[Token]], sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "ran distillation attacks on X", "accused Y of the distillation of X", "applied distillation from X"."""
    verb = deed.head if deed.dep_ in {"dobj", "nsubjpass"} and is_verb(deed.head) else None
    if verb is not None and sentence.lemma(verb) in words["averted"]:
        return  # "forbids distillation of X": nothing has been done
    ends = [t for w in ("on", "against", "at", "from", "of", "upon") for t in behind.get(w, [])]
    ends += [o for c in deed.children if c.dep_ == "acl" and c.tag_ == "VBG" for o in patients(c)]  # "targeting X"
    doing = verb is not None and verb.lemma_ in words["doing"]
    if verb is not None and doing and not ends:
        ends = obliques(verb, frozenset({"on", "against", "from", "at"}))
    whom = list(dict.fromkeys(r for t in ends for r in (*sources(t, sentence, words), *named_companies(t, sentence))))
    doers = [c for c in deed.children if c.dep_ == "poss"] or behind.get("by", []) or charged(deed) or _behind_it(deed)
    if not doers and verb is not None and doing:
        doers = agents(verb)
    who = [r for r in learners(doers, sentence, words) if r not in whom]
    yield from pairs(TRAINED, deed, who, of_accuser(deed, ends, who, whom, sentence, words), tuple(ends))


def _right_behind(noun: Token) -> list[Token]:
    """The infinitive that follows a noun phrase at once and was hung higher: "turns on [X's use of Y] to train Z"."""
    end = noun.right_edge.i + 1
    if end >= len(noun.doc) or noun.doc[end].lower_ != "to" or not is_verb(noun.doc[end].head):
        return []
    purpose = noun.doc[end].head
    return [purpose] if purpose.head in list(noun.ancestors) and purpose.dep_ in {"xcomp", "advcl", "acl"} else []


def _behind_it(deed: Token) -> list[Token]:
    """Who is "behind attacks"."""
    link = deed.head
    return subjects(link.head) if deed.dep_ == "pobj" and link.lower_ == "behind" and is_verb(link.head) else []


def _use(noun: Token, doers: list[Token], things: list[Token], sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "X's use of Y to train Z", "the use of Y by X as a judge"."""
    whom = [r for t in things for r in sources(t, sentence, words)]
    who = [r for r in learners(doers, sentence, words) if r not in whom]
    role = role_of(noun, sentence)
    purposes = list(purposes_of(noun, sentence)) or _right_behind(noun)
    training = [p for p in purposes if is_training(p, sentence, words)]
    students = [s for p in training for s in learners(patients(p), sentence, words) if s not in whom]
    if training or role in words["teachers"]:
        yield from pairs(TRAINED, noun, who or students, whom, tuple(things), student=student_of(who, students))
    elif role in words.lexicon.words("judges") or any(is_evaluating(p, sentence, words) for p in purposes):
        yield from pairs(EVALUATED, noun, who, whom, tuple(things), role=role)
