"""Who is what at which organisation, and who owns whom, as appositions, titles, copulas and verbs say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from distillwatch.nlp.claims.arguments import entities, resolve
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.frames import evoked
from distillwatch.nlp.claims.lexicon import Lexicon, Trigger, parse_trigger
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, attributes, is_verb, obliques, patients, prepositions, subjects
from distillwatch.nlp.parse import Token

LISTED = 120  # code points that a line of a list has at most
OURS = frozenset({"we", "us", "our", "ours"})  # in the words of whoever holds the title
HOUSES = frozenset({"company", "agency", "group", "outlet", "country", "product"})


class Positions:
    """The [positions] words, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["positions"]
        self.lexicon = lexicon
        self.sets = {k: frozenset(v) for k, v in table.items()}
        self.verbs: dict[str, list[Trigger]] = {}
        for trigger in map(parse_trigger, table["verbs"]):
            self.verbs.setdefault(trigger.lemma, []).append(trigger)


def drafts(
    sentence: Sentence,
    words: Positions,
    issuer: Referent | None,
    employers: Mapping[str, Referent],
    about: Referent | None = None,
) -> Iterator[Draft]:
    """Roles and ownerships.

    `about` is the one house that the sentence before is about: "chief executive Ann Lee said" is its chief executive.

    `issuer` is the page's own organisation, meant where a title names none; `employers` gives the known employer of a
    person by id, meant where a page says "a spokeswoman, Ann Lee" and no more.
    """
    yield from _aside(sentence, words)
    listed = list(_listed(sentence, words))
    if listed:
        yield from listed
        return
    told: set[tuple[str, str]] = set()
    for token in sentence.doc:
        if token.i in sentence.refs:
            continue
        if is_verb(token):
            found = list(_verb(token, sentence, words))
        elif token.pos_ in {"NOUN", "PROPN"} or token.lemma_.lower() in words.sets["nouns"]:
            found = [*_titled(token, sentence, words, issuer, employers, about), *_owning(token, sentence, words)]
        else:
            continue
        told |= {(d.subject.id, d.object.id) for d in found if d.object is not None}
        yield from found
    yield from (d for d in _of_house(sentence) if d.object is not None and (d.subject.id, d.object.id) not in told)


def _aside(sentence: Sentence, words: Positions) -> Iterator[Draft]:
    """The role of a speaker whose attribution was taken out of the copy: '…," said Ann Lee, who speaks for X, "…'."""
    for _, aside in sentence.asides:
        if aside.stop:
            continue
        inside = [r for a, b, found in sentence.known if aside.who_start <= a and b <= aside.who_end for r in found]
        people = [r for r in inside if r.kind == "person"]
        houses = [r for r in inside if r.kind in HOUSES]
        text = sentence.document_text[aside.who_start : aside.who_end]
        title = next((w for w in re.findall(r"[\w-]+", text) if w.lower() in words.sets["nouns"]), "")
        acts = _acting(text, words)
        if len(people) == len(houses) == 1 and (title or acts or " of " in text) and len(sentence.doc):
            yield _role(sentence.doc[0], people[0], houses[0], title, "former" in text.lower().split())


def _of_house(sentence: Sentence) -> Iterator[Draft]:
    """ "Ann Lee of Norvane testified": a name of two words or more, and a house right behind it."""
    text = sentence.document_text
    for (_, end, who), (start, _, whose) in pairwise(sentence.known):
        person, house = who[0], whose[0]
        named = person.kind == "person" and " " in person.text and house.text[:1].isupper()
        if named and house.kind in {"company", "agency", "group"} and text[end:start] in {" of ", " of the "}:
            yield _role(sentence.doc[0], person, house, "", former=False)


def _acting(text: str, words: Positions) -> bool:
    """ "Ann Lee, who speaks for X", "who led research at X"."""
    match = re.search(r"\bwho (?:now |has |also )?([a-z]+)\b", text)
    return match is not None and any(match[1] in _forms(lemma) for lemma in words.verbs)


def _forms(lemma: str) -> set[str]:
    irregular = {"lead": "led", "run": "ran", "speak": "spoke", "teach": "taught", "leave": "left"}
    return {lemma, f"{lemma}s", f"{lemma}es", f"{lemma}d", f"{lemma}ed", irregular.get(lemma, lemma)}


