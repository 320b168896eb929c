"""How the interviews of each language are known: what they are called, who asks, and who answers in his own person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.topic import Vocabulary


class Manner(Struct, frozen=True):
    """One language's words of interviews."""

    called: re.Pattern[str]  # what the heading or the introduction calls the page
    person: re.Pattern[str]  # somebody speaks of himself or of his house
    addressed: re.Pattern[str]  # somebody is spoken to
    asks: frozenset[str]  # labels of questions
    answers: frozenset[str]  # … and of answers
    guest: tuple[re.Pattern[str], ...]  # in a question: the house that the guest answers for


def load_manners(vocabulary: Vocabulary) -> Mapping[str, Manner]:
    """Language → its manner; raises TopicInvalid naming the language whose patterns are at fault."""
    return {language: _manner(language, table) for language, table in vocabulary.lexicon("interviews").items()}


def _manner(language: str, table: Mapping[str, object]) -> Manner:
    def compiled(pattern: object) -> re.Pattern[str]:
        return re.compile(str(pattern), re.IGNORECASE)

    def words(key: str) -> list[str]:
        return [str(word) for word in table[key]]  # type: ignore[attr-defined] # held against the file that ships

    try:
        return Manner(
            called=compiled("|".join(words("called"))),
            person=compiled(table["person"]),
            addressed=compiled(table["addressed"]),
            asks=frozenset(words("asks")),
            answers=frozenset(words("answers")),
            guest=tuple(compiled(pattern) for pattern in words("guest")),
        )
    except re.error as error:
        raise TopicInvalid(f"interviews.toml: a pattern of {language!r} is at fault: {error}") from error
