"""Which model "it" is, where the words around the pronoun say that a model is meant.

"Norvane released Ostra 2 in May. It has 70 billion parameters": no company has parameters, so the pronoun passes over
the subject of the sentence before (selectional preference: Hobbs, 1978) to what that sentence presents.
"""

from __future__ import annotations

from collections.abc import Sequence

from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import is_passive, is_verb, obliques, own_subjects, patients
from distillwatch.nlp.parse import Token

MODELS = frozenset({"model", "chatbot", "system", "assistant", "llm"})
PARTS = frozenset({"parameter", "weight", "layer", "architecture", "expert"})
SHOWN = frozenset({"release", "launch", "unveil", "open-source", "ship"})
PRESENTING = SHOWN | frozenset("publish present put bring announce have make train build develop offer".split())
BESTING = frozenset(
    {"beat", "surpass", "match", "rival", "trounce", "top", "trail", "edge", "equal", "eclipse", "best"}
)
SCORING = frozenset({"score", "outperform", "outscore"})
POSSESSIVES = frozenset({"its"})
WITHIN = 2  # sentences that the pronoun looks back, within one paragraph
OTHERS = frozenset("report paper preprint study letter memo complaint dataset benchmark statement".split())


def means_model(token: Token, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether what is said of "it" or "its" can be said of a model only."""
    if token.dep_ == "poss":
        return token.lower_ in POSSESSIVES and _part(token.head, sentence)
    verb = token.head
    if token.lower_ != "it" or token.dep_ not in {"nsubj", "nsubjpass"} or not is_verb(verb):
        return False
    if verb.lemma_ == "be" and any(c.dep_ == "attr" and c.lemma_.lower() in MODELS for c in verb.children):
        return True
    lemma, made = sentence.lemma(verb), lexicon.words("make_a_model")
    if is_passive(verb):
        return lemma in made | SHOWN
    if lemma in {"have", "use", "boast", "count"} and any(_part(p, sentence) for p in patients(verb)):
        return True
    if lemma == "cost":
        return any(c.dep_ in {"xcomp", "advcl"} and c.lemma_.lower() in made for c in verb.children)
    if lemma in BESTING:  # "it beats Ostra 2"
        return any(r.kind == "model" for p in patients(verb) for r in sentence.refs.get(p.i, ()))
    if lemma == "come":
        return any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
    return lemma in SCORING


def fronted(token: Token, sentence: Sentence) -> Referent | None:
    """ "With its 90 billion parameters it is not small": whoever the phrase in front of the clause spoke of."""
    if token.lower_ != "it" or token.dep_ != "nsubj":
        return None
    for phrase in (c for c in token.head.children if c.dep_ == "prep" and c.i < token.i):
        for its in (t for t in phrase.subtree if t.lower_ in POSSESSIVES and len(sentence.refs.get(t.i, ())) == 1):
            return sentence.refs[its.i][0]
    return None


def _part(noun: Token, sentence: Sentence) -> bool:
    """Parameters and weights, or a figure of them."""
    figures = (sentence.amounts.get(t.i) for t in (noun, *noun.children))
    return sentence.lemma(noun) in PARTS or any(a is not None and a.quantity.unit == "parameters" for a in figures)


def model_before(token: Token, sentence: Sentence, earlier: Sequence[Sentence]) -> Referent | None:
    """The model that `token` points back at: named before it in its own sentence, else in the nearest that names any.

    `earlier` are the sentences before it, nearest first. None where several models fit equally well.
    """
    here = {i: found for i, found in sentence.refs.items() if i < token.i}
    own = _models(here)
    if own:
        return own[0] if len(own) == 1 else None
    for before in earlier[:WITHIN]:
        found = _models(before.refs)
        if _shown(token, sentence) and _other_work(before):
            return None
        if not found and any(_unnamed_model(n, before) for n in before.nouns):
            return None
        if found:
            return found[0] if len(found) == 1 and not _oblique_only(found[0], before) else _presented(before)
    return None


def _shown(token: Token, sentence: Sentence) -> bool:
    return sentence.lemma(token.head) in SHOWN | {"come"}


def _other_work(sentence: Sentence) -> bool:
    """A report or a letter, which come out as models do."""
    return any(sentence.lemma(n) in OTHERS and n.dep_ in {"dobj", "nsubj", "nsubjpass"} for n in sentence.nouns)


def _models(refs: dict[int, tuple[Referent, ...]]) -> list[Referent]:
    """The models named, each once; a family beside one of its versions is left out."""
    found = {r.id: r for i in sorted(refs) for r in refs[i] if r.kind == "model"}
    models = list(found.values())
    return [m for m in models if not any(o.name.startswith(f"{m.name} ") for o in models if o is not m)]


def _presented(sentence: Sentence) -> Referent | None:
    """The one model that the sentence is about or brings out: "X was released", "Y released X", "Y has a model, X"."""
    roots = [t for t in sentence.doc if t.dep_ == "ROOT"]
    if len(roots) != 1 or not is_verb(roots[0]):
        return None
    root = roots[0]
    for nouns in (own_subjects(root), patients(root) if sentence.lemma(root) in PRESENTING else []):
        found = _models({n.i: _behind(n, sentence) for n in nouns})
        if found:
            rivals = [m for m in _models(sentence.refs) if m.id != found[0].id and m.owner == found[0].owner]
            return found[0] if len(found) == 1 and not rivals else None
    return None


def _unnamed_model(noun: Token, sentence: Sentence) -> bool:
    """ "A model", which the page gives no name."""
    return sentence.lemma(noun) in MODELS and any(c.lower_ in {"a", "an"} for c in noun.children)


def _behind(noun: Token, sentence: Sentence) -> tuple[Referent, ...]:
    """Who a noun is, or what stands in apposition to it."""
    known = sentence.refs.get(noun.i)
    return known or tuple(r for c in noun.children if c.dep_ == "appos" for r in sentence.refs.get(c.i, ()))


def _oblique_only(model: Referent, sentence: Sentence) -> bool:
    """ "Y took answers from X": X is the means there, and what follows may be about another."""
    roots = [t for t in sentence.doc if t.dep_ == "ROOT"]
    away = {t.i for root in roots for t in obliques(root, frozenset({"from", "with", "against", "than", "to"}))}
    return any(r.id == model.id for i in away for r in sentence.refs.get(i, ()))
