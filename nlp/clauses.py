"""Who does what in a parsed sentence: logical agents, patients and obliques of a verb, in any voice and clause type.

Works on spaCy's English dependency labels (ClearNLP scheme: nsubj, nsubjpass, agent, dobj, relcl, acl, pcomp …).
"""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.nlp.parse import Token

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
# "accused X of doing", "caught X doing", "ordered X to do": the doer is the governing verb's object.
OBJECT_CONTROL = frozenset(
    "accuse suspect charge catch see spot find observe detect order ask tell urge allow permit let force "
    "require bar ban block prevent stop forbid prohibit discourage help cause lead enable criticise criticize "
    "blame sue fine punish condemn describe expect believe warn instruct direct show keep suspend restrict terminate "
    "penalise penalize sanction fault expel exclude".split()
)
# "X was used by Y to do": the doer of the purpose is the agent, and X is the means.
INSTRUMENTS = frozenset(
    "use employ utilize utilise leverage rely rely_on exploit feed apply deploy need put harness draw tap".split()
)
PERCEPTION = frozenset({"catch", "see", "spot", "find", "observe", "detect", "watch", "notice"})
MEASURES = frozenset(
    "number lot half most hundred thousand million bulk amount volume quantity batch trove share portion".split()
)
AIMED = frozenset({"aim", "design", "direct", "intend", "mean", "target", "gear", "build", "devote", "dedicate"})
TOLD = frozenset({"tell", "inform", "warn", "assure", "remind", "email", "write", "advise", "brief"})
STATEMENTS = frozenset(
    "evidence proof sign indication suggestion allegation accusation claim charge belief doubt fact report".split()
)
STATED = frozenset(
    "make present publish provide offer produce gather collect cite find show submit level file bring raise repeat see "
    "hear send give release post put circulate rest rely base issue receive".split()
)
DATE_WORDS = frozenset({"monday", "yesterday", "2020"})  # what stands for a date in the copy that is parsed
HELD = frozenset(
    {"account", "access", "licence", "license", "membership", "subscription", "key"}
)  # whose they are is meant
DEPTH = 6


def is_verb(token: Token) -> bool:
    """Verbs and the copula; participles used as plain adjectives do not count."""
    return token.pos_ in {"VERB", "AUX"}


def is_passive(verb: Token) -> bool:
    """True for "was trained", "a model trained on …" and a second participle that shares the first one's auxiliary."""
    if any(c.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ in {"dobj", "nsubj"} for c in verb.children):
        return False
    if any(c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ == "conj" and is_verb(verb.head):
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "amod", "relcl"} or any(c.dep_ == "agent" for c in verb.children)


def coordinated(token: Token) -> Iterator[Token]:
    """The token and what "and", "or" and commas join to it; not what "not" or "rather than" sets against it."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and not _contrasted(child):
            yield from coordinated(child)


def set_against(token: Token) -> list[Token]:
    """What "not" or "rather than" sets against a noun: in "on A, not on B", "on A, not B", B."""
    found = [c for c in token.children if c.dep_ == "conj" and _contrasted(c)]
    if token.head.dep_ == "prep" and any(c.dep_ == "neg" and c.i < token.head.i for c in token.head.children):
        found.append(token)
    return found


def _contrasted(conjunct: Token) -> bool:
    before = [t.lower_ for t in conjunct.doc[max(conjunct.left_edge.i - 2, 0) : conjunct.left_edge.i]]
    inside = {t.lower_ for t in conjunct.children if t.i < conjunct.i and t.dep_ in {"neg", "cc", "preconj", "advmod"}}
    return bool(
        before[-1:] == ["not"] or before[-2:] in (["rather", "than"], ["instead", "of"]) or inside & {"not", "never"}
    )


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for, when the token is one."""
    if token.lower_ not in RELATIVES or token.tag_ not in {"WP", "WDT", "IN", "WP$"}:
        return None
    verb = token.head
    if verb.dep_ in {"ccomp", "advcl"} and verb.head.lemma_ == "be":  # a cleft: "it was X that did"
        return next((c for c in verb.head.children if c.dep_ == "attr"), None)
    while verb.dep_ not in {"relcl", "acl", "ROOT"}:
        verb = verb.head
    return verb.head if verb.dep_ in {"relcl", "acl"} else None


