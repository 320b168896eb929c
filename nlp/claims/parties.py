"""Words for the part that somebody plays on the page: "the defendant", "the accused company", "the lawyer said".

They are bound over the whole page, and only where the page gives the part to one party, or the title to one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from distillwatch.nlp.claims.asides import Aside
from distillwatch.nlp.claims.frames import drafts
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.pronouns import go_on_within
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_verb, patients
from distillwatch.nlp.parse import Token
from distillwatch.topic import Predicate

SUING = "sued"
ACCUSING = frozenset({"accuse", "charge", "blame"})
CHARGING, CHARGED = 0, 1
IN_SUIT = {"plaintiff": CHARGING, "claimant": CHARGING, "defendant": CHARGED}
TELLING = re.compile(rf"(?:the )?({'|'.join(IN_SUIT)})", re.IGNORECASE)
IN_CHARGE = {"accuser": CHARGING, "accused": CHARGED}
HOUSES = frozenset({"company", "firm", "lab", "laboratory", "startup", "start-up", "developer", "party"})
PARTIES = frozenset({"company", "person", "agency", "group"})
HOLDER_REACH = 70  # code points between a name and the title behind it
NEAR = 2  # sentences in which the nearest of several holders is meant
FAR = 12  # sentences over which a title stays its holder's
# Many hold these at once; the nearest holder need not be meant.
COMMON = frozenset("member head executive chief officer employee leader deputy president partner".split())
SPEAKING = re.compile(
    r"\b(?:spokes(?:man|woman|person|people|men|women)|(?:speaks|spoke|speaking) for)\b", re.IGNORECASE
)
BEHIND = re.compile(r"(?:,| is| was|,? who is|,? who was)(?:\s(?:an?|the|its|their|[\w.’'-]+['’]s?|[\w-]+)){0,6}\s")
FRONT = re.compile(r",?\s(?:(?:of|for|at)\s[^,;.]{2,40},\s)?")
Pairs = list[tuple[Referent, Referent]]


def bind(sentences: Sequence[Sentence], lexicon: Lexicon, predicates: Mapping[str, Predicate]) -> None:
    """Add to every sentence's `refs` whom such words mean. Run once, when names and pronouns are known."""
    asked = [(s, t, *part) for s in sentences for t in s.nouns if (part := _part(t, s)) is not None]
    inserted = [(s, a, m[1]) for s in sentences for _, a in s.asides if (m := TELLING.fullmatch(_who(a, s)))]
    if asked or inserted:
        suits, charges = _suits(sentences, lexicon, predicates), _charges(sentences)
        for sentence, token, side, in_suit in asked:
            who = _only(side, suits if in_suit else [*charges, *suits])
            if who is not None:
                sentence.refs[token.i] = (structs.replace(who, text=sentence.words(token)),)
                go_on_within(sentence)
        for sentence, aside, word in inserted:
            who = _only(IN_SUIT[word.lower()], suits)
            if who is not None:
                known = (aside.who_start, aside.who_end, (structs.replace(who, text=_who(aside, sentence)),))
                sentence.known = (*sentence.known, known)
    _titles(sentences, frozenset(lexicon.tables["positions"]["nouns"]))


def _who(aside: Aside, sentence: Sentence) -> str:
    return sentence.document_text[aside.who_start : aside.who_end]


def _only(side: int, pairs: Pairs) -> Referent | None:
    """The one party of a side, None where there are several."""
    who = {pair[side].id: pair[side] for pair in pairs}
    return next(iter(who.values())) if len(who) == 1 else None


def _part(noun: Token, sentence: Sentence) -> tuple[int, bool] | None:
    """(side, whether a suit gives it) of "the defendant", "the accused company"; None for any other noun."""
    lemma = noun.lemma_.lower()
    if noun.i in sentence.refs:
        return None
    if lemma in IN_SUIT and noun.tag_ == "NNP" and noun.text[:1].isupper():  # "Plaintiff alleges that Defendant …"
        alone = all(c.dep_ in {"punct", "case"} for c in noun.children) and noun.dep_ not in {"compound", "nmod"}
        return (IN_SUIT[lemma], True) if alone else None
    if noun.tag_ != "NN" or not any(c.lower_ == "the" for c in noun.children):
        return None
    if any(c.dep_ in {"prep", "relcl", "acl"} for c in noun.children):
        return None
    beside = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound"}}
    if lemma in IN_SUIT:
        return (IN_SUIT[lemma], True) if not beside else None
    if lemma in IN_CHARGE:
        return (IN_CHARGE[lemma], False) if not beside else None
    word = next(iter(beside), "")
    if lemma in HOUSES and len(beside) == 1 and word in {"accused", "accusing"}:
        return CHARGED if word == "accused" else CHARGING, False
    return None


