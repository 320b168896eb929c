"""Who says a clause: reporting verbs, content nouns ("the claim that"), "according to", from the inside outwards."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from distillwatch.nlp.claims.asides import Aside
from distillwatch.nlp.claims.issuers import told_in
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.tellers import document_before, speaker_of
from distillwatch.nlp.clauses import (
    aside_clause,
    by_agents,
    climb,
    content_clause,
    coordinated,
    independent,
    is_passive,
    is_verb,
    owners,
    resumed,
    subjects,
)
from distillwatch.nlp.parse import Token

ARISING = frozenset(
    {"surface", "emerge", "arise", "circulate", "mount", "spread", "swirl", "persist", "grow", "linger", "abound"}
)
GOING_ON = frozenset({"continue", "go", "put", "object"})
ACCUSING = frozenset({"accuse", "suspect", "charge", "blame", "fault"})
COUNTING = frozenset({"count", "tally", "estimate", "reckoning", "calculation"})
NOBODY = frozenset({"nobody", "none", "neither", "never", "noone"})


OWN = frozenset({"its", "their", "his", "her"})
UNNAMED = frozenset({"familiar", "close", "briefed", "unnamed", "anonymous", "knowledge"})


class Layer(Struct, kw_only=True):
    """One attribution over a clause."""

    act: str  # a table of speech_en.toml [verbs] or [nouns], or "according"
    word: Token
    speakers: list[Referent]
    text: str  # the speaker's words as they stand, "" when none is given
    weak: bool = False
    negated: bool = False
    anonymous: bool = False
    hearer: Referent | None = None  # an outlet that was told


def layers_over(trigger: Token, sentence: Sentence, lexicon: Lexicon) -> list[Layer]:
    """The attributions of the clause that `trigger` stands in, from the innermost outwards."""
    found: list[Layer] = []
    seen: set[int] = set()
    token, previous = trigger, None
    while True:
        for layer in _at(token, previous, trigger, sentence, lexicon):
            if layer.word.i not in seen:
                seen.add(layer.word.i)
                found.append(layer)
        if token.dep_ == "ROOT" or token.head == token or independent(token) or _remark(token, lexicon):
            break
        token, previous = token.head, token
    path = {t.i for t in _path(trigger, lexicon)}
    for word in (sentence.doc[i] for i in sentence.according):
        if word.i not in seen:
            clause = next((a for a in word.ancestors if is_verb(a) or a.dep_ == "ROOT"), None)
            if clause is not None and clause.i in path:
                found += _according(word, sentence, lexicon)
    found += [
        _inserted(aside, sentence, lexicon)
        for at, aside in sentence.asides
        if _governs(sentence.doc[at], trigger, inner=aside.inner)
    ]
    return found


def _remark(token: Token, lexicon: Lexicon) -> bool:
    """A clause about a noun, unless the noun is a statement ("evidence that X trained")."""
    if not aside_clause(token):
        return False
    filled = any(c.lower_ in {"that", "which"} and c.dep_ in {"dobj", "nsubj", "nsubjpass"} for c in token.children)
    return filled or not any(token.head.lemma_.lower() in lemmas for lemmas in lexicon.tables["nouns"].values())


def _path(trigger: Token, lexicon: Lexicon) -> Iterator[Token]:
    for token in climb(trigger):
        yield token
        if _remark(token, lexicon):
            return


def _governs(before: Token, trigger: Token, *, inner: bool) -> bool:
    """Whether an attribution inserted behind `before` is over the trigger: in one clause with it, or above."""
    ends = {"ROOT", "relcl"} if inner else {"ROOT"}
    clause = next((a for a in climb(before) if a.dep_ in ends or (a.dep_ == "conj" and is_verb(a))), before)
    token = trigger
    while token != clause:
        if (
            token.dep_ == "ROOT"
            or aside_clause(token)
            or (token.dep_ in {"conj", "ccomp"} and is_verb(token) and _own_clause(token))
        ):
            return False
        token = token.head
    return True


def _own_clause(verb: Token) -> bool:
    return verb.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)


def _inserted(aside: Aside, sentence: Sentence, lexicon: Lexicon) -> Layer:
    """The layer of an attribution that was taken out of the copy."""
    speakers = [r for r in sentence.known_between(aside.who_start, aside.who_end) if r.kind != "policy"]
    text = sentence.document_text[aside.who_start : aside.who_end]
    words = text.lower().split()
    if UNNAMED.intersection(words):  # "a person close to X": no voice of X's
        speakers = []
    anonymous = not speakers and any(
        w.rstrip("s") in lexicon.words("anonymous") or w in lexicon.words("anonymous") for w in words
    )
    if not speakers:
        issuer = told_in(aside, sentence)
        speakers = [issuer] if issuer is not None else []
    weak = aside.lemma in lexicon.tables["weak"]["verbs"]
    word = sentence.doc[0]
    return Layer(act=aside.act, word=word, speakers=speakers, text=text, weak=weak, anonymous=anonymous)


def _at(token: Token, below: Token | None, trigger: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Layer]:
    if below is not None:
        yield from _over(token, below, sentence, lexicon)
    for child in token.children:
        if child == below:
            continue
        if child.dep_ == "prep" and child.lower_ in {"in", "by"}:
            yield from _telling(child, sentence, lexicon)
        act = lexicon.speech.get(sentence.lemma(child)) if is_verb(child) else None
        if act is None or _of_other(child, token, trigger):
            continue
        beside = child.dep_ in {"parataxis", "ccomp", "advcl", "dep"} and _incidental(child, token, sentence)
        if beside or (child.dep_ == "conj" and _closing(child, token)):
            yield _verb_layer(child, act, sentence, lexicon)
        elif child.dep_ == "conj" and _inverted(child):
            said = [c for c in child.children if c.dep_ in {"dobj", "nsubj"}]
            yield _layer(act, child, said, sentence, lexicon)


def _telling(preposition: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Layer]:
    """ "In X's telling", "by X's account", "in the view of X"."""
    for noun in preposition.children:
        lemma = noun.lemma_.lower()
        if noun.dep_ == "pobj" and lemma in lexicon.words("tellings"):
            act = "opines" if lemma in lexicon.tables["nouns"]["opines"] else "according"
            own = any(c.lower_ == "own" for c in noun.children) and any(c.lower_ in OWN for c in noun.children)
            if own and is_verb(preposition.head):  # "by its own account, X spent": X's
                yield _layer(act, noun, subjects(preposition.head), sentence, lexicon)
            elif owners(noun):
                yield _layer(act, noun, owners(noun), sentence, lexicon)


def _over(token: Token, below: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Layer]:
    """The attribution that a verb or noun makes of the clause below it."""
    if is_verb(token) and token.lemma_ not in {"be", "have"} | ARISING:
        act = "denies" if _judged(token, sentence, lexicon) else lexicon.speech.get(sentence.lemma(token))
        if token.lemma_ in GOING_ON and below.tag_ == "VB":  # "they continue to copy": nobody speaks
            act = None
        raising = is_passive(token) and below.dep_ == "xcomp" and not by_agents(token)  # "is said to": nobody says it
        if act is not None and not raising and _content(below, token, sentence, lexicon):
            yield _verb_layer(token, act, sentence, lexicon)
    elif token.lemma_ in {"be", "have"} and below.dep_ == "ccomp":  # "my guess is that …", "rumour has it that …"
        for noun in (c for c in token.children if c.dep_ in {"nsubj", "attr"}):
            told = noun.lemma_.lower() in lexicon.tables["told"]["nouns"] and owners(noun)  # "X's story is that …"
            act = "say" if told else _content_noun(noun, lexicon)
            if act:
                yield _noun_layer(noun, act, sentence, lexicon)
        for verb in (c for c in token.children if c.dep_ == "csubj"):  # "what X alleges is that …"
            act = lexicon.speech.get(sentence.lemma(verb), "")
            if act and any(c.lower_ == "what" and c.dep_ == "dobj" for c in verb.children):
                yield _verb_layer(verb, act, sentence, lexicon)
    elif is_verb(token) and below.dep_ == "ccomp" and token.lemma_ in ARISING:  # "allegations surfaced that …"
        for noun in (c for c in token.children if c.dep_ == "nsubj"):
            act = _content_noun(noun, lexicon)
            if act:
                yield _noun_layer(noun, act, sentence, lexicon)
    elif token.pos_ == "NOUN" and below.dep_ in {"acl", "prep", "relcl", "ccomp", "appos"}:
        about = below.dep_ != "prep" or below.lower_ in {"of", "about", "for"}
        act = _content_noun(token, lexicon) if about else ""
        if act:
            yield _noun_layer(token, act, sentence, lexicon)
        elif token.lemma_ in COUNTING and below.dep_ == "prep" and any(c.dep_ == "poss" for c in token.children):
            yield _noun_layer(token, "alleges", sentence, lexicon)  # "its count of X's prompts"


def _judged(verb: Token, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "called the claim that X did false", "described reports that X did as baseless"."""
    if sentence.lemma(verb) not in {"call", "brand", "label", "describe", "deem"}:
        return False
    return any(t.lemma_.lower() in lexicon.tables["responses"]["baseless"] for t in verb.subtree if t.i > verb.i)


