"""What a rule forbids, and what stage it has reached."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.frames import evoked
from distillwatch.nlp.claims.lexicon import Lexicon, Trigger, parse_trigger
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_passive, is_verb, patients, prepositions, subjects
from distillwatch.nlp.parse import Token

SAYING = frozenset({"say", "state", "provide", "stipulate", "specify", "make", "declare", "read", "rule"})
EITHER = frozenset({"advance", "move", "progress", "pass", "clear", "expire", "lapse"})
NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no"})


class Policies:
    """The [policies] words, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["policies"]
        self.lexicon = lexicon
        self.prohibit = frozenset(table["prohibit"])
        self.allow = frozenset(table["allow"])
        self.under = frozenset(table["under"])
        self.unlawful = frozenset(table["unlawful"])
        self.stages: list[tuple[Trigger, str]] = [
            (parse_trigger(pattern), stage) for stage, patterns in table["stages"].items() for pattern in patterns
        ]


def drafts(sentence: Sentence, words: Policies) -> Iterator[Draft]:
    """Prohibitions and stages in the sentence."""
    for token in sentence.verbs:
        yield from _prohibition(token, sentence, words)
        yield from _stage(token, sentence, words)
    for token in sentence.nouns:
        if token.lower_ in {"force", "effect"}:
            yield from _in_force(token, sentence, words)


def _rules(tokens: list[Token], sentence: Sentence, words: Policies) -> list[Referent]:
    return [r for t in tokens for r in entities(t, sentence, words.lexicon) if r.kind == "policy"]


def _houses(verb: Token, sentence: Sentence, words: Policies) -> list[Referent]:
    """ "X forbids using its output", "X prohibits customers from …": a company by its rules."""
    acts = any(c.dep_ in {"xcomp", "csubj"} for c in verb.children) or any(
        c.dep_ == "pcomp" for p in prepositions(verb) if p.lower_ == "from" for c in p.children
    )
    if not acts or sentence.lemma(verb) not in {"forbid", "prohibit", "disallow"}:
        return []
    return [r for t in agents(verb) for r in entities(t, sentence, words.lexicon) if r.kind == "company"]


def _prohibition(verb: Token, sentence: Sentence, words: Policies) -> Iterator[Draft]:
    lemma = sentence.lemma(verb)
    if lemma in words.prohibit:
        rules = _rules(agents(verb), sentence, words) or _houses(verb, sentence, words)
        if not rules and is_passive(verb):  # "under the act, resale is outlawed"
            rules = _rules(_under(verb, words), sentence, words)
        what = patients(verb)
        text = _conduct(verb, what, sentence)
        for rule in rules:
            if text:
                yield Draft(predicate="prohibits", trigger=verb, subject=rule, object_text=text, event=(verb,))
        if rules:
            return
    if lemma in words.allow and _denied(verb):
        acted = is_passive(verb) and any(c.dep_ == "xcomp" for c in verb.children)  # "customers are not allowed to"
        for rule in _rules(agents(verb), sentence, words):
            text = _conduct(verb, [] if acted else patients(verb), sentence)
            if text:
                yield Draft(predicate="prohibits", trigger=verb, subject=rule, object_text=text, affirmed=True)
        if is_passive(verb):  # "under the act, companies are not allowed to resell"
            for rule in _rules(_under(verb, words), sentence, words):
                text = _conduct(verb, [], sentence)
                if text:
                    yield Draft(predicate="prohibits", trigger=verb, subject=rule, object_text=text, affirmed=True)
    elif lemma == "make" and any(c.lemma_.lower() in words.unlawful for c in _verdicts(verb)):
        for rule in _rules(agents(verb), sentence, words):
            clause = next((c for c in verb.subtree if is_verb(c) and c.i > verb.i and _infinitive(c)), None)
            if clause is not None:
                text = _trim(sentence, clause.i, clause.right_edge.i)
                yield Draft(predicate="prohibits", trigger=verb, subject=rule, object_text=text, event=(verb,))
    elif _denied(verb) and any(
        c.dep_ == "aux" and c.lower_ in {"may", "can", "must", "shall", "ca"} for c in verb.children
    ):
        # "Under the terms, customers may not …"
        under = _under(verb, words)
        if verb.dep_ == "ccomp" and verb.head.lemma_ in SAYING:  # "The terms say that customers must not …"
            under += subjects(verb.head)
        rules = _rules(under, sentence, words)
        for rule in rules:
            last = verb.right_edge.i
            yield Draft(
                predicate="prohibits",
                trigger=verb,
                subject=rule,
                plain=True,
                undated=True,
                object_text=_trim(sentence, verb.i, last),
            )


def _under(verb: Token, words: Policies) -> list[Token]:
    """What stands behind "under", "by", "according to", in front of the subject too ("under X resale is banned")."""
    fronted = [p for s in subjects(verb) for p in prepositions(s) if p.i < s.left_edge.i + 1]
    links = [*prepositions(verb), *fronted]
    found = [o for p in links if p.lower_ in words.under for o in p.children if o.dep_ == "pobj"]
    according = [c for c in verb.children if c.lower_ == "according"]
    return found + [o for a in according for to in a.children for o in to.children if o.dep_ == "pobj"]