def _listed(sentence: Sentence, words: Positions) -> Iterator[Draft]:
    """A line of a list of those present: "Ann Lee, Director of Policy, Norvane"."""
    text = sentence.document_text[sentence.start : sentence.end]
    if len(sentence.known) < 2 or sentence.verbs or len(text) > LISTED:
        return
    (start, end, who), (at, until, whose) = sentence.known[0], sentence.known[-1]
    between = sentence.document_text[end:at]
    title = re.fullmatch(r"(?:, | \()([A-Z][\w -]*(?: (?:of|for|and) [\w -]+)?), ", between)
    alone = start == sentence.start and not text[until - sentence.start :].strip(" ).")
    if title is None or not alone or who[0].kind != "person" or whose[0].kind not in {"company", "agency", "group"}:
        return
    if words.sets["nouns"] & set(title[1].lower().split()):
        yield _role(sentence.doc[0], who[0], whose[0], title[1].lower(), former=False)


def _role(draft_token: Token, person: Referent, house: Referent, title: str, former: bool) -> Draft:
    qualifiers = {"role": title, **({"scope": "former"} if former else {})}
    return Draft(
        predicate="holds_role",
        trigger=draft_token,
        subject=person,
        object=house,
        plain=True,
        undated=True,
        qualifiers=qualifiers,
    )


def _titled(
    noun: Token,
    sentence: Sentence,
    words: Positions,
    issuer: Referent | None,
    employers: Mapping[str, Referent],
    about: Referent | None,
) -> Iterator[Draft]:
    if noun.lemma_.lower() not in words.sets["nouns"]:
        return
    people = [r for t in _bearers(noun) for r in resolve(t, sentence, frozenset()) if r.kind == "person"]
    if not people:
        return
    houses = _houses(noun, sentence, words)
    if not houses and issuer is not None and noun.pos_ == "PROPN":
        houses = [issuer]
    speaks = noun.lemma_.lower() in words.sets["speaking"]
    if not houses and speaks and noun.pos_ != "PROPN" and not list(prepositions(noun)) and people[0].id in employers:
        houses = [employers[people[0].id]]
    if not houses and about is not None and _bare_title(noun, sentence, words):
        houses = [about]
    former = any(c.lower_ in {"former", "ex", "then"} for c in noun.subtree if c.i < noun.i)
    for person in people:
        for house in houses:
            yield _role(noun, person, house, _title(noun, sentence), former)


def _bare_title(noun: Token, sentence: Sentence, words: Positions) -> bool:
    """ "Chief executive Ann Lee said": a title of one who leads right before a name, and no house beside it."""
    if noun.lemma_.lower() not in words.sets["leading"] or noun.dep_ not in {"compound", "nmod", "amod"}:
        return False
    alone = not any(c.dep_ in {"poss", "prep", "det"} for c in (*noun.children, *noun.head.children))
    named = (found for i, found in sentence.refs.items() if sentence.doc[i].lower_ not in OURS)
    houses = [r for found in named for r in found if r.kind in {"company", "agency", "group"}]
    return alone and noun.i + 1 == noun.head.i and noun.head.i in sentence.refs and not houses


def _bearers(noun: Token) -> Iterator[Token]:
    """The names beside a title: "X, a partner", "partner X", "X is a partner", "whose director is X"."""
    head = noun.head
    if noun.dep_ in {"appos", "compound", "nmod", "amod", "dep", "npadvmod", "conj"}:
        yield head
        if head.dep_ in {"appos", "compound", "conj"}:
            yield head.head
    for child in noun.children:
        if child.dep_ in {"appos", "compound", "nmod", "dep"}:
            yield child
        if child.dep_ == "prep" and child.lower_ == "for":  # "a spokesman for X, Ann Lee,": she is no other name of X
            yield from (a for o in child.children if o.dep_ == "pobj" for a in o.children if a.dep_ == "appos")
    if noun.dep_ in {"attr", "oprd"} and is_verb(head):
        yield from subjects(head)
    if noun.dep_ in {"nsubj", "nsubjpass"} and is_verb(head):
        yield from attributes(head)
    if noun.dep_ == "pobj" and head.lower_ == "as" and is_verb(head.head):
        yield from (*patients(head.head), *subjects(head.head))


def _houses(noun: Token, sentence: Sentence, words: Positions) -> list[Referent]:
    """The organisation of a title: "X's chief", "chief of X", "X chief"."""
    links = [c for c in noun.children if c.dep_ == "poss"]
    for preposition in _prepositions_near(noun):
        if preposition.lower_ in words.sets["of_words"]:
            links += [c for c in preposition.children if c.dep_ == "pobj"]
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else noun
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children):  # "X, where she took over as chief"
        links.append(verb.head)
    modifiers = [c for c in noun.children if c.dep_ in {"compound", "nmod", "amod", "nsubj"}]
    links += modifiers + [p for c in modifiers for p in c.children if p.dep_ == "poss"]
    if noun.dep_ == "compound":
        links += [c for c in noun.head.children if c.dep_ in {"poss", "compound"} and c.i < noun.i]
    for link in links:
        found = [r for r in entities(link, sentence, words.lexicon, "teams") if r.kind in HOUSES]
        if found:
            return found
    return []


