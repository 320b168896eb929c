"""Who has been named so far, and whom a word that points back can mean: one candidate, or nobody."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from distillwatch.nlp.names.passages import Passage
from distillwatch.records import Entity

OPENING = 2  # words that may stand before "the latter" where it opens its sentence
SORTS = (
    frozenset(("company", "agency", "group")),
    frozenset(("model", "product")),
    frozenset(("person",)),
    frozenset(("policy",)),
)
BACK = 3  # sentences that a description without further marks looks back
# A name behind one of these, or with a possessive s, is not what its sentence is about.
OBLIQUE = re.compile(
    r"\b(?:by|from|of|with|against|to|at|for|than|on|about|into|over|de|von|par|contre|gegen|à)"
    r"\s(?:the\s|la\s|l['’]|le\s|der\s|dem\s|den\s)?"
    r"(?:(?:[A-Z][a-z]+\.?|judge|senator|reporter|lawyer|counsel|host)\s)?$"  # "by Senator X"
)
ASKED = re.compile(r"\b[A-Za-z]+ed by (?:\w+\.? ){0,2}$")
POSSESSIVE = re.compile(r"['’]s\b|['’](?=\s)|[へにをと]|から")
# Between a subject and what points back at it stands a verb of saying or the border of a clause; else it is its object.
CLAUSE = re.compile(
    r"[,;:“\"(—–]|\b(?:said|says|that|and|which|who|because|whether|where|when|after|before|as|if|but|while|saying|told|adding|denied|denies|claimed"
    r"|claims|believes|announced|insists?|insisted|argues?|argued|confirmed|acknowledged|admitted|alleges?|alleged|dass|que|qu|since|until|so|than)\b"
)
STRIKING = re.compile(r", (?:accusing|blaming|suing|charging|suspecting|criticising|criticizing|barring|denouncing) $")
# "X did Y, Norvane claims.": a sentence about X
CLOSING = re.compile(
    r" (?:says|said|claims|claimed|alleges|alleged|argues|argued|insists|insisted|believes|writes)[.,]"
)
OBJECT_REACH = 8  # words
BEFORE = 36  # characters before a name in which a preposition would stand
# A text that ends a story with its answers goes back to somebody else afterwards.
ANSWER = re.compile(
    r"\b(?:declined|refused) to (?:comment|say)|\bno comment\b"
    r"|\bnot (?:\w+ )?(?:respond|reply|answer|comment|return|immediately)\b"
)


class Place(Struct, frozen=True):
    """An entity named or pointed at in `text[start:end]`; `oblique` where it is not what its sentence is about."""

    start: int
    end: int
    entity: Entity
    oblique: bool


class Discourse:
    """The places of a document in order, by sentence."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        """`passages` are those of the names: text that is read, with its sentences."""
        self._text = text
        self._sentences = sorted({span for passage in passages for span in passage.sentences})
        self._starts = [start for start, _ in self._sentences]
        self.places: list[Place] = []  # in order
        self._blocks: list[int] = []
        self._pairs: dict[int, tuple[Entity, Entity]] = {}  # sentence → the two that it tells apart

    def add(self, start: int, end: int, entity: Entity) -> None:
        """Note that the entity stands there."""
        first = self._sentence(start)[0]
        oblique = (
            OBLIQUE.search(self._text[max(first, start - BEFORE) : start]) is not None
            or POSSESSIVE.match(self._text, end) is not None
        )
        insort(self.places, Place(start, end, entity, oblique), key=_start)

    def block(self, at: int) -> None:
        """Note a description that stayed open: whoever it means may be meant again behind it."""
        insort(self._blocks, at)

    def described(self, at: int, fits: Callable[[Entity], bool], *, oblique: bool = False) -> Entity | None:
        """Whom a description at `at` means: the one fitting entity of the nearest sentence that holds any.

        It must be what its sentence is about, unless `oblique` names will do. Behind several, the one that opens an
        earlier sentence is meant. The subject of the verb that has the description as its object is not, nor whoever
        only answered a question there.
        """
        index = self._index(at)
        for back in range(min(BACK, index) + 1):
            found = [p for p in self._inside(index - back, at) if fits(p.entity)]
            if back == 0:
                found = [p for p in found if not self._is_subject_of(p, at) and not self._is_asker(p, at)]
            if found and back and not oblique and ANSWER.search(self._text, *self._sentences[index - back]):
                return None
            if found and oblique and len(_distinct(p.entity for p in found)) == 1:
                return found[0].entity
            if found:
                return self._topic(found, self._sentences[index - back][0], earlier=back > 0)
        return None

    def owner(
        self, at: int, fits: Callable[[Entity], bool], *, oblique: bool = False, acts: bool = False
    ) -> Entity | None:
        """Whom a possessive at `at` means: the one fitting entity of its sentence, or, where it opens one, of the last.

        Names in oblique places do not count, unless `oblique` asks for them. `acts`: the word is the subject of a verb,
        and the last sentence serves where its own names nobody.
        """
        index = self._index(at)
        opens = not self._text[self._sentences[index][0] : at].strip(" “\"'‘«—–-•") if self._sentences else False
        if opens and index == 0:
            return None
        found = [p for p in self._inside(index - 1 if opens else index, at) if fits(p.entity)]
        if not found and acts and index:
            found = [p for p in self._inside(index - 1, at) if fits(p.entity)]
        if found and self._blocked(found[0].end, at):
            return None
        entities = _distinct(p.entity for p in found if oblique or not p.oblique)
        return entities[0] if len(entities) == 1 else None

    def _is_asker(self, place: Place, at: int) -> bool:
        """ "Pressed by X, she said": whoever presses is not who is pressed."""
        if self._text[place.end : at] != ", ":
            return False
        return ASKED.search(self._text, max(0, place.start - BEFORE), place.start) is not None

    def _blocked(self, start: int, end: int) -> bool:
        index = bisect_left(self._blocks, start)
        return index < len(self._blocks) and self._blocks[index] < end

    def _inside(self, index: int, at: int) -> list[Place]:
        start, end = self._sentences[index] if self._sentences else (0, 0)
        return [p for p in self.places[self._until(start) : self._until(end)] if p.end <= min(end, at)]

    def _until(self, at: int) -> int:
        """How many places begin before the offset."""
        return bisect_left(self.places, at, key=_start)

    def _topic(self, found: Sequence[Place], sentence: int, *, earlier: bool) -> Entity | None:
        main = _distinct(p.entity for p in found if not p.oblique)
        if len(main) != 1:
            return None
        if len(_distinct(p.entity for p in found)) == 1:
            return main[0]
        first = self.places[self._until(sentence)]
        return main[0] if earlier and first.entity.id == main[0].id else None

    def before(self, at: int, fits: Callable[[Entity], bool]) -> list[Entity]:
        """The distinct fitting entities named before `at`, in order of their first place."""
        return _distinct(p.entity for p in self.places[: self._until(at)] if p.end <= at and fits(p.entity))

    def listed(self, at: int, number: int, fits: Callable[[Entity], bool], *, near: bool = False) -> list[Entity]:
        """The nearest enumeration before `at` of that many fitting entities, empty where there is none.

        A pair, and with `near` any list, is only looked for in the last sentences: two names often stand side by side.
        """
        index = self._index(at)
        since = self._sentences[max(0, index - BACK)][0] if (near or number == 2) and self._sentences else 0
        ordered = [p for p in self.places[self._until(since) : self._until(at)] if p.end <= at]
        chain: list[Place] = []
        best: list[Entity] = []
        for place in ordered:
            if chain and not LISTED.fullmatch(self._text, chain[-1].end, place.start):
                chain = []
            chain.append(place)
            members = _distinct(p.entity for p in chain)
            if len(members) == number and all(map(fits, members)):
                best = members
            elif len(members) > number and best and {e.id for e in best} <= {e.id for e in members}:
                best = []
        return best

    def pair(self, at: int) -> tuple[Entity, Entity] | None:
        """The two of one sort that "the former" or "the latter" at `at` tells apart, in order of their naming.

        They are named in its sentence, or in the one before where it opens its own; once found for a sentence, they
        serve the rest of it. None where no sort, or more than one, has exactly two.
        """
        index = self._index(at)
        if index in self._pairs or not self._sentences:
            return self._pairs.get(index)
        opens = len(self._text[self._sentences[index][0] : at].split()) <= OPENING
        found = self._inside(index - 1 if opens and index else index, at)
        sorts = [_distinct(p.entity for p in found if p.entity.kind in kinds) for kinds in SORTS]
        twos = [sort for sort in sorts if len(sort) == 2]
        if len(twos) != 1:
            return None
        self._pairs[index] = twos[0][0], twos[0][1]
        return self._pairs[index]

    def acts_on(self, entity: Entity, at: int) -> bool:
        """Whether the verb that has the description at `at` as its object has the entity as its subject."""
        here = [p for p in self._inside(self._index(at), at) if not p.oblique]
        if STRIKING.search(self._text, max(0, at - BEFORE), at):  # "X closed the accounts, accusing the start-up"
            acting = [p.entity.id for p in here if p.entity.kind == entity.kind]
            return entity.id in acting[:1]
        return any(p.entity.id == entity.id and self._is_subject_of(p, at) for p in here)

    def about_before(self, entity: Entity, at: int) -> bool:
        """Whether the sentence before that of `at` is about the entity alone, and its own does not name it so far."""
        index = self._index(at)
        before = self._inside(index - 1, at) if index else []
        before = [p for p in before if not CLOSING.match(self._text, p.end)] or before
        alone = Counter(p.start for p in before)
        named = any(p.entity.id == entity.id and alone[p.start] == 1 and not p.oblique for p in before)
        return named and not any(p.entity.id == entity.id for p in self._inside(index, at))

    def follows(self, entity: Entity, at: int) -> bool:
        """Whether the sentence of `at` names the entity behind it."""
        end = self._sentences[self._index(at)][1] if self._sentences else len(self._text)
        return any(p.entity.id == entity.id for p in self.places[self._until(at) : self._until(end)])

    def enumerations(self, places: Sequence[Place]) -> Iterator[list[Entity]]:
        """The distinct entities of each chain of names joined by commas and "and"."""
        chain: list[Place] = []
        for place in places:
            if chain and not LISTED.fullmatch(self._text, chain[-1].end, place.start):
                yield _distinct(p.entity for p in chain)
                chain = []
            chain.append(place)
        if chain:
            yield _distinct(p.entity for p in chain)

    def _is_subject_of(self, place: Place, at: int) -> bool:
        gap = self._text[place.end : at]
        return CLAUSE.search(gap) is None and len(gap.split()) <= OBJECT_REACH

    def _index(self, at: int) -> int:
        return max(0, bisect_right(self._starts, at) - 1)

    def _sentence(self, at: int) -> tuple[int, int]:
        return self._sentences[self._index(at)] if self._sentences else (0, len(self._text))


LISTED = re.compile(r",? (?:and|or|et|ou|und|oder|y|o|sowie) |, |\s?[、，和与與及]\s?")


def _distinct(entities: Iterable[Entity]) -> list[Entity]:
    return list({e.id: e for e in entities}.values())


def _start(place: Place) -> int:
    return place.start
