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
    content_clause,
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
USING = frozenset({"use", "touch", "query", "call", "access", "employ", "consult"})
PLACE = frozenset({"in", "across", "throughout"})
ACCUSING = frozenset({"accuse", "allege", "charge", "claim", "blame", "fault", "contend"})
ADDRESSING = frozenset(
    {"ask", "urge", "invite", "request", "call", "demand", "warn", "order", "accuse", "write", "seek"}
)
SETTING = frozenset(
    {"set", "lay", "make", "detail", "present", "outline", "describe", "explain", "give", "tell", "spell", "publish"}
)
UNDERGOING = frozenset({"face", "undergo", "await", "draw", "attract", "fight", "confront"})
BEARERS = frozenset({"subject", "target", "focus", "object", "defendant"})
PUBLISHED = frozenset({"publish", "release", "post", "issue"})
SENT = frozenset({"send", "date", "address", "deliver", "write", "submit", "dispatch"})
ARRIVING = frozenset({"go", "reach", "land", "arrive", "come"})
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
        case "content":  # "indications that X obtained data"
            nouns = [*things(trigger), *obliques(trigger, frozenset({"into", "at"}))]
            told = [c for n in nouns for c in n.children if c.dep_ in {"acl", "ccomp"} or content_clause(c)]
            return [s for c in told for s in (*subjects(c), *by_agents(c))]
        case "deed":  # "forbade its staff to use X", "barred its engineers from using X"
            deeds = [c for c in trigger.children if c.dep_ in {"xcomp", "ccomp"}]
            deeds += [c for p in prepositions(trigger) if p.lower_ == "from" for c in p.children if c.dep_ == "pcomp"]
            return [o for d in deeds if d.lemma_ in USING for o in patients(d)]
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
        case "place":  # "has been banned in X"
            return obliques(trigger, PLACE) if is_passive(trigger) and not agents(trigger) else []
        case "undergone":
            return _undergone(trigger)
        case "accused":
            return _accused(trigger)
        case "teller":  # "in a lawsuit X accused Y of"
            return [a for v in _over(trigger, sentence, lexicon, ACCUSING) for a in agents(v)]
        case "told":
            return [a for v in _over(trigger, sentence, lexicon, ACCUSING) for a in _charged(v)]
        case "author":  # "X's letter was sent to Y"
            things_ = patients(trigger) if is_passive(trigger) else []
            return [c for t in things_ for c in t.children if c.dep_ == "poss"]
        case "dispatched":
            return _dispatched(trigger, sentence, lexicon)
        case "published":
            shown = any(c.dep_ == "acl" and c.lemma_ in PUBLISHED and not by_agents(c) for c in trigger.children)
            if any(_went_out(c) for c in trigger.children):
                whose = [c for c in trigger.children if c.dep_ == "poss"]
                if whose:
                    return whose
            over = [*_over(trigger, sentence, lexicon), *_over(trigger, sentence, lexicon, SETTING)]
            return [a for v in over for a in agents(v)] if shown else []
        case "sent":  # "two million prompts reached X": X, where what arrives was sent
            return patients(trigger) if _traffic(trigger, lexicon) else []
        case "altered":  # "a modified version of X"
            changed = frozenset(lexicon.tables["training"]["altered"])
            how = {sentence.rewordings.get(t.i, t.text).lower() for t in trigger.children}
            return _behind(trigger, frozenset({"of"})) if how & changed else []
        case "sent_to":
            return [o for s in _traffic(trigger, lexicon) for o in _behind(s, words)]
        case _:
            return []


def _behind(token: Token, words: frozenset[str]) -> list[Token]:
    if is_verb(token):
        found = [_first_of_question(o) for o in obliques(token, words)]
        return [o for o in found if o.i > token.i] or found  # not "with X, Y has caught up with Z"
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


def _traffic(verb: Token, lexicon: Lexicon) -> list[Token]:
    sent = lexicon.words("interactions") | lexicon.words("accounts")
    return [s for s in agents(verb) if s.lemma_.lower() in sent]