def _prepositions_near(noun: Token) -> Iterator[Token]:
    yield from prepositions(noun)
    for field in (o for p in prepositions(noun) if p.lower_ == "of" for o in p.children if o.dep_ == "pobj"):
        yield from (p for p in prepositions(field) if p.lower_ == "at")  # "head of research at X"
    for child in noun.children:
        if child.dep_ in {"compound", "conj", "nmod", "appos"}:
            yield from prepositions(child)
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else None
    if verb is not None and is_verb(verb):  # "took over as head of research at X"
        yield from (p for p in prepositions(verb) if p.lower_ == "at" and p.i > noun.i)
    if noun.dep_ in {"attr", "appos", "conj", "compound"}:  # "Professor X of Y" hangs "of Y" on the name
        yield from (p for p in prepositions(noun.head) if p.i > noun.i and p.i - noun.i < 6)


def _title(noun: Token, sentence: Sentence) -> str:
    last = max(
        [noun, *(c for c in noun.children if c.dep_ in {"prep"} and c.i == noun.i + 1 and c.lower_ == "of")], key=_index
    )
    first = min(
        [noun, *(c for c in noun.children if c.dep_ in {"amod", "compound"} and c.i not in sentence.refs)], key=_index
    )
    return sentence.words(first, noun if last is not noun else last)


def _index(token: Token) -> int:
    return token.i


def _verb(verb: Token, sentence: Sentence, words: Positions) -> Iterator[Draft]:
    lemma = verb.lemma_.lower()
    for trigger in words.verbs.get(lemma, ()):
        if not evoked(trigger, verb, sentence):
            continue
        people = [r for a in agents(verb) for r in resolve(a, sentence, frozenset()) if r.kind == "person"]
        things = obliques(verb, trigger.prepositions) if trigger.prepositions else patients(verb)
        houses = [
            r for t in things for r in entities(t, sentence, words.lexicon, "teams") if r.kind in HOUSES - {"product"}
        ]
        for person in people:
            for house in houses:
                draft = _role(verb, person, house, "", lemma == "leave")
                draft.qualifiers = {"role": "spokesperson"} if lemma == "speak" else {}
                draft.plain, draft.undated = False, lemma not in {"join", "move", "leave", "defect", "switch"}
                yield draft
    if lemma in words.sets["hires"]:
        people = [r for p in patients(verb) for r in resolve(p, sentence, frozenset()) if r.kind == "person"]
        houses = [r for a in agents(verb) for r in entities(a, sentence, words.lexicon) if r.kind in HOUSES]
        for person in people:
            for house in houses:
                draft = _role(verb, person, house, "", False)
                draft.plain = draft.undated = False
                yield draft


def _owning(noun: Token, sentence: Sentence, words: Positions) -> Iterator[Draft]:
    """ "X, the owner of Y", "Y's parent X", "Y, a subsidiary of X", "X's subsidiary Y"."""
    lemma = noun.lemma_.lower()
    if lemma == "company" and any(c.lower_ == "parent" for c in noun.children):
        lemma = "parent"
    owner_noun, owned_noun = lemma in words.sets["owner_nouns"], lemma in words.sets["sure_owned"]
    if not owner_noun and not owned_noun:
        return
    beside = [r for t in _bearers(noun) for r in resolve(t, sentence, frozenset()) if r.kind in HOUSES | {"model"}]
    others = [r for r in _houses_or_things(noun, sentence, words) if r not in beside]
    for one in beside:
        for other in others:
            owner, owned = (one, other) if owner_noun else (other, one)
            if (
                owner.kind in {"company", "agency", "country", "group", "person"}
                and owner.id != owned.id
                and (lemma not in {"maker", "operator"} or owned.kind == "company")
            ):
                yield Draft(predicate="owns", trigger=noun, subject=owner, object=owned, plain=True, undated=True)


def _houses_or_things(noun: Token, sentence: Sentence, words: Positions) -> list[Referent]:
    links = [c for c in noun.children if c.dep_ in {"poss"}]
    links += [c for p in prepositions(noun) if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
    links += [c for c in noun.children if c.dep_ in {"compound", "nmod"}]
    return [r for link in links for r in entities(link, sentence, words.lexicon)]
