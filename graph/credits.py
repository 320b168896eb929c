"""Lines in which a text says that it carries, or rests on, somebody else's report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from distillwatch.errors import TopicInvalid

CreditKind = Literal["copy", "cites"]

_NAME = r"(?P<name>[^\W_][^\n,;:()“”\"«»，。；、：（）「」]{1,58})"


class Credit(Struct, frozen=True):
    """A text names `outlet` as the publisher it carries (`copy`) or rests on (`cites`), in these words.

    As found by `cues`, `outlet` is whatever follows the cue; `Publishers.resolve` makes a known publisher of it.
    """

    kind: CreditKind
    outlet: str
    words: str


class Lexicon(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `lexicon/credits.toml`; what each list is for stands there."""

    articles: list[str]
    hints: list[str]
    copy: list[str]
    cites: list[str]


class Cues:
    """The compiled patterns of a vocabulary's `credits` lexicon."""

    def __init__(self, lexicon: Mapping[str, object]) -> None:
        """Raises TopicInvalid for an entry that is missing, unknown or no pattern."""
        words = _read(lexicon)
        self._hint = re.compile("|".join(map(re.escape, sorted(set(words.hints)))))
        kinds: list[tuple[CreditKind, list[str]]] = [("copy", words.copy), ("cites", words.cites)]
        self._patterns = [(kind, _pattern(one)) for kind, found in kinds for one in found]

    def find(self, lines: Iterable[str]) -> list[Credit]:
        """What may be credits in a text given line by line, in reading order; the names are not yet resolved."""
        return [
            Credit(kind, match["name"], match.group().strip(" .-–—"))
            for line in lines
            if self._hint.search(line.lower())
            for kind, pattern in self._patterns
            for match in pattern.finditer(line)
        ]


def _read(lexicon: Mapping[str, object]) -> Lexicon:
    try:
        return msgspec.convert(lexicon, Lexicon)
    except msgspec.ValidationError as error:
        raise TopicInvalid(f"lexicon/credits.toml: {error}") from error


def _pattern(words: str) -> re.Pattern[str]:
    try:
        return re.compile(words.replace("NAME", _NAME))
    except re.error as error:
        raise TopicInvalid(f"lexicon/credits.toml: {words!r} is no regular expression: {error}") from error


class Publishers:
    """Known publishers by all their names. A name that two publishers share is nobody's."""

    def __init__(self, names: Mapping[str, Sequence[str]], lexicon: Mapping[str, object]) -> None:
        """`names`: publisher → its further names; `lexicon`: the vocabulary's `credits`."""
        self._articles = frozenset(_read(lexicon).articles)
        owners: dict[tuple[str, ...], set[str]] = {}
        self._small: set[str] = set()  # words that publishers themselves write without a capital
        for outlet, others in names.items():
            for name in (outlet, *others):
                words = self._words(name)
                self._small.update(word for word in words if word[0].islower())
                for start in _starts(_folded(words)):
                    owners.setdefault(start, set()).add(outlet)
        self._outlet = {start: next(iter(of)) for start, of in owners.items() if len(of) == 1}
        self._longest = max((len(start) for start in self._outlet), default=0)

    def resolve(self, found_credits: Iterable[Credit]) -> tuple[Credit, ...]:
        """The credits that name a known publisher, each publisher once a kind."""
        found: dict[tuple[CreditKind, str], Credit] = {}
        for credit in found_credits:
            outlet = self.publisher(credit.outlet)
            if outlet:
                found.setdefault((credit.kind, outlet), Credit(credit.kind, outlet, credit.words))
        return tuple(found.values())

    def publisher(self, words: str) -> str | None:
        """The publisher that the words begin or end with, by its longest name that fits; "the paper" is no name."""
        split = self._words(words)
        for size in range(min(len(split), self._longest), 0, -1):
            for part in (split[:size], split[-size:]):
                outlet = self._outlet.get(_folded(part))
                if outlet and all(not word[0].islower() or word in self._small for word in part):
                    return outlet
        return None

    def _words(self, name: str) -> list[str]:
        """The words of a name, without the article; one character a word in unspaced scripts."""
        words = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+", unicodedata.normalize("NFKC", name))
        return words[1:] if len(words) > 1 and words[0].casefold() in self._articles else words


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)


def _starts(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A name and its shorter forms of at least two words: "Norland Press" for "Norland Press Agency"."""
    return [words[:size] for size in range(min(2, len(words)), len(words) + 1)] if words else []
