"""Words in the evidence that settle the scope of a statement, read from the vocabulary's `compare` lexicon.

Extraction gives the frame of a statement; whether a use was "the only one", a denial covers the past, or a plan was moved
stands in a word beside it. The rules ask for such words here and never spell them out themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")  # scripts without spaces between words


class Marks:
    """The compiled lexicon. Answers are kept, because one sentence is asked about in many pairs."""

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        self._marks = {name: _compiled(words) for name, words in lexicon["marks"].items()}
        self._classes = {
            table: {name: _compiled(words) for name, words in lexicon[table].items()}
            for table in ("roles", "artefacts", "expenses")
        }
        self._units = {word: name for name, words in lexicon["units"].items() for word in words}
        self._opposites = [(_compiled(p["one"]), _compiled(p["other"])) for p in lexicon["opposites"]]
        self._genera = [
            (g["name"], _compiled(g["words"]), _compiled(g["denied_by"]) if g["denied_by"] else None)
            for g in lexicon["genus"]
        ]
        self._region = {language: name for name, languages in lexicon["regions"].items() for language in languages}
        self._answers: dict[tuple[str, str], bool] = {}

    def has(self, mark: str, text: str) -> bool:
        """Whether `text` holds a word of the mark."""
        key = (mark, text)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._marks[mark].search(text) is not None
        return answer

    def classes(self, table: str, text: str) -> frozenset[str]:
        """Names of the classes of a table ("roles", "artefacts", "expenses") whose words stand in `text`."""
        return frozenset(name for name, pattern in self._classes[table].items() if pattern.search(text))

    def unit(self, unit: str) -> str:
        """The dimension that a unit word counts: its synonyms share one name, others are their own."""
        return self._units.get(unit, unit)

    def opposed(self, a: str, b: str) -> tuple[str, str] | None:
        """A word of `a` and one of `b` that shut each other out, each standing in its own text only."""
        for one, other in self._opposites:
            for left, right in ((one, other), (other, one)):
                in_a, in_b = left.search(a), right.search(b)
                if in_a and in_b and not right.search(a) and not left.search(b):
                    return in_a.group(), in_b.group()
        return None

    def genera(self, text: str) -> tuple[str, ...]:
        """What a definition rests on, leaving out what it names only to exclude it ("without copying the weights")."""
        return tuple(
            name
            for name, pattern, denied in self._genera
            if (found := pattern.search(text)) and not (denied and denied.search(text[: found.start()]))
        )

    def region(self, language: str) -> str:
        """The part of the world whose clock the readers of a language mostly live by; "" when unknown."""
        return self._region.get(language[:2], "")


def _compiled(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_pattern(word) for word in words), re.IGNORECASE)


def _pattern(word: str) -> str:
    if len(word) > 2 and word.startswith("/") and word.endswith("/"):
        return f"(?:{word[1:-1]})"
    body = r"\w*".join(re.escape(part) for part in word.split("*")).replace("'", "['’]")
    return body if _WIDE.search(word) else rf"(?<!\w){body}(?!\w)"
