"""The rules of slots_en.toml: what evokes a predicate, and what may fill its slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Sentence
from distillwatch.topic import Vocabulary

SIDES = frozenset({"", "before", "after"})
VOICES = frozenset({"", "active", "passive"})
STUFF = ("material", "weights", "access", "matters")


class Slot(Struct, frozen=True):
    """What may fill a slot."""

    kinds: frozenset[str]
    side: str = ""  # of the evidence word: "before", "after", or either
    leads: frozenset[str] = frozenset()  # one of these prepositions in front, "'s" for a possessive; any when empty
    bound: bool = False  # its preposition hangs on the evidence word
    near: bool = False  # only the nearest of the fitting candidates on its side
    stuff: str = ""  # the sort of STUFF that is said to be its: its answers, its weights, its account
    owned: bool = False  # a model or product whose owner is known


class Rule(Struct, frozen=True):
    """One way to tell a predicate by its evidence words."""

    predicate: str
    evidence: frozenset[str]  # lemmas
    subject: Slot
    object: Slot | None = None
    also: frozenset[str] = frozenset()  # one of these lemmas in the clause of the evidence word as well
    besides: frozenset[str] = frozenset()  # one of these lemmas anywhere in the sentence as well
    without: frozenset[str] = frozenset()  # none of these in the clause, nor in one over it
    units: frozenset[str] = frozenset()  # each figure in one of these units is evidence, and the claim carries it
    literal: frozenset[str] = frozenset()  # nouns of which one is the object
    particles: frozenset[str] = frozenset()  # which an evidence verb may have: "broke down" is no "broke"
    says: str = ""  # the object itself, where the evidence word stands for it
    conduct: bool = False  # the object is what the evidence verb governs, in the words of the page
    negated: bool = False  # it uses up the negation of its clause: "did not answer" is an answer that failed to come
    verbal: bool = False  # the evidence word has to be a verb
    voice: str = ""  # of the evidence verb
    sentence: bool = False  # the whole sentence may fill what the clause leaves empty
    within: str = ""  # "house": subject and object belong together; "any": they may; otherwise they never do
    learner: bool = False  # the subject is a party: the model where only it is named, else whoever acts

    def fits(self, lemmas: set[str], sentence: Sentence) -> bool:
        """Whether all that the rule asks of the sentence as a whole is there."""
        if self.also and not self.also & lemmas:
            return False
        if self.besides and not self.besides & lemmas:
            return False
        units = {a.quantity.unit.partition(" per ")[0] for a in sentence.amounts.values()}
        return not self.units or bool(self.units & units) or ("score" in self.units and "" in units)


class Rules(Struct, frozen=True):
    """All rules, with the words that they share."""

    rules: tuple[Rule, ...]
    evidence: Mapping[str, tuple[int, ...]]  # lemma → the positions of the rules that it evokes
    words: Mapping[str, frozenset[str]]
    lexicon: Lexicon

    def evoked(self, lemmas: set[str], told: set[str], sentence: Sentence) -> list[Rule]:
        """The rules of predicates not `told` yet that a sentence of these lemmas may fit, in their order."""
        at = sorted({i for lemma in self.evidence.keys() & lemmas for i in self.evidence[lemma]})
        found = (self.rules[i] for i in at)
        return [r for r in found if r.predicate not in told and r.fits(lemmas, sentence)]

    def hypothetical(self, sentence: Sentence) -> bool:
        """A question, a condition, or a word that makes all of the sentence doubtful."""
        return any(t.lower_ in self.words["conditions"] or t.text == "?" for t in sentence.doc)


def load_rules(vocabulary: Vocabulary, lexicon: Lexicon) -> Rules:
    """Read slots_en.toml; raises TopicInvalid naming what is wrong."""
    table = vocabulary.lexicon("slots_en")
    words = {name: frozenset(given) for name, given in table["words"].items()}
    rules = tuple(_rule(row, words, vocabulary) for row in table["rules"])
    evidence: dict[str, list[int]] = {}
    for at, rule in enumerate(rules):
        for lemma in sorted(rule.evidence):
            evidence.setdefault(lemma, []).append(at)
    return Rules(rules, {lemma: tuple(at) for lemma, at in evidence.items()}, words, lexicon)


def _rule(row: Mapping[str, Any], words: Mapping[str, frozenset[str]], vocabulary: Vocabulary) -> Rule:
    predicate = row["predicate"]
    if predicate not in vocabulary.predicates:
        raise TopicInvalid(f"slots_en.toml: a rule names the unknown predicate {predicate!r}")
    if row.get("voice", "") not in VOICES:
        raise TopicInvalid(f"slots_en.toml: a rule of {predicate} has the voice {row['voice']!r}")
    sets = {
        key: _words(row.get(key, ()), words)
        for key in ("evidence", "also", "besides", "without", "units", "literal", "particles")
    }
    return Rule(
        predicate=predicate,
        subject=_slot(row["subject"], predicate),
        object=_slot(row["object"], predicate) if "object" in row else None,
        says=row.get("says", ""),
        conduct=bool(row.get("conduct", False)),
        negated=bool(row.get("negated", False)),
        verbal=bool(row.get("verbal", False)),
        voice=row.get("voice", ""),
        sentence=bool(row.get("sentence", False)),
        within=row.get("within", ""),
        learner=bool(row.get("learner", False)),
        **sets,
    )


def _slot(row: Mapping[str, Any], predicate: str) -> Slot:
    side = row.get("side", "")
    if side not in SIDES:
        raise TopicInvalid(f"slots_en.toml: a slot of {predicate} has the side {side!r}")
    return Slot(
        kinds=frozenset(row["kinds"]),
        side=side,
        leads=frozenset(row.get("leads", ())),
        bound=bool(row.get("bound", False)),
        near=bool(row.get("near", False)),
        stuff=row.get("stuff", ""),
        owned=bool(row.get("owned", False)),
    )


def _words(given: list[str], words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words of a list, where "@name" stands for a list of [words]."""
    found: set[str] = set()
    for word in given:
        try:
            found |= words[word[1:]] if word.startswith("@") else {word}
        except KeyError as error:
            raise TopicInvalid(f"slots_en.toml has no word list {word[1:]!r}; add it under [words]") from error
    return frozenset(found)
