"""Whether a page is about the topic, by the topic's own table of weighted patterns and by whom the page names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.records import Entity
from distillwatch.topic import Topic

_SHORTEST = 3  # letters: a shorter name stands in too many words
_MOST_ACTORS = 3
_MOST_RULES = 2


Patterns = tuple[tuple[re.Pattern[str], float], ...]


class Relevance(Struct, frozen=True):
    """The compiled table. `actors` and `rules` map the pattern of names to the owner whom naming them names.

    `unnamed` are the groups of patterns, each with the sum that it has to reach, for pages that name nobody known.
    """

    patterns: Patterns
    actors: tuple[tuple[re.Pattern[str], str], ...]
    rules: tuple[tuple[re.Pattern[str], str], ...]
    threshold: float
    needed: int
    actor_weight: float
    rule_weight: float
    alone: float
    unnamed: tuple[tuple[Patterns, float], ...] = ()

    def keeps(self, title: str, text: str) -> bool:
        """Whether a page is coverage of the topic, by whom it names or, failing that, by its words alone."""
        return self._keeps_named(title, text) or self._keeps_unnamed(title, text)

    def _keeps_unnamed(self, title: str, text: str) -> bool:
        return bool(self.unnamed) and all(_sum(group, title, text) >= needed for group, needed in self.unnamed)

    def _keeps_named(self, title: str, text: str) -> bool:
        total, strongest = 0.0, 0.0
        for pattern, weight in self.patterns:
            if pattern.search(text) or pattern.search(title):
                total += weight * (2 if weight > 0 and pattern.search(title) else 1)
                strongest = max(strongest, weight)
        named = {owner for pattern, owner in self.actors if pattern.search(text)}
        rules = {name for pattern, name in self.rules if pattern.search(text)}
        total += self.actor_weight * min(len(named), _MOST_ACTORS) + self.rule_weight * min(len(rules), _MOST_RULES)
        strongest = max(strongest, self.rule_weight if rules else 0.0)
        # Names alone are not the topic: some pattern that says more than "language model" has to be there.
        return (
            total >= self.threshold
            and strongest >= self.actor_weight
            and (len(named) >= self.needed or strongest >= self.alone)
        )


def load_relevance(topic: Topic) -> Relevance | None:
    """The topic's `relevance.toml`, else the vocabulary's, None where neither has one: then every page is kept.

    Raises TopicInvalid naming the file and the entry that cannot be used.
    """
    for folder in (topic.folder, topic.vocabulary.folder):
        file = folder / "relevance.toml"
        if file.exists():
            try:
                return compiled(tomllib.loads(file.read_text(encoding="utf-8")), topic.entities)
            except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError) as error:
                raise TopicInvalid(f"{file}: {error}") from error
    return None


def compiled(table: dict[str, Any], entities: Iterable[Entity]) -> Relevance:
    """A relevance table made ready: its sections' patterns, and the names of the entities that are actors."""
    unnamed = table.get("unnamed", {})
    against = _weighted(table.get("against", {})) + _weighted(unnamed.get("against", {}))
    entities = tuple(entities)
    return Relevance(
        patterns=tuple(
            pattern
            for name, section in table.items()
            if isinstance(section, dict) and name != "unnamed"
            for pattern in _weighted(section)
        ),
        actors=_named(entities, table["actor_kinds"]),
        rules=_named(entities, table["rule_kinds"]),
        threshold=float(table["threshold"]),
        needed=int(table["actors"]),
        actor_weight=float(table["actor_weight"]),
        rule_weight=float(table["rule_weight"]),
        alone=float(table["alone"]),
        unnamed=tuple(
            (_weighted(unnamed[group]) + against, float(needed)) for group, needed in unnamed.get("needs", {}).items()
        ),
    )


def _weighted(section: Mapping[str, Any]) -> Patterns:
    return tuple((re.compile(source, re.IGNORECASE), float(weight)) for source, weight in section.items())


def _sum(patterns: Patterns, title: str, text: str) -> float:
    return sum(weight for pattern, weight in patterns if pattern.search(text) or pattern.search(title))


def _named(entities: Iterable[Entity], kinds: list[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern of the names, owner) for each owner of entities of the given kinds."""
    names: dict[str, list[str]] = {}
    for entity in entities:
        if entity.kind in kinds:
            owner = entity.owner or entity.family or entity.name
            names.setdefault(owner, []).extend((entity.name, *entity.aliases))
    return tuple((_any_name(words), owner) for owner, words in names.items() if _long(words))


def _long(names: list[str]) -> list[str]:
    return sorted({n for n in names if len(n) >= _SHORTEST or not n.isascii()}, key=len, reverse=True)


def _any_name(names: list[str]) -> re.Pattern[str]:
    """One pattern for all names of an owner; a name in Latin letters stands alone, an ideographic one anywhere."""
    return re.compile(
        "|".join(
            rf"(?<![a-zA-Z0-9]){re.escape(n)}(?![a-zA-Z0-9])" if n[0].isascii() else re.escape(n) for n in _long(names)
        )
    )
