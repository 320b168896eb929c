"""What the readers of training and of use share: word lists, teachers, learners, and the drafts made of them."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.attribution import layers_over
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, coordinated, is_verb, obliques, patients, resumed
from distillwatch.nlp.parse import Token

TRAINED, EVALUATED, BUILT = "trained_on_outputs_of", "evaluated_with", "built_on"
LEARNERS = frozenset({"company", "model", "group", "product", "agency", "person"})
TEACHERS = frozenset({"model", "product", "company", "group"})
MAKERS = frozenset({"company", "group", "agency", "person"})
MODELS = frozenset({"model", "product"})
AIDING = frozenset({"help", "assist", "aid", "begin", "start", "continue"})
STRETCHES = frozenset({"process", "run", "phase", "stage", "pipeline", "effort", "work", "period", "purpose"})
UNNAMED = Referent("", "", "company", "")  # somebody the sentence leaves out; the speaker's own house, perhaps


class Words:
    """The word lists of [training], as sets."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.sets: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in lexicon.tables["training"].items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


def sources(token: Token, sentence: Sentence, words: Words) -> list[Referent]:
    """The teachers behind a noun or clause of material: "X", "X's answers", "what X wrote"."""
    if is_verb(token):  # "on what X wrote"
        makers = [r for a in agents(token) for r in entities(a, sentence, words.lexicon, "systems", "staff")]
        return [r for r in makers if r.kind in TEACHERS]
    found = entities(token, sentence, words.lexicon, "outputs", "systems")
    if token.i in sentence.refs and all(r.kind == "company" for r in found):
        found = []  # "trained with Nvidia": a company itself is no material
    if not found:  # "on not one sentence that X wrote"
        told = [c for c in token.children if c.dep_ == "relcl" and sentence.lemma(c) in words["label"]]
        found = [r for c in told for a in agents(c) for r in entities(a, sentence, words.lexicon, "systems")]
    return [r for r in found if r.kind in TEACHERS]


def gathered(verb: Token, sentence: Sentence, words: Words) -> list[Referent]:
    """Whose "them" are in "collected X's answers and trained Y on them", "sent X prompts, Z said, and used them"."""
    earlier = resumed(verb) or verb.head
    things = [*patients(earlier), *obliques(earlier, frozenset({"from", "with"}))]
    return list(dict.fromkeys(r for t in things for r in sources(t, sentence, words)))


def of_accuser(
    verb: Token, things: list[Token], who: list[Referent], whom: list[Referent], sentence: Sentence, words: Words
) -> list[Referent]:
    """Whom "its" means in "X accused Y of distilling its models": the accuser, for nobody copies himself.

    `whom` is kept where it names anybody but the learners themselves.
    """
    others = [r for r in whom if not any(r.id == s.id or r.name == s.owner or r.owner == s.name for s in who)]
    pronouns = [c for t in things for c in t.subtree if c.dep_ == "poss" and c.lower_ in {"its", "their"}]
    if others or not pronouns or not who:
        return whom
    speakers = [r for layer in layers_over(verb, sentence, words.lexicon) for r in layer.speakers]
    own = {s.id for s in who} | {s.owner for s in who}
    return [r for r in speakers if r.kind in TEACHERS and r.id not in own and r.name not in own][:1]


def learners(tokens: list[Token], sentence: Sentence, words: Words) -> list[Referent]:
    """Who learns, among some nouns: a named model, else the owner of "its own models"."""
    found: list[Referent] = []
    for token in tokens:
        found += [r for r in entities(token, sentence, words.lexicon, "students", "staff", "weights") if r not in found]
    return [r for r in found if r.kind in LEARNERS]


def named_companies(token: Token, sentence: Sentence) -> list[Referent]:
    """Companies that a noun phrase names themselves: what "distilled X" may have for X."""
    return [r for part in coordinated(token) for r in sentence.refs.get(part.i, ()) if r.kind == "company"]


def pairs(
    predicate: str, trigger: Token, who: list[Referent], whom: list[Referent], parts: tuple[Token, ...], **more: str
) -> Iterator[Draft]:
    """A draft for each learner and teacher; a house does not learn from itself. `more` are its qualifiers."""
    qualifiers = {k: v for k, v in more.items() if v}
    for subject in who:
        for object_ in whom:
            own = predicate != EVALUATED and object_.name == subject.owner
            own = own or (predicate == TRAINED and subject.kind in MAKERS and object_.owner == subject.name)
            if subject.id != object_.id and not own:
                yield Draft(
                    predicate=predicate,
                    trigger=trigger,
                    subject=subject,
                    object=object_,
                    parts=parts,
                    qualifiers=qualifiers,
                )


