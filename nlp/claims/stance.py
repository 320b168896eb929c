"""How firmly a clause is said, and by whom: what its governing verbs, nouns and adverbs make of it.

A clause inherits from every word that governs it up to the root of the sentence: "denied copying" is a denial of the
copying, "did not use X to train Y" is a negated training, "if X copied Y" supposes it.
"""

from __future__ import annotations

from msgspec import Struct

from distillwatch.nlp.claims.contrast import of_phrase
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.clauses import aside_clause, independent, is_passive, is_verb
from distillwatch.nlp.parse import Token
from distillwatch.records import DateMention, Hedge, Polarity

# Edges over which negation and doubt come down: "did not use X to train Y", "may have been seen copying".
INHERITING = frozenset({"xcomp", "pcomp", "aux", "auxpass", "oprd", "acomp"})


# "without copying", "accused of copying" share the fate of their verb; "by copying X, Y could …" is said as a fact.
NOT_MEANS = frozenset({"of", "from", "for", "to", "without", "about", "against", "with"})


NEVER = frozenset({"never", "hardly", "scarcely", "barely", "nowhere", "neither"})

KEPT_FROM = frozenset({"keep", "stop", "deter", "dissuade", "discourage"})  # "keep X from copying Y"


class Manner(Struct, kw_only=True):
    """What the words around a clause make of it, before anyone's name is put to it."""

    polarity: Polarity = "+"
    hedge: Hedge = "none"
    act: str = ""  # "alleges", "reports", "supposes", "predicts", "asks" where an adverb, modal or mood says so
    open: bool = False  # "may sue", "could block": of an event, one that is still to come
    void: bool = False  # nothing is stated: attempts, abilities, duties, commands, "whether"


def manner(trigger: Token, sentence: Sentence, lexicon: Lexicon, parts: tuple[Token, ...] = ()) -> Manner:
    """Polarity, hedge and mood of the clause that `trigger` heads; `parts` are further tokens whose "no" negates it."""
    result = Manner()
    flips = 0
    counted: set[int] = set()
    token, previous = trigger, None
    inheriting = True
    if any(_doubted(part, lexicon) for part in parts):
        result.hedge = "weak"
    while True:
        result.void = result.void or _replaced(token)
        if inheriting:
            new = _negated(token, previous, parts if token is trigger else ()) - counted
            counted |= new
            flips += min(len(new), 1) if token.pos_ in {"NOUN", "PROPN"} else len(new)
            _adverbs(token, lexicon, result)
            _modals(token, lexicon, result, trigger)
            if token.dep_ == "acl" and _to(token):
                flips += _noun_governor(token.head, lexicon, result)
            if token.lower_ == "short" and token.head.lemma_ == "stop":
                flips += 1
            if previous is not None:
                flips += _governor(token, previous, lexicon, result)
        if token.dep_ == "advcl" and token.tag_ == "VBG" and is_verb(token.head):  # "reportedly ran it, producing N"
            _adverbs(token.head, lexicon, result)
        _moods(token, previous, lexicon, result)
        if token.dep_ == "ROOT" or token.head == token or independent(token) or aside_clause(token):
            break
        if inheriting and not _inherits(token):
            inheriting = False
        token, previous = token.head, token
    if not result.act and _opinion(trigger, sentence, lexicon, result):
        result.act = "opines"
    if not result.act and lexicon.hearsay.search(sentence.document_text[sentence.start : sentence.end]):
        result.act = "reports"
    if sentence.doc[-1].text.endswith("?") or any(t.text == "?" for t in sentence.doc[-3:]):
        result.act = "asks"
    first = sentence.doc[0] if len(sentence.doc) else trigger
    if first.dep_ == "ROOT" and first.lower_ == "expect":  # "Expect a new licence that forbids …"
        result.act = "predicts"
    if _inverted_condition(first) and result.act != "asks":  # "Had X copied Y, Z would have sued": whatever hangs where
        result.act = "supposes"
    if first.dep_ == "ROOT" and first.lower_ in lexicon.words("suppositions"):
        result.act = "supposes"
    if result.open and not result.act and any(_some_day(t) for t in trigger.children):
        result.act = "predicts"
    if flips % 2 and not_until(trigger, sentence) is not None:
        flips += 1
    result.polarity = "-" if flips % 2 else "+"
    return result


