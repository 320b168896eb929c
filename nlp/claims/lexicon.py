"""The English lexicons as sets and compiled trigger patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.prefilter import Prefilter
from distillwatch.topic import Vocabulary

POINTING = (
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "his",
    "her",
    "we",
    "our",
    "us",
    "this",
    "defendant",
    "plaintiff",
    "those terms",
    "these terms",
    "the terms",
    "the licence",
    "the license",
    "the act",
    "the bill",
    "the law",
    "the order",
    "the directive",
    "the rule",
    "the policy",
    "the measure",
    "the legislation",
    "the proposal",
    "all three",
    "the three",
    "companies",
    "laboratories",
    "the accounts",
    "these accounts",
    "those accounts",
    "these operations",
    "these campaigns",
)


class Trigger(Struct, frozen=True):
    """A word that evokes a frame, with what must stand beside it. See the head of claims_en.toml for the notation."""

    lemma: str
    particle: str = ""
    objects: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    governed: frozenset[str] = frozenset()  # what must stand behind one of the prepositions
    complements: frozenset[str] = frozenset()  # verbs of which one must be its infinitive complement


class Frame(Struct, frozen=True):
    """How one predicate is said with one group of triggers."""

    predicate: str
    noun: bool
    subject: tuple[str, ...]
    object: tuple[str, ...]
    literal: frozenset[str] = frozenset()  # nouns that may be the object without being a known entity
    negated: bool = False  # it means its predicate only when negated ("does not sell in X"), which is then affirmed
    denies: bool = False  # it means that its predicate is not so ("left X off the list")
    told: bool = False  # whoever does the trigger tells it ("X counts 4,000 accounts"), rather than doing it
    products: bool = False  # so general a word that it yields to any closer statement of the sentence
    itself: bool = False  # the trigger noun is the object: in "a letter dated 3 May", the letter


class Lexicon(Struct, frozen=True):
    """Everything that the English reader knows about words."""

    classes: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[tuple[Trigger, Frame], ...]]
    nouns: Mapping[str, tuple[tuple[Trigger, Frame], ...]]
    pointing: re.Pattern[str]  # words that may point at somebody or be a term, without naming anybody
    descriptors: re.Pattern[str]  # "Chinese AI start-up " right before a company's name, to its end
    rewordings: Mapping[str, str]
    past: Mapping[str, str]  # third person present → past, of every verb that evokes something
    lemma_of_present: Mapping[str, str]
    speech: Mapping[str, str]  # lemma → speech act, for verbs
    phrases: tuple[tuple[re.Pattern[str], str], ...]  # expressions that mislead the parser, and plainer ones
    phrase_filter: Prefilter
    opinion: Prefilter  # expressions that make a clause the writer's judgement
    opinion_weak: Prefilter  # … and one that the writer doubts
    hearsay: Prefilter  # … and one that the writer has from others
    comparisons: Mapping[str, frozenset[str]]
    tables: Mapping[str, Any]  # the remaining tables, as read

    def words(self, name: str) -> frozenset[str]:
        """The word class of that name; raises TopicInvalid when no lexicon has it."""
        try:
            return self.classes[name]
        except KeyError as error:
            raise TopicInvalid(f"the English lexicons have no word class {name!r}; add it under [classes]") from error


def load_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Read claims_en, speech_en, hedges_en and evidence; raises TopicInvalid naming what is wrong."""
    claims, speech, hedges, evidence = (
        vocabulary.lexicon(name) for name in ("claims_en", "speech_en", "hedges_en", "evidence")
    )
    classes = {
        name: frozenset(words)
        for table in (claims, speech, hedges, evidence)
        for name, words in table["classes"].items()
    }
    verbs: dict[str, list[tuple[Trigger, Frame]]] = defaultdict(list)
    nouns: dict[str, list[tuple[Trigger, Frame]]] = defaultdict(list)
    for row in claims["frames"]:
        if row["predicate"] not in vocabulary.predicates:
            raise TopicInvalid(f"claims_en.toml: a frame names the unknown predicate {row['predicate']!r}")
        for key, index in (("verbs", verbs), ("nouns", nouns)):
            frame = _frame(row, noun=key == "nouns")
            for pattern in row.get(key, ()):
                trigger = parse_trigger(pattern, classes)
                index[trigger.lemma].append((trigger, frame))
    spoken = {v for lemmas in speech["verbs"].values() for v in lemmas}
    forms = _past_forms(
        {*verbs, *spoken, *claims["past"]["more"]} - set(claims["past"]["nouns_in_s"]), claims["past"]["irregular"]
    )
    tables = {**claims, **speech, **hedges, **evidence}
    phrases = tuple((re.compile(pattern), phrase) for pattern, phrase in claims["phrases"].items())
    return Lexicon(
        classes=classes,
        verbs={lemma: tuple(rows) for lemma, rows in verbs.items()},
        nouns={lemma: tuple(rows) for lemma, rows in nouns.items()},
        pointing=_pointing(classes["collectives"], claims["definitions"]["terms"]),
        descriptors=_descriptors(claims["descriptors"]),
        rewordings=claims["rewordings"],
        past={present: past for present, (_, past) in forms.items()},
        lemma_of_present={present: lemma for present, (lemma, _) in forms.items()},
        speech={lemma: act for act, lemmas in speech["verbs"].items() for lemma in lemmas},
        phrases=phrases,
        phrase_filter=Prefilter(pattern for pattern, _ in phrases),
        opinion=_expressions(tables["opinion"]["patterns"]),
        opinion_weak=_expressions(tables["opinion_weak"]["patterns"]),
        hearsay=_expressions(tables["hearsay"]["patterns"]),
        comparisons={name: frozenset(words) for name, words in tables["comparisons"].items()},
        tables=tables,
    )