def student_of(who: list[Referent], students: list[Referent]) -> str:
    """The name of the model that a company taught, for the qualifier; "" where the model itself is the subject."""
    named = [s for s in students if s.kind in MODELS]
    return named[0].name if named and who and who[0].id != named[0].id else ""


def purposes_of(verb: Token, sentence: Sentence) -> Iterator[Token]:
    """What something is done for: "to train Y", "for training Y", "in the training of Y"."""
    near = {"dobj", "prep", "agent", "prt", "nsubjpass", "advmod"}
    hosts = [verb, *(c for c in verb.children if c.dep_ in near and c.i > verb.i)]
    hosts += [o for h in hosts[1:] for o in h.children if o.dep_ == "pobj"]
    if verb.tag_ == "VB" and verb.dep_ in {"xcomp", "advcl", "relcl", "acl"}:  # "used ways to extract X, to train Y"
        beside = [c for c in verb.head.children if c.i > verb.i and c.tag_ == "VB" and c.dep_ in {"xcomp", "advcl"}]
        yield from (c for c in beside if any(to.tag_ == "TO" for to in c.children))
    for host in hosts:
        for child in host.children:
            to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
            if child.dep_ == "advcl" and host == verb and any(c.lower_ == "when" for c in child.children):
                yield child  # "used X when it prepared the training data"
            if to and (
                child.dep_ in {"advcl", "xcomp", "acl", "ccomp", "relcl"} or (child.dep_ == "conj" and host == verb)
            ):
                for purpose in coordinated(child):
                    yield from (
                        c for c in purpose.children if purpose.lemma_ in AIDING and c.dep_ in {"xcomp", "ccomp"}
                    )
                    yield purpose
            elif child.dep_ == "prep" and child.lower_ in {"for", "in", "during", "towards", "into"}:
                for end in child.children:
                    if end.dep_ in {"pcomp", "pobj"}:
                        yield from coordinated(end)


def is_training(purpose: Token, sentence: Sentence, words: Words) -> bool:
    """Whether a purpose is to train; labelling and writing count where training material is what is made."""
    lemma = sentence.lemma(purpose)
    if is_verb(purpose):
        if lemma in words["label"] and lemma not in words["surely"]:
            return any(w.lemma_ in {"training", "dataset", "model"} for w in purpose.subtree)
        return lemma in words["train"] or lemma in words["surely"]
    if lemma in STRETCHES and any(sentence.lemma(c) in words["nouns"] for c in purpose.children):
        return True  # "during its training process"
    return lemma in words["nouns"] or (purpose.tag_ == "VBG" and lemma in words["surely"])


def is_evaluating(purpose: Token, sentence: Sentence, words: Words) -> bool:
    """Whether a purpose is to test, grade or compare."""
    lemma = sentence.lemma(purpose)
    return lemma in words["evaluate"] if is_verb(purpose) else lemma in words["evaluate_nouns"]


def role_of(verb: Token, sentence: Sentence) -> str:
    """The noun of "used X as a judge", "" where there is none."""
    hosts = [verb, *(c for c in verb.children if c.dep_ in {"dobj", "advmod", "prep", "agent"})]
    hosts += [o for h in hosts[1:] for o in h.children if o.dep_ == "pobj"]
    for host in hosts:
        for preposition in host.children:
            if preposition.lower_ == "as" and preposition.i > verb.i:
                for noun in preposition.children:
                    if noun.dep_ in {"pobj", "pcomp"} or noun.pos_ == "NOUN":
                        return _sort_of(noun, sentence)
    return ""


def _sort_of(noun: Token, sentence: Sentence) -> str:
    """The noun itself; of "a teacher model" the teacher, of "part of its data" the data."""
    lemma = sentence.lemma(noun)
    if lemma == "part":  # "as part of its training data"
        whole = next((o for p in noun.children if p.lower_ == "of" for o in p.children if o.dep_ == "pobj"), None)
        return sentence.lemma(whole) if whole is not None else lemma
    kinds = [c for c in noun.children if c.dep_ in {"compound", "nmod", "amod"} and c.pos_ in {"NOUN", "PROPN"}]
    return sentence.lemma(kinds[-1]) if lemma in {"model", "system", "network", "point"} and kinds else lemma
