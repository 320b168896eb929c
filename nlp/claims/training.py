"""Who learned from whom: training, distilling and evaluating, in every shape that English gives them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import (
    agents,
    by_agents,
    coordinated,
    is_passive,
    is_verb,
    obliques,
    owners,
    patients,
    prepositions,
    subjects,
)

TRAINED, EVALUATED = "trained_on_outputs_of", "evaluated_with"
LEARNERS = frozenset({"company", "model", "group", "product", "agency", "person"})
TEACHERS = frozenset({"model", "product", "company", "group"})


class Words:
    """The word lists of [training], as sets."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.sets: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in lexicon.tables["training"].items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


def drafts(sentence: Sentence, words: Words) -> Iterator[Draft]:
    """Every statement of the sentence about learning from, or being measured with, somebody's model."""
    for token in sentence.tokens():
        if token.i in sentence.refs:
            continue
        if token.pos_ in {"VERB", "AUX"}:
            yield from _verb(token, sentence, words)
        elif token.pos_ == "NOUN":
            yield from _noun(token, sentence, words)


def _verb(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    plain = sentence.lemma(verb)
    found = False
    if plain in words["train"] or plain in words["surely"]:
        for draft in _trained(verb, sentence, words):
            found = True
            yield draft
    if not found and (plain in words["surely_extract"] or plain in words["extract"]):
        for draft in _extracted(verb, sentence, words, sure=plain in words["surely_extract"]):
            found = True
            yield draft
    if not found and plain in words["use"]:
        for draft in _used(verb, sentence, words):
            found = True
            yield draft
    if not found and plain in words["learn"]:
        yield from _learned(verb, sentence, words)
    if not found and plain in words["flow"]:
        yield from _flowed(verb, sentence, words)
    if not found and plain in words["serve"]:
        yield from _served(verb, sentence, words)
    if not found and plain in words["evaluate"]:
        yield from _measured(verb, sentence, words)


def sources(token: Token, sentence: Sentence, words: Words) -> list[Referent]:
    """The teachers behind a noun or clause of material: "X", "X's answers", "what X wrote"."""
    if is_verb(token):  # "on what X wrote"
        makers = [r for a in agents(token) for r in entities(a, sentence, words.lexicon, "systems", "staff")]
        return [r for r in makers if r.kind in TEACHERS]
    found = entities(token, sentence, words.lexicon, "outputs", "systems")
    if token.i in sentence.refs and all(r.kind == "company" for r in found):
        found = []  # "trained with Nvidia": a company itself is no material
    return [r for r in found if r.kind in TEACHERS]


def learners(tokens: list[Token], sentence: Sentence, words: Words) -> list[Referent]:
    """Who learns, among some nouns: a named model, else the owner of "its own models"."""
    found: list[Referent] = []
    for token in tokens:
        found += [r for r in entities(token, sentence, words.lexicon, "students", "staff", "weights") if r not in found]
    return [r for r in found if r.kind in LEARNERS]


def _pairs(
    predicate: str, trigger: Token, who: list[Referent], whom: list[Referent], parts: tuple[Token, ...], **more: str
) -> Iterator[Draft]:
    for subject in who:
        for object_ in whom:
            if subject.id != object_.id and subject.owner != object_.name or predicate == EVALUATED and subject.id != object_.id:
                qualifiers = {k: v for k, v in more.items() if v}
                yield Draft(predicate=predicate, trigger=trigger, subject=subject, object=object_, parts=parts, qualifiers=qualifiers)


def _means(verb: Token, words: Words) -> list[Token]:
    """The nouns and clauses that say on what something was trained: "on …", "with …", "using …", "with the help of …"."""
    found = obliques(verb, words["by_means"])
    for child in verb.children:
        if child.dep_ in {"advcl", "prep", "acl", "xcomp"} and child.lower_ in {"using", "relying", "leveraging", "employing"}:
            found += [c for c in child.children if c.dep_ in {"dobj", "pobj"}]
            found += obliques(child, frozenset({"on", "upon"})) if child.pos_ == "VERB" else []
    if not found and verb.dep_ in {"xcomp", "pcomp"}:  # hung too high: "stopped short of training Y on X"
        governor = next((a for a in verb.ancestors if is_verb(a)), None)
        found = [t for t in obliques(governor, frozenset({"on", "with", "from"})) if t.i > verb.i] if governor is not None else []
    passive = is_passive(verb)
    return [t for t in found if not (passive and t in by_agents(verb))]


def _trained(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    sure = sentence.lemma(verb) in words["surely"]
    materials = []
    for token in _means(verb, words):
        for part in coordinated(token):
            through = part.i not in sentence.refs and not is_verb(part)
            help_ = sentence.lemma(part) in {"help", "aid", "assistance", "basis", "use"}
            if sure or (through and sentence.lemma(part) in words.lexicon.words("outputs")):
                links = owners(part) if help_ else [part]
                materials += [r for link in links for r in sources(link, sentence, words)]
    if not materials:
        return
    students = learners(patients(verb), sentence, words)
    makers = [r for r in learners(agents(verb), sentence, words) if r.kind in {"company", "group", "agency", "person"}]
    named = [s for s in students if s.kind in {"model", "product"}]
    who = makers or students
    yield from _pairs(
        TRAINED, verb, who, materials, tuple(_means(verb, words)), student=named[0].name if makers and named else ""
    )


def _extracted(verb: Token, sentence: Sentence, words: Words, *, sure: bool) -> Iterator[Draft]:
    """ "distilled X's models", "distilled knowledge out of X", "extracted X's capabilities to train Y", "distilled X into Y"."""
    if sure:
        whom = [r for p in patients(verb) for r in sources(p, sentence, words)]
        whom += [r for p in patients(verb) for r in _named_company(p, sentence) if r not in whom]
        whom = whom or [r for o in obliques(verb, frozenset({"from", "of"})) for r in sources(o, sentence, words)]
    else:
        purposes = list(purposes_of(verb, sentence))
        if not any(_is_training(p, sentence, words) for p in purposes):
            return
        whom = [r for p in patients(verb) for r in sources(p, sentence, words)]
        whom = whom or [r for o in obliques(verb, frozenset({"from", "of"})) for r in sources(o, sentence, words)]
    students = learners(obliques(verb, frozenset({"into"})), sentence, words)
    who = [r for r in learners(agents(verb), sentence, words) if r not in whom] or students
    if is_passive(verb) and sure:  # "R2 was distilled from X"
        origin = [r for o in obliques(verb, frozenset({"from"})) for r in sources(o, sentence, words)]
        if origin:
            who, whom = learners(patients(verb), sentence, words), origin
    elif sure and not agents(verb):
        return
    yield from _pairs(TRAINED, verb, who, whom, tuple(patients(verb)), student=students[0].name if students and who != students else "")


def _named_company(token: Token, sentence: Sentence) -> list[Referent]:
    return [r for part in coordinated(token) for r in sentence.refs.get(part.i, ()) if r.kind == "company"]


def purposes_of(verb: Token, sentence: Sentence) -> Iterator[Token]:
    """What something is done for: "to train Y", "for training Y", "in the training of Y", "so as to grade it"."""
    hosts = [verb, *(c for c in verb.children if c.dep_ in {"dobj", "prep", "agent", "prt", "nsubjpass", "advmod"} and c.i > verb.i)]
    hosts += [o for h in hosts[1:] for o in h.children if o.dep_ == "pobj"]
    for host in hosts:
        for child in host.children:
            if child.dep_ in {"advcl", "xcomp", "acl", "ccomp", "relcl"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
                yield from coordinated(child)
            elif child.dep_ == "prep" and child.lower_ in {"for", "in", "during", "towards", "into"}:
                for end in child.children:
                    if end.dep_ in {"pcomp", "pobj"}:
                        yield from coordinated(end)
            elif child.dep_ == "conj" and host == verb and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
                yield from coordinated(child)


def _is_training(purpose: Token, sentence: Sentence, words: Words) -> bool:
    lemma = sentence.lemma(purpose)
    if is_verb(purpose):
        if lemma in words["label"] and lemma not in words["surely"]:
            return any(w.lemma_ in {"training", "dataset", "model"} for w in purpose.subtree)
        return lemma in words["train"] or lemma in words["surely"]
    return lemma in words["nouns"] or (purpose.tag_ == "VBG" and lemma in words["surely"])


def _is_evaluating(purpose: Token, sentence: Sentence, words: Words) -> bool:
    lemma = sentence.lemma(purpose)
    return lemma in words["evaluate"] if is_verb(purpose) else lemma in words["evaluate_nouns"]


def _used(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "used X to train Y", "X was relied on by Y as a judge", "feeding X's outputs into Y's training"."""
    things = patients(verb)
    if not any(t.i in sentence.refs for t in things) or is_passive(verb):
        things = things + obliques(verb, frozenset({"on", "upon", "to", "from", "with"}))
    whom = [r for t in things for r in sources(t, sentence, words)]
    if not whom:
        return
    who = [r for r in learners(agents(verb), sentence, words) if r not in whom]
    role = _role(verb, sentence)
    parts = tuple(things)
    only = "yes" if _only(verb, words) else ""
    if role in words.lexicon.words("judges"):
        yield from _pairs(EVALUATED, verb, who, whom, parts, only=only, role=role)
        return
    if role in words["teachers"]:
        yield from _pairs(TRAINED, verb, who, whom, parts, only=only, role=role)
        return
    purposes = list(purposes_of(verb, sentence))
    training = [p for p in purposes if _is_training(p, sentence, words)]
    students = [s for p in training for s in learners([*patients(p), *(owners(p) if not is_verb(p) else [])], sentence, words) if s not in whom]
    named = [s for s in students if s.kind in {"model", "product"}]
    flows = learners(obliques(verb, frozenset({"into"})), sentence, words)
    into = any(sentence.lemma(t) in words["corpus_nouns"] | words["nouns"] for t in obliques(verb, frozenset({"into", "in"})))
    if training or (sentence.lemma(verb) in {"feed", "put"} and (flows or into)):
        who = who or students or flows or [r for t in obliques(verb, frozenset({"into"})) for r in learners(owners(t), sentence, words)]
        who = who or ([UNNAMED] if is_passive(verb) and not by_agents(verb) else [])
        yield from _pairs(TRAINED, training[0] if training else verb, who, whom, parts, only=only, student=named[0].name if named and named != who else "")
    evaluating = [p for p in purposes if _is_evaluating(p, sentence, words)]
    if evaluating:
        yield from _pairs(EVALUATED, evaluating[0], who or learners([*patients(evaluating[0])], sentence, words), whom, parts, only=only)


def _role(verb: Token, sentence: Sentence) -> str:
    """The noun of "used X as a judge"."""
    hosts = [verb, *(c for c in verb.children if c.dep_ in {"dobj", "advmod", "prep", "agent"})]
    hosts += [o for h in hosts[1:] for o in h.children if o.dep_ == "pobj"]
    for host in hosts:
        for preposition in host.children:
            if preposition.lower_ == "as" and preposition.i > verb.i:
                for noun in preposition.children:
                    if noun.dep_ in {"pobj", "pcomp"} or noun.pos_ == "NOUN":
                        return sentence.lemma(noun)
    return ""


def _served(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "X served Y as a judge", "X acted as the teacher of Y's model"."""
    role = _role(verb, sentence)
    predicate = EVALUATED if role in words.lexicon.words("judges") else TRAINED if role in words["teachers"] else ""
    if not predicate:
        return
    whom = [r for s in subjects(verb) for r in sources(s, sentence, words)]
    tokens = [*patients(verb), *obliques(verb, frozenset({"for", "at"}))]
    nouns = [o for t in obliques(verb, frozenset({"as"})) for o in owners(t)]
    who = learners(tokens, sentence, words) or learners(nouns, sentence, words)
    yield from _pairs(predicate, verb, who, whom, (), role=role)


def _only(verb: Token, words: Words) -> bool:
    near = [c for c in verb.subtree if c.dep_ in {"advmod", "amod", "cc", "preconj"} and abs(c.i - verb.i) < 10]
    return any(c.lower_ in words["only"] for c in near)


def _learned(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "learned from X's models", "imitates X's answers"."""
    lemma = sentence.lemma(verb)
    things = obliques(verb, frozenset({"from", "off"}))
    if lemma in {"imitate", "mimic", "emulate", "ape"}:
        things = things + patients(verb)
    whom = [r for t in things for r in sources(t, sentence, words)]
    yield from _pairs(TRAINED, verb, learners(agents(verb), sentence, words), whom, tuple(things))


def _flowed(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "output of X has gone into the model", "X's answers flowing into the training of Y"."""
    whom = [r for s in subjects(verb) if sentence.lemma(s) in words.lexicon.words("outputs") for r in sources(s, sentence, words)]
    ends = [t for t in obliques(verb, frozenset({"into", "in"})) for t in coordinated(t)]
    ends += [o for w in verb.children if w.lemma_ == "way" for o in obliques(w, frozenset({"into"}))]
    if not whom or not any(sentence.lemma(t) in words["corpus_nouns"] | words["nouns"] or t.i in sentence.refs for t in ends):
        return
    who = learners(ends, sentence, words) or learners([o for t in ends for o in owners(t)], sentence, words)
    who = who or [UNNAMED]
    yield from _pairs(TRAINED, verb, who, whom, tuple(subjects(verb)))


def _measured(verb: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "benchmarked Y against X", "stood its models next to X", "graded by X"; not "Y, compared to X, is weak"."""
    if verb.dep_ in {"prep", "acl", "amod"} or (is_passive(verb) and sentence.lemma(verb) not in words["graded"]):
        return
    things = obliques(verb, words["against"])
    things += [o for c in verb.children if c.lower_ == "next" for o in obliques(c, frozenset({"to"}))]
    whom = [r for t in things for r in sources(t, sentence, words) if r.kind in {"model", "product"}]
    makers = [r for r in learners(agents(verb), sentence, words) if r not in whom and r.kind != "person"]
    measured = [r for p in patients(verb) for r in entities(p, sentence, words.lexicon, "students", "outputs", "staff") if r.kind in LEARNERS]
    who = [r for r in makers or measured if r not in whom]
    if makers and not measured and not any(sentence.lemma(p) in words.lexicon.words("students") for p in patients(verb)):
        return  # "X tested its plan against Y"
    yield from _pairs(EVALUATED, verb, who, whom, tuple(things))


def _noun(noun: Token, sentence: Sentence, words: Words) -> Iterator[Draft]:
    """ "X's distillation of Y", "the training of X on Y's answers", "distillation of Y by X"."""
    lemma = sentence.lemma(noun)
    if lemma not in words["nouns"]:
        return
    behind = {p.lower_: [c for c in p.children if c.dep_ in {"pobj", "pcomp"}] for p in prepositions(noun)}
    poss = [c for c in noun.children if c.dep_ == "poss"]
    on = [t for w in ("on", "with", "from", "using") for t in behind.get(w, [])]
    if lemma in {"distillation", "copying", "extraction", "imitation", "cloning"}:
        whom = [r for t in behind.get("of", []) for r in sources(t, sentence, words)]
        whom += [r for t in behind.get("of", []) for r in _named_company(t, sentence) if r not in whom]
        whom = whom or [r for t in behind.get("from", []) for r in sources(t, sentence, words)]
        who = learners(poss or behind.get("by", []), sentence, words)
    else:
        whom = [r for t in on for r in sources(t, sentence, words)]
        who = learners(poss or behind.get("by", []) or behind.get("of", []), sentence, words)
    yield from _pairs(TRAINED, noun, who, whom, ())


UNNAMED = Referent("", "", "company", "")
