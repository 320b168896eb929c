"""Runs of capitalised words: the places where a name that nobody has registered could stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.names.lexicon import NameWords
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import ADDRESS, EAST, MARK
from distillwatch.nlp.names.versions import LARGEST

LETTER = rf"[^\W_{EAST}{MARK}]"
WORD = re.compile(rf"(?:{LETTER}[{MARK}]*)+(?:[.&+'’‑-](?:{LETTER}[{MARK}]*)+)*\+?")
POSSESSIVE = re.compile(r"['’][sS]$")
ELISION = re.compile(r"(?:[lLdDnNsSjJmMtTcC]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu)['’](?=\w)")
SENTENCE_START = re.compile(r"(?:^|^\s*\(?\w{1,3}[.)]\s|[.!?…:;•●。！？|]|\s[–—-]\s|^\s*[-–*]\s)[\s\"'“”«»„‘’(\[¿¡]*$")
FIGURE = re.compile(r"[,.]\d|\s?[%$€£¥°]")
COUNTED = re.compile(r"[ \u00a0-](?P<word>[^\W\d_]+)")
ABSTRACT = re.compile(r"(?:ing|[st]ions?|ness|ments?|ities|isms?)$")
NOUN = re.compile(
    r"[a-zäöüß](?:ung|ungen|heit|heiten|keit|keiten|schaft|tion|tionen|tät|ismus|nis|nisse|innen|bedingungen|daten|modelle?)$"
)
# Chinese and Korean given names in Latin letters.
SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?[aeiouü][aeiou]?(?:ng|n|r|l|m|k|p|h)?)[-']?){1,3}", re.IGNORECASE
)
INFLECTED = re.compile(r"(?:ly|s|ed|ing)$")  # an everyday word in one of these forms is no part of a name
GLUED = re.compile(r"[^\W\d_]{0,40}[^\W\d_A-Z](\d{2,9})")
SURNAME_BEFORE = re.compile(r"([A-Z][a-z]+) $")
# Builds that their makers write small: "ostra-mini-7b", "dots.lm1"; and short ones, "o7".
LOWER_BUILD = re.compile(r"[a-z]{2,12}(?:[.-][a-z0-9]{1,12}){0,4}-\d{1,4}(?:\.\d+)?[bm]|[a-z]\d{1,2}")
LOWER = re.compile(
    rf"\d{{1,4}}(?:\.\d{{1,4}}){{1,4}}[a-z]?|\d{{1,5}}[bm]|v\d{{1,4}}(?:\.\d{{1,4}}){{0,4}}|{LOWER_BUILD.pattern}"
)
MOST_WORDS = 8  # of a run that can be one name
PARTICLES = frozenset(
    (
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "zu",
        "bin",
        "ibn",
        "al",
    )
)
PARTICLED = re.compile(rf" (?:(?:{'|'.join(sorted(PARTICLES))}) ){{1,3}}")  # "Pieter van der Hoeven"
PREFIXES = frozenset(
    (
        *("Pre", "Post", "Non", "Anti", "Ex", "Pro", "Mid", "Sub", "Co", "Re", "Un", "Semi"),
        # What agencies put in front of a headline: "CORRECTED-Norvane sues Huaixu".
        *("CORRECTED", "CORRECTION", "UPDATE", "UPDATED", "EXCLUSIVE", "ANALYSIS", "FACTBOX", "EXPLAINER", "INSIGHT"),
        *("FOCUS", "REFILE", "RPT", "WRAPUP", "BRIEF", "TIMELINE", "NEWSMAKER", "INTERVIEW", "FEATURE", "OPINION"),
    )
)
FIELDS = frozenset(("AI", "KI", "IA"))
SURNAMES = frozenset(("He", "An", "You", "So", "Do", "Ai", "Or"))  # words of grammar that are surnames too


class Run(Struct, frozen=True):
    """`text[start:end]`, a run of name-like words; `words` are their offsets."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    initial: bool  # it begins a sentence, so its first capital shows little

    def cut(self, first: int, last: int) -> Run:
        """The run of its words `first` to `last` (exclusive)."""
        words = self.words[first:last]
        return Run(words[0][0], words[-1][1], words, self.initial and first == 0)