def _suits(sentences: Sequence[Sentence], lexicon: Lexicon, predicates: Mapping[str, Predicate]) -> Pairs:
    found: Pairs = []
    for sentence in sentences:
        for draft in drafts(sentence, lexicon, dict(predicates)):
            if draft.predicate != SUING or draft.object is None or not draft.subject.id:
                continue
            found.append((draft.subject, draft.object))
            # "sued X in May and Y in June": whoever else stands there has perhaps been sued too
            after = (i for i in sentence.refs if i > draft.trigger.i and not _court(sentence.doc[i], sentence))
            behind = (r for i in after for r in sentence.refs[i])
            found += [(draft.subject, r) for r in behind if r.kind in PARTIES and r.id != draft.subject.id]
    return found


def _court(name: Token, sentence: Sentence) -> bool:
    """ "Sued X in the District Court of Y": where, not whom."""
    agency = all(r.kind == "agency" for r in sentence.refs[name.i])
    return agency and name.dep_ == "pobj" and name.head.lower_ in {"in", "at", "before", "with"}


def _charges(sentences: Sequence[Sentence]) -> Pairs:
    return [
        (one, other)
        for sentence in sentences
        for verb in sentence.verbs
        if is_verb(verb) and sentence.lemma(verb) in ACCUSING
        for one in _named(agents(verb), sentence)
        for other in _named(patients(verb), sentence)
    ]


def _named(nouns: Sequence[Token], sentence: Sentence) -> list[Referent]:
    return [r for n in nouns for r in sentence.refs.get(n.i, ()) if r.kind in PARTIES]


def _titles(sentences: Sequence[Sentence], titles: frozenset[str]) -> None:
    """ "The lawyer said": the one person of the page so far who is called a lawyer, unless another lawyer is about."""
    asked = [(at, t) for at, s in enumerate(sentences) for t in s.nouns if _bare_title(t, s, titles)]
    for at, token in asked:
        word = token.lemma_.lower()
        shape = SPEAKING if SPEAKING.fullmatch(word) else re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
        person = _the_one(sentences[max(0, at - FAR) : at], shape) or _the_one(sentences[max(0, at - NEAR) : at], shape)
        if person is not None:
            sentences[at].refs[token.i] = (structs.replace(person, text=sentences[at].words(token)),)


def _the_one(before: Sequence[Sentence], shape: re.Pattern[str]) -> Referent | None:
    """The one holder of a title in some sentences, None where they tell of several or of one without a name."""
    found = [holder for s in before for holder in _holders(s, shape)]
    people = {p.id: p for p in found if p is not None}
    return next(iter(people.values())) if len(people) == 1 and None not in found else None


def _bare_title(noun: Token, sentence: Sentence, titles: frozenset[str]) -> bool:
    word = noun.lemma_.lower()
    if noun.i in sentence.refs or noun.tag_ != "NN" or word not in titles or word in COMMON:
        return False
    return noun.dep_ in {"nsubj", "nsubjpass"} and [c.lower_ for c in noun.children if c.dep_ != "punct"] == ["the"]


def _holders(sentence: Sentence, shape: re.Pattern[str]) -> Iterator[Referent | None]:
    """Each place of a title in a sentence: the person beside it, or None for one who goes without a name."""
    text = sentence.document_text
    for match in shape.finditer(text, sentence.start, sentence.end):
        yield _holder(match.start(), match.end(), sentence)


def _holder(start: int, end: int, sentence: Sentence) -> Referent | None:
    text = sentence.document_text
    for a, b, referents in sentence.known:
        person = referents[0]
        if person.kind != "person" or not text[a:b][:1].isupper():
            continue
        if b < start and start - b < HOLDER_REACH and BEHIND.fullmatch(text, b, start):
            return person
        if end < a and FRONT.fullmatch(text, end, a):
            return person
        if a <= start and end <= b:
            return person
    return None