def _verdicts(verb: Token) -> list[Token]:
    """ "illegal" in "makes it illegal to", "an offence" in "makes it an offence to"."""
    found = [c for c in verb.children if c.dep_ in {"ccomp", "acomp", "oprd", "dobj", "xcomp"}]
    return found + [c for f in found for c in f.children if c.dep_ in {"acomp", "attr", "amod"}]


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _denied(verb: Token) -> bool:
    if any(s.lower_ in {"nobody", "none"} or any(c.lower_ == "no" for c in s.children) for s in subjects(verb)):
        return True
    return any(c.dep_ == "neg" or c.lower_ in NEGATIVE for c in verb.children)


def _conduct(verb: Token, what: list[Token], sentence: Sentence) -> str:
    """The words for what is forbidden: the object or the clause, whole."""
    clause = next(
        (
            c
            for c in verb.children
            if c.dep_ in {"xcomp", "ccomp", "advcl", "acl"}
            and c.i > verb.i
            and c.pos_ in {"VERB", "AUX"}
            and not any(m.dep_ == "mark" for m in c.children)
        ),
        None,
    )
    behind = [
        o
        for p in prepositions(verb)
        if p.lower_ in {"from", "against"}
        for o in p.children
        if o.dep_ in {"pcomp", "pobj"} and o.i > verb.i  # not "from then on the act prohibits"
    ]
    acted = any(c.dep_ in {"csubjpass", "csubj"} for c in verb.children)
    if is_passive(verb) and (what or acted) and not any(b.dep_ == "pcomp" for b in behind):
        clausal = [c for c in verb.children if c.dep_ in {"csubjpass", "csubj"}]
        noun = next(iter([*what, *clausal]), None)
        return sentence.words(_own_edge(noun), noun.right_edge) if noun is not None else ""
    acts = [w for w in what if any(p.lower_ == "of" and p.i == w.i + 1 for p in prepositions(w))]
    if acts and not behind:  # "bans the use of outputs to train rivals": the use, whatever for
        return _trim(sentence, acts[0].left_edge.i, acts[0].right_edge.i)
    if is_passive(verb) and not what:
        behind = [c for c in verb.children if c.dep_ == "xcomp"]
    for start in [*behind, clause]:
        if start is not None:
            first = start if start.pos_ in {"VERB", "AUX"} else start.left_edge
            return _trim(sentence, first.i, start.right_edge.i)
    if what:
        return _trim(sentence, what[0].left_edge.i, what[0].right_edge.i)
    return ""


def _own_edge(noun: Token) -> Token:
    """Where a noun phrase begins, a phrase in front of it left out ("under X | the removal of Y")."""
    fronted = [p.right_edge.i for p in prepositions(noun) if p.i < noun.i]
    return noun.doc[max(fronted) + 1] if fronted else noun.left_edge


def _trim(sentence: Sentence, first: int, last: int) -> str:
    doc = sentence.doc
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    while first < last and (doc[first].is_punct or doc[first].lower_ in {"the", "to"}):
        first += 1
    return sentence.words(doc[first], doc[last])


def _in_committee(verb: Token, sentence: Sentence) -> bool:
    """Whether it is a committee that approves: its vote is a step, not the adoption."""
    doers = [*agents(verb), *(o for p in prepositions(verb) if p.lower_ == "in" for o in p.children)]
    return any(w in sentence.words(d).lower() for d in doers for w in ("committee", "panel"))


def _in_force(noun: Token, sentence: Sentence, words: Policies) -> Iterator[Draft]:
    """ "is in force", "the act, in force since June,": a state told without a verb of its own."""
    link = noun.head
    if noun.dep_ != "pobj" or link.lower_ != "in" or link.dep_ != "prep":
        return
    host = link.head
    standing = is_verb(host) and host.lemma_ in {"be", "remain", "stay"}
    about = subjects(host) if standing else [host] if not is_verb(host) else []
    if not about and link.i > 1 and link.nbor(-1).text == ",":  # "the act, in force since June, has …"
        about = [link.nbor(-2)]
    for rule in _rules(about, sentence, words):
        trigger = host if standing else noun
        yield Draft(predicate="policy_status", trigger=trigger, subject=rule, object_text="in force")


def _stage(verb: Token, sentence: Sentence, words: Policies) -> Iterator[Draft]:
    lemma = sentence.lemma(verb)
    for trigger, stage in words.stages:
        if trigger.lemma != lemma or not evoked(trigger, verb, sentence):
            continue
        if lemma == "become" and not any(c.lower_ == "law" for c in verb.children):
            continue
        intransitive = bool(trigger.prepositions or trigger.objects) or lemma in {
            "expire",
            "lapse",
            "apply",
            "clear",
            "advance",
            "move",
            "progress",
            "become",
            "sail",
        }
        about = subjects(verb) if intransitive else patients(verb)
        if lemma in {"issue", "agree", "submit", "file", "move", "suggest", "drop", "pull", "end"} and not is_passive(
            verb
        ):
            about = [a for a in about if a.i in sentence.refs]
        held = lemma in {"withdraw", "revoke", "end", "suspend", "cancel", "pull"}
        rules = _rules(about, sentence, words)
        if not rules and lemma in EITHER:  # "the committee advanced the act", "the act is expected to pass"
            rules = _rules(patients(verb) if intransitive else subjects(verb), sentence, words)
        if stage == "adopted" and _in_committee(verb, sentence):
            stage = "advanced"
        for rule in rules:
            if lemma == "sign" and rule.name.casefold().startswith(("notice", "letter", "memo")):
                continue
            if held and any(sentence.lemma(a) in {"licence", "license", "agreement", "contract"} for a in about):
                continue  # a licence that somebody holds, not a rule
            yield Draft(predicate="policy_status", trigger=verb, subject=rule, object_text=stage)
        return
