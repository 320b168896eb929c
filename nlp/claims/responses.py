"""Who answered, and how: denied, declined, no response, confirmed, reviewing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_passive, is_verb, obliques, patients, prepositions, subjects
from distillwatch.nlp.parse import Token

BASES = frozenset({"basis", "merit", "foundation", "substance", "truth"})
UNWILLING = frozenset({"wish", "want", "care", "choose"})
COUNSEL = frozenset({"counsel", "lawyer", "attorney"})  # who answer for whom they work
ISSUING = frozenset({"issue", "publish", "release", "post", "send", "offer", "make"})
ANSWERERS = frozenset({"company", "agency", "group", "person", "country", "outlet"})


def drafts(
    sentence: Sentence, lexicon: Lexicon, spokes: Mapping[str, Referent], houses: Mapping[str, Referent]
) -> Iterator[Draft]:
    """Every answer, refusal or silence that the sentence tells of.

    `houses` gives where other people are: their verdict on a charge ("baseless") is its answer too.

    `spokes` gives the organisation that a person speaks for, by the person's id: such a person's answer is its answer.
    """
    words = lexicon.tables["responses"]
    for token in sentence.verbs:
        for who in _unanswered(token, sentence, lexicon, words):
            yield Draft(
                predicate="commented", trigger=token, subject=who, object_text="no_response", plain=True, event=(token,)
            )
        answer = _answer(token, sentence, words)
        negated = not answer and _has_not_denied(token, sentence, words)
        if negated:
            answer = "denied"
        if not answer:
            continue
        for who in _answerers(token, sentence, lexicon, answer, spokes, houses):
            yield Draft(
                predicate="commented",
                trigger=token,
                subject=who,
                object_text=answer,
                plain=True,
                negated=negated,
                event=(token, *_telling(token)),
            )


def _answer(verb: Token, sentence: Sentence, words: dict[str, list[str]]) -> str:
    """Which answer the verb gives, "" for none."""
    lemma = sentence.lemma(verb)
    above = verb.head.children if verb.dep_ == "conj" else ()
    negated = any(c.dep_ == "neg" or c.lower_ in {"never", "neither", "nor"} for c in (*verb.children, *above)) or any(
        s.lower_ in {"none", "neither", "nobody"} or any(c.lower_ in {"no", "neither"} for c in s.children)
        for s in subjects(verb)
    )
    negated = negated or (verb.i > 0 and verb.nbor(-1).lower_ in {"neither", "nor"})
    if any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in verb.children) or _hypothetical(verb):
        return ""
    if lemma in words["decline"] and not negated:
        to = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"}]
        return (
            "declined"
            if any(c.lemma_ in words["answering"] for c in to) or _noun_object(verb, {"comment", "interview"})
            else ""
        )
    if (
        lemma in UNWILLING
        and negated
        and any(c.dep_ == "xcomp" and c.lemma_ in words["answering"] for c in verb.children)
    ):
        return "declined"
    if lemma == "leave" and any(c.lower_ in {"unanswered", "unreturned"} for c in verb.children):
        return "no_response"
    if lemma == "have" and any(o.lemma_ == "review" for o in obliques(verb, frozenset({"under"}))):
        matters = {p.lemma_.lower() for p in patients(verb)} & set(words["matters"])
        return "reviewing" if matters and not negated else ""
    if lemma == "comment" and negated:
        return (
            "declined"
            if any(c.lower_ in {"would", "wo", "will", "does", "do"} for c in verb.children)
            else "no_response"
        )
    if lemma in words["discussing"] and negated and any(c.lower_ in {"would", "wo"} for c in verb.children):
        about = [*patients(verb), *obliques(verb, frozenset({"on", "about"}))]
        return "declined" if any(a.lemma_.lower() in words["matters"] for a in about) else ""
    if lemma == "draw" and negated and is_passive(verb):  # "would not be drawn"
        return "declined"
    if lemma == "be" and negated and any(c.lower_ == "available" for c in verb.children if c.dep_ == "acomp"):
        return "no_response" if any(t.lemma_ in {"comment", "interview"} for t in verb.subtree) else ""
    if lemma == "go" and any(
        o.lemma_.lower() in words["matters"] for o in obliques(verb, frozenset({"through", "over"}))
    ):
        return "reviewing" if not negated and verb.tag_ == "VBG" else ""
    if lemma in ISSUING and not negated and not is_passive(verb) and _denial(verb, words):
        return "denied"
    if lemma in {"have", "offer", "give", "provide", "make"} and _no_object(verb, words["requests"]):
        return "declined" if any("comment" in p.lemma_ for p in patients(verb)) else "no_response"
    if (
        lemma in {*words["respond"], "comment"}
        and verb.dep_ == "xcomp"
        and any(c.lower_ == "yet" for c in verb.head.children)
    ):
        return "no_response"
    if lemma in words["respond"] and negated and _is_answer(verb, words):
        return "no_response"
    if (
        lemma in {"say", "utter", "breathe"}
        and negated
        and any(p.lower_ in {"word", "anything", "thing"} for p in patients(verb))
    ):
        return "no_response"
    if lemma in {"be", "remain", "stay", "keep"} and any(
        c.lemma_.lower() in words["silent"] for c in verb.children if c.dep_ in {"acomp", "attr", "oprd", "xcomp"}
    ):
        over = verb.dep_ == "relcl" and any(c.lower_ == "had" for c in verb.children)  # "which had been silent"
        return "no_response" if not negated and not over else ""
    if (
        lemma in {"reach", "contact"}
        and is_passive(verb)
        and any(c.lower_ in {"could", "not", "n't"} for c in verb.children)
        and negated
    ):
        return "no_response"
    if verb.i > 1 and verb.nbor(-1).lower_ == "but" and verb.nbor(-2).lower_ == "all":
        return ""  # "all but admitted"
    if lemma in words["deny"] and not negated and not is_passive(verb) and not _nothing(verb):
        refusal = any(
            p.lemma_ in {"access", "service", "entry", "licence", "license", "permission"} for p in patients(verb)
        )
        return "" if refusal else "denied"
    if (
        lemma in words["confirm"]
        and not negated
        and not is_passive(verb)
        and any(c.dep_ in {"ccomp", "dobj", "xcomp"} for c in verb.children)
        and not _commonplace(verb, sentence)
    ):
        return "confirmed"
    if lemma in words["review"] and not negated and verb.tag_ in {"VBG", "VBZ", "VBP", "VBD"}:
        about = [*patients(verb), *obliques(verb, frozenset({"into", "at"}))]
        if any(a.lemma_.lower() in words["matters"] and a.i not in sentence.refs for a in about):
            return "reviewing"
    if lemma in {"call", "brand", "label", "describe", "dismiss"} and _baseless(verb, words):
        return "denied"
    return "denied" if lemma == "say" and _says_no(verb, words) else ""


def _commonplace(verb: Token, sentence: Sentence) -> bool:
    """ "Acknowledged that distillation is a legitimate method": what is conceded is about nobody."""
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and is_verb(c)), None)
    if clause is None or clause.lemma_ != "be":
        return False
    return not any(t.i in sentence.refs or t.pos_ in {"PRON", "PROPN"} for t in clause.subtree)


def _denial(verb: Token, words: dict[str, list[str]]) -> bool:
    """ "Issued a flat denial of the allegations", "made a denial"; not "a denial of access", "no denial"."""
    for noun in (p for p in patients(verb) if p.lemma_.lower() == "denial"):
        what = [o for p in prepositions(noun) for o in p.children if o.dep_ == "pobj"]
        if all(o.lemma_.lower() in words["matters"] for o in what) and all(c.lower_ != "no" for c in noun.children):
            return True
    return False


def _nothing(verb: Token) -> bool:
    """ "Denied nothing"."""
    return any(p.lower_ == "nothing" for p in patients(verb))


def _has_not_denied(verb: Token, sentence: Sentence, words: dict[str, list[str]]) -> bool:
    """ "X has not denied any of it", "X denied nothing": the lack of a denial is what is told."""
    if sentence.lemma(verb) not in words["deny"] or is_passive(verb) or _hypothetical(verb):
        return False
    if any(c.dep_ == "conj" or c.lower_ in {"neither", "nor", "would", "could"} for c in verb.children):
        return False  # "neither confirmed nor denied"
    if verb.dep_ not in {"ROOT", "ccomp"}:
        return False
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)
    about = [t for p in patients(verb) for t in (p, *(o for q in prepositions(p) for o in q.children))]
    matter = any(t.lemma_.lower() in words["matters"] or t.lower_ in {"any", "anything"} for t in about)
    return _nothing(verb) != (negated and matter)


def _unanswered(verb: Token, sentence: Sentence, lexicon: Lexicon, words: dict[str, list[str]]) -> Iterator[Referent]:
    """ "Calls to X went unanswered", "a request to X was not answered"."""
    lemma = verb.lemma_.lower()
    absent = lemma in {"come", "arrive"} and any(
        c.lower_ == "no" for s in subjects(verb) for c in s.children if s.lemma_ in words["requests"]
    )
    if absent:  # "no answer came from X"
        for noun in obliques(verb, frozenset({"from"})):
            yield from (r for r in entities(noun, sentence, lexicon, "spokes") if r.kind in ANSWERERS - {"person"})
        return
    silent = lemma == "go" and any(c.lower_ in {"unanswered", "unreturned"} for c in verb.children)
    negated = any(c.dep_ == "neg" for c in verb.children)
    if not silent and not (negated and is_passive(verb) and lemma in {"answer", "return", "acknowledge"}):
        return
    for subject in subjects(verb):
        if subject.lemma_.lower() in words["requests"]:
            for noun in (
                o for p in subject.subtree if p.lower_ in {"to", "at"} for o in p.children if o.dep_ == "pobj"
            ):
                yield from (r for r in entities(noun, sentence, lexicon, "spokes") if r.kind in ANSWERERS - {"person"})


def _of_nobody(who: Token) -> list[Token]:
    """Whose silence "nobody at X" is."""
    if who.lower_ not in {"nobody", "none"}:
        return []
    return [o for p in prepositions(who) if p.lower_ in {"at", "from", "of"} for o in p.children if o.dep_ == "pobj"]


def _hypothetical(verb: Token) -> bool:
    """ "will they deny", "may decline": not an answer yet."""
    modal = any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in {"would", "could"} for c in verb.children)
    return modal or (any(t.text == "?" for t in verb.doc[-2:]) and verb.dep_ in {"ROOT", "conj"})


def _noun_object(verb: Token, lemmas: set[str]) -> bool:
    return any(p.lemma_ in lemmas for p in patients(verb))


def _no_object(verb: Token, requests: list[str]) -> bool:
    return any(p.lemma_ in requests and any(c.lower_ == "no" for c in p.children) for p in patients(verb))


def _is_answer(verb: Token, words: dict[str, list[str]]) -> bool:
    """ "did not respond", "did not return messages"; not "did not answer the door"."""
    things = [*patients(verb), *obliques(verb, frozenset({"to"}))]
    if sentence_lemma(verb) == "write":
        return False
    if sentence_lemma(verb) in {"return", "answer"}:
        open_ = sentence_lemma(verb) == "answer" and not things and verb.tag_ == "VBN"  # "has not answered"
        nobody = any(t.lower_ in {"anyone", "anybody"} for t in things)
        return open_ or nobody or any(t.lemma_ in words["requests"] or t.lemma_ in words["matters"] for t in things)
    return not things or any(
        t.lemma_ in words["requests"] or t.lemma_ in words["matters"] or t.pos_ in {"PRON", "PROPN"} for t in things
    )


def sentence_lemma(verb: Token) -> str:
    """The verb's lemma in lower case."""
    return verb.lemma_.lower()