def own_subjects(verb: Token) -> list[Token]:
    """The subjects that stand beside the verb itself, relative pronouns replaced by what they stand for."""
    found = []
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            found.append(antecedent(child) or child)
    if not found and verb.tag_ == "VBD":  # a name before its verb that the parser took for an adverb
        found = [c for c in verb.children if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.i == verb.i - 1]
        found = found or _swallowed(verb)
    return found


def _swallowed(verb: Token) -> list[Token]:
    """In "on Monday and X followed", X, which the parser joined to the date."""
    before = verb.nbor(-1) if verb.i > 1 else None
    if verb.dep_ != "conj" or before is None or before.pos_ != "PROPN" or before.dep_ != "conj":
        return []
    dated = before.head.lower_ in DATE_WORDS and before.nbor(-1).dep_ == "cc"
    return [before] if dated else []


def resumed(verb: Token) -> Token | None:
    """The clause that a verb goes on with in "X made A, Y said, and used it": X's, though "used" hangs on "said"."""
    head = verb.head
    if verb.dep_ != "conj" or verb.i < head.i or own_subjects(verb):
        return None
    said = next((c for c in head.children if c.dep_ == "ccomp" and c.i < head.i and own_subjects(c)), None)
    return said if said is not None and any(s.i > said.i for s in own_subjects(head)) else None


def _of_cleft(verb: Token) -> list[Token]:
    """The doer in "what X did was distil Y"."""
    deeds = (c for c in verb.children if c.dep_ == "csubj" and c.lemma_ == "do" and c.i < verb.i)
    return [s for c in deeds if any(o.lower_ == "what" for o in c.children) for s in own_subjects(c)]


def _beside_name(verb: Token) -> list[Token]:
    """In "with X, unveiled on Tuesday, Y has caught up", X, of which the participle was hung on the main verb."""
    if verb.tag_ != "VBN" or verb.dep_ != "advcl" or verb.i < 2 or verb.nbor(-1).text != ",":
        return []
    name = verb.nbor(-2)
    return [name] if name.pos_ == "PROPN" and name.dep_ == "pobj" and name.head.head == verb.head else []


def subjects(verb: Token, depth: int = DEPTH) -> list[Token]:
    """The surface subjects of a verb, inherited through coordination, control, participles and relative clauses."""
    own = own_subjects(verb) or _of_cleft(verb) or _beside_name(verb)
    if own or depth == 0:
        return own
    head = verb.head
    match verb.dep_:
        case "conj":
            said = resumed(verb)
            if said is not None:
                return own_subjects(said)
            if verb.tag_ == "VBD" and head.tag_ == "VB" and head.dep_ == "relcl":  # "removed what must stay and broke"
                above = next((a for a in head.head.ancestors if is_verb(a)), None)
                return subjects(above, depth - 1) if above is not None else []
            return subjects(head, depth - 1) if is_verb(head) else []
        case "relcl":
            if head.dep_ == "attr" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
                return subjects(head.head, depth - 1)  # "X was the first model to score"
            return _doer(head, depth) if _infinitive(verb) else [head]
        case "acl":
            if _infinitive(verb):
                return _doer(head, depth)
            seen = head.head.head if head.head.dep_ == "agent" else head
            if verb.tag_ == "VBG" and seen.lemma_.lower() in PERCEPTION:  # "X was seen by Y taking Z"
                return patients(seen)
            return [head]
        case "xcomp" | "advcl" | "ccomp" | "dep":
            if is_verb(head):
                return _controller(verb, head, depth - 1)
            if head.pos_ == "ADJ" and is_verb(head.head):  # "was able to do"
                return subjects(head.head, depth - 1)
            return owners(head) if head.pos_ == "NOUN" else []
        case "pcomp":
            governor = head.head  # over the preposition
            if governor.dep_ == "acl" and governor.lemma_ in AIMED and governor.head.pos_ == "NOUN":
                return owners(governor.head) or charged(governor.head) or _host(governor.head, depth)
            return (
                _controller(verb, governor, depth - 1)
                if is_verb(governor)
                else _accused(governor) or owners(governor) or _host(governor, depth)
            )
        case _:  # "was introduced in June, was adopted in July": the first is read as a complement of the second
            before = [c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i and c.tag_ == verb.tag_]
            return own_subjects(before[0]) if before else []


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _doer(noun: Token, depth: int) -> list[Token]:
    """Who does what a noun is there to do: in "X's plan to copy", "X used ways to copy", X."""
    done = owners(noun) or charged(noun)
    return done or (subjects(noun.head, depth - 1) if is_verb(noun.head) else [])


