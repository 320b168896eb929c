"""Role paths: the ways from a trigger word to what fills one of its roles, named as in claims_en.toml."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import (
    OBJECT_CONTROL,
    agents,
    attributes,
    by_agents,
    is_passive,
    is_verb,
    obliques,
    patients,
    prepositions,
    subjects,
    things,
)
from distillwatch.nlp.parse import Token

OWNED = frozenset({"access", "account", "key", "licence", "license", "subscription", "use", "connection"})
TRADE = frozenset(
    {"sale", "export", "shipment", "supply", "delivery", "access", "transfer", "service", "trade", "flow"}
)


def fillers(path: str, trigger: Token, sentence: Sentence, lexicon: Lexicon, kinds: frozenset[str]) -> list[Referent]:
    """Who of one of the `kinds` fills a role, following one path; [] where the path leads to nobody known."""
    route, _, carriers = path.partition("/")
    below = carriers.startswith("/")  # only through a noun of the class, never the noun itself
    classes = [c for c in carriers.lstrip("/").split("+") if c]
    found: dict[str, Referent] = {}
    for token in route_tokens(route, trigger, sentence, lexicon):
        if below and token.i in sentence.refs:
            continue
        for referent in entities(token, sentence, lexicon, *classes, kinds=kinds):
            found.setdefault(referent.id, referent)
    return [r for r in found.values() if not kinds or r.kind in kinds]


def route_tokens(route: str, trigger: Token, sentence: Sentence, lexicon: Lexicon) -> list[Token]:
    """The nouns at the end of a route, whether known or not."""
    name, _, argument = route.partition(":")
    words = frozenset(argument.split("|")) if argument else frozenset[str]()
    match name:
        case "agent":
            return agents(trigger)
        case "patient":
            return patients(trigger)
        case "attr":
            return attributes(trigger)
        case "dative":
            return [c for c in trigger.children if c.dep_ == "dative"]
        case "prep":
            return _behind(trigger, words)
        case "nested":
            return [o for p in things(trigger) for o in _behind(p, words)]
        case "owned":  # whose access, account, key it is: "revoked X's access to Y"
            owned = [p for p in patients(trigger) if p.lemma_.lower() in OWNED]
            return [c for p in owned for c in p.children if c.dep_ in {"poss", "compound", "nmod"}]
        case "holder":  # the same by its possessor alone: in "revoked X's access to Y" X, in "revoked Y access" nobody
            owned = [p for p in patients(trigger) if p.lemma_.lower() in OWNED]
            return [c for p in owned for c in p.children if c.dep_ == "poss"]
        case "owned_kind":  # "Claude accounts", "traffic of X"
            return [
                c
                for p in patients(trigger)
                for q in p.subtree
                if q.dep_ != "pobj" or q.head.lower_ == "of"
                for c in q.children
                if c.dep_ in {"compound", "nmod"} and c.i in sentence.refs
            ]
        case "trade":  # "restricted sales of X's chips to Y"
            return [
                o
                for p in patients(trigger)
                if p.lemma_.lower() in TRADE
                for d in p.subtree
                if d.lower_ in words and d.dep_ in {"prep", "dative"}
                for o in d.children
                if o.dep_ == "pobj"
            ]
        case "poss":
            return [c for c in trigger.children if c.dep_ == "poss"]
        case "compound":
            return [c for c in trigger.children if c.dep_ in {"compound", "amod", "nmod"}]
        case "of":
            return _behind(trigger, frozenset({"of"}))
        case "by":
            return _behind(trigger, frozenset({"by"})) or by_agents(trigger)
        case "clause":  # "whether a group linked to X obtained data"
            clauses = [c for c in trigger.children if c.dep_ in {"ccomp", "pcomp"}]
            clauses += [c for p in prepositions(trigger) for c in p.children if c.dep_ == "pcomp"]
            return [s for c in clauses for s in (*subjects(c), *by_agents(c))]
        case "derived":
            return _derived(trigger, sentence)
        case "support":
            return _support(trigger, lexicon)
        case "copula":
            return _copula(trigger)
        case "apposed":  # "Kolm 1, a clone of Mirel 7B"
            return [trigger.head] if trigger.dep_ == "appos" else []
        case "host":
            return _host(trigger)
        case _:
            return []


def _behind(token: Token, words: frozenset[str]) -> list[Token]:
    if is_verb(token):
        return [_first_of_question(o) for o in obliques(token, words)]
    return [c for p in prepositions(token) if p.lower_ in words for c in p.children if c.dep_ in {"pobj", "pcomp"}]


def _first_of_question(noun: Token) -> Token:
    """Of a question that the parser took for a noun ("into whether X copied Y"), the last word of its subject."""
    mark = next((c for c in noun.children if c.lower_ == "whether"), None)
    if mark is None:
        return noun
    inside = [t for t in noun.subtree if mark.i < t.i and t.pos_ == "PROPN"]
    return min(inside, key=_index, default=noun)


def _index(token: Token) -> int:
    return token.i


def _derived(verb: Token, sentence: Sentence) -> list[Token]:
    """What comes out of making: what is built or, where it has no name, who builds; the doer of "starts from"."""
    if is_passive(verb):
        return patients(verb)
    made = [p for p in patients(verb) if any(r.kind in {"model", "product"} for r in sentence.refs.get(p.i, ()))]
    ground = obliques(verb, frozenset({"on", "upon", "from", "off", "atop"}))
    return made if made and any(o.i in sentence.refs for o in ground) else agents(verb)


def _support(noun: Token, lexicon: Lexicon) -> list[Token]:
    """The doer of a noun's act through a support verb: in "X imposed a ban", "X is under a ban by Y", X."""
    verb = noun.head
    if noun.dep_ == "dobj" and is_verb(verb) and verb.lemma_.lower() in lexicon.words("support_verbs"):
        return agents(verb)
    if noun.dep_ == "nsubjpass" and verb.lemma_.lower() in lexicon.words("support_verbs"):
        return by_agents(verb)
    return []


def _copula(noun: Token) -> list[Token]:
    """The subject of "is in breach of", "was a violation of"."""
    head = noun.head
    if noun.dep_ == "attr" and is_verb(head):
        return subjects(head)
    if (
        noun.dep_ == "pobj"
        and head.head.pos_ in {"AUX", "VERB"}
        and head.head.lemma_ in {"be", "stand", "act", "remain", "find"}
    ):
        return patients(head.head) if head.head.lemma_ == "find" and not is_passive(head.head) else subjects(head.head)
    return []


def _host(noun: Token) -> list[Token]:
    """The doer of the clause that a noun qualifies: in "they did so in breach of the terms", they."""
    head = noun.head
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        verb = next(_verbs_above(head), None)
        if verb is None:
            return []
        return patients(verb) if verb.lemma_.lower() in OBJECT_CONTROL else agents(verb)  # "sued for breach of"
    return []


def _verbs_above(token: Token) -> Iterator[Token]:
    for ancestor in token.ancestors:
        if is_verb(ancestor):
            yield ancestor
            return
        if ancestor.pos_ not in {"NOUN", "ADP", "PROPN"}:
            return
