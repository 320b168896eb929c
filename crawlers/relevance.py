"""Whether a page is about the topic, by the topic's own table of weighted patterns and by whom the page names."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from distillwatch.errors import TopicInvalid
from distillwatch.prefilter import Prefilter
from distillwatch.records import Entity
from distillwatch.topic import Topic

_SHORTEST = 3  # letters: a shorter name stands in too many words
_STEM = 6  # letters: a shorter name of a rule stands in the bytes of most pages
_MOST_ACTORS = 3
_ENCODINGS = ("utf-8", "cp1252", "gb18030", "big5", "shift_jis", "euc_jp")
_SAME = {"iso8859-1": "cp1252", "iso8859-15": "cp1252", "ascii": "utf-8", "gb2312": "gb18030", "gbk": "gb18030"}
_CHARSET = re.compile(rb"charset=[\"']?([\w-]{2,20})", re.I)
_MOST_RULES = 2


_WORD = re.compile(rb"[a-z0-9]{3,}")
_TOKEN = re.compile(r"[a-zA-Z0-9]+")


class Stems(Struct, frozen=True):
    """Byte strings of which one has to be in a page: `parts` anywhere, `names` where their longest word is one of its.

    A part goes with a byte beyond ASCII that it holds, if any: that is looked for first, and quicker. Hundreds of names
    cost no more than one pass over the words of a page.
    """

    parts: tuple[tuple[bytes, bytes], ...]
    names: Mapping[bytes, tuple[bytes, ...]] = {}

    def are_in(self, low: bytes) -> bool:
        """Whether the bytes of a page, in lower case, hold one."""
        if any(rare in low and stem in low for rare, stem in self.parts):
            return True
        found = self.names.keys() & set(_WORD.findall(low)) if self.names else ()
        return any(name in low for word in found for name in self.names[word])


class Weighted:
    """Patterns with their weights, and the strings that spare the search for most of them."""

    def __init__(self, patterns: Iterable[tuple[str, float]]) -> None:
        pairs = [(re.compile(source, re.IGNORECASE), float(weight)) for source, weight in patterns]
        self._weights = tuple(weight for _, weight in pairs)
        self._prefilter = Prefilter(pattern for pattern, _ in pairs)

    def met(self, title: str, text: str) -> Iterator[tuple[float, bool]]:
        """(weight, whether the title holds it, too) of each pattern that title or text holds."""
        for at in self._prefilter.possible(f"{title}\n{text}"):
            search = self._prefilter.patterns[at].search
            in_title = search(title) is not None
            if in_title or search(text):
                yield self._weights[at], in_title


class Names:
    """Names, each with its owner; each stands in a text as a word of its own, an ideographic one anywhere.

    A name is looked for where the text holds its longest word: a thousand names cost little more than one pass.
    """

    def __init__(self, owners: Mapping[str, Sequence[str]]) -> None:
        self._by_word: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self._anywhere: list[tuple[str, str]] = []
        for owner, names in owners.items():
            for name in names:
                word = max(_TOKEN.findall(name), key=len, default="") if name[0].isascii() else ""
                if word:
                    whole = re.compile(rf"(?<![a-zA-Z0-9]){re.escape(name)}(?![a-zA-Z0-9])")
                    self._by_word.setdefault(word, []).append((owner, whole))
                else:
                    self._anywhere.append((owner, name))

    def owners_in(self, text: str) -> set[str]:
        """The owners whom a text names."""
        found = {owner for owner, name in self._anywhere if name in text}
        for word in self._by_word.keys() & set(_TOKEN.findall(text)):
            found.update(o for o, whole in self._by_word[word] if o not in found and whole.search(text))
        return found


class Relevance(Struct, frozen=True):
    """The compiled table. `actors` and `rules` are whom naming one of their names names.

    `unnamed` are the groups of patterns, each with the sum that it has to reach, for pages that name nobody known;
    `stems` are byte strings in lower case for each encoding: the sure ones, and groups of which each must be met.
    """

    patterns: Weighted
    actors: Names
    rules: Names
    threshold: float
    needed: int
    actor_weight: float
    rule_weight: float
    alone: float
    said: float = 0.0
    unnamed: tuple[tuple[Weighted, float], ...] = ()
    stems: Mapping[str, tuple[Stems, tuple[Stems, ...]]] = {}

    def may_keep(self, body: bytes) -> bool:
        """Whether the bytes of a page may hold coverage: a test before any parsing, right for all but odd encodings.

        A page that is kept holds a sure stem, or a stem of every group; UTF-16, in which none can be seen, passes.
        """
        stems = self.stems.get(_encoding(body))
        if stems is None or b"\x00" in body[:400]:
            return True
        low = body.lower()
        sure, groups = stems
        return sure.are_in(low) or all(group.are_in(low) for group in groups)

    def keeps(self, title: str, text: str) -> bool:
        """Whether a page is coverage of the topic, by whom it names or, failing that, by its words alone."""
        return self._keeps_named(title, text) or self._keeps_unnamed(title, text)

    def _keeps_unnamed(self, title: str, text: str) -> bool:
        return bool(self.unnamed) and all(
            sum(weight for weight, _ in group.met(title, text)) >= needed for group, needed in self.unnamed
        )

    def _keeps_named(self, title: str, text: str) -> bool:
        said, strongest = 0.0, 0.0
        for weight, in_title in self.patterns.met(title, text):
            said += weight * (2 if weight > 0 and in_title else 1)
            strongest = max(strongest, weight)
        named, rules = self.actors.owners_in(text), self.rules.owners_in(text)
        said += self.rule_weight * min(len(rules), _MOST_RULES)
        total = said + self.actor_weight * min(len(named), _MOST_ACTORS)
        strongest = max(strongest, self.rule_weight if rules else 0.0)
        # Names alone are not the topic: some pattern that says more than "language model" has to be there.
        return (
            total >= self.threshold
            and said >= self.said
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
            except KeyError as error:
                raise TopicInvalid(f"{file}: the entry {error} is missing") from error
            except (ValueError, re.error, TypeError, AttributeError) as error:  # no TOML, no pattern, no weight
                raise TopicInvalid(f"{file}: {error}") from error
    return None


def compiled(table: dict[str, Any], entities: Iterable[Entity]) -> Relevance:
    """A relevance table made ready: its sections' patterns, and the names of the entities that are actors."""
    unnamed, stems = table.get("unnamed", {}), table.get("stems", {})
    against = [*table.get("against", {}).items(), *unnamed.get("against", {}).items()]
    entities = tuple(entities)
    return Relevance(
        patterns=Weighted(
            pattern
            for name, section in table.items()
            if isinstance(section, dict) and name not in ("unnamed", "stems")
            for pattern in section.items()
        ),
        actors=_named(entities, table["actor_kinds"]),
        rules=_named(entities, table["rule_kinds"]),
        threshold=float(table["threshold"]),
        needed=int(table["actors"]),
        actor_weight=float(table["actor_weight"]),
        rule_weight=float(table["rule_weight"]),
        alone=float(table["alone"]),
        said=float(table.get("said", 0.0)),
        unnamed=tuple(
            (Weighted([*unnamed[group].items(), *against]), float(needed))
            for group, needed in unnamed.get("needs", {}).items()
        ),
        stems={encoding: _stems(stems, entities, encoding) for encoding in _ENCODINGS} if stems else {},
    )