def not_until(verb: Token, sentence: Sentence) -> DateMention | None:
    """ "Did not release X until June": it did, in June; the date, None for anything else."""
    if not is_verb(verb) or not any(c.dep_ == "neg" for c in verb.children):
        return None
    own = [p for c in (verb, *(o for o in verb.children if o.dep_ == "dobj")) for p in c.children]
    behind = (o.i for p in own if p.lower_ in {"until", "till"} for o in p.children if o.dep_ == "pobj")
    date = next((sentence.dates[i] for i in behind if i in sentence.dates), None)
    return date if date is not None and date.bound in {"until", ""} else None


def _opinion(trigger: Token, sentence: Sentence, lexicon: Lexicon, result: Manner) -> bool:
    """ "in my view", "on my own tests", "as far as I can tell": the writer's judgement in the clause of the trigger."""
    text = sentence.document_text[sentence.start : sentence.end]
    if lexicon.opinion.search(text):
        return True
    weak = lexicon.opinion_weak.search(text)
    if weak and result.hedge == "none":
        result.hedge = "weak"
    return weak


def _doubted(noun: Token, lexicon: Lexicon) -> bool:
    """ "accounts thought to be X's", "individuals believed to be connected to X"."""
    weak = lexicon.words("weak_governors") | lexicon.words("weak")
    for clause in noun.children:
        if clause.dep_ in {"acl", "relcl"} and any(
            t.lemma_.lower() in weak or t.lower_ in weak for t in clause.subtree
        ):
            return True
    return False


def _inherits(token: Token) -> bool:
    """Whether what is said of the head holds of the token too."""
    if token.dep_ in INHERITING:
        return True
    if token.dep_ == "advcl":
        return _to(token)  # a purpose
    if token.dep_ == "prep":
        return token.lower_ in NOT_MEANS and any(c.dep_ == "pcomp" for c in token.children)
    if token.dep_ in {"dobj", "attr", "pobj"} and not is_verb(token):
        return True
    if token.dep_ == "conj":
        verb_like = is_verb(token) and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
        alternative = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in token.head.children)
        return verb_like and (alternative or not any(c.dep_ in {"aux", "neg"} for c in token.children))
    return token.dep_ == "ccomp" and token.head.lemma_ in {"mean", "be"}


def _negated(token: Token, below: Token | None, parts: tuple[Token, ...]) -> set[int]:
    """Where the negations at one verb or noun stand, its arguments included; a negative noun counts once for all."""
    found: set[int] = set()
    for child in token.children:
        if child == below:
            continue
        if _negates(child, token):
            found.add(child.i)
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "agent", "acomp"} or (
            child.dep_ == "prep" and is_verb(token)
        ):
            found |= _negative_nouns(child)
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        found.add(token.head.i)
    for part in parts:
        if part.head != token and part != below:
            found |= _negative_nouns(part)
    return found


def _negates(child: Token, token: Token) -> bool:
    """Whether one word negates the verb or noun that it hangs on."""
    if child.dep_ == "neg":
        return not _only_after(child) and not of_phrase(child)
    if child.lower_ == "longer":  # "no longer sells"
        return any(c.lower_ == "no" for c in child.children)
    if child.lower_ == "no":
        return child.dep_ in {"det", "advmod", "intj"} and token.pos_ in {"NOUN", "PROPN"}
    return child.lower_ in NEVER and child.dep_ in {"advmod", "preconj", "cc"}


def _only_after(negation: Token) -> bool:
    """ "not only", "not just", "not so long ago" negate nothing."""
    following = negation.nbor(1).lower_ if negation.i + 1 < len(negation.doc) else ""
    return following in {"only", "just", "merely", "simply"}