def _expressions(patterns: Sequence[str]) -> Prefilter:
    return Prefilter(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _pointing(collectives: frozenset[str], terms: Sequence[str]) -> re.Pattern[str]:
    words = [*POINTING, *sorted(collectives)]
    ends = "|".join(re.escape(t) for t in sorted(terms))
    return re.compile(rf"\b(?:(?:{'|'.join(map(re.escape, words))})(?:s|es)?|(?:{ends}))\b|[“\"«][A-Z]", re.IGNORECASE)


def _descriptors(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    before, nouns = ("|".join(words[name]) for name in ("before", "nouns"))
    kept = "".join(rf"(?<!{word} )" for word in words["kept"])
    return re.compile(rf"(?<![\w-]){kept}(?:(?:{before})\s){{0,8}}(?:{nouns})\s$")


def _past_forms(lemmas: set[str], irregular: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Third person present → lemma and past tense, regular but for the given ones."""
    forms: dict[str, tuple[str, str]] = {}
    for lemma in sorted(lemmas):
        if not lemma.isalpha():
            continue
        sibilant = lemma.endswith(("s", "x", "z", "ch", "sh", "o"))
        consonant_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
        present = lemma[:-1] + "ies" if consonant_y else lemma + ("es" if sibilant else "s")
        past = lemma[:-1] + "ied" if consonant_y else lemma + ("d" if lemma.endswith("e") else "ed")
        forms[present] = (lemma, irregular.get(lemma, past))
    return forms


def parse_trigger(pattern: str, classes: Mapping[str, frozenset[str]] | None = None) -> Trigger:
    """A trigger from its notation; "@name" among words stands for the word class of that name.

    >>> parse_trigger("take =access|key +away").particle
    'away'
    >>> sorted(parse_trigger("put on|onto:list").prepositions)
    ['on', 'onto']
    >>> sorted(parse_trigger("order ^stop|halt").complements)
    ['halt', 'stop']
    """
    lemma, *rest = pattern.split()
    nothing = frozenset[str]()
    particle, objects, prepositions, governed, complements = "", nothing, nothing, nothing, nothing
    for part in rest:
        if part.startswith("+"):
            particle = part[1:]
        elif part.startswith("="):
            objects = _words(part[1:], classes or {})
        elif part.startswith("^"):
            complements = _words(part[1:], classes or {})
        else:
            words, _, behind = part.partition(":")
            prepositions = frozenset(words.split("|"))
            governed = _words(behind, classes or {})
    return Trigger(lemma, particle, objects, prepositions, governed, complements)


def _words(pattern: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in filter(None, pattern.split("|")):
        found |= classes[word[1:]] if word.startswith("@") else {word}
    return frozenset(found)


def _frame(row: Mapping[str, Any], *, noun: bool) -> Frame:
    return Frame(
        predicate=row["predicate"],
        noun=noun,
        subject=tuple(row["subject"]),
        object=tuple(row["object"]),
        literal=frozenset(row.get("literal", ())),
        negated=bool(row.get("negated", False)),
        denies=bool(row.get("denies", False)),
        told=bool(row.get("told", False)),
        products=bool(row.get("products", False)),
        itself=bool(row.get("itself", False)),
    )
