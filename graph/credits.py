"""Lines in which a text says that it carries, or rests on, somebody else's report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

CreditKind = Literal["copy", "cites"]

_NAME = r"(?P<name>[^\W_][^\n,;:()“”\"«»，。；、：（）「」]{1,58})"


class Credit(Struct, frozen=True):
    """A text names `outlet` as the publisher it carries (`copy`) or rests on (`cites`), in these words.

    As found by `cues`, `outlet` is whatever follows the cue; `Publishers.resolve` makes a known publisher of it.
    """

    kind: CreditKind
    outlet: str
    words: str


class Cues:
    """The compiled patterns of a vocabulary's `credits` lexicon."""

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        self._hint = re.compile("|".join(map(re.escape, sorted(set(lexicon["hints"])))))
        self._patterns: list[tuple[CreditKind, re.Pattern[str]]] = [
            (kind, re.compile(pattern.replace("NAME", _NAME)))
            for kind in ("copy", "cites")
            for pattern in lexicon[kind]
        ]

    def find(self, lines: Iterable[str]) -> list[Credit]:
        """What may be credits in a text given line by line, in reading order; the names are not yet resolved."""
        return [
            Credit(kind, match["name"], match.group().strip(" .-–—"))
            for line in lines
            if self._hint.search(line.lower())
            for kind, pattern in self._patterns
            for match in pattern.finditer(line)
        ]


class Publishers:
    """Known publishers by all their names. A name that two publishers share is nobody's."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """`names`: publisher → its further names."""
        owners: dict[tuple[str, ...], set[str]] = {}
        for outlet, others in names.items():
            for name in (outlet, *others):
                for start in _starts(words_of(name)):
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
        """The publisher that the words begin or end with, by its longest name that fits."""
        split = words_of(words)
        for size in range(min(len(split), self._longest), 0, -1):
            outlet = self._outlet.get(tuple(split[:size])) or self._outlet.get(tuple(split[-size:]))
            if outlet:
                return outlet
        return None


def words_of(name: str) -> list[str]:
    """A name as it is compared: folded words, without the article; one character a word in unspaced scripts."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+", folded)
    return words[1:] if len(words) > 1 and words[0] in ("the", "le", "la", "el", "der", "die", "das") else words


def _starts(words: list[str]) -> list[tuple[str, ...]]:
    """A name and its shorter forms of at least two words: "Norland Press" for "Norland Press Agency"."""
    return [tuple(words[:size]) for size in range(min(2, len(words)), len(words) + 1)] if words else []