def _baseless(verb: Token, words: dict[str, list[str]]) -> bool:
    """ "called the claims false"."""
    near = [t for t in verb.subtree if t.i > verb.i and t.i - verb.i < 12]
    return any(t.lemma_.lower() in words["matters"] for t in near) and any(
        t.lemma_.lower() in words["baseless"] for t in near
    )


def _says_no(verb: Token, words: dict[str, list[str]]) -> bool:
    """ "said nope", "the accusations are groundless, X said"."""
    if any(t.lower_ == "nope" or (t.lower_ == "no" and t.pos_ in {"INTJ", "ADV"}) for t in verb.subtree):
        return True
    for clause in (*verb.children, verb.head):
        about = {s.lemma_.lower() for s in subjects(clause)}
        empty = any(p.lemma_ in BASES and any(c.lower_ == "no" for c in p.children) for p in patients(clause))
        if clause.lemma_ == "have" and empty and about & set(words["matters"]):
            return True
        if clause.lemma_ == "be" and clause.dep_ in {"ccomp", "ROOT", "parataxis"}:
            about = {s.lemma_.lower() for s in subjects(clause)}
            judged = {t.lemma_.lower() for c in clause.children if c.dep_ in {"acomp", "attr"} for t in c.subtree}
            if (
                about & set(words["matters"])
                and judged & set(words["baseless"])
                and not any(c.dep_ == "neg" for c in clause.children)
            ):
                return True
    return False


