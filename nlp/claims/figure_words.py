"""What the readers of sizes, costs and scores share: their word lists, and whose a figure may be."""

from __future__ import annotations

import re
from collections.abc import Mapping

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.parse import Token


class Figures:
    """The [figures] words, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.tables["figures"]
        self.lexicon = lexicon
        self.sets: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in table.items() if isinstance(v, list)}
        self.architectures: Mapping[str, list[str]] = table["architectures"]
        self.built = re.compile("|".join(re.escape(s) for spellings in self.architectures.values() for s in spellings))


def named(token: Token, sentence: Sentence, words: Figures, kinds: frozenset[str]) -> list[Referent]:
    found = entities(token, sentence, words.lexicon, "students", "weights", "sizes")
    return [r for r in found if r.kind in kinds]


def thing_of(thing: Token, sentence: Sentence) -> str:
    """The noun for what was paid for, without its owner: "servers", "final training run"."""
    if thing.i in sentence.refs:
        return "training"
    first = min(
        [thing, *(c for c in thing.children if c.dep_ in {"amod", "compound", "nummod"} and c.i not in sentence.refs)],
        key=_index,
    )
    return sentence.words(first, thing)


def _index(token: Token) -> int:
    return token.i