def _negative_nouns(noun: Token) -> set[int]:
    """The noun itself where it is negative ("none", "no answer"), else those behind it where it is a preposition."""
    if noun.dep_ in {"prep", "agent"}:
        return {i for c in noun.children if c.dep_ == "pobj" for i in _negative_nouns(c)}
    none = noun.lower_ in {"none", "nobody", "nothing", "neither"} or any(
        c.lower_ in {"no", "neither", "not"}
        and c.dep_ in {"det", "preconj", "cc", "neg", "advmod"}
        and not of_phrase(c)
        for c in noun.children
    )
    return {noun.i} if none or _not_one(noun) else set()


def _not_one(noun: Token) -> bool:
    """ "Not one answer", "not a single prompt"."""
    counts = (c for c in noun.children if c.lower_ in {"one", "single"})
    return any(word.lower_ == "not" for count in counts for word in count.children)


def _adverbs(token: Token, lexicon: Lexicon, result: Manner) -> None:
    for child in token.children:
        if child.dep_ not in {"advmod", "npadvmod", "amod", "acomp", "dep"}:
            continue
        word = child.lower_
        if word in lexicon.words("alleged_adverbs") or word == "alleged":
            result.act = result.act or "alleges"
        elif word in lexicon.words("reported_adverbs") or word == "reported":
            result.act = result.act or "reports"
        elif word in lexicon.words("supposed_adverbs"):
            result.act = "supposes"
        elif word in lexicon.words("strong"):
            result.hedge = "strong"
        elif word in lexicon.words("weak") and result.hedge == "none":
            result.hedge = "weak"


def _modals(token: Token, lexicon: Lexicon, result: Manner, trigger: Token) -> None:
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children)
    for child in token.children:
        if child.dep_ != "aux":
            continue
        word = child.lower_
        if word in lexicon.words("strong_modals"):
            result.hedge = "strong"
            going_on = token.tag_ == "VBG" or any(c.lower_ == "be" and c.tag_ == "VB" for c in token.children)
            result.open = result.open or (token is trigger and not perfect and not (going_on and not is_passive(token)))
        elif word in lexicon.words("future_modals"):
            result.act = result.act or "predicts"
        elif word in lexicon.words("conditional_modals") and child.tag_ == "MD":
            result.act = "supposes"
        elif word in lexicon.words("duty_modals") or (word in {"must", "can", "cannot", "ca"} and not perfect):
            result.void = result.void or token is trigger


def _noun_governor(noun: Token, lexicon: Lexicon, result: Manner) -> int:
    """ "plans to sue", "no intention to sue", "an attempt to copy": returns how many negations the noun adds."""
    lemma = noun.lemma_.lower()
    if lemma in lexicon.words("void_nouns"):
        result.void = True
    elif lemma in lexicon.words("future_nouns"):
        result.act = result.act or "predicts"
        return int(any(c.lower_ == "no" for c in noun.children))
    return 0