def _content_noun(noun: Token, lexicon: Lexicon) -> str:
    """The table of speech_en.toml [nouns] that a noun stands in, "" for none."""
    lemma = noun.lemma_.lower()
    return next((act for act, lemmas in lexicon.tables["nouns"].items() if lemma in lemmas), "")


def _closing(verb: Token, host: Token) -> bool:
    """ "X cost a million, a source told Y": read as a second clause, with no "and" before it and nothing said in it."""
    if any(c.dep_ == "cc" for c in host.children) or any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children):
        return False
    said = [c for c in verb.children if c.dep_ in {"nsubj"}]
    return bool(said) and said[0].left_edge.i > 0 and said[0].left_edge.nbor(-1).text == ","


def _inverted(verb: Token) -> bool:
    """ "…, alleges an unsigned letter": set off by a comma, its speaker behind it and read as its object."""
    before = verb.nbor(-1) if verb.i else None
    if before is None or before.text != ",":
        return False
    behind = any(c.dep_ == "nsubj" and c.i == verb.i + 1 for c in verb.children)  # "…, argued Ann Lee, who …"
    subjectless = not any(c.dep_ in {"nsubj", "aux", "auxpass", "ccomp"} for c in verb.children)
    plain = not any(c.dep_ in {"aux", "auxpass", "ccomp", "dobj", "xcomp"} for c in verb.children)
    return (behind and plain) or (subjectless and any(c.dep_ == "dobj" for c in verb.children))