def _answerers(
    verb: Token,
    sentence: Sentence,
    lexicon: Lexicon,
    answer: str,
    spokes: Mapping[str, Referent],
    houses: Mapping[str, Referent],
) -> list[Referent]:
    """Who answers: organisations; for a person who speaks for one, the organisation.

    Any other person's denial or confirmation is no answer of a party.
    """
    who = subjects(verb) if answer != "confirmed" or not is_passive(verb) else agents(verb)
    who = [o for w in who for o in (_of_nobody(w) or (w,))]
    if not who and verb.dep_ == "ccomp":
        who = subjects(verb.head)
    found: list[Referent] = []
    for token in who:
        for one in entities(token, sentence, lexicon, "spokes", "staff"):
            one = spokes.get(one.id, one)
            if answer == "denied" and sentence.lemma(verb) == "say":  # "the suit is baseless, said X's chief scientist"
                one = houses.get(one.id, one)
            if (
                answer in {"denied", "confirmed"}
                and one.kind == "person"
                and _titled(token, lexicon.tables["positions"]["nouns"])
            ):
                one = houses[one.id] if _of_own(verb, houses.get(one.id), sentence) else one
            if answer in {"declined", "no_response"} and one.kind == "person" and _titled(token, COUNSEL):
                one = houses.get(one.id, one)  # "X's general counsel did not return a call"
            party = one.kind in ANSWERERS and (one.kind != "person" or answer in {"declined", "no_response"})
            if party and one not in found:
                found.append(one)
    return found