class Tokens:
    """Finds runs; knows which capitalised words are no names."""

    def __init__(self, words: NameWords, common: frozenset[str], adjectives: frozenset[str], language: str) -> None:
        """`common` are lower-case dictionary words, `adjectives` those of them that are nothing else."""
        self._words = words
        self._common = common
        self._adjectives = adjectives
        self._ai_nouns = re.compile(words.forms["ai_nouns"])
        self._stop_noun_ends = words.stop_noun_ends.get(language, words.stop_noun_ends["en"])
        self._stop_nouns = words.stop_nouns.get(language, frozenset())
        self.foreign = language not in (
            "en",
            "zh",
            "ja",
            "ko",
        )  # no dictionary knows the words that begin its sentences
        self._english = language == "en"
        self._cut_compounds = language in ("de", "nl", "sv", "da", "no")

    def runs(self, text: str, passage: Passage, taken: Sequence[tuple[int, int]]) -> Iterator[Run]:
        """The runs of one passage outside the spans that are taken already (sorted)."""
        inside = taken[bisect_left(taken, (passage.start,)) : bisect_left(taken, (passage.end,))]
        holes = [*inside, *((m.start(), m.end()) for m in ADDRESS.finditer(text, passage.start, passage.end))]
        current: list[tuple[int, int]] = []
        for start, end in self._name_words(text, passage, sorted(holes)):
            if current and not self._joined(text, current[-1][1], start):
                if self._particled(text, current, start):
                    gap = re.compile(r"\S+").finditer(text, current[-1][1], start)
                    current.extend((m.start(), m.end()) for m in gap)
                else:
                    yield from self._run(text, passage, current)
                    current = []
            current.append((start, end))
        yield from self._run(text, passage, current)

    def _name_words(self, text: str, passage: Passage, holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        at = 0
        for match in WORD.finditer(text, passage.start, passage.end):
            if match[0].islower() and match[0].isalpha():
                continue
            start, end = self._bare(text, match.start(), match.end())
            while at < len(holes) and holes[at][1] <= start:
                at += 1
            if at < len(holes) and holes[at][0] < end:
                start = max(start, holes[at][1]) if holes[at][0] <= start else start
                end = min(end, holes[at][0]) if holes[at][0] > start else end
                while start < end and not text[start].isalnum():
                    start += 1
            if start < end and self._name_like(text[start:end]) and not self._figure(text, start, end):
                yield start, self._with_stop(text, start, end, passage.end)

    def _bare(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The word without elided article, possessive s, and the lower-case half of a compound."""
        if LOWER_BUILD.fullmatch(text, start, end) is not None:
            return start, end
        elided = ELISION.match(text, start, end)
        start = elided.end() if elided else start
        owner = POSSESSIVE.search(text[start:end])
        end = start + owner.start() if owner else end
        parts = [(m.start(), m.end()) for m in re.finditer(r"[^-‑]+", text[start:end])]
        if len(parts) < 2:
            return start, end
        if text[start + parts[0][0] : start + parts[0][1]] in PREFIXES:
            return start + parts[1][0], end
        capital = [text[start + s].isupper() or text[start + s].isdigit() for s, _ in parts]
        if self._cut_compounds and capital[0] and not any(c.isdigit() for c in text[start:end]):
            first = start + parts[0][1]
            return (end, end) if text[start:first] in self._words.company_ends else (start, first)  # "KI-Anbieter"
        if capital[0] and not all(capital):
            cut = capital.index(False)
            tail = text[start + parts[cut][0] : start + parts[cut][1]]
            refines = text[start + parts[cut - 1][0]].isdigit() and tail.capitalize() in self._words.tiers
            if refines or self._syllables(text, start, tail):
                return start, start + parts[cut][1]
            return start, start + parts[cut - 1][1]
        if not capital[0] and any(capital) and parts[0][1] - parts[0][0] < 6:
            return start + parts[capital.index(True)][0], end
        return start, end

    def _syllables(self, text: str, start: int, tail: str) -> bool:
        """Whether `tail` is the second half of a given name behind an East Asian surname: "Kim Seo-yun"."""
        before = SURNAME_BEFORE.search(text[max(0, start - 12) : start])
        return before is not None and before[1] in self._words.surnames_latin and len(tail) < 6 and tail.isalpha()

    def _with_stop(self, text: str, start: int, end: int, limit: int) -> int:
        """An initial keeps its full stop, and so does "Inc."."""
        dotted = text[end : end + 1] == "." and end < limit
        word = text[start:end]
        if dotted and ((len(word) == 1 and word.isupper() and word != "I") or word + "." in self._words.company_ends):
            return end + 1
        return end

    def _name_like(self, word: str) -> bool:
        if word.isdigit() or word in self._words.quarters:
            return word.isdigit() and len(word) <= 3
        glued = GLUED.fullmatch(word)
        if glued is not None and int(glued[1]) > LARGEST:
            return False  # a figure that a page's layout glued on
        has_capital = any(c.isupper() for c in word)
        if not has_capital:
            return LOWER.fullmatch(word) is not None
        return word[0].isupper() or word[0].isdigit() or any(c.isupper() for c in word[1:])

    def _figure(self, text: str, start: int, end: int) -> bool:
        """A number that counts or measures, not one that belongs to a name."""
        if not text[start:end].replace(".", "").isdigit():
            return False
        return FIGURE.match(text, end) is not None or self._counts(text, end)

    def _counts(self, text: str, end: int) -> bool:
        following = COUNTED.match(text, end)
        return following is not None and following["word"].casefold() in self._words.counted

    def _joined(self, text: str, end: int, start: int) -> bool:
        return text[end:start] in (" ", "\u00a0", " & ")

    def _particled(self, text: str, words: Sequence[tuple[int, int]], start: int) -> bool:
        """Whether only particles of a surname stand between the words so far and the one at `start`."""
        if PARTICLED.fullmatch(text, words[-1][1], start) is None:
            return False
        first = text[slice(*words[0])]
        return first in self._words.given_names or (self._english and first[0].isupper() and first.isalpha())

    def _run(self, text: str, passage: Passage, words: list[tuple[int, int]]) -> Iterator[Run]:
        """The parts of a run between words that are no names, trimmed of everyday words at a sentence's start."""
        part: list[tuple[int, int]] = []
        counted = False
        for start, end in [*words, (0, 0)]:
            word = text[start:end]
            if start == end or self._is_no_name(word, bool(part)):
                yield from self._trimmed(text, passage, part)
                part, counted = [], word in self._words.designators
            elif counted and any(c.isdigit() for c in word):
                counted = False  # "Form OCIO-12", "Lot C4"
            else:
                part.append((start, end))

    def _is_no_name(self, word: str, inside: bool) -> bool:
        if inside and (word in self._words.company_ends or word in self._words.group_ends or word in self._words.tiers):
            return False
        if self._cut_compounds and NOUN.search(word):
            return True
        return word.rstrip(".") in self._words.not_names or word in self._stop_nouns or self._ends_as_noun(word)

    def _ends_as_noun(self, word: str) -> bool:
        return self._stop_noun_ends.search(word) is not None

    def _trimmed(self, text: str, passage: Passage, words: list[tuple[int, int]]) -> Iterator[Run]:
        initial = bool(words) and self._begins(text, passage, words[0][0])
        skip = 0
        while skip < len(words):
            alone = initial or skip + 1 == len(words)
            if not (text[words[skip][0]].isdigit() or self._is_function(text, words[skip], alone)):
                break
            skip, initial = skip + 1, False
        words = words[skip:]
        if len(words) > 1 and text[slice(*words[-1])] in FIELDS and self._ai_nouns.match(text, words[-1][1]):
            words = words[:-1]
        first = text[words[0][0] : words[0][1]] if words else ""
        if initial and len(words) > 1 and INFLECTED.search(first) and self._everyday(first):
            last = text[words[-1][0] : words[-1][1]]
            if last not in self._words.company_ends and first not in self._words.given_names:
                words, initial = words[1:], False
        if words and len(words) <= MOST_WORDS and not all(text[s:e] in self._words.tiers for s, e in words):
            yield Run(words[0][0], words[-1][1], tuple(words), initial)

    def _is_function(self, text: str, word: tuple[int, int], initial: bool) -> bool:
        written = text[word[0] : word[1]]
        return written.casefold() in self._words.function_words and (initial or written not in SURNAMES)

    def _begins(self, text: str, passage: Passage, at: int) -> bool:
        return SENTENCE_START.search(text[passage.start : at][-24:]) is not None

    def _everyday(self, word: str) -> bool:
        low = word.casefold()
        bases = {low, low.removesuffix("s"), low.removesuffix("es"), low.removesuffix("ed"), low.removesuffix("ing")}
        bases |= {low.removesuffix("d"), low.removesuffix("ing") + "e", low.removesuffix("ies") + "y"}
        if low.endswith("ing") and len(low) > 5 and low[-4] == low[-5]:
            bases.add(low[:-4])  # "cutting"
        if ABSTRACT.search(low) and SYLLABLES.fullmatch(low) is None:  # "reselling", but not "Zhuming"
            return True
        return low in self._words.function_words or any(base in self._common for base in bases)

    def everyday(self, word: str) -> bool:
        """Whether a dictionary holds the word, in this or its base form."""
        return self._everyday(word)

    def described(self, word: str) -> bool:
        """Whether the word is an adjective and nothing else: no sentence speaks of one alone."""
        return word.casefold() in self._adjectives

    def noun_like(self, word: str) -> bool:
        """Whether the language capitalises common nouns and this could be one."""
        return self._cut_compounds and word.isalpha() and word[1:].islower()