def _over(noun: Token, sentence: Sentence, lexicon: Lexicon, lemmas: frozenset[str] = frozenset()) -> list[Token]:
    """The verb of saying or doing whose setting a text is: "in a lawsuit filed on Monday, X accused Y"."""
    head = noun.head
    if noun.dep_ != "pobj" or head.lower_ not in {"in", "by", "through", "via"} or not is_verb(head.head):
        return []
    verb = head.head
    lemma = sentence.lemma(verb)
    told = lemma in lemmas if lemmas else lemma in lexicon.speech or lemma in ADDRESSING
    return [verb] if told and not any(c.dep_ == "poss" for c in noun.children) else []


def _went_out(clause: Token) -> bool:
    """ "Her paper, which went online in May", "his report, published on Monday"."""
    if clause.dep_ not in {"relcl", "acl"}:
        return False
    online = clause.lemma_ in {"go", "be", "put"} and any(
        c.lower_ in {"online", "out", "live"} for c in clause.children
    )
    return online or clause.lemma_ in {"appear", *PUBLISHED}


def _charged(verb: Token) -> list[Token]:
    """Who is accused by "accused X of", "alleged that X did"."""
    return [*patients(verb), *(s for c in verb.children if c.dep_ == "ccomp" for s in subjects(c))]


def _accused(verb: Token) -> list[Token]:
    """Whom "filed a lawsuit accusing X", "filed a complaint alleging that X did" is against."""
    clauses = [c for host in (verb, *patients(verb)) for c in host.children if c.dep_ in {"acl", "advcl", "xcomp"}]
    return [who for c in clauses if c.lemma_ in ACCUSING for who in _charged(c)]


def _undergone(noun: Token) -> list[Token]:
    """Who has to bear it: "X faces an investigation by", "X is the subject of an inquiry by"."""
    head = noun.head
    if noun.dep_ == "dobj" and head.lemma_ in UNDERGOING:
        return agents(head)
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in BEARERS:
        bearer = head.head
        if bearer.dep_ == "attr" and is_verb(bearer.head):
            return subjects(bearer.head)
        return [bearer.head] if bearer.dep_ == "appos" else []
    return []


def _dispatched(noun: Token, sentence: Sentence, lexicon: Lexicon) -> list[Token]:
    """Whose a letter is: "in a letter dated 3 May X asked", "a letter from X arrived"."""
    sender = [o for p in prepositions(noun) if p.lower_ == "from" for o in p.children if o.dep_ == "pobj"]
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.lemma_ == "go":  # "a memo has gone from us to the office"
        sender = sender or obliques(verb, frozenset({"from"}))
    if noun.dep_ == "nsubj" and verb.lemma_ in ARRIVING and not any(c.dep_ == "neg" for c in verb.children):
        return sender
    dated = any(c.dep_ == "acl" and c.lemma_ in SENT and not by_agents(c) for c in noun.children)
    return [a for v in _over(noun, sentence, lexicon) for a in agents(v)] if dated else []


def _derived(verb: Token, sentence: Sentence) -> list[Token]:
    """What comes out of making: what is built or, where it has no name, who builds; the doer of "starts from"."""
    if is_passive(verb):
        return patients(verb)
    made = [p for p in patients(verb) if any(r.kind in {"model", "product"} for r in sentence.refs.get(p.i, ()))]
    ground = obliques(verb, frozenset({"on", "upon", "from", "off", "atop"}))
    meant = [
        o for o in obliques(verb, frozenset({"for"})) if any(r.kind == "model" for r in sentence.refs.get(o.i, ()))
    ]
    if not made and meant and verb.lemma_ in {"take", "use", "borrow", "copy", "lift", "reuse"}:
        return meant  # "took the weights of X for Y"
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
    if noun.dep_ == "dobj" and head.lemma_ in {"constitute", "represent", "commit"}:
        return subjects(head)
    if noun.dep_ == "pobj" and head.lower_ == "to" and head.head.lemma_ == "amount":
        return subjects(head.head)
    if (
        noun.dep_ == "pobj"
        and head.head.pos_ in {"AUX", "VERB"}
        and head.head.lemma_ in {"be", "stand", "act", "remain", "find", "come", "fall", "stay", "put", "place"}
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