def _titled(noun: Token, titles: Collection[str]) -> bool:
    """Whether a name stands beside what its bearer is: "Ann Lee, the founder of X," or "X's founder, Ann Lee,"."""
    beside = [c for c in noun.children if c.dep_ == "appos"]
    clauses = [c for c in noun.children if c.dep_ == "relcl" and c.lemma_ == "be"]  # "who is counsel for X"
    beside += [a for c in clauses for a in c.children if a.dep_ == "attr"]
    held = [t for t in (noun, *beside) if t.lemma_.lower() in titles]
    left = (c for t in held for c in t.children if c.lower_ in {"former", "ex", "onetime", "erstwhile"})
    return bool(held) and next(left, None) is None


def _of_own(verb: Token, house: Referent | None, sentence: Sentence) -> bool:
    """Whether an officer speaks of his own house: "X's founder denies that X ever trained"."""
    if house is None or house.kind != "company":
        return False
    said = [c for c in verb.children if c.dep_ in {"ccomp", "xcomp", "pcomp", "dobj"}]
    told = [r for c in said for t in c.subtree for r in sentence.refs.get(t.i, ())]
    return any(r.id == house.id or r.owner == house.name for r in told)


def _telling(verb: Token) -> Iterator[Token]:
    """Where the day of answering may hang: the verb's complement, or "when I wrote to it on Monday"."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "advcl"} and (
            child.dep_ == "xcomp" or any(c.lower_ in {"when", "after"} for c in child.children)
        ):
            yield child
            yield from (c for c in child.children if c.dep_ == "advcl" and any(w.lower_ == "when" for w in c.children))
    if verb.dep_ in {"xcomp", "ccomp"}:
        yield verb.head