def _accused(noun: Token) -> list[Token]:
    """The noun itself in "accused [three companies of copying]", which the parser hangs together."""
    while noun.dep_ in {"conj", "appos"}:  # "of" hung on the last of a list, or on "a rival" behind the name
        noun = noun.head
    return [noun] if noun.dep_ == "dobj" and noun.head.lemma_.lower() in OBJECT_CONTROL else []


def charged(deed: Token) -> list[Token]:
    """Who is charged with a deed: in "accused X of a campaign", "X was blamed for attacks", X."""
    if deed.dep_ != "pobj" or deed.head.lower_ not in {"of", "for", "over", "with"}:
        return []
    above = deed.head.head
    if is_verb(above) and above.lemma_.lower() in OBJECT_CONTROL:
        return patients(above)
    return _accused(above)


def _host(noun: Token, depth: int) -> list[Token]:
    """The subject of the clause that a noun stands in: in "X has a history of copying", X."""
    return subjects(noun.head, depth - 1) if is_verb(noun.head) else []


def _controller(verb: Token, governor: Token, depth: int) -> list[Token]:
    """Who does `verb`, a subjectless complement or adjunct of `governor`."""
    control = governor.lemma_.lower() in OBJECT_CONTROL
    objects = [c for c in governor.children if c.dep_ in {"dobj", "dative", "obj"} and c.i < verb.i]
    caught = verb.tag_ == "VBG" and governor.lemma_.lower() in PERCEPTION  # "caught X copying"
    if control and objects and (caught or verb.dep_ != "advcl"):
        return [o for thing in objects for o in (owners(thing) if thing.lemma_ in HELD else ()) or (thing,)]
    if is_passive(governor) and governor.lemma_.lower() in INSTRUMENTS:
        return by_agents(governor)
    return subjects(governor, depth)


def by_agents(verb: Token) -> list[Token]:
    """The "by" phrases of a passive verb."""
    found = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [c for c in child.children if c.dep_ == "pobj"]
    return found


def agents(verb: Token) -> list[Token]:
    """Who acts, in either voice; in "was trained to be sold by X", nobody that cannot be told."""
    if not is_passive(verb):
        return subjects(verb)
    found = by_agents(verb)
    if not found and verb.dep_ == "conj" and is_verb(verb.head) and is_passive(verb.head):
        found = by_agents(verb.head)
    return found or [a for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ for a in by_agents(c)]


def patients(verb: Token) -> list[Token]:
    """What is acted upon, in either voice, with relative clauses and shared objects."""
    if is_passive(verb):
        return subjects(verb)
    found = [antecedent(c) or c for c in verb.children if c.dep_ in {"dobj", "dative", "oprd"}]
    if not found:
        found = [c for c in verb.children if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.i == verb.i + 1]
    if not found and verb.lemma_ in {"make", "put"}:  # "made X public"
        found = [s for c in verb.children if c.dep_ == "ccomp" and not is_verb(c) for s in own_subjects(c)]
    if found:
        return found
    if verb.dep_ == "relcl" and own_subjects(verb) and verb.head not in own_subjects(verb):
        return [verb.head]
    shared = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ and not own_subjects(c)]
    return [p for c in shared for p in patients(c)][:1] if shared else []


def things(verb: Token) -> list[Token]:
    """The patients, and for a bare figure what it counts: in "held 3,150 of the accounts" the accounts too."""
    found = patients(verb)
    for patient in list(found):
        if patient.pos_ in {"NUM", "PRON", "DET", "ADJ"} or patient.lemma_ in MEASURES:
            found += [o for p in prepositions(patient) if p.lower_ == "of" for o in p.children if o.dep_ == "pobj"]
    return found


def attributes(verb: Token) -> list[Token]:
    """The predicate nouns of a copula ("is the owner")."""
    return [c for c in verb.children if c.dep_ in {"attr", "oprd"}]


