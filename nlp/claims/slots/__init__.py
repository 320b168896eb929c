"""A second reader behind the path readers: evidence words, typed candidates, and one way to put them together.

The path readers know constructions; each writer has others around the same content words. Where they read nothing of a
predicate in a sentence, the rules of slots_en.toml look for its evidence words, collect who and what stands in the same
clause and then in the same sentence, and fill the slots by kind, owner, preposition and order. Where that leaves more
than one way, or a negation or a modal stands over it that the parse does not clearly hang there, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.nlp.claims.slots.candidates import candidates_of, pointer_of
from distillwatch.nlp.claims.slots.filling import filled
from distillwatch.nlp.claims.slots.rules import Rules, load_rules
from distillwatch.records import Claim

__all__ = ["Rules", "drafts", "load_rules"]


def drafts(sentence: Sentence, before: Sentence | None, told: Sequence[Claim], rules: Rules) -> Iterator[Draft]:
    """A draft for each rule whose slots can be filled in one way only, of predicates that `told` has no claim of.

    `before` is the sentence in front of it in the text, for an "it" that only its role tells the kind of.
    """
    if not sentence.refs and (before is None or pointer_of(sentence) is None):
        return
    named = (sentence.lemma(sentence.doc[i]) for i in sentence.refs)
    lemmas = {*sentence.lemmas, *(t.lower_ for t in sentence.doc), *named}
    fitting = rules.evoked(lemmas, {c.predicate for c in told}, sentence)
    if not fitting or rules.hypothetical(sentence):
        return
    found = candidates_of(sentence, before, rules)
    done: set[str] = set()
    for rule in fitting:
        if rule.predicate in done:
            continue
        made = list(filled(rule, found, sentence, rules))
        if made:
            done.add(rule.predicate)
            yield from made
