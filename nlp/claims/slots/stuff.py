"""Whose answers, weights or accounts a sentence names, by what stands right beside a name."""

from __future__ import annotations

from collections.abc import Sequence

from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.rules import Rules
from distillwatch.nlp.parse import Token

INNER = frozenset({"compound", "nmod", "amod", "appos", "conj", "nummod"})
REACH = 7  # tokens from a noun to whose it is
POSSESSED = 4  # tokens from "'s" to the noun, from a name to what it does
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
WHATEVER = frozenset({"what", "whatever", "everything", "anything"})
RELATIVE = frozenset({"that", "which"})


def phrase_of(token: Token) -> Token:
    """The head of the noun phrase that a name stands in without a preposition: in "the X assistant", the assistant."""
    node = token
    while node.dep_ in INNER and node.head is not node:
        node = node.head
    return node


def lead_of(token: Token) -> str:
    """The preposition that the noun phrase of a name hangs on."""
    node = phrase_of(token)
    if node.dep_ == "poss":
        return "'s"
    return node.head.lower_ if node.dep_ == "pobj" else ""


def bound_to(token: Token) -> int:
    """What the preposition of a name hangs on: in "ahead of X", "ahead"."""
    node = phrase_of(token)
    return node.head.head.i if node.dep_ == "pobj" else -1


def belongs(sort: str, name: Token, sentence: Sentence, rules: Rules) -> bool:
    """Whether things of a sort are said to be those of a name: "X's answers", "accounts of X", "what X wrote"."""
    doc, stuff = sentence.doc, rules.words[sort]
    behind = doc[name.i + 1 : name.i + 1 + POSSESSED]
    if behind and behind[0].lower_ in POSSESSIVE:
        return any(sentence.lemma(t) in stuff for t in behind[1:]) and not any(t.i in sentence.refs for t in behind)
    if behind and sentence.lemma(behind[0]) in stuff:
        return True
    makes = sort == "material" and any(sentence.lemma(t) in rules.words["producing"] for t in behind)
    before = {t.lower_ for t in doc[max(name.i - 2, 0) : name.i]}
    if before & WHATEVER:
        return makes
    linked = lead_of(name) in rules.words[f"{sort}_links"] or (makes and bool(before & RELATIVE))
    return linked and _behind(name, stuff, sentence)


def _behind(name: Token, stuff: frozenset[str], sentence: Sentence) -> bool:
    """Whether the nearest noun with a preposition of its own in front of a name is of a sort."""
    doc: Sequence[Token] = sentence.doc
    for at in range(name.i - 1, max(name.i - 1 - REACH, -1), -1):
        token = doc[at]
        if token.text in {";", ":", ".", "—"}:
            return False
        if token.pos_ in {"NOUN", "PROPN"} and token.i not in sentence.refs:
            if sentence.lemma(token) in stuff:
                return True
            if doc[at + 1].pos_ == "ADP":  # "answers in the style of X"
                return False
    return False
