"""Whose a text is that speaks: "the cable", "the complaint", "the report", by who sent, filed or published it.

A page may tell of several texts of a sort; "the complaint says" means the one told of last before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import structs

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.asides import Aside
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_passive, is_verb, own_subjects, patients, prepositions
from distillwatch.nlp.parse import Token

GENERIC = ("document", "text", "paper", "message", "note")
INDEFINITE = frozenset({"a", "an", "another", "one", "some"})
COURT_PAPERS = ("lawsuit", "suit", "complaint", "filing")
GIVING_OUT = frozenset("send write issue publish release circulate put post file lodge submit make".split())
HOUSES = frozenset({"company", "agency", "group"})
ARTICLES = frozenset({"a", "an", "its", "same"})
Told = Mapping[str, Sequence[tuple[int, Referent]]]  # artefact → (sentence, issuer), in order


def issue(sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
    """Say for each "the cable", "the document" whose it is; nobody's where one sentence tells of two issuers."""
    told = _told(sentences, lexicon)
    everyone = {r.id: r for places in told.values() for _, r in places}
    generic = next(iter(everyone.values())) if len(everyone) == 1 else None
    told |= _framed(sentences, told, lexicon)
    for at, sentence in enumerate(sentences):
        whose = {lemma: who for lemma in told if (who := _last(told[lemma], at)) is not None}
        if generic is not None:
            whose = {**dict.fromkeys(GENERIC, generic), **whose}
        sentence.issued = whose
        for noun in sentence.nouns if whose else ():
            lemma = sentence.lemma(noun)
            known = lemma in told or (lemma in whose and not _another(noun))
            if known and lemma in whose and lemma in lexicon.words("artefacts") and noun.i not in sentence.refs:
                sentence.issuers[noun.i] = whose[lemma]
    for before, sentence in pairwise(sentences):
        _go_on(before, sentence, lexicon)


def _another(noun: Token) -> bool:
    """ "A chain message", "an unsigned note": of words that fit any text, one that is told of for the first time."""
    return any(c.dep_ == "det" and c.lower_ in INDEFINITE for c in noun.children)


def _go_on(before: Sentence, sentence: Sentence, lexicon: Lexicon) -> None:
    """ "X, the complaint alleges, did Y. It counts …": what goes on telling is the complaint, not X."""
    first = sentence.doc[0] if len(sentence.doc) else None
    if first is None or first.lower_ != "it" or first.dep_ != "nsubj" or before.segment is not sentence.segment:
        return
    verb = first.head
    if lexicon.speech.get(sentence.lemma(verb)) not in {"say", "alleges", "perceives"} or is_passive(verb):
        return
    tellers = [before.issuers[s.i] for v in before.verbs for s in own_subjects(v) if s.i in before.issuers]
    tellers += [r for _, aside in before.asides if (r := told_in(aside, before)) is not None]
    if len({r.id for r in tellers}) == 1:
        sentence.refs[first.i] = (structs.replace(tellers[0], text=first.text),)


def told_in(aside: Aside, sentence: Sentence) -> Referent | None:
    """Whose text an aside names: of "…, the complaint alleges, …" who filed it; nobody's for "a chain message"."""
    words = sentence.document_text[aside.who_start : aside.who_end].lower().split()
    vague = GENERIC if words[0] in INDEFINITE else ()
    return next((sentence.issued[w] for w in words if w in sentence.issued and w not in vague), None)


def _last(places: Sequence[tuple[int, Referent]], at: int) -> Referent | None:
    """The issuer told of last up to a sentence; for a text used before it is introduced, the only one."""
    before = [(place, r) for place, r in places if place <= at] or list(places)
    last = [r for place, r in before if place == before[-1][0]] if places[0][0] <= at else [r for _, r in before]
    return last[0] if len({r.id for r in last}) == 1 else None


def _told(sentences: Sequence[Sentence], lexicon: Lexicon) -> dict[str, list[tuple[int, Referent]]]:
    told: dict[str, list[tuple[int, Referent]]] = defaultdict(list)
    telling = GIVING_OUT | {"sue"} | lexicon.words("artefacts")
    for at, sentence in enumerate(sentences):
        for token, lemma in zip(sentence.doc, sentence.lemmas, strict=True):
            if lemma not in telling and token.i not in sentence.refs:
                continue
            for artefact, who in _issued(token, sentence, lexicon):
                told[artefact].append((at, who))
    return dict(told)


def _framed(sentences: Sequence[Sentence], told: Told, lexicon: Lexicon) -> dict[str, list[tuple[int, Referent]]]:
    """Texts that only set out what is said: "in a letter to Y, X complained"."""
    found: dict[str, list[tuple[int, Referent]]] = defaultdict(list)
    for at, sentence in enumerate(sentences):
        for noun in sentence.nouns:
            lemma = sentence.lemma(noun)
            if lemma not in told and _sets_out(noun, sentence, lexicon):
                found[lemma] += [(at, r) for a in agents(noun.head.head) for r in _houses(a, sentence, lexicon)]
    return {lemma: places for lemma, places in found.items() if places}


def _issued(token: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[str, Referent]]:
    """(artefact, issuer) pairs that a token's clause tells of."""
    artefacts = lexicon.words("artefacts")
    lemma = sentence.lemma(token)
    if is_verb(token) and lemma == "sue" and not _unsaid(token):
        for agent in agents(token):
            yield from ((a, r) for r in _houses(agent, sentence, lexicon) for a in COURT_PAPERS)
    elif is_verb(token) and lemma in GIVING_OUT:
        things = [*patients(token), *([token.head] if token.dep_ == "relcl" else [])]  # "a report that X made public"
        for thing in things:
            given = sentence.lemma(thing)
            papers = COURT_PAPERS if given in COURT_PAPERS and not _unsaid(token) else (given,)
            if given in artefacts:
                yield from ((p, r) for a in agents(token) for r in _houses(a, sentence, lexicon) for p in papers)
    elif token.pos_ == "NOUN" and lemma in artefacts:
        links = [c for c in token.children if c.dep_ in {"poss", "compound"}]
        links += [o for p in prepositions(token) if p.lower_ in {"by", "from"} for o in p.children if o.dep_ == "pobj"]
        yield from ((lemma, r) for link in links for r in _houses(link, sentence, lexicon))


def _unsaid(verb: Token) -> bool:
    """ "Has not sued", "will sue": there is no such paper."""
    return any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD") for c in verb.children)


def _sets_out(noun: Token, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "In a statement", "in a letter to Y", before or behind a verb of saying."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ != "in" or not is_verb(preposition.head):
        return False
    if not any(c.lower_ in ARTICLES for c in noun.children) or sentence.lemma(preposition.head) not in lexicon.speech:
        return False
    return sentence.lemma(noun) in lexicon.words("artefacts")


def _houses(token: Token, sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    return [r for r in entities(token, sentence, lexicon) if r.kind in HOUSES]
