"""Who speaks when a noun is the subject of a verb of saying: a name, a role's owner, a text's issuer, its authors."""

from __future__ import annotations

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import is_verb, own_subjects, owners, subjects
from distillwatch.nlp.parse import Token

HOUSES = frozenset({"group", "agency", "company"})
ACTORS = HOUSES | {"person"}
SENDING = frozenset(
    "send submit file publish write issue release deliver circulate share address post pen sign hand draft give".split()
)
DOCUMENT_REACH = 14  # tokens from "memo" to the participle that says what stands in it


def speaker_of(noun: Token, sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    """Who speaks when a noun is the subject of a verb of saying: a name, a role's holder or owner, a text's issuer."""
    named = [r for r in entities(noun, sentence, lexicon) if r.kind != "policy"]
    if named:
        return named
    lemma = sentence.lemma(noun)
    if lemma in lexicon.words("authors") and not _unnamed(noun):
        house = [
            r
            for o in _houses_of(noun)
            for r in entities(o, sentence, lexicon)
            if r.kind in {"group", "agency", "company"}
        ]
        papers = (
            sentence.issued[w] for w in ("paper", "preprint", "study", "report", "analysis") if w in sentence.issued
        )
        paper = next(papers, None)
        if house or (paper is not None and not owners(noun) and any(c.lower_ == "the" for c in noun.children)):
            return house or ([paper] if paper is not None else [])
    if lemma in lexicon.words("anonymous") and not owners(noun):
        return []
    if lemma in lexicon.words("anonymous") and _unnamed(noun):
        return []
    if lemma in lexicon.words("spokes"):
        return entities(noun, sentence, lexicon, "spokes") or _own_spokesman(noun, sentence, lexicon)
    if lemma in lexicon.words("artefacts"):
        senders = _houses(sender(noun), sentence, lexicon)
        if senders:
            return senders
        readers = {r.id for t in _readers(noun) for r in sentence.refs.get(t.i, ())}
        own = [r for r in entities(noun, sentence, lexicon, "artefacts") if r.id not in readers]
        return own or ([sentence.issuers[noun.i]] if noun.i in sentence.issuers else [])
    return []


def sender(noun: Token) -> list[Token]:
    """Who sent a document: in "X submitted a memo to Y" X, who speaks in "a memo to Y accusing Z"."""
    verb = noun.head
    if noun.dep_ == "dobj" and is_verb(verb) and verb.lemma_ in SENDING:
        return subjects(verb)
    return []


def document_before(verb: Token, sentence: Sentence, lexicon: Lexicon) -> Token | None:
    """The document whose words a bare "accusing", "alleging" or "warning" behind it tells; None for no such.

    The parser often hangs the participle on the verb above, which makes the reader of the memo its author.
    """
    if verb.tag_ != "VBG" or own_subjects(verb) or verb.i == 0 or verb.nbor(-1).text == ",":
        return None
    for token in reversed(list(verb.doc[max(verb.i - DOCUMENT_REACH, 0) : verb.i])):
        if is_verb(token):
            return None
        if token.pos_ == "NOUN" and sentence.lemma(token) in lexicon.words("artefacts"):
            return token
    return None


def _readers(noun: Token) -> list[Token]:
    return [o for p in noun.children if p.lower_ == "to" for o in p.children if o.dep_ == "pobj"]


def _houses(nouns: list[Token], sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    return [r for noun in nouns for r in entities(noun, sentence, lexicon) if r.kind in ACTORS]


def _houses_of(noun: Token) -> list[Token]:
    """Where people work: "researchers at X", "X's scientists", "X researchers"."""
    links = [c for c in noun.children if c.dep_ in {"poss", "compound", "nmod"}]
    return links + [
        o for p in noun.children if p.lower_ in {"at", "from", "of", "with"} for o in p.children if o.dep_ == "pobj"
    ]


def _own_spokesman(noun: Token, sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    """ "The ministry has not done so, a spokesman said": the spokesman of whoever the clause is about."""
    if sentence.lemma(noun) not in lexicon.words("spokes_titles") or owners(noun) or not is_verb(noun.head):
        return []
    clauses = [c for c in noun.head.children if c.dep_ in {"ccomp", "parataxis"}] or [noun.head.head]
    about = [r for c in clauses for s in subjects(c) for r in entities(s, sentence, lexicon)]
    return [r for r in about if r.kind in {"company", "agency"}]


def _unnamed(noun: Token) -> bool:
    """ "people familiar with", "a person close to X", "two sources": their nearness to X makes them no voice of X."""
    return any(c.lower_ in {"familiar", "close", "briefed", "unnamed", "anonymous"} for c in noun.subtree)
