"""Names with a common meaning: linked where the text shows which is meant, else left open with the reason."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from distillwatch.nlp.names.known import Found, KnownNames
from distillwatch.nlp.names.lexicon import NameWords
from distillwatch.nlp.names.passages import Passage
from distillwatch.nlp.names.pieces import key_of

REACH = 60
COMPOUND = re.compile(
    r"時間|時刻|时间|语|語|人(?!工)|円|元"
)  # "Japan time", "Chinese (the language)": no country acts there
SURNAME = re.compile(r" (?P<name>[A-Z][^\W\d_]+(?:[-'’][A-Z]?[^\W\d_]+)*)")
GIVEN_BEFORE = re.compile(r"(?P<name>[A-Z][^\W\d_]{1,29})[ -]$")


class Settled(Struct, frozen=True):
    """A known name with the decision on it: `linked` or left open, and why."""

    found: Found
    linked: bool
    reason: str


class Ambiguity:
    """Decides on each known name of one document."""

    def __init__(self, words: NameWords, names: KnownNames, text: str, language: str, found: Sequence[Found]) -> None:
        """`found` are all known names of the document, `text` and `language` its own."""
        self._words = words
        self._names = names
        self._text = text
        self._english = language == "en"
        self._reporting = (re.compile(words.forms["outlet_before"]), re.compile(words.forms["outlet_after"]))
        clear = [f for f in found if not self._doubtful(f)]
        self._present = {f.entity.name for f in clear}
        self._owners = {f.entity.owner for f in clear} | {f.entity.family for f in clear}
        self._models = any(f.entity.kind in ("model", "company", "product") for f in clear)
        self._field = len(words.ambiguous.field.findall(text)) >= 3

    def settle(self, found: Sequence[Found], passages: Iterable[Passage]) -> list[Settled]:
        """One decision a name, in order."""
        ordered = sorted(passages, key=_start)
        starts = [passage.start for passage in ordered]
        return [self._one(f, ordered[bisect_right(starts, f.start) - 1]) for f in found]

    def _one(self, found: Found, passage: Passage) -> Settled:
        if found.spelling in self._words.ambiguous.stems:
            return Settled(found, False, "too general to be one entity")
        if found.entity.kind == "country" and COMPOUND.match(self._text, found.end):
            return Settled(found, False, "part of a word of its own")
        if not self._doubtful(found):
            return Settled(found, True, found.reason or "registered name")
        against = self._against(found, passage)
        if against:
            return Settled(found, False, against)
        if self._supported(found):
            return Settled(found, True, "registered name, with its owner or family in the text")
        if self._shown(found, passage):
            return Settled(found, True, "registered name, used as such in its sentence")
        return Settled(found, False, "the word has other meanings and nothing here shows which")

    def _doubtful(self, found: Found) -> bool:
        if not found.spelling:
            return False
        words = self._words.ambiguous
        if found.spelling.startswith("The ") and not self._english:
            return False
        if found.spelling in words.words or found.spelling in words.given:
            return True
        if found.spelling == found.entity.name:
            return False
        return _bare(found)

    def _against(self, found: Found, passage: Passage) -> str:
        """Why something else is meant, "" where nothing says so."""
        text, start, end = self._text, found.start, found.end
        first, last = passage.sentence(start)
        elsewhere = self._words.ambiguous.elsewhere.get(found.spelling)
        if elsewhere is not None and elsewhere.search(text[max(first, start - REACH) : min(last, end + REACH)]):
            return "stands beside words of its everyday meaning"
        if found.spelling in self._words.ambiguous.given:
            surname = SURNAME.match(text, end, last)
            if surname is not None and self._is_surname(surname["name"]):
                return "a given name with a surname behind it"
        before = GIVEN_BEFORE.search(text[max(first, start - 30) : start])
        if (
            before is not None
            and (before["name"] in self._words.given_names)
            and found.entity.kind in ("model", "company")
        ):
            return "a given name stands before it"
        if _bare(found) and before is not None:
            near = self._names.by_name.get(found.entity.owner)
            own = {found.entity.owner, found.entity.family, *(near.aliases if near else ())}
            if before["name"] not in own and before["name"] not in self._words.not_names and text[start - 1] == "-":
                return "the version of another name"
        return ""

    def _is_surname(self, name: str) -> bool:
        words = self._words
        return not (
            name in words.tiers
            or name in words.not_names
            or name in words.company_ends
            or name.casefold() in words.counted
            or name in words.forms["product_words"].split()
        )

    def _supported(self, found: Found) -> bool:
        entity = found.entity
        if entity.kind in ("outlet",):
            return False
        relatives = {entity.owner, entity.family} - {""}
        return bool(relatives & self._present) or entity.name in self._owners or entity.name in self._present

    def _shown(self, found: Found, passage: Passage) -> bool:
        text, start, end = self._text, found.start, found.end
        first, last = passage.sentence(start)
        if found.entity.kind in ("outlet",) or found.entity.name == "Nature":
            before, after = text[max(first, start - 40) : start], text[end : min(last, end + 30)]
            return bool(self._reporting[0].search(before) or self._reporting[1].match(after))
        if _bare(found):
            return False
        if found.entity.kind in ("model", "company", "product"):
            return (self._models and self._field) or bool(
                self._words.ambiguous.field.search(text[first:start])
                or self._words.ambiguous.field.search(text[end:last])
            )
        return self._field or self._models


def _bare(found: Found) -> bool:
    """A version named without its family ("R1", "2.5 Pro") can be anybody's."""
    if found.entity.kind != "model" or not found.spelling:
        return False
    name, spelling = key_of(found.entity.name).split("|"), set(key_of(found.spelling).split("|"))
    return name[0] not in spelling and bool(spelling & set(name))


def _start(passage: Passage) -> int:
    return passage.start