def prepositions(token: Token) -> Iterator[Token]:
    """The prepositions that hang on a token, and those coordinated with them ("on A, on B and on C")."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "prt", "dative"} and child.pos_ in {"ADP", "SCONJ", "ADV", "PART", "VERB"}:
            yield child
            for other in child.children:
                if other.dep_ == "conj" and other.pos_ == "ADP":
                    yield other


def obliques(verb: Token, words: frozenset[str] | set[str]) -> list[Token]:
    """Nouns behind one of the prepositions `words`, hung on the verb, its object or its particle by the parser."""
    found: list[Token] = []
    hosts = [
        verb,
        *(
            c
            for c in verb.children
            if c.dep_ in {"dobj", "prt", "prep", "nsubjpass", "attr", "advmod", "acomp", "npadvmod"}
        ),
    ]
    deep = [o for p in verb.children if p.dep_ == "prep" for o in p.children if o.dep_ == "pobj" and o.pos_ == "NOUN"]
    for host in (*hosts, *deep):
        if host.dep_ == "nsubjpass" and host.i > verb.i:
            continue
        for preposition in prepositions(host):
            if preposition.lower_ == "of" and host in deep:
                continue  # "into the training of X" is about the training
            if preposition.lower_ in words and (host == verb or preposition.i > verb.i):
                found += [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"} and c not in found]
    return found


def owners(noun: Token) -> list[Token]:
    """Whose a noun is: possessors first, else those behind "of", "by" and "from"."""
    poss = [c for c in noun.children if c.dep_ == "poss"]
    return poss or [
        o for p in prepositions(noun) if p.lower_ in {"of", "by", "from"} for o in p.children if o.dep_ == "pobj"
    ]


def independent(clause: Token) -> bool:
    """Whether a clause only stands beside its head in the parse: "A built B, so I wonder …"."""
    head = clause.head
    if clause.dep_ not in {"ccomp", "parataxis", "advcl"} or clause.i > head.i:
        return False
    between = clause.doc[clause.right_edge.i + 1 : head.left_edge.i + 1 if head.left_edge.i > clause.i else head.i]
    between_words = {t.lower_ for t in clause.doc[clause.i + 1 : head.i] if t.head == head}
    if between_words & {"so", ";", ".", "but", "and"} or any(t.text in {";", "."} for t in between):
        return True
    if clause.dep_ == "advcl":
        return False
    complements = {"ccomp", "attr", "acomp"} | ({"dobj"} if head.lemma_ not in TOLD else set())
    return any(c.dep_ in complements and c.i > head.i and not _relative(c) for c in head.children) or any(
        c.dep_ == "neg" for c in head.children
    )


def _relative(clause: Token) -> bool:
    """ "Said in a note that was seen by Y": a clause about the note, though the parser hangs it on "said"."""
    return clause.dep_ == "ccomp" and any(c.tag_ == "WDT" and c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children)


def content_clause(clause: Token) -> bool:
    """Whether a clause that the parser hung on a noun is what is told: "complained to the ministry that X did Y".

    Its "that" fills no place in it, and it has a subject of its own.
    """
    if clause.dep_ not in {"relcl", "acl"} or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children):
        return False
    that = next((c for c in clause.children if c.lower_ == "that" and c.i < clause.i), None)
    if that is None or that.dep_ in {"nsubj", "nsubjpass"}:
        return False
    whole = is_passive(clause) or any(
        c.dep_ in {"dobj", "ccomp", "attr", "acomp"} and c != that for c in clause.children
    )
    if clause.head.lemma_ in STATEMENTS and clause.lemma_ not in STATED:  # "no evidence that X trained on Y"
        whole = whole or any(c.dep_ == "prep" and c.i > clause.i for c in clause.children)
    return that.dep_ == "mark" or (that.dep_ in {"dative", "dobj", "pobj"} and whole)


def aside_clause(token: Token) -> bool:
    """Whether a clause is a remark on a noun: "a reseller that was cut off", "X, which owns Y".

    It holds whatever the sentence does to the noun. Not so "campaigns in which X did", which tells the content.
    """
    if content_clause(token):
        return False
    if token.dep_ != "relcl" or token.head.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    if token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children):
        return False  # "methods to do X": what is said of the methods is said of X
    for child in token.children:
        if child.dep_ == "prep" and any(c.tag_ == "WDT" or c.lower_ == "which" for c in child.children):
            return False
        if child.lower_ in {"where", "whereby"}:
            return False
    return True


def climb(token: Token) -> Iterator[Token]:
    """The token and its ancestors up to the root of its sentence."""
    yield token
    yield from token.ancestors