def _to(clause: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def _governor(governor: Token, below: Token, lexicon: Lexicon, result: Manner) -> int:
    """Apply a raising or control verb or adjective over the clause; returns how many negations it adds."""
    lemma = governor.lemma_.lower()
    if below.dep_ not in {"xcomp", "ccomp", "pcomp", "acl", "advcl", "prep"} and governor.pos_ != "ADJ":
        return 0
    complement = below.dep_ in {"xcomp", "ccomp"} or (
        below.dep_ == "prep" and any(c.dep_ == "pcomp" for c in below.children)
    )
    if not complement:
        return 0
    if lemma == "have" and any(c.lower_ == "yet" for c in governor.children):  # "has yet to release"
        return 1
    if lemma == "be" and below.dep_ == "xcomp" and governor.tag_ == "VBD" and _to(below):  # "was to take effect"
        result.void = True
    if lemma == "be":  # "it is possible that …"
        for adjective in (c.lemma_.lower() for c in governor.children if c.dep_ in {"acomp", "attr"}):
            if adjective in lexicon.words("strong_governors"):
                result.hedge = "strong"
            elif adjective in lexicon.words("weak_governors") and result.hedge == "none":
                result.hedge = "weak"
            elif adjective in lexicon.words("denying_adjectives"):
                return 1
        return 0
    passive = any(c.dep_ == "auxpass" for c in governor.children)
    if lemma in lexicon.words("failed_governors") or (
        lemma == "stop" and any(c.lower_ == "short" for c in governor.children)
    ):
        return 1
    if lemma in lexicon.words("future_governors") and not (lemma in {"consider", "mean"} and passive):
        result.act = result.act or "predicts"
    elif lemma in lexicon.words("strong_governors"):
        result.hedge = "strong"
    elif lemma in lexicon.words("weak_governors") and (
        passive or governor.pos_ == "ADJ" or lemma in {"appear", "seem"}
    ):
        result.hedge = "weak" if result.hedge == "none" else result.hedge
    elif lemma in {"say", "report", "tell"} and passive:
        result.act = result.act or "reports"
    elif lemma in {"allege", "accuse", "claim", "charge"} and passive:
        result.act = result.act or "alleges"
    elif lemma in lexicon.words("void_governors") or (lemma in KEPT_FROM and below.lower_ == "from"):
        result.void = True
    return 0


def _moods(token: Token, previous: Token | None, lexicon: Lexicon, result: Manner) -> None:
    """Conditions and indirect questions, over the clause or beside it."""
    if token.dep_ in {"advcl", "ccomp", "pcomp", "csubj", "acl", "xcomp"}:
        marks = {c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"} and c.i < token.i}
        if "whether" in marks or (token.dep_ in {"ccomp", "pcomp"} and "if" in marks):
            result.void = True
        elif token.dep_ == "advcl" and (_condition(token, lexicon)):
            result.act = "supposes"
    for child in token.children:
        if child != previous and child.dep_ == "advcl" and _condition(child, lexicon):
            result.act = "supposes"


def _some_day(adverb: Token) -> bool:
    """ "One day", "someday", "eventually", "in future"."""
    if adverb.lower_ in {"someday", "eventually"}:
        return True
    words = [t.lower_ for t in adverb.subtree]
    return words in (["one", "day"], ["some", "day"], ["in", "future"], ["in", "the", "future"])


def _replaced(verb: Token) -> bool:
    """ "Rather than copying X, Y …", "instead of training on X": what was not done."""
    if verb.tag_ not in {"VBG", "VB"} or verb.i < 2:
        return False
    return (verb.nbor(-2).lower_, verb.nbor(-1).lower_) in {("rather", "than"), ("instead", "of")}


def _inverted_condition(first: Token) -> bool:
    """Whether a sentence begins with "had X …", "were X to …", "should X …"."""
    clause = first.head
    if first.lower_ not in {"had", "were", "should"} or first.dep_ not in {"aux", "auxpass"}:
        return False
    return any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > first.i for c in clause.children)


def _condition(clause: Token, lexicon: Lexicon) -> bool:
    """ "if …", "unless …", "had it been …", "were it to …"; not "as if", "even if only"."""
    first = clause.left_edge
    if first.lower_ in {"had", "were", "should"} and first.dep_ in {"aux", "auxpass", "ROOT"} and first.head == clause:
        return any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > first.i for c in clause.children)
    for child in clause.children:
        if child.dep_ in {"mark", "advmod", "prep"} and child.lower_ in lexicon.words("conditions"):
            before = child.nbor(-1).lower_ if child.i else ""
            words = {t.lower_ for t in clause.subtree}
            idle = clause.lemma_.lower() in lexicon.words("idle_conditions") and words & {
                "you",
                "i",
                "memory",
                "anything",
            }
            return before not in {"as", "even", "what"} and not idle
    return False