def _of_other(speech: Token, host: Token, trigger: Token) -> bool:
    """Whether an inserted "X says" belongs to a later coordinated clause: "A did this, and B, X says, did that"."""
    for child in host.children:
        if child.dep_ == "conj" and trigger.i < speech.i < child.i and child.i not in {t.i for t in climb(trigger)}:
            return any(c.dep_ == "cc" and trigger.i < c.i < speech.i for c in host.children)
    return False


def _content(below: Token, verb: Token, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether the clause under `below` is what the verb says: its complement, not its speaker or its setting."""
    if below.dep_ in {"ccomp", "xcomp", "parataxis", "csubjpass"} or resumed(below) is not None:
        return True
    if below.dep_ == "prep" and (below.lower_ in {"of", "for", "with", "to"} or _told_in(below)):
        return True
    if below.dep_ in {"nsubj", "ccomp"} and _judged(verb, sentence, lexicon):
        return True
    if below.dep_ in {"dobj", "nsubjpass", "oprd"}:
        return True
    return (
        below.dep_ == "advcl" and below.tag_ == "VBG" and sentence.lemma(verb) in {"describe", "catch", "see", "find"}
    )


def _told_in(preposition: Token) -> bool:
    """ "told X in a memo that Y did": the clause hangs on the memo, and is what was told."""
    return any(content_clause(c) for noun in preposition.children for c in noun.children)


def _incidental(verb: Token, host: Token, sentence: Sentence) -> bool:
    """ "…, X says", "as X puts it": has a subject of its own and no complement of its own."""
    if not any(c.dep_ in {"nsubj", "expl"} for c in verb.children):
        return False
    if any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children):
        return False
    if verb.dep_ == "advcl":
        return any(c.lower_ in {"as", "so"} for c in verb.children)
    return verb.dep_ != "ccomp" or verb.i > host.i


def _verb_layer(verb: Token, act: str, sentence: Sentence, lexicon: Lexicon) -> Layer:
    lemma = sentence.lemma(verb)
    if (
        act == "alleges"
        and lemma in {"believe", "suspect", "assume"}
        and any(s.lower_ in {"i", "we"} for s in subjects(verb))
    ):
        act = "opines"
    headless = lemma in ACCUSING and not any(c.dep_ in {"dobj", "dative", "ccomp"} for c in verb.children)
    who = by_agents(verb) if is_passive(verb) or headless else subjects(verb)  # "X accused of copying" is a headline's
    told_in = document_before(verb, sentence, lexicon)
    if told_in is not None and speaker_of(told_in, sentence, lexicon):
        who = [told_in]
    weak = lemma in lexicon.tables["weak"]["verbs"]
    above = verb.head.children if verb.dep_ == "conj" else ()  # "neither confirmed nor denied"
    negated = any(c.dep_ == "neg" or c.lower_ in {"never", "neither", "nor"} for c in (*verb.children, *above))
    hedged = verb.i > 1 and verb.nbor(-1).lower_ == "but" and verb.nbor(-2).lower_ == "all"  # "all but admitted"
    if hedged or any(s.lower_ in {"nobody", "none", "neither", "noone"} for s in who):
        act = "asks"  # "nobody has shown that": nothing is told
    layer = _layer(act, verb, who, sentence, lexicon, weak=weak, negated=negated)
    for child in verb.children:
        if child.dep_ in {"dobj", "dative"} and sentence.refs.get(child.i):
            outlet = next((r for r in sentence.refs[child.i] if r.kind == "outlet"), None)
            layer.hearer = outlet or layer.hearer
    return layer


def _noun_layer(noun: Token, act: str, sentence: Sentence, lexicon: Lexicon) -> Layer:
    who = [c for c in noun.children if c.dep_ == "poss"] or [
        o
        for p in noun.children
        if p.dep_ == "prep" and p.lower_ in {"by", "from"}
        for o in p.children
        if o.dep_ == "pobj"
    ]
    head = noun.head
    if (
        not who
        and noun.dep_ == "dobj"
        and head.lemma_
        in {
            "have",
            "hold",
            "possess",
            "find",
            "present",
            "gather",
            "collect",
            "see",
            "cite",
            "make",
            "publish",
            "repeat",
        }
    ):
        who = subjects(head)
    negated = any(c.lower_ in {"no", "without"} for c in noun.children)
    if noun.dep_ == "dobj" and is_verb(head):  # "nobody has produced proof that", "has shown no evidence"
        negated = negated or any(c.dep_ == "neg" or c.lower_ in NOBODY for c in head.children)
    if noun.dep_ == "dobj" and head.lemma_ in {"withdraw", "retract", "drop", "abandon", "recant"}:
        act = "asks"  # "withdrew its claim that X did": nothing is told
    weak = noun.lemma_.lower() in lexicon.tables["weak"]["nouns"]
    if negated and noun.lemma_ == "doubt":  # "we have no doubt that": a firm statement
        return _layer("alleges" if who else act, head, who, sentence, lexicon)
    return _layer(act, noun, who, sentence, lexicon, weak=weak, negated=negated)


def _according(word: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Layer]:
    for to in word.children:
        if to.lower_ == "to":
            who = [c for c in to.children if c.dep_ == "pobj"]
            yield _layer("according", word, who, sentence, lexicon)


def _layer(
    act: str,
    word: Token,
    who: list[Token],
    sentence: Sentence,
    lexicon: Lexicon,
    *,
    weak: bool = False,
    negated: bool = False,
) -> Layer:
    speakers: list[Referent] = []
    texts: list[str] = []
    anonymous = False
    for token in who:
        for part in coordinated(token):
            found = speaker_of(part, sentence, lexicon)
            unnamed = not found and sentence.lemma(part) in lexicon.words("anonymous")
            anonymous = anonymous or unnamed
            speakers += [r for r in found if r not in speakers]
            texts.append(sentence.words(part.left_edge, part.right_edge))
    return Layer(
        act=act,
        word=word,
        speakers=speakers,
        text=texts[0] if texts else "",
        weak=weak,
        negated=negated,
        anonymous=anonymous,
    )