def _stems(table: Mapping[str, Any], entities: Sequence[Entity], encoding: str) -> tuple[Stems, tuple[Stems, ...]]:
    groups = (
        _encoded(table[group], encoding, _long_names(entities, table["names"].get(group, [])))
        for group in table["groups"]
    )
    return _encoded(table["sure"], encoding), tuple(groups)


def _long_names(entities: Iterable[Entity], kinds: Sequence[str]) -> list[str]:
    return sorted({n for e in entities if e.kind in kinds for n in (e.name, *e.aliases) if len(n) >= _STEM})


def _encoded(stems: Iterable[str], encoding: str, names: Iterable[str] = ()) -> Stems:
    """The stems that the encoding can write, as bytes, in the order given and each once."""
    parts, by_word = dict.fromkeys(_written(stems, encoding)), dict[bytes, list[bytes]]()
    for name in _written(names, encoding):
        word = max(_WORD.findall(name), key=len, default=b"")
        if word and name.isascii():
            by_word.setdefault(word, []).append(name)
        else:
            parts.setdefault(name)
    return Stems(
        tuple((bytes([byte for byte in part if byte > 127][:1]), part) for part in parts),
        {word: tuple(found) for word, found in by_word.items()},
    )


def _written(texts: Iterable[str], encoding: str) -> Iterator[bytes]:
    for text in texts:
        try:
            yield text.lower().encode(encoding).lower()
        except UnicodeEncodeError:
            continue


def _encoding(body: bytes) -> str:
    """The encoding that a page names near its head, else UTF-8."""
    named = _CHARSET.search(body[:2000])
    try:
        name = codecs.lookup(named[1].decode("ascii")).name if named else "utf-8"
    except (LookupError, UnicodeDecodeError):
        return "utf-8"
    return _SAME.get(name, name)


def _named(entities: Iterable[Entity], kinds: Sequence[str]) -> Names:
    """The names of each owner of entities of the given kinds; a short name in Latin letters is none."""
    names: dict[str, list[str]] = {}
    for entity in entities:
        if entity.kind in kinds:
            said = [n for n in (entity.name, *entity.aliases) if len(n) >= _SHORTEST or not n.isascii()]
            names.setdefault(entity.owner or entity.family or entity.name, []).extend(said)
    return Names({owner: sorted(set(said)) for owner, said in names.items()})
